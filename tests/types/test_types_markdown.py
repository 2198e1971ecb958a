"""Markdown: made, escaped and taken away."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption.errors import InvalidArgument
from disruption.types import markdown as md
from disruption.types.code_spans import code_spans
from disruption.types.markup import parse_mentions

SIGNS = "*_~|`>#-\\[]()<@:!1a \nx.é\u200b"
nasty = st.text(st.sampled_from(SIGNS)) | st.text()


@given(nasty)
def test_escaped_text_shows_as_it_was_written(text: str) -> None:
    escaped = md.escape_markdown(text)
    assert md.strip_markdown(escaped) == text
    assert code_spans(escaped) == []


@given(nasty)
def test_escaping_leaves_mentions_alone(text: str) -> None:
    before = parse_mentions(text, in_code=True)
    after = parse_mentions(md.escape_markdown(text), in_code=True)
    assert [m for m in after if m in before] == before


@given(nasty)
def test_stripping_only_takes_away(text: str) -> None:
    left = iter(text)
    assert all(char in left for char in md.strip_markdown(text))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("**bold** *it* _it_ __under__ ~~gone~~ ||secret||", "bold it it under gone secret"),
        ("***both*** **a *b* c** __*x*__", "both a b c x"),
        ("***a** b*", "a b"),
        ("snake_case_name 2 * 3 * 4", "snake_case_name 2 * 3 * 4"),
        ("a ** b", "a ** b"),
        ("**** ~~~~ ||||", "**** ~~~~ ||||"),
        ("**never closed", "**never closed"),
        ("*a **b* c**", "a **b c**"),
        ("`*code*` *not*", "*code* not"),
        ("``a`b`` ` `` `", "a`b ``"),
        ("```py\nx = '*'\n```", "x = '*'"),
        ("# Title\n## Two\n-# small\n> quoted\n>>> all", "Title\nTwo\nsmall\nquoted\nall"),
        ("> # both", "both"),
        ("#channel a # b", "#channel a # b"),
        ("[label](https://a.b/c) <https://x.y>", "label https://x.y"),
        ("[**bold**](https://a.b/c_d_e)", "bold"),
        ("[no](link) [a]", "[no](link) [a]"),
        (r"\*not\* \_x\_ \\ \a", r"*not* _x_ \ \a"),
        ("https://a.b/_c_d_ <:my_own_emoji:1> <@1>", "https://a.b/_c_d_ <:my_own_emoji:1> <@1>"),
        ("- one\n- *two*", "- one\n- two"),
        ("", ""),
    ],
)
def test_what_a_reader_sees(text: str, left: str) -> None:
    assert md.strip_markdown(text) == left


def test_escapes() -> None:
    assert md.escape_markdown("*a* _b_ `c` ||d||") == r"\*a\* \_b\_ \`c\` \|\|d\|\|"
    assert md.escape_markdown("> q\n# h\n- l\n1. n\na > b") == "\\> q\n\\# h\n\\- l\n1\\. n\na > b"
    assert md.escape_markdown("<:a_b:1> https://a.b/c_d") == "<:a_b:1> https://a.b/c_d"
    assert md.escape_markdown("[x](https://y.z)") == r"\[x\](https://y.z)"


@given(nasty)
def test_nobody_is_mentioned(text: str) -> None:
    escaped = md.escape_mentions(text)
    pinged = {"UserMarkup", "RoleMarkup", "EveryoneMarkup"}
    assert not {type(m).__name__ for m in parse_mentions(escaped, in_code=True)} & pinged
    assert escaped.replace("\u200b", "") == text.replace("\u200b", "")


def test_mentions_stay_readable() -> None:
    assert md.escape_mentions("@everyone <@1> <@&2> a@b.c") == (
        "@\u200beveryone <@\u200b1> <@\u200b&2> a@b.c"
    )


words = st.text(st.sampled_from("abc é"), min_size=1).filter(lambda text: text == text.strip())


@given(words)
def test_what_is_made_can_be_taken_away(text: str) -> None:
    for make in (md.bold, md.italic, md.underline, md.strikethrough, md.spoiler):
        assert md.strip_markdown(make(text)) == text
    assert md.strip_markdown(md.header(text, 2)) == text
    assert md.strip_markdown(md.subtext(text)) == text
    assert md.strip_markdown(md.quote(text)) == text
    assert md.strip_markdown(md.block_quote(text)) == text
    assert md.strip_markdown(md.masked_link(text, "https://a.b/(c)")) == text


@given(st.text(st.sampled_from("`a \\\n*")) | st.text())
def test_inline_code_is_one_piece(text: str) -> None:
    made = md.inline_code(text)
    (span,) = code_spans(made)
    assert (span.start, span.end, span.is_block) == (0, len(made), False)
    assert made[slice(*span.body)].replace("\u200b", "") == text.replace("\u200b", "")


@given(st.text(st.sampled_from("`a \\\n*")) | st.text())
def test_a_block_of_code_is_one_piece(text: str) -> None:
    for language in ("", "py"):
        made = md.code_block(text, language)
        (span,) = code_spans(made)
        assert (span.start, span.end, span.is_block) == (0, len(made), True)
        assert span.language == language
        shown = made[slice(*span.body)].replace("\u200b", "").strip("\n")
        assert shown == text.replace("\u200b", "").strip("\n")


def test_how_things_look() -> None:
    assert md.inline_code("a") == "`a`"
    assert md.inline_code("a`b") == "``a`b``"
    assert md.inline_code("`") == "`` ` ``"
    assert md.code_block("x", "py") == "```py\nx\n```"
    assert md.quote("a\nb") == "> a\n> b"
    assert md.block_quote("a\nb") == ">>> a\nb"
    assert md.header("a", 3) == "### a"
    assert md.subtext("a") == "-# a"
    assert md.masked_link("a]", "https://x.y/(z)", embed=False) == r"[a\]](<https://x.y/%28z%29>)"
    assert md.bullet_list(["a", ["b\nc", ["d"]], "e"]) == "- a\n  - b\n    c\n    - d\n- e"
    assert md.numbered_list(["a", ["b"], "c"]) == "1. a\n   1. b\n2. c"


@pytest.mark.parametrize(
    "call",
    [
        lambda: md.code_block("x", "two words"),
        lambda: md.header("x", 4),
        lambda: md.header("a\nb"),
        lambda: md.subtext("a\nb"),
        lambda: md.masked_link("x", "javascript:alert(1)"),
        lambda: md.masked_link(" ", "https://a.b"),
    ],
)
def test_what_cannot_be_made(call: Any) -> None:
    with pytest.raises(InvalidArgument):
        call()


def test_where_code_is() -> None:
    text = "a `b` ```py\nc\n``` \\`d `e"
    inline, block = code_spans(text)
    assert text[inline.start : inline.end] == "`b`"
    assert (block.language, text[slice(*block.body)]) == ("py", "c")


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit",
    [
        *(
            "*",
            "**a",
            "*a ",
            "_",
            "__",
            "~~",
            "||",
            "`",
            "``` ",
            "`a``b",
            "[",
            "[a](",
            "[a](https://",
        ),
        *(
            "\\",
            "> ",
            "# ",
            "-# ",
            "<",
            "<:",
            "</a ",
            "https://",
            "@",
            "*_",
            "**_~~",
            "   ",
            "1",
            "](",
        ),
    ],
)
def test_hostile_text_takes_no_longer_than_its_length(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    md.escape_markdown(text)
    md.escape_mentions(text)
    md.strip_markdown(text)
    code_spans(text)
