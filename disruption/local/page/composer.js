// Where one writes: text, files, replies, edits; a slash begins a command.

import { edit, openThread } from "./acts.js";
import { app, emit, on } from "./app.js";
import { ask } from "./dialog.js";
import { attempt, byId, h, icon, iconButton } from "./dom.js";
import { allEmoji, pickEmoji, written } from "./emoji.js";
import { emojiNode } from "./markdown.js";
import { bytes } from "./media.js";
import { Names } from "./mentions.js";
import { whySilent } from "./permissions.js";
import { openMenu } from "./popup.js";
import { CommandForm, slashItems } from "./slash.js";
import { canTalk, THREADS } from "./store.js";
import { matching, Suggest } from "./suggest.js";
import { channelItems, roleItems, userItems } from "./things.js";
import { jumpTo, lastOwn } from "./timeline.js";
import { askPoll, pickSticker } from "./views.js";

const box = byId("composer");
let files = [];
let names = new Names(); // those one has chosen in the text
let replying = null;
let editing = null;
let typedAt = 0;
let commands = null; // the slash commands of the open channel, while one is typed
let sending = Promise.resolve(); // messages go out one after another, in the order written

const LONGEST = 2000; // characters of a message

const input = h("textarea", { id: "input", rows: 1, maxlength: 4000, "aria-label": "Message" });
const counter = h("span", { class: "counter", role: "status", "aria-label": "Characters left" });
const picker = h("input", { type: "file", multiple: true, hidden: true });
const bar = h("div", { class: "composer-bar", hidden: true });
const silence = h("p", { class: "silence", hidden: true });
const tray = h("div", { class: "tray", hidden: true });
const line = h("div", { class: "composer-line" },
  iconButton("plus", "More to send", (event) => addMenu(event.currentTarget)), input, counter,
  iconButton("smile", "Emoji", (event) => pickEmoji(event.currentTarget, (emoji) => insert(`${names.add(emoji.id ? `:${emoji.name}:` : emoji.name, written(emoji))} `))),
  iconButton("send", "Send", send, { class: "icon-button send" }));
const suggest = new Suggest(input, { source: suggestions, choose: take, above: true });
box.append(suggest.list, bar, tray, silence, line, picker);

function addMenu(anchor) {
  const channel = app.store.channels.get(app.channelId);
  openMenu(anchor, [
    { label: "Attach files", icon: "clip", action: () => picker.click() },
    { label: "Send a sticker", icon: "sticker", action: () => pickSticker(anchor, sendSticker) },
    { label: "Ask a poll", icon: "bars", action: () => askPoll(app.channelId) },
    channel?.guild_id && !THREADS.has(channel.type) ? { label: "Start a thread", icon: "thread", action: newThread } : null,
    { label: "Use a command", icon: "slash", action: () => { input.value = "/"; input.focus(); suggest.update(); } },
  ], "More to send");
}

/** A sticker goes at once, and alone; what is being written stays. */
function sendSticker(sticker) {
  const body = { sticker_ids: [sticker.id] };
  if (replying) body.message_reference = { message_id: replying.id, channel_id: app.channelId };
  const path = `/channels/${app.channelId}/messages`;
  if (replying) cancel();
  sending = sending.then(() => attempt(() => app.rest.post(path, body)));
  input.focus();
}

async function newThread() {
  const name = await ask("Start a thread", "Name");
  if (name) openThread(app.channelId, name);
}

function insert(text) {
  input.setRangeText(text, input.selectionStart, input.selectionEnd, "end");
  input.focus();
  resize();
}

function resize() {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, window.innerHeight * 0.4)}px`;
  const left = LONGEST - names.encode(input.value.trim()).length;
  counter.textContent = left < 200 ? String(left) : "";
  counter.classList.toggle("bad", left < 0);
}

const WORD = /(?:^|\s)([@#:])([\w-]*)$/;

async function suggestions(text) {
  const before = text.slice(0, input.selectionStart);
  if (before.startsWith("/") && !editing && !text.includes("\n")) {
    if (before === "/" || !commands) commands = slashItems(app.channelId);
    const asked = commands; // a bot may have changed them since the last time
    const items = await asked;
    if (!items.length && commands === asked) commands = null; // there may be some at the next letter
    return matching(items, before);
  }
  commands = null;
  const word = WORD.exec(before);
  if (!word) return [];
  const [, mark, rest] = word;
  if (mark === "@") {
    const pinged = (items, form) => items.map((item) => ({ ...item, read: `@${item.label.replace(/^@/, "")}`, code: item.label === "@everyone" ? "@everyone" : form(item.value) }));
    return matching([...pinged(userItems(), (id) => `<@${id}>`), ...pinged(app.guildId ? roleItems() : [], (id) => `<@&${id}>`)], rest).slice(0, 8);
  }
  if (mark === "#") return matching(channelItems().filter((item) => item.label), rest).slice(0, 8).map((item) => ({ ...item, read: `#${item.label}`, code: `<#${item.value}>` }));
  if (rest.length < 2) return [];
  return allEmoji().filter((item) => item.word.includes(rest)).slice(0, 8).map((item) => ({ label: `:${item.word}:`, icon: emojiNode(item.emoji), read: item.emoji.id ? `:${item.word}:` : item.emoji.name, code: written(item.emoji) }));
}

function take(item) {
  if (item.command) {
    startCommand(item);
    return;
  }
  const before = input.value.slice(0, input.selectionStart);
  const word = WORD.exec(before);
  if (!word) return;
  input.setSelectionRange(before.length - word[2].length - 1, before.length);
  insert(`${names.add(item.read, item.code)} `);
}

function startCommand(item) {
  commands = null;
  input.value = "";
  line.hidden = true;
  const form = new CommandForm(item, app.channelId, () => {
    form.element.remove();
    line.hidden = false;
    input.focus();
  });
  box.append(form.element);
  form.focus();
}

function setBar(text, ...more) {
  bar.hidden = text === null;
  bar.replaceChildren(...(text === null ? [] : [h("span", {}, text), ...more, iconButton("close", "Cancel", cancel)]));
}

function cancel() {
  if (editing) input.value = "";
  replying = editing = null;
  setBar(null);
  resize();
  input.focus();
}

function drawTray() {
  tray.hidden = !files.length;
  tray.replaceChildren(...files.map((file, index) => h("div", { class: "tray-file" }, thumb(file), h("span", {}, h("strong", {}, file.name), h("small", {}, bytes(file.size))),
    iconButton("close", "Remove", () => { files.splice(index, 1); drawTray(); }))));
}

function thumb(file) {
  if (!/^image\/(?!svg)/.test(file.type)) return icon("file", 22);
  const image = h("img", { src: URL.createObjectURL(file), alt: "" });
  image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
  return image;
}

function attach(more) {
  files = [...files, ...more].slice(0, 10);
  drawTray();
  input.focus();
}

/** Emoji whose names were written out, :tada:, as they are sent; the server's own come first. */
function withEmoji(text) {
  const known = new Map(allEmoji().reverse().map(({ word, emoji }) => [word, written(emoji)]));
  return text.replace(/(`+)[^`]*\1|<a?:\w+:\d+>|:(\w+):/g, (whole, _, word) => (word && known.get(word)) || whole);
}

function send() {
  const typed = input.value;
  const content = withEmoji(names.encode(typed.trim()));
  const channelId = app.channelId;
  if (editing) {
    const message = editing;
    cancel();
    if (content && content !== message.content) edit(message, content);
    return;
  }
  if (!channelId || (!content && !files.length)) return;
  const body = { content };
  if (replying) body.message_reference = { message_id: replying.id, channel_id: channelId };
  if (files.length) body.attachments = files.map((file, index) => ({ id: index, filename: file.name }));
  const taken = files;
  const used = names;
  names = new Names();
  commands = null;
  input.value = "";
  files = [];
  replying = null;
  typedAt = 0;
  drawTray();
  setBar(null);
  resize();
  sending = sending.then(() => attempt(() => app.rest.post(`/channels/${channelId}/messages`, body, taken))).then((sent) => {
    if (!sent && !input.value && app.channelId === channelId) {
      input.value = typed; // it was refused: what was written is not lost
      names = used;
      attach(taken);
      resize();
    }
  });
}

/** A command whose list has not come yet, as it was typed: wait for it. */
async function sendOrStart(text) {
  const items = await suggestions(text);
  if (input.value !== text) return;
  suggest.close();
  if (items[0]?.command) startCommand(items[0]);
  else send();
}

function say() {
  if (!input.value || editing || input.value.startsWith("/") || Date.now() - typedAt < 8000) return;
  typedAt = Date.now();
  app.rest.post(`/channels/${app.channelId}/typing`).catch(() => {}); // nobody misses it
}

input.addEventListener("input", () => {
  resize();
  say();
});
input.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    if (input.value.startsWith("/") && !editing) sendOrStart(input.value);
    else send();
  } else if (event.key === "Escape" && (replying || editing)) cancel();
  else if (event.key === "PageUp" || event.key === "PageDown") {
    event.preventDefault(); // it is the conversation that is long
    const scroller = byId("scroller");
    scroller.scrollBy(0, scroller.clientHeight * (event.key === "PageUp" ? -0.9 : 0.9));
  }
  else if (event.key === "ArrowUp" && !input.value) {
    const own = lastOwn();
    if (own && !(own.flags & 64)) {
      event.preventDefault();
      emit("edit", own);
    }
  }
});
input.addEventListener("paste", (event) => event.clipboardData.files.length && attach(event.clipboardData.files));
picker.addEventListener("change", () => {
  attach(picker.files);
  picker.value = "";
});
const main = byId("main");
main.addEventListener("dragover", (event) => {
  event.preventDefault();
  main.classList.add("dropping");
});
main.addEventListener("dragleave", (event) => !main.contains(event.relatedTarget) && main.classList.remove("dropping"));
main.addEventListener("drop", (event) => {
  event.preventDefault();
  main.classList.remove("dropping");
  if (!box.hidden) attach(event.dataTransfer.files);
});

/** Say why one cannot write here, in place of the field. */
function drawSilence() {
  const channel = app.store.channels.get(app.channelId);
  const why = channel && whySilent(channel);
  silence.hidden = !why;
  silence.textContent = why ?? "";
  line.hidden = Boolean(why) || Boolean(box.querySelector(".command-form"));
}

for (const name of ["CHANNEL_UPDATE", "THREAD_UPDATE", "GUILD_ROLE_UPDATE", "GUILD_MEMBER_UPDATE", "GUILD_CREATE"]) on(name, drawSilence);
on("reply", (message) => {
  editing = null;
  replying = message;
  setBar(`Replying to ${app.store.nameOf(message.author, app.guildId)}`, h("button", { type: "button", class: "linklike", on: { click: () => jumpTo(message.id) } }, "show"));
  input.focus();
});
on("edit", (message) => {
  replying = null;
  editing = message;
  names = new Names();
  input.value = names.decode(message.content, app.guildId);
  setBar("Editing your message • Escape cancels");
  resize();
  input.focus();
});
on("opened", () => {
  const channel = app.store.channels.get(app.channelId);
  box.querySelector(".command-form")?.remove();
  line.hidden = false;
  box.hidden = !canTalk(channel);
  drawSilence();
  commands = null;
  replying = editing = null;
  setBar(null);
  input.placeholder = `Message ${channel?.type === 1 ? "@" : ""}${app.store.titleOf(channel)}`;
  if (!line.hidden && matchMedia("(hover: hover)").matches) input.focus();
});
