"""Threads that are archived, and looking for threads.

See https://discord.com/developers/docs/resources/channel
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from disruption.errors import InvalidArgument
from disruption.rest.checks import at_most, between, utc
from disruption.rest.paging import Before, moment, paged
from disruption.rest.payload import ids
from disruption.rest.route import Route, SnowflakeLike
from disruption.rest.searching import Searching
from disruption.types import Channel, ThreadList
from disruption.types.lists import ThreadSearch

__all__ = ["ThreadListRoutes"]

_CHANNEL: Final = "/channels/{channel_id}"

_PUBLIC = Route("GET", _CHANNEL + "/threads/archived/public")
_PRIVATE = Route("GET", _CHANNEL + "/threads/archived/private")
_JOINED = Route("GET", _CHANNEL + "/users/@me/threads/archived/private")
_SEARCH = Route("GET", _CHANNEL + "/threads/search")

_PAGE: Final = 100
_SEARCH_PAGE: Final = 25
_SEARCH_END: Final = 9975


class ThreadListRoutes(Searching):
    """Threads that are archived, and looking for threads."""

    def list_public_archived_threads(
        self,
        channel_id: SnowflakeLike,
        *,
        before: datetime | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> ThreadList:
        """Get public threads that are archived, those archived last first.

        Args:
            channel_id: The channel.
            before: Those archived before this time.
            limit: How many, 2 to 100.
            timeout: Seconds for the whole call, waits included.

        Raises:
            Forbidden: READ_MESSAGE_HISTORY is missing.

        See https://discord.com/developers/docs/resources/channel#list-public-archived-threads
        """
        return self._archived(_PUBLIC, channel_id, _time(before), limit, timeout)

    def list_private_archived_threads(
        self,
        channel_id: SnowflakeLike,
        *,
        before: datetime | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> ThreadList:
        """Get private threads that are archived, those archived last first.

        Args:
            channel_id: The channel.
            before: Those archived before this time.
            limit: How many, 2 to 100.
            timeout: Seconds for the whole call, waits included.

        Raises:
            Forbidden: READ_MESSAGE_HISTORY or MANAGE_THREADS is missing.

        See https://discord.com/developers/docs/resources/channel#list-private-archived-threads
        """
        return self._archived(_PRIVATE, channel_id, _time(before), limit, timeout)

    def list_joined_private_archived_threads(
        self,
        channel_id: SnowflakeLike,
        *,
        before: Before | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> ThreadList:
        """Get private threads that are archived and that the bot has joined, newest first.

        Args:
            channel_id: The channel.
            before: Those with an id before this one, or made before this time.
            limit: How many, 2 to 100.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/channel#list-joined-private-archived-threads
        """
        return self._archived(_JOINED, channel_id, moment(before, "before"), limit, timeout)

    def iter_public_archived_threads(
        self,
        channel_id: SnowflakeLike,
        *,
        before: datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[Channel]:
        """Go through the public threads that are archived, those archived last first.

        Args:
            channel_id: The channel.
            before: Those archived before this time.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/channel#list-public-archived-threads
        """
        return self._iter_archived(_PUBLIC, channel_id, before, limit)

    def iter_private_archived_threads(
        self,
        channel_id: SnowflakeLike,
        *,
        before: datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[Channel]:
        """Go through the private threads that are archived, those archived last first.

        Args:
            channel_id: The channel.
            before: Those archived before this time.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/channel#list-private-archived-threads
        """
        return self._iter_archived(_PRIVATE, channel_id, before, limit)

    def iter_joined_private_archived_threads(
        self,
        channel_id: SnowflakeLike,
        *,
        before: Before | None = None,
        limit: int | None = None,
    ) -> Iterator[Channel]:
        """Go through the archived private threads that the bot has joined, newest first.

        Args:
            channel_id: The channel.
            before: Those with an id before this one, or made before this time.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/channel#list-joined-private-archived-threads
        """

        def fetch(cursor: int | None, size: int) -> tuple[list[Channel], int | None]:
            page = self._archived(_JOINED, channel_id, cursor, max(size, 2), None)
            threads = page.threads
            return threads, min(t.id for t in threads) if threads and page.has_more else None

        return paged(fetch, start=moment(before, "before"), limit=limit, page=_PAGE)

    def search_threads(
        self,
        channel_id: SnowflakeLike,
        *,
        name: str | None = None,
        slop: int | None = None,
        min_id: Before | None = None,
        max_id: Before | None = None,
        tag: Sequence[SnowflakeLike] | None = None,
        tag_setting: str | None = None,
        archived: bool | None = None,
        sort_by: str | None = None,
        sort_order: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        timeout: float | None = None,
    ) -> ThreadSearch:
        """Look for threads of a channel; waits while Discord still makes its index.

        Discord's OpenAPI description has this route, its documentation does not.

        Args:
            channel_id: The channel.
            name: What the name must have in it, at most 100 characters.
            slop: How many words may be between those of `name`, at most 100.
            min_id: Threads after this id or time.
            max_id: Threads before this id or time.
            tag: Tags, at most 20.
            tag_setting: ``match_all`` of the tags, or ``match_some``.
            archived: Only those that are archived, or not.
            sort_by: ``relevance``, ``creation_time``, ``last_message_time`` or ``archive_time``.
            sort_order: ``asc`` or ``desc``.
            limit: How many, 1 to 25.
            offset: How many to leave out first, at most 9975.
            timeout: Seconds for the whole call, waits included.

        Raises:
            SearchNotReady: The index was not there in time.

        See https://discord.com/developers/docs/resources/channel
        """
        at_most("name", name, 100)
        between("slop", slop, 0, 100)
        between("limit", limit, 1, _SEARCH_PAGE)
        between("offset", offset, 0, _SEARCH_END)
        tags = None if tag is None else ids(tag, "tag")
        if tags is not None and len(tags) > 20:
            raise InvalidArgument(f"tag: at most 20, not {len(tags)}")
        query = {
            "name": name,
            "slop": slop,
            "min_id": moment(min_id, "min_id"),
            "max_id": moment(max_id, "max_id"),
            "tag": tags,
            "tag_setting": tag_setting,
            "archived": archived,
            "sort_by": sort_by,
            "sort_order": sort_order,
            "limit": limit,
            "offset": offset,
        }
        return self._search(ThreadSearch, _SEARCH(channel_id), query, timeout)

    def iter_thread_search(
        self,
        channel_id: SnowflakeLike,
        *,
        name: str | None = None,
        slop: int | None = None,
        min_id: Before | None = None,
        max_id: Before | None = None,
        tag: Sequence[SnowflakeLike] | None = None,
        tag_setting: str | None = None,
        archived: bool | None = None,
        sort_by: str | None = None,
        sort_order: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Channel]:
        """Go through the threads of a channel that fit; Discord ends it after 10,000.

        Args:
            channel_id: The channel.
            name: What to look for, like all that follows, as for `search_threads`.
            slop: As there.
            min_id: As there.
            max_id: As there.
            tag: As there.
            tag_setting: As there.
            archived: As there.
            sort_by: As there.
            sort_order: As there.
            limit: How many at most; None for all.

        Raises:
            SearchNotReady: The index was not there in time.

        See https://discord.com/developers/docs/resources/channel
        """

        def fetch(offset: int | None, size: int) -> tuple[list[Channel], int | None]:
            page = self.search_threads(
                channel_id,
                name=name,
                slop=slop,
                min_id=min_id,
                max_id=max_id,
                tag=tag,
                tag_setting=tag_setting,
                archived=archived,
                sort_by=sort_by,
                sort_order=sort_order,
                limit=size,
                offset=offset,
            )
            following = (offset or 0) + len(page.threads)
            more = page.has_more and page.threads and following <= _SEARCH_END
            return page.threads, following if more else None

        return paged(fetch, start=None, limit=limit, page=_SEARCH_PAGE)

    # -----------------------------------------------------------------------------------

    def _archived(
        self,
        route: Route,
        channel_id: SnowflakeLike,
        before: str | int | None,
        limit: int | None,
        timeout: float | None,
    ) -> ThreadList:
        between("limit", limit, 2, _PAGE)
        query = {"before": before, "limit": limit}
        return self._fetch(ThreadList, route(channel_id), query=query, timeout=timeout)

    def _iter_archived(
        self, route: Route, channel_id: SnowflakeLike, before: datetime | None, limit: int | None
    ) -> Iterator[Channel]:
        # Several can have been archived in the same moment, and a page may end among
        # them; Discord goes on after all of them, there is no other cursor.
        def fetch(cursor: datetime | None, size: int) -> tuple[list[Channel], datetime | None]:
            page = self._archived(route, channel_id, _time(cursor), max(size, 2), None)
            times = [_archived_at(thread) for thread in page.threads]
            known = [time for time in times if time is not None]
            return page.threads, min(known) if known and page.has_more else None

        return paged(fetch, start=before, limit=limit, page=_PAGE)


def _archived_at(thread: Channel) -> datetime | None:
    return thread.thread_metadata.archive_timestamp if thread.thread_metadata else None


def _time(value: datetime | None) -> str | None:
    if value is None:
        return None
    return utc("before", value).isoformat()
