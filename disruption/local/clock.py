"""The time of a local Discord: real, or standing still, and movable in both cases."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timezone

__all__ = ["DISCORD_EPOCH", "Clock", "iso"]

#: The first second of 2015, where Discord's ids begin to count, in seconds since 1970.
DISCORD_EPOCH = 1420070400.0


class Clock:
    """Tells the time of a world, in seconds since 1970.

    Args:
        start: The time it begins with; None is now.
        running: False makes it stand still until `advance` is called, so that every id and
            timestamp of a test is the same in each run.
    """

    def __init__(self, start: float | None = None, *, running: bool = True) -> None:
        self._lock = threading.Lock()
        self._running = running
        self._base = time.time() if start is None else start
        self._since = time.monotonic()

    def now(self) -> float:
        """Return the time in seconds since 1970."""
        with self._lock:
            if not self._running:
                return self._base
            return self._base + time.monotonic() - self._since

    def advance(self, seconds: float) -> None:
        """Move the time forward: interactions expire, timeouts end, rate limits reset."""
        if seconds < 0:
            raise ValueError("Time moves forward only: advance() takes zero or more seconds")
        with self._lock:
            self._base += seconds


def iso(seconds: float) -> str:
    """Write a time as Discord does: ISO 8601 in UTC with microseconds."""
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    return moment.isoformat(timespec="microseconds")
