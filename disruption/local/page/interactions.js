// Using a bot: commands, components and modals all end in one endpoint, which waits for the answer.

import { app, emit } from "./app.js";
import { toast } from "./dom.js";

export const COMMAND = 2;
const COMPONENT = 3;
export const AUTOCOMPLETE = 4;
export const MODAL_SUBMIT = 5;

const MODAL = 9;

/** Make an interaction; resolves to the bot's answer, or null when it was refused or gave none. */
export async function interact(body, who = "The bot") {
  try {
    const answer = await app.control.call("POST", "/interactions", body, { token: app.rest.token });
    if (answer.answer === null && body.type !== AUTOCOMPLETE) {
      emit("notice", `${who} did not respond in time.`);
      return null;
    }
    if (answer.answer === MODAL) emit("modal", { answer, channelId: body.channel_id, who });
    return answer;
  } catch (error) {
    if (body.type !== AUTOCOMPLETE) toast(error.message, "error");
    return null;
  }
}

/** Use a component of a message. */
export const useComponent = (message, component, values) =>
  interact({ type: COMPONENT, channel_id: message.channel_id, message_id: message.id, data: { custom_id: component.custom_id, values } }, message.author.username);

/** Use a command of a message's or a user's context menu. */
export const useMenuCommand = (command, channelId, targetId) =>
  interact({ type: COMMAND, channel_id: channelId, application_id: command.application_id, data: { name: command.name, type: command.type, target_id: targetId } }, command.name);

/** Fetch the commands one may use in a channel; `type` 1 slash, 2 users, 3 messages. */
export async function commandsIn(channelId, type) {
  try {
    const { commands, applications } = await app.control.call("GET", `/commands?channel_id=${channelId}`, undefined, { token: app.rest.token });
    const owners = new Map(applications.map((user) => [user.id, user]));
    return commands.filter((command) => command.type === type).map((command) => ({ ...command, owner: owners.get(command.application_id) }));
  } catch {
    return []; // a channel without bots: nothing to offer
  }
}
