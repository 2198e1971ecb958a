"""Check one JSON object field by field, gathering errors as Discord nests them.

A field that passes lands, coerced, in `Body.clean`; a field that is absent stays absent there, so
that a route can tell "leave alone" from null.

See https://discord.com/developers/docs/reference#error-messages
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from typing import Any
from urllib.parse import urlsplit

from ..errors import WorldError

Path = tuple[str, ...]

#: Every type of a channel, for commands' options and menus of channels.
CHANNEL_TYPES = (*range(6), *range(10, 17))


class Form:
    """The errors of one request."""

    def __init__(self) -> None:
        self._errors: dict[str, Any] = {}

    def fail(self, path: Path, code: str, message: str) -> None:
        """Note an error at a path such as ("embeds", "0", "title")."""
        at = self._errors
        for part in path:
            at = at.setdefault(part, {})
        at.setdefault("_errors", []).append({"code": code, "message": message})

    def check(self) -> None:
        """Raise 50035 with everything that was noted, or do nothing."""
        if self._errors:
            raise WorldError(400, 50035, "Invalid Form Body", errors=self._errors)


class Body:
    """One JSON object of a request, being checked.

    Args:
        data: The parsed JSON.
        form: Where errors go.
        path: Where in the request this object is.
    """

    def __init__(self, data: Any, form: Form, path: Path = ()) -> None:
        self.form = form
        self.path = path
        self.clean: dict[str, Any] = {}
        if isinstance(data, dict):
            self.data: dict[str, Any] = data
        else:
            self.data = {}
            form.fail(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")

    def fail(self, key: str, code: str, message: str) -> None:
        """Note an error at one of this object's fields."""
        self.form.fail((*self.path, key), code, message)

    def _present(self, key: str, required: bool, nullable: bool = True) -> bool:
        """Tell whether `key` has a value to check; null passes where it may."""
        if key not in self.data or (self.data[key] is None and required and not nullable):
            if required:
                self.fail(key, "BASE_TYPE_REQUIRED", "This field is required")
            return False
        if self.data[key] is None:
            self.clean[key] = None
            return False
        return True

    def string(
        self,
        key: str,
        *,
        required: bool = False,
        low: int = 0,
        high: int | None = None,
        choices: Sequence[str] = (),
        pattern: re.Pattern[str] | None = None,
    ) -> None:
        """Take a string of `low` to `high` characters; numbers are read as their digits."""
        if not self._present(key, required, nullable=False):
            return
        value = self.data[key]
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            self.fail(key, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
            return
        text = str(value)
        if choices:
            if text not in choices:
                listed = ", ".join(f"'{choice}'" for choice in choices)
                self.fail(key, "BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")
                return
        elif not self.length(key, len(text), low, high):
            return
        if pattern is not None and not pattern.fullmatch(text):
            self.fail(key, "STRING_TYPE_REGEX", "String value did not match validation regex.")
            return
        self.clean[key] = text

    def length(self, key: str, size: int, low: int, high: int | None) -> bool:
        """Check a length the way Discord words it; True when it fits."""
        if low <= size and (high is None or size <= high):
            return True
        if low == 1 and size == 0 and high is None:
            self.fail(key, "BASE_TYPE_REQUIRED", "This field is required")
        elif high is None:
            self.fail(key, "BASE_TYPE_MIN_LENGTH", f"Must be {low} or more in length.")
        elif low == 0:
            self.fail(key, "BASE_TYPE_MAX_LENGTH", f"Must be {high} or fewer in length.")
        else:
            self.fail(key, "BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length.")
        return False

    def integer(
        self,
        key: str,
        *,
        required: bool = False,
        low: int | None = None,
        high: int | None = None,
        choices: Sequence[int] = (),
    ) -> None:
        """Take a whole number, also one written as a string."""
        if not self._present(key, required, nullable=False):
            return
        number = self._integer((*self.path, key), self.data[key], choices)
        if number is not None and (choices or self._range(key, number, low, high, "int")):
            self.clean[key] = number

    def _integer(self, path: Path, value: Any, choices: Sequence[int]) -> int | None:
        """Return a whole number; None, and an error at `path`, where it is none or no choice."""
        number = as_integer(value)
        if number is None:
            self.form.fail(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        elif choices and number not in choices:
            listed = ", ".join(str(choice) for choice in choices)
            self.form.fail(path, "BASE_TYPE_CHOICES", f"Value must be one of ({listed}).")
            return None
        return number

    def number(
        self,
        key: str,
        *,
        required: bool = False,
        low: float | None = None,
        high: float | None = None,
    ) -> None:
        """Take a number with or without a fraction."""
        if not self._present(key, required, nullable=False):
            return
        value = self.data[key]
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self.fail(key, "NUMBER_TYPE_COERCE", f'Value "{value}" is not float.')
        elif self._range(key, value, low, high, "float"):
            self.clean[key] = value

    def _range(
        self, key: str, number: float, low: float | None, high: float | None, kind: str
    ) -> bool:
        if low is not None and number < low:
            text = f"{kind} value should be greater than or equal to {low}."
            self.fail(key, "NUMBER_TYPE_MIN", text)
            return False
        if high is not None and number > high:
            text = f"{kind} value should be less than or equal to {high}."
            self.fail(key, "NUMBER_TYPE_MAX", text)
            return False
        return True

    def boolean(self, key: str, *, required: bool = False) -> None:
        """Take true or false."""
        if not self._present(key, required, nullable=False):
            return
        value = self.data[key]
        if value in (True, False, "true", "false", "True", "False"):
            self.clean[key] = value in (True, "true", "True")
        else:
            self.fail(key, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")

    def snowflake(self, key: str, *, required: bool = False) -> None:
        """Take an id; it comes out as a string of digits."""
        if not self._present(key, required, nullable=False):
            return
        number = as_snowflake(self.data[key])
        if number is None:
            self.fail(key, "NUMBER_TYPE_COERCE", f'Value "{self.data[key]}" is not snowflake.')
        else:
            self.clean[key] = number

    def bits(self, key: str, *, required: bool = False) -> None:
        """Take a permission set: an int, or a string of its digits; it comes out as an int."""
        if not self._present(key, required):
            return
        value = self.data[key]
        if isinstance(value, bool) or not str(value).isdecimal():
            self.fail(key, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        else:
            self.clean[key] = int(value)

    def timestamp(self, key: str, *, required: bool = False) -> None:
        """Take an ISO 8601 time; it comes out as Discord writes it, in UTC and with "+00:00"."""
        if not self._present(key, required):
            return
        value = self.data[key]
        try:
            moment = self.moment(str(value)).astimezone(timezone.utc)
        except (WorldError, OverflowError):
            text = f"Could not parse {value}. Should be ISO8601."
            self.fail(key, "DATE_TIME_TYPE_PARSE", text)
        else:
            self.clean[key] = moment.isoformat()

    @staticmethod
    def moment(text: str) -> datetime:
        """Return a time written in ISO 8601, in UTC where it names no zone.

        Raises:
            WorldError: 50035 when it is none.
        """
        # Python 3.10 reads neither "Z" nor fractions of other than three or six digits.
        plain = re.sub(r"\.(\d+)", lambda match: f".{match[1]:0<6.6}", text.replace("Z", "+00:00"))
        try:
            moment = datetime.fromisoformat(plain)
        except ValueError:
            text = f"Could not parse {text}. Should be ISO8601."
            raise WorldError(
                400,
                50035,
                "Invalid Form Body",
                {"_errors": [{"code": "DATE_TIME_TYPE_PARSE", "message": text}]},
            ) from None
        return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)

    def url(
        self,
        key: str,
        *,
        required: bool = False,
        schemes: Sequence[str] = ("http", "https"),
        high: int = 2048,
    ) -> None:
        """Take a URL of one of the `schemes`."""
        if not self._present(key, required, nullable=False):
            return
        value = self.data[key]
        if not isinstance(value, str):
            self.fail(key, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
            return
        if not self.length(key, len(value), 0, high):
            return
        parts = _split_url(value)
        if parts is None:
            self.fail(key, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
        elif parts[0] not in schemes:
            listed = ", ".join(f"'{scheme}'" for scheme in schemes)
            text = f'Scheme "{parts[0]}" must be one of ({listed}).'
            self.fail(key, "URL_TYPE_INVALID_SCHEME", text)
        else:
            self.clean[key] = value

    def array(
        self, key: str, *, required: bool = False, low: int = 0, high: int | None = None
    ) -> bool:
        """Take a list of anything; True when there is one to look into."""
        if not self._present(key, required, nullable=not required):
            return False
        value = self.data[key]
        if not isinstance(value, list):
            self.fail(key, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return False
        if not self.length(key, len(value), low, high):
            return False
        self.clean[key] = list(value)
        return True

    def snowflakes(self, key: str, *, required: bool = False, high: int | None = None) -> None:
        """Take a list of ids; they come out as strings of digits."""
        if not self.array(key, required=required, high=high):
            return
        ids: list[str] = []
        for index, value in enumerate(self.data[key]):
            number = as_snowflake(value)
            if number is None:
                text = f'Value "{value}" is not snowflake.'
                self.form.fail((*self.path, key, str(index)), "NUMBER_TYPE_COERCE", text)
            else:
                ids.append(number)
        self.clean[key] = ids

    def integers(
        self, key: str, *, choices: Sequence[int], low: int = 0, high: int | None = None
    ) -> None:
        """Take a list of whole numbers, also ones written as strings, each one of the `choices`."""
        if not self.array(key, low=low, high=high):
            return
        numbers = [
            self._integer((*self.path, key, str(index)), value, choices)
            for index, value in enumerate(self.data[key])
        ]
        self.clean[key] = [number for number in numbers if number is not None]

    def strings(self, key: str, *, choices: Sequence[str] = (), high: int | None = None) -> None:
        """Take a list of strings."""
        if not self.array(key, high=high):
            return
        for index, value in enumerate(self.data[key]):
            path = (*self.path, key, str(index))
            if not isinstance(value, str):
                text = f'Could not interpret "{value}" as string.'
                self.form.fail(path, "STRING_TYPE_CONVERT", text)
            elif choices and value not in choices:
                listed = ", ".join(f"'{choice}'" for choice in choices)
                self.form.fail(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")

    def child(self, key: str, *, required: bool = False) -> Body | None:
        """Return a nested object to check; what it cleans becomes this field."""
        if not self._present(key, required, nullable=not required):
            return None
        child = Body(self.data[key], self.form, (*self.path, key))
        self.clean[key] = child.clean
        return child

    def children(
        self, key: str, *, required: bool = False, low: int = 0, high: int | None = None
    ) -> Iterator[Body]:
        """Yield the objects of a list to check; what they clean becomes this field."""
        if not self.array(key, required=required, low=low, high=high):
            return
        cleaned: list[dict[str, Any]] = []
        self.clean[key] = cleaned
        for index, value in enumerate(self.data[key]):
            child = Body(value, self.form, (*self.path, key, str(index)))
            cleaned.append(child.clean)
            yield child

    def keep(self, *keys: str) -> None:
        """Take fields as they are, where there is nothing to check."""
        self.clean.update({key: self.data[key] for key in keys if key in self.data})


def as_integer(value: Any) -> int | None:
    """Return a whole number, which may be written as a string, or None for what is none."""
    try:
        number = int(value)
        return None if isinstance(value, bool) or number != float(value) else number
    except (TypeError, ValueError, OverflowError):
        return None


def as_snowflake(value: Any) -> str | None:
    """Return an id as the world writes it, or None for what is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value) if 0 <= value < 1 << 64 else None
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 20:
        return str(int(value)) if int(value) < 1 << 64 else None
    return None


def _split_url(value: str) -> tuple[str, str] | None:
    """Return scheme and the rest of a URL, or None when it is not one."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    if not parts.scheme or not parts.netloc or any(c.isspace() for c in value):
        return None
    return parts.scheme.lower(), parts.netloc
