// The scheduled events of a server: what is to come, what is on, and who wants to come.

import { app, now } from "./app.js";
import { confirmed, formDialog, labelled } from "./dialog.js";
import { attempt, count, h, icon } from "./dom.js";
import { ago } from "./markdown.js";
import { may } from "./permissions.js";
import { listView } from "./settings.js";
import { isVoice } from "./voice.js";

const STAGE = 13;
const [IN_STAGE, IN_VOICE, ELSEWHERE] = [1, 2, 3];
const [SCHEDULED, ACTIVE, COMPLETED, CANCELED] = [1, 2, 3, 4];
const HOUR = 3600_000;
const NAMES = ["CREATE", "UPDATE", "DELETE", "USER_ADD", "USER_REMOVE"].map((verb) => `GUILD_SCHEDULED_EVENT_${verb}`);

const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** The view of a server's events. */
export async function eventsView(guildId) {
  const path = `/guilds/${guildId}/scheduled-events`;
  const list = h("div", { class: "cards" });
  const draw = async () => {
    const all = await app.rest.get(`${path}?with_user_count=true`);
    const people = await Promise.all(all.map((event) => app.rest.get(`${path}/${event.id}/users?limit=100`)));
    const mine = (index) => people[index].some((item) => (item.user_id ?? item.user?.id) === app.store.me.id);
    const rows = all.map((event, index) => [event, mine(index)])
      .sort(([one], [other]) => (other.status === ACTIVE) - (one.status === ACTIVE) || Date.parse(one.scheduled_start_time) - Date.parse(other.scheduled_start_time));
    list.replaceChildren(...rows.map(([event, interested]) => card(event, interested, `${path}/${event.id}`)), ...(all.length ? [] : [h("p", { class: "empty" }, "Nothing is planned.")]));
  };
  const button = may("CREATE_EVENTS") || may("MANAGE_EVENTS") ? h("button", { type: "button", class: "button primary", on: { click: () => make(path) } }, "Make an event") : null;
  return listView(list, "They begin when somebody starts them, or, elsewhere, when it is time.", button, NAMES, draw);
}

function card(event, interested, path) {
  const mine = event.creator_id === app.store.me.id || may("MANAGE_EVENTS");
  const turn = (status) => attempt(() => app.rest.patch(path, { status }));
  const button = (label, action, kind = "secondary", props = {}) => h("button", { type: "button", class: `button ${kind}`, on: { click: action }, ...props }, label);
  const channel = app.store.channels.get(event.channel_id);
  const start = new Date(event.scheduled_start_time);
  const end = event.scheduled_end_time ? ` – ${whole.format(new Date(event.scheduled_end_time))}` : "";
  const wish = () => attempt(() => (interested ? app.rest.delete(`${path}/users/@me`) : app.rest.put(`${path}/users/@me`)));
  const drop = () => confirmed("Delete the event", `${event.name} will be gone.`, "Delete", () => app.rest.delete(path));
  return h("article", { class: "tile" },
    h("header", {}, icon("calendar", 17), h("strong", {}, event.name), event.status === ACTIVE ? h("span", { class: "status good" }, "on now") : h("span", { class: "status" }, ago(start.getTime()))),
    event.description ? h("p", { class: "card-text" }, event.description) : null,
    h("small", {}, `${whole.format(start)}${end}`),
    h("small", {}, channel ? `in ${channel.name}` : `at ${event.entity_metadata?.location ?? "an unknown place"}`, ` • ${count(event.user_count ?? 0, "person", "people")} interested`),
    h("div", { class: "row" },
      button(interested ? "Interested ✓" : "Interested", wish, interested ? "success" : "secondary", { "aria-pressed": String(interested) }),
      mine && event.status === SCHEDULED ? button("Start", () => turn(ACTIVE)) : null,
      mine && event.status === ACTIVE ? button("End", () => turn(COMPLETED)) : null,
      mine && event.status === SCHEDULED ? button("Cancel", () => turn(CANCELED)) : null,
      mine ? button("Delete", drop) : null));
}

/** A moment as a field for local time takes it. */
function localTime(time) {
  const moment = new Date(time);
  return new Date(time - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function make(path) {
  const next = Math.ceil((now() + HOUR / 2) / HOUR) * HOUR;
  const name = h("input", { class: "field", maxlength: 100, required: true });
  const text = h("textarea", { class: "field", rows: 2, maxlength: 1000 });
  const places = [...app.store.channels.values()].filter((channel) => channel.guild_id === app.guildId && isVoice(channel));
  const place = h("select", { class: "field" }, h("option", { value: "" }, "Somewhere else"), places.map((channel) => h("option", { value: channel.id }, channel.name)));
  const location = h("input", { class: "field", maxlength: 100, placeholder: "The park by the river" });
  const start = h("input", { class: "field", type: "datetime-local", required: true, value: localTime(next) });
  const end = h("input", { class: "field", type: "datetime-local", value: localTime(next + 2 * HOUR) });
  const where = labelled("Location", location);
  const until = labelled("Ends", end);
  const settle = () => {
    where.hidden = until.hidden = Boolean(place.value);
    location.required = end.required = !place.value;
  };
  place.addEventListener("change", settle);
  settle();
  const send = () => {
    const channel = app.store.channels.get(place.value);
    const body = {
      name: name.value.trim(), description: text.value || null, privacy_level: 2, scheduled_start_time: new Date(start.value).toISOString(),
      entity_type: !channel ? ELSEWHERE : channel.type === STAGE ? IN_STAGE : IN_VOICE,
    };
    if (channel) body.channel_id = channel.id;
    else Object.assign(body, { entity_metadata: { location: location.value.trim() }, scheduled_end_time: new Date(end.value).toISOString() });
    return app.rest.post(path, body);
  };
  return formDialog("Make an event", [labelled("Name", name), labelled("Description", text), labelled("Where", place), where, labelled("Begins", start), until], { submit: "Make", send });
}
