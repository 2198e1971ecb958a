"""Events between the reader and the thread that iterates: a bounded buffer with back-pressure."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass

import msgspec

from ..counters import Counters
from ..errors import ClientStopped, GatewayError, WaitTimeout
from ..throttle import OncePer
from .sink import ConnectionEvent
from .waiting import wait_on

__all__ = ["EventBuffer", "RawEvent"]

log = logging.getLogger("disruption.gateway")


@dataclass(frozen=True)
class RawEvent:
    """An event that nobody has decoded yet."""

    name: str
    sequence: int
    data: bytes | msgspec.Raw
    shard: int


Item = RawEvent | ConnectionEvent


class EventBuffer:
    """An `EventSink` for one thread that takes events one by one.

    Past `limit` the reader is held back until half of it is taken; Discord then
    waits, and the connection knows that the silence is ours.

    Args:
        counters: Where pauses and drops are counted.
        limit: Bytes of JSON that may wait.
        names: The events that are wanted, None for all.
        connection_events: Whether events of the connection itself are kept too.
        clock: Returns monotonic seconds.
    """

    def __init__(
        self,
        counters: Counters,
        limit: int,
        *,
        names: Collection[str] | None = None,
        connection_events: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._counters = counters
        self._limit = limit
        self._names = None if names is None else frozenset(names)
        self._connection_events = connection_events
        self._clock = clock
        self._incoming: list[Item] = []  # since the last flush; the reader's own
        self._changed = threading.Condition()  # guards everything below
        self._items: deque[Item] = deque()
        self._size = 0  # bytes in _items
        self._in_hand: RawEvent | None = None  # given out; handled when the next is asked for
        self._handled = 0  # sequence of the last handled event
        self._unbounded = 0  # threads whose waiting would end only with a running reader
        self._closed = False
        self._error: GatewayError | None = None
        self._throttle = OncePer()

    def __len__(self) -> int:
        return len(self._items)

    # For the reader -------------------------------------------------------------------------

    def wants(self, name: str) -> bool:
        """Tell whether the event was asked for."""
        return self._names is None or name in self._names

    def push(self, name: str, sequence: int, data: bytes | msgspec.Raw, shard: int) -> None:
        """Keep the event until the next flush."""
        self._incoming.append(RawEvent(name, sequence, data, shard))

    def connection_event(self, event: ConnectionEvent) -> None:
        """Queue the event behind those that came before it."""
        if self._connection_events:
            self._incoming.append(event)
            self._pass_on()

    def flush(self) -> None:
        """Pass on what was pushed; hold the reader back while too much waits."""
        self._pass_on()
        with self._changed:
            if self._fits(self._limit):
                return
            self._counters.add("gateway.backpressure")
            size, count = self._size, len(self._items)
        if self._throttle(self._clock()):
            log.warning(
                "%d events (%d bytes) wait to be taken: reading stops until half of them are%s",
                count,
                size,
                self._throttle.tail(),
            )
        with self._changed:
            while not self._fits(self._limit // 2):
                self._changed.wait()

    def _fits(self, limit: int) -> bool:
        return self._size <= limit or self._closed or self._unbounded > 0

    def _pass_on(self) -> None:
        with self._changed:
            # Inside the lock, so that `handled` never sees an event in neither place.
            incoming, self._incoming = self._incoming, []
            if self._closed:
                self._drop(incoming)
                return
            self._items.extend(incoming)
            self._size += sum(map(_size, incoming))
            self._changed.notify_all()

    def fatal(self, error: GatewayError) -> None:
        """Let the iteration end with this error, once what came before it is taken."""
        self._pass_on()
        with self._changed:
            self._error = error
            self._changed.notify_all()

    # For the thread that iterates -----------------------------------------------------------

    def take(self, timeout: float | None = None) -> Item:
        """Return the next event; the one returned before counts as handled now.

        Raises:
            WaitTimeout: None came in `timeout` seconds.
            ClientStopped: The buffer was closed.
            GatewayError: The connection ended for good.
        """
        deadline = None if timeout is None else self._clock() + timeout
        with self._changed:
            self._finish()
            while not self._items:
                if self._closed:
                    raise ClientStopped("the gateway was closed")
                if self._error is not None:
                    raise self._error
                left = None if deadline is None else deadline - self._clock()
                if left is not None and left <= 0:
                    raise WaitTimeout(f"no event came within {timeout:g} s")
                wait_on(self._changed, left)
            item = self._items.popleft()
            before = self._size
            self._size -= _size(item)
            if isinstance(item, RawEvent):
                self._in_hand = item
            if self._size <= self._limit // 2 < before:
                self._changed.notify_all()
            return item

    def _finish(self) -> None:
        if self._in_hand is not None:
            self._handled = self._in_hand.sequence
            self._in_hand = None

    def done(self) -> None:
        """The event taken last has been handled and no other is wanted now."""
        with self._changed:
            self._finish()

    def handled(self) -> int | None:
        """Return the highest sequence below which every event is handled.

        None means that nothing is waiting and nothing is in hand.
        """
        with self._changed:
            if self._in_hand is not None:
                return self._in_hand.sequence - 1
            for item in (*self._items, *self._incoming):
                if isinstance(item, RawEvent):
                    return item.sequence - 1
            return None

    def close(self) -> None:
        """End the iteration and let go of the reader; what still waits is dropped and counted."""
        with self._changed:
            self._closed = True
            waiting = list(self._items)
            self._items.clear()
            self._size = 0
            self._drop(waiting)
            self._changed.notify_all()

    def _drop(self, items: list[Item]) -> None:
        count = sum(isinstance(item, RawEvent) for item in items)
        if count:
            self._counters.add("gateway.dropped", count)
            log.info("%d events were still waiting when the gateway was closed", count)

    def hold_open(self, change: int) -> None:
        """Raise (1) or lower (-1) the number of callers that need the reader to go on."""
        with self._changed:
            self._unbounded += change
            self._changed.notify_all()


def _size(item: Item) -> int:
    return memoryview(item.data).nbytes if isinstance(item, RawEvent) else 0
