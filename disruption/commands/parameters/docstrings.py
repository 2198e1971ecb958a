"""What a function's docstring tells of it: its first paragraph and its arguments.

Google's, NumPy's and reStructuredText's ways of writing arguments are understood.
"""

from __future__ import annotations

import inspect
import re
from typing import Final

__all__ = ["read_docstring"]

_GOOGLE: Final = re.compile(
    r"(?:Args|Arguments|Parameters|Params|Keyword Args|Other Parameters):\s*"
)
_GOOGLE_ANY: Final = re.compile(r"[A-Z][A-Za-z ]{1,30}:\s*")
_GOOGLE_ENTRY: Final = re.compile(r"\*{0,2}(\w+)\s*(?:\([^)]*\))?\s*:\s*(.*)")
_NUMPY: Final = re.compile(r"(?:Parameters|Other Parameters)\s*")
_NUMPY_ENTRY: Final = re.compile(r"(\*{0,2}\w+(?:\s*,\s*\*{0,2}\w+)*)\s*(?::.*)?")
_RULE: Final = re.compile(r"-{3,}\s*")
_REST: Final = re.compile(
    r":(?:param|parameter|arg|argument|key|keyword)\s+(?:[^:]*?\s)?\\?\*{0,2}(\w+)\s*:\s*(.*)"
)
_REST_ANY: Final = re.compile(r":[A-Za-z]+(?:\s[^:]*)?:(?:\s|$)")


def read_docstring(function: object) -> tuple[str, dict[str, str]]:
    """Return the first paragraph of a docstring, and what it says of each argument.

    Line breaks become spaces. Both are empty where there is no docstring.

    Args:
        function: A function, class or method.
    """
    text = getattr(function, "__doc__", None)
    if not isinstance(text, str) or not text.strip():
        return "", {}
    lines = inspect.cleandoc(text).splitlines()
    arguments: dict[str, list[str]] = {}
    starts = len(lines)
    at = 0
    while at < len(lines):
        following = lines[at + 1] if at + 1 < len(lines) else ""
        line = lines[at]
        if _NUMPY.fullmatch(line) and _RULE.fullmatch(following):
            starts = min(starts, at)
            at = _numpy(lines, at + 2, arguments)
        elif _GOOGLE.fullmatch(line):
            starts = min(starts, at)
            at = _google(lines, at + 1, arguments)
        elif _REST_ANY.match(line.strip()):
            starts = min(starts, at)
            at = _rest(lines, at, arguments)
        else:
            if _GOOGLE_ANY.fullmatch(line) or (line.strip() and _RULE.fullmatch(following)):
                starts = min(starts, at)
            at += 1
    summary: list[str] = []
    for line in lines[:starts]:
        if not line.strip():
            break
        summary.append(line.strip())
    told = {name: " ".join(" ".join(parts).split()) for name, parts in arguments.items()}
    return " ".join(summary), {name: text for name, text in told.items() if text}


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _google(lines: list[str], at: int, arguments: dict[str, list[str]]) -> int:
    """Read the entries after ``Args:``; return the number of the first line after them."""
    outer: int | None = None
    current: list[str] | None = None
    while at < len(lines):
        line = lines[at]
        if line.strip():
            indent = _indent(line)
            if indent == 0:
                break
            outer = indent if outer is None else min(outer, indent)
            entry = _GOOGLE_ENTRY.fullmatch(line.strip()) if indent <= outer else None
            if entry is not None:
                current = arguments.setdefault(entry[1], [])
                current.append(entry[2])
            elif current is not None and indent > outer:
                current.append(line.strip())
        at += 1
    return at


def _numpy(lines: list[str], at: int, arguments: dict[str, list[str]]) -> int:
    """Read the entries under a ruled ``Parameters``; return the first line after them."""
    current: list[list[str]] = []
    while at < len(lines):
        line = lines[at]
        if at + 1 < len(lines) and line.strip() and _RULE.fullmatch(lines[at + 1]):
            break
        if line.strip():
            if _indent(line) == 0:
                entry = _NUMPY_ENTRY.fullmatch(line.strip())
                names = entry[1].split(",") if entry is not None else []
                current = [arguments.setdefault(name.strip(" *"), []) for name in names]
            else:
                for texts in current:
                    texts.append(line.strip())
        at += 1
    return at


def _rest(lines: list[str], at: int, arguments: dict[str, list[str]]) -> int:
    """Read one ``:param name: text`` and the lines that go on with it."""
    field = _REST.fullmatch(lines[at].strip())
    indent = _indent(lines[at])
    current = None if field is None else arguments.setdefault(field[1], [])
    if current is not None and field is not None:
        current.append(field[2])
    at += 1
    while at < len(lines) and lines[at].strip() and _indent(lines[at]) > indent:
        if current is not None:
            current.append(lines[at].strip())
        at += 1
    return at
