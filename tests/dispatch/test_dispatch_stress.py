"""Everything at once: orderings, dialogues, loans of places, errors, and a stop."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

import pytest
from dispatch_bench import DEADLINE, Bench, Event, Happened, Typing

from disruption.dispatch import Progress
from disruption.errors import WaitTimeout

CHANNELS = 8


class Exclusive:
    """Fails when two handlers hold one channel at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside: set[int] = set()
        self.violations: list[int] = []
        self.last: dict[int, int] = {}

    def enter(self, channel: int) -> None:
        with self._lock:
            if channel in self._inside:
                self.violations.append(channel)
            self._inside.add(channel)

    def leave(self, channel: int) -> None:
        with self._lock:
            self._inside.discard(channel)

    def start(self, channel: int, number: int) -> None:
        with self._lock:
            if number <= self.last.get(channel, -1):
                self.violations.append(channel)
            self.last[channel] = number


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("workers", "max_threads"), [(1, 1), (2, 3), (4, 40)])
def test_in_order_one_at_a_time_and_exactly_once(
    bench: Callable[..., Bench], seed: int, workers: int, max_threads: int
) -> None:
    rng = random.Random(seed)
    plan = [rng.random() for _ in range(600)]
    b = bench(
        ordering="channel", workers=workers, max_threads=max_threads, patience=0.001, name="stress"
    )
    exclusive = Exclusive()
    done = Happened()
    session = Progress().session(0)

    def wait(event: Event, nested: bool) -> None:
        exclusive.leave(event.channel_id)
        try:
            if nested:
                with b.dispatcher.blocking():
                    b.dispatcher.wait_for(Typing, channel_id=event.channel_id, timeout=0.002)
            else:
                b.dispatcher.wait_for(Typing, channel_id=event.channel_id, timeout=0.001)
        except WaitTimeout:
            pass
        exclusive.enter(event.channel_id)

    def handler(event: Event) -> None:
        exclusive.start(event.channel_id, event.number)
        exclusive.enter(event.channel_id)
        try:
            what = plan[event.number]
            if what < 0.1:
                wait(event, nested=False)
                wait(event, nested=True)
            elif what < 0.12:
                raise LookupError(event.number)
        finally:
            exclusive.leave(event.channel_id)
            done.add(event.number)

    b.on(lambda event: handler(event) if type(event) is Event else None)
    for number in range(len(plan)):
        b.dispatcher.push(
            Event(number, 1 + rng.randrange(CHANNELS)), 100, session=session, sequence=number + 1
        )
        if rng.random() < 0.3:
            b.push(Typing(channel_id=1 + rng.randrange(CHANNELS)))
    b.dispatcher.flush()
    numbers = done.wait_count(len(plan))
    assert sorted(numbers) == list(range(len(plan)))
    assert exclusive.violations == []
    assert b.dispatcher.stats().pool.threads <= max_threads
    assert b.dispatcher.stop(DEADLINE) == []
    assert session.handled == len(plan)
    assert b.dispatcher.stats().pool.queued_bytes == 0


@pytest.mark.parametrize("seed", range(4))
def test_a_stop_in_the_middle_ends_everything(bench: Callable[..., Bench], seed: int) -> None:
    rng = random.Random(seed)
    b = bench(ordering=rng.choice([None, "channel"]), workers=3, patience=0.001, name="middle")
    started = Happened()

    def handler(event: Event) -> None:
        started.add(event.number)
        if event.number % 5 == 0:
            b.dispatcher.wait_for(Typing)

    b.on(lambda event: handler(event) if type(event) is Event else None)
    session = Progress().session(0)
    for number in range(300):
        b.dispatcher.push(Event(number, rng.randrange(1, 9)), session=session, sequence=number + 1)
    b.dispatcher.flush()
    started.wait_count(rng.randrange(1, 20))
    assert b.dispatcher.stop(DEADLINE) == []
    assert sorted(started.items) == list(range(300))
    assert session.handled == 300
    assert not [t for t in threading.enumerate() if t.name.startswith("middle-worker")]


def test_a_flood_of_one_channel_does_not_starve_the_others(bench: Callable[..., Bench]) -> None:
    b = bench(ordering="channel", workers=2, patience=60.0)
    gate = b.gate()
    seen = Happened()

    def handler(event: Event) -> None:
        if event.number < 0:
            gate()
        seen.add(event.channel_id)

    b.on(handler)
    b.push(Event(-1, 1), Event(-1, 2))
    gate.wait_inside(2)
    b.push(*(Event(n, 1) for n in range(500)), *(Event(n, 3) for n in range(5)))
    b.push(*(Event(n, 1) for n in range(500)))
    gate.open()
    channels = seen.wait_count(1007)
    last = max(index for index, channel in enumerate(channels) if channel == 3)
    assert last < 600  # they did not wait for what came after them
