"""What can be known to be wrong before anything is sent.

Discord answers a bad argument with a 400 that costs a round trip and a place in the
rate limit; these checks name the field and the rule instead.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any, Final

from disruption.errors import InvalidArgument
from disruption.types.core.unset import UNSET
from disruption.types.rules.limits import at_most, between

__all__ = [
    "at_most",
    "between",
    "check_timeout",
    "exclusive",
    "integer",
    "mapped",
    "needs",
    "several",
    "utc",
    "younger_than",
]

_DISCORD_EPOCH: Final = 1_420_070_400.0  # seconds
_LONGEST: Final = 1e9  # seconds of a timeout


def exclusive(**values: object) -> None:
    """Refuse more than one argument where Discord takes one of them.

    Raises:
        InvalidArgument: With the names.
    """
    given = [name for name, value in values.items() if value is not None]
    if len(given) > 1:
        raise InvalidArgument(f"give only one of {', '.join(given)}")


def needs(what: str, given: bool, **values: object) -> None:
    """Refuse `what`, where it is given, without what belongs to it.

    Raises:
        InvalidArgument: With the names.
    """
    missing = [name for name, value in values.items() if value is None or value is UNSET]
    if given and missing:
        raise InvalidArgument(f"{what} needs {' and '.join(missing)}")


def younger_than(name: str, number: int, seconds: float, why: str) -> None:
    """Refuse the id of a thing that is too old.

    Raises:
        InvalidArgument: With the reason.
    """
    made = (number >> 22) / 1000 + _DISCORD_EPOCH
    if time.time() - made > seconds:
        raise InvalidArgument(f"{name} {number} is too old: {why}")


def integer(name: str, value: object) -> int:
    """Return a number, or what stands for one (a flag, a permission, a kind), as a plain int.

    Raises:
        InvalidArgument: It is none.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidArgument(f"{name} must be an int, not {type(value).__name__}")
    return int(value)


def several(name: str, values: object) -> list[Any]:
    """Return things as a list.

    Raises:
        InvalidArgument: They are no list, set or other iterable, but a single thing or a text.
    """
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise InvalidArgument(f"{name} must be a list, not {type(values).__name__}: {name}=[…]")
    return list(values)


def mapped(name: str, value: object) -> Mapping[Any, Any]:
    """Return a mapping.

    Raises:
        InvalidArgument: It is none.
    """
    if not isinstance(value, Mapping):
        raise InvalidArgument(f"{name} must be a mapping, not {type(value).__name__}")
    return value


def utc(name: str, value: datetime) -> datetime:
    """Return a moment in UTC; one without a zone is local time.

    Raises:
        InvalidArgument: It is no datetime, or so far away that it has no UTC.
    """
    if not isinstance(value, datetime):
        raise InvalidArgument(f"{name} must be a datetime, not {type(value).__name__}")
    try:
        return value.astimezone(timezone.utc)
    except (ValueError, OverflowError, OSError) as error:
        raise InvalidArgument(f"{name} cannot be {value!r}: {error}") from error


def check_timeout(name: str, value: float | None, *, needed: bool = False) -> None:
    """Refuse a timeout that is no number of seconds above 0.

    Raises:
        InvalidArgument: With the name.
    """
    if value is None and not needed:
        return
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 < value < _LONGEST:  # type: ignore[operator]
        raise InvalidArgument(f"{name} must be a number of seconds above 0, not {value!r}")
