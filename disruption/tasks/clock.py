"""The two clocks that tasks go by, which a test can move on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

from .plan import Now

__all__ = ["TaskClock", "Timed", "advance"]


class TaskClock:
    """Monotonic time and wall time, moved on by what `shift` was told.

    Args:
        monotonic: The clock of intervals and waits, in seconds.
        wall: The clock of dates and times of day, timestamps.
    """

    def __init__(
        self,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._monotonic = monotonic
        self._wall = wall
        self._lock = threading.Lock()  # guards _shifted
        self._shifted = 0.0

    def now(self) -> Now:
        """Return the time on both clocks."""
        return Now(self._monotonic() + self._shifted, self._wall() + self._shifted)

    def monotonic(self) -> float:
        """Return the time that nobody sets, in seconds."""
        return self._monotonic() + self._shifted

    def wall(self) -> float:
        """Return the timestamp."""
        return self._wall() + self._shifted

    def shift(self, seconds: float) -> None:
        """Move both clocks forward."""
        with self._lock:
            self._shifted += seconds


class Timed(Protocol):
    """Something that goes by the clock."""

    def wait_due(self) -> float | None:
        """Return the seconds until something is due, None where nothing is."""
        ...

    def look(self) -> None:
        """Begin what is due."""
        ...

    def told(self) -> None:
        """Look whether a `settle` has its end: some run has gone to sleep."""
        ...

    def settle(self, timeout: float) -> bool:
        """Wait until nothing runs but what waits for the clock; False if that is not in time."""
        ...


def advance(clock: TaskClock, parts: list[Timed], seconds: float, timeout: float) -> bool:
    """Move a clock on, from one thing that is due to the next.

    Args:
        clock: The clock.
        parts: What goes by it.
        seconds: How far.
        timeout: Seconds in which everything that runs meanwhile must have ended.

    Returns:
        Whether it has.
    """
    target = clock.monotonic() + seconds
    deadline = time.monotonic() + timeout

    def settle() -> bool:
        for part in parts:
            part.look()
        return all(part.settle(max(0.0, deadline - time.monotonic())) for part in parts)

    while settle():
        left = target - clock.monotonic()
        waits = [wait for part in parts if (wait := part.wait_due()) is not None]
        if left <= 0:
            return True
        clock.shift(min([left, *waits]))
    clock.shift(max(0.0, target - clock.monotonic()))
    return False
