"""Wait until a socket that never blocks can be read or written."""

from __future__ import annotations

import math
import select
import socket
from collections.abc import Callable

__all__ = ["Readiness"]


class Readiness:
    """The waits of one socket; reading and writing may wait in two threads at once."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._poll_read: Callable[[float | None], object] | None = None
        self._poll_write: Callable[[float | None], object] | None = None
        if hasattr(select, "poll"):
            # Unlike select.select it takes descriptors above 1023.
            self._poll_read = self._poller(select.POLLIN)
            self._poll_write = self._poller(select.POLLOUT)

    def _poller(self, event: int) -> Callable[[float | None], object]:
        poller = select.poll()
        poller.register(self._sock, event)
        return poller.poll

    def readable(self, timeout: float | None = None) -> bool:
        """Wait until there is something to read, an end or an error included.

        Args:
            timeout: Seconds, None for as long as it takes.
        """
        if self._poll_read is not None:
            return bool(self._poll_read(_milliseconds(timeout)))
        return bool(select.select([self._sock], [], [], timeout)[0])

    def writable(self, timeout: float | None = None) -> bool:
        """Wait until something can be written, or writing would fail."""
        if self._poll_write is not None:
            return bool(self._poll_write(_milliseconds(timeout)))
        return bool(select.select([], [self._sock], [], timeout)[1])


def _milliseconds(timeout: float | None) -> float | None:
    return None if timeout is None else math.ceil(max(timeout, 0.0) * 1000)
