"""When stored jobs run: moments, repetition, attempts."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption.errors import InvalidArgument
from disruption.tasks.jobs.rules import due_time, next_time, retry_delay

UTC = timezone.utc


def test_a_moment_or_a_time_from_now() -> None:
    assert due_time(datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/Vienna")), 0) == (
        datetime(2026, 3, 2, 8, tzinfo=UTC).timestamp()
    )
    assert due_time(timedelta(hours=1), 100) == 3700
    assert due_time(5, 100) == 105
    assert due_time(-5, 100) == 95
    assert due_time(datetime(1, 1, 1, tzinfo=UTC), 100) == 0
    assert due_time(datetime(9000, 1, 1, tzinfo=UTC), 0) > 2e11


def test_a_datetime_without_zone_gets_advice() -> None:
    with pytest.raises(InvalidArgument, match="astimezone"):
        due_time(datetime(2026, 3, 2, 9), 0)


@pytest.mark.parametrize(
    "when", [float("nan"), float("inf"), "tomorrow", None, True, timedelta.max, 1e300]
)
def test_what_is_no_time_is_refused(when: Any) -> None:
    with pytest.raises(InvalidArgument):
        due_time(when, 1e9)


@settings(deadline=None)
@given(st.floats(0, 2e9), st.floats(1, 1e7), st.floats(-1e6, 1e8))
def test_a_repeated_job_keeps_to_its_grid_and_never_comes_twice(
    due: float, every: float, since: float
) -> None:
    now = max(0.0, due + since)
    following = next_time(due, every, now)
    assert following > due
    assert following > now
    assert following <= max(now, due) + every + 1e-3
    steps = (following - due) / every
    assert abs(steps - round(steps)) < 1e-3


def test_attempts_are_further_and_further_apart_to_an_hour() -> None:
    assert [retry_delay(n, 10) for n in (1, 2, 3, 4)] == [10, 20, 40, 80]
    assert retry_delay(50, 10) == 3600
    assert retry_delay(3, 7200) == 7200
    assert retry_delay(3, 0) == 0
