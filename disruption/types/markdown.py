"""Markdown as Discord's clients read it: made, escaped and taken away.

What is given to `bold`, `quote` and the others may hold formatting of its own; text
from people goes through `escape_markdown` first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from ..errors import InvalidArgument
from .code_spans import code_spans

__all__ = [
    "Items",
    "block_quote",
    "bold",
    "bullet_list",
    "code_block",
    "escape_markdown",
    "escape_mentions",
    "header",
    "inline_code",
    "italic",
    "masked_link",
    "numbered_list",
    "quote",
    "spoiler",
    "strikethrough",
    "strip_markdown",
    "subtext",
    "underline",
]

Items: TypeAlias = "Iterable[str | Items]"
"""The lines of a list; a list among them is indented."""

_GAP = "\u200b"
"""A space of no width, which keeps apart what must not be read together."""

# What formatting never reaches into: <@1>, <:name:1>, <t:1:R>, addresses.
_KEPT = r"<[@#/:at][^\s<>]{1,100}(?:[ ][^\s<>]{1,100}){0,2}>|https?://[^\s<>*~|`\\\[\]()]+"
_ESCAPED = re.compile(
    rf"(?P<kept>{_KEPT})|[\\*_~|`\[\]]|<(?=https?://)|^[ ]*(?:[>#-]|[0-9]{{1,9}}\.)",
    re.MULTILINE,
)
_MENTION = re.compile(r"@(?=everyone|here|[!&]?[0-9]{1,20}>)")
_ADDRESS = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z0-9_+\-.#]*")
_TICKS = re.compile(r"`+")


def bold(text: str) -> str:
    """Return the text in bold."""
    return f"**{text}**"


def italic(text: str) -> str:
    """Return the text in italics."""
    return f"_{text}_"


def underline(text: str) -> str:
    """Return the text underlined."""
    return f"__{text}__"


def strikethrough(text: str) -> str:
    """Return the text struck through."""
    return f"~~{text}~~"


def spoiler(text: str) -> str:
    """Return the text hidden until it is clicked on."""
    return f"||{text}||"


def inline_code(text: str) -> str:
    """Return the text as code within a line; backticks in it stay visible."""
    runs = {len(run) for run in _TICKS.findall(text)}
    ticks = "`" if 1 not in runs else "``"
    if ticks == "``" and runs - {1}:  # three would begin a block
        text = re.sub(r"`(?=`)", "`" + _GAP, text)
    if text.lstrip(" ").startswith("`"):  # one space beside a backtick is not shown
        text = " " + text
    if text.rstrip(" ").endswith("`"):
        text += " "
    return f"{ticks}{text or _GAP}{ticks}"


def code_block(text: str, language: str = "") -> str:
    """Return the text as a block of code.

    Three backticks in it, which would end the block, are kept apart by a space of no width.

    Args:
        text: The code.
        language: For the colours: ``py``, ``json``, ``diff``, ``ansi`` …

    Raises:
        InvalidArgument: That is no name of a language.
    """
    if not _LANGUAGE.fullmatch(language):
        raise InvalidArgument(f"a language is one word like py, not {language[:40]!r}")
    text = text.replace("```", f"`{_GAP}`{_GAP}`")
    shown = text if text.strip("\n") else _GAP
    return f"```{language}\n{shown}\n```"


def quote(text: str) -> str:
    """Return the text as a quotation, line by line."""
    return "\n".join(f"> {line}" for line in text.split("\n"))


def block_quote(text: str) -> str:
    """Return the text as a quotation that reaches to the end of the message."""
    return f">>> {text}"


def header(text: str, level: int = 1) -> str:
    """Return the text as a headline.

    Args:
        text: One line.
        level: 1, 2 or 3; 1 is the largest.

    Raises:
        InvalidArgument: There is no such level, or the text has several lines.
    """
    if level not in (1, 2, 3):
        raise InvalidArgument(f"level must be 1, 2 or 3, not {level}")
    return f"{'#' * level} {_one_line(text, 'a header')}"


def subtext(text: str) -> str:
    """Return the text as a small grey line.

    Raises:
        InvalidArgument: The text has several lines.
    """
    return f"-# {_one_line(text, 'subtext')}"


def masked_link(text: str, url: str, *, embed: bool = True) -> str:
    """Return a text that leads to an address when it is clicked on.

    Args:
        text: What is shown; square brackets in it are escaped.
        url: Where it leads, http or https.
        embed: Whether Discord may show a preview.

    Raises:
        InvalidArgument: The address is none, or the text is empty.
    """
    if not _ADDRESS.fullmatch(url):
        raise InvalidArgument(f"a link leads to http:// or https://, not {url[:80]!r}")
    if not text.strip():
        raise InvalidArgument("a link needs a text to be seen")
    shown = re.sub(r"(?<!\\)([\[\]])", r"\\\1", text)
    target = url.replace("(", "%28").replace(")", "%29")
    return f"[{shown}]({target})" if embed else f"[{shown}](<{target}>)"


def bullet_list(items: Items) -> str:
    """Return a list with a dot before each item; lists among the items are indented."""
    return "\n".join(_lines(items, numbered=False, indent=0))


def numbered_list(items: Items) -> str:
    """Return a list with a number before each item; lists among the items are indented."""
    return "\n".join(_lines(items, numbered=True, indent=0))


def escape_markdown(text: str) -> str:
    """Return a text that shows exactly as it is written.

    Mentions, emojis, timestamps and addresses in it keep working; `escape_mentions` is for
    those. `strip_markdown` is the inverse.
    """
    return _ESCAPED.sub(_escape, text)


def escape_mentions(text: str) -> str:
    """Return a text that pings nobody, whatever a message allows.

    A space of no width after each ``@`` does it. ``allowed_mentions`` is the better way
    where the message is one's own to send.
    """
    return _MENTION.sub(f"@{_GAP}", text)


def strip_markdown(text: str) -> str:
    """Return what a reader sees: the text without its formatting.

    Code stays without its backticks, a masked link keeps its text, mentions and lists stay
    as they are. Markers that format nothing stay too (``2 * 3 * 4``).
    """
    stripped = _Stripper(text)
    at = 0
    for code in code_spans(text):
        stripped.read(at, code.start)
        stripped.keep(text[slice(*code.body)])
        at = code.end
    stripped.read(at, len(text))
    return "".join(stripped.pieces)


_TOKEN = re.compile(
    rf"\\(?P<literal>[^0-9A-Za-z\s])"
    rf"|<(?P<quiet>https?://[^\s<>*~|`\\\[\]()]+)>"
    rf"|(?P<kept>{_KEPT})"
    r"|(?P<run>\*+|_+|~~|\|\|)"
    r"|(?P<opens>\[)(?=[^\[\]\n]{1,1000}\]\(<?https?://[^\s<>()]{1,2000}>?\))"
    r"|(?P<closes>\]\(<?https?://[^\s<>()]{1,2000}>?\))"
    r"|^(?P<lead>(?:>>>[ ]|>[ ])?(?:\#{1,3}[ ]+|-\#[ ]+)?)(?=[^\n])",
    re.MULTILINE,
)


class _Stripper:
    """Reads a text from left to right and takes away the markers that come in pairs."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[str] = []  # what is left; a marker that found its partner is ""
        self._open: list[tuple[str, int, int]] = []  # markers that wait: text, piece, end
        self._waiting: dict[str, int] = {}  # how many of each there are
        self._linked = False  # whether a masked link's text has begun

    def keep(self, text: str) -> None:
        self.pieces.append(text)

    def read(self, start: int, end: int) -> None:
        at = start
        for found in _TOKEN.finditer(self.text, start, end):
            if found.end() == found.start():
                continue
            self.keep(self.text[at : found.start()])
            at = found.end()
            kind = found.lastgroup
            if kind in ("literal", "quiet", "kept"):
                self.keep(found[kind])
            elif kind == "run":
                self._run(found.start(), found.end())
            elif kind == "opens":
                self._linked = True
            elif kind == "closes":
                if not self._linked:
                    self.keep(found[0])
                self._linked = False
        self.keep(self.text[at:end])

    def _run(self, start: int, end: int) -> None:
        """Close with as much of a run of markers as fits, and open with the rest."""
        text = self.text
        char = text[start]
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        pairs = char * 2
        if char == "*":
            opens, closes = not after.isspace(), not before.isspace()
        elif char == "_":
            opens, closes = not _word(before), not _word(after)
        else:
            opens = closes = True
        at = start
        while at < end:
            left = end - at
            marker = self._nearest(char, left, closes, at)
            if marker is not None:
                self.keep("")
            else:
                marker = pairs if left >= 2 else char
                if len(marker) == 2 or opens:
                    self._open.append((marker, len(self.pieces), at + len(marker)))
                    self._waiting[marker] = self._waiting.get(marker, 0) + 1
                self.keep(marker)
            at += len(marker)

    def _nearest(self, char: str, left: int, closes: bool, at: int) -> str | None:
        """Take the nearest open marker that can be closed here, with all that it encloses."""
        wanted = {
            marker
            for marker, fits in ((char, closes and left % 2 == 1), (char * 2, left >= 2))
            if fits and self._waiting.get(marker)
        }
        if not wanted:
            return None
        waiting = self._open
        index = len(waiting) - 1
        while waiting[index][0] not in wanted:
            index -= 1
        marker, piece, end = waiting[index]
        if end == at:  # nothing between
            return None
        above = waiting[index + 1 :]
        if len(above) == 1 and above[0][2] == end + 1:
            above = []  # ***: both began together, and the other one may end later
            del waiting[index]
        else:
            del waiting[index:]
        for other in (marker, *(text for text, _, _ in above)):
            self._waiting[other] -= 1
        self.pieces[piece] = ""
        return marker


def _word(char: str) -> bool:
    return char == "_" or char.isalnum()


def _escape(found: re.Match[str]) -> str:
    text = found[0]
    if found["kept"]:
        return text
    return f"{text[:-1]}\\{text[-1]}"


def _one_line(text: str, what: str) -> str:
    if "\n" in text:
        raise InvalidArgument(f"{what} is one line of text, this has {text.count(chr(10)) + 1}")
    return text


def _lines(items: Items, numbered: bool, indent: int) -> list[str]:
    lines: list[str] = []
    number = 0
    for item in items:
        if isinstance(item, str):
            number += 1
            mark = f"{number}." if numbered else "-"
            first, *rest = item.split("\n")
            lines.append(f"{' ' * indent}{mark} {first}")
            lines += (f"{' ' * (indent + len(mark) + 1)}{line}" for line in rest)
        else:
            lines += _lines(item, numbered, indent + (3 if numbered else 2))
    return lines
