// Who somebody is: their name and their picture, for anybody one can play.

import { app } from "./app.js";
import { formDialog, labelled } from "./dialog.js";
import { h } from "./dom.js";
import { faceField } from "./pictures.js";
import { Rest } from "./rest.js";

/** Change the name and picture of a person. */
export function personSettings(user) {
  const { token } = app.people.find((person) => person.user.id === user.id);
  const name = h("input", { class: "field", value: user.username, minlength: 2, maxlength: 32, required: true });
  const face = faceField(user);
  const send = async () => {
    const body = { username: name.value.trim() };
    const avatar = await face.chosen();
    if (avatar !== undefined) body.avatar = avatar;
    return new Rest(token).patch("/users/@me", body);
  };
  return formDialog(user.global_name || user.username, [face.element, labelled("Username", name)], { kind: "small", send });
}
