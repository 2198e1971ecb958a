// Dialogs: a form that stays open until what it asks for has been done, and a question.

import { h, iconButton } from "./dom.js";

/** An input with its label; a hint below the label where there is one. */
export function labelled(label, input, hint = null) {
  return h("label", { class: "labelled" }, h("span", {}, label), hint ? h("small", {}, hint) : null, input);
}

/** A switch with its label beside it. */
export function checked(label, props = {}, hint = null) {
  const input = h("input", { type: "checkbox", class: "switch", role: "switch", ...props });
  const element = h("label", { class: "toggle" }, h("span", {}, label, hint ? h("small", {}, hint) : null), input);
  return { element, input };
}

/** Show a dialog that is made already; it leaves the page when it closes. */
export function showDialog(dialog) {
  dialog.addEventListener("close", () => {
    dialog.remove();
    // Chromium gives the focus back to a field that was out of reach, and then types nothing into it.
    const back = document.activeElement;
    back.blur();
    back.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Open a dialog with a title around some content. */
export function openDialog(title, content, kind = "") {
  const dialog = h("dialog", { class: `dialog ${kind}`, "aria-label": title },
    h("header", {}, h("h2", {}, title), iconButton("close", "Close", () => dialog.close())), content);
  return showDialog(dialog);
}

/**
 * Open a form. `send()` does what it is for: when it fails, the form says why and stays open.
 * Resolves to what `send` gave, or to undefined when the person thinks better of it.
 */
export function formDialog(title, parts, { submit = "Save", danger = false, kind = "", send }) {
  return new Promise((resolve) => {
    const error = h("p", { class: "error", role: "alert", hidden: true });
    const button = h("button", { class: danger ? "button danger" : "button primary" }, submit);
    const go = async (event) => {
      event.preventDefault();
      button.disabled = true;
      try {
        resolve(await send());
        dialog.close();
      } catch (failure) {
        error.textContent = failure.message;
        error.hidden = false;
      }
      button.disabled = false;
    };
    const dialog = openDialog(title, h("form", { on: { submit: go } },
      h("div", { class: "modal-parts" }, parts), error,
      h("div", { class: "actions" },
        h("button", { type: "button", class: "button plain", on: { click: () => dialog.close() } }, "Cancel"), button)), kind);
    dialog.addEventListener("close", () => resolve(undefined));
    dialog.querySelector(".modal-parts :is(input, textarea, select, .menu)")?.focus();
  });
}

/** Ask for a short text; resolves to null when the person thinks better of it. */
export async function ask(title, label, value = "") {
  const input = h("input", { class: "field", maxlength: 100, value, required: true });
  return (await formDialog(title, [labelled(label, input)], { submit: "OK", kind: "small", send: () => input.value.trim() })) || null;
}

/** Ask whether something is really meant; `send()` then does it. */
export const confirmed = (title, text, submit, send) =>
  formDialog(title, [h("p", { class: "plain-text" }, text)], { submit, danger: true, kind: "small", send });
