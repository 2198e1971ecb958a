"""`events`: a for loop over events, in the middle of anybody's code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from ..errors import InvalidArgument
from .waiters import NOTHING, Waiters

__all__ = ["Stream"]

E = TypeVar("E")


class Stream(Generic[E]):
    """An iterator over the events that match, from the moment it is made.

    It ends at its timeout, after `idle` seconds without an event, after `max` events, or
    when it is closed (by `close`, by leaving its ``with`` block, or by being dropped). Of
    events that come more quickly than they are taken, the newest `buffer` are kept; what
    is dropped is counted and logged. A handler that waits for the next event gives its
    place and its ordering key to other events meanwhile.

    Args:
        waiters: Where to subscribe.
        *classes: Event classes; a subclass's events count too.
        check: Takes an event and says whether it is one of them.
        timeout: Seconds in all; events not taken by then are left.
        idle: Seconds without an event.
        max: Events at most.
        buffer: Events kept that have not been taken.
        **filters: Fields that must be equal, such as ``channel_id=…`` or ``user_id=…``.

    Raises:
        ClientStopped: The client was stopped (from the iteration too).
        InvalidArgument: A number makes no sense, or a filter is not a field of the events.
    """

    def __init__(
        self,
        waiters: Waiters,
        *classes: type[E],
        check: Callable[[E], object] | None = None,
        timeout: float | None = None,
        idle: float | None = None,
        max: int | None = None,
        buffer: int = 1000,
        **filters: object,
    ) -> None:
        if buffer < 1:
            raise InvalidArgument(f"buffer={buffer}: there must be room for at least 1 event")
        if max is not None and max < 0:
            raise InvalidArgument(f"max={max}: it cannot be negative")
        self._waiters = waiters
        self._check = check
        self._idle = idle
        self._left = max  # events still to give, None for any number
        self._sub = waiters.subscribe(classes, filters, size=buffer)
        self._end = None if timeout is None else waiters.clock() + timeout

    def __iter__(self) -> Stream[E]:
        return self

    def __next__(self) -> E:
        if self._sub.closed:
            raise StopIteration
        event = self._next()
        if event is NOTHING:
            self.close()
            raise StopIteration
        if self._left is not None:
            self._left -= 1
        return event

    def _next(self) -> E:
        nothing: E = NOTHING
        if self._left == 0:
            return nothing
        timeout = self._idle
        if self._end is not None:
            left = self._end - self._waiters.clock()
            if left <= 0:
                return nothing
            timeout = left if timeout is None else min(timeout, left)
        event: E = self._sub.take(self._check)
        if event is NOTHING:
            with self._waiters.yielding():
                event = self._sub.next(self._check, timeout, self._waiters.clock)
        return event

    def put(self, event: E) -> None:
        """Give the thread that iterates an event of one's own; from any thread."""
        self._sub.offer(event)

    @property
    def dropped(self) -> int:
        """How many events were dropped because nobody took them in time."""
        return self._sub.dropped

    @property
    def closed(self) -> bool:
        """Whether the stream has ended."""
        return self._sub.closed

    def close(self) -> None:
        """End the stream; events not taken are left."""
        self._waiters.unsubscribe(self._sub)

    def __enter__(self) -> Stream[E]:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __del__(self) -> None:
        sub = getattr(self, "_sub", None)  # missing where subscribing failed
        if sub is not None and not sub.closed:
            self._waiters.abandon(sub)
