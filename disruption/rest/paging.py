"""Lists that Discord gives in pages, as iterators that ask for a page when it is needed.

A method that gives one page is named after Discord's documentation; beside it is
``iter_…``, which goes through all of them:

    for ban in rest.iter_guild_bans(guild_id):
        …

An iterator asks for nothing before its first item is taken, holds one page at most, and
can be left at any time. It belongs to the thread that goes through it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final, TypeVar

from disruption.errors import DecodeError, InvalidArgument
from disruption.rest.checks import utc
from disruption.rest.route import SnowflakeLike, snowflake
from disruption.types import snowflake_at

__all__ = ["After", "Before", "by_id", "moment", "paged"]

_LAST_ID: Final = (1 << 63) - 1

_T = TypeVar("_T")
_C = TypeVar("_C")

Before = SnowflakeLike | datetime
"""Where a list ends: an id, a thing that has one, or a time."""

After = SnowflakeLike | datetime
"""Where a list begins: an id, a thing that has one, or a time."""


def moment(value: Before | None, name: str, *, high: bool = False) -> int | None:
    """Return the id that `value` is, has, or would have had if made then.

    Args:
        value: An id, a thing with one, a datetime, or None.
        name: What to call it in the error.
        high: Take the last id of that millisecond rather than the first.

    Raises:
        InvalidArgument: It is none of these, or a time before Discord's first.
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        number = snowflake_at(utc(name, value), high=high)
        if number < 0:
            raise InvalidArgument(f"{name} must not be before 2015, where Discord's ids begin")
        return number
    return snowflake(value, name)


def paged(
    fetch: Callable[[_C | None, int], tuple[Sequence[_T], _C | None]],
    *,
    start: _C | None,
    limit: int | None,
    page: int,
) -> Iterator[_T]:
    """Go through a list page by page.

    Args:
        fetch: Takes where to go on (`start` at first) and how many to ask for; returns
            these and where to go on after them, None where nothing follows.
        start: Where to begin.
        limit: How many at most in all; None for all there are.
        page: How many Discord gives at once.

    Raises:
        InvalidArgument: The limit is no number, or below zero.
    """
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or limit < 0):
        raise InvalidArgument(f"limit must be a number from 0 on, or None for all, not {limit!r}")
    return _pages(fetch, start, limit, page)


def _pages(
    fetch: Callable[[_C | None, int], tuple[Sequence[_T], _C | None]],
    cursor: _C | None,
    left: int | None,
    page: int,
) -> Iterator[_T]:
    while left is None or left > 0:
        items, cursor = fetch(cursor, page if left is None else min(page, left))
        # Handed out from a queue, so that what was handed out is not held.
        waiting = deque(items if left is None else items[:left])
        del items
        if left is not None:
            left -= len(waiting)
        while waiting:
            yield waiting.popleft()
        if cursor is None:
            return


def by_id(
    fetch: Callable[[int | None, int | None, int], Sequence[_T]],
    key: Callable[[_T], int],
    *,
    before: Before | None = None,
    after: After | None = None,
    oldest_first: bool | None = None,
    rising: bool = False,
    limit: int | None,
    page: int,
) -> Iterator[_T]:
    """Go through a list that is in the order of ids, in either direction.

    With `after` alone it goes up, with `before` alone down, else as Discord does;
    `oldest_first` says otherwise. Where both are given, it ends at the other one. Whatever
    order Discord gives a page in, the items come in the order of their ids.

    Args:
        fetch: Takes ``before``, ``after`` (one of them None) and how many; returns those.
        key: The id of an item.
        before: Only those with smaller ids.
        after: Only those with greater ids.
        oldest_first: Go up (True) or down (False); None decides by `before` and `after`.
        rising: Whether Discord begins with the smallest id where it is told neither.
        limit: How many at most in all; None for all there are.
        page: How many Discord gives at once.

    Raises:
        InvalidArgument: The limit is no number, or `before` or `after` is no id.
        DecodeError: Something in a page has no id; only while the iterator is gone through.
    """
    low, high = moment(after, "after", high=True), moment(before, "before")
    if oldest_first is None:
        oldest_first = rising if (low is None) == (high is None) else low is not None
    upwards = oldest_first

    def turn(cursor: int | None, size: int) -> tuple[Sequence[_T], int | None]:
        found = fetch(None, cursor, size) if upwards else fetch(cursor, None, size)
        try:
            items = sorted(found, key=key, reverse=not upwards)
        except (AttributeError, TypeError) as error:
            text = f"one of {len(found)} items has no id, so that no page can follow it: {error}"
            raise DecodeError(text) from error
        least, most = (cursor, high) if upwards else (low, cursor)
        within = [
            item
            for item in items
            if (least is None or key(item) > least) and (most is None or key(item) < most)
        ]
        # Something out of bounds: the other end, or a server that goes in circles.
        over = len(found) < size or len(within) < len(items)
        return within, None if over else key(items[-1])

    # Against its own direction, Discord must be told where to begin.
    start = high
    if upwards:
        start = low or 0
    elif rising and high is None:
        start = _LAST_ID
    return paged(turn, start=start, limit=limit, page=page)
