"""Durations, moments, dates and times as people write them: "1h30m", "2026-03-01 18:30", "6 pm"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Any, Final

from ...errors import InvalidArgument
from ...types import ApplicationCommandOptionType as OptionType
from ..phrases import Phrase
from .kind import Kind, bad
from .marks import Autocomplete, Choices, Range, Zone

__all__ = [
    "date_kind",
    "datetime_kind",
    "parse_datetime",
    "parse_timedelta",
    "time_kind",
    "timedelta_kind",
]

_UNITS: Final = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), timedelta(seconds=1)),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day", "days"), timedelta(days=1)),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), timedelta(weeks=1)),
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), timedelta(milliseconds=1)),
}
_PART: Final = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,9})?)\s*([a-z]{1,12})(?:\s*,?\s*(?:and\s+)?)")
_CLOCK: Final = re.compile(
    r"(?:([0-9]{1,9}) days?, )?([0-9]{1,4}):([0-5][0-9]):([0-5][0-9])(\.[0-9]{1,6})?"
)
_TIME: Final = re.compile(
    r"([0-9]{1,2})(?::([0-5][0-9])(?::([0-5][0-9]))?)?\s*(?:(a|p)\.?m\.?)?", re.IGNORECASE
)
_ISO: Final = re.compile(
    r"p(?:([0-9]{1,6})w)?(?:([0-9]{1,6})d)?"
    r"(?:t(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?)?"
)
_DATE_TIME: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[tT\s]\s*([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?)?"
    r"\s*(z|Z|utc|UTC|[+-][0-9]{2}:?[0-9]{2})?"
)
_DURATION: Final = Phrase("a duration, as 1h30m, 2 days or 90s")
_DATE: Final = Phrase("a date, as 2026-03-01")
_OF_DAY: Final = Phrase("a time, as 18:30")
_MOMENT: Final = Phrase("a date and time, as 2026-03-01 18:30, or a duration from now, as in 2h")


def parse_timedelta(text: str) -> timedelta:
    """Return the duration that a text says: ``1h30m``, ``2 days``, ``1:30:00``, ``PT1H``.

    Raises:
        InvalidArgument: It says none, or a longer one than Python can hold.
    """
    plain = text.strip().lower()
    try:
        read = (reader(plain) for reader in (_parts, _clock, _iso))
        found = next((one for one in read if one is not None), None)
    except OverflowError:
        found = None
    if found is None:
        raise InvalidArgument(f"{text[:60]!r} is no duration; write 1h30m, 2 days or 90s")
    return found


def _parts(text: str) -> timedelta | None:
    total, at = timedelta(), 0
    while at < len(text):
        part = _PART.match(text, at)
        unit = None if part is None else _UNITS.get(part[2])
        if part is None or unit is None:
            return None
        total += float(part[1]) * unit if "." in part[1] else int(part[1]) * unit
        at = part.end()
    return total if text else None


def _clock(text: str) -> timedelta | None:
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    days, hours, minutes, seconds, fraction = found.groups()
    whole = timedelta(int(days or 0), int(seconds), hours=int(hours), minutes=int(minutes))
    return whole + timedelta(seconds=float(fraction or 0))


def _iso(text: str) -> timedelta | None:
    found = _ISO.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    weeks, days, hours, minutes, seconds = (int(group or 0) for group in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def parse_datetime(
    text: str, zone: tzinfo = timezone.utc, *, now: datetime | None = None
) -> datetime:
    """Return the moment that a text says, always with a zone.

    Taken are ISO 8601 (``2026-03-01``, ``2026-03-01 18:30``, ``2026-03-01T18:30:00Z``),
    Discord's ``<t:…>``, ``now`` and ``in`` with a duration after it.

    Args:
        text: What was written.
        zone: The zone of what has none.
        now: The present moment; by default the clock's.

    Raises:
        InvalidArgument: It says none.
    """
    plain = text.strip()
    moment: datetime | None = None
    try:
        if plain.startswith("<"):
            from ...types.markup import TimeMarkup, parse_mention

            found = parse_mention(plain)
            moment = found.when if isinstance(found, TimeMarkup) else None
        elif plain.lower() == "now":
            moment = now or datetime.now(zone)
        elif plain[:3].lower() == "in ":
            moment = (now or datetime.now(zone)) + parse_timedelta(plain[3:])
        else:
            moment = _iso_moment(plain, zone)
        if moment is not None:
            return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
    except (ValueError, OverflowError) as error:
        raise _no_moment(text) from error
    raise _no_moment(text)


def _no_moment(text: str) -> InvalidArgument:
    return InvalidArgument(f"{text[:60]!r} is no moment; write 2026-03-01 18:30 or in 2h")


def _iso_moment(text: str, zone: tzinfo) -> datetime | None:
    found = _DATE_TIME.fullmatch(text)  # Python 3.10 reads only the strictest form by itself
    if found is None:
        return None
    day, hour, minute, second, fraction, offset = found.groups()
    clock = time(
        int(hour or 0), int(minute or 0), int(second or 0), int((fraction or "0")[:6].ljust(6, "0"))
    )
    if offset is not None and offset[0] in "+-":
        minutes = int(offset[1:3]) * 60 + int(offset[-2:])
        zone = timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))
    elif offset is not None:
        zone = timezone.utc
    return datetime.combine(date.fromisoformat(day), clock, zone)


def _read_date(text: str, zone: tzinfo) -> date:
    plain = text.strip().lower()
    days = {"today": 0, "tomorrow": 1}.get(plain)
    try:
        if days is not None:
            return datetime.now(zone).date() + timedelta(days)
        if plain.startswith("<"):
            return parse_datetime(plain, zone).date()
        if plain.isascii() and len(plain) == 10:  # Python 3.11 reads more than 3.10
            return date.fromisoformat(plain)
    except ValueError as error:
        raise InvalidArgument(f"{text[:60]!r} is no date") from error
    raise InvalidArgument(f"{text[:60]!r} is no date")


def _read_time(text: str, zone: tzinfo | None) -> time:
    found = _TIME.fullmatch(text.strip())
    if found is not None:
        hour, minute, second, half = found.groups()
        number = int(hour)
        if half is not None and 1 <= number <= 12:
            number = number % 12 + 12 * (half in "pP")
            return time(number, int(minute or 0), int(second or 0), tzinfo=zone)
        if half is None and minute is not None and number <= 23:
            return time(number, int(minute), int(second or 0), tzinfo=zone)
    raise InvalidArgument(f"{text[:60]!r} is no time of a day")


def date_kind(name: str, bounds: Range | None, zone: Zone | None) -> Kind:
    """Return the kind of a date; on Discord a text. Its zone says when today is."""
    where = timezone.utc if zone is None else _zone(zone.zone)

    def parse(text: str) -> date:
        return _read_date(text, where)

    return _time_kind(name, date, parse, _DATE, bounds, (Range, Zone))


def time_kind(name: str, bounds: Range | None, zone: Zone | None) -> Kind:
    """Return the kind of a time of the day, which has a zone where one is given; there a text."""
    where = None if zone is None else _zone(zone.zone)

    def parse(text: str) -> time:
        return _read_time(text, where)

    return _time_kind(name, time, parse, _OF_DAY, bounds, (Range, Zone))


def timedelta_kind(name: str, bounds: Range | None) -> Kind:
    """Return the kind of a duration; on Discord a text."""
    return _time_kind(name, timedelta, parse_timedelta, _DURATION, bounds, (Range,))


def datetime_kind(name: str, bounds: Range | None, zone: Zone | None) -> Kind:
    """Return the kind of a moment with a zone; on Discord a text."""
    where = timezone.utc if zone is None else _zone(zone.zone)

    def parse(text: str) -> datetime:
        return parse_datetime(text, where)

    return _time_kind(name, datetime, parse, _MOMENT, bounds, (Range, Zone))


def _zone(zone: tzinfo | str) -> tzinfo:
    if isinstance(zone, tzinfo):
        return zone
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        raise InvalidArgument(
            f"there is no time zone {zone!r} here: write it as Europe/Berlin; on Windows they "
            "need 'pip install tzdata'"
        ) from error


def _time_kind(
    name: str,
    cls: type[timedelta] | type[date] | type[time],
    parse: Any,
    accepts: str,
    bounds: Range | None,
    marks: tuple[type[Range] | type[Zone], ...],
) -> Kind:
    least = None if bounds is None else bounds.min
    most = None if bounds is None else bounds.max
    for bound in (least, most):
        if bound is not None and not _is_one(bound, cls):
            raise InvalidArgument(
                f"the bounds of a {cls.__name__} are of its kind, not {type(bound).__name__}"
            )
        if isinstance(bound, datetime) and bound.tzinfo is None:
            raise InvalidArgument(f"the bound {bound} needs a time zone")
        if isinstance(bound, time) and bound.tzinfo is not None:
            raise InvalidArgument(f"the bound {bound} is of the option's Zone, and has none itself")
    low: Any = least
    high: Any = most
    if least is not None and most is not None and low > high:
        raise InvalidArgument(f"the least, {least}, is more than the most, {most}")

    def plain(value: Any) -> Any:
        """Return a value as its bounds are."""
        return value.replace(tzinfo=None) if isinstance(value, time) else value

    def within(value: Any) -> bool:
        value = plain(value)
        return (low is None or low <= value) and (high is None or value <= high)

    def from_text(text: str, ctx: object) -> Any:
        try:
            value = parse(text)
        except InvalidArgument as error:
            raise bad(name, text, accepts) from error
        if within(value):
            return value
        if high is None or (low is not None and plain(value) < low):
            raise bad(name, text, Phrase("at least {min}", min=low))
        raise bad(name, text, Phrase("at most {max}", max=high))

    def from_option(raw: Any, resolved: object, ctx: object) -> Any:
        if type(raw) is str:
            return from_text(raw, ctx)
        raise bad(name, raw, accepts)

    def holds(value: Any) -> bool:
        if not _is_one(value, cls) or (isinstance(value, datetime) and value.tzinfo is None):
            return False
        return within(value)

    return Kind(
        OptionType.STRING,
        accepts,
        from_option,
        from_text,
        holds=holds,
        marks=(*marks, Choices, Autocomplete),
    )


def _is_one(value: object, cls: type) -> bool:
    """Tell whether a value is of a class; a moment is no date here, as it is in Python."""
    return isinstance(value, cls) and not (cls is date and isinstance(value, datetime))
