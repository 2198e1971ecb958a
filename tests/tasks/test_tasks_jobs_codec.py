"""The arguments of stored jobs as JSON."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from enum import Enum, IntEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption.errors import InvalidArgument
from disruption.tasks.jobs.codec import pack, unpack
from disruption.types import Permissions, Snowflake, User

ANN = User(id=Snowflake(1), username="ann", discriminator="0", avatar=None)


class Colour(str, Enum):
    RED = "red"


class Number(IntEnum):
    ONE = 1


class Plain(Enum):
    A = object()


zones = st.one_of(
    st.none(),
    st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(
        lambda value: timezone(timedelta(minutes=value // timedelta(minutes=1)))
    ),
)
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
    st.datetimes(timezones=zones),
    st.dates(),
    st.times(),
    st.timedeltas(),
)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.one_of(st.text(), st.sampled_from(["$", "v"])), inner, max_size=3),
    ),
    max_leaves=10,
)


def same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and one == other


@settings(deadline=None)
@given(st.lists(values, max_size=3), st.dictionaries(st.text(min_size=1), values, max_size=3))
def test_what_goes_in_comes_out(args: list[Any], kwargs: dict[str, Any]) -> None:
    back, named = unpack(pack(args, kwargs))
    assert back == args
    assert named == kwargs
    assert all(map(same, back, args))


def test_ids_flags_and_enums_become_numbers_and_text() -> None:
    args, _ = unpack(pack([Snowflake(10**18), Permissions.BAN_MEMBERS, Number.ONE, Colour.RED], {}))
    assert args == [10**18, 4, 1, "red"]
    assert [type(value) for value in args] == [int, int, int, str]


@pytest.mark.parametrize(
    ("args", "kwargs", "text"),
    [
        ([1, ANN], {}, r"argument 2 is .*User.*\.id"),
        ([], {"who": ANN}, r"who= is .*\.id"),
        ([{"a": [0, {1, 2}]}], {}, r"argument 1\['a'\]\[1\] is a set"),
        ([{1: 2}], {}, "argument 1 has the key 1"),
        ([float("nan")], {}, "argument 1 is nan"),
        ([b"x"], {}, "argument 1 is a bytes"),
        ([object()], {}, "argument 1 is an object"),
        ([lambda: None], {}, "argument 1 is a function"),
        ([Plain.A], {}, "argument 1 is a Plain"),
        (["x" * 2_000_000], {}, "store them elsewhere"),
    ],
)
def test_what_cannot_be_stored_is_named(args: list[Any], kwargs: dict[str, Any], text: str) -> None:
    with pytest.raises(InvalidArgument, match=text):
        pack(args, kwargs)


def test_what_contains_itself_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(InvalidArgument, match="nested"):
        pack([endless], {})


@pytest.mark.parametrize(
    "text", ["", "[]", "5", "[1, 2]", '[[{"$": "datetime", "v": "x"}], {}]', '[[{"$": "x"}], {}]',
             '[[{"$": "eval", "v": "1"}], {}]'],
)  # fmt: skip
def test_what_was_not_packed_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        unpack(text)


def test_dates_keep_their_class() -> None:
    given = [date(2026, 3, 2), time(9), datetime(2026, 3, 2), timedelta(days=-1)]
    args, _ = unpack(pack(given, {}))
    assert all(map(same, args, given))
