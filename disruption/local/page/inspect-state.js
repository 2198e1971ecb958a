// Sessions on the gateway, and the rate-limit buckets that are open: asked for once a second.

import { app } from "./app.js";
import { attempt, h } from "./dom.js";

/**
 * Ask for the server's state again and again while the page is in sight, and draw it when what
 * `part` takes of it has changed: what stays as it is can be pressed in peace.
 */
export function polled(draw, part) {
  let timer = null;
  let over = false;
  let drawn = null;
  const element = h("div", { class: "pane scroll" });
  const ask = async () => {
    if (!document.hidden) {
      const state = await app.control.call("GET", "/state").catch(() => null);
      if (over) return;
      const now = state && JSON.stringify(part(state));
      if (state && now !== drawn) draw(element, state);
      if (state) drawn = now;
    }
    clearTimeout(timer);
    timer = setTimeout(ask, 1000);
  };
  ask();
  return { element, ask, stop: () => { over = true; clearTimeout(timer); } };
}

const INTENTS = ["GUILDS", "GUILD_MEMBERS", "GUILD_MODERATION", "GUILD_EXPRESSIONS", "GUILD_INTEGRATIONS", "GUILD_WEBHOOKS", "GUILD_INVITES", "GUILD_VOICE_STATES", "GUILD_PRESENCES", "GUILD_MESSAGES", "GUILD_MESSAGE_REACTIONS", "GUILD_MESSAGE_TYPING", "DIRECT_MESSAGES", "DIRECT_MESSAGE_REACTIONS", "DIRECT_MESSAGE_TYPING", "MESSAGE_CONTENT", "GUILD_SCHEDULED_EVENTS", null, null, null, "AUTO_MODERATION_CONFIGURATION", "AUTO_MODERATION_EXECUTION", null, null, "GUILD_MESSAGE_POLLS", "DIRECT_MESSAGE_POLLS"];

const strike = (kind, user, params = {}) => attempt(() => app.control.call("POST", "/faults", { kind, now: true, user_id: user.id, params }));

/** Who is connected, with what, and the rude things one can do to them. */
export function sessionsView() {
  return polled((element, { sessions }) => {
    element.replaceChildren(
      ...sessions.map((session) => h("section", { class: "tile" },
        h("header", {}, h("strong", {}, session.user.username), session.user.bot ? h("span", { class: "badge" }, "BOT") : null,
          h("span", { class: session.connected ? "status good" : "status warn" }, session.connected ? "connected" : `away for ${Math.round(session.away)} s`)),
        h("dl", {}, pair("Session", `${session.id}…`), pair("Shard", `${session.shard[0]} of ${session.shard[1]}`), pair("Sequence", session.sequence)),
        h("details", {}, h("summary", {}, `Intents ${session.intents}`), h("p", {}, INTENTS.filter((name, bit) => name && session.intents & (1 << bit)).join(", "))),
        session.connected ? h("div", { class: "row" },
          h("button", { type: "button", class: "chip", on: { click: () => strike("drop", session.user) } }, "Drop"),
          h("button", { type: "button", class: "chip", on: { click: () => strike("reconnect", session.user) } }, "Op 7"),
          h("button", { type: "button", class: "chip", on: { click: () => strike("invalid_session", session.user) } }, "Op 9"),
          h("button", { type: "button", class: "chip", on: { click: () => strike("close", session.user, { code: 4000 }) } }, "Close 4000"),
          h("button", { type: "button", class: "chip", on: { click: () => strike("freeze", session.user, { seconds: 10 }) } }, "Freeze 10 s")) : null)),
      sessions.length ? "" : h("p", { class: "empty" }, "Nobody is connected."));
  }, ({ sessions }) => sessions.map((session) => ({ ...session, away: Math.round(session.away ?? 0) })));
}

const pair = (term, value) => [h("dt", {}, term), h("dd", {}, String(value))];

/** The rate-limit buckets that are open now. */
export function limitsView() {
  return polled((element, { buckets, limits_enabled: enabled }) => {
    element.replaceChildren(
      h("p", { class: "hint" }, enabled ? "Buckets whose window is open, the fullest first." : "Rate limits are switched off."),
      ...buckets.map((bucket) => h("section", { class: "tile" },
        h("header", {}, h("strong", { class: "mono" }, bucket.name), h("span", { class: bucket.used >= bucket.limit ? "status bad" : "status good" }, `${bucket.used} of ${bucket.limit}`)),
        h("div", { class: "meter", style: { "--share": `${Math.min(100, (bucket.used / bucket.limit) * 100)}%` } }, h("i")),
        h("small", {}, [bucket.who, bucket.major, `resets in ${bucket.left.toFixed(1)} s`, bucket.bucket.slice(0, 8)].filter(Boolean).join(" • ")))),
      buckets.length ? "" : h("p", { class: "empty" }, "No bucket is open."));
  }, (state) => [state.buckets, state.limits_enabled]);
}
