"""When something is to run: intervals and times of day. Pure: times in, times out.

Times are seconds as floats. An `Interval` counts them on the monotonic clock, which nobody
sets; what people read off a clock on the wall is counted in timestamps, which are moments in
UTC. Neither counts from the end of a run, so that nothing drifts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, time, timedelta, tzinfo
from typing import Protocol

from ..errors import InvalidArgument
from .zones import UTC, moment_of, zone

__all__ = ["Interval", "Schedule", "TimesOfDay", "seconds_of"]

_SHORTEST = 0.01  # seconds
_DAYS_AHEAD = 16  # a weekday comes once in 7 days, and a day may be left out once
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_COUNTED = 1000  # missed times of day that are counted one by one


class Schedule(Protocol):
    """What says when a task runs."""

    @property
    def wall(self) -> bool:
        """Whether its times are timestamps; otherwise they are the monotonic clock's."""
        ...

    def first(self, now: float) -> float | None:
        """Return the first time of all, None where there is none."""
        ...

    def after(self, last: float, now: float) -> tuple[float | None, int]:
        """Return the first time after both the last one and now, and how many before it passed.

        Those that passed lie after the last one; `now` may lie before it.
        """
        ...


class Interval:
    """Again and again after the same time.

    Args:
        every: How long.
        first: How long until the first time; None is one interval.

    Raises:
        InvalidArgument: That is no time, or too short a one.
    """

    wall = False

    def __init__(self, every: timedelta | float, first: timedelta | float | None = None) -> None:
        self.seconds = seconds_of(every, "the interval")
        if self.seconds < _SHORTEST:
            raise InvalidArgument(
                f"an interval of {self.seconds:g} s is too short: at least {_SHORTEST} s"
            )
        self.delay = self.seconds if first is None else seconds_of(first, "first")
        if self.delay < 0:
            raise InvalidArgument(f"first={self.delay:g}: it is 0 or more seconds")

    def first(self, now: float) -> float:
        """Return the time of the first run."""
        return now + self.delay

    def after(self, last: float, now: float) -> tuple[float, int]:
        """Return the next time on the grid that the last one is on."""
        passed = max(0, math.floor((now - last) / self.seconds))
        following = last + (passed + 1) * self.seconds
        if following <= now:  # rounded down
            passed += 1
            following += self.seconds
        return following, passed

    def __repr__(self) -> str:
        return f"every {timedelta(seconds=self.seconds)}"


class WallSchedule:
    """What schedules by the clock on the wall have in common; they only say what comes next."""

    wall = True

    def next(self, moment: float) -> float | None:
        """Return the first time after a moment, None where there is none."""
        raise NotImplementedError

    def first(self, now: float) -> float | None:
        """Return the time of the first run."""
        return self.next(now)

    def after(self, last: float, now: float) -> tuple[float | None, int]:
        """Return the next time after both."""
        passed = 0
        following = self.next(last)
        while following is not None and following <= now:
            passed += 1
            following = self.next(following if passed < _COUNTED else now)
        return following, passed


class TimesOfDay(WallSchedule):
    """Every day, or on some weekdays, at one or several times.

    Args:
        times: `datetime.time` or text, ``"09:00"``.
        tz: The time zone: a name or a tzinfo; by default that of the times, or UTC.
        weekdays: On which days: 0 is Monday, or names, ``"mon"``.

    Raises:
        InvalidArgument: One of these is not what it should be.
    """

    def __init__(
        self,
        *times: time | str,
        tz: str | tzinfo | None = None,
        weekdays: Iterable[int | str] | None = None,
    ) -> None:
        read = [_time(value) for value in times]
        if not read:
            raise InvalidArgument("give at least one time of day, such as time(9, 0)")
        zones = {str(value.tzinfo): value.tzinfo for value in read if value.tzinfo is not None}
        if len(zones) > 1 or (zones and tz is not None and str(zone(tz)) not in zones):
            raise InvalidArgument("the times have different time zones: give one, as tz=")
        self.tz = zone(tz) if tz is not None or not zones else next(iter(zones.values())) or UTC
        self.times = tuple(sorted({value.replace(tzinfo=None, fold=0) for value in read}))
        self.weekdays = frozenset(range(7) if weekdays is None else map(_weekday, weekdays))
        if not self.weekdays:
            raise InvalidArgument("weekdays is empty: the task would never run")

    def next(self, moment: float) -> float | None:
        """Return the first time after a moment."""
        day = datetime.fromtimestamp(moment, self.tz).date() - timedelta(days=1)
        for _ in range(_DAYS_AHEAD):
            if day.weekday() in self.weekdays:
                for at in self.times:
                    found = moment_of(day, at, self.tz)
                    if found is not None and found > moment:
                        return found
            day += timedelta(days=1)
        return None

    def __repr__(self) -> str:
        text = "at " + ", ".join(str(at) for at in self.times)
        if len(self.weekdays) < 7:
            text += " on " + ", ".join(_WEEKDAYS[day] for day in sorted(self.weekdays))
        return f"{text} {self.tz}"


def seconds_of(value: timedelta | float, name: str) -> float:
    """Return a duration in seconds.

    Raises:
        InvalidArgument: It is none, or not finite; `name` says which.
    """
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        with suppress(OverflowError):  # an int beyond all floats
            seconds = float(value)
            if math.isfinite(seconds):
                return seconds
    raise InvalidArgument(f"{name} is {value!r:.80}: give a timedelta, or seconds")


def _time(value: time | str) -> time:
    if isinstance(value, time):
        return value
    if isinstance(value, str):
        try:
            return time.fromisoformat(value)
        except ValueError:
            pass
    raise InvalidArgument(f"{value!r} is no time of day: give time(9, 0), or '09:00'")


def _weekday(value: int | str) -> int:
    if isinstance(value, str) and value.lower()[:3] in _WEEKDAYS:
        return _WEEKDAYS.index(value.lower()[:3])
    if isinstance(value, int) and 0 <= value <= 6:
        return int(value)
    raise InvalidArgument(f"{value!r} is no weekday: 0 is Monday and 6 Sunday, or 'mon' to 'sun'")
