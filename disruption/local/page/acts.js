// What a person does to a message or a channel: one call of REST each.

import { app, emit } from "./app.js";
import { attempt } from "./dom.js";

const at = (message) => `/channels/${message.channel_id}/messages/${message.id}`;

const emojiPath = (emoji) => encodeURIComponent(emoji.id ? `${emoji.name}:${emoji.id}` : emoji.name);

export const react = (message, emoji) => attempt(() => app.rest.put(`${at(message)}/reactions/${emojiPath(emoji)}/@me`));

/** Who has reacted with an emoji; asked for when somebody points at it. */
export const reactors = (message, emoji) => app.rest.get(`${at(message)}/reactions/${emojiPath(emoji)}?limit=20`).catch(() => []);

export const toggleReaction = (message, emoji, mine) =>
  mine ? attempt(() => app.rest.delete(`${at(message)}/reactions/${emojiPath(emoji)}/@me`)) : react(message, emoji);

export const remove = (message) => app.rest.delete(at(message));

export const edit = (message, content) => attempt(() => app.rest.patch(at(message), { content }));

export const pin = (message) =>
  attempt(() => {
    const path = `/channels/${message.channel_id}/messages/pins/${message.id}`;
    return message.pinned ? app.rest.delete(path) : app.rest.put(path);
  });

export const startThread = (message, name) =>
  attempt(async () => {
    const thread = await app.rest.post(`${at(message)}/threads`, { name });
    app.store.CHANNEL_CREATE(thread);
    emit("open", thread.id);
  });

/** Send a message on to another channel. */
export const forward = (message, channelId) =>
  attempt(() => app.rest.post(`/channels/${channelId}/messages`, { message_reference: { type: 1, message_id: message.id, channel_id: message.channel_id } }));

/** Let those who follow an announcement channel have a message, too. */
export const publish = (message) => attempt(() => app.rest.post(`${at(message)}/crosspost`));

/** End one's own poll before its time. */
export const endPoll = (message) => attempt(() => app.rest.post(`/channels/${message.channel_id}/polls/${message.id}/expire`));

/** Start a thread of its own in a channel. */
export const openThread = (channelId, name) =>
  attempt(async () => {
    const thread = await app.rest.post(`/channels/${channelId}/threads`, { name, type: 11 });
    app.store.CHANNEL_CREATE(thread);
    emit("open", thread.id);
  });

/** Open the direct messages with somebody. */
export const openDirect = (userId) =>
  attempt(async () => {
    const channel = await app.rest.post("/users/@me/channels", { recipient_id: userId });
    app.store.CHANNEL_CREATE(channel);
    emit("channels");
    emit("open", channel.id);
  });
