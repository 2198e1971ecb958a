"""Events of one key in order and one at a time, others in parallel."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from dispatch_bench import DEADLINE, Bench, Event, Happened
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption.counters import Counters
from disruption.dispatch.item import URGENT, Item
from disruption.dispatch.ordering import Lanes, key_function
from disruption.errors import InvalidArgument


class Thing:
    def __init__(self, event_name: str, **fields: object) -> None:
        self.__class__ = type(event_name, (), {"event_name": event_name})
        self.__dict__.update(fields)


def test_channel_and_guild_keys() -> None:
    channel, guild = key_function("channel"), key_function("guild")
    assert channel is not None
    assert guild is not None
    message = Thing("MESSAGE_CREATE", id=1, channel_id=2, guild_id=3)
    assert (channel(message), guild(message)) == (2, 3)
    direct = Thing("MESSAGE_CREATE", id=1, channel_id=2, guild_id=None)
    assert guild(direct) is None
    assert channel(Thing("CHANNEL_UPDATE", id=2, guild_id=3)) == 2
    assert channel(Thing("THREAD_CREATE", id=7, guild_id=3)) == 7
    assert guild(Thing("GUILD_UPDATE", id=3)) == 3
    assert channel(Thing("GUILD_UPDATE", id=3)) is None
    assert key_function(None) is None


def test_refuses_an_unknown_ordering() -> None:
    with pytest.raises(InvalidArgument, match="'chanel'"):
        key_function("chanel")  # type: ignore[arg-type]


def item(rank: int, key: object, urgent: bool = False) -> Item:
    return (rank - URGENT if urgent else rank, key, 0, None, 0, None)


def sort(lanes: Lanes) -> None:
    while lanes.unsorted:
        items, rested = lanes.start_sorting()
        lanes.place(lanes.assign(items, rested, 0.0))


def lanes_by(key: Callable[[Any], Any] = lambda event: event) -> Lanes:
    return Lanes(key, Counters())


def test_a_lane_waits_and_others_run() -> None:
    lanes = lanes_by()
    for rank, key in enumerate("aab"):
        lanes.add(item(rank, key))
    sort(lanes)
    first, second = lanes.take(), lanes.take()
    assert first is not None
    assert second is not None
    assert (first[1], second[1]) == ("a", "b")
    assert lanes.take() is None
    assert first[5] is not None
    lanes.finish(first[5])
    third = lanes.take()
    assert third is not None
    assert third[0] == 1


def test_who_comes_back_goes_before_an_item_that_has_not_started() -> None:
    lanes = lanes_by()
    for rank in range(3):
        lanes.add(item(rank, "a"))
    sort(lanes)
    first = lanes.take()
    assert first is not None
    lane = first[5]
    assert lane is not None
    lanes.release(lane)  # the handler waits, and the second item may start
    assert lanes.runnable == 1
    assert lanes.retake(lane, "who")
    assert lanes.runnable == 0
    assert lanes.take() is None
    assert len(lanes) == 2
    lanes.finish(lane)
    second = lanes.take()
    assert second is not None
    assert second[0] == 1


def test_only_one_worker_sorts_at_a_time() -> None:
    lanes = lanes_by()
    lanes.add(item(0, "a"))
    batch = lanes.start_sorting()
    lanes.add(item(1, "a"))
    assert lanes.unsorted == 0
    assert len(lanes) == 2
    lanes.place(lanes.assign(*batch, 0.0))
    assert lanes.unsorted == 1


def test_lanes_that_have_come_to_rest_are_forgotten() -> None:
    lanes = lanes_by()
    for rank in range(1000):
        lanes.add(item(rank, rank))
        sort(lanes)
        taken = lanes.take()
        assert taken is not None
        assert taken[5] is not None
        lanes.finish(taken[5])
    assert len(lanes._table) <= 2


def test_a_lane_is_kept_for_whom_waits_inside_its_event() -> None:
    lanes = lanes_by()
    lanes.add(item(0, "a"))
    sort(lanes)
    first = lanes.take()
    assert first is not None
    lane = first[5]
    assert lane is not None
    assert lanes.release(lane) is None  # the handler waits
    for rank, key in ((1, "b"), (2, "a")):
        lanes.add(item(rank, key))
        sort(lanes)
    lanes.take()
    second = lanes.take()
    assert second is not None
    assert second[5] is lane
    assert not lanes.retake(lane, "who")
    assert lanes.finish(lane) == "who"
    assert lanes.finish(lane) is None


class Unhashable:
    __hash__ = None  # type: ignore[assignment]


class Hostile:
    def __hash__(self) -> int:
        return 1

    def __eq__(self, other: object) -> bool:
        raise ValueError("cannot be compared")


@pytest.mark.parametrize("kind", ["raises", "unhashable", "hostile"])
def test_a_key_that_fails_counts_as_no_key(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    def key(event: object) -> object:
        if kind == "raises":
            raise LookupError("no key")
        return Unhashable() if kind == "unhashable" else Hostile()

    counters = Counters()
    lanes = Lanes(key, counters)  # type: ignore[arg-type]
    for rank in range(3):
        lanes.add(item(rank, "a"))
    sort(lanes)
    assert [lanes.take() is not None for _ in range(3)] == [True, True, True]
    assert counters["dispatch.key_errors"] == (2 if kind == "hostile" else 3)
    assert caplog.text.count("The ordering function failed") == 1


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["add", "add", "urgent", "sort", "take", "finish", "wait", "back"]),
            st.integers(0, 30),
        ),
        max_size=150,
    )
)
def test_per_key_in_order_never_two_at_once_and_nothing_lost(steps: list[tuple[str, int]]) -> None:
    lanes = lanes_by(lambda event: event or None)
    rank = 0
    added: dict[int, int] = {}
    started: list[Item] = []
    running: list[Item] = []  # hold their lane
    waiting: list[Item] = []  # gave it away
    returning: list[Item] = []

    def give(heir: object) -> None:
        if heir is not None:
            assert heir in returning
            returning.remove(heir)  # type: ignore[arg-type]
            running.append(heir)  # type: ignore[arg-type]

    def check() -> None:
        keys = [i[1] for i in running if i[1]]
        assert len(keys) == len(set(keys)), "two at once"
        assert len(lanes) + len(started) == len(added)
        held = {i[5] for i in running}
        assert all(i[5] in held for i in returning), "nobody would give the lane back"
        ready = {i[0] for i in lanes._ready if i[5] is None or i[5].ready is i}
        assert lanes.runnable - lanes.unsorted == len(ready)
        best: dict[int, int] = {}  # of each key that is free the first item may start
        waiting_ranks = {i[0] for lane in lanes._table.values() for i in lane.waiting}
        for rank in waiting_ranks | ready:
            if added[rank]:
                best[added[rank]] = min(rank, best.get(added[rank], rank))
        assert all(added[r] == 0 or best[added[r]] == r for r in ready)

    def take() -> None:
        ready = [i[0] for i in lanes._ready if i[5] is None or i[5].ready is i]
        taken = lanes.take()
        if taken is not None:
            assert taken[0] == min(ready)
            started.append(taken)
            running.append(taken)

    def finish(done: Item) -> None:
        running.remove(done)
        if done[5] is not None:
            give(lanes.finish(done[5]))

    def back(who: Item) -> None:
        waiting.remove(who)
        returning.append(who)
        if who[5] is None or lanes.retake(who[5], who):
            give(who)

    for step, pick in steps:
        if step in ("add", "urgent"):
            new = item(rank, pick % 4, urgent=step == "urgent")
            added[new[0]] = pick % 4
            lanes.add(new)
            rank += 1
        elif step == "sort":
            sort(lanes)
        elif step == "take":
            take()
        elif step == "finish" and running:
            finish(running[pick % len(running)])
        elif step == "wait" and running:
            who = running.pop(pick % len(running))
            waiting.append(who)
            if who[5] is not None:
                give(lanes.release(who[5]))
        elif step == "back" and waiting:
            back(waiting[pick % len(waiting)])
        check()
    for _ in range(3 * len(steps) + 3):
        sort(lanes)
        take()
        for who in list(waiting):
            back(who)
        if running:
            finish(running[0])
        check()
    assert sorted(i[0] for i in started) == sorted(added)
    assert running == waiting == returning == []
    for key in range(1, 4):
        ranks = [i[0] for i in started if i[1] == key and i[0] >= 0]
        assert ranks == sorted(ranks)


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_handlers_see_a_channels_events_in_order(bench: Callable[..., Bench], workers: int) -> None:
    b = bench(ordering="channel", workers=workers)
    seen = Happened()
    active: dict[int, int] = {}
    lock = threading.Lock()

    def handler(event: Event) -> None:
        with lock:
            active[event.channel_id] = active.get(event.channel_id, 0) + 1
            assert active[event.channel_id] == 1
        seen.add((event.channel_id, event.number))
        with lock:
            active[event.channel_id] -= 1

    b.on(handler)
    for number in range(500):
        b.push(*(Event(number, channel) for channel in range(1, 6)))
    items = seen.wait_count(2500)
    for channel in range(1, 6):
        assert [n for c, n in items if c == channel] == list(range(500))
    assert b.counters["dispatch.handler_errors"] == 0


def test_a_blocked_channel_does_not_hold_up_others(bench: Callable[..., Bench]) -> None:
    b = bench(ordering="channel", patience=60.0)
    gate = b.gate()
    seen = Happened()

    def handler(event: Event) -> None:
        if event.number == 0:
            gate()
        seen.add((event.channel_id, event.number))

    b.on(handler)
    b.push(*(Event(n, 1) for n in range(50)), Event(1, 2), Event(2, 2))
    assert seen.wait_count(2) == [(2, 1), (2, 2)]
    gate.open()
    assert seen.wait_count(52)[2:] == [(1, n) for n in range(50)]


@pytest.mark.parametrize("running", [False, True])
def test_an_urgent_item_overtakes_in_its_lane_and_among_lanes(running: bool) -> None:
    lanes = lanes_by()
    for rank, key in enumerate("bba"):
        lanes.add(item(rank, key))
    sort(lanes)
    first = lanes.take() if running else None
    lanes.add(item(9, "b", urgent=True))
    sort(lanes)
    assert len(lanes) == (3 if running else 4)
    assert lanes.runnable == (1 if running else 2)
    if first is not None:
        assert first[5] is not None
        lanes.finish(first[5])
    second = lanes.take()
    assert second is not None
    assert second[0] == 9 - URGENT
    assert second[5] is not None
    lanes.finish(second[5])
    rest = sorted(i[0] for i in lanes.clear())
    assert rest == ([1, 2] if running else [0, 1, 2])
    assert len(lanes) == 0


def test_waiting_gives_the_key_to_the_next_event_and_takes_it_back(
    bench: Callable[..., Bench],
) -> None:
    b = bench(ordering="channel")
    gate = b.gate()
    log = Happened()

    def handler(event: Event) -> None:
        log.add(("start", event.number))
        if event.number == 0:
            b.dispatcher.wait_for(Event, check=lambda e: e.number == 2, timeout=DEADLINE)
        elif event.number == 1:
            gate()
        log.add(("end", event.number))

    b.on(handler)
    b.push(Event(0))
    b.waiting.wait_count(1)
    b.push(Event(1))
    gate.wait_inside(1)  # the key is free while the first handler waits
    b.push(Event(2))  # its answer is here, but another handler has the key
    gate.open()
    items = log.wait_count(6)
    assert items[:3] == [("start", 0), ("start", 1), ("end", 1)]
    assert {("end", 0), ("start", 2), ("end", 2)} == set(items[3:])
    assert items.index(("end", 2)) - items.index(("start", 2)) == 1  # one at a time


def test_a_key_function_of_the_users_runs_on_a_worker(bench: Callable[..., Bench]) -> None:
    names = Happened()

    def key(event: Event) -> int:
        names.add(threading.current_thread().name)
        return event.number % 2

    b = bench(ordering=key, name="keyed")
    done = Happened()
    b.on(lambda event: done.add(event.number))
    b.push(*(Event(n) for n in range(10)))
    done.wait_count(10)
    assert all(name.startswith("keyed-worker-") for name in names.items)
