"""The rules of one task, with clocks that the test turns."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption.tasks import Interval, TimesOfDay
from disruption.tasks.plan import Due, Now, Plan

UTC = timezone.utc
MONDAY = datetime(2026, 3, 2, tzinfo=UTC).timestamp()


def mono(seconds: float) -> Now:
    return Now(seconds, MONDAY + seconds)


def wall(hour: float, monotonic: float = 0.0) -> Now:
    return Now(monotonic, MONDAY + hour * 3600)


def test_nothing_is_due_before_its_time_nor_before_it_begins() -> None:
    plan = Plan(Interval(10))
    assert plan.take(mono(100), 0) is None
    plan.begin(mono(100))
    assert plan.wait(mono(104)) == 6
    assert plan.take(mono(109.9), 0) is None
    assert plan.take(mono(110), 0) == Due(MONDAY + 110, 0, 0, False)
    assert plan.take(mono(110), 0) is None
    assert plan.wait(mono(110)) == 10


def test_a_late_run_does_not_move_the_next_one() -> None:
    plan = Plan(Interval(10))
    plan.begin(mono(0))
    due = plan.take(mono(13), 0)
    assert due is not None
    assert due.late == 3
    assert plan.due == 20


def test_what_was_missed_runs_once_and_is_counted() -> None:
    plan = Plan(Interval(10))
    plan.begin(mono(0))
    due = plan.take(mono(57), 0)
    assert due is not None
    assert (due.missed, due.late, due.skip) == (4, 47, False)
    assert plan.due == 60


def test_a_run_is_skipped_while_the_one_before_is_under_way() -> None:
    plan = Plan(Interval(10))
    plan.begin(mono(0))
    due = plan.take(mono(10), 1)
    assert due is not None
    assert due.skip
    assert plan.due == 20
    overlapping = Plan(Interval(10), limit=3)
    overlapping.begin(mono(0))
    assert [overlapping.take(mono(10 * n), n).skip for n in (1, 2, 3)] == [  # type: ignore[union-attr]
        False,
        False,
        True,
    ]


def test_a_count_is_of_runs_and_not_of_skipped_ones() -> None:
    plan = Plan(Interval(10), count=2)
    plan.begin(mono(0))
    assert plan.take(mono(10), 0)
    assert plan.take(mono(20), 1).skip  # type: ignore[union-attr]
    assert plan.take(mono(30), 0)
    assert plan.due is None
    assert plan.take(mono(99), 0) is None
    plan.begin(mono(100))
    assert plan.due == 110


def test_jitter_delays_runs_and_leaves_the_grid_alone() -> None:
    chances = iter([0.5, 0.25, 0.0])
    plan = Plan(Interval(10), jitter=4, chance=lambda: next(chances))
    plan.begin(mono(0))
    assert plan.due == 12
    assert plan.take(mono(12), 0)
    assert plan.due == 21
    assert plan.take(mono(21), 0)
    assert plan.due == 30


def test_a_wall_clock_that_is_put_forward_runs_what_was_passed_once() -> None:
    plan = Plan(TimesOfDay("09:00", "10:00", "11:00"))
    plan.begin(wall(8))
    due = plan.take(wall(12), 0)
    assert due is not None
    assert (due.missed, due.late) == (2, 3 * 3600)
    assert plan.due == MONDAY + 33 * 3600


def test_a_wall_clock_that_is_put_back_a_little_runs_nothing_twice() -> None:
    plan = Plan(TimesOfDay("09:00"))
    plan.begin(wall(8))
    assert plan.take(wall(9), 0)
    assert plan.take(wall(8.5), 0) is None
    assert plan.take(wall(9), 0) is None
    assert plan.due == MONDAY + 33 * 3600


def test_another_schedule_begins_now() -> None:
    plan = Plan(Interval(10), count=3)
    plan.begin(mono(0))
    assert plan.take(mono(10), 0)
    plan.restart(mono(15), Interval(100))
    assert plan.due == 115
    assert plan.left == 2


@settings(deadline=None)
@given(
    st.floats(0.05, 100),
    st.lists(st.tuples(st.floats(0, 300), st.integers(0, 2)), max_size=50),
    st.one_of(st.none(), st.integers(1, 10)),
    st.floats(0, 1),
)
def test_every_time_runs_is_skipped_or_is_missed_and_none_twice(
    interval: float, steps: list[tuple[float, int]], count: int | None, spread: float
) -> None:
    plan = Plan(Interval(interval), count=count, jitter=interval * 0.9 * spread, chance=lambda: 0.5)
    plan.begin(mono(0))
    now, seen, runs, last = 0.0, 0, 0, -1.0
    for step, running in steps:
        now += step
        while (due := plan.take(mono(now), running)) is not None:
            assert due.at > last  # in order, each time once
            assert due.at - MONDAY <= now + 1e-3  # never early
            last = due.at
            seen += 1 + due.missed
            runs += not due.skip
            if plan.due is not None:
                # All times up to now are accounted for.
                assert abs(plan._base - interval * (seen + 1)) < 1e-3
                assert plan._base > now - interval
    assert count is None or runs <= count


@pytest.mark.parametrize("wall_clock", [True, False])
def test_the_wait_is_never_negative(wall_clock: bool) -> None:
    plan = Plan(TimesOfDay("09:00") if wall_clock else Interval(10))
    plan.begin(wall(0))
    assert plan.wait(wall(50, 50 * 3600.0)) == 0.0
    plan.end()
    assert plan.wait(wall(50)) is None
