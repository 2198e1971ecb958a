"""Texts, numbers and lists against their limits; the error names the field.

A path is written as in Discord's own errors: ``embeds.0.fields.3.value``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...errors import InvalidArgument

__all__ = ["at_most", "between", "link", "listed", "shown"]


def at_most(name: str, value: str | None, limit: int, *, least: int = 0) -> None:
    """Refuse a text that is no str or longer than `limit` characters.

    Raises:
        InvalidArgument: With the name and the limit.
    """
    if value is None:
        return
    if not isinstance(value, str):
        raise InvalidArgument(f"{name} must be a str, not {type(value).__name__}")
    if len(value) > limit:
        raise InvalidArgument(f"{name} must be at most {limit} characters, not {len(value)}")
    if len(value) < least:
        raise InvalidArgument(f"{name} must be at least {least} characters, not {len(value)}")


def shown(name: str, value: str | None, limit: int, *, least: int = 0) -> int:
    """Refuse a text as `at_most` does, of whose spaces at both ends Discord keeps none.

    Returns:
        How many characters Discord counts.

    Raises:
        InvalidArgument: With the name and the limit.
    """
    trimmed = value.strip() if isinstance(value, str) else value
    at_most(name, trimmed, limit, least=least)
    return len(trimmed or "")


def between(name: str, value: int | None, least: int, most: int) -> None:
    """Refuse a number that is none or out of its range.

    Raises:
        InvalidArgument: With the name and the range.
    """
    if value is None:
        return
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidArgument(f"{name} must be an int, not {type(value).__name__}")
    if not least <= value <= most:
        raise InvalidArgument(f"{name} must be between {least} and {most}, not {value}")


def listed(name: str, values: Any, least: int, most: int | None) -> Sequence[Any]:
    """Return `values`, refused where they are no list or too few or many.

    Raises:
        InvalidArgument: With the name and the limits.
    """
    if isinstance(values, Mapping | str) or not isinstance(values, Sequence):
        raise InvalidArgument(f"{name} must be a list, not {type(values).__name__}")
    if most is not None and len(values) > most:
        raise InvalidArgument(f"{name}: at most {most}, not {len(values)}")
    if len(values) < least:
        raise InvalidArgument(f"{name}: at least {least}, not {len(values)}")
    return values


def link(name: str, value: str | None, schemes: Sequence[str], most: int = 2048) -> None:
    """Refuse an address of another scheme than these, or one that is too long.

    Raises:
        InvalidArgument: With the name and the schemes.
    """
    at_most(name, value, most)
    if value and value.partition("://")[0].lower() not in schemes:
        taken = " or ".join(f"{scheme}://" for scheme in schemes)
        raise InvalidArgument(f"{name} must begin with {taken}, not {value[:60]!r}")
