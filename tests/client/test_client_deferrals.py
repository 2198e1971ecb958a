"""What `Deferrals` decides by itself: who is too old, and what to do when nobody can be asked."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from queue import Queue
from typing import Any

import pytest

from disruption.client.deferring import Deferrals
from disruption.counters import Counters
from disruption.timer import Timer
from disruption.types import Interaction
from disruption.types.events import decode_event

NOW = 1_800_000_000.0  # seconds since 1970, by our clock
COMMAND, AUTOCOMPLETE = 2, 4


def interaction(age: float, type: int = AUTOCOMPLETE) -> Interaction:
    """Return one that is so many seconds old, if our clock is right."""
    made = int((NOW - age) * 1000) - 1_420_070_400_000
    payload = {
        "id": str(made << 22),
        "application_id": "7",
        "type": type,
        "token": "t0ken",
        "version": 1,
        "app_permissions": "0",
    }
    event = decode_event("INTERACTION_CREATE", json.dumps(payload).encode())
    assert isinstance(event, Interaction)
    return event


class Deferring:
    """Deferrals on their own, with a clock that stands still."""

    def __init__(self, **options: Any) -> None:
        self.counters = Counters()
        self.timer = Timer("deferring-timer", counters=self.counters)
        self.deferrals = Deferrals(
            "deferring",
            delay=options.pop("delay", 2.5),
            policy=options.pop("policy", lambda interaction: (True, False)),
            timer=self.timer,
            counters=self.counters,
            wall=lambda: NOW,
        )

    def lives(self, which: Interaction) -> bool:
        found: Queue[bool] = Queue()
        self.deferrals.check(which, found.put)
        return found.get(timeout=30)


@pytest.fixture
def made() -> Iterator[list[Deferring]]:
    all_: list[Deferring] = []
    yield all_
    for each in all_:
        each.deferrals.stop(1.0, keep_session=False)
        each.timer.stop()


def test_what_cannot_be_deferred_is_judged_by_its_age(made: list[Deferring]) -> None:
    """Within a minute, where nothing has told how wrong the clock is."""
    made.append(it := Deferring())
    assert it.lives(interaction(age=30))
    assert it.lives(interaction(age=-30))
    assert not it.lives(interaction(age=100))
    assert it.counters["client.interactions_expired"] == 1


@pytest.mark.parametrize("skew", [-500.0, 0.1, 500.0])
def test_a_clock_that_is_wrong_drops_nothing_that_is_fresh(
    made: list[Deferring], skew: float
) -> None:
    made.append(it := Deferring())
    it.deferrals.watch(interaction(age=skew + 1.0))  # it came late
    it.deferrals.watch(interaction(age=skew))
    assert it.lives(interaction(age=skew + 2.0))
    assert not it.lives(interaction(age=skew + 4.0))


def test_whoever_defers_nothing_is_asked_nothing(made: list[Deferring]) -> None:
    made.append(it := Deferring(delay=None))
    assert it.lives(interaction(age=1, type=COMMAND))
    assert not it.lives(interaction(age=1000, type=COMMAND))
    it.deferrals.watch(interaction(age=1, type=COMMAND))
    assert it.timer.pending == 0


def test_one_timed_action_is_enough_for_all(made: list[Deferring]) -> None:
    made.append(it := Deferring())
    for number in range(100):
        it.deferrals.watch(interaction(age=number / 1000, type=COMMAND))
    assert it.timer.pending == 1


def test_a_policy_that_fails_is_logged_and_does_not_decide(
    made: list[Deferring], caplog: pytest.LogCaptureFixture
) -> None:
    def policy(interaction: Interaction) -> tuple[bool, bool]:
        raise ZeroDivisionError

    made.append(it := Deferring(policy=policy))
    with caplog.at_level(logging.ERROR, "disruption.client"):
        assert it.deferrals._ask(interaction(age=0, type=COMMAND)) == (True, False)
    assert it.counters["client.defer_policy_errors"] == 1
    assert "ZeroDivisionError" in caplog.text


def test_after_a_stop_nothing_is_deferred_any_more(made: list[Deferring]) -> None:
    made.append(it := Deferring())
    it.deferrals.stop(1.0, keep_session=False)
    it.deferrals.defer(interaction(age=0, type=COMMAND))  # unbound: it would raise
    it.deferrals.check(interaction(age=0), lambda lives: None)
    assert it.counters["client.interactions_undeferred"] == 1
