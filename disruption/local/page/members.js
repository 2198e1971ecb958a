// Who is in the guild, by role and presence. Only the rows in sight are in the page.

import { app, on, throttled } from "./app.js";
import { avatar, badge } from "./avatar.js";
import { userCard } from "./context.js";
import { byId, h } from "./dom.js";

const ROW = 44;
const HEAD = 38;

const panel = byId("members");
let rows = []; // {top, height, head} or {top, height, user}
let total = 0;

const collator = new Intl.Collator(undefined, { sensitivity: "base" });

/** Users by what they are called; each name is looked up once, there may be thousands. */
const byName = (users, guildId) => users.map((user) => [app.store.nameOf(user, guildId), user])
  .sort(([one], [other]) => collator.compare(one, other)).map(([, user]) => user);

function groups() {
  const guild = app.store.guilds.get(app.guildId);
  if (!guild) {
    const channel = app.store.channels.get(app.channelId);
    return channel ? [["In this conversation", [app.store.me, ...(channel.recipients ?? [])]]] : [];
  }
  const hoisted = [...guild.roles.values()].filter((role) => role.hoist).sort((a, b) => b.position - a.position);
  const sections = new Map([...hoisted.map((role) => [role.id, [role.name, []]]), ["online", ["Online", []]], ["offline", ["Offline", []]]]);
  for (const member of guild.members.values()) {
    const online = app.store.statusOf(guild.id, member.user.id) !== "offline";
    const role = online ? hoisted.find((item) => member.roles.includes(item.id)) : null;
    sections.get(role?.id ?? (online ? "online" : "offline"))[1].push(member.user);
  }
  return [...sections.values()].filter(([, users]) => users.length).map(([title, users]) => [title, byName(users, guild.id)]);
}

function measure() {
  rows = [];
  total = 0;
  const add = (height, content) => {
    rows.push({ top: total, height, ...content });
    total += height;
  };
  for (const [title, users] of groups()) {
    add(HEAD, { head: `${title} — ${users.length}` });
    for (const user of users) add(ROW, { user });
  }
  paint();
}

function paint() {
  const from = panel.scrollTop - 200;
  const to = panel.scrollTop + panel.clientHeight + 200;
  const seen = rows.filter((row) => row.top + row.height > from && row.top < to);
  const box = h("div", { class: "member-box", style: { height: `${total}px` } }, seen.map(draw));
  panel.replaceChildren(box);
}

function draw(row) {
  const style = { top: `${row.top}px`, height: `${row.height}px` };
  if (row.head) return h("h2", { class: "category", style }, row.head);
  const { user } = row;
  const status = app.guildId ? app.store.statusOf(app.guildId, user.id) : null;
  const colour = app.store.colourOf(app.guildId, user.id);
  const activity = app.store.guilds.get(app.guildId)?.presences.get(user.id)?.activities?.[0];
  return h("button", { type: "button", class: status === "offline" ? "member away" : "member", style, on: { click: (event) => userCard(event.currentTarget, user.id) } },
    avatar(user, { guildId: app.guildId, status }),
    h("span", { class: "member-text" },
      h("span", { class: "member-name", style: colour ? { "--tint": colour } : {} }, h("span", {}, app.store.nameOf(user, app.guildId)), badge(user)),
      activity ? h("small", {}, activity.state || activity.name) : null));
}

const redraw = throttled(measure);
panel.addEventListener("scroll", throttled(paint), { passive: true });
new ResizeObserver(throttled(paint)).observe(panel);
for (const name of ["GUILD_CREATE", "GUILD_MEMBERS_CHUNK", "GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE", "GUILD_MEMBER_REMOVE", "PRESENCE_UPDATE", "GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE", "GUILD_ROLE_DELETE", "opened"]) on(name, redraw);
