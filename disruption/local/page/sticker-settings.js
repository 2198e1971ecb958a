// The stickers of a server: a picture, a name, and the emoji that suggests it.

import { app } from "./app.js";
import { labelled } from "./dialog.js";
import { attempt, h, iconButton } from "./dom.js";
import { pictureField } from "./pictures.js";
import { settingsForm } from "./settings.js";
import { stickerPicture } from "./stickers.js";

/** The view of a server's stickers; `again` draws it anew. */
export async function stickersView(guildId, again) {
  const path = `/guilds/${guildId}/stickers`;
  const all = await app.rest.get(path);
  app.store.GUILD_STICKERS_UPDATE({ guild_id: guildId, stickers: all });
  const picture = pictureField({ accept: "image/png,image/gif", required: true });
  const name = h("input", { class: "field", minlength: 2, maxlength: 30, required: true });
  const tags = h("input", { class: "field", maxlength: 200, required: true, placeholder: "wave" });
  const text = h("input", { class: "field", maxlength: 100 });
  picture.addEventListener("change", () => {
    name.value ||= (picture.files[0]?.name ?? "").replace(/\.\w+$/, "").slice(0, 30);
  });
  const add = async () => {
    const form = new FormData();
    form.append("name", name.value);
    form.append("tags", tags.value);
    form.append("description", text.value);
    form.append("file", picture.files[0]);
    await app.rest.post(path, form);
    again();
  };
  const drop = (sticker) => attempt(async () => {
    await app.rest.delete(`${path}/${sticker.id}`);
    again();
  });
  return h("div", {},
    h("ul", { class: "plain-list" }, all.map((sticker) => h("li", {}, h("span", { class: "sticker-thumb" }, stickerPicture(sticker)),
      h("span", {}, h("strong", {}, sticker.name), h("small", {}, [sticker.tags, sticker.description].filter(Boolean).join(" • "))), iconButton("trash", `Delete ${sticker.name}`, () => drop(sticker))))),
    all.length ? null : h("p", { class: "empty" }, "This server has no stickers of its own."),
    settingsForm([labelled("Picture", picture, "PNG or GIF, at most 512 kB"), labelled("Name", name), labelled("Related emoji", tags, "The name of an emoji, by which it is found"), labelled("Description", text)], add, { submit: "Add" }));
}
