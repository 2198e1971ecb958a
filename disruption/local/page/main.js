// The beginning: find the key, choose whom to play, connect, and open what was open.

import { app, emit, on, setNow } from "./app.js";
import { byId, h, icon, iconButton, toast } from "./dom.js";
import { isForum, openForum } from "./forum.js";
import { Gateway } from "./gateway.js";
import { Control, Rest } from "./rest.js";
import { canTalk, Store, THREADS } from "./store.js";
import { channelIcon } from "./things.js";
import { jumpTo, openTimeline } from "./timeline.js";
import { reachable } from "./sidebar.js";
import "./context.js";
import "./composer.js";
import "./members.js";
import "./modal.js";
import { openMenu } from "./popup.js";
import { pickChannel } from "./quick.js";
import { channelSettings, inspect, showPins, showSearch, showThreads } from "./views.js";
import { isVoice, voiceButton } from "./voice.js";

const root = document.documentElement;
let wanted = null; // a channel to open as soon as it is known

/** Take key and person out of the address, where they came in; keep them for reloads of this tab. */
function takeKey() {
  for (const name of ["key", "person"]) {
    const given = new RegExp(`[#&]${name}=([\\w-]+)`).exec(location.hash)?.[1];
    if (given) sessionStorage.setItem(name, given);
  }
  if (location.hash) history.replaceState(null, "", location.pathname);
  return sessionStorage.getItem("key") ?? "";
}

function refuse(error) {
  byId("app").replaceChildren(h("div", { class: "refused" }, icon("chat", 40), h("h1", {}, "This page needs the address that was printed"), h("p", {}, error.message)));
}

function play(userId) {
  const person = app.people.find((item) => item.user.id === userId) ?? app.people[0];
  if (!person) return;
  sessionStorage.setItem("person", person.user.id);
  wanted = app.channelId ?? sessionStorage.getItem("channel");
  app.gateway?.close();
  app.rest = new Rest(person.token);
  const store = new Store();
  store.me = person.user;
  app.store = store;
  const url = `ws://${location.hostname}:${root.dataset.gatewayPort}`;
  app.gateway = new Gateway(url, person.token, (name, data) => {
    try {
      hear(store, name, data);
    } catch (error) {
      console.warn(`${name} could not be taken in:`, error); // a fault's wrong types, most likely
    }
  }, (status) => {
    app.gatewayStatus = status;
    if (status.startsWith("closed")) toast(`The gateway has ${status} the connection for good. Choose whom you play to come back.`, "error");
    byId("app").classList.toggle("disconnected", status !== "connected");
    byId("lost").hidden = status !== "connecting";
    emit("status", status);
  });
  emit("status", "connecting");
}

function hear(store, name, data) {
  store.apply(name, data);
  if (name === "MESSAGE_CREATE") setNow(data.timestamp);
  if (name === "READY") loadDirects(store);
  if (name === "GUILD_MEMBER_ADD") noteArrival(data.user);
  if (name === "USER_UPDATE" || name === "GUILD_MEMBER_UPDATE") noteChange(data.user ?? data);
  if (name === "GUILD_CREATE" && data.large) app.gateway.send(8, { guild_id: data.id, query: "", limit: 0, presences: false });
  if (name === "MESSAGE_CREATE" && (data.channel_id !== app.channelId || document.hidden)) noteUnread(data);
  emit(name, data);
  if (name === "GUILD_CREATE" || name.startsWith("CHANNEL_") || name === "THREAD_CREATE") settle();
}

/** Keep what is shown of those one can play, and of bots, as they are now. */
function noteChange(user) {
  const person = app.people.find((item) => item.user.id === user.id);
  if (person) person.user = user;
  app.bots = app.bots.map((bot) => (bot.id === user.id ? user : bot));
}

let asking = null; // a timer: those who come together are asked for together

/** Somebody may have been made elsewhere, by a program: they can be played, too. */
function noteArrival(user) {
  if (asking || app.people.some((item) => item.user.id === user.id) || app.bots.some((bot) => bot.id === user.id)) return;
  asking = setTimeout(async () => {
    asking = null;
    const told = await app.control.call("GET", "/start").catch(() => null); // the next arrival asks again
    if (told) Object.assign(app, { people: told.people, bots: told.bots });
  }, 100);
}

function noteUnread(message) {
  app.store.countUnread(message);
  if (!app.store.channels.has(message.channel_id)) discover(app.store, message);
  emit("unread");
  title();
}

/** Learn of a channel that was not told of: a conversation, or a thread that is open again. */
async function discover(store, { guild_id: guildId, channel_id: channelId }) {
  if (!guildId) return loadDirects(store);
  const channel = await app.rest.get(`/channels/${channelId}`).catch(() => null); // gone again already
  if (channel) store.CHANNEL_CREATE(channel);
  return emit("channels");
}

async function loadDirects(store) {
  const channels = await app.control.call("GET", "/direct", undefined, { token: app.rest.token }).catch(() => []);
  for (const channel of channels) store.CHANNEL_CREATE(channel);
  emit("channels");
  settle();
}

/** Open the channel that is wanted, or any, once it is known. */
function settle() {
  if (wanted && app.store.channels.has(wanted)) {
    const channelId = wanted;
    wanted = null;
    open(channelId);
  } else if (app.channelId && !app.store.channels.has(app.channelId) && app.store.guilds.size) {
    app.channelId = null;
    settle();
  } else if (!app.channelId) {
    const first = [...app.store.channels.values()].filter((channel) => channel.guild_id).find((channel) => channel.type === 0);
    if (first) open(first.id);
  }
}

function open(channelId) {
  const channel = app.store.channels.get(channelId);
  if (!channel) return;
  app.channelId = channelId;
  app.guildId = channel.guild_id ?? null;
  sessionStorage.setItem("channel", channelId);
  app.store.unread.delete(channelId);
  byId("app").classList.remove("nav-open", "members-open");
  drawHead(channel);
  emit("channels");
  emit("opened", channel);
  drawTyping();
  title();
  openForum(isForum(channel) ? channel : null);
  return openTimeline(canTalk(channel) ? channelId : null);
}

function drawHead(channel) {
  byId("head").replaceChildren(
    iconButton("menu", "Channels", () => byId("app").classList.toggle("nav-open"), { class: "icon-button only-narrow" }),
    icon(channelIcon(channel), 20),
    h("strong", {}, channel.guild_id ? channel.name : app.store.titleOf(channel)),
    channel.topic ? h("span", { class: "topic", title: channel.topic }, channel.topic) : "",
    h("span", { class: "spring" }),
    isVoice(channel) ? voiceButton(channel) : "",
    ...tools(channel).map(({ label, icon: symbol, action }) => iconButton(symbol, label, action, { class: "icon-button only-wide" })),
    iconButton("more", "More", (event) => openMenu(event.currentTarget, tools(channel)), { class: "icon-button only-narrow" }),
    iconButton("people", "Members", toggleMembers),
    iconButton("pulse", "Inspector (Ctrl+I)", toggleInspector));
}

function tools(channel) {
  const talk = canTalk(channel);
  const threads = channel.guild_id && talk && !THREADS.has(channel.type) && !isVoice(channel);
  return [
    threads ? { label: "Threads", icon: "thread", action: showThreads } : null,
    talk ? { label: "Pinned messages", icon: "pin", action: showPins } : null,
    channel.guild_id ? { label: "Search (Ctrl+F)", icon: "search", action: showSearch } : null,
    channel.guild_id ? { label: "Channel settings", icon: "gear", action: () => channelSettings(channel) } : null,
  ].filter(Boolean);
}

function toggleMembers() {
  const narrow = matchMedia("(max-width: 1000px)").matches;
  byId("app").classList.toggle(narrow ? "members-open" : "members-hidden");
}

function toggleInspector() {
  const panel = byId("inspector");
  panel.hidden = !panel.hidden;
  byId("app").classList.toggle("inspecting", !panel.hidden);
  inspect(panel);
}

function drawTyping() {
  const names = app.store.typists(app.channelId).map((user) => app.store.nameOf(user, app.guildId));
  const text = names.length > 3 ? "Several people are typing…" : names.length ? `${names.join(", ")} ${names.length > 1 ? "are" : "is"} typing…` : "";
  byId("typing").replaceChildren(...(text ? [h("span", { class: "dots" }, h("i"), h("i"), h("i")), text] : []));
}

function title() {
  const count = [...app.store.unread.values()].reduce((sum, item) => sum + item, 0);
  const channel = app.store.channels.get(app.channelId);
  document.title = `${count ? `(${count}) ` : ""}${channel ? `${app.store.titleOf(channel)} · ` : ""}Local Discord`;
}

/** The other theme, kept in a cookie so that the next page comes with it. */
function switchTheme() {
  const theme = root.dataset.theme === "light" || lightBySystem() ? "dark" : "light";
  root.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=strict`;
}

const lightBySystem = () => !root.dataset.theme && matchMedia("(prefers-color-scheme: light)").matches;

on("open", open);
on("open-later", (channelId) => {
  wanted = channelId;
  settle();
});
on("open-at", async ({ channelId, messageId }) => {
  await open(channelId);
  jumpTo(messageId);
});
on("guild", (guildId) => {
  app.guildId = guildId;
  const first = reachable().find(canTalk);
  if (first) open(first.id);
  else emit("channels");
});
on("play", play);
on("theme", switchTheme);
on("TYPING_START", () => {
  drawTyping();
  setTimeout(drawTyping, 10100);
});
on("MESSAGE_CREATE", drawTyping);
for (const name of ["CHANNEL_UPDATE", "THREAD_UPDATE"]) on(name, (channel) => channel.id === app.channelId && drawHead(app.store.channels.get(channel.id)));
on("VOICE_STATE_UPDATE", () => {
  const channel = app.store.channels.get(app.channelId);
  if (isVoice(channel)) drawHead(channel);
});
on("RESUMED", () => toast("Connected again"));
on("READY", () => {
  if (app.channelId) wanted = app.channelId;
  if (app.status !== "online") app.gateway.send(3, { since: null, activities: [], status: app.status, afk: false });
});

document.addEventListener("close-inspector", toggleInspector);
byId("veil").addEventListener("click", () => byId("app").classList.remove("nav-open", "members-open"));
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && app.store) {
    app.store.unread.delete(app.channelId);
    emit("unread");
    title();
  }
});
document.addEventListener("keydown", (event) => {
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key === "k") pickChannel("Where to?", open);
  else if (command && event.key === "i") toggleInspector();
  else if (command && event.key === "f" && app.guildId) showSearch();
  else if (event.altKey && /^[1-9]$/.test(event.key)) emit("play", app.people[Number(event.key) - 1]?.user.id);
  else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    const all = reachable();
    const index = all.findIndex((channel) => channel.id === app.channelId);
    const next = all[(index + (event.key === "ArrowDown" ? 1 : all.length - 1)) % all.length];
    if (next) open(next.id);
  } else return;
  event.preventDefault();
});

app.control = new Control(takeKey());
try {
  const told = await app.control.call("GET", "/start");
  Object.assign(app, { people: told.people, bots: told.bots, faultKinds: told.faults, permissions: told.permissions, auditActions: told.audit_actions });
  setNow(told.now);
  const usual = told.people.find(({ user }) => user.username !== "admin") ?? told.people[0];
  play(sessionStorage.getItem("person") ?? usual?.user.id);
} catch (error) {
  refuse(error);
}
