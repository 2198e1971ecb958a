"""Custom ids with parameters in them: ``vote:{poll_id:int}:{choice}``. Text only, no functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Final
from urllib.parse import unquote

from ...errors import InvalidArgument

__all__ = ["KINDS", "Kind", "Pattern"]

_LONGEST: Final = 100  # characters of a custom id
_PLACE: Final = re.compile(r"\{([^{}]*)\}")
_RESERVED: Final = "~"  # custom ids of dialogues begin so


class Kind:
    """A type of parameter: what it looks like, and the way there and back.

    Attributes:
        regex: What it looks like.
        read: Makes the value; raises ValueError for what is none.
        write: Makes the text.
    """

    __slots__ = ("name", "read", "regex", "write")

    def __init__(
        self,
        name: str,
        regex: str,
        read: Callable[[str], Any],
        write: Callable[[Any], str],
    ) -> None:
        self.name = name
        self.regex = regex
        self.read = read
        self.write = write


def _integer(value: Any) -> str:
    own = getattr(value, "id", value)
    return str(int(own))


def enum_kind(cls: type[Enum]) -> Kind:
    """Return the kind of an enum: its members are written by name."""

    def read(text: str) -> Enum:
        try:
            return cls[text]
        except KeyError:
            raise ValueError(text) from None

    return Kind(
        cls.__name__,
        "|".join(re.escape(name) for name in cls.__members__),
        read,
        lambda value: cls(value).name,
    )


KINDS: Final[Mapping[str, Kind]] = {
    "str": Kind("str", ".*?", str, str),
    "int": Kind("int", r"-?\d+", int, _integer),
    "snowflake": Kind("snowflake", r"\d+", int, _integer),
    "float": Kind(
        "float", r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?", float, lambda v: repr(float(v))
    ),
    "bool": Kind("bool", "[01]", lambda text: text == "1", lambda v: "1" if v else "0"),
}


class Pattern:
    """A custom id with named places for values.

    Text may hold every character: those that the pattern itself consists of are escaped.

    Args:
        text: The pattern.

    Attributes:
        text: The pattern.
        places: The names of its parameters, each with its kind as it is written, or "".
        weight: How many characters are fixed; of several patterns that fit, the most decide.
        shape: What it fits, whatever its places are called; the same for two that cannot be told
            apart.

    Raises:
        InvalidArgument: It cannot be a pattern.
    """

    def __init__(self, text: str) -> None:
        if not isinstance(text, str) or not text:
            raise InvalidArgument(f"a custom id must be a text of 1 to 100 characters: {text!r}")
        if text.startswith(_RESERVED):
            raise InvalidArgument(f"custom ids that begin with {_RESERVED!r} belong to dialogues")
        self.text = text
        self.places: dict[str, str] = {}
        parts = _PLACE.split(text)
        self._literals = parts[::2]
        for place in parts[1::2]:
            name, _, kind = place.partition(":")
            if not name.isidentifier():
                raise InvalidArgument(f"{text!r}: {{{place}}} is no {{name}} or {{name:kind}}")
            if name in self.places:
                raise InvalidArgument(f"{text!r} has {{{name}}} twice")
            if kind and kind not in KINDS:
                raise InvalidArgument(
                    f"{text!r}: there is no kind {kind!r}; there are {', '.join(KINDS)}"
                )
            self.places[name] = kind
        if any(brace in literal for literal in self._literals for brace in "{}"):
            raise InvalidArgument(f"{text!r} has a brace without its partner")
        if "" in self._literals[1:-1]:
            raise InvalidArgument(f"{text!r}: put something between two places, {{a}}:{{b}}")
        self.weight = sum(map(len, self._literals))
        if self.weight + len(self.places) > _LONGEST:
            raise InvalidArgument(f"{text!r} is longer than {_LONGEST} characters")
        # What comes before the first place separates nothing: only its signs, which other patterns
        # may have as separators, are written otherwise in values; words would grow threefold.
        signs = [each for each in self._literals[0] if not each.isalnum()]
        self._special = "%" + "".join(sorted({*signs, *"".join(self._literals[1:])}))
        self._kinds: dict[str, Kind] = {}
        self.use({})

    def use(self, kinds: Mapping[str, Kind]) -> None:
        """Say of what kind the parameters are that do not say it themselves; else text."""
        self._kinds = {
            name: KINDS[kind] if kind else kinds.get(name, KINDS["str"])
            for name, kind in self.places.items()
        }
        regex = re.escape(self._literals[0])
        for (name, kind), literal in zip(self._kinds.items(), self._literals[1:], strict=True):
            regex += f"(?P<{name}>{kind.regex}){re.escape(literal)}"
        self._regex = re.compile(regex, re.DOTALL)
        self.shape = re.sub(r"\(\?P<\w+>", "(", regex)

    def match(self, custom_id: str) -> dict[str, Any] | None:
        """Return the values in a custom id, None where it does not fit."""
        found = self._regex.fullmatch(custom_id)
        if found is None:
            return None
        values = {}
        for name, text in found.groupdict().items():
            kind = self._kinds[name]
            try:
                values[name] = kind.read(unquote(text) if "%" in text else text)
            except ValueError:
                return None
        return values

    def fill(self, values: Mapping[str, Any]) -> str:
        """Return the custom id with these values.

        Raises:
            InvalidArgument: A value is missing or too many, does not fit its kind, or all of it
                is longer than 100 characters.
        """
        missing = self._kinds.keys() - values.keys()
        unknown = values.keys() - self._kinds.keys()
        if missing or unknown:
            what = "lacks" if missing else "has no"
            names = ", ".join(sorted(missing or unknown))
            raise InvalidArgument(f"the custom id {self.text!r} {what} {names}")
        custom_id = self._literals[0]
        for (name, kind), literal in zip(self._kinds.items(), self._literals[1:], strict=True):
            try:
                text = kind.write(values[name])
            except (TypeError, ValueError):
                raise InvalidArgument(
                    f"{name}={values[name]!r} is no {kind.name} for {self.text!r}"
                ) from None
            if kind is KINDS["str"]:
                text = self._escaped(text)
            custom_id += text + literal
        if not 1 <= len(custom_id) <= _LONGEST:
            raise InvalidArgument(
                f"{custom_id!r} has {len(custom_id)} characters; a custom id has 1 to {_LONGEST}"
            )
        return custom_id

    def _escaped(self, text: str) -> str:
        return "".join(
            "".join(f"%{byte:02X}" for byte in each.encode()) if each in self._special else each
            for each in text
        )

    def __repr__(self) -> str:
        return f"Pattern({self.text!r})"
