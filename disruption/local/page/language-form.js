// The language of the person one plays: bots are told of it, and their commands may have names in it.

import { app } from "./app.js";
import { formDialog, labelled } from "./dialog.js";
import { h } from "./dom.js";

const LOCALES = "ar bg cs da de el en-GB en-US es-419 es-ES fi fr he hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th tr uk vi zh-CN zh-TW".split(" ");

/** Let the current person speak another language. */
export function chooseLanguage() {
  const names = new Intl.DisplayNames(undefined, { type: "language" });
  const select = h("select", { class: "field" }, LOCALES.map((code) => h("option", { value: code, selected: code === app.store.me.locale }, `${names.of(code)} (${code})`)));
  const send = () => app.control.call("POST", "/locale", { locale: select.value }, { token: app.rest.token });
  return formDialog("Language", [labelled("Language", select, "Bots get it with each interaction; names of commands are shown in it where the bot has given some")], { kind: "small", send });
}
