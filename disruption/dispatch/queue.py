"""The queue between the readers and the workers: counted in bytes, interactions first.

The rules only: everything here is called under the pool's lock, and nothing waits.
"""

from __future__ import annotations

from collections import deque
from typing import Protocol

from ..counters import Counters
from ..throttle import OncePer
from .item import Item, event_name

__all__ = ["DROPPABLE", "Backlog", "EventQueue", "Fifo"]

DROPPABLE = frozenset({"TYPING_START", "PRESENCE_UPDATE"})  # stale before long, and many


class Backlog(Protocol):
    """In which order what is queued may start."""

    @property
    def unsorted(self) -> int:
        """How many items a worker could sort now."""

    @property
    def runnable(self) -> int:
        """How many items may start now, or could once they are sorted."""

    def add(self, item: Item) -> None:
        """Take in one item."""

    def take(self) -> Item | None:
        """Remove and return the item to start next, None where none may start."""

    def clear(self) -> list[Item]:
        """Remove and return all items."""

    def __len__(self) -> int: ...


class Fifo:
    """Items start in the order received, urgent ones first, and run in parallel."""

    unsorted = 0

    def __init__(self) -> None:
        self._urgent: deque[Item] = deque()
        self._normal: deque[Item] = deque()

    def add(self, item: Item) -> None:
        """Take in one item."""
        (self._normal if item[0] >= 0 else self._urgent).append(item)

    def take(self) -> Item | None:
        """Remove and return the item to start next."""
        if self._urgent:
            return self._urgent.popleft()
        return self._normal.popleft() if self._normal else None

    def clear(self) -> list[Item]:
        """Remove and return all items."""
        items = [*self._urgent, *self._normal]
        self._urgent.clear()
        self._normal.clear()
        return items

    @property
    def runnable(self) -> int:
        """How many items may start now: all."""
        return len(self._urgent) + len(self._normal)

    def __len__(self) -> int:
        return len(self._urgent) + len(self._normal)


class EventQueue:
    """A backlog and the bytes in it.

    Past `limit` bytes typing and presence events are dropped, past twice that the readers
    are to pause until it has gone down to one and a half. Both are counted, and `notes`
    collects what is to be logged, once a minute, when the lock has been given back.

    Attributes:
        bytes: Bytes queued, as they came over the wire.
        notes: Lines to log.
    """

    def __init__(self, limit: int, backlog: Backlog, counters: Counters) -> None:
        self.limit = limit
        self.backlog = backlog
        self.bytes = 0
        self.most = 0  # the highest `bytes` has been
        self.notes: list[str] = []
        self._counters = counters
        self._drop_log = OncePer()
        self._pause_log = OncePer()

    def take_in(self, inbox: deque[Item], now: float, *, stalled: bool = False) -> None:
        """Move what the readers have left in `inbox` into the backlog, or drop it.

        Args:
            inbox: Items that readers append to meanwhile.
            now: The time.
            stalled: Whether no worker can go on before a reader brings an event, so that
                a pause would never end: what would lead to one is dropped instead.
        """
        add, popleft = self.backlog.add, inbox.popleft
        limit, size = self.limit, self.bytes
        while True:
            try:
                item = popleft()  # not a loop over it: other readers append meanwhile
            except IndexError:
                break
            if size > limit and item[0] >= 0:
                name = event_name(item[1])
                if name in DROPPABLE or (stalled and size > 2 * limit):
                    self.bytes = size
                    self.dropped(name, now)
                    if item[3] is not None:
                        item[3].done(item[4])
                    continue
            size += item[2]
            add(item)
        self.bytes = size
        if size > self.most:
            self.most = size

    @property
    def crowded(self) -> bool:
        """Whether typing and presence events are being dropped."""
        return self.bytes > self.limit

    @property
    def full(self) -> bool:
        """Whether the readers are to pause."""
        return self.bytes > 2 * self.limit

    @property
    def has_room(self) -> bool:
        """Whether readers that paused may go on."""
        return 2 * self.bytes <= 3 * self.limit

    def paused(self, now: float) -> None:
        """Count a pause of a reader, and note it."""
        self._counters.add("dispatch.pauses")
        if self._pause_log(now):
            self.notes.append(
                f"The queue holds {self.bytes} bytes ({len(self.backlog)} events), more than "
                f"twice the {self.limit} of queue_bytes: reading pauses until the handlers "
                f"catch up ({self._counters['dispatch.pauses']} pauses so far)"
            )

    def dropped(self, name: str, now: float) -> None:
        """Count an event that was given up, and note it."""
        self._counters.add(f"dispatch.dropped.{name}")
        if self._drop_log(now):
            what = (
                "typing and presence events are dropped"
                if name in DROPPABLE
                else "every worker waits for an event inside a handler, so events are dropped"
            )
            self.notes.append(
                f"The queue holds {self.bytes} bytes ({len(self.backlog)} events) of the "
                f"{self.limit} of queue_bytes: {what} "
                f"({self._counters.total('dispatch.dropped')} so far)"
            )
