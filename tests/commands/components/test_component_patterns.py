"""Custom ids with parameters: there and back, whatever the values hold."""

from __future__ import annotations

import enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption import Client, CommandDefinitionError, ComponentContext, InvalidArgument, Snowflake
from disruption.commands.components.pattern import Pattern


class Colour(enum.Enum):
    RED = "r"
    DARK_BLUE = "b"


@given(st.text(max_size=4), st.integers(-(10**9), 10**9), st.booleans())
def test_there_and_back(text: str, number: int, flag: bool) -> None:
    pattern = Pattern("vote:{text}:{number:int}:{flag:bool}")
    values = {"text": text, "number": number, "flag": flag}
    assert pattern.match(pattern.fill(values)) == values


@given(st.text(alphabet=":%{}votex0 ", max_size=12), st.text(alphabet=":%av", max_size=8))
def test_what_looks_like_the_pattern_is_escaped(first: str, second: str) -> None:
    pattern = Pattern("vote:{first}:{second}x")
    values = {"first": first, "second": second}
    assert pattern.match(pattern.fill(values)) == values


def test_words_that_the_pattern_begins_with_take_no_more_room() -> None:
    pattern = Pattern("vote:{number:int}:{choice}")
    assert pattern.fill({"number": 5, "choice": "vote for e"}) == "vote:5:vote for e"
    assert pattern.fill({"number": 5, "choice": "vote:e"}) == "vote:5:vote%3Ae"
    long = "vote " * 18
    assert pattern.match(pattern.fill({"number": 5, "choice": long})) == {
        "number": 5,
        "choice": long,
    }
    written_before = "vote:5:%76%6F%74%65"
    assert pattern.match(written_before) == {"number": 5, "choice": "vote"}


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats(number: float) -> None:
    pattern = Pattern("f:{number:float}")
    assert pattern.match(pattern.fill({"number": number})) == {"number": number}


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("", "1 to 100"),
        ("~mine", "dialogues"),
        ("a:{}", "{name}"),
        ("a:{b c}", "{name}"),
        ("a:{b:date}", "no kind 'date'"),
        ("a:{b}:{b}", "twice"),
        ("a:{b", "brace"),
        ("a:b}", "brace"),
        ("{a}{b}", "between"),
        ("x" * 101, "100"),
    ],
)
def test_patterns_that_cannot_be(pattern: str, text: str) -> None:
    with pytest.raises(InvalidArgument, match=text):
        Pattern(pattern)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({}, "lacks number"),
        ({"number": 1, "other": 2}, "has no other"),
        ({"number": "x"}, "no int"),
        ({"number": 10**120}, "characters"),
    ],
)
def test_values_that_do_not_fit(values: dict[str, Any], text: str) -> None:
    with pytest.raises(InvalidArgument, match=text):
        Pattern("a:{number:int}").fill(values)


def test_annotations_say_the_kind() -> None:
    client = Client(token="a.b.c")

    @client.component("pick:{user}:{colour}:{times}")
    def pick(ctx: ComponentContext, user: Snowflake, colour: Colour, times: int = 1) -> None: ...

    custom_id = pick.custom_id(user="123", colour=Colour.DARK_BLUE, times=2)
    assert custom_id == "pick:123:DARK_BLUE:2"
    found = client.commands.components.find(custom_id)
    assert found == (pick, {"user": 123, "colour": Colour.DARK_BLUE, "times": 2})
    assert client.commands.components.find("pick:123:GREEN:2") is None


def test_the_pattern_that_fixes_most_wins() -> None:
    client = Client(token="a.b.c")

    @client.component("vote:{rest}")
    def general(ctx: ComponentContext, rest: str) -> None: ...

    @client.component("vote:close:{number:int}")
    def special(ctx: ComponentContext, number: int) -> None: ...

    assert client.commands.components.find("vote:close:7") == (special, {"number": 7})
    assert client.commands.components.find("vote:close:x") == (general, {"rest": "close:x"})
    assert client.commands.components.find("other") is None


def _one(ctx: ComponentContext, number: int) -> None: ...


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("a", "'number' has no place"),
        ("a:{number}:{other}", "no parameter 'other'"),
        ("a:{number:str}", "annotated int"),
        ("a:{number", "brace"),
    ],
)
def test_a_function_that_does_not_fit(pattern: str, text: str) -> None:
    client = Client(token="a.b.c")
    with pytest.raises(CommandDefinitionError, match=text) as caught:
        client.component(pattern)(_one)
    assert "test_component_patterns.py:" in str(caught.value)


def test_the_same_pattern_twice() -> None:
    client = Client(token="a.b.c")
    client.component("a:{number}")(_one)
    with pytest.raises(CommandDefinitionError, match="is taken by the component"):
        client.component("a:{number}")(_one)
    with pytest.raises(CommandDefinitionError, match="is taken by the component"):
        client.component("a:{other:int}")(lambda ctx, other: None)  # its name tells nothing apart
    client.component("a:{text}")(lambda ctx, text: None)  # takes more than the one above
    client.modal("a:{number}")(lambda ctx, number: None)  # modals are apart
