// A small set of emoji to pick from, and the guild's own.

import { app } from "./app.js";
import { h } from "./dom.js";
import { emojiNode } from "./markdown.js";
import { openPopover } from "./popover.js";

const TABLE = `grinning😀 smile😄 joy😂 rofl🤣 wink😉 blush😊 heart_eyes😍 kissing😘 yum😋 sunglasses😎 thinking🤔
neutral😐 rolling_eyes🙄 smirk😏 sleeping😴 relieved😌 sad😢 sob😭 angry😠 rage😡 scream😱 flushed😳 dizzy😵 party🥳
nerd🤓 cowboy🤠 robot🤖 ghost👻 skull💀 alien👽 poop💩 clown🤡 wave👋 ok_hand👌 victory✌️ fingers_crossed🤞 point_up☝️
point_right👉 point_left👈 thumbsup👍 thumbsdown👎 fist✊ clap👏 raised_hands🙌 pray🙏 muscle💪 eyes👀 brain🧠
heart❤️ orange_heart🧡 yellow_heart💛 green_heart💚 blue_heart💙 purple_heart💜 black_heart🖤 broken_heart💔 sparkles✨
star⭐ fire🔥 boom💥 zap⚡ rainbow🌈 sun☀️ moon🌙 snowflake❄️ umbrella☔ tada🎉 gift🎁 trophy🏆 medal🏅 dart🎯 game_die🎲
guitar🎸 art🎨 soccer⚽ coffee☕ pizza🍕 cake🍰 apple🍎 beer🍺 dog🐶 cat🐱 fox🦊 panda🐼 unicorn🦄 bee🐝 snake🐍 crab🦀
tree🌲 flower🌸 earth🌍 rocket🚀 car🚗 house🏠 bulb💡 computer💻 phone📱 lock🔒 key🔑 hammer🔨 wrench🔧 gear⚙️ link🔗
pushpin📌 memo📝 book📖 calendar📅 chart📈 mag🔍 bell🔔 mega📣 hourglass⌛ alarm⏰ check✅ x❌ warning⚠️ question❓
exclamation❗ hundred💯 no_entry⛔ recycle♻️ plus➕ minus➖ arrow_up⬆️ arrow_down⬇️ arrow_left⬅️ arrow_right➡️
one1️⃣ two2️⃣ three3️⃣ four4️⃣ five5️⃣`;

/** Every emoji as `{name, id?}` with the word one finds it by. */
export function allEmoji() {
  const own = (app.store.guilds.get(app.guildId)?.emojis ?? []).map((emoji) => ({ word: emoji.name, emoji: { id: emoji.id, name: emoji.name, animated: emoji.animated } }));
  const plain = TABLE.split(/\s+/).map((entry) => {
    const [, word, symbol] = /^([a-z_]+)(.+)$/u.exec(entry);
    return { word, emoji: { name: symbol } };
  });
  return [...own, ...plain];
}

/** Those a reaction most often is. */
export const QUICK = ["👍", "❤️", "😂", "🎉", "👀", "✅"];

/** How an emoji is written in a message. */
export const written = (emoji) => (emoji.id ? `<${emoji.animated ? "a" : ""}:${emoji.name}:${emoji.id}>` : emoji.name);

/** Open the picker at an element; `choose(emoji)` gets the one that was picked. */
export function pickEmoji(anchor, choose) {
  const grid = h("div", { class: "emoji-grid" });
  const search = h("input", { class: "field", placeholder: "Find an emoji", "aria-label": "Find an emoji" });
  const panel = h("div", { class: "emoji-panel" }, search, grid);
  const fill = () => {
    const wanted = search.value.trim().toLowerCase();
    const fitting = allEmoji().filter((item) => item.word.includes(wanted));
    grid.replaceChildren(...fitting.map((item) => h("button", { type: "button", title: `:${item.word}:`, "aria-label": item.word, on: { click: () => { panel.hidePopover(); choose(item.emoji); } } }, emojiNode(item.emoji))));
  };
  search.addEventListener("input", fill);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // in a dialog it would send the form
    grid.querySelector("button")?.click();
  });
  fill();
  openPopover(panel, anchor);
  search.focus();
}
