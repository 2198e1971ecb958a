from __future__ import annotations

import threading

import pytest

from disruption.counters import Counters
from disruption.errors import ClientStopped, FatalClose, WaitTimeout
from disruption.gateway import Disconnected, EventBuffer, RawEvent

PATIENCE = 30.0


def buffer(limit: int = 1000, **options: bool) -> EventBuffer:
    return EventBuffer(Counters(), limit, **options)


def push(events: EventBuffer, *numbers: int, size: int = 10) -> None:
    for number in numbers:
        events.push("X", number, b"x" * size, 0)
    events.flush()


def test_gives_out_what_was_flushed_in_order():
    events = buffer()
    events.push("X", 1, b"{}", 0)
    with pytest.raises(WaitTimeout):
        events.take(0)
    push(events, 2)
    assert [events.take(0).sequence for _ in range(2)] == [1, 2]  # type: ignore[union-attr]


def test_wants_what_was_named():
    events = EventBuffer(Counters(), 10, names=["A"])
    assert events.wants("A")
    assert not events.wants("B")
    assert buffer().wants("B")


def test_an_event_is_handled_when_the_next_is_asked_for():
    events = buffer()
    assert events.handled() is None
    push(events, 5, 6)
    assert events.handled() == 4
    events.take(0)
    assert events.handled() == 4
    events.take(0)
    assert events.handled() == 5
    with pytest.raises(WaitTimeout):
        events.take(0)
    assert events.handled() is None


def test_what_is_pushed_but_not_flushed_is_not_handled():
    events = buffer()
    events.push("X", 9, b"{}", 0)
    assert events.handled() == 8


def test_the_reader_waits_until_half_is_taken():
    events = buffer(100)
    through = threading.Event()

    def read() -> None:
        push(events, *range(20))
        through.set()

    thread = threading.Thread(target=read)
    thread.start()
    for number in range(20):
        item = events.take(PATIENCE)
        assert isinstance(item, RawEvent)
        assert item.sequence == number
    assert through.wait(PATIENCE)
    thread.join(PATIENCE)


@pytest.mark.parametrize("release", ["close", "hold_open"])
def test_closing_and_waiting_callers_let_the_reader_go(release: str):
    events = buffer(10)
    thread = threading.Thread(target=push, args=(events, 1, 2, 3))
    thread.start()
    if release == "close":
        events.close()
    else:
        events.hold_open(1)
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_a_fatal_error_comes_after_what_was_pushed_before_it():
    events = buffer()
    events.push("X", 1, b"{}", 0)
    events.fatal(FatalClose(4004))
    assert isinstance(events.take(0), RawEvent)
    for _ in range(2):
        with pytest.raises(FatalClose):
            events.take(0)


def test_a_closed_buffer_ends_and_counts_what_it_drops():
    counters = Counters()
    events = EventBuffer(counters, 1000)
    push(events, 1, 2)
    events.close()
    push(events, 3)
    assert counters["gateway.dropped"] == 3
    with pytest.raises(ClientStopped):
        events.take()


def test_events_of_the_connection_keep_their_place():
    down = Disconnected(0, None, "cut", True, True, 1.0)
    events = buffer(connection_events=True)
    events.push("X", 1, b"{}", 0)
    events.connection_event(down)
    push(events, 2)
    kinds = [type(events.take(0)) for _ in range(3)]
    assert kinds == [RawEvent, Disconnected, RawEvent]
    silent = buffer()
    silent.connection_event(down)
    assert len(silent) == 0
