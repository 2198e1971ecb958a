// A select menu, in messages and modals: of options, users, roles or channels.

import { h, icon } from "./dom.js";
import { emojiNode } from "./markdown.js";
import { matching } from "./suggest.js";
import { channelItems, roleItems, userItems } from "./things.js";

/** What a menu offers, as items. */
function itemsOf(component) {
  if (component.type === 5) return userItems();
  if (component.type === 6) return roleItems();
  if (component.type === 7) return [...userItems(), ...roleItems()];
  if (component.type === 8) return channelItems(component.channel_types);
  return (component.options ?? []).map((option) => ({ label: option.label, detail: option.description, value: option.value, icon: option.emoji ? emojiNode(option.emoji) : null }));
}

/** How far down a menu's panel may reach: to the end of what scrolls around it. */
const floorOf = (element) => (element.closest(".scroller")?.getBoundingClientRect().bottom ?? window.innerHeight) - 8;

const TALLEST = 320; // pixels of a panel that has all the room it wants

const preset = (component) => component.type === 3
  ? (component.options ?? []).filter((option) => option.default).map((option) => option.value)
  : (component.default_values ?? []).map((item) => item.id);

/**
 * `done(values)` is called when something was chosen; without it the menu only keeps `values`,
 * as in a modal.
 */
export class Menu {
  constructor(component, { done = null } = {}) {
    this.component = component;
    this.done = done;
    this.values = preset(component);
    this.low = component.min_values ?? 1;
    this.high = component.max_values ?? 1;
    this.label = h("span", { class: "menu-label" });
    this.button = h("button", { type: "button", class: "menu", disabled: component.disabled, "aria-haspopup": "listbox", "aria-expanded": "false", on: { click: () => this.toggle() } }, this.label, icon("down", 16));
    this.element = h("div", { class: "menu-box" }, this.button);
    this.element.addEventListener("focusout", (event) => {
      if (!this.element.contains(event.relatedTarget)) this.close(true);
    });
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.describe();
  }

  describe() {
    const items = new Map(itemsOf(this.component).map((item) => [item.value, item]));
    const names = this.values.map((value) => items.get(value)?.label ?? value);
    this.label.textContent = names.join(", ") || this.component.placeholder || "Make a selection";
    this.label.classList.toggle("unset", !names.length);
  }

  toggle() {
    if (this.panel) this.close(true);
    else this.open();
  }

  open() {
    this.items = itemsOf(this.component);
    this.before = [...this.values];
    this.search = this.items.length > 8 ? h("input", { class: "field", placeholder: "Search", "aria-label": "Search", on: { input: () => this.fill() } }) : null;
    this.list = h("ul", { class: "menu-list", role: "listbox", "aria-multiselectable": String(this.high > 1) });
    this.panel = h("div", { class: "menu-panel" }, this.search, this.list);
    this.element.append(this.panel);
    this.button.setAttribute("aria-expanded", "true");
    this.fill();
    if (this.element.closest("dialog")) this.float();
    (this.search ?? this.list.querySelector("[aria-selected=true]") ?? this.list.firstElementChild)?.focus();
    if (!this.panel.popover && this.panel.getBoundingClientRect().bottom > floorOf(this.element)) this.panel.classList.add("up");
  }

  /** Lay the panel over a dialog, which would cut it off: below the button, or above where more room is. */
  float() {
    this.panel.popover = "manual";
    this.panel.showPopover();
    this.place = () => {
      const { left, top, bottom, width } = this.button.getBoundingClientRect();
      const below = window.innerHeight - bottom;
      const up = below < TALLEST && top > below;
      const style = { left: `${left}px`, width: `${width}px`, top: up ? "auto" : `${bottom + 3}px`, bottom: up ? `${window.innerHeight - top + 3}px` : "auto", "--room": `${(up ? top : below) - 24}px` };
      for (const [name, value] of Object.entries(style)) this.panel.style.setProperty(name, value);
    };
    this.place();
    window.addEventListener("scroll", this.place, { capture: true, passive: true });
  }

  fill() {
    this.list.replaceChildren(...matching(this.items, this.search?.value ?? "").slice(0, 100).map((item) => h("li", {
      role: "option", tabindex: -1, "aria-selected": String(this.values.includes(item.value)), data: { value: item.value }, on: { click: () => this.pick(item.value) },
    }, item.icon, h("span", { class: "suggest-label" }, item.label), item.detail ? h("small", {}, item.detail) : null, this.high > 1 ? h("span", { class: "tick" }) : null)));
  }

  pick(value) {
    if (this.high === 1) {
      this.values = this.values.includes(value) && this.low === 0 && !this.done ? [] : [value];
      this.close(false);
      this.tell();
      return;
    }
    if (this.values.includes(value)) this.values = this.values.filter((item) => item !== value);
    else if (this.values.length < this.high) this.values = [...this.values, value];
    for (const row of this.list.children) row.setAttribute("aria-selected", String(this.values.includes(row.dataset.value)));
    this.describe();
    if (!this.done) this.tell();
  }

  tell() {
    this.done?.([...this.values]);
    this.element.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close(leaving) {
    if (!this.panel) return;
    const panel = this.panel;
    this.panel = null; // before it goes: losing the focus on the way comes back here
    panel.remove();
    if (this.place) window.removeEventListener("scroll", this.place, { capture: true });
    this.button.setAttribute("aria-expanded", "false");
    this.describe();
    if (!leaving) this.button.focus();
    else if (this.high > 1 && this.done && this.changed()) {
      if (this.values.length >= this.low) this.done([...this.values]);
      else {
        this.values = this.before;
        this.describe();
      }
    }
  }

  changed() {
    return this.values.length !== this.before.length || this.values.some((value) => !this.before.includes(value));
  }

  key(event) {
    if (!this.panel) return;
    const row = document.activeElement.closest?.("[role=option]");
    if (event.key === "Escape") {
      this.values = this.before;
      this.close(false);
    } else if (event.key === "ArrowDown") (row ? row.nextElementSibling : this.list.firstElementChild)?.focus();
    else if (event.key === "ArrowUp") (row?.previousElementSibling ?? this.search)?.focus();
    else if ((event.key === "Enter" || event.key === " ") && row) this.pick(row.dataset.value);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

