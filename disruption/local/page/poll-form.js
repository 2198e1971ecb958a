// Asking a poll: the question, up to ten answers, and how long.

import { app } from "./app.js";
import { checked, formDialog, labelled } from "./dialog.js";
import { h, iconButton } from "./dom.js";
import { pickEmoji } from "./emoji.js";
import { emojiNode } from "./markdown.js";

const MOST = 10;
const HOURS = [[1, "1 hour"], [4, "4 hours"], [8, "8 hours"], [24, "1 day"], [72, "3 days"], [168, "1 week"], [336, "2 weeks"]];

/** Ask for a poll and send it to a channel. */
export function askPoll(channelId) {
  const question = h("input", { class: "field", maxlength: 300, required: true, placeholder: "What do you want to know?" });
  const list = h("div", { class: "poll-answers" });
  const more = h("button", { type: "button", class: "linklike", on: { click: () => add(true) } }, "Add an answer");
  const hours = h("select", { class: "field" }, HOURS.map(([value, label]) => h("option", { value, selected: value === 24 }, label)));
  const several = checked("Several answers may be chosen");
  let answers = []; // {element, input, emoji}

  const settle = () => {
    list.replaceChildren(...answers.map((answer) => answer.element));
    more.hidden = answers.length >= MOST;
    answers.forEach((answer, index) => {
      answer.input.placeholder = `Answer ${index + 1}`;
      answer.input.setAttribute("aria-label", `Answer ${index + 1}`);
      answer.drop.disabled = answers.length <= 1;
    });
  };
  const add = (focus) => {
    const answer = { input: h("input", { class: "field", maxlength: 55 }), emoji: null };
    const face = iconButton("smile", "Emoji of this answer", () => pickEmoji(face, (emoji) => {
      answer.emoji = emoji;
      face.replaceChildren(emojiNode(emoji));
    }));
    answer.drop = iconButton("close", "Remove this answer", () => {
      answers = answers.filter((item) => item !== answer);
      settle();
    });
    answer.element = h("div", { class: "poll-answer" }, face, answer.input, answer.drop);
    answers.push(answer);
    settle();
    if (focus) answer.input.focus();
  };
  add(false);
  add(false);

  const send = () => {
    const given = answers.filter((answer) => answer.input.value.trim() || answer.emoji);
    if (!given.length) throw new Error("A poll needs at least one answer.");
    const poll = {
      question: { text: question.value.trim() },
      answers: given.map(({ input, emoji }) => ({ poll_media: { ...(input.value.trim() ? { text: input.value.trim() } : {}), ...(emoji ? { emoji: emoji.id ? { id: emoji.id } : { name: emoji.name } } : {}) } })),
      duration: Number(hours.value),
      allow_multiselect: several.input.checked,
      layout_type: 1,
    };
    return app.rest.post(`/channels/${channelId}/messages`, { poll });
  };
  return formDialog("Ask a poll", [labelled("Question", question), h("fieldset", { class: "labelled" }, h("legend", {}, "Answers"), list, more), labelled("For", hours), several.element], { submit: "Ask", send });
}
