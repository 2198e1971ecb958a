"""What waits to be written to one connection, in order: payloads, and things done on purpose."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

__all__ = ["Close", "Delay", "Drop", "Freeze", "Item", "Outbox", "Raw"]


@dataclass(frozen=True)
class Raw:
    """A frame as it is, past the encoder."""

    body: bytes
    text: bool


@dataclass(frozen=True)
class Close:
    """End the connection with a close frame."""

    code: int
    reason: str


@dataclass(frozen=True)
class Drop:
    """Cut the TCP connection; with `reset`, by RST."""

    reset: bool = False


@dataclass(frozen=True)
class Freeze:
    """Neither read nor answer for so many seconds; None for as long as the connection lives."""

    seconds: float | None = None


@dataclass(frozen=True)
class Delay:
    """Write nothing for so many seconds."""

    seconds: float


Item = bytes | Raw | Close | Drop | Freeze | Delay


class Outbox:
    """A bounded queue with one reader, the connection's writer thread.

    Args:
        limit: Bytes that may wait; a client that lets more pile up is too slow.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._items: deque[Item] = deque()
        self._bytes = 0
        self._closed = False
        self._ready = threading.Condition(threading.Lock())  # guards the four above

    def put(self, *items: Item) -> bool:
        """Add items; False when they do not fit, or nothing is taken any more."""
        with self._ready:
            size = sum(len(item) for item in items if isinstance(item, bytes))
            # What is already waiting decides, so that a long replay is taken in one go.
            if self._closed or self._bytes >= self._limit:
                return False
            self._items.extend(items)
            self._bytes += size
            self._ready.notify()
            return True

    def take(self) -> list[Item]:
        """Return everything that waits, blocking until there is something; [] at the end."""
        with self._ready:
            while not self._items and not self._closed:
                self._ready.wait()
            items = list(self._items)
            self._items.clear()
            self._bytes = 0
            return items

    def close(self) -> None:
        """Let the reader come to its end after what is queued."""
        with self._ready:
            self._closed = True
            self._ready.notify()

    @property
    def closed(self) -> bool:
        """Whether nothing is taken any more."""
        return self._closed
