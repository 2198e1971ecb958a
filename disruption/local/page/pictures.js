// Pictures that people choose: as the API takes them, and the field that shows what was chosen.

import { avatar } from "./avatar.js";
import { h } from "./dom.js";

const PICTURES = "image/png,image/jpeg,image/gif,image/webp";

/** A file as the API takes pictures: a data URI. */
export const dataUri = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.addEventListener("load", () => resolve(reader.result));
  reader.addEventListener("error", () => reject(reader.error));
  reader.readAsDataURL(file);
});

/** A field to choose a picture. */
export const pictureField = (props = {}) => h("input", { type: "file", class: "field", accept: PICTURES, ...props });

/**
 * A face with a field to give it another picture. `chosen()` resolves to what to send: a data URI,
 * null to take the picture away, undefined where nothing was chosen.
 */
export function faceField(user) {
  const face = h("span", { class: "big-face" }, avatar(user));
  const input = pictureField({ "aria-label": "Picture" });
  let removed = false;
  const show = (content) => face.replaceChildren(content);
  const remove = h("button", { type: "button", class: "linklike", hidden: !user.avatar, on: { click: () => {
    removed = true;
    input.value = "";
    remove.hidden = true;
    show(avatar({ ...user, avatar: null }));
  } } }, "Remove the picture");
  input.addEventListener("change", () => {
    const [file] = input.files;
    if (!file) return;
    removed = false;
    remove.hidden = false;
    const image = h("img", { src: URL.createObjectURL(file), alt: "" });
    image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
    show(h("span", { class: "avatar" }, image));
  });
  const element = h("div", { class: "face-field" }, face, h("div", { class: "labelled" }, h("span", {}, "Picture"), input, remove));
  const chosen = async () => (input.files.length ? dataUri(input.files[0]) : removed ? null : undefined);
  return { element, chosen };
}
