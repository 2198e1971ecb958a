// The emoji of a server: a picture and a name each.

import { app } from "./app.js";
import { labelled } from "./dialog.js";
import { attempt, h, iconButton } from "./dom.js";
import { emojiNode } from "./markdown.js";
import { dataUri, pictureField } from "./pictures.js";
import { settingsForm } from "./settings.js";

/** The view of a server's emoji; `again` draws it anew. */
export async function emojiView(guildId, again) {
  const path = `/guilds/${guildId}/emojis`;
  const all = await app.rest.get(path);
  app.store.GUILD_EMOJIS_UPDATE({ guild_id: guildId, emojis: all });
  const picture = pictureField({ required: true });
  const name = h("input", { class: "field", maxlength: 32, required: true, pattern: "\\w{2,32}", title: "2 to 32 letters, digits and underscores" });
  picture.addEventListener("change", () => {
    name.value ||= (picture.files[0]?.name ?? "").replace(/\.\w+$/, "").replace(/\W+/g, "_").slice(0, 32);
  });
  const add = async () => {
    await app.rest.post(path, { name: name.value, image: await dataUri(picture.files[0]) });
    again();
  };
  const drop = (emoji) => attempt(async () => {
    await app.rest.delete(`${path}/${emoji.id}`);
    again();
  });
  return h("div", {},
    h("ul", { class: "plain-list" }, all.map((emoji) => h("li", {}, emojiNode(emoji), h("span", {}, h("strong", {}, `:${emoji.name}:`)), iconButton("trash", `Delete ${emoji.name}`, () => drop(emoji))))),
    all.length ? null : h("p", { class: "empty" }, "This server has no emoji of its own."),
    settingsForm([labelled("Picture", picture), labelled("Name", name)], add, { submit: "Add" }));
}
