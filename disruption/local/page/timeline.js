// The messages of the open channel. Only a window of the history is in the page: older and newer
// messages are fetched as one scrolls, and what is far away is let go.

import { app, emit, on } from "./app.js";
import { attempt, byId, h } from "./dom.js";
import { dayOf, follows, messageRow, sameDay } from "./message.js";
import { compareIds } from "./store.js";

const PAGE = 50; // messages fetched when a channel is opened
const STEP = 30; // and when one scrolls on
const MOST = 160; // rows kept at once
const BATCH = 6; // rows made in one frame while one scrolls
const NEAR = 1200; // pixels from an end at which more is fetched

const scroller = byId("scroller");
const list = byId("timeline");

let rows = []; // {message, element}, oldest first
let oldest = false; // whether the first row is the channel's first message
let newest = true; // whether the last row is its last
let busy = false;
let shown = null; // the channel whose messages these are
let stuck = true; // whether the latest message is to stay in sight

/** Return a message that is in the page. */
export const messageOf = (id) => rows.find((row) => row.message.id === id)?.message;

/** Return the latest message of the current person in the page. */
export const lastOwn = () => rows.findLast((row) => row.message.author.id === app.store.me.id)?.message;

const atBottom = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;

const toBottom = () => {
  stuck = true;
  scroller.scrollTop = scroller.scrollHeight;
};

/** Show a channel from its latest message up. */
export async function openTimeline(channelId) {
  shown = channelId;
  const messages = channelId ? await attempt(() => app.rest.get(`/channels/${channelId}/messages?limit=${PAGE}`)) : [];
  if (shown !== channelId) return; // somebody was quicker and opened another
  newest = true;
  oldest = (messages?.length ?? 0) < PAGE;
  reset((messages ?? []).reverse());
  for (const secret of app.store.secrets.get(channelId)?.values() ?? []) {
    if (oldest || compareIds(secret.id, rows[0].message.id) > 0) add(secret);
  }
  frame();
  toBottom();
}

/** Show the part of the channel around a message, and point at it. */
export async function jumpTo(id) {
  let row = rows.find((item) => item.message.id === id);
  if (!row) {
    const messages = await attempt(() => app.rest.get(`/channels/${shown}/messages?limit=${PAGE}&around=${id}`));
    if (!messages?.length) return;
    reset(messages.reverse());
    oldest = newest = false;
    frame();
    row = rows.find((item) => item.message.id === id);
  }
  row?.element.scrollIntoView({ block: "center" });
  row?.element.classList.add("pointed");
  setTimeout(() => row?.element.classList.remove("pointed"), 1600);
}

function reset(messages) {
  rows = messages.map((message) => ({ message, element: messageRow(message) }));
  list.replaceChildren(...rows.map((row) => row.element));
  rows.forEach((row, index) => settle(index));
}

/** Give a row its place: under the one before, or with a face, or with a new day above. */
function settle(index) {
  const row = rows[index];
  if (!row) return;
  const before = rows[index - 1]?.message;
  row.element.classList.toggle("follows", follows(row.message, before));
  const day = before && sameDay(before, row.message) ? null : dayOf(row.message);
  row.element.classList.toggle("new-day", Boolean(day));
  if (day) row.element.dataset.day = day;
}

/** Draw the beginning of the channel, and the way back to its end. */
function frame() {
  list.querySelector(".beginning")?.remove();
  if (oldest && shown) {
    const channel = app.store.channels.get(shown);
    list.prepend(h("li", { class: "beginning" }, h("h1", {}, app.store.titleOf(channel)), h("p", {}, "This is where it begins.")));
  }
  byId("to-present").hidden = newest;
}

function sortedPlace(id) {
  let index = rows.length;
  while (index > 0 && compareIds(rows[index - 1].message.id, id) > 0) index -= 1;
  return index;
}

function add(message) {
  if (rows.some((row) => row.message.id === message.id)) return;
  const index = sortedPlace(message.id);
  const element = messageRow(message);
  rows.splice(index, 0, { message, element });
  if (index + 1 < rows.length) rows[index + 1].element.before(element);
  else list.append(element);
  settle(index);
  settle(index + 1);
}

function replace(message) {
  const index = rows.findIndex((row) => row.message.id === message.id);
  if (index < 0) return;
  const whole = { ...rows[index].message, ...message };
  const element = messageRow(whole);
  rows[index].element.replaceWith(element);
  rows[index] = { message: whole, element };
  settle(index);
  settle(index + 1);
}

/** Take messages out of the page. */
function drop(ids) {
  for (const id of ids) {
    const index = rows.findIndex((row) => row.message.id === id);
    if (index < 0) continue;
    rows[index].element.remove();
    rows.splice(index, 1);
    settle(index);
  }
}

async function more(older) {
  if (busy || !rows.length || (older ? oldest : newest)) return;
  busy = true;
  const channelId = shown;
  const edge = older ? `before=${rows[0].message.id}` : `after=${rows[rows.length - 1].message.id}`;
  const found = await attempt(() => app.rest.get(`/channels/${channelId}/messages?limit=${STEP}&${edge}`));
  // Nearest to what is in sight first: a few rows a frame, so that scrolling stays smooth.
  const left = older ? found ?? [] : (found ?? []).reverse();
  const end = left.length < STEP;
  while (left.length && shown === channelId) {
    await nextFrame();
    (older ? extendUp : extendDown)(left.splice(0, BATCH));
  }
  busy = false;
  if (!found || shown !== channelId) return;
  if (older) oldest = end && rows.length <= MOST;
  else newest = end;
  frame();
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** Add rows at an end and let go of as many at the other, so that what is in sight stays there. */
function extendUp(messages) {
  const anchor = rows[0].element;
  const made = messages.reverse().map((message) => ({ message, element: messageRow(message) }));
  rows = [...made, ...rows];
  anchor.before(...made.map((row) => row.element));
  if (rows.length > MOST) newest = false;
  for (const row of rows.splice(MOST)) row.element.remove();
  for (let index = 0; index <= made.length; index += 1) settle(index);
  scroller.scrollTop += anchor.offsetTop - made[0].element.offsetTop;
}

function extendDown(messages) {
  const made = messages.map((message) => ({ message, element: messageRow(message) }));
  const anchor = rows[rows.length - 1].element;
  rows = [...rows, ...made];
  list.append(...made.map((row) => row.element));
  for (let index = rows.length - made.length; index < rows.length; index += 1) settle(index);
  const before = anchor.offsetTop;
  if (rows.length > MOST) oldest = false;
  for (const row of rows.splice(0, Math.max(0, rows.length - MOST))) row.element.remove();
  settle(0);
  scroller.scrollTop -= before - anchor.offsetTop;
}

/** Change the reactions of a message as an event says. */
function reacted(data, change) {
  const message = messageOf(data.message_id);
  if (!message) return;
  const same = (item) => (data.emoji.id ? item.emoji.id === data.emoji.id : item.emoji.name === data.emoji.name);
  const reactions = (message.reactions ?? []).map((item) => ({ ...item }));
  let item = reactions.find(same);
  if (!item && change > 0) reactions.push((item = { emoji: data.emoji, count: 0, me: false }));
  if (!item) return;
  item.count += change;
  if (data.user_id === app.store.me.id) item.me = change > 0;
  replace({ id: message.id, reactions: reactions.filter((one) => one.count > 0) });
}

function voted(data, change) {
  const message = messageOf(data.message_id);
  if (!message?.poll) return;
  const counts = (message.poll.results?.answer_counts ?? []).map((item) => ({ ...item }));
  let item = counts.find((one) => one.id === data.answer_id);
  if (!item) counts.push((item = { id: data.answer_id, count: 0, me_voted: false }));
  item.count += change;
  if (data.user_id === app.store.me.id) item.me_voted = change > 0;
  replace({ id: message.id, poll: { ...message.poll, results: { ...message.poll.results, answer_counts: counts } } });
}

const here = (listener) => (data) => {
  if (data.channel_id === shown) listener(data);
};

on("MESSAGE_CREATE", here((data) => {
  if (!newest) return;
  const stay = atBottom() || data.author.id === app.store.me.id;
  add(data);
  while (rows.length > MOST && stay) {
    rows.shift().element.remove();
    oldest = false;
  }
  if (stay) toBottom();
}));
on("MESSAGE_UPDATE", here(replace));
on("MESSAGE_DELETE", here((data) => drop([data.id])));
on("MESSAGE_DELETE_BULK", here((data) => drop(data.ids)));
on("MESSAGE_REACTION_ADD", here((data) => reacted(data, 1)));
on("MESSAGE_REACTION_REMOVE", here((data) => reacted(data, -1)));
on("MESSAGE_REACTION_REMOVE_ALL", here((data) => replace({ id: data.message_id, reactions: [] })));
on("MESSAGE_REACTION_REMOVE_EMOJI", here((data) => {
  const message = messageOf(data.message_id);
  if (message) replace({ id: message.id, reactions: (message.reactions ?? []).filter((item) => item.emoji.name !== data.emoji.name || item.emoji.id !== data.emoji.id) });
}));
on("MESSAGE_POLL_VOTE_ADD", here((data) => voted(data, 1)));
on("MESSAGE_POLL_VOTE_REMOVE", here((data) => voted(data, -1)));
on("notice", (text) => {
  const note = h("li", { class: "notice", role: "alert" }, text, " ", h("button", { type: "button", class: "linklike", on: { click: () => note.remove() } }, "Dismiss"));
  list.append(note);
  toBottom();
});

scroller.addEventListener("scroll", () => {
  stuck = atBottom();
  if (scroller.scrollTop < NEAR) more(true);
  else if (scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR) more(false);
}, { passive: true });
byId("to-present").addEventListener("click", () => openTimeline(shown));
// Pictures that arrive late, or a window made smaller, must not push the latest message out of sight.
const sizes = new ResizeObserver(() => stuck && newest && toBottom());
sizes.observe(scroller);
sizes.observe(list);
list.addEventListener("click", (event) => {
  const target = event.target.closest("[data-jump],[data-dismiss],[data-channel]");
  if (target?.dataset.jump) jumpTo(target.dataset.jump);
  else if (target?.dataset.dismiss) {
    app.store.MESSAGE_DELETE({ channel_id: shown, id: target.dataset.dismiss });
    drop([target.dataset.dismiss]);
  } else if (target?.dataset.channel) emit("open", target.dataset.channel);
});
