// The rules of auto-moderation: what they look for, what they do, and whether they are on.

import { app } from "./app.js";
import { checked, confirmed, formDialog, labelled } from "./dialog.js";
import { attempt, count, h, iconButton } from "./dom.js";
import { listView } from "./settings.js";
import { canTalk, THREADS } from "./store.js";

const [KEYWORD, SPAM, PRESET, MENTIONS, PROFILE] = [1, 3, 4, 5, 6];
const KINDS = [[KEYWORD, "Words in messages"], [PRESET, "Lists of words"], [MENTIONS, "Many mentions"], [SPAM, "Spam"], [PROFILE, "Words in profiles"]];
const PRESETS = [[1, "Profanity"], [2, "Sexual content"], [3, "Slurs"]];
const [BLOCK, ALERT, TIMEOUT, BLOCK_MEMBER] = [1, 2, 3, 4];
const SPANS = [[60, "1 minute"], [600, "10 minutes"], [3600, "1 hour"], [86400, "1 day"]];
const NAMES = ["CREATE", "UPDATE", "DELETE"].map((verb) => `AUTO_MODERATION_RULE_${verb}`);

/** The view of a server's rules. */
export async function automodView(guildId) {
  const path = `/guilds/${guildId}/auto-moderation/rules`;
  const list = h("div", { class: "cards" });
  const draw = async () => {
    const all = await app.rest.get(path);
    list.replaceChildren(...all.map((rule) => card(rule, `${path}/${rule.id}`)), ...(all.length ? [] : [h("p", { class: "empty" }, "There are no rules.")]));
  };
  const button = h("button", { type: "button", class: "button primary", on: { click: () => make(path) } }, "Make a rule");
  return listView(list, "Rules that act by themselves on what members write.", button, NAMES, draw);
}

function card(rule, path) {
  const on = checked(rule.name, { checked: rule.enabled });
  on.input.addEventListener("change", async () => {
    const done = await attempt(() => app.rest.patch(path, { enabled: on.input.checked }));
    if (!done) on.input.checked = !on.input.checked;
  });
  const drop = () => confirmed("Delete the rule", `${rule.name} will watch no longer.`, "Delete", () => app.rest.delete(path));
  return h("article", { class: "tile" },
    h("header", { class: "rule-head" }, on.element, iconButton("trash", `Delete ${rule.name}`, drop)),
    h("small", {}, `Looks for ${sought(rule)}`),
    h("small", {}, `Then it ${rule.actions.map(deed).join(", ")}`));
}

function sought({ trigger_type: kind, trigger_metadata: given = {} }) {
  const words = [...(given.keyword_filter ?? []), ...(given.regex_patterns ?? []).map((pattern) => `/${pattern}/`)].join(", ") || "nothing yet";
  const lists = PRESETS.filter(([value]) => given.presets?.includes(value)).map(([, label]) => label.toLowerCase()).join(", ");
  return { [KEYWORD]: words, [SPAM]: "spam", [PRESET]: lists, [MENTIONS]: `more than ${count(given.mention_total_limit ?? 0, "mention")}`, [PROFILE]: `${words} in profiles` }[kind] ?? `something of type ${kind}`;
}

function deed({ type, metadata = {} }) {
  const seconds = metadata.duration_seconds;
  return {
    [BLOCK]: metadata.custom_message ? `blocks the message: “${metadata.custom_message}”` : "blocks the message",
    [ALERT]: `tells #${app.store.channels.get(metadata.channel_id)?.name ?? metadata.channel_id}`,
    [TIMEOUT]: `times out for ${SPANS.find(([span]) => span === seconds)?.[1] ?? count(seconds, "second")}`,
    [BLOCK_MEMBER]: "lets the member do nothing",
  }[type] ?? `does something of type ${type}`;
}

function make(path) {
  const name = h("input", { class: "field", maxlength: 100, required: true });
  const kind = h("select", { class: "field" }, KINDS.map(([value, label]) => h("option", { value }, label)));
  const words = h("textarea", { class: "field", rows: 2, placeholder: "spoiler, *cheat*" });
  const presets = PRESETS.map(([value, label]) => ({ value, ...checked(label, { checked: true }) }));
  const most = h("input", { class: "field", type: "number", min: 0, max: 50, value: 5 });
  const message = h("input", { class: "field", maxlength: 150, placeholder: "Not here, please" });
  const channels = [...app.store.channels.values()].filter((channel) => channel.guild_id === app.guildId && canTalk(channel) && !THREADS.has(channel.type));
  const alert = h("select", { class: "field" }, h("option", { value: "" }, "nobody"), channels.map((channel) => h("option", { value: channel.id }, channel.name)));
  const span = h("select", { class: "field" }, h("option", { value: "" }, "not at all"), SPANS.map(([seconds, label]) => h("option", { value: seconds }, label)));
  const parts = [
    [[KEYWORD, PROFILE], labelled("Words", words, "Separated by commas; * stands for any letters")],
    [[PRESET], h("fieldset", { class: "labelled" }, h("legend", {}, "Lists"), presets.map((item) => item.element))],
    [[MENTIONS], labelled("Mentions a message may have", most)],
    [[KEYWORD, SPAM, PRESET, MENTIONS], labelled("What the writer is told", message, "The message is blocked")],
    [[KEYWORD, SPAM, PRESET, MENTIONS, PROFILE], labelled("Tell moderators in", alert)],
    [[KEYWORD, MENTIONS], labelled("Time the writer out", span)],
  ];
  const settle = () => parts.forEach(([kinds, element]) => { element.hidden = !kinds.includes(Number(kind.value)); });
  kind.addEventListener("change", settle);
  settle();
  const send = () => {
    const trigger = Number(kind.value);
    const metadata = {};
    if (trigger === KEYWORD || trigger === PROFILE) metadata.keyword_filter = words.value.split(",").map((word) => word.trim()).filter(Boolean);
    if (trigger === PRESET) metadata.presets = presets.filter(({ input }) => input.checked).map(({ value }) => value);
    if (trigger === MENTIONS) metadata.mention_total_limit = Number(most.value);
    const actions = [trigger === PROFILE ? { type: BLOCK_MEMBER } : { type: BLOCK, metadata: message.value ? { custom_message: message.value } : {} }];
    if (alert.value) actions.push({ type: ALERT, metadata: { channel_id: alert.value } });
    if (span.value && (trigger === KEYWORD || trigger === MENTIONS)) actions.push({ type: TIMEOUT, metadata: { duration_seconds: Number(span.value) } });
    return app.rest.post(path, { name: name.value.trim(), event_type: trigger === PROFILE ? 2 : 1, trigger_type: trigger, trigger_metadata: metadata, actions, enabled: true });
  };
  return formDialog("Make a rule", [labelled("Name", name), labelled("Looks for", kind), parts.map(([, element]) => element)], { submit: "Make", send });
}
