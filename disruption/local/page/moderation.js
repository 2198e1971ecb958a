// What moderators do to a member, as entries of the member's menu.

import { app, now } from "./app.js";
import { confirmed, formDialog, labelled } from "./dialog.js";
import { attempt, h } from "./dom.js";
import { may } from "./permissions.js";
import { openMenu } from "./popup.js";
import { roleDot } from "./things.js";

const SPANS = [["1 minute", 60], ["5 minutes", 300], ["10 minutes", 600], ["1 hour", 3600], ["1 day", 86400], ["1 week", 604800]];

/** The entries for a member of the open guild, none for somebody who is not there. */
export function memberEntries(user, anchor) {
  const guild = app.store.guilds.get(app.guildId);
  const member = guild?.members.get(user.id);
  if (!member) return [];
  const me = user.id === app.store.me.id;
  const path = `/guilds/${guild.id}/members/${user.id}`;
  const name = app.store.nameOf(user, guild.id);
  const quiet = Date.parse(member.communication_disabled_until) > now();
  const voice = guild.voice.get(user.id);
  const change = (body, reason) => app.rest.patch(path, body, reason);
  const flip = (label, field, right, symbol) => voice && may(right)
    ? { label, icon: symbol, action: () => attempt(() => change({ [field]: !voice[field] })) } : null;
  return [
    (me ? may("CHANGE_NICKNAME") : may("MANAGE_NICKNAMES")) ? { label: "Nickname…", icon: "pencil", action: () => rename(member, name, me ? `/guilds/${guild.id}/members/@me` : path) } : null,
    may("MANAGE_ROLES") ? { label: "Roles…", icon: "shield", action: () => chooseRoles(guild, user.id, anchor) } : null,
    flip(voice?.mute ? "Let them speak" : "Mute in voice", "mute", "MUTE_MEMBERS", "mute"),
    flip(voice?.deaf ? "Let them hear" : "Deafen in voice", "deaf", "DEAFEN_MEMBERS", "deaf"),
    voice && !me && may("MOVE_MEMBERS") ? { label: "Disconnect from voice", icon: "close", action: () => attempt(() => change({ channel_id: null })) } : null,
    !me && may("MODERATE_MEMBERS") ? (quiet
      ? { label: "End the timeout", icon: "clock", action: () => attempt(() => change({ communication_disabled_until: null })) }
      : { label: "Time out…", icon: "clock", danger: true, action: () => timeOut(name, change) }) : null,
    !me && may("KICK_MEMBERS") ? { label: "Kick…", icon: "exit", danger: true, action: () => kick(name, path) } : null,
    !me && may("BAN_MEMBERS") ? { label: "Ban…", icon: "trash", danger: true, action: () => ban(name, `/guilds/${guild.id}/bans/${user.id}`) } : null,
  ].filter(Boolean);
}

const reasonField = () => h("input", { class: "field", maxlength: 512, placeholder: "Shown in the audit log" });

function rename(member, name, path) {
  const input = h("input", { class: "field", maxlength: 32, value: member.nick ?? "", placeholder: member.user.global_name || member.user.username });
  return formDialog(`Nickname of ${name}`, [labelled("Nickname", input, "Empty for none")], { kind: "small", send: () => app.rest.patch(path, { nick: input.value || null }) });
}

function timeOut(name, change) {
  const span = h("select", { class: "field" }, SPANS.map(([label, seconds]) => h("option", { value: seconds }, label)));
  const reason = reasonField();
  const send = () => change({ communication_disabled_until: new Date(now() + Number(span.value) * 1000).toISOString() }, reason.value);
  return formDialog(`Time out ${name}`, [labelled("For", span), labelled("Reason", reason)], { submit: "Time out", danger: true, kind: "small", send });
}

function kick(name, path) {
  const reason = reasonField();
  return formDialog(`Kick ${name}`, [labelled("Reason", reason)], { submit: "Kick", danger: true, kind: "small", send: () => app.rest.delete(path, reason.value) });
}

function ban(name, path) {
  const reason = reasonField();
  const span = h("select", { class: "field" }, [["Keep them", 0], ["Delete those of the last hour", 3600], ["Delete those of the last day", 86400], ["Delete those of the last week", 604800]].map(([label, seconds]) => h("option", { value: seconds }, label)));
  return formDialog(`Ban ${name}`, [labelled("Reason", reason), labelled("Their messages", span)], { submit: "Ban", danger: true, kind: "small", send: () => app.rest.put(path, { delete_message_seconds: Number(span.value) }, reason.value) });
}

function chooseRoles(guild, userId, anchor) {
  const has = new Set(guild.members.get(userId)?.roles);
  const roles = [...guild.roles.values()].filter((role) => role.id !== guild.id && !role.managed).sort((a, b) => b.position - a.position);
  const path = (role) => `/guilds/${guild.id}/members/${userId}/roles/${role.id}`;
  const flip = (role) => attempt(() => (has.has(role.id) ? app.rest.delete(path(role)) : app.rest.put(path(role))));
  openMenu(anchor, roles.length
    ? roles.map((role) => ({ label: role.name, icon: roleDot(role), detail: has.has(role.id) ? "✓" : "", action: () => flip(role) }))
    : [h("p", { class: "empty" }, "There are no roles yet: make some in the server's settings.")], "Roles");
}

/** Ask before a message that somebody else wrote is deleted. */
export const deletingOthers = (message, send) =>
  confirmed("Delete the message", `It is ${app.store.nameOf(message.author, app.guildId)}’s.`, "Delete", send);
