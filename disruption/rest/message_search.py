"""Looking for messages in a guild.

See https://discord.com/developers/docs/resources/message#search-guild-messages
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, TypedDict

from disruption.errors import InvalidArgument
from disruption.rest.checks import at_most, between
from disruption.rest.paging import After, Before, moment, paged
from disruption.rest.payload import ids
from disruption.rest.route import Route, SnowflakeLike
from disruption.rest.searching import Searching
from disruption.types import GuildMessageSearch, Message

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = ["MessageSearchRoutes", "SearchOptions"]

_SEARCH = Route("GET", "/guilds/{guild_id}/messages/search")

_PAGE: Final = 25
_END: Final = 9975
_IDS: Final = {
    "channel_id": 500,
    "author_id": 100,
    "mentions": 100,
    "mentions_role_id": 100,
    "replied_to_user_id": 100,
    "replied_to_message_id": 100,
}
_TEXTS: Final = {  # how many, and how long each
    "author_type": (6, 20),
    "has": (18, 20),
    "embed_type": (5, 20),
    "embed_provider": (100, 256),
    "link_hostname": (100, 256),
    "attachment_filename": (100, 1024),
    "attachment_extension": (100, 256),
}
_ORDERS: Final = ("asc", "desc")


class SearchOptions(TypedDict, total=False):
    """What messages can be looked for by; all that is given must fit."""

    content: str
    slop: int
    channel_id: Sequence[SnowflakeLike]
    author_type: Sequence[str]
    author_id: Sequence[SnowflakeLike]
    mentions: Sequence[SnowflakeLike]
    mentions_role_id: Sequence[SnowflakeLike]
    mention_everyone: bool
    replied_to_user_id: Sequence[SnowflakeLike]
    replied_to_message_id: Sequence[SnowflakeLike]
    pinned: bool
    has: Sequence[str]
    embed_type: Sequence[str]
    embed_provider: Sequence[str]
    link_hostname: Sequence[str]
    attachment_filename: Sequence[str]
    attachment_extension: Sequence[str]
    include_nsfw: bool


class MessageSearchRoutes(Searching):
    """Looking for messages in a guild."""

    def search_guild_messages(
        self,
        guild_id: SnowflakeLike,
        *,
        min_id: After | None = None,
        max_id: Before | None = None,
        sort_by: str | None = None,
        sort_order: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        timeout: float | None = None,
        **options: Unpack[SearchOptions],
    ) -> GuildMessageSearch:
        """Look for messages in a guild; waits while Discord still makes its index.

        Needs the MESSAGE_CONTENT intent. Messages come without their reactions.

        Args:
            guild_id: Where.
            min_id: Messages after this one, or after a time.
            max_id: Messages before this one, or before a time.
            sort_by: `SearchSortMode`: ``timestamp`` (the default) or ``relevance``.
            sort_order: ``asc`` or ``desc`` (the default); not respected with ``relevance``.
            limit: How many, 1 to 25; Discord's default is 25. It may give fewer.
            offset: How many to leave out first, at most 9975.
            timeout: Seconds for the whole call, waits included.
            options: What to look for. `content` at most 1024 characters, `slop` the words
                that may be between its words (at most 100); lists of `channel_id` (at most
                500), `author_id`, `mentions`, `mentions_role_id`, `replied_to_user_id`,
                `replied_to_message_id` (at most 100); `author_type` (`SearchAuthorType`),
                `has` (`SearchHasType`; with ``-`` before it: has not), `embed_type`
                (`SearchEmbedType`), `embed_provider`, `link_hostname`,
                `attachment_filename`, `attachment_extension`; `mention_everyone`, `pinned`
                and `include_nsfw`.

        Raises:
            InvalidArgument: A limit is passed.
            SearchNotReady: The index was not there in time.
            Forbidden: READ_MESSAGE_HISTORY is missing.

        See https://discord.com/developers/docs/resources/message#search-guild-messages
        """
        between("limit", limit, 1, _PAGE)
        between("offset", offset, 0, _END)
        if sort_order is not None and sort_order not in _ORDERS:
            raise InvalidArgument(f"sort_order must be 'asc' or 'desc', not {sort_order!r}")
        query = _query(options)
        query["min_id"] = moment(min_id, "min_id", high=True)
        query["max_id"] = moment(max_id, "max_id")
        query["sort_by"] = None if sort_by is None else str(sort_by)
        query["sort_order"] = sort_order
        query["limit"] = limit
        query["offset"] = offset
        return self._search(GuildMessageSearch, _SEARCH(guild_id), query, timeout)

    def iter_guild_message_search(
        self,
        guild_id: SnowflakeLike,
        *,
        min_id: After | None = None,
        max_id: Before | None = None,
        oldest_first: bool = False,
        limit: int | None = None,
        **options: Unpack[SearchOptions],
    ) -> Iterator[Message]:
        """Go through all messages that are found, by their times.

        Discord ends a search after 10,000 messages; this goes on with the next ids.

        Args:
            guild_id: Where.
            min_id: Messages after this one, or after a time.
            max_id: Messages before this one, or before a time.
            oldest_first: In which direction.
            limit: How many at most; None for all.
            options: What to look for, as for `search_guild_messages`.

        See https://discord.com/developers/docs/resources/message#search-guild-messages
        """
        low, high = moment(min_id, "min_id", high=True), moment(max_id, "max_id")
        _query(options)  # refused at once, not when the first is taken

        # A page may come short or empty before the end, so that only its ids tell the way,
        # and its total whether something is left.
        def fetch(cursor: int | None, size: int) -> tuple[list[Message], int | None]:
            page = self.search_guild_messages(
                guild_id,
                min_id=cursor if oldest_first else low,
                max_id=high if oldest_first else cursor,
                sort_by="timestamp",
                sort_order="asc" if oldest_first else "desc",
                limit=_PAGE,
                **options,
            )
            found = [message for hits in page.messages for message in hits]
            found.sort(key=lambda message: message.id, reverse=not oldest_first)
            more = found and page.total_results > len(found)
            return found, found[-1].id if more else None

        return paged(fetch, start=low if oldest_first else high, limit=limit, page=_PAGE)


def _query(options: SearchOptions) -> dict[str, Any]:
    """Return the options as the query has them, checked.

    Raises:
        InvalidArgument: With the option and its limit.
    """
    query: dict[str, Any] = {}
    for name, value in options.items():
        if value is None:
            continue
        if name in _IDS or name in _TEXTS:
            if isinstance(value, str) or not isinstance(value, Sequence):
                raise InvalidArgument(f"{name} must be a list, not {type(value).__name__}")
            many, long = (_IDS[name], 0) if name in _IDS else _TEXTS[name]
            if len(value) > many:
                raise InvalidArgument(f"{name}: at most {many}, not {len(value)}")
            if long:
                for index, text in enumerate(value):
                    at_most(f"{name}[{index}]", text, long, least=1)
                query[name] = [str(text) for text in value]
            else:
                query[name] = ids(value, name)
        elif name == "content":
            at_most(name, value, 1024)  # type: ignore[arg-type]
            query[name] = value
        elif name == "slop":
            between(name, value, 0, 100)  # type: ignore[arg-type]
            query[name] = value
        elif name in SearchOptions.__annotations__:
            query[name] = bool(value)
        else:
            raise InvalidArgument(f"there is no option {name!r} to look for messages by")
    return query
