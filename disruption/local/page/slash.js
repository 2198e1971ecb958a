// Slash commands: finding one, and a form for its options.

import { app } from "./app.js";
import { avatar } from "./avatar.js";
import { attempt, h, iconButton } from "./dom.js";
import { AUTOCOMPLETE, COMMAND, commandsIn, interact } from "./interactions.js";
import { localised } from "./language.js";
import { matching, Suggest } from "./suggest.js";
import { channelItems, roleItems, userItems } from "./things.js";

const [SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/** The slash commands of a channel as items of a list, each subcommand by itself. */
export async function slashItems(channelId) {
  const found = await commandsIn(channelId, 1);
  return found.flatMap((command) => leaves(command, [], [], command)).sort((a, b) => a.label.localeCompare(b.label));
}

function leaves(command, path, names, node) {
  const options = node.options ?? [];
  const label = [...names, localised(node, "name")];
  const inner = options.filter((option) => option.type === SUBCOMMAND || option.type === GROUP);
  if (inner.length) return inner.flatMap((option) => leaves(command, [...path, option.name], label, option));
  return [{ label: `/${label.join(" ")}`, detail: localised(node, "description"), mark: command.owner?.username, icon: command.owner ? avatar(command.owner) : null, command, path, options }];
}

/** The line in which a command's options are filled in. `close` ends it. */
export class CommandForm {
  constructor(item, channelId, close) {
    this.item = item;
    this.channelId = channelId;
    this.close = close;
    this.fields = new Map();
    this.error = h("p", { class: "error", role: "alert", hidden: true });
    this.slots = h("div", { class: "slots" });
    this.chips = h("div", { class: "chips" });
    this.element = h("form", { class: "command-form", on: { submit: (event) => { event.preventDefault(); this.send(); }, keydown: (event) => this.key(event) } },
      h("div", { class: "command-head" }, h("span", { class: "command-name" }, item.label), h("small", {}, item.detail ?? "")),
      this.slots, this.chips, this.error,
      h("div", { class: "command-end" }, iconButton("close", "Cancel", () => this.close()), iconButton("send", "Send the command", () => this.send(), { class: "icon-button send" })));
    for (const option of item.options) if (option.required) this.add(option);
    this.offer();
  }

  /** Offer what is optional and not yet there. */
  offer() {
    const left = this.item.options.filter((option) => !this.fields.has(option.name));
    this.chips.replaceChildren(...left.map((option) => h("button", { type: "button", class: "chip", title: localised(option, "description"), on: { click: () => { this.add(option); this.offer(); this.fields.get(option.name).focus(); } } }, `+ ${localised(option, "name")}`)));
  }

  add(option) {
    const field = makeField(option, (text) => this.complete(option, text));
    this.fields.set(option.name, field);
    const drop = option.required ? null : iconButton("close", `Leave out ${localised(option, "name")}`, () => {
      this.fields.delete(option.name);
      slot.remove();
      this.offer();
    });
    const slot = h("label", { class: "slot", title: localised(option, "description"), data: { option: option.name } }, h("span", { class: "slot-name" }, localised(option, "name"), option.required ? h("b", { class: "required" }, "*") : null), field.element, drop);
    this.slots.append(slot);
  }

  focus() {
    const first = [...this.fields.values()][0];
    if (first) first.focus();
    else this.element.querySelector(".send").focus();
  }

  key(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      this.send();
    }
  }

  body(type, values, focused) {
    const { command, path } = this.item;
    return { type, channel_id: this.channelId, application_id: command.application_id, data: { name: command.name, type: 1, path, values, focused } };
  }

  /** Ask the bot for choices while somebody types. */
  async complete(option, text) {
    const values = {};
    for (const [name, field] of this.fields) {
      const { value, wrong } = field.read();
      if (!wrong && value !== undefined && !(value instanceof File)) values[name] = value;
    }
    values[option.name] = text;
    const answer = await interact(this.body(AUTOCOMPLETE, values, option.name));
    return (answer?.data?.choices ?? []).map((choice) => ({ label: localised(choice, "name"), value: choice.value }));
  }

  async send() {
    const values = {};
    for (const [name, field] of this.fields) {
      const { value, wrong } = field.read();
      if (wrong || (value === undefined && field.required)) {
        this.error.hidden = false;
        this.error.textContent = `${name}: ${wrong ?? "this is needed"}`;
        field.focus();
        return;
      }
      if (value !== undefined) values[name] = value;
    }
    this.close();
    for (const [name, value] of Object.entries(values)) {
      if (!(value instanceof File)) continue;
      const kept = await attempt(() => app.control.upload(value, this.channelId, app.rest.token));
      if (!kept) return;
      values[name] = { attachment: kept.id };
    }
    await interact(this.body(COMMAND, values), this.item.command.owner?.username);
  }
}

/** Make the input of an option: `{element, focus(), read() → {value, wrong}}`. */
function makeField(option, complete) {
  if (option.choices?.length) return choiceField(option, option.choices.map((choice) => ({ label: localised(choice, "name"), value: choice.value })));
  if (option.type === BOOLEAN) return choiceField(option, [{ label: "True", value: true }, { label: "False", value: false }]);
  const lists = { [USER]: userItems, [ROLE]: roleItems, [CHANNEL]: () => channelItems(option.channel_types), [MENTIONABLE]: () => [...userItems(), ...roleItems()] };
  if (lists[option.type]) return choiceField(option, lists[option.type]());
  if (option.type === ATTACHMENT) return fileField(option);
  if (![STRING, INTEGER, NUMBER].includes(option.type)) return unknownField(option);
  return textField(option, complete);
}

function unknownField(option) {
  const element = h("em", {}, "not offered here");
  return { element, required: option.required, focus: () => {}, read: () => ({ value: undefined, wrong: option.required ? `an option of type ${option.type} is not known here` : null }) };
}

function fileField(option) {
  const input = h("input", { type: "file", class: "slot-input" });
  return { element: h("span", { class: "slot-box" }, input), required: option.required, focus: () => input.focus(), read: () => ({ value: input.files[0] }) };
}

/** An input whose value is one of a list. */
function choiceField(option, items) {
  let chosen;
  const input = h("input", { class: "slot-input", placeholder: localised(option, "description") });
  const suggest = new Suggest(input, {
    openOnFocus: true, above: true,
    source: (text) => matching(items, chosen && text === chosen.label ? "" : text),
    choose: (item) => {
      chosen = item;
      input.value = item.label;
    },
  });
  const read = () => {
    if (!input.value) return { value: undefined };
    const found = chosen?.label === input.value ? chosen : items.find((item) => item.label.toLowerCase() === input.value.toLowerCase());
    return found ? { value: found.value } : { wrong: "choose one of the list" };
  };
  return { element: h("span", { class: "slot-box" }, input, suggest.list), required: option.required, focus: () => input.focus(), read };
}

function textField(option, complete) {
  const numeric = option.type !== STRING;
  const input = h("input", { class: "slot-input", placeholder: localised(option, "description"), inputmode: numeric ? "decimal" : null, maxlength: option.max_length ?? 6000 });
  const element = h("span", { class: "slot-box" }, input);
  let chosen;
  if (option.autocomplete) {
    const suggest = new Suggest(input, { openOnFocus: true, above: true, source: complete, choose: (item) => { chosen = item; input.value = item.label; } });
    element.append(suggest.list);
  }
  const read = () => {
    const text = input.value;
    if (!text) return { value: undefined };
    if (chosen?.label === text) return { value: chosen.value };
    return numeric ? readNumber(option, text) : readText(option, text);
  };
  return { element, required: option.required, focus: () => input.focus(), read };
}

function readNumber(option, text) {
  const value = Number(text);
  if (!Number.isFinite(value)) return { wrong: "this takes a number" };
  if (option.type === INTEGER && !Number.isSafeInteger(value)) return { wrong: "this takes a whole number" };
  if (value < (option.min_value ?? -Infinity)) return { wrong: `at least ${option.min_value}` };
  if (value > (option.max_value ?? Infinity)) return { wrong: `at most ${option.max_value}` };
  return { value };
}

function readText(option, text) {
  return text.length < (option.min_length ?? 0) ? { wrong: `at least ${option.min_length} characters` } : { value: text };
}

