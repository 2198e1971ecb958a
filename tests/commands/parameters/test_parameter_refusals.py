"""What is refused where the command is defined, with the file and line of its function."""

from __future__ import annotations

import enum
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

import pytest

from disruption.commands.errors import CommandDefinitionError
from disruption.commands.parameters import (
    Autocomplete,
    ChannelTypes,
    Choice,
    Choices,
    Converter,
    Description,
    FileTypes,
    Length,
    Localized,
    Name,
    Parameter,
    Range,
    Zone,
    read_parameters,
)
from disruption.errors import InvalidArgument
from disruption.types import UNSET, Attachment, Channel, Embed, Role, TextChannel, User


class Nothing(enum.Enum):
    pass


Many = enum.Enum("Many", [f"M{n}" for n in range(26)])  # type: ignore[misc]


class NeedsAnInstance:
    def __init__(self, a: int) -> None: ...

    def convert(self, ctx: Any, value: str) -> int:
        return 1


def propose(ctx: Any, value: str) -> list[str]:
    return []


async def later(ctx: Any, value: str) -> int:
    return 1


def read(annotation: Any, default: Any = UNSET) -> Parameter:
    def function(ctx: Any, option: Any) -> None: ...

    function.__annotations__["option"] = annotation
    if default is not UNSET:
        function.__defaults__ = (default,)
    return read_parameters(function)[0]


@pytest.mark.parametrize(
    ("annotation", "says"),
    [
        (Embed, "Discord has no option for Embed; it can be str, int"),
        (Embed, r"or write Annotated\[…, Converter\(function\)\]"),
        (int | str, r"no option for int \| str"),
        (int | User, r"no option for int \| User"),
        (list[int], "slash=False"),
        (dict, "no option for dict"),
        (Any, "no option for"),
        (None, "None alone"),
        (Nothing, "no members"),
        (Many, "choices: at most 25, not 26; autocomplete has no limit"),
        (Literal[True], "all texts or all whole numbers"),
        (Literal["a", 1], "all texts or all whole numbers"),
        (Annotated[str, Range(1, 2)], "Range does not go with str; a text has a Length"),
        (Annotated[int, Length(1, 2)], "Length does not go with int; a number has a Range"),
        (Annotated[bool, Choices("a")], "Choices does not go with bool"),
        (Annotated[User, Autocomplete(propose)], "Autocomplete does not go with User"),
        (Annotated[str, ChannelTypes(0)], "ChannelTypes does not go with str"),
        (Annotated[str, FileTypes("image")], "FileTypes does not go with str"),
        (Annotated[timedelta, Zone("Europe/Berlin")], "Zone does not go with timedelta"),
        (Annotated[int, Range], r"Range lacks its arguments: Range\(…\)"),
        (Annotated[int, Range(5, 2)], r"min_value \(5\) is more than max_value \(2\)"),
        (Annotated[int, Range(0.5, 2)], "min_value must be an int"),
        (Annotated[int, Range(max=2**53)], "max_value must be between"),
        (Annotated[int, Range("a")], "min_value must be an int"),
        (Annotated[int, Range(timedelta(1))], "min_value must be an int"),
        (Annotated[float, Range(max=float("nan"))], "between -2"),
        (Annotated[timedelta, Range(1)], "bounds of a timedelta are of its kind, not int"),
        (Annotated[timedelta, Range(timedelta(2), timedelta(1))], "is more than the most"),
        (Annotated[datetime, Range(datetime(2026, 1, 1))], "needs a time zone"),
        (Annotated[datetime, Zone("Nowhere/Else")], "no time zone 'Nowhere/Else'"),
        (Annotated[str, Length(0, 6001)], "max_length must be between 1 and 6000"),
        (Annotated[str, Length(5, 2)], "is more than max_length"),
        (Annotated[str, Description("x" * 101)], "description must be at most 100"),
        (Annotated[str, Description("")], "description is missing"),
        (Annotated[str, Name("Big")], "name must be lower-case, 'big'"),
        (Annotated[str, Name("two words")], "without spaces"),
        (Annotated[str, Name("x" * 33)], "at most 32"),
        (Annotated[str, Localized(name={"xx": "x"})], "no locale 'xx'"),
        (Annotated[str, Localized(description={"de": "x" * 101})], "at most 100"),
        (Annotated[str, Choices()], "nothing to choose from"),
        (Annotated[str, Choices(1)], "the choice '1' must be a text, not 1"),
        (Annotated[int, Choices("a")], "the choice 'a' must be a whole number"),
        (Annotated[float, Choices("a")], "the choice 'a' must be a number"),
        (Annotated[int, Choices(1.5)], "must be a whole number"),
        (Annotated[int, Choices(1, 7), Range(1, 6)], "the choice '7': .* from 1 to 6, not"),
        (Annotated[str, Choices(Choice("", "a"))], "at least 1"),
        (Annotated[str, Choices("x" * 101)], "at most 100"),
        (Annotated[str, Choices("a", "a")], "two of the name 'a'"),
        (Annotated[str, Choices("a"), Autocomplete(propose)], "has choices"),
        (Annotated[Attachment, FileTypes("pdf")], "no extension with a dot"),
        (Annotated[TextChannel, ChannelTypes(2)], "no channel is of a type"),
        (Annotated[Role, ChannelTypes(2)], "does not go with Role"),
        (Annotated[int, Converter(3)], "must be a function"),
        (Annotated[int, Converter(lambda value: value)], r"takes \(ctx, value\)"),
        (Annotated[int, later], "plain def, not an async def"),
        (NeedsAnInstance, "write @classmethod above convert"),
        ("Lsit[int]", r"has a name that is not known when the program runs, 'Lsit'"),
        ("int |", "cannot be read"),
        ("int.nothing", "cannot be read"),
    ],
)
def test_annotations_that_cannot_be(annotation: Any, says: str) -> None:
    with pytest.raises(CommandDefinitionError, match=f"(?s)option.*{says}") as caught:
        read(annotation)
    assert "test_parameter_refusals.py:" in str(caught.value)
    assert str(caught.value).endswith("in function)")


@pytest.mark.parametrize(
    ("annotation", "default"),
    [
        (int, "6"),
        (int, True),
        (int, 1.5),
        (str, 6),
        (bool, 1),
        (Literal["a", "b"], "c"),
        (Annotated[int, Range(2, 100)], 1),
        (Annotated[str, Length(max=2)], "abc"),
        (Annotated[str, Choices("a")], "b"),
        (timedelta, 5),
        (Annotated[timedelta, Range(max=timedelta(1))], timedelta(2)),
        (datetime, datetime(2026, 1, 1)),
        (User, 5),
        (Channel, "general"),
        (Attachment, b""),
        (Annotated[User, Converter(propose)], 5),
    ],
)
def test_defaults_that_users_could_not_give(annotation: Any, default: Any) -> None:
    with pytest.raises(CommandDefinitionError, match=r"its default .* is not what it takes"):
        read(annotation, default)


def no_context() -> None: ...
def no_annotation(ctx: Any, sides) -> None: ...  # type: ignore[no-untyped-def]
def keywords(ctx: Any, **options: int) -> None: ...
def spread(ctx: Any, *args: int) -> None: ...
def positional(ctx: Any, a: int, /) -> None: ...
def only_keywords(*, ctx: Any) -> None: ...
def twins(ctx: Any, from_: int, from__: int) -> None: ...


too_many: Any = eval(f"lambda ctx, {', '.join(f'o{n}' for n in range(26))}: None")
too_many.__annotations__ = {f"o{n}": int for n in range(26)}


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (no_context, r"first parameter is the context: def command\(ctx: Context"),
        (only_keywords, "first parameter is the context"),
        (no_annotation, "sides has no annotation, .* write sides: str"),
        (keywords, r"cannot take \*\*options"),
        (spread, r"Discord has no \*args: it needs a command with slash=False"),
        (positional, "a is positional-only"),
        (twins, "two of the name 'from'"),
        (too_many, "at most 25, not 26"),
        (3, "must be a function"),
    ],
)
def test_signatures_that_cannot_be(function: Callable[..., None], says: str) -> None:
    with pytest.raises(CommandDefinitionError, match=says):
        read_parameters(function)


def test_a_method_needs_a_context_too() -> None:
    class Music:
        def play(self) -> None: ...

    with pytest.raises(CommandDefinitionError, match="first parameter is self and the context"):
        read_parameters(Music.play, skip=2)


def test_what_is_said_of_no_parameter_is_an_error() -> None:
    def function(ctx: Any, sides: int) -> None: ...

    with pytest.raises(CommandDefinitionError, match=r"description for 'side', .* it has sides"):
        read_parameters(function, descriptions={"side": "How many"})
    with pytest.raises(CommandDefinitionError, match="translation for 'side'"):
        read_parameters(function, localizations={"side": Localized()})


def test_completion_of_what_cannot_be_completed() -> None:
    with pytest.raises(InvalidArgument, match="only texts and numbers can"):
        read(User).complete_with(propose)
    with pytest.raises(InvalidArgument, match="has choices"):
        read(Literal["a"]).complete_with(propose)


def test_a_list_is_no_option() -> None:
    def function(ctx: Any, many: list[int]) -> None: ...

    (parameter,) = read_parameters(function, slash=False)
    with pytest.raises(InvalidArgument, match="prefix commands only"):
        parameter.to_option()


@pytest.mark.parametrize("choice", [True, None, object(), ("a", None)])
def test_what_is_no_choice(choice: Any) -> None:
    with pytest.raises(InvalidArgument, match="a choice is"):
        Choices(choice)
