// The world's time, and moving it forward; who there is to play and to run.

import { app, setNow } from "./app.js";
import { avatar } from "./avatar.js";
import { botSettings } from "./bot-settings.js";
import { attempt, h, iconButton } from "./dom.js";
import { polled } from "./inspect-state.js";
import { personSettings } from "./person-settings.js";

const STEPS = [[3, "3 s"], [60, "1 min"], [900, "15 min"], [3600, "1 hour"], [86400, "1 day"], [604800, "1 week"]];
const UNITS = [[1, "seconds"], [60, "minutes"], [3600, "hours"], [86400, "days"]];

/** Make the view. */
export function worldView() {
  const time = h("strong", { class: "world-time" });
  const people = h("ul", { class: "plain-list" });
  const move = (seconds) => attempt(async () => {
    await app.control.call("POST", "/clock", { seconds });
    view.ask();
  });
  const amount = h("input", { class: "field", type: "number", min: 0, step: "any", value: 10, "aria-label": "How much" });
  const unit = h("select", { class: "field", "aria-label": "Of what" }, UNITS.map(([size, label]) => h("option", { value: size, selected: size === 60 }, label)));
  const view = polled((_, state) => {
    setNow(state.now);
    const connected = new Set(state.sessions.filter((session) => session.connected).map((session) => session.user.id));
    time.textContent = new Date(state.now).toLocaleString(undefined, { dateStyle: "long", timeStyle: "medium" });
    people.replaceChildren(...[...app.bots, ...app.people.map(({ user }) => user)].map((user) => h("li", {}, avatar(user),
      h("span", {}, h("strong", {}, user.global_name || user.username), h("small", { class: "mono" }, user.id)),
      h("span", { class: connected.has(user.id) ? "status good" : "status" }, `${user.bot ? "bot" : "person"}, ${connected.has(user.id) ? "connected" : "away"}`),
      iconButton("gear", `Settings of ${user.username}`, () => (user.bot ? botSettings(user) : personSettings(user))))));
  }, (state) => [state.now.slice(0, 19), state.sessions]);
  const element = h("div", { class: "pane scroll" },
    h("section", { class: "tile" }, h("header", {}, h("span", {}, "It is"), time),
      h("p", { class: "hint" }, "Move the time forward: polls end, timeouts and tokens expire."),
      h("div", { class: "row" }, STEPS.map(([seconds, label]) => h("button", { type: "button", class: "chip", on: { click: () => move(seconds) } }, `+ ${label}`))),
      h("form", { class: "inline-form", on: { submit: (event) => { event.preventDefault(); move(Number(amount.value) * Number(unit.value)); } } }, amount, unit, h("button", { class: "button secondary" }, "Move"))),
    h("section", { class: "tile" }, h("header", {}, h("strong", {}, "Who there is")), people));
  return { element, stop: view.stop };
}
