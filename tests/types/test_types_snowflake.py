"""Ids and the moments they were made."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

import disruption.types as T

NOW = datetime(2016, 4, 30, 11, 18, 25, 796000, timezone.utc)


def test_the_documented_example() -> None:
    assert T.snowflake_time(175928847299117063) == NOW
    assert T.snowflake_at(NOW) <= 175928847299117063 <= T.snowflake_at(NOW, high=True)


def test_a_moment_in_another_zone_is_the_same() -> None:
    assert T.snowflake_at(NOW.astimezone(timezone(timedelta(hours=9)))) == T.snowflake_at(NOW)


def test_the_first_moment() -> None:
    assert T.snowflake_time(0).timestamp() * 1000 == T.DISCORD_EPOCH


@given(st.integers(0, 2**63 - 1))
def test_there_and_back(snowflake: int) -> None:
    moment = T.snowflake_time(snowflake)
    low, high = T.snowflake_at(moment), T.snowflake_at(moment, high=True)
    assert low <= snowflake <= high
    assert high - low == 2**22 - 1
