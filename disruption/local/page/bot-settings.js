// A bot as its developer sees it: what its program needs, its picture, and where its interactions go.

import { app } from "./app.js";
import { formDialog, labelled } from "./dialog.js";
import { copied, h, iconButton } from "./dom.js";
import { faceField } from "./pictures.js";
import { Rest } from "./rest.js";

function toCopy(label, value, hint, hidden = false) {
  const field = h("input", { class: "field mono", readonly: true, value, type: hidden ? "password" : "text", autocomplete: "off", "aria-label": label });
  field.addEventListener("focus", () => field.select());
  return h("div", { class: "labelled" }, h("span", {}, label), hint ? h("small", {}, hint) : null,
    h("div", { class: "copy-line" }, field, iconButton("copy", `Copy: ${label}`, () => copied(value))));
}

/** Show a bot's keys and change its picture and its interactions endpoint. */
export async function botSettings(user) {
  const bot = await app.control.call("GET", `/bots/${user.id}`);
  const rest = new Rest(`Bot ${bot.token}`);
  const face = faceField(bot.user);
  const url = h("input", { class: "field", type: "url", value: bot.interactions_endpoint_url ?? "", placeholder: "http://127.0.0.1:5000/discord" });
  const send = async () => {
    const avatar = await face.chosen();
    if (avatar !== undefined) await rest.patch("/users/@me", { avatar });
    if (url.value.trim() !== (bot.interactions_endpoint_url ?? "")) await rest.patch("/applications/@me", { interactions_endpoint_url: url.value.trim() || null });
  };
  return formDialog(bot.user.username, [
    face.element,
    toCopy("Token", bot.token, "DISCORD_TOKEN of its program", true),
    toCopy("Public key", bot.public_key, "DISCORD_PUBLIC_KEY, which proves what is posted to it"),
    toCopy("Application id", bot.user.id),
    labelled("Interactions endpoint URL", url, "Its interactions are posted there instead of going through the gateway. It has to be running: it is asked first. Empty for the gateway."),
  ], { send });
}
