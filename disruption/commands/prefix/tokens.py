"""The text of a prefix command cut into words: quotes, escapes, blocks of code. Pure.

Nothing that a person writes is an error here: a quote that does not close is a character.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["Token", "tokenize"]

_QUOTES: Final = {
    '"': '"',
    "'": "'",
    "“": "”",
    "„": "“",
    "\u2018": "\u2019",
    "«": "»",
    "「": "」",
    "『": "』",
}
_FENCE: Final = "```"
_ESCAPED: Final = frozenset((*_QUOTES, *_QUOTES.values(), "\\"))


@dataclass(frozen=True)
class Token:
    """A word, or what stands in quotes.

    Attributes:
        text: Its text, without the quotes and with escapes undone.
        start: Where it begins in the text, quotes included.
        end: Where it ends.
        quoted: Whether it stands in quotes; it is then never the name of a flag.
    """

    text: str
    start: int
    end: int
    quoted: bool = False


def tokenize(text: str) -> list[Token]:
    """Cut a text into words.

    - Spaces and line ends separate, but in quotes (``"…"``, ``'…'``, ``“…”``, ``«…»`` …) that
      begin and end where a word does, and in a block of code, which stays as it is with its
      three backticks.
    - A backslash before a quote or a backslash takes its meaning away; before anything else
      it is a backslash, as Discord's markdown has it.
    """
    tokens: list[Token] = []
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text):
            return tokens
        token = _quoted(text, at) or _word(text, at)
        tokens.append(token)
        at = token.end


def _quoted(text: str, start: int) -> Token | None:
    """Return what stands in quotes from here; None where that is no whole word."""
    closing = _QUOTES.get(text[start])
    if closing is None:
        return None
    found: list[str] = []
    at = start + 1
    while at < len(text):
        letter = text[at]
        if letter == "\\" and text[at + 1 : at + 2] in _ESCAPED:
            found.append(text[at + 1])
            at += 2
            continue
        if letter == closing:
            after = at + 1
            if after == len(text) or text[after].isspace():
                return Token("".join(found), start, after, True)
            if closing != text[start]:
                return None
        found.append(letter)
        at += 1
    return None


def _word(text: str, start: int) -> Token:
    found: list[str] = []
    at = start
    while at < len(text) and not text[at].isspace():
        if text.startswith(_FENCE, at):
            closed = text.find(_FENCE, at + len(_FENCE))
            if closed > 0:
                found.append(text[at : closed + len(_FENCE)])
                at = closed + len(_FENCE)
                continue
        if text[at] == "\\" and text[at + 1 : at + 2] in _ESCAPED:
            at += 1
        found.append(text[at])
        at += 1
    return Token("".join(found), start, at)
