// Files, pictures and embeds.

import { attempt, h, icon, iconButton } from "./dom.js";
import { inlineMarkdown, markdown } from "./markdown.js";
import { unanswered } from "./rest.js";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Return a URL the page may load: a path on this server, or null for anything elsewhere. */
export function localPath(url) {
  try {
    const parsed = new URL(url);
    const here = parsed.port === location.port && (LOOPBACK.has(parsed.hostname) || parsed.hostname === location.hostname);
    return here ? parsed.pathname + parsed.search : null;
  } catch {
    return null;
  }
}

const isWeb = (url) => /^https?:\/\//i.test(url ?? "");

/** Draw a picture; one that lies elsewhere is not loaded but named, with a link. */
export function picture(url, { width, height, alt = "", spoiler = false } = {}) {
  const path = localPath(url);
  if (!path) return elsewhere(url);
  const image = h("img", { src: path, alt, loading: "lazy", width: width ?? null, height: height ?? null });
  const link = h("a", { class: "picture", href: path, target: "_blank", rel: "noopener" }, image);
  if (spoiler) veil(link);
  return link;
}

function veil(element) {
  element.classList.add("veiled");
  element.addEventListener("click", (event) => {
    if (!element.classList.contains("veiled")) return;
    event.preventDefault();
    element.classList.remove("veiled");
  });
}

function elsewhere(url) {
  if (!isWeb(url)) return h("span", { class: "elsewhere" }, icon("link"), String(url ?? ""));
  const props = { class: "elsewhere", href: url, target: "_blank", rel: "noopener noreferrer", title: "Not loaded: the page stays on this machine" };
  return h("a", props, icon("link"), h("span", {}, new URL(url).hostname + new URL(url).pathname));
}

/** Say a size as people do. */
export function bytes(size) {
  if (size < 1000) return `${size} bytes`;
  const units = ["kB", "MB", "GB"];
  const power = Math.min(Math.floor(Math.log10(size) / 3), 3);
  return `${(size / 1000 ** power).toFixed(power > 1 ? 1 : 0)} ${units[power - 1]}`;
}

const LEGIBLE = /^text\/|^application\/(?:json|xml|yaml|toml|javascript|x-(?:sh|yaml|python|ndjson|javascript))\b/;
const MOST_TEXT = 200000; // bytes of a file whose text is shown

const kindOf = (file) => file.content_type ?? "";
const isVisual = (file) => /^(?:image\/(?!svg)|video\/)/.test(kindOf(file)) && Boolean(localPath(file.url));

/** Draw a message's attachments: pictures and videos together, everything else below. */
export function attachments(message) {
  const files = message.attachments ?? [];
  if (!files.length) return null;
  const visual = files.filter(isVisual).map((file) => media(file, { spoiler: file.filename.startsWith("SPOILER_") || Boolean(file.flags & 8), alt: file.description ?? file.filename }));
  return h("div", { class: "attachments" }, visual.length > 1 ? h("div", { class: "pictures" }, visual) : visual, files.filter((file) => !isVisual(file)).map(attachment));
}

/** Draw a picture or a video by its `{url, content_type, width, height}`. */
export function media(file, { alt, spoiler = false }) {
  const path = localPath(file.url);
  if (!path || !kindOf(file).startsWith("video/")) return picture(file.url, { width: file.width, height: file.height, alt, spoiler });
  const video = h("video", { controls: true, preload: "metadata", src: path, title: alt });
  if (!spoiler) return video;
  const box = h("div", { class: "picture" }, video);
  veil(box);
  return box;
}

function attachment(file) {
  const path = localPath(file.url);
  if (kindOf(file).startsWith("audio/") && path) return h("audio", { controls: true, preload: "none", src: path, title: file.filename });
  const card = fileCard(file.filename, file.size, path ?? file.url);
  return path && LEGIBLE.test(kindOf(file)) && file.size <= MOST_TEXT ? textFile(card, file.filename, path) : card;
}

/** A file whose text can be read in its place. */
function textFile(card, name, path) {
  const text = h("code");
  const pre = h("pre", { class: "code", hidden: true }, text);
  const show = (event) => {
    const button = event.currentTarget;
    attempt(async () => {
      if (pre.hidden && !text.textContent) text.textContent = await (await fetch(path).catch(unanswered)).text();
      pre.hidden = !pre.hidden;
      button.setAttribute("aria-expanded", String(!pre.hidden));
    });
  };
  return h("div", { class: "text-file" }, h("div", {}, card, iconButton("down", `Read ${name} here`, show, { "aria-expanded": "false" })), pre);
}

/** Draw a file to download. */
export function fileCard(name, size, url) {
  const target = localPath(url) ?? url;
  const props = { class: "file", href: isWeb(target) || target?.startsWith("/") ? target : null, download: name, target: "_blank", rel: "noopener noreferrer" };
  return h("a", props, icon("file", 26), h("span", {}, h("strong", {}, name), size ? h("small", {}, bytes(size)) : null));
}

/** How many of six columns each field takes: up to three inline ones share a line. */
function spans(fields) {
  const widths = new Map();
  let line = [];
  const end = () => {
    for (const field of line) widths.set(field, 6 / line.length);
    line = [];
  };
  for (const field of fields) {
    if (!field.inline || line.length === 3) end();
    if (field.inline) line.push(field);
    else widths.set(field, 6);
  }
  end();
  return fields.map((field) => [field, widths.get(field)]);
}

/** Draw an embed. */
export function embed(data, guildId) {
  const colour = data.color ? `#${data.color.toString(16).padStart(6, "0")}` : null;
  const small = (source) => (localPath(source) ? h("img", { class: "tiny", src: localPath(source), alt: "" }) : null);
  const titled = (text, url) => (isWeb(url) ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, inlineMarkdown(text, guildId)) : inlineMarkdown(text, guildId));
  const stamp = data.timestamp ? new Date(data.timestamp).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }) : null;
  const foot = [data.footer?.text, stamp].filter(Boolean).join(" • ");
  return h("article", { class: "embed", style: colour ? { "--edge": colour } : {} },
    h("div", { class: "embed-body" },
      data.provider?.name ? h("div", { class: "embed-small" }, data.provider.name) : null,
      data.author ? h("div", { class: "embed-author" }, small(data.author.icon_url), titled(data.author.name, data.author.url)) : null,
      data.title ? h("div", { class: "embed-title" }, titled(data.title, data.url)) : null,
      data.description ? h("div", { class: "embed-text markdown" }, markdown(data.description, guildId)) : null,
      data.fields?.length ? h("div", { class: "embed-fields" }, spans(data.fields).map(([field, span]) =>
        h("div", { class: "embed-field", style: { "grid-column": `span ${span}` } },
          h("div", { class: "embed-name" }, inlineMarkdown(field.name, guildId)),
          h("div", { class: "markdown" }, markdown(field.value, guildId))))) : null,
      data.image?.url ? picture(data.image.url, data.image) : null,
      foot ? h("div", { class: "embed-foot" }, small(data.footer?.icon_url), foot) : null),
    data.thumbnail?.url ? h("div", { class: "embed-thumb" }, picture(data.thumbnail.url, data.thumbnail)) : null);
}
