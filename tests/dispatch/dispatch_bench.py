"""Dispatchers with real threads, and a log of what happened that tests wait on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from disruption.counters import Counters
from disruption.dispatch import Dispatcher, Router, blocking
from disruption.timer import Timer

DEADLINE = 20.0  # seconds; generous, as the machine may be loaded


class Event:
    """An event of the tests: like a message in a channel of a guild."""

    event_name = "MESSAGE_CREATE"

    def __init__(self, number: int = 0, channel_id: int = 1, guild_id: int | None = None) -> None:
        self.number = number
        self.channel_id = channel_id
        self.guild_id = guild_id


class Typing(Event):
    event_name = "TYPING_START"


class Interaction(Event):
    event_name = "INTERACTION_CREATE"


class Happened:
    """A list that threads append to and tests wait on."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.items: list[Any] = []

    def add(self, item: Any) -> None:
        with self._changed:
            self.items.append(item)
            self._changed.notify_all()

    def wait(self, condition: Callable[[list[Any]], object]) -> list[Any]:
        with self._changed:
            assert self._changed.wait_for(lambda: condition(self.items), DEADLINE), self.items
            return list(self.items)

    def wait_count(self, count: int) -> list[Any]:
        return self.wait(lambda items: len(items) >= count)


class Gate:
    """Holds handlers until it is opened, and knows how many it holds."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._open = False
        self.inside = 0
        self.most = 0

    def __call__(self, event: object = None) -> None:
        with self._changed:
            self.inside += 1
            self.most = max(self.most, self.inside)
            self._changed.notify_all()
            opened = self._changed.wait_for(lambda: self._open, DEADLINE)
            self.inside -= 1
            self._changed.notify_all()
        assert opened

    def open(self) -> None:
        with self._changed:
            self._open = True
            self._changed.notify_all()

    def wait_inside(self, count: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.inside >= count, DEADLINE), self.inside


class _Collect(logging.Handler):
    def __init__(self, happened: Happened) -> None:
        super().__init__()
        self._happened = happened

    def emit(self, record: logging.LogRecord) -> None:
        self._happened.add(record.getMessage())


class Bench:
    """A dispatcher, with what it logs and counts."""

    def __init__(self, **settings: Any) -> None:
        self.counters = Counters()
        self.timer = Timer(counters=self.counters)
        self.router = Router(settings.pop("handler", None), settings.pop("methods", None))
        self.dispatcher = Dispatcher(
            self.router, timer=self.timer, counters=self.counters, **settings
        )
        self.dispatcher.waiters.yielding = self._yielding
        self.dispatcher.start()
        self.gates: list[Gate] = []
        self.waiting = Happened()  # who has begun to wait for an event, having subscribed
        self.logged = Happened()  # messages logged by the dispatcher
        self._handler = _Collect(self.logged)
        logging.getLogger("disruption.dispatch").addHandler(self._handler)

    @contextmanager
    def _yielding(self) -> Iterator[None]:
        with blocking():
            self.waiting.add(threading.current_thread().name)
            yield

    def close(self) -> None:
        for gate in self.gates:
            gate.open()
        assert self.dispatcher.stop(DEADLINE) == []
        assert self.timer.stop(DEADLINE)
        logging.getLogger("disruption.dispatch").removeHandler(self._handler)

    def gate(self) -> Gate:
        self.gates.append(Gate())
        return self.gates[-1]

    def on(self, function: Callable[[Any], object], cls: type = Event) -> None:
        self.router.add(cls, function)

    def push(self, *events: Any, size: int = 0, urgent: bool = False) -> bool:
        for event in events:
            self.dispatcher.push(event, size, urgent=urgent)
        return self.dispatcher.flush()


def threads_named(prefix: str) -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith(prefix)]
