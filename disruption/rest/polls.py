"""Polls; one is made with a message.

See https://discord.com/developers/docs/resources/poll
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from disruption.rest.checks import between
from disruption.rest.core import RestCore
from disruption.rest.paging import paged
from disruption.rest.route import Route, SnowflakeLike, snowflake
from disruption.types import Message, PollVoters, User

__all__ = ["PollRoutes"]

_POLL: Final = "/channels/{channel_id}/polls/{message_id}"

_VOTERS = Route("GET", _POLL + "/answers/{answer_id}")
_END = Route("POST", _POLL + "/expire", repeatable=True)

_PAGE: Final = 100


class PollRoutes(RestCore):
    """Polls."""

    def get_answer_voters(
        self,
        channel_id: SnowflakeLike,
        message_id: SnowflakeLike,
        answer_id: int,
        *,
        after: SnowflakeLike | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> list[User]:
        """Get who voted for an answer.

        Args:
            channel_id: Where the poll is.
            message_id: Its message.
            answer_id: The answer's number, from 1.
            after: Users after this one.
            limit: How many, 1 to 100; Discord's default is 25.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/poll#get-answer-voters
        """
        between("limit", limit, 1, _PAGE)
        query = {"after": None if after is None else snowflake(after, "after"), "limit": limit}
        target = _VOTERS(channel_id, message_id, answer_id)
        return self._fetch(PollVoters, target, query=query, timeout=timeout).users

    def iter_answer_voters(
        self,
        channel_id: SnowflakeLike,
        message_id: SnowflakeLike,
        answer_id: int,
        *,
        after: SnowflakeLike | None = None,
        limit: int | None = None,
    ) -> Iterator[User]:
        """Go through those who voted for an answer, by id.

        Args:
            channel_id: Where the poll is.
            message_id: Its message.
            answer_id: The answer's number, from 1.
            after: Users after this one.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/poll#get-answer-voters
        """

        def fetch(cursor: int | None, size: int) -> tuple[list[User], int | None]:
            found = self.get_answer_voters(
                channel_id, message_id, answer_id, after=cursor, limit=size
            )
            last = max((user.id for user in found), default=0)
            return found, last if len(found) >= size and last != cursor else None

        start: int | None = None if after is None else snowflake(after, "after")
        return paged(fetch, start=start, limit=limit, page=_PAGE)

    def end_poll(
        self,
        channel_id: SnowflakeLike,
        message_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> Message:
        """End a poll of the bot's own at once, and return its message.

        Raises:
            Forbidden: It is somebody else's.

        See https://discord.com/developers/docs/resources/poll#end-poll
        """
        return self._fetch(Message, _END(channel_id, message_id), timeout=timeout)
