"""Waiting until everything is handled."""

from __future__ import annotations

from collections.abc import Callable

from dispatch_bench import DEADLINE, Bench, Event, Happened

from disruption.errors import ClientStopped, WaitTimeout


def test_nothing_to_do_is_idle(bench: Callable[..., Bench]) -> None:
    b = bench()
    assert b.dispatcher.wait_idle(0.0)
    b.dispatcher.stop(DEADLINE)
    assert b.dispatcher.wait_idle(0.0)


def test_everything_pushed_is_handled_when_it_returns(bench: Callable[..., Bench]) -> None:
    b = bench(workers=3)
    seen = Happened()
    b.on(lambda event: seen.add(event.number))
    for start in range(0, 300, 100):
        b.push(*(Event(n) for n in range(start, start + 100)))
        assert b.dispatcher.wait_idle(DEADLINE)
        assert len(seen.items) == start + 100


def test_a_handler_that_runs_is_waited_for(bench: Callable[..., Bench]) -> None:
    b = bench()
    gate = b.gate()
    b.on(lambda event: gate())
    b.push(Event(1))
    gate.wait_inside(1)
    assert not b.dispatcher.wait_idle(0.0)
    gate.open()
    assert b.dispatcher.wait_idle(DEADLINE)


def test_a_handler_that_waits_for_an_event_is_not(bench: Callable[..., Bench]) -> None:
    b = bench()
    began = Happened()

    def ask(event: Event) -> None:
        began.add(event.number)
        try:
            b.dispatcher.wait_for(Event, timeout=DEADLINE, number=2)
        except (ClientStopped, WaitTimeout):
            return

    b.on(ask)
    b.push(Event(1))
    began.wait_count(1)
    assert b.dispatcher.wait_idle(DEADLINE)
