from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption.rest.guard import Guard, InvalidRequests


def test_counts_401_403_and_429_but_not_shared_ones() -> None:
    invalid = InvalidRequests(limit=100)
    for status in (401, 403, 429):
        assert invalid.record(status, shared=False, now=0.0)
    for status in (200, 404, 500):
        assert not invalid.record(status, shared=False, now=0.0)
    assert not invalid.record(429, shared=True, now=0.0)
    assert invalid.count(0.0) == 3


def test_stops_well_before_discord_does_and_goes_on_later() -> None:
    invalid = InvalidRequests()
    assert invalid.limit <= 5000
    for number in range(invalid.limit):
        assert invalid.wait(number / 100) == 0.0
        invalid.record(403, shared=False, now=number / 100)
    wait = invalid.wait(50.0)
    assert 0 < wait <= 600
    assert invalid.wait(50.0 + wait) == 0.0
    assert invalid.count(2000.0) == 0


@given(st.lists(st.floats(0, 30), max_size=300))
def test_never_forgets_too_early(gaps: list[float]) -> None:
    invalid = InvalidRequests(limit=20, window=60.0, slots=6)
    times: list[float] = []
    now = 0.0
    for gap in gaps:
        now += gap
        if invalid.wait(now) == 0.0:
            invalid.record(401, shared=False, now=now)
            times.append(now)
        assert len([time for time in times if time > now - 60.0]) <= 20
        assert len(invalid._slots) <= 8


@pytest.mark.parametrize(
    ("status", "code", "auth", "latches"),
    [
        (401, 0, True, True),
        (401, 40001, True, True),
        (401, 50025, True, False),
        (401, 0, False, False),
        (403, 0, True, False),
    ],
)
def test_a_refused_token_latches(status: int, code: int, auth: bool, latches: bool) -> None:
    guard = Guard()
    guard.record(status, code, auth=auth, webhook=False, major="")
    assert guard.unauthorized is latches
    guard.reset()
    assert not guard.unauthorized


def test_gone_webhooks_are_remembered_up_to_a_bound() -> None:
    guard = Guard(webhooks=2)
    for major in ("a", "b", "a", "c"):
        assert guard.record(404, 10015, auth=False, webhook=True, major=major)
    assert [guard.is_gone(major) for major in "abc"] == [True, False, True]
    assert not guard.record(404, 10008, auth=False, webhook=True, major="x")
    assert not guard.record(404, 10015, auth=False, webhook=False, major="x")
