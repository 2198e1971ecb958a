"""Fields of bodies: checked, and put as JSON has them.

Each takes the body and the field's name and value: UNSET leaves the field out, None
clears it, anything else is checked and translated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from datetime import datetime, timedelta, timezone
from typing import Any, Final

from disruption.errors import InvalidArgument
from disruption.rest.checks import at_most, several, utc
from disruption.rest.images import FileSource, data_uri
from disruption.rest.payload import ids
from disruption.rest.route import SnowflakeLike, snowflake
from disruption.types import Unset, to_plain

__all__ = [
    "Duration",
    "When",
    "at_most_items",
    "moves",
    "put_id",
    "put_ids",
    "put_image",
    "put_number",
    "put_seconds",
    "put_text",
    "put_time",
    "whole_seconds",
]

Duration = int | timedelta
"""A time span: seconds, or a timedelta."""

When = datetime | timedelta
"""A moment: a datetime (one without a zone is local time), or how long from now."""

_SECOND: Final = timedelta(seconds=1)


def put_text(
    body: dict[str, Any], name: str, value: str | Unset | None, most: int, *, least: int = 0
) -> None:
    """Put a text of so many characters.

    Raises:
        InvalidArgument: It is no str, too long or too short.
    """
    if not isinstance(value, Unset):
        at_most(name, value, most, least=least)
        body[name] = value


def put_number(
    body: dict[str, Any],
    name: str,
    value: float | Unset | None,
    least: float,
    most: float,
) -> None:
    """Put a number between two others.

    Raises:
        InvalidArgument: It is no number, or not between them.
    """
    if isinstance(value, Unset):
        return
    if value is not None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InvalidArgument(f"{name} must be a number, not {type(value).__name__}")
        if not least <= value <= most:
            raise InvalidArgument(f"{name} must be between {least} and {most}, not {value}")
    body[name] = value


def whole_seconds(name: str, value: Duration, least: int, most: int) -> int:
    """Return a time span in seconds.

    Raises:
        InvalidArgument: It is no time span, or not between `least` and `most` seconds.
    """
    seconds = value // _SECOND if isinstance(value, timedelta) else value
    if isinstance(seconds, bool) or not isinstance(seconds, int):
        raise InvalidArgument(
            f"{name} must be whole seconds or a timedelta, not {type(value).__name__}"
        )
    if not least <= seconds <= most:
        raise InvalidArgument(f"{name} must be between {least} and {most} seconds, not {seconds}")
    return seconds


def put_seconds(
    body: dict[str, Any], name: str, value: Duration | Unset | None, least: int, most: int
) -> None:
    """Put a time span in seconds; raises as `whole_seconds`."""
    if not isinstance(value, Unset):
        body[name] = None if value is None else whole_seconds(name, value, least, most)


def put_id(body: dict[str, Any], name: str, value: SnowflakeLike | Unset | None) -> None:
    """Put an id.

    Raises:
        InvalidArgument: It is none.
    """
    if not isinstance(value, Unset):
        body[name] = None if value is None else str(snowflake(value, name))


def put_ids(
    body: dict[str, Any],
    name: str,
    value: Iterable[SnowflakeLike] | Unset | None,
    most: int | None = None,
) -> None:
    """Put ids, each once.

    Raises:
        InvalidArgument: One is none, or there are more than `most`.
    """
    if isinstance(value, Unset):
        return
    listed = None if value is None else list(dict.fromkeys(ids(value, name)))
    if listed is not None and most is not None and len(listed) > most:
        raise InvalidArgument(f"{name}: at most {most}, not {len(listed)}")
    body[name] = listed


def put_time(
    body: dict[str, Any],
    name: str,
    value: When | Unset | None,
    *,
    within: timedelta | None = None,
) -> None:
    """Put a moment.

    Args:
        body: Where to.
        name: The field.
        value: The moment.
        within: How far in the future it may be.

    Raises:
        InvalidArgument: It is no moment, or too far in the future.
    """
    if isinstance(value, Unset):
        return
    if value is None:
        body[name] = None
        return
    now = datetime.now(timezone.utc)
    if isinstance(value, timedelta):
        try:
            value = now + value
        except OverflowError:
            raise InvalidArgument(f"{name} cannot be {value!r} from now") from None
    elif not isinstance(value, datetime):
        raise InvalidArgument(
            f"{name} must be a datetime, or a timedelta from now, not {type(value).__name__}"
        )
    moment = utc(name, value)
    # A minute for clocks that differ.
    if within is not None and moment - now > within + timedelta(minutes=1):
        raise InvalidArgument(f"{name} must be at most {_said(within)} in the future")
    body[name] = moment.isoformat(timespec="milliseconds")


def _said(span: timedelta) -> str:
    return f"{span.days} days" if span.days > 1 else f"{span // timedelta(hours=1)} hours"


def put_image(
    body: dict[str, Any],
    name: str,
    value: FileSource | Unset | None,
    limit: int | None = None,
) -> None:
    """Put an image as a data URI.

    Raises:
        InvalidArgument: It cannot be read, is no image, or is too large.
    """
    if isinstance(value, Unset):
        return
    if value is None:
        body[name] = None
    else:
        body[name] = data_uri(value, name) if limit is None else data_uri(value, name, limit=limit)


def at_most_items(name: str, value: Sized | Unset | None, most: int, *, least: int = 0) -> None:
    """Refuse a list that is none, or with too many or too few items.

    Raises:
        InvalidArgument: With the name and the limit.
    """
    if value is None or isinstance(value, Unset):
        return
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Sized):
        raise InvalidArgument(f"{name} must be a list, not {type(value).__name__}: {name}=[…]")
    if len(value) > most:
        raise InvalidArgument(f"{name}: at most {most}, not {len(value)}")
    if len(value) < least:
        raise InvalidArgument(f"{name}: at least {least}, not {len(value)}")


def moves(positions: Iterable[Mapping[str, Any]], known: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the body that moves channels or roles.

    Args:
        positions: Each with the ``id`` of what it moves.
        known: What else it can have.

    Raises:
        InvalidArgument: There is none, one has no id or what it cannot have, or one comes twice.
    """
    body = []
    for number, entry in enumerate(several("positions", positions)):
        if not isinstance(entry, Mapping) or "id" not in entry:
            raise InvalidArgument(f"positions[{number}] must be a mapping with an id")
        if unknown := entry.keys() - {"id", *known}:
            raise InvalidArgument(
                f"positions[{number}] can have {', '.join(known)}, not {', '.join(sorted(unknown))}"
            )
        made: dict[str, Any] = {}
        for name, value in entry.items():
            if name in ("id", "parent_id"):
                put_id(made, name, value)
            else:
                made[name] = to_plain(value)
        body.append(made)
    if not body:
        raise InvalidArgument("positions: at least 1")
    if len({entry["id"] for entry in body}) < len(body):
        raise InvalidArgument("positions must not name a thing twice")
    return body
