"""Random signatures: what can be defined is taken by Discord, and by the command it describes."""

from __future__ import annotations

import enum
import inspect
from datetime import datetime, timedelta
from keyword import iskeyword
from types import SimpleNamespace
from typing import Annotated, Any, Literal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from disruption.commands.errors import BadArgument, CommandDefinitionError
from disruption.commands.parameters import (
    Autocomplete,
    Choice,
    Choices,
    Description,
    FileTypes,
    Length,
    Mentionable,
    Name,
    Parameter,
    Range,
    read_parameters,
)
from disruption.errors import InvalidArgument
from disruption.local.rest.validate.commands import clean_command
from disruption.rest.command_body import command_body
from disruption.types import (
    Attachment,
    Channel,
    Member,
    Role,
    Snowflake,
    TextChannel,
    Thread,
    User,
)

_BIG = 2**53 - 1


class Colour(enum.Enum):
    RED = "r"
    GREEN = "g"


def propose(ctx: Any, value: str) -> list[str]:
    return []


_texts = st.text(min_size=1, max_size=12)
_names = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True).filter(lambda n: not iskeyword(n))
_plain = st.sampled_from(
    [
        *(str, int, float, bool, User, Member, Role, Mentionable, Channel, TextChannel, Thread),
        *(Attachment, Snowflake, timedelta, datetime, Colour, Literal["a", "b"], Literal[1, 2]),
        TextChannel | Thread,
    ]
)
_whole = st.integers(-_BIG, _BIG)
_marked = st.one_of(
    st.tuples(_whole, _whole).map(lambda two: Annotated[int, Range(min(two), max(two))]),
    _whole.map(lambda least: Annotated[int, Range(least)]),
    st.floats(-1e9, 1e9).map(lambda most: Annotated[float, Range(max=most)]),
    st.tuples(st.integers(0, 6000), st.integers(1, 6000)).map(
        lambda two: Annotated[str, Length(min(two), max(two))]
    ),
    st.lists(_texts, min_size=1, max_size=25, unique=True).map(
        lambda texts: Annotated[str, Choices(texts)]
    ),
    st.dictionaries(_texts, _whole, min_size=1, max_size=25).map(
        lambda pairs: Annotated[int, Choices(pairs)]
    ),
    st.dictionaries(_texts, st.floats(-1e9, 1e9), min_size=1, max_size=25).map(
        lambda pairs: Annotated[float, Choices([Choice(*pair) for pair in pairs.items()])]
    ),
    st.sampled_from([str, int, float, Snowflake, timedelta]).map(
        lambda cls: Annotated[cls, Autocomplete(propose)]  # type: ignore[valid-type]
    ),
    st.just(Annotated[Attachment, FileTypes("image", ".pdf")]),
)
_annotations = st.one_of(
    _plain,
    _marked,
    st.one_of(_plain, _marked).map(lambda one: one | None),
    st.tuples(_marked, st.text(min_size=1, max_size=100)).map(
        lambda two: Annotated[two[0], Description(two[1])]  # type: ignore[valid-type]
    ),
)


@st.composite
def functions(draw: st.DrawFn) -> Any:
    """A function with random parameters after its context."""
    names = draw(st.lists(_names, max_size=8, unique=True))
    assume(len({name.rstrip("_") for name in names}) == len(names) and "ctx" not in names)
    parameters = [inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
    for keyword in (False, True):
        parameters += [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                annotation=draw(_annotations),
                default=draw(st.sampled_from([inspect.Parameter.empty, None])),
            )
            for name in names[keyword::2]
        ]

    def function(*args: Any, **kwargs: Any) -> Any:
        return kwargs

    function.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    function.__doc__ = draw(st.none() | st.text(max_size=40))
    return function


@settings(max_examples=150, deadline=None)
@given(functions())
def test_what_can_be_defined_is_a_body_that_discord_takes(function: Any) -> None:
    parameters = read_parameters(function)
    options = [one.to_option() for one in parameters]
    body = command_body(type=1, name="random", description="Random", options=options)
    cleaned = clean_command(body)
    assert [one["name"] for one in cleaned.get("options", [])] == [one.name for one in parameters]
    required = [one.required for one in parameters]
    assert required == sorted(required, reverse=True)


_wild = st.one_of(
    st.tuples(st.integers() | st.floats(), st.integers() | st.floats()).map(
        lambda two: Annotated[int, Range(*two)]
    ),
    st.tuples(st.integers(-9, 9000), st.integers(-9, 9000)).map(
        lambda two: Annotated[str, Length(*two)]
    ),
    st.lists(_texts | st.integers() | st.floats(), max_size=30).map(
        lambda values: Annotated[float, Choices(values)]
    ),
    st.text(max_size=120).map(lambda text: Annotated[str, Description(text)]),
    st.text(max_size=40).map(lambda text: Annotated[str, Name(text)]),
    st.tuples(
        _plain, st.sampled_from([Range(1, 2), Length(1, 2), Choices("a"), FileTypes("x")])
    ).map(
        lambda two: Annotated[two[0], two[1]]  # type: ignore[valid-type]
    ),
)


def _parameter(annotation: Any) -> Parameter:
    def function(ctx: Any, option: Any) -> None: ...

    function.__annotations__["option"] = annotation
    return read_parameters(function)[0]


@settings(max_examples=300, deadline=None)
@given(_wild)
def test_what_discord_refuses_cannot_be_defined(annotation: Any) -> None:
    try:
        parameter = _parameter(annotation)
    except CommandDefinitionError:
        return
    option = parameter.to_option()
    clean_command({"type": 1, "name": "x", "description": "x", "options": [option]})


_raws = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.just([])
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(_plain, _marked), _raws)
def test_any_value_is_an_argument_or_refused(annotation: Any, raw: Any) -> None:
    parameter = _parameter(annotation)
    ctx = SimpleNamespace(guild_id=1, client=None, message=None)
    refused: list[str] = []
    try:
        parameter.from_option(raw, None, ctx)
    except BadArgument as error:
        refused.append(error.parameter)
    assert refused in ([], ["option"])


@settings(max_examples=200, deadline=None)
@given(_marked)
def test_what_is_chosen_on_discord_can_be_written_too(annotation: Any) -> None:
    parameter = _parameter(annotation)
    names = [choice.name.strip().casefold() for choice in parameter.choices]
    assume(len(set(names)) == len(names))
    for choice in parameter.choices:
        chosen = parameter.from_option(choice.value, None, None)
        assert parameter.from_text(choice.name, None) == chosen


@given(st.text(max_size=30))
def test_names_that_are_taken_are_taken_by_the_local_discord_too(name: str) -> None:
    try:
        command_body(type=1, name=name, description="x")
    except InvalidArgument:
        return
    clean_command({"type": 1, "name": name, "description": "x"})
