"""Long texts cut into messages, and texts made readable outside Discord.

Discord counts a message's characters as Python does, in code points (its API is written
in Python: https://github.com/discord/discord-api-docs/issues/1315), so ``len()`` is the
measure of every limit here. A coloured family of four is 7 to 11 of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from ..errors import InvalidArgument
from .code_spans import CodeSpan, code_spans
from .graphemes import safe_cut
from .markdown import escape_mentions
from .markup import (
    AnyMarkup,
    ChannelMarkup,
    CommandMarkup,
    EmojiMarkup,
    NavigationMarkup,
    RoleMarkup,
    TimeMarkup,
    UserMarkup,
    parse_mentions,
    replace_mentions,
)

if TYPE_CHECKING:
    from .message import Message

__all__ = ["MESSAGE_LIMIT", "Names", "clean_content", "split_text", "truncate"]

MESSAGE_LIMIT = 2000
"""How many characters the content of a message may have."""

_SMALLEST = 32
_CLOSING = "\n```"

Names: TypeAlias = Mapping[int, str]
"""What things are called, by their ids."""


def split_text(text: str, limit: int = MESSAGE_LIMIT) -> list[str]:
    """Cut a long text into pieces that can each be a message.

    It is cut at a line's end where there is one in the later half of a piece, else at a
    space, else between two characters, and never within an emoji, a mention or code between
    single backticks. A block of code goes whole into the next piece if it fits there; if it
    is longer than a piece, it is closed and opened again with its language. The one line end
    or space at a cut is left out, and so are pieces that would be blank, which Discord
    refuses.

    Args:
        text: The text.
        limit: How many characters a piece may have: 2000 in a message, 4096 in an embed's
            description; at least 32.

    Returns:
        The pieces in order; none for a blank text.

    Raises:
        InvalidArgument: The limit is too small.
    """
    if limit < _SMALLEST:
        raise InvalidArgument(f"limit must be at least {_SMALLEST} characters, not {limit}")
    if len(text) <= limit:
        return [text] if text.strip() else []
    spans = code_spans(text)
    splitter = _Splitter(text, limit, _whole(text, spans))
    at = 0
    for span in spans:
        if span.is_block:
            splitter.prose(at, span.start)
            splitter.block(span)
            at = span.end
    splitter.prose(at, len(text))
    splitter.flush()
    return splitter.pieces


def truncate(text: str, limit: int = MESSAGE_LIMIT, *, ending: str = "…") -> str:
    """Return a text that is at most `limit` characters long; `ending` shows where it was cut.

    Nothing is cut within an emoji or a mention, and a block of code that was cut is closed.

    Raises:
        InvalidArgument: The ending does not fit.
    """
    if len(text) <= limit:
        return text
    room = limit - len(ending)
    if room < 0:
        raise InvalidArgument(f"limit must leave room for the ending, {limit} does not")
    spans = code_spans(text)
    cut = _before(_whole(text, spans), safe_cut(text, room), 0)
    for span in spans:
        if span.is_block and span.start < cut < span.end:
            begin, _ = span.body
            inside = safe_cut(text, room - len(_CLOSING), begin)
            if inside <= begin:  # not even one character of the code would be left
                cut = span.start
                break
            return text[:inside] + ending + _CLOSING
    return text[:cut] + ending


def clean_content(
    message: Message | str,
    *,
    users: Names | None = None,
    roles: Names | None = None,
    channels: Names | None = None,
) -> str:
    """Return a message's text as a reader of Discord sees it: names instead of ids.

    ``<@1>`` becomes ``@Ann``, ``<#2>`` ``#general``, ``<:wave:3>`` ``:wave:``, and
    ``<t:0>`` ``1970-01-01 00:00 UTC``. The names of users are those a message carries;
    a message does not carry those of roles, and seldom those of channels: a guild's can be
    given. What is not known becomes ``@unknown-user`` and so on, as in Discord. Code is left
    alone. The answer pings nobody when it is sent again.

    Args:
        message: The message, or its text alone.
        users: More names of users, by id.
        roles: Names of roles, by id.
        channels: Names of channels, by id.
    """
    if isinstance(message, str):
        text, names = message, _Names(users, roles, channels)
    else:
        text, names = message.content, _Names(users, roles, channels)
        names.learn(message)
    return escape_mentions(replace_mentions(text, names.of))


class _Splitter:
    """Fills one piece after the other."""

    def __init__(self, text: str, limit: int, whole: list[tuple[int, int]]) -> None:
        self.text = text
        self.limit = limit
        self.whole = whole  # what must not be cut: mentions, inline code
        self.pieces: list[str] = []
        self.current = ""

    def flush(self) -> None:
        if self.current.strip():
            self.pieces.append(self.current)
        self.current = ""

    def prose(self, at: int, end: int) -> None:
        """Add text, cut where it is best."""
        while at < end:
            room = self.limit - len(self.current)
            if end - at <= room:
                self.current += self.text[at:end]
                return
            cut, after = self._cut(at, at + room)
            if self.current and cut == after:
                self.flush()  # there is no good place in the rest of this piece
                continue
            self.current += self.text[at:cut]
            self.flush()
            at = after

    def block(self, span: CodeSpan) -> None:
        """Add a block of code, whole if it can be."""
        size = span.end - span.start
        if len(self.current) + size <= self.limit:
            self.current += self.text[span.start : span.end]
            return
        if size <= self.limit:
            if self.current.endswith("\n"):
                self.current = self.current[:-1]
            self.flush()
            self.current = self.text[span.start : span.end]
            return
        opening = f"```{span.language}\n"
        if len(opening) + len(_CLOSING) > self.limit // 2:
            opening = "```\n"
        frame = len(opening) + len(_CLOSING)
        at, end = span.body
        if self.limit - len(self.current) < frame + self.limit // 4:
            self.flush()
        while True:
            room = self.limit - len(self.current) - frame
            if end - at <= room:
                self.current += opening + self.text[at:end] + _CLOSING
                return
            cut, after = self._cut(at, at + room, code=True)
            if not self.text[at:cut].isspace():
                self.current += opening + self.text[at:cut] + _CLOSING
            self.flush()
            at = after

    def _cut(self, at: int, limit: int, *, code: bool = False) -> tuple[int, int]:
        """Return where to end a piece that begins at `at`, and where the next one begins."""
        text = self.text
        half = at + (limit - at) // 2
        # The separator itself is left out, so it may stand just behind the limit.
        for separator, since in (("\n", half), (" ", half), ("\n", at), (" ", at)):
            if code and separator == " ":
                continue
            place = text.rfind(separator, since, limit + 1)
            while place > at and _before(self.whole, place, at) != place:
                place = text.rfind(separator, since, _before(self.whole, place, at))
            if place > at:
                return place, place + 1
        cut = safe_cut(text, limit, at)
        if not code:
            cut = _before(self.whole, cut, at)
        return cut, cut


def _whole(text: str, spans: Iterable[CodeSpan]) -> list[tuple[int, int]]:
    """Return what should not be cut, in order: mentions outside code, and code in a line."""
    inline = [(span.start, span.end) for span in spans if not span.is_block]
    return sorted([*inline, *(markup.span for markup in parse_mentions(text))])


def _before(whole: list[tuple[int, int]], cut: int, start: int) -> int:
    """Return `cut`, or the beginning of the unit it would cut through if that is possible."""
    from bisect import bisect_left

    index = bisect_left(whole, (cut, 0)) - 1
    if index >= 0:
        begin, end = whole[index]
        if start < begin < cut < end:
            return begin
    return cut


class _Names:
    """What the ids in a message stand for."""

    def __init__(self, users: Names | None, roles: Names | None, channels: Names | None) -> None:
        self.users = dict(users or {})
        self.roles = dict(roles or {})
        self.channels = dict(channels or {})

    def learn(self, message: Message) -> None:
        """Take the names that a message carries; names that were given stay."""
        for user in message.mentions:
            named = user.member.nick if user.member is not None else None
            self.users.setdefault(user.id, named or user.display_name)
        for channel in message.mention_channels or ():
            self.channels.setdefault(channel.id, channel.name)
        if message.thread is not None and message.thread.name:
            self.channels.setdefault(message.thread.id, message.thread.name)
        resolved = message.resolved
        if resolved is None:
            return
        members = resolved.members or {}
        for user_id, person in (resolved.users or {}).items():
            member = members.get(user_id)
            nick = member.nick if member is not None else None
            self.users.setdefault(user_id, nick or person.display_name)
        for role_id, role in (resolved.roles or {}).items():
            self.roles.setdefault(role_id, role.name)
        for channel_id, place in (resolved.channels or {}).items():
            if place.name:
                self.channels.setdefault(channel_id, place.name)

    def of(self, markup: AnyMarkup) -> str | None:
        """Return what a reader sees in place of a mention."""
        match markup:
            case UserMarkup(id=user_id):
                return f"@{self.users.get(user_id, 'unknown-user')}"
            case RoleMarkup(id=role_id):
                return f"@{self.roles.get(role_id, 'unknown-role').removeprefix('@')}"
            case ChannelMarkup(id=channel_id):
                return f"#{self.channels.get(channel_id, 'unknown-channel')}"
            case CommandMarkup(name=name):
                return f"/{name}"
            case EmojiMarkup(name=name):
                return f":{name}:"
            case TimeMarkup(when=when) if when is not None:
                return f"{when:%Y-%m-%d %H:%M} UTC"
            case NavigationMarkup(kind=kind):
                return f"#{kind}"
            case _:
                return None
