"""Colours."""

from __future__ import annotations

import copy
import json
import pickle

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import disruption.types as T
from disruption.errors import InvalidArgument
from disruption.types.colour import Color, Colour

colours = st.integers(0, 0xFFFFFF).map(Colour)


@given(colours)
def test_parts_make_the_colour_again(colour: Colour) -> None:
    assert Colour.from_rgb(*colour.rgb) is Colour(colour)
    assert Colour.from_hsv(*colour.hsv) == colour
    assert Colour.from_hex(colour.hex) == colour
    assert Colour.parse(str(colour)) == colour
    assert Colour.parse(f"rgb{colour.rgb}") == colour
    assert eval(repr(colour), {"Colour": Colour}) == colour


@given(colours)
def test_a_colour_is_a_number_wherever_one_goes(colour: Colour) -> None:
    embed = T.Embed(color=colour)
    assert isinstance(colour, int)
    assert T.to_plain(embed) == {"color": int(colour)}
    assert json.loads(embed.to_json()) == {"color": int(colour)}
    assert msgspec.json.decode(msgspec.json.encode(T.to_plain(embed))) == {"color": int(colour)}
    assert T.convert(T.Embed, T.to_plain(embed)) == embed
    for twin in (pickle.loads(pickle.dumps(colour)), copy.deepcopy(colour)):
        assert twin == colour
        assert type(twin) is Colour


def test_named_colours() -> None:
    assert Colour.BLURPLE == 0x5865F2
    assert Colour.parse("Dark gray") is Colour.DARK_GREY
    assert Colour(0x5865F2) is Colour.BLURPLE
    assert repr(Colour.BLURPLE) == "Colour.BLURPLE"
    assert f"{Colour.TEAL}" == "#1abc9c"
    assert f"{Colour.TEAL:06X}" == "1ABC9C"
    assert Color is Colour


@pytest.mark.parametrize(
    ("text", "value"), [("#58F", 0x5588FF), ("0xabcdef", 0xABCDEF), (" 000001 ", 1)]
)
def test_hex(text: str, value: int) -> None:
    assert Colour.from_hex(text) == value


@pytest.mark.parametrize(
    "text", ["", "#12345", "rgb(1,2)", "rgb(1, 2, 256)", "nocolour", "#\uff11\uff12\uff13"]
)
def test_text_that_is_no_colour(text: str) -> None:
    with pytest.raises(InvalidArgument):
        Colour.parse(text)


@pytest.mark.parametrize("value", [-1, 0x1000000, True, "red", 1.5, None])
def test_numbers_that_are_no_colours(value: object) -> None:
    if value is True:  # equals 1
        return
    with pytest.raises(InvalidArgument):
        Colour(value)


@pytest.mark.parametrize("parts", [(256, 0, 0), (0, -1, 0)])
def test_parts_that_are_none(parts: tuple[int, int, int]) -> None:
    with pytest.raises(InvalidArgument):
        Colour.from_rgb(*parts)
    with pytest.raises(InvalidArgument):
        Colour.from_hsv(*parts)


def test_chance_can_be_repeated() -> None:
    assert Colour.random(7) == Colour.random(7)
    assert Colour.random("ann") == Colour.random("ann")
    assert 0 <= Colour.random() <= 0xFFFFFF


def test_entities_show_their_colours() -> None:
    assert T.Embed(color=5).colour == Colour(5)
    assert T.Embed().colour is None
    assert T.Embed(color=-1).colour == Colour.WHITE
    assert T.PartialRole(id=1, color=0).colour is None
    assert T.PartialRole(id=1, color=Colour.GOLD).colour is Colour.GOLD
    colors = T.RoleColors(primary_color=3, secondary_color=4, tertiary_color=None)
    assert T.PartialRole(id=1, color=2, colors=colors).colour == 3
