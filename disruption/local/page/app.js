// What every part of the page shares: who is played, where one is, and who wants to know.

const listeners = new Map();

export const app = {
  /** The run's own endpoints (`Control`), REST as the current person (`Rest`), the gateway. */
  control: null,
  rest: null,
  gateway: null,
  /** What the current person knows of the world (`Store`). */
  store: null,
  /** Everybody one can be: `{user, token}`. */
  people: [],
  bots: [],
  faultKinds: {},
  /** By how many milliseconds the world's time is ahead. */
  ahead: 0,
  /** Each permission's bit by its name, and what audit-log entries of a number are called. */
  permissions: {},
  auditActions: {},
  /** How the current person is to be seen: online, idle, dnd or invisible. */
  status: "online",
  guildId: null,
  channelId: null,
};

/** The world's time in milliseconds, which may be ahead of this machine's. */
export const now = () => Date.now() + app.ahead;

/** Learn what the time is. */
export function setNow(text) {
  app.ahead = Math.max(app.ahead, Date.parse(text) - Date.now());
}

/** Call `listener` for everything that is emitted under a name; returns a function that ends it. */
export function on(name, listener) {
  if (!listeners.has(name)) listeners.set(name, new Set());
  listeners.get(name).add(listener);
  return () => listeners.get(name).delete(listener);
}

/** Tell everybody who listens to a name. */
export function emit(name, data) {
  for (const listener of listeners.get(name) ?? []) listener(data);
}

/** Call something at most once a frame, however often it is asked for. */
export function throttled(action) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      action();
    });
  };
}
