"""The arguments of stored jobs as JSON, and back."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from ...errors import InvalidArgument

__all__ = ["pack", "unpack"]

_TAG = "$"  # the key of an object that stands for what JSON has no notation for
_DEPTH = 32
_SIZE = 1 << 20  # characters


def pack(args: Sequence[object], kwargs: Mapping[str, object]) -> str:
    """Return arguments as JSON.

    Numbers, text, True, False, None, lists, tuples, dicts with keys of text, datetimes, dates,
    times and timedeltas can be stored. A datetime keeps its offset from UTC, not its zone's name.

    Raises:
        InvalidArgument: Something else is among them; the text says where and what to do.
    """
    packed = [
        [_pack(value, f"argument {number}", 0) for number, value in enumerate(args, 1)],
        {name: _pack(value, f"{name}=", 0) for name, value in kwargs.items()},
    ]
    text = json.dumps(packed, separators=(",", ":"))
    if len(text) > _SIZE:
        raise InvalidArgument(
            f"the arguments are {len(text)} characters of JSON, more than {_SIZE}: store them "
            "elsewhere, and in the job where to find them"
        )
    return text


def unpack(text: str) -> tuple[list[Any], dict[str, Any]]:
    """Return the arguments that `pack` was given.

    Raises:
        ValueError: The text was not made by it.
    """
    try:
        args, kwargs = json.loads(text)
        return [_unpack(value) for value in args], {
            name: _unpack(value) for name, value in kwargs.items()
        }
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"these are no stored arguments: {error}") from error


def _pack(value: object, place: str, depth: int) -> object:
    if depth > _DEPTH:
        raise InvalidArgument(f"{place[:80]} is nested more than {_DEPTH} deep, or in itself")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, float):
        if math.isfinite(value):
            return float(value)
        raise InvalidArgument(f"{place} is {value}, which JSON has no notation for")
    if isinstance(value, (list, tuple)):
        items = [_pack(item, f"{place}[{n}]", depth + 1) for n, item in enumerate(value)]
        return items if isinstance(value, list) else {_TAG: "tuple", "v": items}
    if isinstance(value, dict):
        return _pack_dict(value, place, depth)
    if isinstance(value, timedelta):
        return {_TAG: "timedelta", "v": [value.days, value.seconds, value.microseconds]}
    for kind in (datetime, date, time):  # a datetime is a date, too
        if isinstance(value, kind):
            return {_TAG: kind.__name__, "v": value.isoformat()}
    advice = "JSON has no notation for it: store text, numbers, lists or dicts in its place"
    if hasattr(value, "id"):
        advice = "pass its .id, and fetch it when the job runs: it may have changed by then"
    raise InvalidArgument(f"{place} is {_article(type(value).__name__)}: {advice}")


def _pack_dict(value: dict[Any, Any], place: str, depth: int) -> dict[str, object]:
    packed: dict[str, object] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise InvalidArgument(
                f"{place} has the key {key!r}: keys must be text, as JSON has no others"
            )
        packed[str.__str__(key)] = _pack(item, f"{place}[{key!r}]", depth + 1)
    return {_TAG: "dict", "v": packed} if _TAG in packed else packed


def _unpack(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpack(item) for item in value]
    if not isinstance(value, dict):
        return value
    tag = value.get(_TAG)
    if tag is None:
        return {key: _unpack(item) for key, item in value.items()}
    inner = value["v"]
    if tag == "dict":
        return {key: _unpack(item) for key, item in inner.items()}
    if tag == "tuple":
        return tuple(_unpack(item) for item in inner)
    if tag == "timedelta":
        return timedelta(*inner)
    for kind in (datetime, date, time):
        if tag == kind.__name__:
            return kind.fromisoformat(inner)
    raise ValueError(f"these are no stored arguments: {tag!r} is not known")


def _article(name: str) -> str:
    return f"an {name}" if name[:1].lower() in "aeiou" else f"a {name}"
