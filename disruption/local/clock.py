"""The time of a local Discord: real, or standing still, and movable in both cases."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from datetime import datetime, timezone

__all__ = ["DISCORD_EPOCH", "Clock", "iso", "seconds"]

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
        self._listeners: list[Callable[[], None]] = []

    @property
    def running(self) -> bool:
        """Whether it goes by itself."""
        return self._running

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each move of the time."""
        with self._lock:
            self._listeners.append(listener)

    def now(self) -> float:
        """Return the time in seconds since 1970."""
        with self._lock:
            if not self._running:
                return self._base
            return self._base + time.monotonic() - self._since

    def advance(self, seconds: float) -> None:
        """Move the time forward: interactions expire, polls and timeouts end, limits reset.

        What falls due on the way has happened when this returns.
        """
        if seconds < 0:
            raise ValueError("Time moves forward only: advance() takes zero or more seconds")
        with self._lock:
            self._base += seconds
            listeners = list(self._listeners)
        for listener in listeners:
            listener()


def iso(seconds: float) -> str:
    """Write a time as Discord does: ISO 8601 in UTC with microseconds."""
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    return moment.isoformat(timespec="microseconds")


def seconds(moment: str) -> float:
    """Read a time in ISO 8601, in UTC where it names no zone, as seconds since 1970."""
    # Python 3.10 reads neither "Z" nor fractions of other than three or six digits.
    text = moment.replace("Z", "+00:00").replace("z", "+00:00")
    text = re.sub(r"\.(\d+)", lambda match: f".{match[1]:0<6.6}", text)
    parsed = datetime.fromisoformat(text)
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=timezone.utc)).timestamp()
