"""wait_for and events: matching on the reader, checks in the thread that waits."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from dispatch_bench import DEADLINE, Bench, Event, Happened, Interaction, Typing
from hypothesis import given
from hypothesis import strategies as st

from disruption.counters import Counters
from disruption.dispatch import Expected, Stream
from disruption.dispatch.filters import field
from disruption.dispatch.waiters import NOTHING, Waiters
from disruption.errors import (
    AuthenticationFailed,
    ClientStopped,
    ConnectionFailed,
    InvalidArgument,
    WaitCancelled,
    WaitTimeout,
)


@dataclass
class Message:
    id: int
    channel_id: int = 1
    author: Any = None


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def waiters() -> Waiters:
    return Waiters(yielding=nullcontext)


def subscribe(waiters: Waiters, *classes: type, size: int = 100, **filters: object) -> Any:
    return waiters.subscribe(classes, filters, size=size)


def test_matches_by_class_and_subclass(waiters: Waiters) -> None:
    sub = subscribe(waiters, Typing)
    every = subscribe(waiters, Event, Typing)
    assert waiters.offer(Event()) == 1
    assert waiters.offer(Typing()) == 2
    assert waiters.offer(Message(1)) == 0
    assert every.classes == (Event,)
    assert isinstance(sub.take(None), Typing)
    assert sub.take(None) is NOTHING


def test_matches_by_filters(waiters: Waiters) -> None:
    one = subscribe(waiters, Event, channel_id=1)
    both = subscribe(waiters, Event, channel_id="1", guild_id=SimpleNamespace(id=9))
    assert waiters.offer(Event(channel_id=2, guild_id=9)) == 0
    assert waiters.offer(Event(channel_id=1)) == 1
    assert waiters.offer(Event(channel_id=1, guild_id=9)) == 2
    one.close()
    both.close()
    assert waiters.offer(Event(channel_id=1, guild_id=9)) == 0
    assert len(waiters) == 0
    assert not waiters._index


def test_knows_what_is_wanted(waiters: Waiters) -> None:
    assert not waiters.wants(Event)
    sub = subscribe(waiters, Event)
    assert waiters.wants(Typing)
    assert not waiters.wants(Message)
    sub.close()
    assert not waiters.wants(Typing)


@pytest.mark.parametrize(
    "event",
    [
        SimpleNamespace(user_id=5),
        SimpleNamespace(author=SimpleNamespace(id=5)),
        SimpleNamespace(user=None, member=SimpleNamespace(user=SimpleNamespace(id=5))),
        SimpleNamespace(user=SimpleNamespace(id=5), member=None),
    ],
)
def test_finds_the_user_of_any_event(waiters: Waiters, event: object) -> None:
    sub = subscribe(waiters, SimpleNamespace, user_id=5)
    subscribe(waiters, SimpleNamespace, user_id=6)
    assert waiters.offer(event) == 1
    assert sub.take(None) is event


@pytest.mark.parametrize(
    "event",
    [
        SimpleNamespace(message_id=5, id=1),
        SimpleNamespace(message=SimpleNamespace(id=5), id=1),
        SimpleNamespace(id=5),
    ],
)
def test_finds_the_message_of_any_event(waiters: Waiters, event: object) -> None:
    subscribe(waiters, SimpleNamespace, message_id=5)
    assert waiters.offer(event) == 1


def test_refuses_filters_that_cannot_match(waiters: Waiters) -> None:
    with pytest.raises(InvalidArgument, match=r"'chanel_id'.*Message"):
        subscribe(waiters, Message, chanel_id=1)
    with pytest.raises(InvalidArgument, match="no id"):
        subscribe(waiters, Message, channel_id=1.5)
    with pytest.raises(InvalidArgument, match="check="):
        subscribe(waiters, Message, author=[])
    with pytest.raises(InvalidArgument, match="class of the event"):
        Expected(waiters)
    with pytest.raises(InvalidArgument, match="class of the event"):
        Expected(waiters, "MESSAGE_CREATE")  # type: ignore[arg-type]
    assert len(waiters) == 0


def test_an_event_that_cannot_be_compared_matches_nobody(waiters: Waiters) -> None:
    subscribe(waiters, Message, author=1)
    every = subscribe(waiters, Message)
    assert waiters.offer(Message(1, author=[])) == 1
    assert every.take(None).id == 1
    assert waiters.counters["dispatch.filter_errors"] == 1


def test_one_lookup_finds_the_right_one_of_many(waiters: Waiters) -> None:
    subs = [subscribe(waiters, Event, channel_id=n) for n in range(1, 1001)]
    assert waiters.offer(Event(channel_id=500)) == 1
    assert subs[499].take(None) is not NOTHING
    table = waiters._index[Event].tables[field("channel_id", [Event])]
    assert len(table) == 1000
    for sub in subs:
        sub.close()
    assert not waiters._index


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["sub", "close", "abandon", "offer", "offer"]),
            st.sampled_from([Event, Typing, Interaction]),
            st.integers(0, 3),
            st.integers(0, 3),
        )
    )
)
def test_the_index_gives_what_a_plain_search_gives(
    steps: list[tuple[str, type[Event], int, int]],
) -> None:
    waiters = Waiters(yielding=nullcontext)
    live: list[tuple[Any, type[Event], dict[str, object]]] = []
    for step, cls, a, b in steps:
        if step == "sub":
            filters = {k: v for k, v in (("channel_id", a), ("guild_id", b)) if v}
            live.append((waiters.subscribe((cls,), dict(filters), size=9), cls, dict(filters)))
        elif step == "close" and live:
            live.pop(a % len(live))[0].close()
        elif step == "abandon" and live:
            waiters.abandon(live.pop(a % len(live))[0])
        else:
            event = cls(channel_id=a, guild_id=b)
            expected = sum(
                isinstance(event, wanted)
                and all(getattr(event, k) == v for k, v in filters.items())
                for _, wanted, filters in live
            )
            assert waiters.offer(event) == expected
    for sub, _, _ in live:
        sub.close()
    subscribe(waiters, Event).close()  # a change takes out what was abandoned
    assert not waiters._index
    assert len(waiters) == 0


class TestWaitFor:
    def test_returns_the_first_event_that_passes_the_check(self, waiters: Waiters) -> None:
        started = threading.Event()

        def check(event: Event) -> bool:
            started.set()
            return event.number == 2

        result: list[Event] = []
        thread = threading.Thread(
            target=lambda: result.append(Expected(waiters, Event, check=check).result(DEADLINE))
        )
        thread.start()
        while not started.wait(0.0):
            waiters.offer(Event(1))
        waiters.offer(Event(2))
        thread.join(DEADLINE)
        assert result[0].number == 2
        assert len(waiters) == 0

    def test_the_check_runs_in_the_thread_that_waits(self, bench: Callable[..., Bench]) -> None:
        b = bench()
        names = Happened()

        def handler(event: Event) -> None:
            b.dispatcher.wait_for(
                Typing,
                check=lambda e: names.add(threading.current_thread().name) or True,
                timeout=DEADLINE,
            )
            names.add(threading.current_thread().name)

        b.on(handler, Interaction)
        b.push(Interaction())
        b.waiting.wait_count(1)
        b.push(Typing())
        first, second = names.wait_count(2)
        assert first == second

    def test_a_timeout_says_what_was_waited_for(self, waiters: Waiters) -> None:
        with pytest.raises(WaitTimeout, match=r"No Event or Message that matched .* 0 s"):
            Expected(waiters, Event, Message).result(0)

    def test_a_check_that_raises_reaches_the_caller(self, waiters: Waiters) -> None:
        sub = subscribe(waiters, Event)
        waiters.offer(Event())
        with pytest.raises(ZeroDivisionError):
            sub.next(lambda event: 1 / 0, None, waiters.clock)

    def test_a_fatal_error_wakes_all_who_wait_and_all_who_will(
        self, bench: Callable[..., Bench]
    ) -> None:
        b = bench()
        errors = Happened()

        def wait() -> None:
            try:
                b.dispatcher.wait_for(Event)
            except AuthenticationFailed as error:
                errors.add(error)

        threads = [threading.Thread(target=wait) for _ in range(5)]
        for thread in threads:
            thread.start()
        b.waiting.wait_count(5)
        fatal = AuthenticationFailed(4004, "Authentication failed.")
        b.dispatcher.fail(fatal)
        raised = errors.wait_count(5)
        assert len({id(error) for error in raised}) == 5  # each its own traceback
        assert all(error.code == 4004 for error in raised)
        with pytest.raises(AuthenticationFailed):
            b.dispatcher.wait_for(Event)
        for thread in threads:
            thread.join(DEADLINE)

    def test_the_cause_of_a_fatal_error_is_kept(self, waiters: Waiters) -> None:
        fatal = ConnectionFailed("no")
        fatal.__cause__ = OSError("down")
        waiters.fail(fatal)
        with pytest.raises(ConnectionFailed) as info:
            Expected(waiters, Event)
        assert info.value.__cause__ is fatal.__cause__

    def test_stop_wakes_with_client_stopped_until_the_next_start(
        self, bench: Callable[..., Bench]
    ) -> None:
        b = bench()
        errors = Happened()

        def wait() -> None:
            with pytest.raises(ClientStopped) as info:
                b.dispatcher.wait_for(Event)
            errors.add(info.value)

        thread = threading.Thread(target=wait)
        thread.start()
        b.waiting.wait_count(1)
        b.dispatcher.stop(DEADLINE)
        errors.wait_count(1)
        thread.join(DEADLINE)
        b.dispatcher.start()
        with pytest.raises(WaitTimeout):
            b.dispatcher.wait_for(Event, timeout=0)

    def test_what_has_come_is_delivered_before_the_error(self, waiters: Waiters) -> None:
        sub = subscribe(waiters, Event)
        waiters.offer(Event(7))
        waiters.stop()
        assert sub.next(None, None, waiters.clock).number == 7
        with pytest.raises(ClientStopped):
            sub.next(None, None, waiters.clock)


class TestExpected:
    def test_listens_before_it_is_asked(self, waiters: Waiters) -> None:
        with Expected(waiters, Event, channel_id=1, check=lambda e: e.number > 1) as expected:
            for number in range(4):
                waiters.offer(Event(number))
            assert expected.result(0).number == 2
            assert len(waiters) == 0
            assert expected.result().number == 2  # the same one

    def test_a_timeout_is_not_the_end(self, waiters: Waiters) -> None:
        expected = Expected(waiters, Event)
        with pytest.raises(WaitTimeout):
            expected.result(0)
        waiters.offer(Event(1))
        assert expected.result().number == 1

    def test_a_cancelled_one_says_so(self, waiters: Waiters) -> None:
        with Expected(waiters, Event) as expected:
            waiters.offer(Event(1))
        with pytest.raises(WaitCancelled):
            expected.result()
        expected.cancel()
        assert len(waiters) == 0

    def test_is_cancelled_while_a_thread_waits(self, bench: Callable[..., Bench]) -> None:
        b = bench()
        errors = Happened()
        expected = b.dispatcher.expecting(Event)

        def wait() -> None:
            with pytest.raises(WaitCancelled) as info:
                expected.result(DEADLINE)
            errors.add(info.value)

        thread = threading.Thread(target=wait)
        thread.start()
        b.waiting.wait_count(1)
        expected.cancel()
        errors.wait_count(1)
        thread.join(DEADLINE)

    def test_ends_with_the_client(self, waiters: Waiters) -> None:
        expected = Expected(waiters, Event)
        waiters.stop()
        with pytest.raises(ClientStopped):
            expected.result()
        with pytest.raises(ClientStopped):
            Expected(waiters, Event)

    def test_a_dropped_one_listens_no_longer(self, waiters: Waiters) -> None:
        Expected(waiters, Event)
        gc.collect()
        assert waiters.offer(Event()) == 0
        subscribe(waiters, Typing).close()
        assert len(waiters) == 0

    def test_a_handler_gives_its_place_while_it_waits(self, bench: Callable[..., Bench]) -> None:
        b = bench(workers=1, max_threads=2)
        got = Happened()

        def ask(event: Interaction) -> None:
            with b.dispatcher.expecting(Typing) as expected:
                b.push(Typing(7))
                got.add(expected.result(DEADLINE).number)

        b.on(ask, Interaction)
        b.push(Interaction())
        assert got.wait_count(1) == [7]


class TestStream:
    def test_subscribes_when_it_is_made(self, waiters: Waiters) -> None:
        stream = Stream(waiters, Event, max=3)
        for number in range(5):
            waiters.offer(Event(number))
        assert [event.number for event in stream] == [0, 1, 2]
        assert stream.closed
        assert len(waiters) == 0
        assert list(stream) == []

    def test_ends_silently_at_its_timeout_and_after_idling(self) -> None:
        clock = Clock()
        waiters = Waiters(yielding=nullcontext, clock=clock)
        stream = Stream(waiters, Event, timeout=10)
        waiters.offer(Event(1))
        assert next(stream).number == 1
        clock.now = 10.0
        waiters.offer(Event(2))
        assert list(stream) == []
        assert list(Stream(waiters, Event, timeout=0)) == []
        assert list(Stream(waiters, Event, idle=0)) == []
        assert list(Stream(waiters, Event, max=0)) == []

    def test_keeps_the_newest_and_counts_what_it_drops(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        counters = Counters()
        waiters = Waiters(counters, yielding=nullcontext)
        with Stream(waiters, Event, buffer=3, max=3) as stream:
            for number in range(10):
                waiters.offer(Event(number))
            assert [event.number for event in stream] == [7, 8, 9]
            assert stream.dropped == 7
        assert counters["dispatch.dropped_by_waiters"] == 7
        assert caplog.text.count("more slowly than they come") == 1

    def test_filters_and_checks(self, waiters: Waiters) -> None:
        stream = Stream(
            waiters, Event, channel_id=2, check=lambda event: event.number % 2, timeout=DEADLINE
        )
        for number in range(6):
            waiters.offer(Event(number, channel_id=1))
            waiters.offer(Event(number, channel_id=2))
        assert [next(stream).number for _ in range(3)] == [1, 3, 5]
        stream.close()

    def test_raises_when_the_client_stops(self, waiters: Waiters) -> None:
        stream = Stream(waiters, Event)
        waiters.offer(Event(1))
        waiters.stop()
        assert next(stream).number == 1
        with pytest.raises(ClientStopped):
            next(stream)

    def test_leaving_the_with_block_or_dropping_it_ends_the_subscription(
        self, waiters: Waiters
    ) -> None:
        with Stream(waiters, Event):
            assert len(waiters) == 1
        assert len(waiters) == 0
        Stream(waiters, Event)
        gc.collect()
        assert waiters.offer(Event()) == 0
        subscribe(waiters, Typing).close()
        assert len(waiters) == 0

    @pytest.mark.parametrize("settings", [{"buffer": 0}, {"max": -1}])
    def test_refuses_numbers_that_make_no_sense(
        self, waiters: Waiters, settings: dict[str, Any]
    ) -> None:
        with pytest.raises(InvalidArgument):
            Stream(waiters, Event, **settings)

    def test_a_handler_that_iterates_lets_others_run(self, bench: Callable[..., Bench]) -> None:
        b = bench(workers=2)
        done = Happened()

        def dialogue(event: Interaction) -> None:
            for answer in b.dispatcher.events(Typing, channel_id=event.channel_id, max=2):
                done.add((event.channel_id, answer.number))

        seen = Happened()
        b.on(dialogue, Interaction)
        b.on(seen.add, Typing)
        b.push(*(Interaction(channel_id=n) for n in range(1, 9)))
        b.waiting.wait_count(8)
        for number in (1, 2):
            b.push(*(Typing(number, channel_id=n) for n in range(1, 9)))
        done.wait_count(16)
        seen.wait_count(16)


def test_subscribing_and_offering_at_once_loses_nothing(waiters: Waiters) -> None:
    stop = threading.Event()
    sub = subscribe(waiters, Event, channel_id=7, size=1_000_000)

    def churn() -> None:
        while not stop.is_set():
            one = subscribe(waiters, Event, channel_id=7)
            two = subscribe(waiters, Typing)
            one.close()
            two.close()

    threads = [threading.Thread(target=churn) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(3000):
        waiters.offer(Typing(number, channel_id=7))
    stop.set()
    for thread in threads:
        thread.join(DEADLINE)
    got = []
    while (event := sub.take(None)) is not NOTHING:
        got.append(event.number)
    assert got == list(range(3000))
