"""Reactions to messages.

See https://discord.com/developers/docs/resources/message#create-reaction
"""

from __future__ import annotations

from typing import Any

from ...world.reactions import parse_emoji, unknown_emoji
from ..routing import Call, Routes

routes = Routes()

_REACTIONS = "/channels/{channel_id}/messages/{message_id}/reactions"
_EMOJI = _REACTIONS + "/{emoji_name}"


@routes.put(_EMOJI + "/@me")
def create_reaction(call: Call, channel_id: str, message_id: str, emoji_name: str) -> None:
    """React to a message; joining others' reaction needs no ADD_REACTIONS."""
    world = call.world
    world.permissions.require(call.user_id, channel_id, "READ_MESSAGE_HISTORY")
    if not world.reactions.users(channel_id, message_id, emoji_name, limit=1):
        world.permissions.require(call.user_id, channel_id, "ADD_REACTIONS")
        custom_id = parse_emoji(emoji_name)["id"]
        if custom_id is not None and world.emojis.find(custom_id) is None:
            raise unknown_emoji()
    world.reactions.add(channel_id, message_id, call.user_id, emoji_name)


@routes.delete(_EMOJI + "/@me")
def delete_own_reaction(call: Call, channel_id: str, message_id: str, emoji_name: str) -> None:
    """Take the bot's own reaction back."""
    call.world.permissions.require(call.user_id, channel_id, "READ_MESSAGE_HISTORY")
    call.world.reactions.remove(channel_id, message_id, call.user_id, emoji_name)


@routes.delete(_EMOJI + "/{user_id}")
def delete_user_reaction(
    call: Call, channel_id: str, message_id: str, emoji_name: str, user_id: str
) -> None:
    """Take somebody's reaction away."""
    if user_id != call.user_id:
        call.world.permissions.require(call.user_id, channel_id, "MANAGE_MESSAGES")
    call.world.reactions.remove(channel_id, message_id, user_id, emoji_name)


@routes.get(_EMOJI)
def get_reactions(
    call: Call, channel_id: str, message_id: str, emoji_name: str
) -> list[dict[str, Any]]:
    """Return who reacted so, in the order of their ids; nobody reacts with a burst here."""
    call.world.permissions.require(call.user_id, channel_id, "READ_MESSAGE_HISTORY")
    limit = call.integer("limit", 25, 1, 100)
    after = call.snowflake("after") or "0"
    users = call.world.reactions.users(channel_id, message_id, emoji_name, limit=limit, after=after)
    return [] if call.integer("type", 0, 0, 1) == 1 else users


@routes.delete(_REACTIONS)
def delete_all_reactions(call: Call, channel_id: str, message_id: str) -> None:
    """Remove every reaction."""
    call.world.permissions.require(call.user_id, channel_id, "MANAGE_MESSAGES")
    call.world.reactions.clear(channel_id, message_id)


@routes.delete(_EMOJI)
def delete_all_reactions_for_emoji(
    call: Call, channel_id: str, message_id: str, emoji_name: str
) -> None:
    """Remove every reaction with one emoji."""
    call.world.permissions.require(call.user_id, channel_id, "MANAGE_MESSAGES")
    call.world.reactions.clear_emoji(channel_id, message_id, emoji_name)
