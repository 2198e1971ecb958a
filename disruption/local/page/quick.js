// Ctrl+K: go anywhere by typing its name.

import { app, emit } from "./app.js";
import { h, icon } from "./dom.js";
import { canTalk } from "./store.js";
import { matching, Suggest } from "./suggest.js";
import { channelIcon } from "./things.js";

/** Open the list of every channel. */
export function quickSwitch() {
  if (document.querySelector("dialog.quick-switch")) return;
  const input = h("input", { class: "field", placeholder: "Where to?", "aria-label": "Where to?" });
  const all = [...app.store.channels.values()].filter(canTalk).map((channel) => ({
    label: channel.recipients ? app.store.nameOf(channel.recipients[0]) : channel.name,
    detail: app.store.guilds.get(channel.guild_id)?.name ?? "Direct message",
    icon: icon(channelIcon(channel), 16), value: channel.id,
  }));
  const suggest = new Suggest(input, { openOnFocus: true, source: (text) => matching(all, text), choose: (item) => { dialog.close(); emit("open", item.value); } });
  const dialog = h("dialog", { class: "dialog quick-switch" }, input, suggest.list);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
