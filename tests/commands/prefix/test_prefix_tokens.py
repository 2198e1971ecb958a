from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption.commands.prefix import tokenize


def words(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \n ", []),
        ("roll 20", ["roll", "20"]),
        (" a\t b\n c ", ["a", "b", "c"]),
        ('"two words" x', ["two words", "x"]),
        ("'two words' “two words” „two words“ «two words»", ["two words"] * 4),
        ("\u2018a b\u2019 「c d」", ["a b", "c d"]),
        ('""', [""]),
        ("don't 'tis it's", ["don't", "'tis", "it's"]),
        ("'tis the dogs' day", ["tis the dogs", "day"]),
        ('"not closed here', ['"not', "closed", "here"]),
        ('"a"b c"', ['a"b c']),
        ('5"x7" x', ['5"x7"', "x"]),
        (r"\"a b\"", ['"a', 'b"']),
        (r'"say \"hi\" \\ \n"', [r'say "hi" \ \n']),
        (r"C:\dir \*not bold\*", [r"C:\dir", r"\*not", r"bold\*"]),
        ("```py\na = 1\n``` end", ["```py\na = 1\n```", "end"]),
        ("x```a b```y z", ["x```a b```y", "z"]),
        ("```not closed", ["```not", "closed"]),
        ('``` "quoted in code" ``` x', ['``` "quoted in code" ```', "x"]),
        ('"code ```in quotes``` too"', ["code ```in quotes``` too"]),
        ("`a b`", ["`a", "b`"]),
        ("<@1> <#2> <a:b:3>", ["<@1>", "<#2>", "<a:b:3>"]),
        ("a\u00a0b\u3000c", ["a", "b", "c"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_token_knows_where_it_was_and_whether_it_was_quoted() -> None:
    text = 'say "two words" now'
    tokens = tokenize(text)
    assert [text[token.start : token.end] for token in tokens] == ["say", '"two words"', "now"]
    assert [token.quoted for token in tokens] == [False, True, False]


@settings(deadline=None)
@given(st.text(alphabet="ab \"'`\\“”\n„", max_size=40))
def test_no_text_is_an_error_and_nothing_is_left_out(text: str) -> None:
    tokens = tokenize(text)
    at = 0
    for token in tokens:
        assert text[at : token.start].strip() == ""
        assert token.start < token.end
        at = token.end
    assert text[at:].strip() == ""


@settings(deadline=None)
@given(st.lists(st.text(alphabet="ab \"'\\\n“”`", min_size=0, max_size=8), max_size=6))
def test_what_is_quoted_comes_out_as_it_was(parts: list[str]) -> None:
    quoted = ['"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"' for part in parts]
    assert words(" ".join(quoted)) == parts
