// Being in a voice channel: joining and leaving it, one's microphone, and who is there.

import { app, emit, on } from "./app.js";
import { avatar } from "./avatar.js";
import { byId, h, icon, iconButton } from "./dom.js";

const VOICE = new Set([2, 13]);

/** Tell whether people can be in a channel by voice. */
export const isVoice = (channel) => VOICE.has(channel?.type);

/** Where the current person is by voice: their state with its guild's id, or null. */
function myVoice() {
  for (const guild of app.store.guilds.values()) {
    const state = guild.voice.get(app.store.me?.id);
    if (state) return { ...state, guild_id: guild.id };
  }
  return null;
}

function change(guildId, channelId, { self_mute = false, self_deaf = false } = {}) {
  app.gateway.send(4, { guild_id: guildId, channel_id: channelId, self_mute, self_deaf });
}

/** The button over a voice channel that joins or leaves it. */
export function voiceButton(channel) {
  const here = myVoice()?.channel_id === channel.id;
  return h("button", { type: "button", class: here ? "button danger" : "button success", on: { click: () => change(channel.guild_id, here ? null : channel.id) } },
    icon("voice", 16), here ? "Leave" : "Join");
}

/** Who is in a voice channel, as rows of the sidebar. */
export function voiceRows(channel) {
  const guild = app.store.guilds.get(channel.guild_id);
  return [...guild.voice.values()].filter((state) => state.channel_id === channel.id).map((state) => {
    const user = app.store.users.get(state.user_id) ?? { id: state.user_id, username: state.user_id };
    const silent = state.mute || state.self_mute || state.suppress;
    return h("button", { type: "button", class: "channel speaker", data: { user: user.id } }, avatar(user, { guildId: guild.id }),
      h("span", { class: "channel-name" }, app.store.nameOf(user, guild.id)), silent ? icon("mute", 14) : null, state.deaf || state.self_deaf ? icon("deaf", 14) : null);
  });
}

/** The strip above one's name while one is in a voice channel. */
function drawStrip() {
  const state = myVoice();
  const strip = byId("voice");
  strip.hidden = !state;
  if (!state) return;
  const channel = app.store.channels.get(state.channel_id);
  const flip = (key) => () => change(state.guild_id, state.channel_id, { ...state, [key]: !state[key] });
  strip.replaceChildren(
    h("button", { type: "button", class: "me-text", on: { click: () => emit("open", state.channel_id) } }, h("strong", { class: "good" }, "In voice"), h("small", {}, channel?.name ?? "")),
    iconButton("mute", state.self_mute ? "Unmute" : "Mute", flip("self_mute"), { "aria-pressed": String(state.self_mute) }),
    iconButton("deaf", state.self_deaf ? "Undeafen" : "Deafen", flip("self_deaf"), { "aria-pressed": String(state.self_deaf) }),
    iconButton("exit", "Leave the voice channel", () => change(state.guild_id, null)));
}

for (const name of ["VOICE_STATE_UPDATE", "GUILD_CREATE", "GUILD_DELETE", "READY"]) on(name, drawStrip);
