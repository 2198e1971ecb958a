"""The rules of stored jobs, without store, thread or clock: when, how often, for how long."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from ...errors import InvalidArgument
from ..schedules import seconds_of
from ..zones import UTC

__all__ = ["due_time", "next_time", "retry_delay"]

_LONGEST = 3600.0  # seconds between two attempts at most
_LAST = datetime.max.replace(tzinfo=UTC).timestamp() - 86_400 * 2  # any zone can show it


def due_time(when: datetime | timedelta | float, now: float) -> float:
    """Return the timestamp that is meant by a moment, or by a time from now.

    Raises:
        InvalidArgument: It is a datetime without time zone, or no time at all.
    """
    if isinstance(when, datetime):
        if when.utcoffset() is None:
            raise InvalidArgument(
                f"{when!r} has no time zone, so it could mean many moments: give "
                "datetime(…, tzinfo=ZoneInfo('Europe/Vienna')), or .astimezone() for the "
                "computer's own"
            )
        try:
            due = when.timestamp()
        except (OverflowError, ValueError, OSError):
            due = _LAST + 1
    else:
        due = now + seconds_of(when, "when")
    if not -_LAST <= due <= _LAST:
        raise InvalidArgument(f"{when!r} is too far away: years are 1 to 9999")
    return max(due, 0.0)


def next_time(due: float, every: float, now: float) -> float:
    """Return the next time of a job that repeats: on its grid, after now and the last time."""
    steps = max(0, math.floor((now - due) / every)) + 1
    following = due + steps * every
    return following if following > now else following + every


def retry_delay(attempts: int, first: float) -> float:
    """Return the seconds to wait after so many attempts: twice as long each time, to an hour."""
    longest: float = max(first, _LONGEST)
    return min(longest, first * 2.0 ** min(attempts - 1, 30))
