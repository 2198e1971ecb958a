"""Refusing what was sent before: a window for timestamps, and the ids seen within it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final

__all__ = ["WINDOW", "ReplayGuard"]

WINDOW: Final = 300.0
"""Seconds that a request's timestamp may lie before or after our clock."""

_DIGITS: Final = 15  # of a number of seconds that makes any sense


class ReplayGuard:
    """Knows the ids of the last requests; for any thread.

    Args:
        window: Seconds that a timestamp may be off.
    """

    def __init__(self, window: float = WINDOW) -> None:
        self.window = window
        self._lock = threading.Lock()  # guards _seen
        self._seen: OrderedDict[str, float] = OrderedDict()  # key -> when it may be forgotten

    def age(self, timestamp: str, now: float) -> float | None:
        """Return how many seconds ago a request was signed, by the clock `now` is of.

        Args:
            timestamp: The header; None is returned where it is no number of seconds.
            now: Seconds since 1970.
        """
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _DIGITS):
            return None
        return now - int(timestamp)

    def is_new(self, key: str, now: float) -> bool:
        """Tell whether a request is seen for the first time, and remember it.

        A timestamp from the future is good for twice the window, so keys are kept that long.
        """
        with self._lock:
            while self._seen:
                oldest = next(iter(self._seen))
                if self._seen[oldest] > now:
                    break
                del self._seen[oldest]
            if key in self._seen:
                return False
            self._seen[key] = now + 2 * self.window
            return True

    def __len__(self) -> int:
        return len(self._seen)
