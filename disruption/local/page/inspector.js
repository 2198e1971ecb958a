// The inspector: its tabs. Traffic, sessions, rate limits, faults, the world; each is a module of its own.

import { byId, h, iconButton } from "./dom.js";
import { faultsView } from "./inspect-faults.js";
import { sessionsView, limitsView } from "./inspect-state.js";
import { trafficView } from "./inspect-traffic.js";
import { worldView } from "./inspect-world.js";

const panel = byId("inspector");
const VIEWS = { Traffic: trafficView, Sessions: sessionsView, Limits: limitsView, Faults: faultsView, World: worldView };

let current = null; // {name, element, stop}

function show(name) {
  current?.stop();
  current = { name, ...VIEWS[name]() };
  const tabs = Object.keys(VIEWS).map((key) => h("button", {
    type: "button", role: "tab", "aria-selected": String(key === name), tabindex: key === name ? 0 : -1, on: { click: () => show(key), keydown: step },
  }, key));
  panel.replaceChildren(
    h("header", { class: "bar" }, h("div", { class: "tabs", role: "tablist" }, tabs), h("span", { class: "spring" }),
      iconButton("close", "Close the inspector", () => document.dispatchEvent(new CustomEvent("close-inspector")))),
    current.element);
}

function step(event) {
  const tabs = [...panel.querySelectorAll("[role=tab]")];
  const move = { ArrowRight: 1, ArrowLeft: tabs.length - 1 }[event.key];
  if (!move) return;
  show(tabs[(tabs.indexOf(event.currentTarget) + move) % tabs.length].textContent);
  panel.querySelector("[role=tab][aria-selected=true]").focus();
}

/** Begin to look. */
export function start() {
  show(current?.name ?? "Traffic");
}

/** Look no longer; nothing is asked for while nobody looks. */
export function stop() {
  current?.stop();
}
