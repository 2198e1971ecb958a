// The webhooks of a channel: addresses at which a program can say something, without a bot.

import { app } from "./app.js";
import { avatar } from "./avatar.js";
import { confirmed, formDialog, labelled } from "./dialog.js";
import { copied, h, iconButton } from "./dom.js";
import { ago } from "./markdown.js";
import { dataUri, pictureField } from "./pictures.js";
import { listView } from "./settings.js";
import { timeOfId } from "./store.js";

const INCOMING = 1;
const FOLLOWER = 2;

/** The view of a channel's webhooks. */
export async function webhooksView(channelId) {
  const path = `/channels/${channelId}/webhooks`;
  const list = h("ul", { class: "plain-list" });
  const draw = async () => {
    const all = await app.rest.get(path);
    list.replaceChildren(...all.map(row), ...(all.length ? [] : [h("li", { class: "empty" }, "This channel has no webhooks.")]));
  };
  const make = () => {
    const name = h("input", { class: "field", maxlength: 80, required: true, value: "Captain Hook" });
    const picture = pictureField();
    const send = async () => {
      const body = { name: name.value.trim() };
      if (picture.files.length) body.avatar = await dataUri(picture.files[0]);
      return app.rest.post(path, body);
    };
    return formDialog("Make a webhook", [labelled("Name", name), labelled("Picture", picture)], { submit: "Make", kind: "small", send });
  };
  const button = h("button", { type: "button", class: "button primary", on: { click: make } }, "Make a webhook");
  return listView(list, "Whoever has a webhook’s address can write here with it.", button, ["WEBHOOKS_UPDATE"], draw);
}

function row(hook) {
  const made = hook.type === FOLLOWER ? ["follows ", h("strong", {}, `${hook.source_guild?.name ?? "?"} #${hook.source_channel?.name ?? "?"}`)]
    : [hook.user ? `made by ${hook.user.username} ` : "made ", ago(timeOfId(hook.id))];
  const drop = () => confirmed("Delete the webhook", `${hook.name}’s address will work no longer.`, "Delete", () => app.rest.delete(`/webhooks/${hook.id}`));
  return h("li", {}, avatar({ id: hook.id, username: hook.name, avatar: hook.avatar }),
    h("span", {}, h("strong", {}, hook.name), h("small", {}, made)),
    hook.type === INCOMING && hook.url ? h("button", { type: "button", class: "button secondary", on: { click: () => copied(hook.url) } }, "Copy URL") : null,
    iconButton("trash", `Delete ${hook.name}`, drop));
}
