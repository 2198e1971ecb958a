// The audit log of a server: who did what to whom, and what it changed.

import { app } from "./app.js";
import { avatar } from "./avatar.js";
import { count, h } from "./dom.js";
import { ago } from "./markdown.js";
import { timeOfId } from "./store.js";

/** The view of the latest entries. */
export async function auditView(guildId) {
  const log = await app.rest.get(`/guilds/${guildId}/audit-logs?limit=100`);
  const users = new Map(log.users.map((user) => [user.id, user]));
  if (!log.audit_log_entries.length) return h("p", { class: "empty" }, "Nothing has been changed yet.");
  return h("ol", { class: "audit" }, log.audit_log_entries.map((entry) => row(entry, users, guildId)));
}

function row(entry, users, guildId) {
  const actor = users.get(entry.user_id);
  const changes = (entry.changes ?? []).map((change) => h("li", {}, h("code", {}, change.key), " ", shown(change.old_value), " → ", shown(change.new_value)));
  const options = Object.entries(entry.options ?? {}).map(([key, value]) => h("li", {}, h("code", {}, key), " ", shown(value)));
  const details = [...changes, ...options];
  return h("li", { class: "audit-entry" },
    actor ? avatar(actor) : h("span", { class: "avatar" }, "?"),
    h("div", {},
      h("p", {}, h("strong", {}, actor ? app.store.nameOf(actor, guildId) : "Somebody"), " ", deed(entry.action_type), " ", h("strong", {}, target(entry, users, guildId)), " ", ago(timeOfId(entry.id))),
      entry.reason ? h("p", { class: "reason" }, `“${entry.reason}”`) : null,
      details.length ? h("details", {}, h("summary", {}, count(details.length, "detail")), h("ul", {}, details)) : null));
}

const VERBS = { CREATE: "made", UPDATE: "changed", DELETE: "deleted", ADD: "added", REMOVE: "removed", KICK: "kicked", PRUNE: "pruned", MOVE: "moved", DISCONNECT: "disconnected", PIN: "pinned", UNPIN: "unpinned" };

/** What an action's name says, as a person would: MEMBER_BAN_ADD is "added member ban". */
function deed(type) {
  const words = (app.auditActions[type] ?? `action ${type}`).split("_");
  const verb = VERBS[words.at(-1)];
  return (verb ? [verb, ...words.slice(0, -1)] : words).join(" ").toLowerCase();
}

function target({ target_id: id, changes }, users, guildId) {
  if (!id) return "";
  const user = users.get(id);
  if (user) return app.store.nameOf(user, guildId);
  const guild = app.store.guilds.get(guildId);
  const channel = app.store.channels.get(id);
  if (channel) return `#${channel.name}`;
  if (id === guildId) return guild.name;
  const named = changes?.find((change) => change.key === "name");
  return guild.roles.get(id)?.name ?? named?.new_value ?? named?.old_value ?? id;
}

function shown(value) {
  if (value === undefined || value === null) return h("em", {}, "nothing");
  if (Array.isArray(value) && value.length && value.every((item) => item?.name)) return value.map((item) => item.name).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
