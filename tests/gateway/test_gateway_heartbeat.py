from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from disruption.gateway.heartbeat import Beat, Heartbeat

INTERVAL = 40.0


def started(jitter: float = 0.5) -> Heartbeat:
    heartbeat = Heartbeat()
    heartbeat.start(INTERVAL, jitter, 0.0)
    return heartbeat


def test_the_first_beat_comes_after_a_share_of_the_interval_and_then_one_an_interval():
    heartbeat = started(0.25)
    assert heartbeat.due(9.9) is Beat.NOTHING
    assert heartbeat.due(10.0) is Beat.SEND
    heartbeat.answered(10.1)
    assert heartbeat.due(49.9) is Beat.NOTHING
    assert heartbeat.due(50.0) is Beat.SEND


def test_a_beat_without_an_answer_until_the_next_is_a_zombie():
    heartbeat = started()
    assert heartbeat.due(20.0) is Beat.SEND
    assert heartbeat.due(60.0) is Beat.ZOMBIE


def test_a_beat_that_was_asked_for_just_before_the_next_is_no_zombie():
    heartbeat = started()
    assert heartbeat.due(20.0) is Beat.SEND
    heartbeat.answered(20.1)
    heartbeat.sent(59.9)
    assert heartbeat.due(60.0) is Beat.SEND
    assert heartbeat.due(100.0) is Beat.ZOMBIE


def test_a_pause_of_our_own_is_no_zombie():
    heartbeat = started()
    assert heartbeat.due(20.0) is Beat.SEND
    heartbeat.pause()
    assert heartbeat.due(60.0) is Beat.SEND
    assert heartbeat.due(100.0) is Beat.SEND
    heartbeat.unpause(101.0)
    assert heartbeat.due(140.0) is Beat.SEND
    assert heartbeat.due(180.0) is Beat.ZOMBIE


def test_a_short_pause_gives_the_answer_a_new_interval():
    heartbeat = started()
    assert heartbeat.due(20.0) is Beat.SEND
    heartbeat.pause()
    heartbeat.unpause(59.0)
    assert heartbeat.due(60.0) is Beat.SEND


def test_a_process_that_stood_still_does_not_blame_the_peer():
    heartbeat = started()
    assert heartbeat.due(20.0) is Beat.SEND
    assert heartbeat.due(500.0) is Beat.SEND
    assert heartbeat.due(540.0) is Beat.ZOMBIE


def test_latency_is_from_the_beat_to_its_answer():
    heartbeat = started()
    assert heartbeat.latency is None
    heartbeat.due(20.0)
    heartbeat.answered(20.125)
    assert heartbeat.latency == 0.125
    heartbeat.answered(30.0)
    assert heartbeat.latency == 0.125


@given(st.floats(0, 1, exclude_max=True), st.lists(st.floats(0.01, 0.49), max_size=40))
def test_a_peer_that_answers_within_the_interval_is_never_a_zombie(
    jitter: float, delays: list[float]
):
    heartbeat = started(jitter)
    for delay in delays:
        now = heartbeat.next_at
        assert now is not None
        assert heartbeat.due(now) is Beat.SEND
        heartbeat.answered(now + delay * INTERVAL)


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 10))
def test_a_peer_that_falls_silent_is_found_out_within_two_intervals(jitter: float, good: int):
    heartbeat = started(jitter)
    now = 0.0
    for _ in range(good):
        now = heartbeat.next_at or 0.0
        heartbeat.due(now)
        heartbeat.answered(now)
    silent_since = now
    while True:
        now = heartbeat.next_at or 0.0
        if heartbeat.due(now) is Beat.ZOMBIE:
            break
    assert now - silent_since <= 2 * INTERVAL + 1e-6
