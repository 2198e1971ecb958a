// What a person reads while writing, and what Discord writes for it: @Ann is <@1234>.

import { app } from "./app.js";

const CODE = /<(?:@!?(\d+)|@&(\d+)|#(\d+))>/g;

/** The names one has chosen in a text, by what stands for them. */
export class Names {
  constructor() {
    this.codes = new Map(); // name as it is read -> code
  }

  /** Remember a name; returns how it is read. */
  add(name, code) {
    this.codes.set(name, code);
    return name;
  }

  /** The text as it is sent: longer names first, one may begin like another. */
  encode(text) {
    const names = [...this.codes.keys()].sort((a, b) => b.length - a.length);
    return names.reduce((all, name) => all.replaceAll(name, () => this.codes.get(name)), text);
  }

  /** A text that was sent, as it is read. */
  decode(text, guildId) {
    const guild = app.store.guilds.get(guildId);
    return text.replace(CODE, (code, user, role, channel) => {
      const known = app.store.users.get(user) ?? guild?.roles.get(role) ?? app.store.channels.get(channel);
      if (!known) return code;
      if (user) return this.add(`@${app.store.nameOf(known, guildId)}`, code);
      return this.add(role ? `@${known.name.replace(/^@/, "")}` : `#${known.name}`, code);
    });
  }
}
