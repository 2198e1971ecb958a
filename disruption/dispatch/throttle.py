"""Logging the same trouble at most once a minute."""

from __future__ import annotations

__all__ = ["Throttle"]


class Throttle:
    """Lets something through at most once per `interval` seconds; not thread-safe."""

    __slots__ = ("_last", "interval")

    def __init__(self, interval: float = 60.0) -> None:
        self.interval = interval
        self._last = float("-inf")

    def due(self, now: float) -> bool:
        """Tell whether it is time again, and if so start the interval anew."""
        if now - self._last < self.interval:
            return False
        self._last = now
        return True
