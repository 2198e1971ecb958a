// Stickers to send: the server's own, and the standard ones that everybody has.

import { app } from "./app.js";
import { h } from "./dom.js";
import { openPopover } from "./popover.js";

const LOTTIE = 3;

/** A sticker's picture; one that is an animation for another player is only named. */
export const stickerPicture = ({ id, name, format_type: format }) => format === LOTTIE
  ? h("span", { class: "sticker-name" }, name)
  : h("img", { src: `/stickers/${id}.${format === 4 ? "gif" : "png"}`, alt: "", loading: "lazy" });

/** Open the picker at an element; `choose(sticker)` gets the one that was picked. */
export async function pickSticker(anchor, choose) {
  const own = app.store.guilds.get(app.guildId)?.stickers ?? [];
  const { sticker_packs: packs } = await app.rest.get("/sticker-packs");
  const groups = [[app.store.guilds.get(app.guildId)?.name ?? "", own], ...packs.map((pack) => [pack.name, pack.stickers])];
  const search = h("input", { class: "field", placeholder: "Find a sticker", "aria-label": "Find a sticker" });
  const list = h("div", { class: "sticker-list" });
  const panel = h("div", { class: "emoji-panel", role: "dialog", "aria-label": "Stickers" }, search, list);
  const take = (sticker) => {
    panel.hidePopover();
    choose(sticker);
  };
  const fill = () => {
    const wanted = search.value.trim().toLowerCase();
    const fits = (sticker) => sticker.available !== false && `${sticker.name} ${sticker.tags}`.toLowerCase().includes(wanted);
    const shown = groups.map(([title, stickers]) => [title, stickers.filter(fits)]).filter(([, stickers]) => stickers.length);
    list.replaceChildren(...shown.flatMap(([title, stickers]) => [
      h("div", { class: "popup-title" }, title),
      h("div", { class: "sticker-grid" }, stickers.map((sticker) => h("button", { type: "button", title: sticker.name, on: { click: () => take(sticker) } }, stickerPicture(sticker), h("small", {}, sticker.name)))),
    ]), ...(shown.length ? [] : [h("p", { class: "empty" }, "No sticker has this name.")]));
  };
  search.addEventListener("input", fill);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    list.querySelector("button")?.click();
  });
  fill();
  openPopover(panel, anchor);
  search.focus();
}
