"""From signatures to the options that Discord gets."""

from __future__ import annotations

import enum
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, NewType, Optional, Union

import pytest

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
    Mentionable,
    Name,
    Parameter,
    Range,
    read_parameters,
)
from disruption.rest.command_body import command_body
from disruption.types import (
    UNSET,
    Attachment,
    CategoryChannel,
    Channel,
    ChannelType,
    ForumChannel,
    GuildMember,
    Member,
    PartialChannel,
    Role,
    Snowflake,
    StageChannel,
    TextChannel,
    Thread,
    User,
    VoiceChannel,
)


class Colour(enum.Enum):
    RED = "r"
    GREEN = "g"


class Size(enum.IntEnum):
    SMALL = 1
    LARGE = 2


class Ratio(enum.Enum):
    HALF = 0.5
    ONE = 1


class Point(enum.Enum):
    ORIGIN = (0, 0)
    UNIT = (1, 1)


class Word(str, enum.Enum):
    YES = "yes"


class Hexadecimal:
    @classmethod
    def convert(cls, ctx: Any, value: str) -> Hexadecimal:
        return cls()


Dollars = NewType("Dollars", int)
Sides = Annotated[int, Range(2, 100), Description("How many sides")]


def propose(ctx: Any, value: str) -> list[str]:
    return [value]


def read(annotation: Any, default: Any = UNSET, **options: Any) -> Parameter:
    """Return the parameter ``option`` of a function with this annotation."""

    def function(ctx: Any, option: Any) -> None: ...

    function.__annotations__["option"] = annotation
    if default is not UNSET:
        function.__defaults__ = (default,)
    return read_parameters(function, **options)[0]


PLAIN: list[tuple[Any, int]] = [
    (str, 3),
    (int, 4),
    (bool, 5),
    (float, 10),
    (User, 6),
    (Member, 6),
    (User | GuildMember, 6),
    (Role, 8),
    (User | Role, 9),
    (Member | Role, 9),
    (Mentionable, 9),
    (Channel, 7),
    (PartialChannel, 7),
    (Attachment, 11),
    (Snowflake, 3),
    (datetime, 3),
    (timedelta, 3),
    (Dollars, 4),
    (Hexadecimal, 3),
]


@pytest.mark.parametrize(("annotation", "kind"), PLAIN)
def test_a_type_makes_the_option_and_is_required(annotation: Any, kind: int) -> None:
    assert read(annotation).to_option() == {
        "type": kind,
        "name": "option",
        "description": "Option",
        "required": True,
    }


@pytest.mark.parametrize(("annotation", "kind"), PLAIN)
def test_none_or_a_default_make_it_optional(annotation: Any, kind: int) -> None:
    plain = {"type": kind, "name": "option", "description": "Option"}
    for optional in (Optional[annotation], Union[annotation, None], annotation | None):  # noqa: UP007,UP045
        parameter = read(optional)
        assert (parameter.to_option(), parameter.default) == (plain, None)
    parameter = read(annotation, None)
    assert (parameter.to_option(), parameter.default) == (plain, None)


@pytest.mark.parametrize(
    ("annotation", "kind", "choices"),
    [
        (Colour, 3, {"RED": "r", "GREEN": "g"}),
        (Size, 4, {"SMALL": 1, "LARGE": 2}),
        (Ratio, 10, {"HALF": 0.5, "ONE": 1}),
        (Point, 3, {"ORIGIN": "ORIGIN", "UNIT": "UNIT"}),
        (Word, 3, {"YES": "yes"}),
        (Literal["a", "b"], 3, {"a": "a", "b": "b"}),
        (Literal[1, 2], 4, {"1": 1, "2": 2}),
        (Literal["a"] | Literal["b"], 3, {"a": "a", "b": "b"}),
        (Literal[Colour.RED], 3, {"RED": "r"}),
        (Annotated[str, Choices("a", "b")], 3, {"a": "a", "b": "b"}),
        (Annotated[str, Choices(["a", "b"])], 3, {"a": "a", "b": "b"}),
        (Annotated[int, Choices({"One": 1})], 4, {"One": 1}),
        (Annotated[int, Choices(("One", 1), ("Two", 2))], 4, {"One": 1, "Two": 2}),
        (Annotated[float, Choices(Choice("One", 1), 2.5)], 10, {"One": 1, "2.5": 2.5}),
        (Annotated[timedelta, Choices({"An hour": "1h"})], 3, {"An hour": "1h"}),
    ],
)
def test_choices(annotation: Any, kind: int, choices: dict[str, Any]) -> None:
    option = read(annotation).to_option()
    assert option["type"] == kind
    assert {one["name"]: one["value"] for one in option["choices"]} == choices
    assert all(type(one["value"]) in (str, int, float) for one in option["choices"])


@pytest.mark.parametrize(
    ("annotation", "types"),
    [
        (TextChannel, [0]),
        (VoiceChannel, [2]),
        (CategoryChannel, [4]),
        (StageChannel, [13]),
        (ForumChannel, [15]),
        (Thread, [10, 11, 12]),
        (TextChannel | VoiceChannel, [0, 2]),
        (Annotated[Channel, ChannelTypes(ChannelType.GUILD_TEXT, 5)], [0, 5]),
        (Annotated[Thread, ChannelTypes(ChannelType.PRIVATE_THREAD)], [12]),
        (TextChannel | None, [0]),
    ],
)
def test_channel_classes_are_channel_types(annotation: Any, types: list[int]) -> None:
    assert read(annotation).to_option()["channel_types"] == types


@pytest.mark.parametrize(
    ("annotation", "fields"),
    [
        (Annotated[int, Range(2, 100)], {"min_value": 2, "max_value": 100}),
        (Annotated[int | None, Range(min=2)], {"min_value": 2}),
        (Annotated[int, Range(1, 1e6)], {"min_value": 1, "max_value": 1000000}),
        (Annotated[int, Range(max=2)] | None, {"max_value": 2}),
        (Annotated[float, Range(0, 0.5)], {"min_value": 0, "max_value": 0.5}),
        (Annotated[str, Length(1, 20)], {"min_length": 1, "max_length": 20}),
        (Annotated[str, Length(max=20)], {"max_length": 20}),
        (Annotated[str, Description("What")], {"description": "What"}),
        (Annotated[str, Name("other")], {"name": "other"}),
        (Annotated[str, Autocomplete(propose)], {"autocomplete": True}),
        (Annotated[Colour, Autocomplete(propose)], {"autocomplete": True}),
        (Annotated[Attachment, FileTypes("image", ".PDF")], {"file_types": ["image", ".pdf"]}),
        (
            Annotated[str, Localized(name={"de": "wort"}, description={"de": "Ein Wort"})],
            {
                "name_localizations": {"de": "wort"},
                "description_localizations": {"de": "Ein Wort"},
            },
        ),
        (Sides, {"min_value": 2, "max_value": 100, "description": "How many sides"}),
        (Annotated[Sides, Description("Sides")], {"max_value": 100, "description": "Sides"}),
        (Annotated[Sides | None, Range(3, 4)], {"min_value": 3, "max_value": 4}),
        (Annotated[timedelta, Range(timedelta(1), timedelta(2))], {"type": 3}),
        (Annotated[Hexadecimal, Converter(lambda ctx, value: value)], {"type": 3}),
        (Annotated[Hexadecimal, Converter(lambda ctx, value: value, takes=int)], {"type": 4}),
        (Annotated[Hexadecimal, Converter(lambda ctx, v: v, takes=Sides)], {"max_value": 100}),
        (Annotated[Hexadecimal, lambda ctx, value: value], {"type": 3}),
        (Annotated[str, "what other libraries say of it", 3], {"type": 3}),
    ],
)
def test_marks(annotation: Any, fields: dict[str, Any]) -> None:
    option = read(annotation).to_option()
    assert {key: option[key] for key in fields} == fields


@pytest.mark.parametrize(
    ("annotation", "default"),
    [
        (int, 6),
        (float, 6),
        (Colour, Colour.RED),
        (Literal["a", "b"], "b"),
        (Annotated[int, Range(2, 100)], 2),
        (Annotated[str, Choices({"One": "1"})], "1"),
        (timedelta, timedelta(days=1)),
        (Annotated[int | None, Range(2, 100)], None),
    ],
)
def test_defaults_stay(annotation: Any, default: Any) -> None:
    assert read(annotation, default).default == default


def test_required_ones_come_first_and_the_rest_keeps_its_order() -> None:
    def function(ctx: Any, a: int | None, b: str, c: int = 1, *, d: bool, e: str = "") -> None: ...

    parameters = read_parameters(function)
    assert [one.name for one in parameters] == ["b", "d", "a", "c", "e"]
    assert [one.keyword_only for one in parameters] == [False, True, False, False, True]


def test_where_descriptions_come_from() -> None:
    def function(
        ctx: Any, a: Annotated[str, Description("mark")], b: str, c: str, d_e: str
    ) -> None:
        """Do it.

        Args:
            ctx: Who cares.
            a: docstring
            b: docstring
            c: docstring
        """

    told = read_parameters(function, descriptions={"a": "mapping", "b": "mapping"})
    assert [one.description for one in told] == ["mark", "mapping", "docstring", "D e"]


def test_names_of_python_become_discords() -> None:
    def function(ctx: Any, from_: str, Big: str) -> None: ...

    parameters = read_parameters(function)
    assert [(one.name, one.attribute) for one in parameters] == [("from", "from_"), ("big", "Big")]


def test_translations_by_argument() -> None:
    def function(ctx: Any, a: Annotated[str, Localized(name={"de": "x", "fr": "y"})]) -> None: ...

    (parameter,) = read_parameters(
        function, localizations={"a": Localized(name={"de": "z"}, description={"de": "Z"})}
    )
    assert parameter.to_option()["name_localizations"] == {"de": "z", "fr": "y"}
    assert parameter.to_option()["description_localizations"] == {"de": "Z"}


def test_methods_skip_self() -> None:
    class Music:
        def play(self, ctx: Any, title: str) -> None: ...

    assert [one.name for one in read_parameters(Music.play, skip=2)] == ["title"]
    assert [one.name for one in read_parameters(Music().play)] == ["title"]


def test_the_payload_is_a_body_that_rest_takes() -> None:
    def function(ctx: Any, sides: Sides, who: Member, colour: Colour = Colour.RED) -> None: ...

    options = [one.to_option() for one in read_parameters(function)]
    assert command_body(type=1, name="roll", description="Roll", options=options)


@pytest.mark.parametrize(
    ("function", "consumes"),
    [
        (lambda ctx, a, *rest: None, {"a": "word", "rest": "many"}),
        (lambda ctx, a, *, rest: None, {"a": "word", "rest": "rest"}),
        (lambda ctx, *, a, rest: None, {"a": "word", "rest": "rest"}),
    ],
)
def test_what_prefix_commands_take_of_a_text(
    function: Callable[..., None], consumes: dict[str, str]
) -> None:
    function.__annotations__ = dict.fromkeys(consumes, str)
    parameters = read_parameters(function, slash=False)
    assert {one.name: one.consumes for one in parameters} == consumes


def test_lists_and_unions_in_prefix_commands() -> None:
    def function(
        ctx: Any, who: int | User, many: list[int], file: Attachment, *args: Colour
    ) -> None: ...

    who, many, file, args = read_parameters(function, slash=False)
    assert (who.kind, who.accepts) == (None, "a whole number or a user")
    assert (many.kind, many.consumes, many.accepts) == (None, "many", "a whole number")
    assert (file.consumes, file.required) == ("file", True)
    assert (args.consumes, args.variadic, args.required) == ("many", True, False)
    assert args.from_text("red", None) is Colour.RED


def test_a_keyword_is_an_option_like_others_on_discord() -> None:
    def function(ctx: Any, *, text: str) -> None: ...

    (parameter,) = read_parameters(function)
    assert (parameter.to_option()["type"], parameter.consumes) == (3, "rest")


def test_autocompletion_is_added_later() -> None:
    parameter = read(int)
    parameter.complete_with(propose)
    assert parameter.to_option()["autocomplete"] is True


def test_autocompletion_by_a_method_is_bound_to_its_object() -> None:
    class Music:
        def titles(self, ctx: Any, value: str) -> list[str]:
            return [type(self).__name__, value]

    parameter = read(str)
    parameter.complete_with(Music.titles)
    bound = parameter.bound_to(Music())
    assert bound.autocomplete is not None
    assert bound.autocomplete(None, "x") == ["Music", "x"]
    assert parameter.autocomplete is Music.titles


def test_what_is_accepted_is_said() -> None:
    assert read(Sides).accepts == "a whole number from 2 to 100"
    assert read(Annotated[str, Length(1, 3)]).accepts == "a text of 1 to 3 characters"
    assert read(Colour).accepts == "one of RED, GREEN"
    assert read(TextChannel | Thread).accepts == "a text channel or a thread"
