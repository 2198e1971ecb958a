// Finding things in the open channel: what is pinned, its threads, and messages by their words.

import { app, emit } from "./app.js";
import { avatar } from "./avatar.js";
import { openDialog } from "./dialog.js";
import { attempt, count, h, icon } from "./dom.js";
import { ago, inlineMarkdown } from "./markdown.js";
import { compareIds } from "./store.js";
import { jumpTo } from "./timeline.js";

const hit = (message, go) => h("li", {}, h("button", { type: "button", class: "hit", on: { click: go } },
  avatar(message.author, { guildId: app.guildId }),
  h("span", {}, h("span", {}, h("strong", {}, app.store.nameOf(message.author, app.guildId)), " ", ago(Date.parse(message.timestamp))),
    h("span", { class: "hit-text" }, message.content ? inlineMarkdown(message.content.slice(0, 300), app.guildId) : "no text"))));

/** Show the pinned messages of the open channel. */
export async function showPins() {
  const found = await attempt(() => app.rest.get(`/channels/${app.channelId}/messages/pins`));
  if (!found) return;
  const go = (message) => () => {
    dialog.close();
    jumpTo(message.id);
  };
  const dialog = openDialog("Pinned messages", found.items.length
    ? h("ol", { class: "hits" }, found.items.map(({ message }) => hit(message, go(message))))
    : h("p", { class: "empty" }, "Nothing is pinned here."));
}

/** Show the threads of the open channel, those that are archived too. */
export async function showThreads() {
  const parent = app.store.channels.get(app.channelId);
  const active = [...app.store.channels.values()].filter((channel) => channel.parent_id === parent.id && channel.thread_metadata && !channel.thread_metadata.archived);
  const archived = await attempt(() => app.rest.get(`/channels/${parent.id}/threads/archived/public`));
  const entry = (thread) => h("li", {}, h("button", { type: "button", class: "hit", on: { click: () => {
    dialog.close();
    app.store.THREAD_CREATE(thread);
    emit("open", thread.id);
  } } }, icon("thread", 20), h("span", {}, h("strong", {}, thread.name), h("small", {}, count(thread.message_count ?? 0, "message")))));
  const section = (title, threads) => (threads.length ? [h("h4", {}, title), h("ul", { class: "hits" }, threads.sort((a, b) => compareIds(b.id, a.id)).map(entry))] : []);
  const all = [...section("Active", active), ...section("Archived", archived?.threads ?? [])];
  const dialog = openDialog("Threads", h("div", {}, all.length ? all : h("p", { class: "empty" }, "No threads yet. Start one from a message’s menu.")));
}

/** Search the messages of the open server. */
export function showSearch() {
  const input = h("input", { class: "field", type: "search", placeholder: "Words to look for", "aria-label": "Words to look for" });
  const list = h("ol", { class: "hits" });
  const guildId = app.guildId;
  const look = async (event) => {
    event.preventDefault();
    const found = await attempt(() => app.rest.get(`/guilds/${guildId}/messages/search?content=${encodeURIComponent(input.value)}`));
    const messages = (found?.messages ?? []).flat();
    list.replaceChildren(...messages.map((message) => hit(message, () => {
      dialog.close();
      if (message.channel_id === app.channelId) jumpTo(message.id);
      else emit("open-at", { channelId: message.channel_id, messageId: message.id });
    })));
    if (found && !messages.length) list.append(h("li", { class: "empty" }, "Nothing was found."));
  };
  const dialog = openDialog("Search", h("form", { class: "search", on: { submit: look } }, input, list));
  input.focus();
}
