// The audit log of a server: who did what to whom, and what it changed.

import { app } from "./app.js";
import { avatar } from "./avatar.js";
import { attempt, count, h } from "./dom.js";
import { ago } from "./markdown.js";
import { timeOfId } from "./store.js";

const MOST = 100; // entries that are fetched at once

/** The view of the latest entries, and of those before them when asked for. */
export async function auditView(guildId) {
  const list = h("ol", { class: "audit" });
  let oldest = null;
  const load = async () => {
    const log = await app.rest.get(`/guilds/${guildId}/audit-logs?limit=${MOST}${oldest ? `&before=${oldest}` : ""}`);
    const users = new Map(log.users.map((user) => [user.id, user]));
    const rows = log.audit_log_entries.map((entry) => row(entry, users, guildId));
    list.append(...rows);
    oldest = log.audit_log_entries.at(-1)?.id;
    more.hidden = rows.length < MOST;
    return rows;
  };
  const further = async () => {
    more.disabled = true;
    const rows = await attempt(load);
    more.disabled = false;
    rows?.[0]?.focus({ preventScroll: true });
  };
  const more = h("button", { type: "button", class: "button secondary more", on: { click: further } }, "Show older entries");
  const rows = await load();
  if (!rows.length) return h("p", { class: "empty" }, "Nothing has been changed yet.");
  return h("div", {}, list, more);
}

function row(entry, users, guildId) {
  const actor = users.get(entry.user_id);
  const changes = (entry.changes ?? []).map((change) => h("li", {}, h("code", {}, change.key), " ", shown(change.old_value), " → ", shown(change.new_value)));
  const options = Object.entries(entry.options ?? {}).map(([key, value]) => h("li", {}, h("code", {}, key), " ", shown(value)));
  const details = [...changes, ...options];
  return h("li", { class: "audit-entry", tabindex: -1 },
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
