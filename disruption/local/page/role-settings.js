// Roles of a server: their order, look and permissions.

import { app } from "./app.js";
import { checked, labelled } from "./dialog.js";
import { attempt, h, icon, iconButton } from "./dom.js";
import { bitOf, grouped, humanName } from "./permissions.js";
import { settingsForm } from "./settings.js";
import { roleDot } from "./things.js";

const ordered = (guild) => [...guild.roles.values()].filter((role) => role.id !== guild.id).sort((a, b) => b.position - a.position);

/** The view of a server's roles. */
export async function rolesView(guildId) {
  const list = h("div", { class: "split-list", role: "listbox", "aria-label": "Roles" });
  const pane = h("div", { class: "split-pane" });
  const path = `/guilds/${guildId}/roles`;
  let chosen = null;
  const drawList = () => {
    const guild = app.store.guilds.get(guildId);
    const all = [...ordered(guild), guild.roles.get(guildId)];
    if (!all.some((item) => item.id === chosen)) chosen = all[0].id;
    list.replaceChildren(...all.map((item) => h("button", { type: "button", role: "option", "aria-selected": String(item.id === chosen), on: { click: () => { chosen = item.id; draw(); } } },
      roleDot(item), h("span", {}, item.id === guildId ? "@everyone" : item.name), item.managed ? h("small", {}, "bot") : null)),
      h("button", { type: "button", class: "add", on: { click: make } }, icon("plus", 16), "New role"));
  };
  const draw = () => {
    drawList();
    const guild = app.store.guilds.get(guildId);
    pane.replaceChildren(roleForm(guild.roles.get(chosen), guild, { path, roles: ordered(guild), drawList, redraw: draw }));
  };
  const make = () => attempt(async () => {
    chosen = (await app.rest.post(path, { name: "new role" })).id;
    await refresh();
    draw();
  });
  // A new role moves others up without an event for each.
  const refresh = async () => {
    for (const role of await app.rest.get(path)) app.store.GUILD_ROLE_UPDATE({ guild_id: guildId, role });
  };
  await refresh();
  draw();
  return h("div", { class: "split" }, list, pane);
}

function roleForm(role, guild, { path, roles, drawList, redraw }) {
  const everyone = role.id === guild.id;
  const name = h("input", { class: "field", value: role.name, maxlength: 100, required: true });
  const colour = h("input", { type: "color", class: "colour", value: `#${(role.color || 0x99aab5).toString(16).padStart(6, "0")}` });
  const coloured = checked("Coloured name", { checked: Boolean(role.color) });
  const hoist = checked("Shown apart", { checked: role.hoist }, "Members are listed under the role's name");
  const mentionable = checked("Anyone may mention it", { checked: role.mentionable });
  colour.addEventListener("input", () => { coloured.input.checked = true; });
  const boxes = [];
  const permissions = grouped().map(([title, names]) => h("section", {}, h("h4", {}, title), names.map((key) => {
    const box = checked(humanName(key), { checked: Boolean(BigInt(role.permissions) & bitOf(key)) });
    boxes.push([key, box.input]);
    return box.element;
  })));
  const save = async () => {
    // Bits that are not offered here stay as they are.
    const offered = boxes.reduce((sum, [key]) => sum | bitOf(key), 0n);
    const set = boxes.reduce((sum, [key, box]) => (box.checked ? sum | bitOf(key) : sum), 0n);
    const body = { permissions: String((BigInt(role.permissions) & ~offered) | set) };
    if (!everyone) {
      const value = coloured.input.checked ? Number.parseInt(colour.value.slice(1), 16) : 0;
      Object.assign(body, { name: name.value, color: value, hoist: hoist.input.checked, mentionable: mentionable.input.checked });
    }
    app.store.GUILD_ROLE_UPDATE({ guild_id: guild.id, role: await app.rest.patch(`${path}/${role.id}`, body) });
    drawList();
  };
  const move = (by) => attempt(async () => {
    const other = roles[roles.indexOf(role) + by];
    const moved = await app.rest.patch(path, [{ id: role.id, position: other.position }]);
    for (const item of moved) app.store.GUILD_ROLE_UPDATE({ guild_id: guild.id, role: item });
    redraw();
  });
  const drop = () => attempt(async () => {
    await app.rest.delete(`${path}/${role.id}`);
    app.store.GUILD_ROLE_DELETE({ guild_id: guild.id, role_id: role.id });
    redraw();
  });
  const place = roles.indexOf(role);
  const extra = everyone ? [] : [
    iconButton("up", "Move up", () => move(-1), { disabled: place === 0 }),
    iconButton("down", "Move down", () => move(1), { disabled: place === roles.length - 1 }),
    role.managed ? null : iconButton("trash", "Delete the role", drop),
  ];
  const look = everyone ? [] : [labelled("Name", name), h("div", { class: "toggle" }, h("span", {}, "Colour"), colour), coloured.element, hoist.element, mentionable.element];
  return settingsForm([look, permissions], save, { extra });
}
