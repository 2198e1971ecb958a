// What can be chosen in a menu or an option: users, roles and channels of where one is.

import { app } from "./app.js";
import { avatar } from "./avatar.js";
import { h, icon } from "./dom.js";
import { THREADS } from "./store.js";

/** A role's colour as a dot. */
export const roleDot = (role) => h("span", { class: "role-dot", style: role.color ? { "--dot": `#${role.color.toString(16).padStart(6, "0")}` } : {} });

/** Users of the current guild or direct message, as items of a list. */
export function userItems() {
  const guild = app.store.guilds.get(app.guildId);
  const channel = app.store.channels.get(app.channelId);
  const users = guild ? [...guild.members.values()].map((member) => member.user) : [app.store.me, ...(channel?.recipients ?? [])];
  return users.map((user) => ({ label: app.store.nameOf(user, app.guildId), detail: user.username, value: user.id, icon: avatar(user, { guildId: app.guildId }) }));
}

/** Roles of the current guild. */
export function roleItems() {
  const guild = app.store.guilds.get(app.guildId);
  return [...(guild?.roles.values() ?? [])].sort((a, b) => b.position - a.position).map((role) => ({ label: role.id === app.guildId ? "@everyone" : `@${role.name.replace(/^@/, "")}`, value: role.id, icon: roleDot(role) }));
}

/** Channels of the current guild, of some types if given. */
export function channelItems(types) {
  const all = [...app.store.channels.values()].filter((channel) => channel.guild_id === app.guildId);
  const fitting = types?.length ? all.filter((channel) => types.includes(channel.type)) : all;
  return fitting.map((channel) => ({ label: channel.name, value: channel.id, icon: icon(channelIcon(channel), 16) }));
}

/** The icon of a kind of channel. */
export function channelIcon(channel) {
  if (THREADS.has(channel.type)) return "thread";
  return { 1: "chat", 3: "people", 2: "voice", 4: "down", 5: "news", 13: "voice", 15: "forum", 16: "forum" }[channel.type] ?? "hash";
}
