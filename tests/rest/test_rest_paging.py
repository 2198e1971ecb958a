"""Iterators over what Discord gives in pages."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Sequence
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption.errors import DecodeError, InvalidArgument
from disruption.rest.paging import by_id, moment, paged


class Item:
    def __init__(self, number: int) -> None:
        self.id = number


class Server:
    """Gives pages as Discord does: newest first, those next to the cursor."""

    def __init__(self, ids: Sequence[int]) -> None:
        self.ids = sorted(ids)
        self.asked: list[tuple[int | None, int | None, int]] = []

    def __call__(self, before: int | None, after: int | None, size: int) -> list[Item]:
        self.asked.append((before, after, size))
        if after is not None:
            found = [n for n in self.ids if n > after][:size]
        else:
            found = [n for n in self.ids if before is None or n < before][-size:]
        return [Item(n) for n in reversed(found)]


def key(item: Item) -> int:
    return item.id


@given(
    st.sets(st.integers(1, 60)),
    st.none() | st.integers(0, 61),
    st.none() | st.integers(0, 61),
    st.none() | st.booleans(),
    st.none() | st.integers(0, 40),
    st.integers(1, 7),
)
def test_all_come_once_in_order(
    ids: set[int],
    before: int | None,
    after: int | None,
    oldest_first: bool | None,
    limit: int | None,
    page: int,
) -> None:
    server = Server(list(ids))
    made = by_id(
        server, key, before=before, after=after, oldest_first=oldest_first, limit=limit, page=page
    )
    up = (after is not None and before is None) if oldest_first is None else oldest_first
    wanted = [
        n
        for n in sorted(ids, reverse=not up)
        if (before is None or n < before) and (after is None or n > after)
    ]
    assert [item.id for item in made] == wanted[: len(wanted) if limit is None else limit]
    assert all(size <= page for *_, size in server.asked)


def test_nothing_is_asked_before_it_is_needed() -> None:
    server = Server(range(1, 10))
    made = by_id(server, key, limit=None, page=3)
    assert server.asked == []
    assert next(made).id == 9
    assert server.asked == [(None, None, 3)]


def test_a_limit_asks_for_no_more() -> None:
    server = Server(range(1, 10))
    assert [item.id for item in by_id(server, key, after=0, limit=5, page=4)] == [1, 2, 3, 4, 5]
    assert server.asked == [(None, 0, 4), (None, 4, 1)]


def test_what_was_handed_out_is_not_held() -> None:
    made = by_id(Server(range(1, 10)), key, limit=None, page=9)
    first = weakref.ref(next(made))
    next(made)
    gc.collect()
    assert first() is None


def test_a_server_that_repeats_itself_does_not_hold_us_for_ever() -> None:
    made = by_id(lambda *_: [Item(5), Item(6)], key, after=1, limit=None, page=2)
    assert [item.id for item in made] == [5, 6]


@pytest.mark.parametrize("number", ["none", None])
def test_something_without_an_id_is_an_answer_that_cannot_be_read(number: str | None) -> None:
    odd = Item(number)  # type: ignore[arg-type]
    if number is not None:
        del odd.id  # as a member without its user
    found = by_id(lambda *cursor: [Item(5), odd], key, limit=None, page=2)
    with pytest.raises(DecodeError, match="one of 2 items has no id"):
        next(found)


def test_cursors_can_be_anything() -> None:
    pages = {None: ("ab", "x"), "x": ("", "y"), "y": ("c", None)}
    assert list(paged(lambda at, size: pages[at], start=None, limit=None, page=2)) == list("abc")


@pytest.mark.parametrize("limit", [-1, True, "5", 1.5])
def test_a_limit_is_checked_when_the_iterator_is_made(limit: int) -> None:
    with pytest.raises(InvalidArgument, match="limit"):
        paged(lambda at, size: ([], None), start=None, limit=limit, page=2)


def test_times_become_ids() -> None:
    then = datetime(2026, 1, 1, tzinfo=timezone.utc)
    low, high = moment(then, "after"), moment(then, "after", high=True)
    assert low
    assert high
    assert high - low == (1 << 22) - 1
    with pytest.raises(InvalidArgument, match="before 2015"):
        moment(datetime(2014, 1, 1, tzinfo=timezone.utc), "after")
    with pytest.raises(InvalidArgument, match="after must be an id"):
        moment(object(), "after")  # type: ignore[arg-type]
