// The views that few visits open: each is fetched, with all the others, when one is first asked for.

import { attempt } from "./dom.js";
import { unanswered } from "./rest.js";

/** Open something of a module that may not have come yet. */
const opened = (module, name) => (...given) => attempt(async () => (await module().catch(unanswered))[name](...given));

export const botSettings = opened(() => import("./bot-settings.js"), "botSettings");
export const channelSettings = opened(() => import("./channel-settings.js"), "channelSettings");
export const guildSettings = opened(() => import("./guild-settings.js"), "guildSettings");
export const personSettings = opened(() => import("./person-settings.js"), "personSettings");
export const askPoll = opened(() => import("./poll-form.js"), "askPoll");
export const pickSticker = opened(() => import("./stickers.js"), "pickSticker");
export const chooseLanguage = opened(() => import("./language-form.js"), "chooseLanguage");
export const showPins = opened(() => import("./finder.js"), "showPins");
export const showSearch = opened(() => import("./finder.js"), "showSearch");
export const showThreads = opened(() => import("./finder.js"), "showThreads");
export const addBot = opened(() => import("./making.js"), "addBot");
export const addPerson = opened(() => import("./making.js"), "addPerson");
export const makeChannel = opened(() => import("./making.js"), "makeChannel");
export const makeGuild = opened(() => import("./making.js"), "makeGuild");

/** Begin to look at what goes over the wire, or look no longer. */
export const inspect = (panel) => attempt(async () => {
  const { start, stop } = await import("./inspector.js").catch(unanswered);
  if (panel.hidden) stop();
  else start();
});
