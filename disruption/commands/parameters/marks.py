"""What is written into ``Annotated[…]`` to say more of a parameter than its type.

```python
def roll(ctx: Context, sides: Annotated[int, Range(2, 100), Description("How many")]) -> None: ...
```
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, TypeAlias

from ...errors import InvalidArgument

if TYPE_CHECKING:
    from ...types import ChannelType

__all__ = [
    "Autocomplete",
    "ChannelTypes",
    "Choice",
    "Choices",
    "Converter",
    "Description",
    "FileTypes",
    "Length",
    "Localized",
    "Mark",
    "Name",
    "Range",
    "Zone",
]


class Mark:
    """The base of everything that says more of a parameter.

    All of them hash: ``Annotated[…] | None`` asks for it.
    """


@dataclass(frozen=True)
class Range(Mark):
    """The least and the largest value of a number, both included; None is no bound.

    A duration, a moment, a date or a time takes bounds of its own kind. Discord does not know
    those, so they are checked when the command is used.

    Attributes:
        min: The least.
        max: The largest.
    """

    min: float | timedelta | date | time | None = None
    max: float | timedelta | date | time | None = None


@dataclass(frozen=True)
class Length(Mark):
    """How many characters a text may have; None is no bound.

    Attributes:
        min: The fewest, 0 to 6000.
        max: The most, 1 to 6000.
    """

    min: int | None = None
    max: int | None = None


@dataclass(frozen=True)
class Description(Mark):
    """What the parameter is, 1 to 100 characters."""

    text: str


@dataclass(frozen=True)
class Name(Mark):
    """What the parameter is called on Discord, where Python's name is not to be it."""

    name: str


@dataclass(frozen=True)
class Localized(Mark):
    """Translations of a parameter's name and description, by locale.

    Attributes:
        name: Names, ``{"de": "seiten"}``; lower-case as every name.
        description: Descriptions, 1 to 100 characters each.
    """

    name: Mapping[str, str] = field(default_factory=dict, hash=False)
    description: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Choice:
    """One value to choose.

    Attributes:
        name: What users see, 1 to 100 characters.
        value: What the command gets: a text of at most 100 characters, or a number.
        name_localizations: Translations of the name, by locale.
    """

    name: str
    value: str | int | float
    name_localizations: Mapping[str, str] = field(default_factory=dict, hash=False)

    def to_dict(self) -> dict[str, Any]:
        """Return what Discord takes."""
        plain: dict[str, Any] = {"name": self.name, "value": self.value}
        if self.name_localizations:
            plain["name_localizations"] = {
                str(locale): text for locale, text in self.name_localizations.items()
            }
        return plain


_ChoiceLike: TypeAlias = "Choice | str | int | float | tuple[str, str | int | float]"


@dataclass(frozen=True, init=False)
class Choices(Mark):
    """The only values that can be chosen, at most 25.

    ```python
    Choices("red", "green")        Choices({"Red": 1, "Green": 2})        Choices(Choice("Red", 1))
    ```

    Raises:
        InvalidArgument: Something is no choice.
    """

    choices: tuple[Choice, ...]

    def __init__(
        self, *choices: _ChoiceLike | Mapping[str, str | int | float] | Iterable[_ChoiceLike]
    ) -> None:
        made: list[Choice] = []
        for one in choices:
            if isinstance(one, Mapping):
                made += (Choice(name, value) for name, value in one.items())
            elif _is_choice(one):
                made.append(choice_of(one))
            elif isinstance(one, Iterable):
                made += (choice_of(inner) for inner in one)
            else:
                made.append(choice_of(one))
        object.__setattr__(self, "choices", tuple(made))


def _is_choice(value: object) -> bool:
    if isinstance(value, tuple):
        return len(value) == 2 and isinstance(value[0], str) and not isinstance(value[1], Choice)
    return isinstance(value, Choice | str | int | float)


def choice_of(value: object) -> Choice:
    """Return what a value, a pair of name and value, or a `Choice` stands for.

    Raises:
        InvalidArgument: It is none of these.
    """
    if isinstance(value, Choice):
        return value
    if isinstance(value, tuple) and len(value) == 2:
        name, inner = value
        if isinstance(name, str) and isinstance(inner, str | int | float):
            return Choice(name, inner)
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return Choice(str(value), value)
    raise InvalidArgument(
        f"a choice is a text, a number, a (name, value) or a Choice, not {value!r:.80}"
    )


@dataclass(frozen=True)
class Autocomplete(Mark):
    """The function that proposes values while the user types.

    Attributes:
        function: Takes an `AutocompleteContext` and what was typed so far, returns proposals.
    """

    function: Callable[..., Iterable[Any]]


@dataclass(frozen=True, init=False)
class ChannelTypes(Mark):
    """The types of channels that can be chosen; the annotation's classes say so too."""

    types: tuple[ChannelType, ...]

    def __init__(self, *types: ChannelType | int) -> None:
        from ...types import ChannelType

        object.__setattr__(self, "types", tuple(ChannelType(one) for one in types))


@dataclass(frozen=True, init=False)
class FileTypes(Mark):
    """Which files can be chosen: ``image``, ``video``, ``audio`` or extensions, ``.pdf``.

    There may be ten. Discord looks at the name of the file alone, so what is in it is still to
    be checked.

    See https://discord.com/developers/docs/reference#file-type-filtering
    """

    types: tuple[str, ...]

    def __init__(self, *types: str) -> None:
        object.__setattr__(self, "types", types)


@dataclass(frozen=True)
class Zone(Mark):
    """The time zone of a moment that is written without one; UTC by default.

    Attributes:
        zone: A tzinfo, or a name as in ``Europe/Berlin``.
    """

    zone: tzinfo | str


@dataclass(frozen=True, eq=False)
class Converter(Mark):
    """What makes the argument of what the user entered.

    It raises `BadArgument` (or a ValueError) for what it does not take. A plain function in
    ``Annotated`` is one too.

    Attributes:
        function: Takes the context and the value, returns the argument. Or an object whose
            ``convert`` does.
        takes: The type of the value it is given; with `int`, Discord asks for a whole number.
    """

    function: Any
    takes: Any = str
