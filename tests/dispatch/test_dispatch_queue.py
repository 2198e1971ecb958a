"""Bytes in the queue: what is dropped first, when readers pause, who overtakes."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

import pytest
from dispatch_bench import DEADLINE, Bench, Event, Happened, Interaction, Typing

from disruption.counters import Counters
from disruption.dispatch.item import URGENT, Item
from disruption.dispatch.progress import SessionProgress
from disruption.dispatch.queue import EventQueue, Fifo
from disruption.errors import InvalidArgument


def make(limit: int = 100) -> tuple[EventQueue, Counters]:
    counters = Counters()
    return EventQueue(limit, Fifo(), counters), counters


def items(*events: Event, size: int = 10, urgent: bool = False) -> deque[Item]:
    return deque(
        (n - URGENT if urgent else n, event, size, None, 0, None) for n, event in enumerate(events)
    )


def test_counts_bytes() -> None:
    queue, _ = make()
    queue.take_in(items(Event(), Event(), size=30), 0.0)
    assert queue.bytes == queue.most == 60
    assert not queue.crowded


def test_urgent_items_come_first() -> None:
    queue, _ = make()
    queue.take_in(items(Event(1), Event(2)), 0.0)
    queue.take_in(items(Interaction(3), Interaction(4), urgent=True), 0.0)
    taken = [queue.backlog.take() for _ in range(4)]
    assert [i[1].number for i in taken if i is not None] == [3, 4, 1, 2]
    assert queue.backlog.take() is None


def test_typing_is_dropped_past_the_limit_and_nothing_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    queue, counters = make(100)
    queue.take_in(items(*[Event()] * 11, size=10), 0.0)
    assert queue.crowded
    session = SessionProgress()
    session.begin(7)
    queue.take_in(deque([(20, Typing(), 10, session, 7, None)]), 0.0)
    queue.take_in(items(Typing(), Event(), Typing()), 1.0)
    assert len(queue.backlog) == 12
    assert counters["dispatch.dropped.TYPING_START"] == 3
    assert session.handled == 7  # given up for good
    assert len(queue.notes) == 1  # once a minute
    queue.take_in(items(Typing()), 61.0)
    assert len(queue.notes) == 2


def test_an_urgent_item_is_never_dropped() -> None:
    queue, _ = make(1)
    queue.take_in(items(Event(), Event()), 0.0)
    queue.take_in(items(Typing(), urgent=True), 0.0)
    assert len(queue.backlog) == 3


def test_full_past_twice_the_limit_and_room_below_one_and_a_half() -> None:
    queue, counters = make(100)
    queue.take_in(items(*[Event()] * 21), 0.0)
    assert queue.full
    queue.bytes = 160
    assert not queue.full
    assert not queue.has_room
    queue.bytes = 150
    assert queue.has_room
    queue.paused(0.0)
    queue.paused(1.0)
    assert counters["dispatch.pauses"] == 2
    assert len(queue.notes) == 1


def test_drops_what_would_pause_a_reader_that_every_worker_waits_for() -> None:
    queue, counters = make(100)
    queue.take_in(items(*[Event()] * 30), 0.0, stalled=True)
    assert len(queue.backlog) == 21
    assert counters["dispatch.dropped.MESSAGE_CREATE"] == 9


def test_refuses_a_queue_of_no_size(bench: Callable[..., Bench]) -> None:
    with pytest.raises(InvalidArgument):
        bench(queue_bytes=0)


class TestReaders:
    def test_a_reader_pauses_until_the_workers_have_made_room(
        self, bench: Callable[..., Bench], caplog: pytest.LogCaptureFixture
    ) -> None:
        b = bench(queue_bytes=1000, workers=1)
        gate = b.gate()
        seen = Happened()
        b.on(gate)
        b.on(lambda event: seen.add(event.number))
        assert b.push(*(Event(n) for n in range(20)), size=100)
        assert not b.push(*(Event(n) for n in range(20, 30)), size=100)
        assert not b.dispatcher.wait_for_room(0.0)
        result: list[bool] = []
        reader = threading.Thread(target=lambda: result.append(b.dispatcher.wait_for_room()))
        reader.start()
        gate.open()
        reader.join(DEADLINE)
        assert result == [True]
        seen.wait_count(30)
        assert b.counters["dispatch.pauses"] >= 1
        assert "reading pauses" in caplog.text

    def test_a_pause_ends_when_it_is_interrupted_or_the_client_stops(
        self, bench: Callable[..., Bench]
    ) -> None:
        b = bench(queue_bytes=10, workers=1)
        gate = b.gate()
        b.on(gate)
        b.push(*(Event(n) for n in range(9)), size=10)
        results = Happened()

        def read() -> None:
            results.add(b.dispatcher.wait_for_room(DEADLINE))

        reader = threading.Thread(target=read)
        reader.start()
        b.logged.wait(lambda lines: any("reading pauses" in line for line in lines))
        b.dispatcher.interrupt()
        assert results.wait_count(1) == [False]
        assert not b.dispatcher.wait_for_room()  # nor does a reader that comes later
        second = threading.Thread(target=read)
        second.start()
        gate.open()
        b.dispatcher.stop(DEADLINE)
        assert results.wait_count(2)
        reader.join(DEADLINE)
        second.join(DEADLINE)

    def test_a_reader_need_not_decode_what_would_be_dropped(
        self, bench: Callable[..., Bench]
    ) -> None:
        b = bench(queue_bytes=100, workers=1)
        gate = b.gate()
        b.on(gate)
        assert not b.dispatcher.refuses("TYPING_START")
        b.push(Event(), Event(), Event(), size=80)
        gate.wait_inside(1)
        assert b.dispatcher.refuses("TYPING_START")
        assert not b.dispatcher.refuses("MESSAGE_CREATE")
        assert b.counters["dispatch.dropped.TYPING_START"] == 1

    def test_a_serial_handler_that_waits_does_not_stop_the_reader_for_ever(
        self, bench: Callable[..., Bench]
    ) -> None:
        b = bench(queue_bytes=100, workers=1)
        answers = Happened()

        def handler(event: Event) -> None:
            if event.number == 0:
                answer = b.dispatcher.wait_for(
                    Event, check=lambda e: e.number == 99, timeout=DEADLINE
                )
                answers.add(answer.number)

        b.on(handler)
        b.push(Event(0), size=10)
        b.waiting.wait_count(1)
        for number in range(1, 100):
            assert b.push(Event(number), size=10)
        assert answers.wait_count(1) == [99]
        assert b.counters["dispatch.dropped.MESSAGE_CREATE"] > 0
