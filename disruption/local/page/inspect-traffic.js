// What goes over the wire, live: gateway payloads and REST requests, with what is in them.

import { app } from "./app.js";
import { attempt, h } from "./dom.js";
import { bytes } from "./media.js";

const MOST = 400; // rows kept in the list
const OPS = { 0: "DISPATCH", 1: "HEARTBEAT", 2: "IDENTIFY", 3: "PRESENCE", 4: "VOICE STATE", 6: "RESUME", 7: "RECONNECT", 8: "REQUEST MEMBERS", 9: "INVALID SESSION", 10: "HELLO", 11: "HEARTBEAT ACK", 31: "SOUNDBOARD", 43: "CHANNEL INFO" };

const ASKED = { 1: "PING", 2: "COMMAND", 3: "COMPONENT", 4: "AUTOCOMPLETE", 5: "MODAL" };

const filters = { gateway: true, rest: true, posted: true, beats: false, people: false, text: "" };
let seen = 0; // number of the newest record that was fetched
let records = [];

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hour12: false });

/** Make the view; `stop` ends its polling. */
export function trafficView() {
  const list = h("ol", { class: "records" });
  const control = new AbortController();
  let paused = false;

  const draw = () => {
    const fitting = records.filter(fits).slice(-MOST);
    list.replaceChildren(...fitting.map(row).reverse());
  };
  const toggle = (key, label) => h("label", { class: "check" }, h("input", { type: "checkbox", checked: filters[key], on: { change: (event) => { filters[key] = event.target.checked; draw(); } } }), label);
  const search = h("input", { class: "field", type: "search", placeholder: "Filter: name, path, status, content", "aria-label": "Filter", value: filters.text, on: { input: (event) => { filters.text = event.target.value.toLowerCase(); draw(); } } });
  const pause = h("button", { type: "button", class: "button secondary", on: { click: () => { paused = !paused; pause.textContent = paused ? "Go on" : "Pause"; if (!paused) draw(); } } }, "Pause");
  const clear = h("button", { type: "button", class: "button secondary", on: { click: () => { records = []; draw(); } } }, "Clear");

  async function follow() {
    while (!control.signal.aborted) {
      let more;
      try {
        more = await app.control.call("GET", `/traffic?after=${seen}&wait=20`, undefined, { signal: control.signal });
      } catch (error) {
        if (control.signal.aborted) return;
        await new Promise((resolve) => setTimeout(resolve, 1000)); // the server is away: try again
        continue;
      }
      if (!more.length) continue;
      seen = more.at(-1).number;
      records = [...records, ...more].slice(-2000);
      if (paused) continue;
      const shown = more.filter(fits);
      list.prepend(...shown.map(row).reverse());
      while (list.children.length > MOST) list.lastElementChild.remove();
    }
  }

  draw();
  follow();
  const element = h("div", { class: "pane" },
    h("div", { class: "filters" }, search, h("div", { class: "checks" }, toggle("gateway", "Gateway"), toggle("rest", "REST"), toggle("posted", "Endpoints"), toggle("beats", "Heartbeats"), toggle("people", "People’s clients"), h("span", { class: "spring" }), pause, clear)), list);
  return { element, stop: () => control.abort() };
}

const isBeat = ({ payload }) => payload?.op === 1 || payload?.op === 11;

const isPerson = (record) => app.people.some((person) => person.user.id === record.user_id);

function fits(record) {
  if (!filters.people && isPerson(record)) return false;
  if (!filters[{ request: "rest", posted: "posted" }[record.kind] ?? "gateway"]) return false;
  if (!filters.beats && record.kind !== "request" && isBeat(record)) return false;
  return !filters.text || JSON.stringify([nameOf(record), record]).toLowerCase().includes(filters.text);
}

function nameOf({ kind, payload, facts }) {
  if (kind === "request") return `${facts.method} ${facts.path}`;
  if (kind === "posted") return `${postedName(facts.body)} → ${facts.path}`;
  if (kind === "closed") return `CLOSED ${facts.code ?? ""}`;
  return payload?.t ?? OPS[payload?.op] ?? "unreadable frame";
}

/** What was posted: an interaction by its kind and name, or an event by its name. */
function postedName({ type, event, data }) {
  if (event || type === 0) return event?.type ?? "PING";
  return [ASKED[type] ?? `INTERACTION ${type}`, data?.name ?? data?.custom_id].filter(Boolean).join(" ");
}

function who(record) {
  return record.user_id ? app.store.users.get(record.user_id)?.username ?? record.user_id : record.connection ? `connection ${record.connection}` : "";
}

function row(record) {
  const { kind, facts } = record;
  const status = kind === "request" || kind === "posted" ? facts.status : null;
  const tone = status === null ? kind : status === 0 || status >= 500 ? "bad" : status >= 400 ? "warn" : "good";
  const mark = { sent: "↓", received: "↑", closed: "✕", request: "⇄", posted: "⇉" }[kind];
  const element = h("li", { class: "record" },
    h("button", { type: "button", class: "record-line", "aria-expanded": "false", on: { click: () => unfold(element, record) } },
      h("span", { class: `mark ${tone}`, title: { sent: "to the client", received: "from the client", closed: "closed", request: "request", posted: "posted to an endpoint" }[kind] }, mark),
      h("time", {}, clock.format(record.at * 1000)),
      h("span", { class: "record-name" }, nameOf(record)),
      h("span", { class: "spring" }),
      status === null ? null : h("span", { class: `status ${tone}` }, status === 0 ? (kind === "posted" ? "failed" : "cut") : String(status)),
      h("small", {}, who(record)), h("small", { class: "size" }, bytes(record.size))));
  return element;
}

function unfold(element, record) {
  const open = element.querySelector(".record-body");
  element.firstElementChild.setAttribute("aria-expanded", String(!open));
  if (open) {
    open.remove();
    return;
  }
  const block = (title, value) => value === null || value === undefined || value === "" || (typeof value === "object" && !Object.keys(value).length) ? null
    : [h("h3", {}, title), h("pre", {}, typeof value === "string" ? value : JSON.stringify(value, null, 2))];
  const { facts } = record;
  const parts = record.kind === "posted"
    ? [block("Posted to", facts.path), facts.forged ? h("p", { class: "hint" }, "With a wrong signature, to see whether it is refused.") : null, block("Interaction", facts.body), block("Answer", record.payload ?? record.text), block("Failure", facts.error), h("small", {}, `after ${facts.seconds} s`)]
    : record.kind === "request"
    ? [block("Route", facts.route), block("Request", facts.body), block("Files", facts.files), block("Reason", facts.reason), block("Rate limit", facts.limits), block("Answer", record.payload ?? record.text)]
    : [block("Payload", record.payload ?? record.text), block("About", facts)];
  element.append(h("div", { class: "record-body" }, h("button", { type: "button", class: "linklike", on: { click: () => attempt(() => navigator.clipboard.writeText(JSON.stringify(record, null, 2))) } }, "Copy"), parts));
}
