// Permissions: their names in an order people know, what a member may do, and sets of them.

import { app, now } from "./app.js";

const GROUPS = {
  General: ["VIEW_CHANNEL", "MANAGE_CHANNELS", "MANAGE_ROLES", "CREATE_GUILD_EXPRESSIONS", "MANAGE_GUILD_EXPRESSIONS", "VIEW_AUDIT_LOG", "MANAGE_WEBHOOKS", "MANAGE_GUILD"],
  Members: ["CREATE_INSTANT_INVITE", "CHANGE_NICKNAME", "MANAGE_NICKNAMES", "KICK_MEMBERS", "BAN_MEMBERS", "MODERATE_MEMBERS"],
  Text: ["SEND_MESSAGES", "SEND_MESSAGES_IN_THREADS", "CREATE_PUBLIC_THREADS", "CREATE_PRIVATE_THREADS", "EMBED_LINKS", "ATTACH_FILES", "ADD_REACTIONS", "USE_EXTERNAL_EMOJIS", "USE_EXTERNAL_STICKERS", "MENTION_EVERYONE", "MANAGE_MESSAGES", "PIN_MESSAGES", "BYPASS_SLOWMODE", "MANAGE_THREADS", "READ_MESSAGE_HISTORY", "SEND_TTS_MESSAGES", "SEND_VOICE_MESSAGES", "SEND_POLLS"],
  Voice: ["CONNECT", "SPEAK", "STREAM", "USE_SOUNDBOARD", "USE_EXTERNAL_SOUNDS", "USE_VAD", "PRIORITY_SPEAKER", "MUTE_MEMBERS", "DEAFEN_MEMBERS", "MOVE_MEMBERS", "SET_VOICE_CHANNEL_STATUS", "REQUEST_TO_SPEAK"],
  Apps: ["USE_APPLICATION_COMMANDS", "USE_EMBEDDED_ACTIVITIES", "USE_EXTERNAL_APPS"],
  Events: ["CREATE_EVENTS", "MANAGE_EVENTS"],
  Advanced: ["ADMINISTRATOR"],
};

// What makes no sense in one channel alone.
const GUILD_WIDE = new Set(["CREATE_GUILD_EXPRESSIONS", "MANAGE_GUILD_EXPRESSIONS", "VIEW_AUDIT_LOG", "MANAGE_GUILD", "CHANGE_NICKNAME", "MANAGE_NICKNAMES", "KICK_MEMBERS", "BAN_MEMBERS", "MODERATE_MEMBERS", "ADMINISTRATOR"]);

/** The bit of a permission. */
export const bitOf = (name) => BigInt(app.permissions[name] ?? 0);

/** Every permission by its group, `[title, names]`; those of a channel alone if asked for. */
export function grouped(channelOnly = false) {
  const fits = (name) => name in app.permissions && !(channelOnly && GUILD_WIDE.has(name));
  return Object.entries(GROUPS).map(([title, names]) => [title, names.filter(fits)]).filter(([, names]) => names.length);
}

/** A name in capitals as people write it. */
export function humanName(name) {
  const text = name.toLowerCase().replaceAll("_", " ");
  return text[0].toUpperCase() + text.slice(1);
}

/** What a member's roles let them do in the guild. */
function permissionsIn(guild, userId) {
  if (guild.owner_id === userId) return ~0n;
  const roles = [guild.id, ...(guild.members.get(userId)?.roles ?? [])].map((id) => guild.roles.get(id));
  const all = roles.reduce((sum, role) => sum | BigInt(role?.permissions ?? 0), 0n);
  return all & bitOf("ADMINISTRATOR") ? ~0n : all;
}

/** What a member may do in a channel; a thread has the rules of what it hangs from. */
function permissionsAt(channel, guild, userId) {
  const base = permissionsIn(guild, userId);
  if (base === ~0n) return base;
  const place = channel.thread_metadata ? app.store.channels.get(channel.parent_id) : channel;
  const rules = new Map((place?.permission_overwrites ?? []).map((item) => [item.id, item]));
  const roles = guild.members.get(userId)?.roles ?? [];
  // Those of everyone first, then those of all roles together, then the member's own.
  return [[guild.id], roles, [userId]].reduce((value, ids) => {
    const chosen = ids.map((id) => rules.get(id)).filter(Boolean);
    const sum = (key) => chosen.reduce((bits, item) => bits | BigInt(item[key]), 0n);
    return (value & ~sum("deny")) | sum("allow");
  }, base);
}

/** Tell whether the current person may do something in a channel; in conversations, whatever there is. */
export function mayAt(channel, name) {
  const guild = app.store.guilds.get(channel?.guild_id);
  return !guild || Boolean(permissionsAt(channel, guild, app.store.me.id) & bitOf(name));
}

/** Say why the current person cannot write in a channel, or null where they can. */
export function whySilent(channel) {
  const guild = app.store.guilds.get(channel?.guild_id);
  if (!guild) return null;
  const until = guild.members.get(app.store.me.id)?.communication_disabled_until;
  if (Date.parse(until) > now() && permissionsIn(guild, app.store.me.id) !== ~0n) return `You are timed out until ${new Date(until).toLocaleString()}.`;
  const thread = channel.thread_metadata;
  if (thread?.locked && !mayAt(channel, "MANAGE_THREADS")) return "This thread is locked.";
  return mayAt(channel, thread ? "SEND_MESSAGES_IN_THREADS" : "SEND_MESSAGES") ? null : "You have no permission to write here.";
}

/** Tell whether the current person may do something in the open guild. */
export function may(name) {
  const guild = app.store.guilds.get(app.guildId);
  return Boolean(guild) && Boolean(permissionsIn(guild, app.store.me.id) & bitOf(name));
}
