"""Where a text is code: the spans between backticks, as Discord's clients see them.

Mentions and formatting mean nothing there, and a message that is split must not
end inside one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

__all__ = ["CodeSpan", "code_spans"]

_RUN = re.compile(r"`+")
_LANGUAGE = re.compile(r"([a-z0-9_+\-.#]+)\n", re.IGNORECASE)
_FENCE = "```"


@dataclass(frozen=True)
class CodeSpan:
    """One piece of code in a text.

    Attributes:
        start: Where its first backtick is.
        end: Where its last backtick ends.
        body: Where the code itself begins and ends.
        language: What a block says it is written in; empty where it does not.
        is_block: Whether it is a block, between three backticks.
    """

    start: int
    end: int
    body: tuple[int, int]
    language: str = ""
    is_block: bool = False


def code_spans(text: str) -> list[CodeSpan]:
    """Return the code in a text, in order; the time it takes grows with the text alone."""
    runs = [(found.start(), found.end()) for found in _RUN.finditer(text)]
    if len(runs) == 1 and runs[0][1] - runs[0][0] < 5:
        return []
    starts: dict[int, list[int]] = {}  # by length, for the closing runs
    for start, end in runs:
        starts.setdefault(end - start, []).append(start)
    spans: list[CodeSpan] = []
    fences = True  # whether there is another fence to close one
    at = 0
    for start, end in runs:
        if end <= at:
            continue
        if start < at:  # the rest of a run that closed a block
            start = at
        elif _escaped(text, start):
            start += 1
        if start == end:
            continue
        span = None
        if fences and end - start >= 3:
            span = _block(text, start)
            fences = span is not None or text.find(_FENCE, end) != -1
        if span is None:
            span = _inline(text, start, end, starts)
        if span is not None:
            spans.append(span)
            at = span.end
    return spans


def _escaped(text: str, at: int) -> bool:
    before = at
    while before and text[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1


def _block(text: str, start: int) -> CodeSpan | None:
    after = start + 3
    header = _LANGUAGE.match(text, after)
    for begin in (header.end(), after) if header else (after,):
        body = begin
        while body < len(text) and text[body] == "\n":
            body += 1
        close = text.find(_FENCE, body + 1)
        if close != -1:
            end = close
            while end > body + 1 and text[end - 1] == "\n":
                end -= 1
            language = header[1] if header and begin != after else ""
            return CodeSpan(start, close + 3, (body, end), language, True)
    return None


def _inline(text: str, start: int, end: int, starts: dict[int, list[int]]) -> CodeSpan | None:
    # A run without a match may be a shorter one with backticks after it.
    for length in range(end - start, 0, -1):
        closers = starts.get(length)
        if not closers or closers[-1] < end:
            continue
        close = closers[bisect_left(closers, end)]
        body, stop = start + length, close
        if text[body:stop].lstrip(" ").startswith("`") and text[body] == " ":
            body += 1
        if text[body:stop].rstrip(" ").endswith("`") and text[stop - 1] == " ":
            stop -= 1
        return CodeSpan(start, close + length, (body, stop))
    return None
