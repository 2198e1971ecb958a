// Settings of a server: its name, roles, emoji, stickers, events, rules, bans, invites and audit log.

import { app } from "./app.js";
import { auditView } from "./audit-log.js";
import { automodView } from "./automod-settings.js";
import { avatar } from "./avatar.js";
import { confirmed, labelled } from "./dialog.js";
import { attempt, copied, count, h } from "./dom.js";
import { emojiView } from "./emoji-settings.js";
import { eventsView } from "./event-settings.js";
import { dataUri, pictureField } from "./pictures.js";
import { rolesView } from "./role-settings.js";
import { openSettings, settingsForm } from "./settings.js";
import { stickersView } from "./sticker-settings.js";

/** Open the settings of a server. */
export function guildSettings(guild) {
  const path = `/guilds/${guild.id}`;
  return openSettings(guild.name, {
    Overview: () => overview(app.store.guilds.get(guild.id) ?? guild, path),
    Roles: () => rolesView(guild.id),
    Emoji: (again) => emojiView(guild.id, again),
    Stickers: (again) => stickersView(guild.id, again),
    Events: () => eventsView(guild.id),
    AutoMod: () => automodView(guild.id),
    Bans: (again) => bans(path, again),
    Invites: (again) => invites(path, again),
    "Audit log": () => auditView(guild.id),
  }, {
    end: guild.owner_id === app.store.me.id ? null
      : { label: "Leave", action: () => confirmed("Leave the server", `You will see nothing of ${guild.name} any more.`, "Leave", async () => { await app.rest.delete(`/users/@me${path}`); return true; }) },
  });
}

function overview(guild, path) {
  const name = h("input", { class: "field", value: guild.name, maxlength: 100, required: true });
  const text = h("textarea", { class: "field", rows: 3, maxlength: 300 });
  text.value = guild.description ?? "";
  const picture = pictureField();
  const level = h("select", { class: "field" }, ["None", "A confirmed address", "Registered for 5 minutes", "A member for 10 minutes", "A confirmed phone"]
    .map((label, index) => h("option", { value: index, selected: guild.verification_level === index }, label)));
  const owner = app.store.users.get(guild.owner_id);
  return settingsForm([
    labelled("Name", name), labelled("Description", text), labelled("Picture", picture), labelled("Who may talk", level),
    h("p", { class: "plain-text" }, `${count(guild.member_count, "member")}; it belongs to ${owner ? app.store.nameOf(owner, guild.id) : guild.owner_id}.`),
  ], async () => {
    const body = { name: name.value, description: text.value || null, verification_level: Number(level.value) };
    if (picture.files.length) body.icon = await dataUri(picture.files[0]);
    return app.rest.patch(path, body);
  });
}

async function bans(path, again) {
  const all = await app.rest.get(`${path}/bans`);
  const lift = (ban) => attempt(async () => {
    await app.rest.delete(`${path}/bans/${ban.user.id}`);
    again();
  });
  if (!all.length) return h("p", { class: "empty" }, "Nobody is banned.");
  return h("ul", { class: "plain-list" }, all.map((ban) => h("li", {}, avatar(ban.user), h("span", {}, h("strong", {}, ban.user.global_name || ban.user.username), h("small", {}, ban.reason || "no reason given")),
    h("button", { type: "button", class: "button secondary", on: { click: () => lift(ban) } }, "Lift the ban"))));
}

async function invites(path, again) {
  const all = await app.rest.get(`${path}/invites`);
  const end = (invite) => attempt(async () => {
    await app.rest.delete(`/invites/${invite.code}`);
    again();
  });
  const make = () => attempt(async () => {
    await app.rest.post(`/channels/${app.channelId}/invites`, { max_age: 86400, unique: true });
    again();
  });
  return h("div", {},
    h("ul", { class: "plain-list" }, all.map((invite) => h("li", {},
      h("span", {}, h("strong", { class: "mono" }, invite.code), h("small", {}, [`#${invite.channel?.name}`, `by ${invite.inviter?.username ?? "nobody"}`, `used ${invite.uses}${invite.max_uses ? ` of ${invite.max_uses}` : ""}`].join(" • "))),
      h("button", { type: "button", class: "button secondary", on: { click: () => copied(invite.code) } }, "Copy"),
      h("button", { type: "button", class: "button secondary", on: { click: () => end(invite) } }, "Revoke")))),
    all.length ? null : h("p", { class: "empty" }, "There are no invites."),
    h("button", { type: "button", class: "button primary", on: { click: make } }, "Invite to this channel"));
}
