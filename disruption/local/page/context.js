// The menus of messages and users, and the buttons that appear over a message.

import { endPoll, forward, openDirect, pin, publish, react, remove, startThread } from "./acts.js";
import { app, emit } from "./app.js";
import { avatar, badge } from "./avatar.js";
import { ask } from "./dialog.js";
import { attempt, byId, copied, h, iconButton } from "./dom.js";
import { pickEmoji, QUICK } from "./emoji.js";
import { commandsIn, useMenuCommand } from "./interactions.js";
import { localised } from "./language.js";
import { deletingOthers, memberEntries } from "./moderation.js";
import { mayAt } from "./permissions.js";
import { line, openMenu } from "./popup.js";
import { pickChannel } from "./quick.js";
import { messageOf } from "./timeline.js";
import { botSettings, personSettings } from "./views.js";

const list = byId("timeline");
let tools = null;

async function messageMenu(anchor, message) {
  const mine = message.author.id === app.store.me.id;
  const hidden = Boolean(message.flags & 64);
  const channel = app.store.channels.get(message.channel_id);
  const apps = await commandsIn(message.channel_id, 3);
  const quick = h("div", { class: "quick" }, QUICK.map((symbol) => h("button", { type: "button", "aria-label": `React with ${symbol}`, on: { click: (event) => { event.currentTarget.closest("[popover]").hidePopover(); react(message, { name: symbol }); } } }, symbol)));
  openMenu(anchor, [
    hidden ? null : quick,
    hidden ? null : { label: "Reply", icon: "reply", action: () => emit("reply", message) },
    mine && !hidden ? { label: "Edit", icon: "pencil", action: () => emit("edit", message) } : null,
    hidden ? null : { label: "Forward…", icon: "forward", action: () => pickChannel("Forward to", (channelId) => forward(message, channelId)) },
    channel?.type === 5 && !(message.flags & 1) ? { label: "Publish", icon: "news", action: () => publish(message) } : null,
    mine && message.poll && !message.poll.results?.is_finalized ? { label: "End the poll", icon: "bars", action: () => endPoll(message) } : null,
    hidden || !mayAt(channel, "PIN_MESSAGES") ? null : { label: message.pinned ? "Unpin" : "Pin", icon: "pin", action: () => pin(message) },
    app.guildId && !message.thread && !hidden ? { label: "Start a thread", icon: "thread", action: async () => {
      const name = await ask("Start a thread", "Name");
      if (name) startThread(message, name);
    } } : null,
    ...(apps.length ? [line(), ...apps.map((command) => ({ label: localised(command, "name"), detail: command.owner?.username, icon: "bot", action: () => useMenuCommand(command, message.channel_id, message.id) }))] : []),
    line(),
    { label: "Copy text", icon: "copy", action: () => copied(message.content) },
    { label: "Copy id", icon: "copy", action: () => copied(message.id) },
    { label: "Copy as JSON", icon: "copy", action: () => copied(JSON.stringify(message, null, 2)) },
    !hidden && (mine || (app.guildId && mayAt(channel, "MANAGE_MESSAGES"))) ? { label: "Delete", icon: "trash", danger: true, action: () => (mine ? attempt(() => remove(message)) : deletingOthers(message, () => remove(message))) } : null,
  ], "Message");
}

/** Open the card of a user: who they are and what can be done with them. */
export async function userCard(anchor, userId) {
  const user = app.store.users.get(userId);
  if (!user) return;
  const guild = app.store.guilds.get(app.guildId);
  const member = guild?.members.get(userId);
  const roles = (member?.roles ?? []).map((id) => guild.roles.get(id)).filter(Boolean).sort((a, b) => b.position - a.position);
  const apps = app.channelId ? await commandsIn(app.channelId, 2) : [];
  const activity = guild?.presences.get(userId)?.activities?.[0];
  const card = h("div", { class: "card" },
    avatar(user, { guildId: app.guildId, status: app.store.statusOf(app.guildId, userId) }),
    h("strong", {}, app.store.nameOf(user, app.guildId), " ", badge(user)),
    h("small", {}, user.username),
    activity ? h("small", {}, activity.state || activity.name) : null,
    roles.length ? h("div", { class: "roles" }, roles.map((role) => h("span", { class: "role", style: role.color ? { "--dot": `#${role.color.toString(16).padStart(6, "0")}` } : {} }, h("span", { class: "role-dot" }), role.name))) : null);
  openMenu(anchor, [
    card,
    line(),
    userId === app.store.me.id ? null : { label: "Message", icon: "chat", action: () => openDirect(userId) },
    app.people.some((person) => person.user.id === userId) && userId !== app.store.me.id ? { label: "Play this person", icon: "people", action: () => emit("play", userId) } : null,
    app.people.some((person) => person.user.id === userId) ? { label: "Name and picture…", icon: "pencil", action: () => personSettings(user) } : null,
    user.bot ? { label: "Token, picture, endpoint…", icon: "gear", action: () => botSettings(user) } : null,
    ...memberEntries(user, anchor),
    ...(apps.length ? [line(), ...apps.map((command) => ({ label: localised(command, "name"), detail: command.owner?.username, icon: "bot", action: () => useMenuCommand(command, app.channelId, userId) }))] : []),
    line(),
    { label: "Copy id", icon: "copy", action: () => copied(userId) },
  ], "User");
}

function showTools(row) {
  const message = row && messageOf(row.dataset.id);
  if (!message) return;
  tools?.remove();
  const hidden = Boolean(message.flags & 64);
  tools = h("div", { class: "tools" },
    hidden ? null : iconButton("smile", "React", (event) => pickEmoji(event.currentTarget, (emoji) => react(message, emoji))),
    hidden ? null : iconButton("reply", "Reply", () => emit("reply", message)),
    !hidden && message.author.id === app.store.me.id ? iconButton("pencil", "Edit", () => emit("edit", message)) : null,
    iconButton("more", "More", (event) => messageMenu(event.currentTarget, message)));
  row.append(tools);
}

list.addEventListener("pointerover", (event) => {
  const row = event.target.closest(".message");
  if (row && tools?.parentElement !== row) showTools(row);
});
list.addEventListener("pointerleave", () => tools?.remove());
list.addEventListener("focusin", (event) => {
  const row = event.target.closest(".message");
  if (row && tools?.parentElement !== row) showTools(row);
});
list.addEventListener("contextmenu", (event) => {
  const row = event.target.closest(".message");
  const message = row && messageOf(row.dataset.id);
  if (!message || event.target.closest("a, img") || !window.getSelection().isCollapsed) return;
  event.preventDefault();
  messageMenu({ x: event.clientX, y: event.clientY }, message);
});
list.addEventListener("click", (event) => {
  const target = event.target.closest("[data-user],[data-react]");
  if (target?.dataset.user) userCard(target, target.dataset.user);
  else if (target?.dataset.react) pickEmoji(target, (emoji) => react(messageOf(target.dataset.react), emoji));
});
byId("scroller").addEventListener("keydown", (event) => {
  if (event.target !== event.currentTarget || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  [...list.querySelectorAll(".message")].at(-1)?.focus();
});
list.addEventListener("keydown", (event) => {
  const row = event.target.closest(".message");
  if (!row || event.target !== row) return;
  if (event.key === "ArrowUp") row.previousElementSibling?.focus();
  else if (event.key === "ArrowDown") (row.nextElementSibling ?? byId("composer").querySelector("textarea"))?.focus();
  else if (event.key === "Enter") messageMenu(row.querySelector(".content"), messageOf(row.dataset.id));
  else return;
  event.preventDefault();
});
