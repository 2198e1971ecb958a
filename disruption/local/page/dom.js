// Building the page: every text goes in as text, never as HTML.

/**
 * Make an element. `props` are attributes; `on` holds listeners, `data` data attributes, `style`
 * CSS properties; a value of null, undefined or false leaves an attribute out.
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") {
      for (const [name, listener] of Object.entries(value)) element.addEventListener(name, listener);
    } else if (key === "data") Object.assign(element.dataset, value);
    else if (key === "style") {
      for (const [name, setting] of Object.entries(value)) element.style.setProperty(name, setting);
    } else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Find an element of the skeleton. */
export const byId = (id) => document.getElementById(id);

const ICONS = {
  hash: "M9 3 7 21M17 3l-2 18M4 8h17M3 16h17",
  thread: "M5 4v10a4 4 0 0 0 4 4h10M15 14l4 4-4 4",
  voice: "M4 9v6h4l6 5V4L8 9zM17.500 8.500a5 5 0 0 1 0 7",
  forum: "M4 5h16v11H9l-5 4zM8 9h8M8 12h5",
  news: "M4 10v4h3l9 5V5l-9 5zM8 15v5",
  people: "M8 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2 20a6 6 0 0 1 12 0M16 4.500a3.500 3.500 0 0 1 0 6.500M17 14.500a6 6 0 0 1 5 5.500",
  pulse: "M2 12h5l3-8 4 16 3-8h5",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.500 1.500M17.500 17.500 19 19M5 19l1.500-1.500M17.500 6.500 19 5",
  plus: "M12 5v14M5 12h14",
  reply: "M10 5 4 11l6 6M4 11h9a7 7 0 0 1 7 7",
  forward: "M14 5l6 6-6 6M20 11h-9a7 7 0 0 0-7 7",
  pencil: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.500 14.500a4.500 4.500 0 0 0 7 0M9 9.500v.1M15 9.500v.1",
  more: "M5 12v.1M12 12v.1M19 12v.1",
  close: "M6 6l12 12M18 6 6 18",
  menu: "M4 7h16M4 12h16M4 17h16",
  chat: "M4 5h16v11H9l-5 4z",
  clip: "M20 11l-8.500 8.500a5 5 0 0 1-7-7L13 4a3.300 3.300 0 0 1 4.700 4.700L9.500 17a1.600 1.600 0 0 1-2.300-2.300L15 7",
  send: "M4 12 20 4l-5 16-4-7z",
  down: "M6 9l6 6 6-6",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  up: "M6 15l6-6 6 6",
  slash: "M7 19 17 5",
  check: "M5 12l5 5 9-11",
  shield: "M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6z",
  mute: "M9 9V6a3 3 0 0 1 6 0v5M9 11v1a3 3 0 0 0 5 2M5 11a7 7 0 0 0 12 5M12 18v3M4 3l17 17",
  deaf: "M5 15v-3a7 7 0 0 1 12-5M19 12v3M5 15h3v5H6a1 1 0 0 1-1-1zM19 15h-3v2M4 3l17 17",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 3",
  exit: "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  gear: "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM10.500 3h3l.5 2.500 2 .9 2.200-1.400 2.100 2.100-1.400 2.200.9 2 2.500.5v3l-2.500.5-.9 2 1.400 2.200-2.100 2.100-2.200-1.400-2 .9-.5 2.500h-3l-.5-2.500-2-.9-2.200 1.400-2.100-2.100 1.400-2.200-.9-2L2 13.500v-3l2.500-.5.9-2L4 5.800l2.100-2.100L8.300 5l2-.9z",
  search: "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500 20 20",
  window: "M4 5h16v14H4zM4 9h16",
  globe: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
  calendar: "M4 6h16v14H4zM4 10.500h16M8 3v5M16 3v5",
  sticker: "M5 4h14v9l-6 7H5zM13 20v-7h6M9 9v.1M15 9v.1",
  bars: "M4 6h10M4 12h16M4 18h7",
  bot: "M5 9h14v10H5zM12 9V5M9 13v1M15 13v1",
};

/** Draw an icon of the set above. */
export function icon(name, size = 18) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", width: size, height: size, class: "icon", "aria-hidden": "true" })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that is only an icon. */
export function iconButton(name, label, click, props = {}) {
  return h("button", { type: "button", class: "icon-button", title: label, "aria-label": label, on: { click }, ...props }, icon(name));
}

/** A number of things, `plural` where it is not one. */
export const count = (number, one, plural = `${one}s`) => `${number} ${number === 1 ? one : plural}`;

/** Say something for a few seconds. */
export function toast(text, kind = "info") {
  const element = h("div", { class: `toast ${kind}` }, text);
  const box = byId("toasts");
  box.append(element);
  if (box.matches(":popover-open")) box.hidePopover();
  box.showPopover(); // over whatever has been opened since
  const end = () => {
    element.remove();
    if (!box.childElementCount) box.hidePopover();
  };
  setTimeout(end, kind === "error" ? 8000 : 4000);
}

/** Put a text in the clipboard. */
export const copied = (text) => attempt(async () => {
  await navigator.clipboard.writeText(text);
  toast("Copied");
});

/** Run something that may fail, and say so when it does. */
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    toast(error.message, "error");
    return undefined;
  }
}
