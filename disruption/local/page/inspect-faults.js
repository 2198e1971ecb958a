// The switches of the faults: which are on, what has happened, and a form for more.

import { app } from "./app.js";
import { attempt, count, h, toast } from "./dom.js";
import { inlineMarkdown } from "./markdown.js";
import { polled } from "./inspect-state.js";

/** What one may say of a kind: the name of each parameter and what it is by default. */
const PARAMS = {
  refuse_connection: { status: 503 }, drop: { reset: false }, close: { code: 4000, reason: "" }, freeze: { seconds: 10 }, delay: { seconds: 0.5 },
  oversized: { size: 83886080 }, clock_skew: { seconds: 300 }, invalid_session: { resumable: false }, rate_limit: { scope: "user", retry_after: 1 }, server_error: { status: 502 }, html: { status: 502 }, reset: { before: false }, slow: { seconds: 1 },
};

/** Make the view. */
export function faultsView() {
  const rules = h("div", { class: "rules" });
  const view = polled((_, state) => drawRules(rules, state), ({ faults, counts }) => [faults, counts]);
  const element = h("div", { class: "pane scroll" }, form(view.ask), rules);
  return { element, stop: view.stop };
}

function drawRules(element, { faults, counts }) {
  const end = (path) => attempt(() => app.control.call("DELETE", `/faults${path}`));
  element.replaceChildren(
    h("header", { class: "rules-head" }, h("h3", {}, "Active"), faults.length ? h("button", { type: "button", class: "linklike", on: { click: () => end("") } }, "Clear all") : ""),
    ...faults.map((rule) => h("section", { class: "tile line" },
      h("div", {}, h("strong", {}, rule.kind), h("small", {}, describe(rule))),
      h("button", { type: "button", class: "button secondary", on: { click: () => end(`/${rule.key}`) } }, "End"))),
    faults.length ? "" : h("p", { class: "empty" }, "Everything works as it should."),
    h("h3", {}, "Happened"),
    h("div", { class: "chips" }, Object.entries(counts).map(([kind, count]) => h("span", { class: "chip" }, `${kind} × ${count}`))),
    Object.keys(counts).length ? "" : h("p", { class: "empty" }, "Nothing yet."));
}

function describe(rule) {
  const parts = [rule.user_id ? app.store.users.get(rule.user_id)?.username ?? rule.user_id : "everybody", rule.left === null ? "until ended" : `${rule.left} left`, `used ${rule.used}`];
  if (rule.every > 1) parts.push(`each ${rule.every}.`);
  if (rule.probability !== null) parts.push(`by chance, ${rule.probability}`);
  for (const key of ["method", "route", "event"]) if (rule[key]) parts.push(`${key} ${rule[key]}`);
  for (const [key, value] of Object.entries(rule.params)) parts.push(`${key} ${value}`);
  return parts.join(" • ");
}

function form(refresh) {
  const kinds = Object.entries(app.faultKinds);
  const group = (label, test) => h("optgroup", { label }, kinds.filter(([, { at }]) => test(at)).map(([kind]) => h("option", { value: kind }, kind.replaceAll("_", " "))));
  const kind = h("select", { class: "field", "aria-label": "What goes wrong" }, group("REST", (at) => at === "request"), group("Gateway", (at) => at !== "request"));
  const whom = h("select", { class: "field", "aria-label": "Whom it meets" }, h("option", { value: "" }, "Everybody"),
    [...app.bots, ...app.people.map(({ user }) => user)].map((user) => h("option", { value: user.id }, user.username)));
  if (app.bots.length) whom.value = app.bots[0].id; // else the page itself might meet it first
  const hint = h("p", { class: "hint" });
  const params = h("div", { class: "grid" });
  const when = h("div", { class: "grid" });
  const inputs = new Map();
  const number = (label, name, props) => labelled(label, name, { type: "number", min: 0, ...props });
  const labelled = (label, name, props) => {
    const input = h("input", { class: "field", ...props });
    inputs.set(name, input);
    return h("label", { class: "labelled" }, h("small", {}, label), input);
  };

  const draw = () => {
    inputs.clear();
    const { at, text } = app.faultKinds[kind.value];
    hint.replaceChildren(h("span", {}, inlineMarkdown(`${at === "request" ? "At a request" : `At ${at}`}: ${text}.`)));
    params.replaceChildren(...Object.entries(PARAMS[kind.value] ?? {}).map(([name, usual]) => typeof usual === "boolean"
      ? labelled(name, `param ${name}`, { type: "checkbox", class: null, checked: usual })
      : labelled(name, `param ${name}`, { value: usual, step: "any", type: typeof usual === "number" ? "number" : "text" })));
    when.replaceChildren(number("How often (empty: until ended)", "times", { value: 1 }), number("Only each n-th", "every", { placeholder: "1", min: 1 }),
      number("By chance, 0 to 1", "probability", { step: "any", max: 1, placeholder: "always" }),
      ...(at === "request" ? [labelled("Only method", "method", { placeholder: "POST" }), labelled("Only routes like", "route", { placeholder: "/channels/.*/messages" })] : []),
      ...(at === "event" ? [labelled("Only event", "event", { placeholder: "MESSAGE_CREATE" })] : []));
    once.hidden = at !== "event" || ["duplicate", "reorder"].includes(kind.value);
  };

  const read = (name) => {
    const input = inputs.get(name);
    if (input.type === "checkbox") return input.checked;
    const text = input.value.trim();
    return text === "" ? null : input.type === "number" ? Number(text) : text;
  };
  const chosen = () => Object.fromEntries([...inputs.keys()].filter((name) => name.startsWith("param ")).map((name) => [name.slice(6), read(name)]).filter(([, value]) => value !== null));
  const add = () => attempt(async () => {
    const body = { kind: kind.value, params: chosen(), times: read("times"), ...(whom.value ? { user_id: whom.value } : {}) };
    for (const name of ["every", "probability", "method", "route", "event"]) {
      if (inputs.has(name) && read(name) !== null) body[name] = name === "method" ? read(name).toUpperCase() : read(name);
    }
    await app.control.call("POST", "/faults", body);
    refresh();
  });
  const strike = () => attempt(async () => {
    const { hit } = await app.control.call("POST", "/faults", { kind: kind.value, params: chosen(), now: true, ...(whom.value ? { user_id: whom.value } : {}) });
    toast(`It hit ${count(hit, "connection")}.`);
  });
  const once = h("button", { type: "button", class: "button danger", on: { click: strike } }, "Do it now");
  kind.addEventListener("change", draw);
  draw();
  return h("form", { class: "tile", on: { submit: (event) => { event.preventDefault(); add(); } } },
    h("div", { class: "grid" }, kind, whom), hint, params, when, h("div", { class: "row" }, h("button", { class: "button primary" }, "Switch on"), once));
}
