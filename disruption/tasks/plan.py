"""The rules of one task: when it is due, what was missed, and what must not overlap.

No thread and no clock: times come in, decisions go out.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from .schedules import Schedule

__all__ = ["Due", "Now", "Plan"]


class Now(NamedTuple):
    """One moment on the two clocks, in seconds."""

    monotonic: float
    wall: float  # a timestamp

    def wall_of(self, when: float, wall: bool) -> float:
        """Return a time on one of the clocks as a timestamp."""
        return when if wall else self.wall + (when - self.monotonic)


@dataclass(frozen=True)
class Due:
    """A run that is due.

    Attributes:
        at: When it was to begin, a timestamp.
        late: Seconds since then.
        missed: How many earlier ones have passed and are not made up for.
        skip: Whether it does not run, since others still do.
    """

    at: float
    late: float
    missed: int
    skip: bool


class Plan:
    """When one task runs.

    Attributes:
        due: The time of the next run on the schedule's clock, None where there is none.
        left: How many runs may still begin; None: as many as are due.

    Args:
        schedule: When it is to run.
        count: How often at most.
        limit: How many runs may be under way at once.
        jitter: Each run begins up to so many seconds later than the schedule says.
        chance: Returns a number from 0 to 1.
    """

    def __init__(
        self,
        schedule: Schedule,
        *,
        count: int | None = None,
        limit: int = 1,
        jitter: float = 0.0,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.schedule = schedule
        self.due: float | None = None
        self.left: int | None = None
        self._count = count
        self._limit = limit
        self._jitter = jitter
        self._chance = chance
        self._base = 0.0  # `due` without jitter

    def begin(self, now: Now) -> None:
        """Start from the beginning."""
        self.left = self._count
        self.restart(now)

    def restart(self, now: Now, schedule: Schedule | None = None) -> None:
        """Go by another schedule, or by the clock's new time, from now on."""
        self.schedule = schedule or self.schedule
        self._set(None if self.left == 0 else self.schedule.first(self._moment(now)))

    def end(self) -> None:
        """Let nothing be due."""
        self.due = None

    def take(self, now: Now, running: int) -> Due | None:
        """Return the run that is due, None where none is; the next one is planned then.

        Args:
            now: The time.
            running: How many runs are under way.
        """
        moment = self._moment(now)
        if self.due is None or moment < self.due:
            return None
        at, skip = self.due, running >= self._limit
        following, missed = self.schedule.after(self._base, moment)
        if not skip and self.left is not None:
            self.left -= 1
        self._set(None if self.left == 0 else following)
        return Due(now.wall_of(at, self.schedule.wall), moment - at, missed, skip)

    def wait(self, now: Now) -> float | None:
        """Return the seconds until the next run, None where there is none."""
        return None if self.due is None else max(0.0, self.due - self._moment(now))

    def _moment(self, now: Now) -> float:
        return now.wall if self.schedule.wall else now.monotonic

    def _set(self, base: float | None) -> None:
        if base is None:
            self.due = None
            return
        self._base = base
        self.due = base + self._jitter * self._chance() if self._jitter else base
