// A list that opens at an input or a button, filled as one types, used with keys or pointer.

import { h } from "./dom.js";

let number = 0; // of the last list, for their ids

/**
 * Let an input suggest things. `source(text)` returns (a promise of) items `{label, detail, icon,
 * value}`; `choose(item)` is called with the one that was taken. `always` is for a list that is all
 * there is: Escape then ends what it is in.
 */
export class Suggest {
  constructor(input, { source, choose, openOnFocus = false, above = false, always = false }) {
    this.input = input;
    this.source = source;
    this.choose = choose;
    this.always = always;
    this.items = [];
    this.index = 0;
    number += 1;
    this.list = h("ul", { class: above ? "suggest above" : "suggest", role: "listbox", id: `suggest-${number}`, "aria-label": "Suggestions", hidden: true });
    this.run = 0;
    input.setAttribute("autocomplete", "off");
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.update());
    input.addEventListener("keydown", (event) => this.key(event), true);
    // A click on the list takes the focus for a moment, and one may be back before the time is up.
    input.addEventListener("blur", () => setTimeout(() => document.activeElement !== input && this.close(), 150));
    if (openOnFocus) input.addEventListener("focus", () => this.update());
  }

  get open() {
    return !this.list.hidden;
  }

  async update() {
    const run = (this.run += 1);
    const items = await this.source(this.input.value);
    if (run !== this.run) return; // something newer was typed meanwhile
    this.show(items ?? []);
  }

  show(items) {
    this.items = items.slice(0, 50);
    this.index = 0;
    this.list.hidden = !this.items.length;
    this.input.setAttribute("aria-expanded", String(this.open));
    this.list.replaceChildren(...this.items.map((item, index) => h("li", {
      role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false",
      on: { pointerdown: (event) => { event.preventDefault(); this.take(index); }, pointermove: () => this.mark(index) },
    }, item.icon ?? null, h("span", { class: "suggest-label" }, item.label), item.detail ? h("small", {}, item.detail) : null, item.mark ? h("small", { class: "mark-right" }, item.mark) : null)));
    this.mark(0);
  }

  mark(index) {
    this.list.children[this.index]?.setAttribute("aria-selected", "false");
    this.index = index;
    const chosen = this.list.children[index];
    chosen?.setAttribute("aria-selected", "true");
    if (chosen) this.input.setAttribute("aria-activedescendant", chosen.id);
    chosen?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (!this.open || event.isComposing) return;
    const size = this.items.length;
    if (event.key === "ArrowDown") this.mark((this.index + 1) % size);
    else if (event.key === "ArrowUp") this.mark((this.index + size - 1) % size);
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.index);
    else if (event.key === "Escape" && !this.always) this.close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  take(index) {
    const item = this.items[index];
    this.close();
    if (item) this.choose(item);
  }

  close() {
    this.run += 1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

/** Keep the items whose label or detail has a text in it, those that begin with it first. */
export function matching(items, text) {
  const wanted = text.toLowerCase().trim();
  if (!wanted) return items;
  const rank = (item) => {
    const label = item.label.toLowerCase();
    return label.startsWith(wanted) ? 0 : label.includes(wanted) ? 1 : (item.detail ?? "").toLowerCase().includes(wanted) ? 2 : 3;
  };
  return items.map((item) => [rank(item), item]).filter(([value]) => value < 3).sort((a, b) => a[0] - b[0]).map(([, item]) => item);
}
