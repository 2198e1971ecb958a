"""How long handlers took: count, total, longest, and a coarse histogram."""

from __future__ import annotations

import threading
from bisect import bisect_right
from dataclasses import dataclass

__all__ = ["BOUNDS", "HandlerTime", "HandlerTimes", "TimeRecord"]

BOUNDS = (0.001, 0.01, 0.1, 1.0, 10.0)  # seconds; a histogram has one class more than bounds


@dataclass(frozen=True)
class HandlerTime:
    """How long one handler took, waiting included.

    Attributes:
        count: How often it ran.
        total: Seconds in all.
        longest: Seconds of the longest run.
        histogram: Runs below 1 ms, 10 ms, 100 ms, 1 s, 10 s, and the rest.
    """

    count: int
    total: float
    longest: float
    histogram: tuple[int, ...]


class TimeRecord:
    """The times of one worker thread; only that thread writes, so no lock is needed."""

    __slots__ = ("rows",)

    def __init__(self) -> None:
        # name -> [total, longest, runs of each class of the histogram…]
        self.rows: dict[str, list[float]] = {}

    def add(self, name: str, seconds: float) -> None:
        """Add one run."""
        row = self.rows.get(name)
        if row is None:
            row = self.rows[name] = [0.0] * (len(BOUNDS) + 3)
        row[0] += seconds
        if seconds > row[1]:
            row[1] = seconds
        row[2 if seconds < 0.001 else 2 + bisect_right(BOUNDS, seconds)] += 1


class HandlerTimes:
    """The times of all workers, those that have ended included."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # guards both below
        self._live: set[TimeRecord] = set()
        self._ended = TimeRecord()

    def record(self) -> TimeRecord:
        """Return a record for one more thread."""
        record = TimeRecord()
        with self._lock:
            self._live.add(record)
        return record

    def retire(self, record: TimeRecord) -> None:
        """Keep what a thread recorded that ends."""
        with self._lock:
            if record in self._live:
                self._live.discard(record)
                _merge(self._ended.rows, record.rows)

    def snapshot(self) -> dict[str, HandlerTime]:
        """Return the times by handler name, sorted."""
        rows: dict[str, list[float]] = {}
        with self._lock:
            for record in (self._ended, *self._live):
                _merge(rows, record.rows.copy())
        return {name: _present(row) for name, row in sorted(rows.items())}


def _merge(into: dict[str, list[float]], rows: dict[str, list[float]]) -> None:
    for name, row in rows.items():
        old = into.get(name)
        if old is None:
            into[name] = row.copy()
        else:
            longest = max(old[1], row[1])
            old[:] = [a + b for a, b in zip(old, row, strict=True)]
            old[1] = longest


def _present(row: list[float]) -> HandlerTime:
    histogram = tuple(int(runs) for runs in row[2:])
    return HandlerTime(sum(histogram), row[0], row[1], histogram)
