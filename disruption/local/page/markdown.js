// Discord's markdown, as DOM nodes. Nothing here ever makes HTML of a string.

import { app, now } from "./app.js";
import { h } from "./dom.js";
import { highlighted } from "./highlight.js";
import { titleOf } from "./store.js";

const MAX_DEPTH = 12;

const INLINE = [
  ["escape", /^\\([^0-9A-Za-z\s])/],
  ["code", /^(`+)(?!`)([\s\S]*?[^`])\1(?!`)/],
  ["mention", /^<@!?(\d{1,20})>/],
  ["role", /^<@&(\d{1,20})>/],
  ["channel", /^<#(\d{1,20})>/],
  ["everyone", /^@(everyone|here)/],
  ["place", /^<id:(customize|browse|guide|linked-roles)(?::\d{1,20})?>/],
  ["command", /^<\/([^:>]{1,100}):(\d{1,20})>/],
  ["emoji", /^<(a?):(\w{2,32}):(\d{1,20})>/],
  ["time", /^<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/],
  ["masked", /^\[((?:\[[^\]]*\]|[^\[\]])+)\]\(\s*<?(https?:\/\/[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+["'][^"']*["'])?\s*\)/],
  ["angle", /^<(https?:\/\/[^\s<>]+)>/],
  ["url", /^https?:\/\/(?:[^\s<>()"]|\([^\s<>()"]*\))*(?:[^\s<>()"'.,:;!?\]*_~|]|\([^\s<>()"]*\))/],
  ["strong", /^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/],
  ["underline", /^__((?:\\[\s\S]|[^\\])+?)__(?!_)/],
  ["strike", /^~~([\s\S]+?)~~/],
  ["spoiler", /^\|\|([\s\S]+?)\|\|/],
  ["em", /^\*(?=\S)((?:\*\*[\s\S]+?\*\*|\\[\s\S]|\s+(?=[^*\s]|\*\*)|[^\\*\s])+?)\*(?!\*)/],
  ["em", /^_((?:__[\s\S]+?__|\\[\s\S]|[^\\_])+?)_(?!\w)/],
];

// Where one of the above can begin; everything before is plain text.
const NEXT = /[\\`<@\[*_~|]|https?:\/\//g;

/** Return the nodes of a text with everything: blocks, lists, headings. */
export function markdown(text, guildId) {
  return blocks(String(text ?? ""), { guildId, depth: 0 });
}

/** Return the nodes of a text on one line, where blocks make no sense. */
export function inlineMarkdown(text, guildId) {
  return inline(String(text ?? ""), { guildId, depth: 0 });
}

// What is more than a line: a quote of all that follows, a quoted part, hidden code, code.
const BLOCK = /^>>> ([\s\S]*)|^(> .*(?:\n>(?: .*)?$)*)|\|\|((?:(?!\|\|)[\s\S])*?```(?:(?!```)[\s\S])+```(?:(?!\|\|)[\s\S])*?)\|\||```(?:([\w+#.-]+)\n)?\n?([\s\S]*?)\n?```/gm;

function blocks(text, context) {
  const nodes = [];
  const deeper = { ...context, depth: context.depth + 4 };
  let from = 0;
  for (const match of context.depth < MAX_DEPTH ? text.matchAll(BLOCK) : []) {
    const [whole, rest, quoted, hidden, language, code] = match;
    if (code === "") continue;
    nodes.push(...lines(text.slice(from, match.index).replace(/\n$/, ""), context));
    from = match.index + whole.length;
    if (text[from] === "\n") from += 1;
    if (hidden) nodes.push(spoiler("div", blocks(hidden, deeper)));
    else if (code) nodes.push(h("pre", { class: "code", data: language ? { language } : {} }, h("code", {}, language ? highlighted(code, language) : code)));
    else nodes.push(h("blockquote", {}, blocks(rest ?? quoted.replace(/^> ?/gm, ""), deeper)));
  }
  nodes.push(...lines(text.slice(from), context));
  return nodes;
}

function lines(text, context) {
  if (!text) return [];
  const nodes = [];
  let plain = [];
  const flush = () => {
    if (plain.length) nodes.push(h("p", {}, inline(plain.join("\n"), context)));
    plain = [];
  };
  const all = text.split("\n");
  for (let index = 0; index < all.length; index += 1) {
    const line = all[index];
    const heading = /^(#{1,3}) +(\S.*)$/.exec(line);
    const small = /^-# +(\S.*)$/.exec(line);
    const item = ITEM.exec(line);
    if (heading) {
      flush();
      nodes.push(h(`h${heading[1].length + 2}`, { class: `h${heading[1].length}` }, inline(heading[2], context)));
    } else if (small) {
      flush();
      nodes.push(h("p", { class: "subtext" }, inline(small[1], context)));
    } else if (item) {
      flush();
      const items = [];
      for (let next = item; next; next = ITEM.exec(all[index] ?? "")) {
        items.push(next);
        for (index += 1; /^ {2,}\S/.test(all[index] ?? "") && !ITEM.test(all[index]); index += 1) next[3] += `\n${all[index].trim()}`;
      }
      nodes.push(...lists(items, context));
      index -= 1;
    } else plain.push(line);
  }
  flush();
  return nodes;
}

const ITEM = /^( *)(?:[-*]|(\d{1,9})\.) +(\S.*)$/;

/** Lists of items `[, indent, number, text]`: what is further in belongs to the item before. */
function lists(items, context) {
  const nodes = [];
  for (let index = 0; index < items.length; ) {
    const [, indent, number] = items[index];
    const rows = [];
    while (index < items.length && (items[index][1].length > indent.length || Boolean(items[index][2]) === Boolean(number))) {
      const text = items[index][3];
      let end = index + 1;
      while (end < items.length && items[end][1].length > indent.length) end += 1;
      rows.push(h("li", {}, inline(text, context), lists(items.slice(index + 1, end), context)));
      index = end;
    }
    nodes.push(h(number ? "ol" : "ul", { start: number ?? null }, rows));
  }
  return nodes;
}

function inline(text, context) {
  const nodes = [];
  const deeper = { ...context, depth: context.depth + 1 };
  let plain = "";
  let rest = text;
  const push = (node) => {
    if (plain) nodes.push(plain);
    plain = "";
    nodes.push(node);
  };
  while (rest) {
    NEXT.lastIndex = 0;
    const start = NEXT.exec(rest);
    if (!start) break;
    plain += rest.slice(0, start.index);
    rest = rest.slice(start.index);
    const found = context.depth < MAX_DEPTH ? firstOf(rest) : null;
    if (found) {
      const [kind, match] = found;
      if (kind === "escape") plain += match[1];
      else push(RENDER[kind](match, deeper));
      rest = rest.slice(match[0].length);
    } else {
      const run = /^`+/.exec(rest)?.[0] ?? rest[0]; // backticks that end nowhere: all of them at once
      plain += run;
      rest = rest.slice(run.length);
    }
  }
  plain += rest;
  if (plain) nodes.push(plain);
  return nodes;
}

function firstOf(text) {
  for (const [kind, pattern] of INLINE) {
    const match = pattern.exec(text);
    if (match) return [kind, match];
  }
  return null;
}

const link = (url, content, title) =>
  h("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow", title: title ?? null }, content);

const wrap = (tag) => (match, context) => h(tag, {}, inline(match[1], context));

/** Hide something until it is pressed. */
function spoiler(tag, content) {
  const show = (event) => event.currentTarget.classList.add("shown");
  const key = (event) => ["Enter", " "].includes(event.key) && (event.preventDefault(), show(event));
  const props = { class: "spoiler", tabindex: 0, role: "button", "aria-label": "Spoiler", on: { click: show, keydown: key } };
  return h(tag, props, h(tag, {}, content));
}

/** What Discord calls the places of a server that are no channels. */
const PLACES = { customize: "Channels & Roles", browse: "Browse Channels", guide: "Server Guide", "linked-roles": "Linked Roles" };

const RENDER = {
  code: (match) => h("code", {}, match[2].trim() ? match[2].replace(/^ (.*) $/, "$1") : match[2]),
  mention: (match, { guildId }) => {
    const user = app.store.users.get(match[1]);
    const props = { class: "mention", data: { user: match[1] } };
    return h("span", props, `@${user ? app.store.nameOf(user, guildId) : "unknown-user"}`);
  },
  role: (match, { guildId }) => {
    const role = app.store.guilds.get(guildId)?.roles.get(match[1]);
    const colour = role?.color ? `#${role.color.toString(16).padStart(6, "0")}` : null;
    return h("span", { class: "mention", style: colour ? { "--tint": colour } : {} }, `@${role?.name ?? "unknown-role"}`);
  },
  channel: (match) => {
    const channel = app.store.channels.get(match[1]);
    return h("span", { class: "mention", data: { channel: match[1] } }, channel ? titleOf(channel) : "#unknown");
  },
  everyone: (match) => h("span", { class: "mention" }, match[0]),
  place: (match) => h("span", { class: "mention" }, PLACES[match[1]]),
  command: (match) => h("span", { class: "mention", data: { command: match[1] } }, `/${match[1]}`),
  emoji: (match) => customEmoji({ animated: match[1] === "a", name: match[2], id: match[3] }),
  time: (match) => timestamp(Number(match[1]) * 1000, match[2] ?? "f"),
  masked: (match, context) => link(match[2], inline(match[1], context), match[2]),
  angle: (match) => link(match[1], match[1]),
  url: (match) => link(match[0], match[0]),
  strong: wrap("strong"),
  underline: wrap("u"),
  strike: wrap("s"),
  em: wrap("em"),
  spoiler: (match, context) => spoiler("span", inline(match[1], context)),
};

/** Draw an emoji of Discord's form, `{id, name}`. */
export function emojiNode(emoji) {
  return emoji.id ? customEmoji(emoji) : h("span", { class: "emoji" }, emoji.name ?? "");
}

function customEmoji({ id, name }) {
  return h("img", { class: "emoji", src: `/emojis/${id}.webp?size=48`, alt: `:${name}:`, title: `:${name}:` });
}

const FORMATS = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" },
  S: { dateStyle: "short", timeStyle: "medium" },
};

function timestamp(milliseconds, style) {
  const moment = new Date(milliseconds);
  if (Number.isNaN(moment.getTime())) return "Invalid Date";
  const text = style === "R" ? relative(milliseconds) : new Intl.DateTimeFormat(undefined, FORMATS[style]).format(moment);
  return h("time", { class: "stamp", datetime: moment.toISOString(), title: moment.toLocaleString(), data: style === "R" ? { moment: milliseconds } : {} }, text);
}

const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

/** A moment as a small text that says how long ago it was. */
export const ago = (milliseconds) => h("time", { class: "when", datetime: new Date(milliseconds).toISOString(), title: new Date(milliseconds).toLocaleString(), data: { moment: milliseconds } }, relative(milliseconds));

/** Say how far away a moment is. */
function relative(milliseconds) {
  const seconds = (milliseconds - now()) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

// Moments that are told by how far away they are become older.
setInterval(() => {
  if (document.hidden) return;
  for (const element of document.querySelectorAll("[data-moment]")) element.textContent = relative(Number(element.dataset.moment));
}, 10000);
