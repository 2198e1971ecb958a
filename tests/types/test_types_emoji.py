"""Emojis from texts, and as reactions."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption.errors import InvalidArgument
from disruption.rest.route import emoji_text
from disruption.types import ActionRow, Button, Emoji
from disruption.types.core.codec import decode
from disruption.types.unicode_emoji import find_unicode_emojis, is_unicode_emoji

UNICODE = [
    "👍",
    "👍🏽",
    "❤️",
    "❤",
    "✅",
    "👨‍👩‍👧‍👦",
    "🧑🏻‍❤️‍💋‍🧑🏿",
    "🏳️‍🌈",
    "🏴‍☠️",
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "🇩🇪",
    "1️⃣",
    "*⃣",
    "🏃🏽‍♀️‍➡️",
    "⛓️‍💥",
    "🐦‍🔥",
    "☝🏿",
    "©️",
    "🫩",
    "㊗️",
]
names = st.from_regex(r"\A[A-Za-z0-9_]{1,32}\Z")
ids = st.integers(1, 2**64 - 1)


@pytest.mark.parametrize("text", UNICODE)
def test_an_emoji_of_unicode(text: str) -> None:
    emoji = Emoji.parse(f" {text} ")
    assert emoji == Emoji(id=None, name=text)
    assert not emoji.is_custom
    assert emoji.reaction_key == str(emoji) == text
    assert emoji_text(emoji) == text
    assert emoji.asset is None


@pytest.mark.parametrize("text", [text for text in UNICODE if text != "❤"])
def test_emojis_are_found_one_by_one(text: str) -> None:
    assert find_unicode_emojis(f"a{text}{text} b{text}1❤") == [text] * 3


@given(names, ids, st.booleans())
def test_a_custom_emoji(name: str, emoji_id: int, animated: bool) -> None:
    mark = "a" if animated else ""
    emoji = Emoji.parse(f"<{mark}:{name}:{emoji_id}>")
    assert (emoji.name, emoji.id, bool(emoji.animated)) == (name, emoji_id, animated)
    assert Emoji.parse(str(emoji)) == emoji
    assert Emoji.parse(emoji.reaction_key).is_same(emoji)
    assert emoji.reaction_key == f"{name}:{emoji_id}" == emoji_text(emoji)


def test_ways_to_write_a_custom_emoji() -> None:
    assert Emoji.parse("a:wave:5") == Emoji.parse("<a:wave:5>")
    assert Emoji.parse("a:5") == Emoji(id=5, name="a")
    assert Emoji.parse(":wave:5") == Emoji.parse("wave:5")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "x",
        ":wave:",
        "<:wave:>",
        "<:wave:x>",
        "1",
        "👍👍",
        "👍x",
        "wave:99999999999999999999",
    ],
)
def test_what_is_no_emoji(text: str) -> None:
    with pytest.raises(InvalidArgument, match="emoji"):
        Emoji.parse(text)


def test_reactions_are_the_same_by_id_or_by_characters() -> None:
    assert Emoji(id=5, name="old").is_same(Emoji(id=5, name="new", animated=True))
    assert not Emoji(id=5, name="x").is_same("x:6")
    assert not Emoji(id=5, name="x").is_same("👍")
    assert Emoji(id=None, name="❤️").is_same("❤")
    assert Emoji(id=5, name=None).reaction_key == "_:5"  # deleted ones have no name
    assert str(Emoji(id=5, name=None)) == "<:_:5>"


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "unit", ["👨\u200d", "\u200d", "👍\ufe0f\u200d", "🇩", "🏴\U000e0067", "1\ufe0f", "❤"]
)
def test_hostile_text_takes_no_longer_than_its_length(unit: str) -> None:
    text = unit * 100_000
    find_unicode_emojis(text)
    assert not is_unicode_emoji(text)


@pytest.mark.parametrize("told", [{"name": "🔥"}, {"name": "🔥", "id": None}])
def test_an_emoji_of_unicode_may_come_without_an_id(
    told: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    button = {"type": 2, "style": 1, "custom_id": "x", "emoji": told, "id": 1}
    row = decode(ActionRow, json.dumps({"type": 1, "components": [button]}).encode())
    (made,) = row.components
    assert isinstance(made, Button)
    assert made.emoji is not None
    assert (made.emoji.id, str(made.emoji)) == (None, "🔥")
    assert row.to_dict()["components"] == [button]
    assert Emoji.from_dict(told).to_dict() == told
    assert caplog.text == "", "nothing had to be mended"


def test_an_emoji_without_a_name_is_mended(caplog: pytest.LogCaptureFixture) -> None:
    assert decode(Emoji, b'{"animated": true}').id is None
    assert "$.id: missing; $.name: missing" in caplog.text
