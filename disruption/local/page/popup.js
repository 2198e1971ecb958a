// A menu that opens at a point: of a message, of a user, of oneself.

import { h, icon } from "./dom.js";
import { openPopover } from "./popover.js";
import { matching } from "./suggest.js";

const FEW = 12; // entries of a group that are found without searching
const MOST = 100; // entries of a group that are in the page at once

/**
 * Open a menu of entries `{label, icon, action, danger}`, elements as they are, and null for what
 * is left out; `{group}` holds entries that may be many.
 */
export function openMenu(anchor, entries, label = "Menu") {
  const panel = h("div", { class: "popup", role: "menu", "aria-label": label });
  const run = (action) => () => {
    panel.hidePopover();
    action();
  };
  const item = (entry) => h("button", {
    type: "button", role: "menuitem", class: entry.danger ? "danger" : null, on: { click: run(entry.action) },
  }, entry.icon instanceof Node ? entry.icon : entry.icon ? icon(entry.icon, 16) : null, h("span", {}, entry.label), entry.detail ? h("small", {}, entry.detail) : null);
  const group = (all) => {
    const list = h("div", { class: "popup-group" });
    const fill = (text) => list.replaceChildren(...matching(all, text).slice(0, MOST).map(item));
    fill("");
    if (all.length <= FEW) return list;
    const search = h("input", { class: "field", placeholder: "Search", "aria-label": "Search", on: { input: () => fill(search.value), keydown: (event) => event.key === "Enter" && list.firstElementChild?.click() } });
    return [search, list];
  };
  panel.append(...entries.filter(Boolean).flatMap((entry) => entry instanceof Node ? entry : entry.group ? group(entry.group) : item(entry)));
  panel.addEventListener("keydown", (event) => {
    const items = [...panel.querySelectorAll("button")];
    const index = items.indexOf(document.activeElement);
    if (event.key === "ArrowDown") items[(index + 1) % items.length]?.focus();
    else if (event.key === "ArrowUp") items.at(index - 1)?.focus();
    else return;
    event.preventDefault();
  });
  openPopover(panel, anchor);
  panel.querySelector("input.field, button")?.focus();
  return panel;
}

export const line = () => h("hr");
