// A large dialog with its views in a list beside them: settings of a channel, of a server.

import { on } from "./app.js";
import { openDialog } from "./dialog.js";
import { attempt, h } from "./dom.js";

/** Open settings; `views` maps each name to a function that returns (a promise of) an element. */
export function openSettings(title, views, { end = null } = {}) {
  const pane = h("div", { class: "settings-pane" });
  const tabs = new Map();
  let shown = null;
  const show = async (name) => {
    for (const [key, tab] of tabs) tab.setAttribute("aria-selected", String(key === name));
    tabs.get(name).scrollIntoView({ block: "nearest", inline: "center" });
    shown = name;
    const element = await attempt(() => views[name](() => show(name)));
    if (shown !== name) return; // somebody was quicker and chose another
    pane.replaceChildren(h("h3", {}, name), element ?? h("p", { class: "empty" }, "This could not be loaded."));
    pane.scrollTop = 0;
  };
  for (const name of Object.keys(views)) {
    tabs.set(name, h("button", { type: "button", role: "tab", "aria-selected": "false", on: { click: () => show(name) } }, name));
  }
  const step = (event) => {
    const all = [...tabs.values()];
    const move = { ArrowDown: 1, ArrowUp: all.length - 1 }[event.key];
    if (!move) return;
    event.preventDefault();
    all[(all.indexOf(document.activeElement) + move) % all.length].focus();
  };
  const dialog = openDialog(title, h("div", { class: "settings" },
    h("div", { class: "settings-tabs", role: "tablist", "aria-orientation": "vertical", on: { keydown: step } }, [...tabs.values()],
      end ? h("button", { type: "button", class: "bad", on: { click: async () => { if (await end.action()) dialog.close(); } } }, end.label) : null),
    pane), "wide");
  const first = Object.keys(views)[0];
  show(first);
  tabs.get(first).focus();
  return dialog;
}

/**
 * A view of a list: what it is about, a button or none, and the list, which is drawn anew when one
 * of these events comes.
 */
export async function listView(list, about, button, names, draw) {
  await draw();
  const element = h("div", {}, h("p", { class: "view-head" }, h("span", { class: "plain-text" }, about), button), list);
  live(element, names, draw);
  return element;
}

/** Draw a view anew as long as it is in the page; the focus stays in its place. */
function live(element, names, draw) {
  const reachable = () => [...element.querySelectorAll("button, input")];
  const again = async () => {
    const place = reachable().indexOf(document.activeElement);
    await draw();
    if (place >= 0 && document.activeElement === document.body) reachable().at(Math.min(place, reachable().length - 1))?.focus();
  };
  const ends = names.map((name) => on(name, () => {
    if (element.isConnected) attempt(again);
    else ends.forEach((end) => end());
  }));
}

/** A form inside settings: it says what went wrong, and that it was saved. */
export function settingsForm(parts, save, { extra = [], submit = "Save" } = {}) {
  const said = h("p", { class: "said", role: "status" });
  const send = async (event) => {
    event.preventDefault();
    said.className = "said";
    said.textContent = "";
    try {
      await save();
      said.textContent = "Saved";
      said.classList.add("good");
    } catch (error) {
      said.textContent = error.message;
      said.classList.add("bad");
    }
  };
  return h("form", { class: "settings-form", on: { submit: send } }, parts,
    h("div", { class: "settings-end" }, h("button", { class: "button primary" }, submit), extra, said));
}
