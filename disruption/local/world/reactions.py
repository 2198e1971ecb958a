"""Reactions to messages.

See https://discord.com/developers/docs/resources/message#reaction-object
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import WorldError

if TYPE_CHECKING:
    from .world import World

__all__ = ["MAX_REACTIONS", "Reactions", "parse_emoji", "unknown_emoji"]

#: Different emojis a message can have.
MAX_REACTIONS = 20


def parse_emoji(text: str) -> dict[str, Any]:
    """Read an emoji as it stands in a path: `👍`, or `name:id` of a custom one.

    Raises:
        WorldError: 10014 when it is neither.
    """
    name, separator, identity = text.removeprefix("a:").rpartition(":")
    if separator:
        if not (name and identity.isdecimal()):
            raise unknown_emoji()
        return {"id": identity, "name": name}
    if text.isascii():
        raise unknown_emoji()
    return {"id": None, "name": text}


def unknown_emoji() -> WorldError:
    """Return 10014; where a reaction names it, Discord says 400 and not 404."""
    return WorldError(400, 10014, "Unknown Emoji")


def emoji_key(emoji: dict[str, Any]) -> str:
    """Return what makes two emojis the same one."""
    return str(emoji["id"] or emoji["name"])


class Reactions:
    """Reactions to all messages; part of a `World`. `emoji` is the text in a path."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add(self, channel_id: str, message_id: str, user_id: str, emoji: str) -> None:
        """React to a message; a second time changes nothing."""
        parsed = parse_emoji(emoji)
        with self._world.lock:
            record = self._world.messages.state(channel_id, message_id)
            key = emoji_key(parsed)
            known = self._world.emojis.find(parsed["id"]) if parsed["id"] else None
            if known is not None:
                parsed["name"] = known["name"]
                if known["animated"]:
                    parsed["animated"] = True
            if key not in record.reactions:
                if len(record.reactions) >= MAX_REACTIONS:
                    raise WorldError(400, 30010, "Maximum number of reactions reached (20)")
                record.reactions[key] = (parsed, [])
            parsed, users = record.reactions[key]
            if user_id in users:
                return
            users.append(user_id)
            data = self._data(channel_id, message_id, user_id, parsed)
            if "guild_id" in data:
                data["member"] = self._world.members.get(data["guild_id"], user_id)
            if "webhook_id" not in record.data:
                data["message_author_id"] = record.data["author"]["id"]
            self._world.channels.announce_in(channel_id, "MESSAGE_REACTION_ADD", data)

    def remove(self, channel_id: str, message_id: str, user_id: str, emoji: str) -> None:
        """Take a reaction back, or take away somebody's."""
        parsed = parse_emoji(emoji)
        with self._world.lock:
            record = self._world.messages.state(channel_id, message_id)
            key = emoji_key(parsed)
            _, users = record.reactions.get(key, (parsed, []))
            if user_id not in users:
                return
            users.remove(user_id)
            if not users:
                del record.reactions[key]
            data = self._data(channel_id, message_id, user_id, parsed)
            self._world.channels.announce_in(channel_id, "MESSAGE_REACTION_REMOVE", data)

    def users(
        self, channel_id: str, message_id: str, emoji: str, *, limit: int = 25, after: str = "0"
    ) -> list[dict[str, Any]]:
        """Return who reacted so, in the order of their ids, those above `after`."""
        key = emoji_key(parse_emoji(emoji))
        with self._world.lock:
            record = self._world.messages.state(channel_id, message_id)
            _, users = record.reactions.get(key, ({}, []))
            chosen = [user for user in sorted(users, key=int) if int(user) > int(after)]
            return [self._world.users.get(user) for user in chosen[:limit]]

    def clear(self, channel_id: str, message_id: str) -> None:
        """Remove every reaction."""
        with self._world.lock:
            self._world.messages.state(channel_id, message_id).reactions.clear()
            data = self._data(channel_id, message_id)
            self._world.channels.announce_in(channel_id, "MESSAGE_REACTION_REMOVE_ALL", data)

    def clear_emoji(self, channel_id: str, message_id: str, emoji: str) -> None:
        """Remove every reaction with one emoji."""
        parsed = parse_emoji(emoji)
        with self._world.lock:
            record = self._world.messages.state(channel_id, message_id)
            record.reactions.pop(emoji_key(parsed), None)
            data = {**self._data(channel_id, message_id), "emoji": parsed}
            self._world.channels.announce_in(channel_id, "MESSAGE_REACTION_REMOVE_EMOJI", data)

    def _data(
        self,
        channel_id: str,
        message_id: str,
        user_id: str | None = None,
        emoji: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        data: dict[str, Any] = {"channel_id": channel_id, "message_id": message_id}
        guild_id = self._world.channels.state(channel_id).get("guild_id")
        if guild_id is not None:
            data["guild_id"] = guild_id
        if user_id is not None:
            data.update(user_id=user_id, emoji=emoji, burst=False, type=0)
        return data
