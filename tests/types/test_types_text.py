"""Long texts in pieces, short texts, and texts with names instead of ids."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import disruption.types as T
from disruption.errors import InvalidArgument
from disruption.types.code_spans import code_spans
from disruption.types.graphemes import safe_cut
from disruption.types.markup import parse_mentions
from disruption.types.text import clean_content, split_text, truncate

FAMILY = "👨‍👩‍👧‍👦"
EMOJIS = [FAMILY, "👍🏽", "🇩🇪", "❤️", "é", "1️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "\r\n", "กำ"]
prose = st.text(st.sampled_from("ab ❤\u200d\n\t.é😀"), max_size=400)
words = st.lists(
    st.sampled_from(["word", "a", "", "\n", FAMILY, "<@123456789>", "`x y`", "longer-word"])
)
limits = st.integers(32, 120)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(prose | words.map(" ".join), limits)
def test_the_pieces_hold_the_whole_text(text: str, limit: int) -> None:
    pieces = split_text(text, limit)
    assert all(len(piece) <= limit and piece.strip() for piece in pieces)
    assert squeezed("".join(pieces)) == squeezed(text)
    at = 0
    for piece in pieces:  # nothing but white space is left out between them
        found = text.index(piece, at)
        assert not text[at:found].strip()
        at = found + len(piece)
    assert not text[at:].strip()


code = st.lists(st.sampled_from(["x = 1", "", "    indented()", "y" * 90, "# `tick`"]), min_size=1)
blocks = st.tuples(st.sampled_from(["", "py", "c++"]), code.map("\n".join)).filter(
    lambda block: bool(block[1].strip())
)


@given(st.lists(st.tuples(words.map(" ".join), blocks)), limits)
def test_blocks_of_code_stay_closed(parts: list[tuple[str, tuple[str, str]]], limit: int) -> None:
    text = "".join(f"{before}\n```{lang}\n{code}\n```\n" for before, (lang, code) in parts)
    pieces = split_text(text, limit)
    shown: list[str] = []
    for piece in pieces:
        assert len(piece) <= limit
        assert piece.count("```") % 2 == 0
        spans = [span for span in code_spans(piece) if span.is_block]
        assert len(spans) == piece.count("```") // 2
        shown += (f"{span.language}:{line}" for span in spans for line in _lines(piece, span.body))
    wanted = [
        f"{lang}:{line}" for _, (lang, code) in parts for line in _lines(code, (0, len(code)))
    ]
    assert "".join(_merged(shown)) == "".join(_merged(wanted))


def _lines(text: str, body: tuple[int, int]) -> list[str]:
    return [line for line in text[slice(*body)].split("\n") if line.strip()]


def _merged(lines: list[str]) -> list[str]:
    """Join the parts of lines that were longer than a piece."""
    return [re.sub(r"[a-z+]*:", "", line) for line in lines]


def test_a_short_text_is_one_piece() -> None:
    assert split_text("hello") == ["hello"]
    assert split_text("") == []
    assert split_text(" \n ") == []
    assert split_text("a" * 2000) == ["a" * 2000]
    assert split_text("a" * 2001) == ["a" * 2000, "a"]


def test_lines_come_before_words_and_words_before_letters() -> None:
    line = "word " * 5 + "end"
    assert split_text(f"{line}\n{line}", 40) == [line, line]
    assert split_text("word " * 20, 34) == [
        "word word word word word word word",
        *["word word word word word word word"],
        "word word word word word word ",
    ]
    assert split_text("x" * 50, 40) == ["x" * 40, "x" * 10]


def test_a_line_end_early_in_a_piece_does_not_waste_it() -> None:
    pieces = split_text("Hi\n" + "word " * 30, 60)
    assert pieces[0].startswith("Hi\nword word")


def test_a_block_that_fits_goes_whole_into_the_next_piece() -> None:
    block = "```py\nprint(1)\nprint(2)\n```"
    assert split_text("Some text before it\n" + block, 40) == ["Some text before it", block]


def test_a_long_block_is_opened_again() -> None:
    lines = "\n".join(f"line {n}" for n in range(12))
    pieces = split_text(f"```py\n{lines}\n```", 50)
    assert len(pieces) > 2
    for piece in pieces:
        assert piece.startswith("```py\nline")
        assert piece.endswith("\n```")
    assert "\n".join(piece[6:-4] for piece in pieces) == lines


def test_a_block_that_never_ends_is_text() -> None:
    assert squeezed("".join(split_text("``` open " * 1 + "word " * 20, 40))) == squeezed(
        "``` open " + "word " * 20
    )


@pytest.mark.parametrize("unit", EMOJIS)
def test_no_character_is_torn(unit: str) -> None:
    for piece in split_text(unit * 40, 33):
        assert piece.strip() == piece
        assert squeezed(piece) == squeezed(unit) * (len(squeezed(piece)) // len(squeezed(unit)))
    assert truncate(unit * 40, 34).removesuffix("…").replace(unit, "") == ""


@pytest.mark.parametrize(
    "unit", ["<@123456789012345678>", "</tag local add:12345678>", "`a b c d`"]
)
def test_no_mention_is_torn(unit: str) -> None:
    text = " ".join([unit] * 10)
    for piece in split_text(text, 48):
        assert squeezed(piece).replace(squeezed(unit), "") == ""
    assert squeezed(truncate(text, 48).removesuffix("…")).replace(squeezed(unit), "") == ""


def test_letters_of_two_halves_stay_whole() -> None:
    text = "\ud83d\ude00" * 30  # as damaged JSON may leave them
    assert all(len(piece) % 2 == 0 for piece in split_text(text, 33))


def test_a_stack_of_accents_is_cut_somewhere() -> None:
    assert [len(piece) for piece in split_text("a" + "\u0301" * 99, 50)] == [50, 50]


@pytest.mark.parametrize("limit", [-1, 0, 31])
def test_a_limit_has_a_least(limit: int) -> None:
    with pytest.raises(InvalidArgument, match="at least 32"):
        split_text("x", limit)


@given(st.text() | prose, st.integers(1, 60))
@example("```py\n" + "x" * 100 + "\n```", 20)
def test_a_shortened_text_is_short_enough(text: str, limit: int) -> None:
    short = truncate(text, limit)
    assert len(short) <= limit
    if len(text) <= limit:
        assert short == text
    else:
        assert "…" in short
        assert text.startswith(short.split("…")[0]) or "…" in text


def test_a_shortened_block_is_closed() -> None:
    assert truncate("see ```py\nprint(1)\nprint(2)\n```", 26) == "see ```py\nprint(1)\npr…\n```"
    assert truncate("see ```py\nprint(1)\n```", 12) == "see …"
    assert truncate("abcdef", 5, ending="...") == "ab..."
    with pytest.raises(InvalidArgument, match="ending"):
        truncate("abcdef", 2, ending="...")


@given(st.text(), st.integers(0, 50))
def test_a_safe_cut_is_never_later(text: str, at: int) -> None:
    place = safe_cut(text, at)
    assert place <= at
    assert place > 0 or at == 0


def message(content: str, **more: Any) -> T.Message:
    author = {"id": "1", "username": "bot", "discriminator": "0"}
    return T.convert(
        T.Message, {"id": "1", "channel_id": "2", "content": content, "author": author, **more}
    )


def test_names_stand_for_what_a_message_carries() -> None:
    sent = message(
        "<@3> <@!4> <@5> <#6> <#7> <@&8> <:wave:9> </tag add:10> <t:0> <id:browse>",
        mentions=[
            {"id": "3", "username": "ann", "global_name": "Ann"},
            {"id": "4", "username": "ben", "member": {"nick": "Benny", "roles": []}},
        ],
        mention_channels=[{"id": "6", "guild_id": "1", "type": 0, "name": "general"}],
    )
    assert sent.clean_content() == (
        "@Ann @Benny @unknown-user #general #unknown-channel @unknown-role :wave: /tag add "
        "1970-01-01 00:00 UTC #browse"
    )
    given_names = sent.clean_content(users={5: "Cy"}, roles={8: "Mods"}, channels={7: "help"})
    assert given_names.startswith("@Ann @Benny @Cy #general #help @Mods ")


def test_names_of_what_is_resolved() -> None:
    sent = message(
        "<@3> <@&4> <#5>",
        resolved={
            "users": {"3": {"id": "3", "username": "ann"}},
            "members": {"3": {"nick": "Annie", "roles": []}},
            "roles": {"4": {"id": "4", "name": "Mods"}},
            "channels": {"5": {"id": "5", "type": 0, "name": "help"}},
        },
    )
    assert sent.clean_content() == "@Annie @Mods #help"


def test_names_given_come_first() -> None:
    sent = message("<@3>", mentions=[{"id": "3", "username": "ann"}])
    assert sent.clean_content(users={3: "Queen"}) == "@Queen"
    assert clean_content("<@3> <@4>", users={3: "Ann"}) == "@Ann @unknown-user"


@given(st.text(st.sampled_from("<@!&#1> `evryonh")))
def test_a_clean_text_pings_nobody(text: str) -> None:
    cleaned = clean_content(
        text, users={1: "everyone"}, roles={1: "@here"}, channels={1: "@everyone"}
    )
    kinds = {type(found).__name__ for found in parse_mentions(cleaned, in_code=True)}
    assert not kinds & {"UserMarkup", "RoleMarkup", "EveryoneMarkup"}


def test_code_is_left_alone() -> None:
    assert clean_content("`<#1>` <#1>", channels={1: "x"}) == "`<#1>` #x"


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit",
    [
        "x",
        " ",
        "\n",
        "`",
        "``` ",
        "```\nx\n``` ",
        "<@1> ",
        "`a b` ",
        FAMILY,
        "\u0301",
        "🇩",
        "</a b c:1>",
    ],
)
def test_hostile_text_takes_no_longer_than_its_length(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    split_text(text, 32)
    split_text(text)
    truncate(text)
    clean_content(text)
