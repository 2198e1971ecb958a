"""From a date and a time of day in a time zone to the moment that is meant."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..errors import InvalidArgument

__all__ = ["UTC", "moment_of", "zone"]

UTC = timezone.utc

_SECOND = timedelta(seconds=1)
_FIRST, _LAST = time.min, time(23, 59, 59)


def zone(value: str | tzinfo | None) -> tzinfo:
    """Return the time zone that is meant: a name (``"Europe/Vienna"``), a tzinfo, None for UTC.

    Raises:
        InvalidArgument: There is no zone of this name.
    """
    if value is None:
        return UTC
    if isinstance(value, tzinfo):
        if hasattr(value, "localize"):  # pytz's mean local solar time unless asked through it
            return zone(str(value))
        return value
    if not isinstance(value, str):
        raise InvalidArgument(
            f"tz={value!r} is no time zone: give a name such as 'Europe/Vienna', or a tzinfo"
        )
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidArgument(
            f"there is no time zone {value!r}: names are like 'Europe/Vienna'. Windows has none "
            "of its own: pip install tzdata"
        ) from None


def moment_of(day: date, at: time, tz: tzinfo) -> float | None:
    """Return the moment at which the clocks of a zone show a date and a time, as a timestamp.

    A time that comes twice, because the clocks are put back, is the first of the two. For one
    that does not come, because they are put forward, it is the moment at which they are.

    Returns:
        None where the whole day does not come (Samoa left out the 30th of December 2011).
    """
    moment = _moment(day, at, tz)
    # A zone may leave out the end of a day, which is then meant, but not all of it.
    if _day(moment, tz) > day and _day(_moment(day, _FIRST, tz), tz) > day:
        last = _moment(day, _LAST, tz)
        if _day(last, tz) > day:
            return None
    return moment


def _moment(day: date, at: time, tz: tzinfo) -> float:
    wanted = datetime.combine(day, at.replace(tzinfo=None, fold=0))
    first = _as_utc(wanted, tz)
    if first.astimezone(tz).replace(tzinfo=None, fold=0) == wanted:
        return first.timestamp()
    # In a gap the two readings of the time lie on either side of the change of the clocks.
    early, late = sorted((first, _as_utc(wanted.replace(fold=1), tz)))
    before = early.astimezone(tz).utcoffset()
    while late - early > _SECOND:
        middle = early + (late - early) // 2
        if middle.astimezone(tz).utcoffset() == before:
            early = middle
        else:
            late = middle
    return float(int(late.timestamp()))  # clocks are changed at whole seconds


def _as_utc(local: datetime, tz: tzinfo) -> datetime:
    return local.replace(tzinfo=tz).astimezone(UTC)


def _day(moment: float, tz: tzinfo) -> date:
    return datetime.fromtimestamp(moment, tz).date()
