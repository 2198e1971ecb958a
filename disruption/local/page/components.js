// Components of messages, of both versions.

import { useComponent } from "./interactions.js";
import { h, icon } from "./dom.js";
import { emojiNode, markdown } from "./markdown.js";
import { fileCard, localPath, media, picture } from "./media.js";
import { Menu } from "./select.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link", 6: "premium" };

/** Draw all components of a message. */
export function components(message, guildId) {
  const attachments = new Map((message.attachments ?? []).map((file) => [`attachment://${file.filename}`, file]));
  const context = { message, guildId, attachments };
  return h("div", { class: "components" }, message.components.map((item) => draw(item, context)));
}

function draw(item, context) {
  return KINDS[item.type]?.(item, context) ?? h("div", { class: "unknown-part" }, `A component of type ${item.type}`);
}

const mediaUrl = (media, { attachments }) => attachments.get(media?.url)?.url ?? media?.url ?? "";

/** What a part needs that is hidden until it is pressed; all parts are `name`. */
function hidden(name, item) {
  if (!item.spoiler) return { class: name };
  const show = ({ currentTarget: part }) => {
    part.classList.remove("spoiler-part");
    for (const attribute of ["role", "tabindex", "aria-label"]) part.removeAttribute(attribute);
  };
  const key = (event) => event.key === "Enter" && show(event);
  return { class: `${name} spoiler-part`, role: "button", tabindex: 0, "aria-label": "Spoiler", on: { click: show, keydown: key } };
}

const KINDS = {
  1: (item, context) => h("div", { class: "row" }, item.components.map((inner) => draw(inner, context))),
  2: button,
  3: menu,
  5: menu,
  6: menu,
  7: menu,
  8: menu,
  9: (item, context) => h("div", { class: "section" },
    h("div", { class: "section-text" }, item.components.map((inner) => draw(inner, context))),
    item.accessory ? h("div", { class: "section-side" }, draw(item.accessory, context)) : null),
  10: (item, { guildId }) => h("div", { class: "text markdown" }, markdown(item.content, guildId)),
  11: (item, context) => h("div", { class: "thumbnail" }, picture(mediaUrl(item.media, context), { alt: item.description ?? "", spoiler: item.spoiler })),
  12: (item, context) => h("div", { class: "gallery", data: { count: Math.min(item.items.length, 4) } }, item.items.map((inner) =>
    media({ ...inner.media, url: mediaUrl(inner.media, context) }, { alt: inner.description ?? "", spoiler: inner.spoiler }))),
  13: (item, context) => {
    const url = mediaUrl(item.file, context);
    const name = item.name ?? localPath(url)?.split("?")[0].split("/").pop() ?? url.split("/").pop();
    return h("div", hidden("file-part", item), fileCard(decodeURIComponent(name), item.size, url));
  },
  14: (item) => h("div", { class: `separator ${item.spacing === 2 ? "large" : ""} ${item.divider === false ? "bare" : ""}`, role: "separator" }),
  17: (item, context) => h("div", {
    ...hidden("container", item), style: Number.isInteger(item.accent_color) ? { "--edge": `#${item.accent_color.toString(16).padStart(6, "0")}` } : {},
  }, item.components.map((inner) => draw(inner, context))),
};

function button(item, { message }) {
  const content = [item.emoji ? emojiNode(item.emoji) : null, item.label ? h("span", {}, item.label) : null];
  const style = STYLES[item.style] ?? "secondary";
  if (item.style === 5) {
    const url = /^(https?|discord):/i.test(item.url ?? "") ? item.url : null;
    return h("a", { class: "button secondary", href: item.disabled ? null : url, target: "_blank", rel: "noopener noreferrer", "aria-disabled": item.disabled ? "true" : null }, content, icon("link", 14));
  }
  if (item.style === 6) return h("button", { type: "button", class: "button premium", disabled: true }, "Premium");
  const press = async (event) => {
    const element = event.currentTarget;
    element.classList.add("busy");
    element.disabled = true;
    await useComponent(message, item);
    element.classList.remove("busy");
    element.disabled = Boolean(item.disabled);
  };
  return h("button", { type: "button", class: `button ${style}`, disabled: item.disabled, on: { click: press } }, content);
}

function menu(item, { message }) {
  return new Menu(item, { done: (values) => useComponent(message, item, values) }).element;
}
