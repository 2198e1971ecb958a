"""Enums and flags that survive values Discord adds tomorrow.

An unknown value, and every combination of flags, becomes a member of its own that
equals the number or string it came as. Each class keeps a few hundred of them, so
that a guild of members with the same flags holds one object; when there are more it
forgets them all, and it keeps no long text, so that a server cannot fill memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum, IntEnum, IntFlag
from typing import Any, TypeVar

__all__ = ["OpenFlag", "OpenIntEnum", "OpenStrEnum", "TextFlag", "forget_members"]

_Self = TypeVar("_Self", bound="OpenFlag")
_KEPT = 512
_LONGEST = 100


class _Members(dict[Any, Any]):
    """The unnamed members of one class.

    Its ``__getitem__`` is the ``_missing_`` of the class: a value that was seen
    before is found without a line of Python (0.05 µs; making one takes 0.6).
    """

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self._make = make
        _kept.append(self)

    def __missing__(self, value: Any) -> Any:
        member = self._make(value)
        if isinstance(value, str) and len(value) > _LONGEST:
            return member
        if len(self) >= _KEPT:
            self.clear()
        self[value] = member
        return member


_kept: list[_Members] = []


def forget_members() -> None:
    """Forget the unnamed members of every class; those in use live on in what uses them."""
    for members in _kept:
        members.clear()


class OpenIntEnum(IntEnum):
    """An integer enum; unknown values are members named ``UNKNOWN_<value>``."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._missing_ = _Members(cls._unknown).__getitem__  # type: ignore[assignment, method-assign]

    @classmethod
    def _unknown(cls, value: object) -> Any:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError(f"{value!r} is not a valid {cls.__name__}")
        member = int.__new__(cls, value)
        member._name_ = f"UNKNOWN_{int(value)}"
        member._value_ = int(value)
        return member

    @property
    def is_known(self) -> bool:
        """Whether this library knows the value."""
        return self._value_ in type(self)._value2member_map_

    def __str__(self) -> str:
        return self._name_

    def __format__(self, spec: str) -> str:
        return int.__format__(self, spec) if spec else str(self)

    __hash__ = int.__hash__  # that of Enum is written in Python, and tables are keyed by these


class OpenStrEnum(str, Enum):
    """A string enum; unknown values are members named ``UNKNOWN``."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._missing_ = _Members(cls._unknown).__getitem__  # type: ignore[assignment, method-assign]

    @classmethod
    def _unknown(cls, value: object) -> Any:
        if not isinstance(value, str):
            raise ValueError(f"{value!r} is not a valid {cls.__name__}")
        member = str.__new__(cls, value)
        member._name_ = "UNKNOWN"
        member._value_ = value
        return member

    @property
    def is_known(self) -> bool:
        """Whether this library knows the value."""
        return self._value_ in type(self)._value2member_map_

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, spec: str) -> str:
        return str.__format__(self, spec)

    __hash__ = str.__hash__


class OpenFlag(IntFlag):
    """A set of bits; bits without a name are kept.

    `IntFlag` of the standard library remembers every combination it ever saw
    and takes 32 µs for a new one. Each subclass names its zero, the value that comes
    most often, so that it needs no search.
    """

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._missing_ = _Members(cls._combined).__getitem__  # type: ignore[assignment, method-assign]

    @classmethod
    def _combined(cls, value: object) -> Any:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError(f"{value!r} is not a valid {cls.__name__}")
        number = int(value)
        if number < 0:  # ~flags: every named bit but those
            mask = 0
            for member in cls.__members__.values():
                mask |= int(member)
            number &= mask
        return int.__new__(cls, number)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the bits that are set, unnamed bits left out."""
        number = int(self)
        return tuple(
            name for name, bit in type(self).__members__.items() if bit and number & bit == bit
        )

    @classmethod
    def all(cls: type[_Self]) -> _Self:
        """Return every named bit."""
        return cls(-1)

    def __iter__(self: _Self) -> Iterator[_Self]:
        number = int(self)
        return (bit for bit in type(self).__members__.values() if bit and number & bit == bit)

    def __contains__(self, other: Any) -> bool:
        bits = int(other)
        return int(self) & bits == bits

    def __bool__(self) -> bool:
        return int(self) != 0

    def __or__(self: _Self, other: int) -> _Self:
        return type(self)(int(self) | int(other))

    def __and__(self: _Self, other: int) -> _Self:
        return type(self)(int(self) & int(other))

    def __xor__(self: _Self, other: int) -> _Self:
        return type(self)(int(self) ^ int(other))

    def __sub__(self: _Self, other: int) -> _Self:
        return type(self)(int(self) & ~int(other))

    def __invert__(self: _Self) -> _Self:
        return type(self)(~int(self))

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__

    def __str__(self) -> str:
        named = 0
        for bit in self:
            named |= int(bit)
        unnamed = int(self) & ~named
        return "|".join([*self.names, *([hex(unnamed)] if unnamed else [])]) or "NONE"

    def __format__(self, spec: str) -> str:
        return int.__format__(self, spec) if spec else str(self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"

    def __reduce_ex__(self, protocol: Any) -> Any:
        return type(self), (int(self),)

    __hash__ = int.__hash__


class _FlagValue:
    """What stands for ``_value_`` where an object has none of its own."""

    def __get__(self, flags: OpenFlag | None, owner: object = None) -> Any:
        return self if flags is None else int(flags)


# An unnamed combination has no attributes, so that it needs no dict: four times its own size.
OpenFlag._name_ = None
OpenFlag._value_ = _FlagValue()  # type: ignore[assignment]


class TextFlag(OpenFlag):
    """Flags that travel as text, since they have more bits than a JavaScript number."""
