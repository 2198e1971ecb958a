// A menu that opens at a point: of a message, of a user, of oneself.

import { h, icon } from "./dom.js";
import { openPopover } from "./popover.js";

/**
 * Open a menu of entries `{label, icon, action, danger}`, elements as they are, and null for what
 * is left out.
 */
export function openMenu(anchor, entries, label = "Menu") {
  const panel = h("div", { class: "popup", role: "menu", "aria-label": label });
  const run = (action) => () => {
    panel.hidePopover();
    action();
  };
  panel.append(...entries.filter(Boolean).map((entry) => entry instanceof Node ? entry : h("button", {
    type: "button", role: "menuitem", class: entry.danger ? "danger" : null, on: { click: run(entry.action) },
  }, entry.icon instanceof Node ? entry.icon : entry.icon ? icon(entry.icon, 16) : null, h("span", {}, entry.label), entry.detail ? h("small", {}, entry.detail) : null)));
  panel.addEventListener("keydown", (event) => {
    const items = [...panel.querySelectorAll("button")];
    const index = items.indexOf(document.activeElement);
    if (event.key === "ArrowDown") items[(index + 1) % items.length]?.focus();
    else if (event.key === "ArrowUp") items.at(index - 1)?.focus();
    else return;
    event.preventDefault();
  });
  openPopover(panel, anchor);
  panel.querySelector("button")?.focus();
  return panel;
}

export const line = () => h("hr");
