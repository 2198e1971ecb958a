// Choosing a channel by typing its name: Ctrl+K goes there, forwarding sends there.

import { app } from "./app.js";
import { showDialog } from "./dialog.js";
import { h, icon } from "./dom.js";
import { canTalk } from "./store.js";
import { matching, Suggest } from "./suggest.js";
import { channelIcon } from "./things.js";

/** Open the list of every channel; `choose(channelId)` gets the one that was taken. */
export function pickChannel(question, choose) {
  if (document.querySelector("dialog.quick-switch")) return;
  const input = h("input", { class: "field", placeholder: question, "aria-label": question });
  const all = [...app.store.channels.values()].filter(canTalk).map((channel) => ({
    label: channel.guild_id ? channel.name : app.store.titleOf(channel),
    detail: app.store.guilds.get(channel.guild_id)?.name ?? "Direct message",
    icon: icon(channelIcon(channel), 16), value: channel.id,
  }));
  const suggest = new Suggest(input, { openOnFocus: true, always: true, source: (text) => matching(all, text), choose: (item) => { dialog.close(); choose(item.value); } });
  const dialog = h("dialog", { class: "dialog quick-switch", "aria-label": question }, input, suggest.list);
  showDialog(dialog);
}
