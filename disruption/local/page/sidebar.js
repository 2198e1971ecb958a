// Servers on the left, their channels and threads, and who one is.

import { app, emit, on, throttled } from "./app.js";
import { avatar, hueOf, initials } from "./avatar.js";
import { userCard } from "./context.js";
import { byId, copied, h, icon, iconButton } from "./dom.js";
import { openMenu } from "./popup.js";
import { compareIds, THREADS } from "./store.js";
import { channelIcon } from "./things.js";
import { addBot, addPerson, channelSettings, chooseLanguage, guildSettings, makeChannel, makeGuild, personSettings } from "./views.js";
import { isVoice, voiceRows } from "./voice.js";

const CATEGORY = 4;

const directs = () => [...app.store.channels.values()].filter((channel) => channel.type === 1 || channel.type === 3)
  .sort((a, b) => compareIds(b.last_message_id ?? b.id, a.last_message_id ?? a.id));

const byPosition = (a, b) => (a.position ?? 0) - (b.position ?? 0) || compareIds(a.id, b.id);

/** The channels of a guild as they are listed: `{channel, depth}`. */
function listed(guildId) {
  const all = [...app.store.channels.values()].filter((channel) => channel.guild_id === guildId);
  const threads = all.filter((channel) => THREADS.has(channel.type) && !channel.thread_metadata?.archived);
  const plain = all.filter((channel) => !THREADS.has(channel.type) && channel.type !== CATEGORY);
  const under = (parent) => plain.filter((channel) => (channel.parent_id ?? null) === parent)
    .sort((a, b) => isVoice(a) - isVoice(b) || byPosition(a, b))
    .flatMap((channel) => [{ channel, depth: 0 }, ...threads.filter((thread) => thread.parent_id === channel.id).sort((a, b) => compareIds(a.id, b.id)).map((thread) => ({ channel: thread, depth: 1 }))]);
  const categories = all.filter((channel) => channel.type === CATEGORY).sort(byPosition);
  return [...under(null), ...categories.flatMap((category) => [{ channel: category, depth: 0 }, ...under(category.id)])];
}

/** The channels one can go through with the keys, in their order. */
export const reachable = () => (app.guildId ? listed(app.guildId).map((item) => item.channel).filter((channel) => channel.type !== CATEGORY) : directs());

function drawRail() {
  const unreadIn = (id) => [...app.store.unread.keys()].some((key) => (app.store.channels.get(key)?.guild_id ?? null) === id);
  const entry = (id, label, face, hue) => h("button", {
    type: "button", class: unreadIn(id) ? "server unread" : "server", title: label, "aria-label": label, "aria-current": app.guildId === id ? "true" : null,
    style: hue === null ? {} : { "--hue": hue }, on: { click: () => emit("guild", id) },
  }, face);
  byId("rail").replaceChildren(
    entry(null, "Direct messages", icon("chat", 22), null),
    h("hr"),
    ...[...app.store.guilds.values()].map((guild) => entry(guild.id, guild.name,
      guild.icon ? h("img", { src: `/icons/${guild.id}/${guild.icon}.png?size=96`, alt: "" }) : initials(guild.name), hueOf(guild.id))),
    h("button", { type: "button", class: "server add", title: "Make a server", "aria-label": "Make a server", on: { click: makeGuild } }, icon("plus", 22)));
}

function drawChannels() {
  const guild = app.store.guilds.get(app.guildId);
  byId("guild-name").replaceChildren(h("strong", {}, guild?.name ?? "Direct messages"), h("span", { class: "spring" }),
    ...(guild ? [iconButton("plus", "Make a channel", makeChannel), iconButton("gear", "Server settings", () => guildSettings(guild))] : []));
  const rows = guild ? listed(guild.id) : directs().map((channel) => ({ channel, depth: 0 }));
  byId("channels").replaceChildren(...rows.flatMap((item) => [row(item), ...(isVoice(item.channel) ? voiceRows(item.channel) : [])]));
  if (!guild && !rows.length) byId("channels").append(h("p", { class: "empty" }, "No direct messages yet. Open somebody's card and choose Message."));
}

function row({ channel, depth }) {
  if (channel.type === CATEGORY) return h("h2", { class: "category" }, channel.name);
  const count = app.store.unread.get(channel.id);
  const classes = ["channel", depth ? "deep" : "", count !== undefined ? "unread" : ""].filter(Boolean).join(" ");
  const other = channel.type === 1 ? channel.recipients?.[0] : null;
  return h("button", { type: "button", class: classes, data: { id: channel.id }, "aria-current": app.channelId === channel.id ? "page" : null, on: { click: () => emit("open", channel.id), contextmenu: (event) => channelMenu(event, channel) } },
    other ? avatar(other) : icon(channelIcon(channel), 17),
    h("span", { class: "channel-name" }, channel.guild_id ? channel.name : app.store.titleOf(channel)),
    count ? h("span", { class: "count" }, String(count)) : null);
}

function channelMenu(event, channel) {
  event.preventDefault();
  openMenu({ x: event.clientX, y: event.clientY }, [
    app.store.unread.has(channel.id) ? { label: "Mark as read", icon: "check", action: () => { app.store.unread.delete(channel.id); emit("unread"); } } : null,
    channel.guild_id ? { label: "Settings", icon: "gear", action: () => channelSettings(channel) } : null,
    { label: "Copy id", icon: "copy", action: () => copied(channel.id) },
  ], "Channel");
}

function drawSelf() {
  const me = app.store.me;
  if (!me) return;
  byId("self").replaceChildren(
    h("button", { type: "button", class: "me", title: "Play somebody else (Alt+1 to Alt+9)", on: { click: (event) => choosePerson(event.currentTarget) } },
      avatar(me, { status: app.gatewayStatus === "connected" ? app.status : "offline" }),
      h("span", { class: "me-text" }, h("strong", {}, me.global_name || me.username), h("small", {}, app.gatewayStatus === "connected" ? "you play" : app.gatewayStatus)),
      icon("down", 16)),
    iconButton("sun", "Light or dark", () => emit("theme")));
}

function choosePerson(anchor) {
  openMenu(anchor, [
    h("div", { class: "popup-title" }, "Play"),
    { group: app.people.map(({ user }, index) => ({ label: user.global_name || user.username, detail: index < 9 ? `Alt+${index + 1}` : "", icon: avatar(user), action: () => emit("play", user.id) })) },
    h("hr"),
    h("div", { class: "popup-row", role: "group", "aria-label": "Status" }, Object.entries(STATUSES).map(([key, label]) =>
      h("button", { type: "button", class: "status-choice", title: label, "aria-label": label, "aria-pressed": String(app.status === key), on: { click: () => setStatus(key) } }, h("span", { class: `dot ${key}` })))),
    h("hr"),
    { label: "Open a second window", icon: "window", action: openWindow },
    { label: "Name and picture…", icon: "pencil", action: () => personSettings(app.store.me) },
    { label: "Language…", icon: "globe", action: chooseLanguage },
    { label: "Add a person…", icon: "plus", action: addPerson },
    { label: "Add a bot…", icon: "bot", action: addBot },
  ], "Whom you play");
}

const STATUSES = { online: "Online", idle: "Idle", dnd: "Do not disturb", invisible: "Invisible" };

function setStatus(status) {
  app.status = status;
  app.gateway.send(3, { since: null, activities: [], status, afk: false });
  drawSelf();
}

/** Open the page once more, to play somebody else beside this one. */
function openWindow() {
  const other = app.people.find(({ user }) => user.id !== app.store.me.id) ?? app.people[0];
  window.open(`/#key=${app.control.key}&person=${other.user.id}`, "_blank", "width=900,height=720");
}

const draw = throttled(() => {
  drawRail();
  drawChannels();
});
byId("channels").addEventListener("click", (event) => {
  const speaker = event.target.closest(".speaker");
  if (speaker) userCard(speaker, speaker.dataset.user);
});
for (const name of ["CHANNEL_RECIPIENT_ADD", "CHANNEL_RECIPIENT_REMOVE", "VOICE_STATE_UPDATE", "GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE", "CHANNEL_CREATE", "CHANNEL_UPDATE", "CHANNEL_DELETE", "THREAD_CREATE", "THREAD_UPDATE", "THREAD_DELETE", "THREAD_LIST_SYNC", "channels", "unread"]) on(name, draw);
for (const name of ["READY", "USER_UPDATE", "status"]) on(name, drawSelf);
