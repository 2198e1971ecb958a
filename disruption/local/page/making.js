// Making servers, channels, people and bots.

import { app, emit } from "./app.js";
import { botSettings } from "./bot-settings.js";
import { ask, checked, formDialog, labelled } from "./dialog.js";
import { attempt, h } from "./dom.js";

const KINDS = [[0, "Text"], [2, "Voice"], [5, "Announcements"], [15, "Forum"], [16, "Media"], [13, "Stage"], [4, "Category"]];

/** Make somebody to play, and play them. */
export async function addPerson() {
  const name = await ask("Add a person", "Username");
  if (!name) return;
  const made = await attempt(() => app.control.call("POST", "/people", { name }));
  if (!made) return;
  app.people.push(made);
  emit("play", made.user.id);
}

/** Make a bot, and show what its program needs. */
export async function addBot() {
  const name = await ask("Add a bot", "Name");
  if (!name) return;
  const made = await attempt(() => app.control.call("POST", "/bots", { name }));
  if (!made) return;
  app.bots.push(made.user);
  await botSettings(made.user);
}

export async function makeGuild() {
  const name = await ask("Make a server", "Name");
  const made = name && (await attempt(() => app.control.call("POST", "/guilds", { name }, { token: app.rest.token })));
  if (made) emit("open-later", made.channel_id);
}

/** Ask for a channel of the open server and make it. */
export async function makeChannel() {
  const name = h("input", { class: "field", maxlength: 100, required: true });
  const type = h("select", { class: "field" }, KINDS.map(([value, label]) => h("option", { value }, label)));
  const categories = [...app.store.channels.values()].filter((channel) => channel.guild_id === app.guildId && channel.type === 4);
  const parent = h("select", { class: "field" }, h("option", { value: "" }, "none"), categories.map((channel) => h("option", { value: channel.id }, channel.name)));
  const hidden = checked("Private", {}, "Only those who are let in can see it");
  const send = () => {
    const body = { name: name.value.trim(), type: Number(type.value), parent_id: parent.value || null };
    if (body.type === 4) delete body.parent_id;
    if (hidden.input.checked) {
      const view = app.permissions.VIEW_CHANNEL;
      body.permission_overwrites = [{ id: app.guildId, type: 0, allow: "0", deny: view }, { id: app.store.me.id, type: 1, allow: view, deny: "0" }];
    }
    return app.rest.post(`/guilds/${app.guildId}/channels`, body);
  };
  const made = await formDialog("Make a channel", [labelled("Name", name), labelled("Kind", type), categories.length ? labelled("Category", parent) : null, hidden.element], { submit: "Make", kind: "small", send });
  if (made) emit("open-later", made.id);
}
