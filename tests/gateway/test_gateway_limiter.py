from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption.errors import PayloadTooLarge
from disruption.gateway import SendLimiter
from disruption.gateway.limiter import SlidingWindow, check_size


def test_takes_4096_bytes_and_no_more():
    check_size(b"x" * 4096)
    with pytest.raises(PayloadTooLarge, match="4097"):
        check_size(b"x" * 4097)


def test_keeps_room_for_beats():
    limiter = SendLimiter()
    limiter.reset(41.25)
    sent = 0
    while limiter.delay(0.0) == 0:
        limiter.take(0.0)
        sent += 1
    assert sent == limiter.capacity
    assert 100 <= sent <= 118


def test_a_server_that_wants_a_beat_every_half_second_leaves_half_to_commands():
    limiter = SendLimiter()
    limiter.reset(0.5)
    assert limiter.capacity == 60


def test_a_new_connection_starts_with_an_empty_window():
    limiter = SendLimiter()
    while limiter.delay(0.0) == 0:
        limiter.take(0.0)
    limiter.reset(41.25)
    assert limiter.delay(0.0) == 0


def test_presences_have_a_limit_of_their_own():
    limiter = SendLimiter()
    for _ in range(5):
        assert limiter.delay(0.0, presence=True) == 0
        limiter.take(0.0, presence=True)
    assert 20 <= limiter.delay(0.0, presence=True) <= 21
    assert limiter.delay(0.0) == 0


@given(
    st.lists(st.floats(0, 30), min_size=1, max_size=400),
    st.sampled_from([0.5, 5.0, 41.25]),
)
def test_no_minute_ever_holds_more_than_120_sends_beats_included(
    gaps: list[float], interval: float
):
    limiter = SendLimiter()
    limiter.reset(interval)
    now = 0.0
    sent: list[float] = []
    for gap in gaps:
        now += gap / 10
        delay = limiter.delay(now)
        if delay:
            now += delay
        assert limiter.delay(now) == pytest.approx(0, abs=1e-6)
        limiter.take(now)
        sent.append(now)
    beats = 0 if interval == 0.5 else 60 / interval
    for i, start in enumerate(sent):
        window = [t for t in sent[i:] if t < start + 60]
        assert len(window) + beats <= 120


@given(st.integers(1, 10), st.lists(st.floats(0, 5), max_size=60))
def test_a_caller_that_waits_as_long_as_it_is_told_finds_room(limit: int, gaps: list[float]):
    window = SlidingWindow(limit, 10.0)
    now = 0.0
    for gap in gaps:
        now += gap
        now += window.delay(now)
        assert window.delay(now) <= 1e-9
        window.take(now)
