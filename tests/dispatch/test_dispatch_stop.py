"""Stopping in every state, starting again, and forking."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

import pytest
from dispatch_bench import DEADLINE, Bench, Event, Happened, Interaction, Typing, threads_named

from disruption.dispatch import Progress
from disruption.errors import ClientStopped


def test_stop_without_any_event(bench: Callable[..., Bench]) -> None:
    b = bench()
    assert b.dispatcher.stop(DEADLINE) == []
    assert b.dispatcher.stop(DEADLINE) == []


def test_stop_handles_what_is_queued(bench: Callable[..., Bench]) -> None:
    b = bench(workers=2, name="drained")
    seen = Happened()
    b.on(lambda event: seen.add(event.number))
    b.push(*(Event(n) for n in range(500)))
    assert b.dispatcher.stop(DEADLINE) == []
    assert sorted(seen.items) == list(range(500))
    assert threads_named("drained-worker") == []


def test_stop_handles_what_waits_for_its_lane(bench: Callable[..., Bench]) -> None:
    b = bench(ordering="channel")
    seen = Happened()
    b.on(lambda event: seen.add(event.number))
    b.push(*(Event(n) for n in range(500)))
    assert b.dispatcher.stop(DEADLINE) == []
    assert seen.items == list(range(500))


def test_a_stuck_handler_is_named_with_its_stack_and_the_queue_is_dropped(
    bench: Callable[..., Bench],
) -> None:
    b = bench(workers=1, name="stuck")
    gate = b.gate()

    def stubborn(event: Event) -> None:
        gate()

    b.on(stubborn)
    session = Progress().session(0)
    for number in range(1, 5):
        b.dispatcher.push(Event(number), session=session, sequence=number)
    b.dispatcher.flush()
    gate.wait_inside(1)
    (stuck,) = b.dispatcher.stop(0.0)
    assert "stubborn" in stuck.handler
    assert stuck.event == "MESSAGE_CREATE"
    assert stuck.thread == "stuck-worker-1"
    assert "gate()" in stuck.stack
    assert b.counters["dispatch.stuck"] == 1
    assert b.counters["dispatch.dropped.MESSAGE_CREATE"] == 3
    text = "\n".join(b.logged.items)
    assert "Dropped 3 events" in text
    assert "left behind" in text
    assert session.handled == 0  # what was dropped will be sent again
    thread = next(t for t in threading.enumerate() if t.name == "stuck-worker-1")
    gate.open()
    thread.join(DEADLINE)
    assert not thread.is_alive()
    assert session.handled == 1


def test_a_stuck_handler_of_the_life_before_does_not_disturb_the_next(
    bench: Callable[..., Bench],
) -> None:
    b = bench(workers=1, ordering="channel")
    gate = b.gate()
    seen = Happened()
    b.on(lambda event: gate() if event.number == 0 else seen.add(event.number))
    b.push(Event(0))
    gate.wait_inside(1)
    assert len(b.dispatcher.stop(0.0)) == 1
    b.dispatcher.start()
    b.push(Event(1), Event(2))
    assert seen.wait_count(2) == [1, 2]
    gate.open()
    b.push(Event(3))
    seen.wait_count(3)


def test_a_stopped_dispatcher_starts_again(bench: Callable[..., Bench]) -> None:
    b = bench()
    seen = Happened()
    b.on(lambda event: seen.add(event.number))
    for life in range(3):
        b.push(Event(life))
        seen.wait_count(life + 1)
        assert b.dispatcher.stop(DEADLINE) == []
        b.dispatcher.start()
        b.dispatcher.start()


def test_events_after_the_stop_are_dropped_and_counted(bench: Callable[..., Bench]) -> None:
    b = bench()
    b.on(lambda event: None)
    b.dispatcher.stop(DEADLINE)
    b.push(Event(), Event(), Typing())
    assert b.counters["dispatch.dropped.MESSAGE_CREATE"] == 2
    assert b.counters["dispatch.dropped.TYPING_START"] == 1
    assert any("while the client is stopped" in line for line in b.logged.items)


@pytest.mark.parametrize("workers", [1, 2, 8])
@pytest.mark.parametrize("ordering", [None, "channel"])
def test_a_handler_may_stop_the_client(
    bench: Callable[..., Bench], workers: int, ordering: str | None
) -> None:
    b = bench(workers=workers, ordering=ordering, name=f"own{workers}{ordering}")
    stopped = Happened()
    threads = Happened()

    def handler(event: Event) -> None:
        if event.number == 0:
            threads.add(threading.current_thread())
            stopped.add(b.dispatcher.stop(DEADLINE))

    b.on(handler)
    b.push(*(Event(n) for n in range(20)))
    assert stopped.wait_count(1) == [[]]
    (thread,) = threads.wait_count(1)
    thread.join(DEADLINE)
    assert threads_named(f"own{workers}{ordering}-worker") == []


def test_two_handlers_may_stop_the_client_at_once(bench: Callable[..., Bench]) -> None:
    b = bench(workers=2)
    both = threading.Barrier(2)
    stopped = Happened()

    def handler(event: Event) -> None:
        both.wait(DEADLINE)
        stopped.add(b.dispatcher.stop(DEADLINE))

    b.on(handler)
    b.push(Event(), Event())
    stopped.wait_count(2)


def test_stop_ends_handlers_that_wait_for_events(bench: Callable[..., Bench]) -> None:
    b = bench(workers=2, name="waits")
    ended = Happened()

    def dialogue(event: Interaction) -> None:
        try:
            b.dispatcher.wait_for(Typing)
        except ClientStopped:
            ended.add(event.number)
            raise

    b.on(dialogue, Interaction)
    b.push(*(Interaction(n) for n in range(20)))
    b.waiting.wait_count(20)
    assert b.dispatcher.stop(DEADLINE) == []
    assert len(ended.items) == 20
    assert b.counters["dispatch.handlers_ended_by_stop"] == 20
    assert b.counters["dispatch.handler_errors"] == 0  # ending so is no error
    assert threads_named("waits-worker") == []


def test_stop_ends_a_handler_that_waits_for_its_key(bench: Callable[..., Bench]) -> None:
    b = bench(ordering="channel", name="key")
    gate = b.gate()
    ended = Happened()

    def handler(event: Event) -> None:
        if event.number == 0:
            b.dispatcher.wait_for(Typing, timeout=DEADLINE)
            ended.add(0)
        else:
            gate()

    b.on(lambda event: handler(event) if type(event) is Event else None)
    b.push(Event(0))
    b.waiting.wait_count(1)
    b.push(Event(1))
    gate.wait_inside(1)
    b.push(Typing())
    stuck = b.dispatcher.stop(0.0)
    ended.wait_count(1)
    assert {s.event for s in stuck} <= {"MESSAGE_CREATE"}
    assert any("gate()" in s.stack for s in stuck)


def test_stop_at_the_bound_of_threads(bench: Callable[..., Bench]) -> None:
    b = bench(workers=1 + 1, max_threads=2)
    ended = Happened()

    def dialogue(event: Interaction) -> None:
        try:
            b.dispatcher.wait_for(Typing)
        except ClientStopped:
            ended.add(event.number)

    b.on(dialogue, Interaction)
    b.push(*(Interaction(n) for n in range(10)))
    b.waiting.wait_count(2)
    assert b.dispatcher.stop(DEADLINE) == []
    assert sorted(ended.items) == list(range(10))


def test_stop_while_events_pour_in(bench: Callable[..., Bench]) -> None:
    b = bench(name="pour")
    b.on(lambda event: None)
    begun, halt = threading.Event(), threading.Event()

    def read() -> None:
        while not halt.is_set():
            b.push(*(Event(n) for n in range(10)))
            begun.set()

    reader = threading.Thread(target=read)
    reader.start()
    assert begun.wait(DEADLINE)
    assert b.dispatcher.stop(DEADLINE) == []
    halt.set()
    reader.join(DEADLINE)
    assert threads_named("pour-worker") == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_child_is_stopped_and_does_not_hang(bench: Callable[..., Bench]) -> None:
    b = bench()
    gate = b.gate()
    b.on(gate)
    b.push(*(Event(n) for n in range(20)))
    gate.wait_inside(8)
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            assert b.dispatcher.stats().pool.threads == 0
            assert b.dispatcher.stop(DEADLINE) == []
            with pytest.raises(ClientStopped):
                b.dispatcher.wait_for(Event)
            b.timer.start()
            b.dispatcher.start()
            seen = Happened()
            b.on(lambda event: seen.add(1), Interaction)
            gate.open()
            b.push(Interaction())
            seen.wait_count(1)
            assert b.dispatcher.stop(DEADLINE) == []
            code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_handler_may_fork(bench: Callable[..., Bench]) -> None:
    b = bench(ordering="channel")
    codes = Happened()

    def handler(event: Event) -> None:
        pid = os.fork()
        if pid == 0:
            try:
                b.dispatcher.stop(DEADLINE)
                with b.dispatcher.blocking():
                    pass
            except BaseException:
                os._exit(1)
            os._exit(0)
        codes.add(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))

    b.on(handler)
    b.push(Event())
    assert codes.wait_count(1) == [0]
