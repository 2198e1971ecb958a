// Settings of a channel: what it is called, its tags, who may do what in it, and its webhooks.

import { app } from "./app.js";
import { avatar } from "./avatar.js";
import { checked, confirmed, labelled } from "./dialog.js";
import { attempt, h, icon, iconButton } from "./dom.js";
import { bitOf, grouped, humanName } from "./permissions.js";
import { openMenu } from "./popup.js";
import { openSettings, settingsForm } from "./settings.js";
import { THREADS, titleOf } from "./store.js";
import { roleDot, roleItems, userItems } from "./things.js";
import { webhooksView } from "./webhook-settings.js";

const FORUMS = new Set([15, 16]);
const HOOKED = new Set([0, 2, 5, 13, 15, 16]); // where webhooks can be
const ROLE = 0;
const MEMBER = 1;

/** Open the settings of a channel or thread. */
export function channelSettings(channel) {
  const isThread = THREADS.has(channel.type);
  const now = () => app.store.channels.get(channel.id) ?? channel;
  const path = `/channels/${channel.id}`;
  const views = { Overview: () => (isThread ? threadOverview(now(), path) : overview(now(), path)) };
  if (!isThread) views.Permissions = () => permissions(now);
  if (HOOKED.has(channel.type)) views.Webhooks = () => webhooksView(channel.id);
  return openSettings(titleOf(channel), views, {
    end: { label: "Delete", action: () => confirmed("Delete the channel", `${titleOf(channel)} and everything in it will be gone.`, "Delete", async () => { await app.rest.delete(path); return true; }) },
  });
}

const nameField = (channel) => h("input", { class: "field", value: channel.name, maxlength: 100, required: true });

const slowField = (channel) => h("input", { class: "field", type: "number", min: 0, max: 21600, value: channel.rate_limit_per_user ?? 0 });

function overview(channel, path) {
  const name = nameField(channel);
  const topic = h("textarea", { class: "field", rows: 3, maxlength: 4096 });
  topic.value = channel.topic ?? "";
  const slow = slowField(channel);
  const nsfw = checked("Age-restricted", { checked: channel.nsfw });
  const tags = FORUMS.has(channel.type) ? h("input", { class: "field", value: (channel.available_tags ?? []).map((tag) => tag.name).join(", "), placeholder: "bug, idea, question" }) : null;
  const save = () => {
    const body = changed({ name: name.value, topic: topic.value || null, nsfw: nsfw.input.checked, rate_limit_per_user: Number(slow.value) }, channel);
    if (tags) body.available_tags = tagsFrom(tags.value, channel.available_tags ?? []);
    return app.rest.patch(path, body);
  };
  return settingsForm([labelled("Name", name), labelled(tags ? "Guidelines" : "Topic", topic), tags ? labelled("Tags", tags, "Separated by commas, at most 20") : null,
    labelled("Slowmode", slow, "Seconds between two messages of one person"), nsfw.element], save);
}

/** What differs from what there is: other fields may need rights that one does not have. */
const changed = (body, before) => Object.fromEntries(Object.entries(body).filter(([key, value]) => value !== (before[key] ?? (typeof value === "boolean" ? false : typeof value === "number" ? 0 : null))));

function tagsFrom(text, before) {
  const known = new Map(before.map((tag) => [tag.name, tag]));
  const names = [...new Set(text.split(",").map((name) => name.trim()).filter(Boolean))];
  return names.map((name) => known.get(name) ?? { name });
}

function threadOverview(channel, path) {
  const name = nameField(channel);
  const slow = slowField(channel);
  const archived = checked("Archived", { checked: channel.thread_metadata?.archived });
  const locked = checked("Locked", { checked: channel.thread_metadata?.locked }, "Only those who manage threads can open it again");
  const save = () => {
    const body = { name: name.value, rate_limit_per_user: Number(slow.value), archived: archived.input.checked, locked: locked.input.checked };
    return app.rest.patch(path, changed(body, { ...channel, ...channel.thread_metadata }));
  };
  return settingsForm([labelled("Name", name), labelled("Slowmode", slow, "Seconds between two messages of one person"), archived.element, locked.element], save);
}

/** Who has rules of their own here, and the rules of the one that is chosen. */
function permissions(now) {
  const list = h("div", { class: "split-list", role: "listbox", "aria-label": "Roles and members" });
  const rules = h("div", { class: "split-pane" });
  const guildId = now().guild_id;
  let chosen = guildId;
  const draw = () => {
    const given = now().permission_overwrites ?? [];
    const all = given.some((item) => item.id === guildId) ? given : [{ id: guildId, type: ROLE, allow: "0", deny: "0" }, ...given];
    if (!all.some((item) => item.id === chosen)) chosen = guildId;
    list.replaceChildren(...all.map((item) => h("button", { type: "button", role: "option", "aria-selected": String(item.id === chosen), on: { click: () => { chosen = item.id; draw(); } } }, face(item, guildId))),
      h("button", { type: "button", class: "add", on: { click: (event) => add(event.currentTarget) } }, icon("plus", 16), "Add"));
    rules.replaceChildren(...rulesOf(all.find((item) => item.id === chosen), now, draw));
  };
  const add = (anchor) => {
    const taken = new Set((now().permission_overwrites ?? []).map((item) => item.id));
    const entries = (items, type) => items.filter((item) => !taken.has(item.value)).map((item) => ({
      label: item.label, icon: item.icon, action: async () => { chosen = item.value; await put(now(), { id: item.value, type, allow: "0", deny: "0" }); draw(); },
    }));
    openMenu(anchor, [...entries(roleItems(), ROLE), h("hr"), ...entries(userItems(), MEMBER)], "Whom");
  };
  draw();
  return h("div", { class: "split" }, list, rules);
}

function face({ id, type }, guildId) {
  if (type === MEMBER) {
    const user = app.store.users.get(id) ?? { id, username: id };
    return [avatar(user, { guildId }), h("span", {}, app.store.nameOf(user, guildId))];
  }
  const role = app.store.guilds.get(guildId)?.roles.get(id);
  return [roleDot(role ?? {}), h("span", {}, id === guildId ? "@everyone" : role?.name ?? id)];
}

/** Set a rule, and take it as said until the gateway says the same. */
async function put(channel, { id, type, allow, deny }) {
  const done = await attempt(async () => {
    await app.rest.put(`/channels/${channel.id}/permissions/${id}`, { type, allow, deny });
    return true;
  });
  if (!done) return;
  const others = (channel.permission_overwrites ?? []).filter((item) => item.id !== id);
  app.store.CHANNEL_UPDATE({ ...channel, permission_overwrites: [...others, { id, type, allow, deny }] });
}

function rulesOf(overwrite, now, draw) {
  const set = async (name, state) => {
    const bit = bitOf(name);
    const allow = (BigInt(overwrite.allow) & ~bit) | (state === "allow" ? bit : 0n);
    const deny = (BigInt(overwrite.deny) & ~bit) | (state === "deny" ? bit : 0n);
    await put(now(), { ...overwrite, allow: String(allow), deny: String(deny) });
    draw();
    document.querySelector(`.tristate[data-name="${name}"] [aria-checked=true]`)?.focus();
  };
  const drop = async () => {
    await attempt(() => app.rest.delete(`/channels/${now().id}/permissions/${overwrite.id}`));
    const rest = (now().permission_overwrites ?? []).filter((item) => item.id !== overwrite.id);
    app.store.CHANNEL_UPDATE({ ...now(), permission_overwrites: rest });
    draw();
  };
  const everyone = overwrite.id === now().guild_id;
  return [
    ...grouped(true).map(([title, names]) => h("section", {}, h("h4", {}, title), names.map((name) => h("div", { class: "permission" }, h("span", {}, humanName(name)), tristate(name, overwrite, set))))),
    everyone ? "" : h("button", { type: "button", class: "button secondary", on: { click: drop } }, icon("trash", 15), "Remove these rules"),
  ];
}

const STATES = [["deny", "close", "Denied"], ["inherit", "slash", "As elsewhere"], ["allow", "check", "Allowed"]];

function tristate(name, overwrite, set) {
  const bit = bitOf(name);
  const state = BigInt(overwrite.allow) & bit ? "allow" : BigInt(overwrite.deny) & bit ? "deny" : "inherit";
  return h("div", { class: "tristate", role: "radiogroup", "aria-label": humanName(name), data: { name } }, STATES.map(([key, symbol, label]) =>
    iconButton(symbol, label, () => set(name, key), { class: `tri ${key}`, role: "radio", "aria-checked": String(state === key) })));
}
