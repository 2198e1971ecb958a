// A forum: its posts by their latest message, by tag, and a form for a new one.

import { app, emit, on, throttled } from "./app.js";
import { avatar } from "./avatar.js";
import { formDialog, labelled } from "./dialog.js";
import { attempt, byId, h, icon } from "./dom.js";
import { ago, emojiNode, inlineMarkdown } from "./markdown.js";
import { localPath } from "./media.js";
import { compareIds, timeOfId } from "./store.js";

const FORUMS = new Set([15, 16]);
const MEDIA = 16;

const starters = new Map(); // thread id -> its first message, or null where there is none
let shown = null; // the forum that is open
let wanted = null; // the tag that is looked for

/** Tell whether a channel is a forum. */
export const isForum = (channel) => FORUMS.has(channel?.type);

/** Show a forum, or (null) none. */
export async function openForum(channel) {
  shown = channel?.id ?? null;
  wanted = null;
  byId("forum").hidden = !channel;
  byId("scroller").hidden = Boolean(channel);
  if (!channel) return;
  draw();
  const archived = await attempt(() => app.rest.get(`/channels/${channel.id}/threads/archived/public`));
  for (const thread of archived?.threads ?? []) app.store.THREAD_CREATE({ ...thread, guild_id: channel.guild_id });
  draw();
}

const postsOf = (forum) => [...app.store.channels.values()]
  .filter((thread) => thread.parent_id === forum.id && (!wanted || thread.applied_tags?.includes(wanted)))
  .sort((a, b) => isPinned(b) - isPinned(a) || compareIds(b.last_message_id ?? b.id, a.last_message_id ?? a.id));

const isPinned = (thread) => Boolean(thread.flags & 2);

function draw() {
  const forum = app.store.channels.get(shown);
  if (!forum || !isForum(forum)) return;
  const posts = postsOf(forum);
  const tags = forum.available_tags ?? [];
  byId("forum").replaceChildren(
    h("div", { class: "forum-head" },
      h("button", { type: "button", class: "button primary", on: { click: () => newPost(forum) } }, icon("plus", 16), "New post"),
      tags.map((tag) => h("button", { type: "button", class: "tag", "aria-pressed": String(wanted === tag.id), on: { click: () => { wanted = wanted === tag.id ? null : tag.id; draw(); } } }, tagFace(tag)))),
    h("ol", { class: forum.type === MEDIA ? "posts media" : "posts", "aria-label": "Posts" }, posts.map((post) => card(post, forum))),
    posts.length ? "" : h("p", { class: "empty" }, wanted ? "No post has this tag." : "No posts yet. Write the first one."));
}

const redraw = throttled(draw);

const tagFace = (tag) => [tag.emoji_name || tag.emoji_id ? emojiNode({ id: tag.emoji_id, name: tag.emoji_name }) : null, tag.name];

function card(post, forum) {
  if (!starters.has(post.id)) fetchStarter(post);
  const starter = starters.get(post.id);
  const author = starter?.author ?? app.store.users.get(post.owner_id);
  const picture = (starter?.attachments ?? []).find((file) => file.content_type?.startsWith("image/") && localPath(file.url));
  const tags = (post.applied_tags ?? []).map((id) => forum.available_tags?.find((tag) => tag.id === id)).filter(Boolean);
  const last = post.last_message_id ?? post.id;
  return h("li", {}, h("button", { type: "button", class: "post", on: { click: () => emit("open", post.id) } },
    h("span", { class: "post-text" },
      tags.length || isPinned(post) ? h("span", { class: "post-tags" }, isPinned(post) ? h("span", { class: "tag" }, icon("pin", 12), "Pinned") : null, tags.map((tag) => h("span", { class: "tag" }, tagFace(tag)))) : null,
      h("strong", {}, post.thread_metadata?.locked ? icon("lock", 14) : null, post.name),
      h("span", { class: "post-start" }, author ? h("b", {}, `${app.store.nameOf(author, app.guildId)}: `) : null, starter ? inlineMarkdown(starter.content.slice(0, 200), app.guildId) : null),
      h("small", {}, author ? avatar(author, { guildId: app.guildId }) : null, icon("chat", 14), String(post.message_count ?? 0), " • ", ago(timeOfId(last)), post.thread_metadata?.archived ? " • archived" : null)),
    picture ? h("img", { class: "post-picture", src: localPath(picture.url), alt: "", loading: "lazy" }) : null));
}

async function fetchStarter(post) {
  starters.set(post.id, null);
  starters.set(post.id, await app.rest.get(`/channels/${post.id}/messages/${post.id}`).catch(() => null)); // deleted: nothing to show
  redraw();
}

function newPost(forum) {
  const title = h("input", { class: "field", maxlength: 100, required: true });
  const text = h("textarea", { class: "field", rows: 6, maxlength: 4000 });
  const files = h("input", { type: "file", class: "field", multiple: true });
  const chosen = new Set();
  const tags = (forum.available_tags ?? []).map((tag) => h("button", { type: "button", class: "tag", "aria-pressed": "false", on: { click: (event) => {
    if (!chosen.delete(tag.id)) chosen.add(tag.id);
    event.currentTarget.setAttribute("aria-pressed", String(chosen.has(tag.id)));
  } } }, tagFace(tag)));
  const send = async () => {
    const given = [...files.files];
    const message = { content: text.value };
    if (given.length) message.attachments = given.map((file, index) => ({ id: index, filename: file.name }));
    const post = await app.rest.post(`/channels/${forum.id}/threads`, { name: title.value, applied_tags: [...chosen], message }, given);
    app.store.THREAD_CREATE(post);
    emit("open", post.id);
  };
  return formDialog(`New post in ${forum.name}`, [
    forum.topic ? h("p", { class: "plain-text" }, forum.topic) : null,
    labelled("Title", title), labelled("Message", text),
    tags.length ? h("fieldset", { class: "labelled" }, h("legend", {}, "Tags"), h("div", { class: "forum-tags" }, tags)) : null,
    labelled("Files", files)], { submit: "Post", send });
}

for (const name of ["THREAD_CREATE", "THREAD_UPDATE", "THREAD_DELETE", "CHANNEL_UPDATE", "MESSAGE_CREATE"]) on(name, () => shown && redraw());
on("MESSAGE_UPDATE", (message) => {
  if (starters.has(message.id)) starters.set(message.id, { ...starters.get(message.id), ...message });
  if (shown) redraw();
});
