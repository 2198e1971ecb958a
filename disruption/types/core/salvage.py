"""Reading JSON that is damaged in its text, not in its structure.

msgspec refuses a whole payload for one byte that is not UTF-8, one half of a surrogate
pair, or one number of thousands of digits. None of these is worth losing an event.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

from ...errors import DecodeError

__all__ = ["salvage"]

_MOST_DIGITS = 400


def salvage(data: bytes, cause: BaseException) -> Any:
    """Return what the JSON in `data` says, with U+FFFD for text that is none.

    Args:
        data: The bytes.
        cause: Why the strict reader refused them; chained to the error.

    Raises:
        DecodeError: The bytes are not JSON in any reading.
    """
    try:
        parsed = json.loads(
            data.decode("utf-8", "replace"), parse_int=_integer, parse_constant=_refuse
        )
    except (ValueError, RecursionError):
        raise DecodeError(f"not JSON: {cause}") from cause
    return _tidy(parsed)


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MOST_DIGITS else float(digits)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _tidy(value: Any) -> Any:
    """Replace halves of surrogate pairs: text that has one cannot be written anywhere."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    if isinstance(value, list):
        return [_tidy(inner) for inner in value]
    if isinstance(value, dict):
        return {_tidy(name): _tidy(inner) for name, inner in value.items()}
    return value
