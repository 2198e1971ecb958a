from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from disruption.gateway import Backoff

STEPS = [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_doubles_up_to_a_minute_and_stays_there():
    backoff = Backoff(random=lambda: 0.0)
    assert [backoff.next() for _ in STEPS] == STEPS


def test_starts_over_after_a_session_was_established():
    backoff = Backoff(random=lambda: 0.0)
    for _ in range(5):
        backoff.next()
    backoff.reset()
    assert backoff.next() == 1


@given(st.lists(st.floats(0, 1, exclude_max=True), min_size=9, max_size=9))
def test_jitter_only_lengthens_and_only_a_little(randoms: list[float]):
    values = iter(randoms)
    backoff = Backoff(random=lambda: next(values))
    for step in STEPS:
        assert step <= backoff.next() <= step * 1.2


@given(st.lists(st.booleans(), max_size=50))
def test_the_delay_depends_only_on_failures_since_the_last_session(outcomes: list[bool]):
    backoff = Backoff(random=lambda: 0.0)
    failures = 0
    for established in outcomes:
        if established:
            backoff.reset()
            failures = 0
        else:
            assert backoff.next() == STEPS[min(failures, 6)]
            failures += 1
        assert backoff.failures == failures
