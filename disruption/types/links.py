"""Links into Discord: made from ids, and found in texts.

Those of the test clients (``canary.``, ``ptb.``) and of the old domain
``discordapp.com`` are understood too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from ..errors import InvalidArgument
from .core.snowflake import Snowflake
from .snowflakes import HasId, snowflake_of

__all__ = [
    "AnyLink",
    "ChannelLink",
    "EventLink",
    "InviteLink",
    "Link",
    "MessageLink",
    "TemplateLink",
    "WebhookLink",
    "channel_link",
    "event_link",
    "find_links",
    "invite_link",
    "message_link",
    "parse_link",
    "template_link",
    "webhook_link",
]

_Id: TypeAlias = int | str | HasId

_SITE = r"(?:(?:www|canary|ptb)\.)?discord(?:app)?\.com"
_SNOWFLAKE = r"[0-9]{1,20}"
_CODE = r"[A-Za-z0-9][A-Za-z0-9-]{0,99}"
# Every repeat is bounded, so that a hostile text costs no more than its length.
_LINK = re.compile(
    r"(?<![\w.@/-])(?:https?://)?(?:"
    rf"{_SITE}/channels/(?P<guild>@me|{_SNOWFLAKE})/(?P<channel>{_SNOWFLAKE})"
    rf"(?:/(?P<message>{_SNOWFLAKE}))?(?![0-9])"
    rf"|(?:{_SITE}/invite|(?:www\.)?discord\.gg)/(?P<invite>{_CODE})"
    rf"(?:\?event=(?P<invite_event>{_SNOWFLAKE}))?"
    rf"|(?:{_SITE}/template|(?:www\.)?discord\.new)/(?P<template>{_CODE})"
    rf"|{_SITE}/events/(?P<event_guild>{_SNOWFLAKE})/(?P<event>{_SNOWFLAKE})(?![0-9])"
    rf"|{_SITE}/api(?:/v[0-9]{{1,2}})?/webhooks/(?P<webhook>{_SNOWFLAKE})"
    r"/(?P<token>[A-Za-z0-9_.-]{1,200})(?![A-Za-z0-9_.-])"
    r")",
    re.VERBOSE | re.IGNORECASE,
)
_WHOLE_CODE = re.compile(_CODE)
_WHOLE_TOKEN = re.compile(r"[A-Za-z0-9_.-]{1,200}")


@dataclass(frozen=True)
class Link:
    """A link into Discord; ``str()`` gives it in its usual form.

    Attributes:
        span: Where it was found; it does not count when two are compared.
    """

    span: tuple[int, int] = field(default=(0, 0), compare=False, kw_only=True)


@dataclass(frozen=True)
class MessageLink(Link):
    """A link to a message; `guild_id` is None in direct messages."""

    guild_id: Snowflake | None
    channel_id: Snowflake
    message_id: Snowflake

    def __str__(self) -> str:
        return message_link(self.channel_id, self.message_id, self.guild_id)


@dataclass(frozen=True)
class ChannelLink(Link):
    """A link to a channel or thread; `guild_id` is None for direct messages."""

    guild_id: Snowflake | None
    channel_id: Snowflake

    def __str__(self) -> str:
        return channel_link(self.channel_id, self.guild_id)


@dataclass(frozen=True)
class InviteLink(Link):
    """An invite; `event_id` is the scheduled event that it shows."""

    code: str
    event_id: Snowflake | None = None

    def __str__(self) -> str:
        return invite_link(self.code, event=self.event_id)


@dataclass(frozen=True)
class TemplateLink(Link):
    """A template to make a guild from."""

    code: str

    def __str__(self) -> str:
        return template_link(self.code)


@dataclass(frozen=True)
class EventLink(Link):
    """A scheduled event of a guild."""

    guild_id: Snowflake
    event_id: Snowflake

    def __str__(self) -> str:
        return event_link(self.guild_id, self.event_id)


@dataclass(frozen=True)
class WebhookLink(Link):
    """A webhook's address. Whoever has it can send: `repr` and ``str()`` differ in that.

    Attributes:
        token: The secret part, which `repr` does not show.
    """

    id: Snowflake
    token: str = field(repr=False)

    def __str__(self) -> str:
        return webhook_link(self.id, self.token)


AnyLink: TypeAlias = MessageLink | ChannelLink | InviteLink | TemplateLink | EventLink | WebhookLink


def message_link(channel: _Id, message: _Id, guild: _Id | None = None) -> str:
    """Return the link that opens a message; `guild` is None in direct messages."""
    return f"{channel_link(channel, guild)}/{snowflake_of(message, 'message')}"


def channel_link(channel: _Id, guild: _Id | None = None) -> str:
    """Return the link that opens a channel or thread; `guild` is None for direct messages."""
    place = "@me" if guild is None else snowflake_of(guild, "guild")
    return f"https://discord.com/channels/{place}/{snowflake_of(channel, 'channel')}"


def invite_link(code: str, *, event: _Id | None = None) -> str:
    """Return the link of an invite.

    Args:
        code: Its code, or a guild's own address.
        event: A scheduled event to show.

    Raises:
        InvalidArgument: That is no code.
    """
    address = f"https://discord.gg/{_code(code, 'an invite')}"
    return address if event is None else f"{address}?event={snowflake_of(event, 'event')}"


def template_link(code: str) -> str:
    """Return the link that makes a guild from a template.

    Raises:
        InvalidArgument: That is no code.
    """
    return f"https://discord.new/{_code(code, 'a template')}"


def event_link(guild: _Id, event: _Id) -> str:
    """Return the link of a scheduled event."""
    guild_id = snowflake_of(guild, "guild")
    return f"https://discord.com/events/{guild_id}/{snowflake_of(event, 'event')}"


def webhook_link(webhook: _Id, token: str) -> str:
    """Return a webhook's address, which is a secret.

    Raises:
        InvalidArgument: That is no token of a webhook; the message does not show it.
    """
    if not _WHOLE_TOKEN.fullmatch(token):
        raise InvalidArgument("a webhook's token is up to 200 letters, digits, _ . and -")
    return f"https://discord.com/api/webhooks/{snowflake_of(webhook, 'webhook')}/{token}"


def parse_link(url: str) -> AnyLink:
    """Return what a link leads to.

    Args:
        url: One link and nothing else, with or without ``https://``, ``<>`` around it or a
            ``?…`` after it.

    Raises:
        InvalidArgument: It does not lead to a message, channel, invite, template, scheduled
            event or webhook of Discord.
    """
    plain = url.strip()
    if plain.startswith("<") and plain.endswith(">"):
        plain = plain[1:-1]
    found = _LINK.match(plain)
    made = _typed(found) if found else None
    if found is None or made is None or not _ends(plain, found.end()):
        raise InvalidArgument(
            "this is no link to a message, channel, invite, template, scheduled event or "
            "webhook of Discord"
        )
    return made


def find_links(text: str) -> list[AnyLink]:
    """Return the links into Discord that a text holds, in order."""
    if "discord" not in text and "discord" not in text.lower():
        return []
    found = (_typed(match) for match in _LINK.finditer(text))
    return [link for link in found if link is not None]


def _ends(text: str, at: int) -> bool:
    rest = text[at:].removeprefix("/")
    return not rest or rest[0] in "?#"


def _typed(found: re.Match[str]) -> AnyLink | None:
    span = found.span()
    if found["invite"]:
        event = _snowflake(found["invite_event"]) if found["invite_event"] else None
        return InviteLink(found["invite"], event, span=span)
    if found["template"]:
        return TemplateLink(found["template"], span=span)
    if found["channel"]:
        direct = found["guild"] == "@me"
        guild_id = None if direct else _snowflake(found["guild"])
        channel_id = _snowflake(found["channel"])
        if channel_id is None or (guild_id is None and not direct):
            return None
        if not found["message"]:
            return ChannelLink(guild_id, channel_id, span=span)
        message_id = _snowflake(found["message"])
        if message_id is None:
            return None
        return MessageLink(guild_id, channel_id, message_id, span=span)
    if found["event"]:
        guild, event = _snowflake(found["event_guild"]), _snowflake(found["event"])
        if guild is None or event is None:
            return None
        return EventLink(guild, event, span=span)
    webhook = _snowflake(found["webhook"])
    return None if webhook is None else WebhookLink(webhook, found["token"], span=span)


def _snowflake(digits: str) -> Snowflake | None:
    number = int(digits)
    return Snowflake(number) if number < 1 << 64 else None


def _code(code: str, what: str) -> str:
    if not _WHOLE_CODE.fullmatch(code):
        raise InvalidArgument(
            f"the code of {what} is letters, digits and dashes, not {code[:40]!r}"
        )
    return code
