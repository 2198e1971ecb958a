"""Where a text may be cut without tearing apart what is seen as one character."""

from __future__ import annotations

from unicodedata import category

__all__ = ["safe_cut"]

_JOINER = "\u200d"
_JOINING = "\u0e33\u0eb3"  # vowels of Thai and Lao that count as letters, but hang on one
_REACH = 64  # how long one visible character may be; more is somebody's stack of accents


def safe_cut(text: str, at: int, start: int = 0) -> int:
    """Return the last place at or before `at` that is between two visible characters.

    Accents, skin tones, joined emojis, flags, tagged sequences, surrogates and line ends of
    two characters stay whole. Where no such place is near, `at` itself is returned: a stack
    of a thousand accents is cut somewhere.

    Args:
        text: The text.
        at: Where it should be cut.
        start: What comes before counts as cut off already.
    """
    if at <= start or at >= len(text):
        return at
    place = at
    while place > start and at - place < _REACH:
        if not _inside(text, place, start):
            return place
        place -= 1
    return at


def _inside(text: str, at: int, start: int) -> bool:
    before, after = text[at - 1], text[at]
    if after < "\u0300":  # nothing below joins, except the two halves of a line end
        return before == _JOINER or (before == "\r" and after == "\n")
    if before == _JOINER or after == _JOINER or "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    if category(after) in ("Mn", "Me", "Mc") or after in _JOINING:
        return True
    if "\U000e0020" <= after <= "\U000e007f" or "\u1160" <= after <= "\u11ff":  # tags, Hangul
        return True
    if "\udc00" <= after <= "\udfff" and "\ud800" <= before <= "\udbff":
        return True
    if _flag(after) and _flag(before):
        run = at - 1
        while run > start and _flag(text[run - 1]) and at - run < _REACH:
            run -= 1
        return (at - run) % 2 == 1
    return False


def _flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
