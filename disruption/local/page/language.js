// Names in the language of the person one plays, as far as their bots have given them.

import { app } from "./app.js";

/** A name or description in the current person's language, as far as the bot has given it. */
export const localised = (item, key) => item[`${key}_localizations`]?.[app.store.me.locale] ?? item[key];
