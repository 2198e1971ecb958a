// A modal: what a bot asks for, filled in and sent.

import { app, on } from "./app.js";
import { interact, MODAL_SUBMIT } from "./interactions.js";
import { formDialog } from "./dialog.js";
import { attempt, h } from "./dom.js";
import { markdown } from "./markdown.js";
import { Menu } from "./select.js";

const FILE_UPLOAD = 19;
const CHECKBOX = 23;

/** Open the modal a bot answered an interaction with. */
function openModal({ answer, channelId, who }) {
  const modal = answer.data;
  const fields = [];
  let number = 0;
  const next = (component) => component.id ?? (number += 1);
  const parts = modal.components.map((component) => part(component, next, fields));

  async function send() {
    const wrong = fields.filter((field) => !field.check());
    if (wrong.length) {
      wrong[0].focus();
      throw new Error(wrong.length > 1 ? "Some fields need another look." : "One field needs another look.");
    }
    const components = parts.map((item) => item.value()).filter(Boolean);
    for (const { component } of components) {
      if (component?.type === FILE_UPLOAD) component.values = await Promise.all(component.values.map((file) => keep(file, channelId)));
    }
    const sent = await interact({ type: MODAL_SUBMIT, channel_id: channelId, interaction_id: answer.id, data: { components } }, who);
    if (!sent) throw new Error("Something went wrong. Try again.");
  }

  return formDialog(modal.title, parts.map((item) => item.element), { submit: "Submit", kind: "modal", send });
}

async function keep(file, channelId) {
  const kept = await attempt(() => app.control.upload(file, channelId, app.rest.token));
  return kept?.id ?? "";
}

function part(component, next, fields) {
  const id = next(component);
  if (component.type === 1) {
    const inner = component.components.map((item) => field(item, item.label, null, next, fields));
    return { element: inner.map((item) => item.element), value: () => ({ type: 1, id, components: inner.map((item) => item.value()) }) };
  }
  if (component.type === 18) {
    const inner = field(component.component, component.label, component.description, next, fields);
    return { element: inner.element, value: () => ({ type: 18, id, component: inner.value() }) };
  }
  const element = component.type === 10 ? h("div", { class: "markdown" }, markdown(component.content, app.guildId)) : null;
  return { element, value: () => ({ type: component.type, id }) };
}

function field(component, label, description, next, fields) {
  const base = { type: component.type, id: next(component), custom_id: component.custom_id };
  const required = component.required ?? component.type !== CHECKBOX; // a single box may stay empty
  const input = (INPUTS[component.type] ?? unknown)(component, required);
  const error = h("p", { class: "error", role: "alert", hidden: true });
  const element = h(input.group ? "fieldset" : "label", { class: "labelled" },
    h(input.group ? "legend" : "span", {}, label ?? "", required ? h("b", { class: "required", title: "Required" }, " *") : null),
    description ? h("small", {}, description) : null, input.element, error);
  const check = () => {
    const wrong = input.check?.(label ?? "This field") ?? null;
    error.textContent = wrong ?? "";
    error.hidden = !wrong;
    element.classList.toggle("wrong", Boolean(wrong));
    return !wrong;
  };
  for (const name of ["input", "change"]) element.addEventListener(name, () => !error.hidden && check());
  const focus = () => {
    element.scrollIntoView({ block: "center" });
    element.querySelector("input, textarea, button")?.focus();
  };
  fields.push({ check, focus });
  return { element, value: () => ({ ...base, ...input.value() }) };
}

const unknown = (component) => ({ element: h("div", { class: "unknown-part" }, `A field of type ${component.type}`), value: () => ({}) });

const INPUTS = {
  4: (component, required) => {
    const props = { class: "field", placeholder: component.placeholder, maxlength: component.max_length ?? 4000, "data-custom-id": component.custom_id };
    const element = component.style === 2 ? h("textarea", { ...props, rows: 4 }) : h("input", props);
    element.value = component.value ?? "";
    const check = (name) => {
      if (required && !element.value) return `${name} has to be filled in.`;
      const short = element.value && element.value.length < (component.min_length ?? 0);
      return short ? `${name} needs at least ${component.min_length} characters.` : null;
    };
    return { element, check, value: () => ({ value: element.value }) };
  },
  3: select,
  5: select,
  6: select,
  7: select,
  8: select,
  19: (component, required) => {
    const element = h("input", { type: "file", class: "field", multiple: (component.max_values ?? 1) > 1 });
    const low = required ? component.min_values ?? 1 : 0;
    const check = (name) => (element.files.length < low ? `${name}: choose at least ${low} file${low === 1 ? "" : "s"}.` : null);
    return { element, check, value: () => ({ values: [...element.files] }) };
  },
  21: (component, required) => {
    const boxes = choices(component, "radio");
    const chosen = () => boxes.find((box) => box.input.checked)?.value ?? null;
    return { group: true, element: boxes.map((box) => box.element), check: (name) => (required && chosen() === null ? `${name}: choose one.` : null), value: () => ({ value: chosen() }) };
  },
  22: (component, required) => {
    const boxes = choices(component, "checkbox");
    const chosen = () => boxes.filter((box) => box.input.checked).map((box) => box.value);
    const low = component.min_values ?? (required ? 1 : 0);
    const high = component.max_values ?? boxes.length;
    const check = (name) => (chosen().length < low || chosen().length > high ? `${name}: choose ${low} to ${high}.` : null);
    return { group: true, element: boxes.map((box) => box.element), check, value: () => ({ values: chosen() }) };
  },
  23: (component) => {
    const input = h("input", { type: "checkbox", checked: component.default });
    return { element: input, value: () => ({ value: input.checked }) };
  },
};

function select(component, required) {
  const menu = new Menu(component);
  const low = required ? component.min_values ?? 1 : 0;
  return { group: true, element: menu.element, check: (name) => (menu.values.length < low ? `${name}: choose at least ${low}.` : null), value: () => ({ values: [...menu.values] }) };
}

function choices(component, type) {
  return component.options.map((option) => {
    const input = h("input", { type, name: component.custom_id, checked: option.default });
    const element = h("label", { class: "choice" }, input, h("span", {}, option.label, option.description ? h("small", {}, option.description) : null));
    return { input, value: option.value, element };
  });
}

on("modal", openModal);
