// One message, from who said it to what can be pressed below it.

import { app, now } from "./app.js";
import { avatar, badge } from "./avatar.js";
import { components } from "./components.js";
import { count, h, icon } from "./dom.js";
import { emojiNode, inlineMarkdown, markdown } from "./markdown.js";
import { attachments, embed } from "./media.js";
import { reactors, toggleReaction } from "./acts.js";
import { poll } from "./poll.js";

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;
const V2 = 1 << 15;

const timeOf = (message) => new Date(message.timestamp);

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const days = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

/** Name the day of a message. */
export function dayOf(message) {
  return days.format(timeOf(message));
}

/** Tell whether two messages are of one day. */
export const sameDay = (one, other) => timeOf(one).toDateString() === timeOf(other).toDateString();

function when(message) {
  const moment = timeOf(message);
  const today = new Date(now()).toDateString() === moment.toDateString();
  return h("time", { class: "when", datetime: message.timestamp, title: whole.format(moment) }, today ? clock.format(moment) : `${calendar.format(moment)}, ${clock.format(moment)}`);
}

/** What Discord says of itself; everything else is somebody's message. */
const SYSTEM = {
  1: (m) => `added ${m.mentions[0]?.username ?? "somebody"}`,
  2: (m) => (m.mentions[0] && m.mentions[0].id !== m.author.id ? `removed ${m.mentions[0].username}` : "left the conversation"),
  4: (m) => `changed the channel name: ${m.content}`,
  6: () => "pinned a message to this channel",
  7: () => "joined the server",
  8: () => "boosted the server",
  12: (m) => `now gets news from ${m.content} here`,
  18: (m) => `started a thread: ${m.content}`,
  21: () => "started this thread",
  24: (m) => `AutoMod has acted: ${m.embeds?.[0]?.description ?? ""}`,
  46: () => "ended a poll",
};

/** Tell whether a message goes under the one before without a face of its own. */
export function follows(message, before) {
  return Boolean(before) && before.author.id === message.author.id && before.author.username === message.author.username
    && !SYSTEM[message.type] && !SYSTEM[before.type] && !message.referenced_message && !message.interaction_metadata?.name
    && !((message.flags ^ before.flags) & EPHEMERAL)
    && timeOf(message) - timeOf(before) < 7 * 60 * 1000 && sameDay(message, before);
}

/** Tell whether the current person is meant. */
const concerns = (message) => message.mention_everyone || message.mentions?.some((user) => user.id === app.store.me.id)
  || message.mention_roles?.some((role) => app.store.member(app.guildId, app.store.me.id)?.roles.includes(role));

/** Draw a message. */
export function messageRow(message) {
  const guildId = app.guildId;
  const classes = ["message"];
  if (concerns(message)) classes.push("mentions-me");
  if (message.flags & EPHEMERAL) classes.push("ephemeral");
  const props = { class: classes.join(" "), tabindex: -1, id: `message-${message.id}`, data: { id: message.id } };
  if (SYSTEM[message.type]) {
    return h("li", { ...props, class: "message system" }, h("span", { class: "gutter" }, "→"),
      h("div", { class: "content" }, name(message, guildId), " ", SYSTEM[message.type](message), " ", when(message)));
  }
  return h("li", props,
    reference(message, guildId),
    h("span", { class: "gutter" },
      h("button", { class: "face", type: "button", tabindex: -1, "aria-label": "Profile", data: { user: message.author.id } }, avatar(message.author, { guildId })),
      h("span", { class: "gutter-time" }, clock.format(timeOf(message)))),
    h("div", { class: "content" },
      h("div", { class: "by" }, name(message, guildId), badge(message.author, Boolean(message.webhook_id && !message.application_id)), when(message)),
      body(message, guildId)));
}

function name(message, guildId) {
  const hook = message.webhook_id && !message.application_id;
  const shown = hook ? message.author.username : app.store.nameOf(message.author, guildId);
  const colour = hook ? null : app.store.colourOf(guildId, message.author.id);
  return h("button", { type: "button", class: "name", style: colour ? { "--tint": colour } : {}, data: { user: message.author.id } }, shown);
}

function reference(message, guildId) {
  const used = message.interaction_metadata;
  if (used?.name || message.interaction) {
    const user = used?.user ?? message.interaction.user;
    return h("div", { class: "reference" }, avatar(user, { guildId }), h("strong", {}, app.store.nameOf(user, guildId)),
      " used ", h("span", { class: "mention" }, message.type === 23 ? used?.name ?? message.interaction.name : `/${used?.name ?? message.interaction.name}`));
  }
  if (message.type !== 19) return null;
  const original = message.referenced_message;
  if (!original) return h("div", { class: "reference" }, icon("reply", 14), h("em", {}, "The message was deleted"));
  return h("button", { class: "reference", type: "button", data: { jump: original.id } }, avatar(original.author, { guildId }),
    h("strong", {}, app.store.nameOf(original.author, guildId)),
    h("span", { class: "snippet" }, original.content ? inlineMarkdown(original.content.split("\n")[0], guildId) : "click to see the attachment"));
}

function body(message, guildId) {
  if (message.flags & LOADING) {
    return h("div", { class: "thinking", role: "status" }, h("span", { class: "dots" }, h("i"), h("i"), h("i")),
      `${app.store.nameOf(message.author, guildId)} is thinking…`, note(message));
  }
  const parts = [];
  const edited = message.edited_timestamp ? h("small", { class: "edited", title: whole.format(new Date(message.edited_timestamp)) }, "(edited)") : null;
  if (message.content) {
    parts.push(h("div", { class: jumbo(message.content) ? "text markdown jumbo" : "text markdown" }, markdown(message.content, guildId), edited));
  }
  for (const snapshot of message.message_snapshots ?? []) {
    parts.push(h("div", { class: "forwarded" }, h("small", {}, "Forwarded"), body({ ...snapshot.message, flags: snapshot.message.flags & V2 }, guildId)));
  }
  if (!(message.flags & V2)) parts.push(attachments(message));
  if (!(message.flags & 4)) parts.push(...(message.embeds ?? []).map((item) => embed(item, guildId)));
  for (const sticker of message.sticker_items ?? []) parts.push(picturedSticker(sticker));
  if (message.poll) parts.push(poll(message));
  if (message.components?.length) parts.push(components(message, guildId));
  if (!message.content) parts.push(edited);
  if (message.thread) {
    parts.push(h("button", { class: "thread-card", type: "button", data: { channel: message.thread.id } }, icon("thread"),
      h("strong", {}, message.thread.name), count(message.thread.message_count ?? 0, "message")));
  }
  if (message.reactions?.length) parts.push(reactions(message));
  parts.push(note(message));
  return parts;
}

/** A sticker; one that is an animation for another player is only named. */
function picturedSticker({ id, name, format_type: format }) {
  if (format === 3) return h("div", { class: "sticker" }, `Sticker: ${name}`);
  return h("img", { class: "sticker", src: `/stickers/${id}.${format === 4 ? "gif" : "png"}`, alt: name, title: name });
}

function note(message) {
  if (!(message.flags & EPHEMERAL)) return null;
  return h("div", { class: "only-you" }, "Only you can see this • ", h("button", { type: "button", class: "linklike", data: { dismiss: message.id } }, "Dismiss"));
}

function jumbo(text) {
  return /^(?:\s|<a?:\w+:\d+>|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f)+$/u.test(text) && [...text].length <= 160;
}

/** Say in a reaction's title who it is from. */
async function nameReactors(button, message, emoji) {
  const users = (await reactors(message, emoji)) ?? [];
  if (users.length) button.title = `${users.map((user) => app.store.nameOf(user, app.guildId)).join(", ")}: :${emoji.name}:`;
}

function reactions(message) {
  return h("div", { class: "reactions" },
    message.reactions.map((item) => h("button", {
      type: "button", class: item.me ? "reaction mine" : "reaction", "aria-pressed": String(Boolean(item.me)),
      title: `:${item.emoji.name}:`, on: { click: () => toggleReaction(message, item.emoji, item.me), pointerenter: (event) => nameReactors(event.currentTarget, message, item.emoji) },
    }, emojiNode(item.emoji), h("span", {}, String(item.count)))),
    h("button", { type: "button", class: "reaction add", "aria-label": "Add a reaction", data: { react: message.id } }, icon("smile", 16)));
}

