// A poll, its bars, and voting.

import { app, now } from "./app.js";
import { attempt, count, h } from "./dom.js";
import { ago, emojiNode } from "./markdown.js";

const vote = (message, answers) =>
  attempt(() => app.control.call("POST", "/votes", { channel_id: message.channel_id, message_id: message.id, answers }, { token: app.rest.token }));

/** Draw a message's poll. */
export function poll(message) {
  const data = message.poll;
  const counts = new Map((data.results?.answer_counts ?? []).map((item) => [item.id, item]));
  const total = [...counts.values()].reduce((sum, item) => sum + item.count, 0);
  const mine = [...counts.values()].filter((item) => item.me_voted).map((item) => item.id);
  const over = data.results?.is_finalized || (data.expiry && Date.parse(data.expiry) < now());
  const choose = (id) => {
    const chosen = mine.includes(id) ? mine.filter((item) => item !== id) : data.allow_multiselect ? [...mine, id] : [id];
    vote(message, chosen);
  };
  return h("div", { class: "poll" },
    h("strong", {}, data.question.text),
    data.answers.map(({ answer_id: id, poll_media: media }) => {
      const votes = counts.get(id)?.count ?? 0;
      const share = total ? Math.round((votes / total) * 100) : 0;
      return h("button", { type: "button", class: mine.includes(id) ? "answer mine" : "answer", disabled: over, style: { "--share": `${share}%` }, "aria-pressed": String(mine.includes(id)), on: { click: () => choose(id) } },
        media.emoji ? emojiNode(media.emoji) : null, h("span", {}, media.text ?? ""), h("span", { class: "share" }, `${share}%`));
    }),
    h("small", {}, `${count(total, "vote")} • `, over ? "ended" : data.expiry ? ["ends ", ago(Date.parse(data.expiry))] : "open", data.allow_multiselect ? " • several answers" : null));
}
