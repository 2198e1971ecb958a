"""Events on their way to the user's functions, on real threads."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from collections.abc import Callable
from typing import Any

import pytest
from dispatch_bench import (
    DEADLINE,
    Bench,
    Event,
    Gate,
    Happened,
    Interaction,
    Typing,
    threads_named,
)

from disruption.dispatch import Progress
from disruption.dispatch.watchdog import Run, SlowRuns
from disruption.errors import InvalidArgument
from disruption.waits import rate_limit_wait


class Handler:
    def __init__(self) -> None:
        self.seen = Happened()

    def on_message(self, event: Event) -> None:
        self.seen.add(("method", event.number))


def test_the_method_and_the_functions_run_one_after_another(bench: Callable[..., Bench]) -> None:
    handler = Handler()
    b = bench(handler=handler, methods={Event: ("on_message", None)})
    threads: set[str] = set()
    for name in ("first", "second"):

        def function(event: Event, name: str = name) -> None:
            threads.add(threading.current_thread().name)
            handler.seen.add((name, event.number))

        b.on(function)
    b.push(Event(1))
    assert handler.seen.wait_count(3) == [("method", 1), ("first", 1), ("second", 1)]
    assert len(threads) == 1


def test_threads_start_when_first_needed_and_are_daemons_with_names(
    bench: Callable[..., Bench],
) -> None:
    b = bench(name="named")
    assert threads_named("named-") == []
    seen = Happened()
    b.on(lambda event: seen.add(threading.current_thread()))
    b.push(Event())
    (thread,) = seen.wait_count(1)
    assert thread.name == "named-worker-1"
    assert thread.daemon


def test_threads_can_be_started_before_there_is_work(bench: Callable[..., Bench]) -> None:
    b = bench()
    b.dispatcher.prepare()
    b.dispatcher.prepare()
    assert b.dispatcher.stats().pool.threads == 1
    got = Happened()
    b.on(lambda event: got.add(threading.current_thread().name))
    b.push(Event())
    assert got.wait_count(1) == ["disruption-worker-1"]
    b.dispatcher.stop(DEADLINE)
    b.dispatcher.prepare()
    assert b.dispatcher.stats().pool.threads == 0


def test_nothing_is_queued_that_nobody_listens_to(bench: Callable[..., Bench]) -> None:
    b = bench(name="idle")
    progress = Progress()
    session = progress.session(0)
    b.dispatcher.push(Event(), session=session, sequence=5)
    b.dispatcher.flush()
    assert session.handled == 5
    assert threads_named("idle-worker") == []
    assert not b.dispatcher.listens(Event)
    b.on(lambda event: None)
    assert b.dispatcher.listens(Typing)


def test_each_error_goes_to_on_error_and_the_next_function_runs(
    bench: Callable[..., Bench],
) -> None:
    errors, seen = Happened(), Happened()
    b = bench(on_error=lambda error, event: errors.add((type(error), event.number)))

    def fail(event: Event) -> None:
        raise LookupError(event.number)

    b.on(fail)
    b.on(lambda event: seen.add(event.number))
    b.push(Event(1), Event(2))
    seen.wait_count(2)
    assert sorted(n for _, n in errors.items) == [1, 2]
    assert b.counters["dispatch.handler_errors"] == 2


def test_without_on_error_the_traceback_is_logged(
    bench: Callable[..., Bench], caplog: pytest.LogCaptureFixture
) -> None:
    b = bench()
    done = Happened()

    def broken_handler(event: Event) -> None:
        raise LookupError("nothing there")

    b.on(broken_handler)
    b.on(lambda event: done.add(1))
    b.push(Event())
    done.wait_count(1)
    assert "broken_handler failed on MESSAGE_CREATE" in caplog.text
    assert "nothing there" in caplog.text
    assert "Traceback" in caplog.text


def test_an_on_error_that_fails_is_logged_with_both_errors(
    bench: Callable[..., Bench], caplog: pytest.LogCaptureFixture
) -> None:
    def on_error(error: BaseException, event: Any) -> None:
        raise ValueError("second")

    b = bench(on_error=on_error)
    done = Happened()

    def fail(event: Event) -> None:
        raise LookupError("first")

    b.on(fail)
    b.on(lambda event: done.add(1))
    b.push(Event())
    done.wait_count(1)
    assert "first" in caplog.text
    assert "on_error failed" in caplog.text
    assert b.counters["dispatch.on_error_errors"] == 1


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt()])
def test_an_exit_asked_for_in_a_handler_goes_to_on_exit(
    bench: Callable[..., Bench], error: BaseException
) -> None:
    exits, errors, seen = Happened(), Happened(), Happened()
    b = bench(on_exit=exits.add, on_error=lambda error, event: errors.add(error))

    def leave(event: Event) -> None:
        raise error

    b.on(leave)
    b.on(lambda event: seen.add(1))
    b.push(Event(), Event())
    assert exits.wait_count(2) == [error, error]
    seen.wait_count(2)
    assert errors.items == []
    assert b.counters["dispatch.exits"] == 2


def test_an_exit_without_on_exit_is_logged_and_the_worker_lives_on(
    bench: Callable[..., Bench], caplog: pytest.LogCaptureFixture
) -> None:
    b = bench(workers=1)
    seen = Happened()
    b.on(lambda event: sys.exit() if event.number == 0 else seen.add(event.number))
    b.push(Event(0), Event(1))
    seen.wait_count(1)
    assert "asked to exit" in caplog.text


def test_one_worker_is_strictly_serial(bench: Callable[..., Bench]) -> None:
    b = bench(workers=1, patience=0.001, name="serial")
    gate = b.gate()
    seen = Happened()

    def handler(event: Event) -> None:
        if event.number == 0:
            gate()
        elif event.number == 1:
            b.dispatcher.wait_for(Typing, timeout=DEADLINE)
        seen.add(event.number)

    b.on(handler, Interaction)
    b.push(*(Interaction(n) for n in range(20)))
    gate.wait_inside(1)
    b.dispatcher._pool._look()  # type: ignore[union-attr]
    gate.open()
    b.waiting.wait_count(1)
    assert seen.items == [0]
    assert threads_named("serial-worker") == ["serial-worker-1"]
    b.push(Typing())
    assert seen.wait_count(20) == list(range(20))


def test_blocked_handlers_do_not_stop_the_bot(bench: Callable[..., Bench]) -> None:
    b = bench(workers=2, patience=0.01)
    gate = b.gate()
    seen = Happened()
    b.on(lambda event: gate() if event.number < 10 else seen.add(event.number))
    b.push(*(Event(n) for n in range(11)))
    assert seen.wait_count(1) == [10]
    gate.wait_inside(10)
    assert b.counters["dispatch.places_lent"] >= 9
    stats = b.dispatcher.stats().pool
    assert stats.extra >= 8


def test_waiting_for_a_rate_limit_does_not_grow_the_pool(bench: Callable[..., Bench]) -> None:
    now = [0.0]
    b = bench(workers=3, patience=0.001, name="limited", clock=lambda: now[0])
    gate = b.gate()
    looks = Happened()

    def handler(event: Event) -> None:
        with rate_limit_wait():
            gate()

    b.on(handler)
    b.push(*(Event(n) for n in range(50)))
    gate.wait_inside(3)
    now[0] = 100.0  # all of them are long out of patience
    pool = b.dispatcher._pool
    assert pool is not None
    look = pool._look

    def counted() -> None:
        look()
        looks.add(1)

    pool._look = counted  # type: ignore[method-assign]
    looks.wait_count(20)
    assert gate.most == 3
    assert len(threads_named("limited-worker")) == 3
    assert b.dispatcher.stats().pool.rate_limited == 3


def test_at_the_bound_events_wait_and_a_warning_names_the_handlers(
    bench: Callable[..., Bench],
) -> None:
    b = bench(workers=2, max_threads=4, patience=0.005)
    gate = b.gate()

    def stubborn_handler(event: Event) -> None:
        gate()

    b.on(stubborn_handler)
    b.push(*(Event(n) for n in range(10)))
    gate.wait_inside(4)
    lines = b.logged.wait(lambda lines: any("max_threads=4" in line for line in lines))
    assert any("stubborn_handler" in line for line in lines)
    assert gate.most == 4


def test_two_hundred_dialogues_on_eight_workers(bench: Callable[..., Bench]) -> None:
    b = bench(workers=8, max_threads=256)
    finished, others = Happened(), Happened()

    def dialogue(event: Interaction) -> None:
        total = 0
        for step in range(3):
            answer = b.dispatcher.wait_for(
                Typing,
                channel_id=event.channel_id,
                check=lambda e, step=step: e.number == step,
                timeout=DEADLINE,
            )
            total += answer.number
        finished.add((event.channel_id, total))

    b.on(dialogue, Interaction)
    b.on(lambda event: others.add(event.number) if type(event) is Event else None)
    b.push(*(Interaction(channel_id=n) for n in range(1, 201)))
    for step in range(3):
        b.waiting.wait_count(200 * (step + 1))
        b.push(Event(step))
        others.wait_count(step + 1)  # the bot answers while all of them wait
        b.push(*(Typing(step, channel_id=n) for n in range(1, 201)))
    assert sorted(finished.wait_count(200)) == [(n, 3) for n in range(1, 201)]
    assert b.counters["dispatch.handler_errors"] == 0


def test_more_dialogues_than_threads_end_one_after_another(bench: Callable[..., Bench]) -> None:
    b = bench(workers=2, max_threads=5)
    finished = Happened()

    def dialogue(event: Interaction) -> None:
        b.dispatcher.wait_for(Typing, channel_id=event.channel_id, timeout=DEADLINE)
        finished.add(event.channel_id)

    b.on(dialogue, Interaction)
    b.push(*(Interaction(channel_id=n) for n in range(1, 21)))
    for done in range(0, 20, 5):
        b.waiting.wait_count(done + 5)
        b.push(*(Typing(channel_id=n) for n in range(1, 21)))
        finished.wait_count(done + 5)
    assert sorted(finished.items) == list(range(1, 21))


def test_an_idle_worker_keeps_no_event_alive(bench: Callable[..., Bench]) -> None:
    b = bench(workers=1)
    seen = Happened()
    b.on(lambda event: None)
    event = Event()
    ref = weakref.ref(event, lambda _: seen.add("gone"))
    b.push(event)
    del event
    seen.wait_count(1)
    assert ref() is None


def test_progress_knows_what_has_been_handled(bench: Callable[..., Bench]) -> None:
    b = bench(workers=2)
    gate = b.gate()
    seen = Happened()
    session = Progress().session(0)
    b.on(lambda event: gate() if event.number == 3 else seen.add(event.number))
    for number in range(1, 7):
        b.dispatcher.push(Event(number), session=session, sequence=number)
    b.dispatcher.flush()
    seen.wait_count(5)
    assert session.received == 6
    assert session.handled == 2
    gate.open()
    b.dispatcher.stop(DEADLINE)
    assert session.handled == 6


def test_stats_tell_what_goes_on(bench: Callable[..., Bench]) -> None:
    b = bench(workers=2, patience=60.0)
    gate = b.gate()

    def named_handler(event: Event) -> None:
        gate()

    b.on(named_handler)
    b.push(*(Event(n) for n in range(5)), size=10)
    gate.wait_inside(2)
    stats = b.dispatcher.stats()
    assert (stats.pool.busy, stats.pool.queued, stats.pool.queued_bytes) == (2, 3, 30)
    assert (stats.pool.threads, stats.pool.extra, stats.pool.blocked) == (2, 0, 0)
    assert stats.pool.queued_bytes_most == 50
    gate.open()
    b.dispatcher.stop(DEADLINE)
    (name,) = b.dispatcher.stats().handlers
    times = b.dispatcher.stats().handlers[name]
    assert "named_handler" in name
    assert times.count == sum(times.histogram) == 5
    assert times.total >= times.longest > 0


def test_functions_may_be_added_while_events_run(bench: Callable[..., Bench]) -> None:
    b = bench()
    seen = Happened()
    b.on(lambda event: None)
    function = seen.add
    b.on(function)
    b.push(Event(1))
    seen.wait_count(1)
    assert b.router.remove(function) == 1
    b.on(lambda event: seen.add("new"))
    b.push(Event(2))
    assert seen.wait_count(2)[1] == "new"


def test_many_events_from_many_readers_all_arrive(bench: Callable[..., Bench]) -> None:
    b = bench()
    seen = Happened()
    b.on(lambda event: seen.add((event.channel_id, event.number)))

    def read(shard: int) -> None:
        for start in range(0, 2000, 20):
            b.push(*(Event(n, shard) for n in range(start, start + 20)), size=100)

    readers = [threading.Thread(target=read, args=(shard,)) for shard in range(1, 4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(DEADLINE)
    items = seen.wait_count(6000)
    assert len(set(items)) == 6000
    assert b.dispatcher.stats().pool.queued_bytes == 0


def test_a_thread_that_cannot_be_started_is_started_later(
    bench: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    b = bench(name="late")
    seen = Happened()
    b.on(lambda event: seen.add(event.number))
    start, failures = threading.Thread.start, [RuntimeError("can't start new thread")]

    def flaky(thread: threading.Thread) -> None:
        if failures and thread.name.startswith("late-worker"):
            raise failures.pop()
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", flaky)
    b.push(Event(7))
    assert seen.wait_count(1) == [7]
    assert b.counters["dispatch.thread_start_failed"] == 1


def test_refuses_settings_that_make_no_sense(bench: Callable[..., Bench]) -> None:
    for settings in ({"workers": 0}, {"patience": 0}, {"slow_handler": 0}, {"ordering": "x"}):
        with pytest.raises(InvalidArgument):
            bench(**settings)


class TestWatchdog:
    def test_reports_once_and_then_at_growing_intervals(self) -> None:
        rules = SlowRuns(10.0)
        run = Run("a", 100.0)
        assert rules.look([run], 105.0) == ([], 110.0)
        assert rules.look([run], 110.0) == ([run], 120.0)
        assert rules.look([run], 119.0) == ([], 120.0)
        assert rules.look([run], 125.0) == ([run], 140.0)
        assert rules.look([run], 1000.0)[0] == [run]
        assert rules.look([], 1001.0) == ([], None)
        assert rules._reports == {}

    def test_a_slow_handler_is_logged_with_its_stack(self, bench: Callable[..., Bench]) -> None:
        b = bench(slow_handler=0.01)
        gate = b.gate()

        def slow_handler(event: Event) -> None:
            gate()

        b.on(slow_handler)
        b.push(Event())
        lines = b.logged.wait(lambda lines: any("has been running" in line for line in lines))
        (line, *_) = [line for line in lines if "has been running" in line]
        assert "slow_handler has been running" in line
        assert "gate()" in line
        assert "target.call" not in line
        assert b.counters["dispatch.slow_handlers"] >= 1

    def test_waiting_for_an_event_is_not_slow(self, bench: Callable[..., Bench]) -> None:
        b = bench(slow_handler=0.01)
        b.on(lambda event: b.dispatcher.wait_for(Typing, timeout=DEADLINE), Interaction)
        b.push(Interaction())
        b.waiting.wait_count(1)
        assert b.dispatcher._running() == []

    def test_watches_again_after_timer_and_dispatcher_were_stopped(
        self, bench: Callable[..., Bench]
    ) -> None:
        b = bench(slow_handler=0.02)
        done = Happened()
        b.on(lambda event: done.add(1))
        b.push(Event())
        done.wait_count(1)
        b.dispatcher.stop(DEADLINE)
        b.timer.stop(DEADLINE)
        b.timer.start()
        b.dispatcher.start()
        b.on(b.gate())
        b.push(Event())
        b.logged.wait(lambda lines: any("has been running" in line for line in lines))

    def test_can_be_switched_off(self, bench: Callable[..., Bench]) -> None:
        b = bench(slow_handler=None)
        done = Happened()
        b.on(lambda event: done.add(1))
        b.push(Event())
        done.wait_count(1)
        assert b.timer.pending == 0


def test_events_are_garbage_after_an_error(bench: Callable[..., Bench]) -> None:
    b = bench(workers=1, on_error=lambda error, event: None)
    seen = Happened()

    def fail(event: Event) -> None:
        raise LookupError("oops")

    b.on(fail)
    event = Event()
    weakref.finalize(event, seen.add, "gone")
    b.push(event)
    del event
    b.dispatcher.stop(DEADLINE)
    gc.collect()
    seen.wait_count(1)


def test_gates_can_hold_and_release() -> None:
    gate = Gate()
    gate.open()
    gate()
    assert gate.most == 1
