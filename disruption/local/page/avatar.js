// Faces: a picture where there is one, else letters on a colour of their own.

import { app } from "./app.js";
import { h } from "./dom.js";

const HUES = [250, 280, 320, 350, 20, 40, 90, 150, 175, 200, 225];

/** Letters of a name: of its words, or its first two. */
export function initials(name) {
  const words = name.split(/[\s_.-]+/).filter(Boolean);
  const letters = words.length > 1 ? words.slice(0, 2).map((word) => [...word][0]) : [...name].slice(0, 2);
  return letters.join("").toUpperCase();
}

/** A hue that is always the same for one id. */
export const hueOf = (id) => HUES[Number(BigInt(id) % 9973n) % HUES.length];

/** Draw a user's avatar. */
export function avatar(user, { guildId = null, status = null } = {}) {
  const member = app.store.member(guildId, user.id);
  let source = null;
  if (member?.avatar) source = `/guilds/${guildId}/users/${user.id}/avatars/${member.avatar}.png?size=80`;
  else if (user.avatar) source = `/avatars/${user.id}/${user.avatar}.png?size=80`;
  const name = user.global_name || user.username || "?";
  const face = source ? h("img", { src: source, alt: "" }) : initials(name);
  return h("span", { class: "avatar", style: { "--hue": hueOf(user.id) }, "aria-hidden": "true" },
    face, status ? h("span", { class: `dot ${status}` }) : null);
}

/** What marks bots and webhooks. */
export function badge(user, webhook = false) {
  if (!user.bot && !webhook) return null;
  return h("span", { class: "badge" }, webhook ? "HOOK" : "BOT");
}
