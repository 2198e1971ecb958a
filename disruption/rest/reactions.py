"""Reactions.

See https://discord.com/developers/docs/resources/message#create-reaction
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from disruption.rest.checks import between, integer
from disruption.rest.core import RestCore
from disruption.rest.paging import paged
from disruption.rest.route import Route, SnowflakeLike, snowflake
from disruption.types import User

__all__ = ["ReactionRoutes"]

_REACTIONS: Final = "/channels/{channel_id}/messages/{message_id}/reactions"
_REACTION: Final = _REACTIONS + "/{emoji_name}"

_KIN: Final = "reactions"

_REACT = Route("PUT", _REACTION + "/@me", kin=_KIN)
_UNREACT_OWN = Route("DELETE", _REACTION + "/@me", kin=_KIN)
_UNREACT = Route("DELETE", _REACTION + "/{user_id}", kin=_KIN)
_REACTORS = Route("GET", _REACTION)
_UNREACT_EMOJI = Route("DELETE", _REACTION, kin=_KIN)
_UNREACT_ALL = Route("DELETE", _REACTIONS, kin=_KIN)

_PAGE: Final = 100


class ReactionRoutes(RestCore):
    """Reactions."""

    def create_reaction(
        self,
        channel_id: SnowflakeLike,
        message_id: SnowflakeLike,
        emoji: object,
        *,
        timeout: float | None = None,
    ) -> None:
        """React to a message.

        Args:
            channel_id: Where it is.
            message_id: Which one.
            emoji: ``👍``, ``name:id``, ``<:name:id>`` or an Emoji.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: That is no emoji.
            BadRequest: Discord does not know the emoji.

        See https://discord.com/developers/docs/resources/message#create-reaction
        """
        self._do(_REACT(channel_id, message_id, emoji), timeout=timeout)

    def delete_own_reaction(
        self,
        channel_id: SnowflakeLike,
        message_id: SnowflakeLike,
        emoji: object,
        *,
        timeout: float | None = None,
    ) -> None:
        """Take the bot's own reaction back.

        See https://discord.com/developers/docs/resources/message#delete-own-reaction
        """
        self._do(_UNREACT_OWN(channel_id, message_id, emoji), timeout=timeout)

    def delete_user_reaction(
        self,
        channel_id: SnowflakeLike,
        message_id: SnowflakeLike,
        emoji: object,
        user_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> None:
        """Delete somebody's reaction.

        Raises:
            Forbidden: MANAGE_MESSAGES is missing.

        See https://discord.com/developers/docs/resources/message#delete-user-reaction
        """
        self._do(_UNREACT(channel_id, message_id, emoji, user_id), timeout=timeout)

    def get_reactions(
        self,
        channel_id: SnowflakeLike,
        message_id: SnowflakeLike,
        emoji: object,
        *,
        type: int | None = None,
        after: SnowflakeLike | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> list[User]:
        """Get who reacted with an emoji.

        Args:
            channel_id: Where the message is.
            message_id: Which one.
            emoji: ``👍``, ``name:id``, ``<:name:id>`` or an Emoji.
            type: 0 for normal reactions (the default), 1 for bursts.
            after: Users after this one.
            limit: How many, 1 to 100; Discord's default is 25.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/message#get-reactions
        """
        between("limit", limit, 1, 100)
        query = {
            "type": None if type is None else integer("type", type),
            "after": None if after is None else snowflake(after, "after"),
            "limit": limit,
        }
        target = _REACTORS(channel_id, message_id, emoji)
        return self._fetch(list[User], target, query=query, timeout=timeout)

    def iter_reactions(
        self,
        channel_id: SnowflakeLike,
        message_id: SnowflakeLike,
        emoji: object,
        *,
        type: int | None = None,
        after: SnowflakeLike | None = None,
        limit: int | None = None,
    ) -> Iterator[User]:
        """Go through those who reacted with an emoji, by id.

        Args:
            channel_id: Where the message is.
            message_id: Which one.
            emoji: ``👍``, ``name:id``, ``<:name:id>`` or an Emoji.
            type: 0 for normal reactions (the default), 1 for bursts.
            after: Users after this one.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/message#get-reactions
        """

        def fetch(cursor: int | None, size: int) -> tuple[list[User], int | None]:
            found = self.get_reactions(
                channel_id, message_id, emoji, type=type, after=cursor, limit=size
            )
            last = max((user.id for user in found), default=0)
            return found, last if len(found) >= size and last != cursor else None

        start: int | None = None if after is None else snowflake(after, "after")
        return paged(fetch, start=start, limit=limit, page=_PAGE)

    def delete_all_reactions(
        self,
        channel_id: SnowflakeLike,
        message_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> None:
        """Delete all reactions to a message.

        Raises:
            Forbidden: MANAGE_MESSAGES is missing.

        See https://discord.com/developers/docs/resources/message#delete-all-reactions
        """
        self._do(_UNREACT_ALL(channel_id, message_id), timeout=timeout)

    def delete_all_reactions_for_emoji(
        self,
        channel_id: SnowflakeLike,
        message_id: SnowflakeLike,
        emoji: object,
        *,
        timeout: float | None = None,
    ) -> None:
        """Delete all reactions with one emoji.

        Raises:
            Forbidden: MANAGE_MESSAGES is missing.

        See https://discord.com/developers/docs/resources/message#delete-all-reactions-for-emoji
        """
        self._do(_UNREACT_EMOJI(channel_id, message_id, emoji), timeout=timeout)
