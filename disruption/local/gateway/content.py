"""What a bot without MESSAGE_CONTENT sees of a message.

See https://discord.com/developers/docs/events/gateway#message-content-intent
"""

from __future__ import annotations

from typing import Any

from .intents import INTENTS

__all__ = ["HIDEABLE", "hides_content", "without_content"]

#: Events that tell what somebody wrote.
HIDEABLE = frozenset({"MESSAGE_CREATE", "MESSAGE_UPDATE", "AUTO_MODERATION_ACTION_EXECUTION"})

_CONTENT = INTENTS["MESSAGE_CONTENT"]
_EMPTY: dict[str, Any] = {"content": "", "embeds": [], "attachments": [], "components": []}


def hides_content(message: dict[str, Any], viewer_id: str, intents: int) -> bool:
    """Tell whether a message's content is kept from a bot.

    It is not in direct messages, in messages the bot wrote itself, and where it is mentioned.
    """
    if "rule_id" in message:
        return not intents & _CONTENT
    if intents & _CONTENT or "guild_id" not in message:
        return False
    if message["author"]["id"] == viewer_id or message.get("application_id") == viewer_id:
        return False
    return all(user["id"] != viewer_id for user in message["mentions"])


def without_content(message: dict[str, Any]) -> dict[str, Any]:
    """Return a message with its content emptied, that of what it quotes too."""
    if "rule_id" in message:
        return {**message, "content": "", "matched_content": ""}
    hidden = {**message, **_EMPTY}
    hidden.pop("poll", None)
    if message.get("referenced_message"):
        hidden["referenced_message"] = {**message["referenced_message"], **_EMPTY}
        hidden["referenced_message"].pop("poll", None)
    if message.get("message_snapshots"):
        hidden["message_snapshots"] = [
            {"message": {**item["message"], **_EMPTY}} for item in message["message_snapshots"]
        ]
    return hidden
