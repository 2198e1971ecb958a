"""Mentions and the rest of ``<…>``: made from ids, and found in texts.

```python
mention_time(event.starts_at, TimestampStyle.RELATIVE)      # <t:1618953630:R>
[found.id for found in parse_mentions(text) if isinstance(found, UserMarkup)]
```

See https://discord.com/developers/docs/reference#message-formatting
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import TypeAlias

from ..errors import InvalidArgument
from .code_spans import code_spans
from .core.enums import OpenStrEnum
from .core.snowflake import Snowflake
from .snowflakes import HasId, snowflake_of

__all__ = [
    "AnyMarkup",
    "ChannelMarkup",
    "CommandMarkup",
    "EmojiMarkup",
    "EveryoneMarkup",
    "Markup",
    "NavigationMarkup",
    "NavigationType",
    "RoleMarkup",
    "TimeMarkup",
    "TimestampStyle",
    "UserMarkup",
    "find_channel_ids",
    "find_role_ids",
    "find_user_ids",
    "mention_channel",
    "mention_command",
    "mention_emoji",
    "mention_navigation",
    "mention_role",
    "mention_time",
    "mention_user",
    "parse_mention",
    "parse_mentions",
    "replace_mentions",
]

_Id: TypeAlias = int | str | HasId

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_LATEST = 8_640_000_000_000
"""The last second that Discord's clients can show, before or after 1970."""

_COMMAND = r"[^\s:<>/@#]{1,32}"
_EMOJI_NAME = r"[A-Za-z0-9_]{1,32}"
# Every repeat is bounded, so that a text of "<<<<" costs no more than its length.
_MARKUP = re.compile(
    r"<(?:"
    r"@!?(?P<user>[0-9]{1,20})"
    r"|@&(?P<role>[0-9]{1,20})"
    r"|\#(?P<channel>[0-9]{1,20})"
    rf"|/(?P<command>{_COMMAND}(?:[ ]{_COMMAND}){{0,2}}):(?P<command_id>[0-9]{{1,20}})"
    rf"|(?P<animated>a?):(?P<emoji>{_EMOJI_NAME}):(?P<emoji_id>[0-9]{{1,20}})"
    r"|t:(?P<time>-?[0-9]{1,13})(?::(?P<style>[tTdDfFsSR]))?"
    r"|id:(?P<navigation>customize|browse|guide|linked-roles)(?::(?P<linked>[0-9]{1,20}))?"
    r")>"
    r"|@(?P<everyone>everyone|here)",
    re.VERBOSE,
)
_NAME = re.compile(rf"{_COMMAND}(?: {_COMMAND}){{0,2}}")
_PLAIN = re.compile(_EMOJI_NAME)


class TimestampStyle(OpenStrEnum):
    """How a moment is shown, in the reader's zone and language.

    See https://discord.com/developers/docs/reference#message-formatting-timestamp-styles
    """

    SHORT_TIME = "t"
    MEDIUM_TIME = "T"
    SHORT_DATE = "d"
    LONG_DATE = "D"
    LONG_DATE_SHORT_TIME = "f"
    FULL_DATE_SHORT_TIME = "F"
    SHORT_DATE_SHORT_TIME = "s"
    SHORT_DATE_MEDIUM_TIME = "S"
    RELATIVE = "R"


class NavigationType(OpenStrEnum):
    """A place in a guild that a text can lead to.

    See https://discord.com/developers/docs/reference#message-formatting-guild-navigation-types
    """

    CUSTOMIZE = "customize"
    BROWSE = "browse"
    GUIDE = "guide"
    LINKED_ROLES = "linked-roles"


@dataclass(frozen=True)
class Markup:
    """One ``<…>`` of a text; ``str()`` gives the text again, in its usual form.

    Attributes:
        span: Where it was found; it does not count when two are compared.
    """

    span: tuple[int, int] = field(default=(0, 0), compare=False, kw_only=True)


@dataclass(frozen=True)
class UserMarkup(Markup):
    """A mention of a user."""

    id: Snowflake

    def __str__(self) -> str:
        return mention_user(self.id)


@dataclass(frozen=True)
class RoleMarkup(Markup):
    """A mention of a role."""

    id: Snowflake

    def __str__(self) -> str:
        return mention_role(self.id)


@dataclass(frozen=True)
class ChannelMarkup(Markup):
    """A link to a channel or thread."""

    id: Snowflake

    def __str__(self) -> str:
        return mention_channel(self.id)


@dataclass(frozen=True)
class CommandMarkup(Markup):
    """A slash command to click on; `name` has the subcommand with it, ``"tag add"``."""

    name: str
    id: Snowflake

    def __str__(self) -> str:
        return mention_command(self.name, self.id)


@dataclass(frozen=True)
class EmojiMarkup(Markup):
    """A custom emoji."""

    name: str
    id: Snowflake
    animated: bool = False

    def __str__(self) -> str:
        return mention_emoji(self.name, self.id, animated=self.animated)


@dataclass(frozen=True)
class TimeMarkup(Markup):
    """A moment, in seconds since 1970."""

    seconds: int
    style: TimestampStyle | None = None

    @property
    def when(self) -> datetime | None:
        """The moment in UTC; None where Python has no such year (Discord goes further)."""
        try:
            return _EPOCH + timedelta(seconds=self.seconds)
        except OverflowError:
            return None

    def __str__(self) -> str:
        return mention_time(self.seconds, self.style)


@dataclass(frozen=True)
class NavigationMarkup(Markup):
    """A link to a place of the guild, or to one linked role."""

    kind: NavigationType
    role_id: Snowflake | None = None

    def __str__(self) -> str:
        return mention_navigation(self.kind, self.role_id)


@dataclass(frozen=True)
class EveryoneMarkup(Markup):
    """``@everyone``, or with `here` ``@here``."""

    here: bool = False

    def __str__(self) -> str:
        return "@here" if self.here else "@everyone"


AnyMarkup: TypeAlias = (
    UserMarkup
    | RoleMarkup
    | ChannelMarkup
    | CommandMarkup
    | EmojiMarkup
    | TimeMarkup
    | NavigationMarkup
    | EveryoneMarkup
)


def mention_user(user: _Id) -> str:
    """Return the text that shows as a user's name and pings."""
    return f"<@{snowflake_of(user, 'user')}>"


def mention_role(role: _Id) -> str:
    """Return the text that shows as a role's name and pings its members."""
    return f"<@&{snowflake_of(role, 'role')}>"


def mention_channel(channel: _Id) -> str:
    """Return the text that shows as a link to a channel or thread."""
    return f"<#{snowflake_of(channel, 'channel')}>"


def mention_command(name: str, command: _Id) -> str:
    """Return the text that shows as a slash command to click on.

    Args:
        name: The name, with group and subcommand after it: ``"tag add"``.
        command: The command or its id.

    Raises:
        InvalidArgument: That is no name of a command, or no id.
    """
    if not _NAME.fullmatch(name):
        raise InvalidArgument(f"a command's name is one to three words, not {name[:120]!r}")
    return f"</{name}:{snowflake_of(command, 'command')}>"


def mention_emoji(name: str, emoji: _Id, *, animated: bool = False) -> str:
    """Return the text that shows as a custom emoji.

    Raises:
        InvalidArgument: That is no name of an emoji, or no id.
    """
    if not _PLAIN.fullmatch(name):
        raise InvalidArgument(
            f"an emoji's name is 1 to 32 letters, digits and underscores, not {name[:40]!r}"
        )
    return f"<{'a' if animated else ''}:{name}:{snowflake_of(emoji, 'emoji')}>"


def mention_time(when: datetime | float, style: TimestampStyle | str | None = None) -> str:
    """Return the text that shows as a moment, in each reader's zone and language.

    Args:
        when: A datetime (one without a zone is local time) or seconds since 1970.
        style: How it is shown; by default as `TimestampStyle.LONG_DATE_SHORT_TIME`.

    Raises:
        InvalidArgument: There is no such style, or Discord cannot show the moment.
    """
    if isinstance(when, datetime):
        moment = when if when.tzinfo else when.astimezone()
        seconds = (moment - _EPOCH) // timedelta(seconds=1)
    else:
        try:
            seconds = int(when // 1)
        except (OverflowError, ValueError):
            raise InvalidArgument(f"{when} is no moment") from None
    if not -_LATEST <= seconds <= _LATEST:
        raise InvalidArgument(f"Discord shows no moment {seconds} seconds from 1970")
    if style is None:
        return f"<t:{seconds}>"
    known = TimestampStyle(style)
    if not known.is_known:
        letters = " ".join(TimestampStyle)
        raise InvalidArgument(f"a timestamp's style is one of {letters}, not {str(style)[:40]!r}")
    return f"<t:{seconds}:{known}>"


def mention_navigation(kind: NavigationType | str, role: _Id | None = None) -> str:
    """Return the text that leads to a place of the guild it is read in.

    Args:
        kind: The place.
        role: One linked role, for `NavigationType.LINKED_ROLES`.

    Raises:
        InvalidArgument: There is no such place, or it takes no role.
    """
    place = NavigationType(kind)
    if not place.is_known:
        places = ", ".join(NavigationType)
        raise InvalidArgument(f"a place in a guild is one of {places}, not {str(kind)[:40]!r}")
    if role is None:
        return f"<id:{place}>"
    if place is not NavigationType.LINKED_ROLES:
        raise InvalidArgument(f"only linked-roles leads to a role, {place} does not")
    return f"<id:{place}:{snowflake_of(role, 'role')}>"


def parse_mention(text: str) -> AnyMarkup:
    """Return what a text is that is one mention and nothing else.

    Raises:
        InvalidArgument: It is something else.
    """
    stripped = text.strip()
    found = _MARKUP.fullmatch(stripped)
    made = _typed(found) if found else None
    if made is None:
        raise InvalidArgument(f"{text[:80]!r} is no mention, emoji, timestamp or other <…>")
    return made


def parse_mentions(text: str, *, in_code: bool = False) -> list[AnyMarkup]:
    """Return every mention, channel, command, custom emoji and timestamp of a text, in order.

    Args:
        text: A message's content, for example.
        in_code: Whether what stands in code counts, which Discord shows as it is written.
    """
    if "<" not in text and "@" not in text:
        return []
    code = [] if in_code else code_spans(text)
    hidden = 0  # the first piece of code that does not end before here
    result: list[AnyMarkup] = []
    for found in _MARKUP.finditer(text):
        while hidden < len(code) and code[hidden].end <= found.start():
            hidden += 1
        if hidden < len(code) and code[hidden].start < found.end():
            continue
        made = _typed(found)
        if made is not None:
            result.append(made)
    return result


def find_user_ids(text: str) -> list[Snowflake]:
    """Return the ids of the users that a text mentions, each once, in order."""
    return list(dict.fromkeys(m.id for m in parse_mentions(text) if isinstance(m, UserMarkup)))


def find_role_ids(text: str) -> list[Snowflake]:
    """Return the ids of the roles that a text mentions, each once, in order."""
    return list(dict.fromkeys(m.id for m in parse_mentions(text) if isinstance(m, RoleMarkup)))


def find_channel_ids(text: str) -> list[Snowflake]:
    """Return the ids of the channels that a text links to, each once, in order."""
    return list(dict.fromkeys(m.id for m in parse_mentions(text) if isinstance(m, ChannelMarkup)))


def replace_mentions(text: str, replace: Callable[[AnyMarkup], str | None]) -> str:
    """Return a text with each mention outside code replaced, or left where the answer is None."""
    pieces: list[str] = []
    at = 0
    for markup in parse_mentions(text):
        instead = replace(markup)
        if instead is not None:
            start, end = markup.span
            pieces += text[at:start], instead
            at = end
    pieces.append(text[at:])
    return "".join(pieces)


_Simple: TypeAlias = type[UserMarkup] | type[RoleMarkup] | type[ChannelMarkup]
_SIMPLE: dict[str | None, _Simple] = {
    "user": UserMarkup,
    "role": RoleMarkup,
    "channel": ChannelMarkup,
}


def _typed(found: re.Match[str]) -> AnyMarkup | None:
    """Return what was found; None where a number is too large for Discord to know it."""
    span = found.span()
    simple = _SIMPLE.get(found.lastgroup)
    if simple is not None:
        id = _snowflake(found[found.lastindex or 0])
        return None if id is None else simple(id, span=span)
    if found["everyone"]:
        return EveryoneMarkup(found["everyone"] == "here", span=span)
    if found["command"]:
        id = _snowflake(found["command_id"])
        return None if id is None else CommandMarkup(found["command"], id, span=span)
    if found["emoji"]:
        id = _snowflake(found["emoji_id"])
        animated = bool(found["animated"])
        return None if id is None else EmojiMarkup(found["emoji"], id, animated, span=span)
    if found["time"]:
        seconds = int(found["time"])
        if not -_LATEST <= seconds <= _LATEST:
            return None
        style = TimestampStyle(found["style"]) if found["style"] else None
        return TimeMarkup(seconds, style, span=span)
    place = NavigationType(found["navigation"])
    if not found["linked"]:
        return NavigationMarkup(place, span=span)
    role_id = _snowflake(found["linked"])
    if role_id is None or place is not NavigationType.LINKED_ROLES:
        return None
    return NavigationMarkup(place, role_id, span=span)


def _snowflake(digits: str) -> Snowflake | None:
    number = int(digits)
    return Snowflake(number) if number < 1 << 64 else None
