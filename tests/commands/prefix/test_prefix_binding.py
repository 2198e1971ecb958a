from __future__ import annotations

import contextlib
import inspect
from types import SimpleNamespace
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption import Attachment
from disruption.commands.errors import BadArgument, MissingArgument, TooManyArguments
from disruption.commands.parameters import read_parameters
from disruption.commands.prefix import parse
from disruption.commands.prefix.binding import call_arguments


def bind(function: Any, text: str, **facts: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return how a function would be called for a text."""
    names = list(inspect.signature(function).parameters)
    parameters = read_parameters(function, slash=False)
    parameters.sort(key=lambda one: names.index(one.attribute))
    ctx: Any = SimpleNamespace(message=SimpleNamespace(attachments=(), mentions=()), **facts)
    return call_arguments(parameters, parse(text, parameters, ctx, "!usage"))


def called(function: Any, text: str, **facts: Any) -> Any:
    """Call a function that returns what it was given as a prefix command is called."""
    values, named = bind(function, text, **facts)
    return function(None, *values, **named)


def roll(ctx: Any, sides: int, times: int = 1) -> Any:
    return sides, times


def say(ctx: Any, who: str, *, text: str) -> Any:
    return who, text


def ban(
    ctx: Any, who: str, days: int | None = None, *, quiet: bool = False, reason: str = ""
) -> Any:
    return who, days, quiet, reason


def total(ctx: Any, first: int, *more: int) -> Any:
    return first, more


def listed(ctx: Any, numbers: list[int], name: str = "?") -> Any:
    return numbers, name


def colour(ctx: Any, which: Literal["red", "green"], fast: bool = False) -> Any:
    return which, fast


def optional_first(ctx: Any, count: int | None, what: str) -> Any:
    return count, what


def optional_with_default(ctx: Any, who: str, days: int | None = 1, *, reason: str) -> Any:
    return who, days, reason


def tupled(ctx: Any, numbers: tuple[int, ...] = ()) -> Any:
    return numbers


def options_only(ctx: Any, *, days: int = 0, reason: str) -> Any:
    return days, reason


@pytest.mark.parametrize(
    ("function", "text", "expected"),
    [
        (roll, "6", (6, 1)),
        (roll, " 6  2 ", (6, 2)),
        (roll, "--sides 6", (6, 1)),
        (roll, "--times=3 6", (6, 3)),
        (roll, "6 times:3", (6, 3)),
        (roll, "times: 3 sides:6", (6, 3)),
        (roll, "--TIMES 3 6", (6, 3)),
        (say, "ann hello  there", ("ann", "hello  there")),
        (say, 'ann "hello" there', ("ann", '"hello" there')),
        (say, '"ann b" --who is this?', ("is", "this?")),
        (say, "ann I say --who is this", ("ann", "I say --who is this")),
        (say, "ann -- --who is this", ("ann", "--who is this")),
        (say, "ann text: what I say", ("ann", "what I say")),
        (say, "ann --text=what I say", ("ann", "what I say")),
        (say, 'text:"what I say" ann', ("ann", "what I say")),
        (say, 'who:"ann b" hi', ("ann b", "hi")),
        (say, 'ann "who:me" x', ("ann", '"who:me" x')),
        (say, "ann ```py\n1 + 1\n```", ("ann", "```py\n1 + 1\n```")),
        (ban, "ann", ("ann", None, False, "")),
        (ban, "ann 7 spam", ("ann", 7, False, "spam")),
        (ban, "ann spam and more", ("ann", None, False, "spam and more")),
        (ban, "--quiet ann 7", ("ann", 7, True, "")),
        (ban, "ann --no-quiet --days 3 spam", ("ann", 3, False, "spam")),
        (ban, "ann --quiet=yes spam", ("ann", None, True, "spam")),
        (total, "1", (1, ())),
        (total, "1 2 3", (1, (2, 3))),
        (total, "--first 5 2 3", (5, (2, 3))),
        (total, "1 --more 2 --more 3", (1, (2, 3))),
        (listed, "1 2 3", ([1, 2, 3], "?")),
        (listed, "1 2 ann", ([1, 2], "ann")),
        (listed, "--name x 1 2", ([1, 2], "x")),
        (colour, "red", ("red", False)),
        (colour, "red yes", ("red", True)),
        (colour, "--fast green", ("green", True)),
        (optional_first, "3 pears", (3, "pears")),
        (optional_first, "pears", (None, "pears")),
        (optional_with_default, "ann spam and more", ("ann", 1, "spam and more")),
        (optional_with_default, "ann 7 spam", ("ann", 7, "spam")),
        (tupled, "1 2", (1, 2)),
        (tupled, "", ()),
        (options_only, "because of it", (0, "because of it")),
        (options_only, "--days 3 because", (3, "because")),
        (roll, "6 2 --", (6, 2)),
    ],
)
def test_words_go_to_parameters(function: Any, text: str, expected: Any) -> None:
    assert called(function, text) == expected


@pytest.mark.parametrize(
    ("function", "text", "parameter"),
    [
        (roll, "", "sides"),
        (roll, "--times 3", "sides"),
        (roll, "6 --times", "times"),
        (roll, "6 times:", "times"),
        (say, "ann", "text"),
        (total, "", "first"),
    ],
)
def test_what_is_missing_is_named_with_the_usage(function: Any, text: str, parameter: str) -> None:
    with pytest.raises(MissingArgument) as caught:
        called(function, text)
    assert caught.value.parameter == parameter
    assert str(caught.value) == f"`{parameter}` is missing.\nUsage: `!usage`"


@pytest.mark.parametrize(
    ("function", "text", "word"),
    [(roll, "6 2 x y", "x"), (colour, "red yes no", "no"), (roll, '6 2 ""', "")],
)
def test_what_is_too_much_is_named_with_the_usage(function: Any, text: str, word: str) -> None:
    with pytest.raises(TooManyArguments, match=f'"{word}" is more than that takes') as caught:
        called(function, text)
    assert "Usage: `!usage`" in str(caught.value)


@pytest.mark.parametrize(
    ("function", "text", "parameter"),
    [
        (roll, "six", "sides"),
        (roll, "6 x", "times"),
        (roll, "--sides x", "sides"),
        (colour, "blue", "which"),
        (total, "1 2 x", "more"),
        (listed, "x", "numbers"),
        (optional_first, "--count x pears", "count"),
    ],
)
def test_what_does_not_fit_is_named(function: Any, text: str, parameter: str) -> None:
    with pytest.raises(BadArgument) as caught:
        called(function, text)
    assert caught.value.parameter == parameter


def test_files_come_from_the_message() -> None:
    def show(ctx: Any, name: str, picture: Attachment, other: Attachment | None = None) -> Any:
        return name, picture, other

    one, two = SimpleNamespace(filename="a.png"), SimpleNamespace(filename="b.png")
    for files, expected in (([one], ("x", one, None)), ([one, two], ("x", one, two))):
        parameters = read_parameters(show, slash=False)
        ctx: Any = SimpleNamespace(message=SimpleNamespace(attachments=files))
        _, named = call_arguments(parameters, parse("x", parameters, ctx))
        assert show(None, **named) == expected
    with pytest.raises(MissingArgument, match="attach a file"):
        called(show, "x")


@settings(deadline=None)
@given(st.text(alphabet="a1 -=:\"'\n", max_size=30))
def test_whatever_is_written_is_taken_or_refused(text: str) -> None:
    for function in (roll, say, ban, total, listed, colour, optional_first, options_only):
        with contextlib.suppress(BadArgument, MissingArgument, TooManyArguments):
            called(function, text)


@settings(deadline=None)
@given(st.integers(-99, 99), st.integers(-99, 99), st.permutations(["positional", "named"]))
def test_by_name_and_by_place_are_the_same(sides: int, times: int, order: list[str]) -> None:
    texts = {"positional": f"{sides}", "named": f"--times {times}"}
    assert called(roll, " ".join(texts[one] for one in order)) == (sides, times)
