"""Where a command may be used: servers, direct messages, age-restricted channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...types import ChannelType
from ..errors import DirectMessageOnly, GuildOnly, NSFWOnly
from ..texts import texts
from .guard import GuardDecorator

if TYPE_CHECKING:
    from ..context import Context

__all__ = ["DmOnly", "GuildOnlyGuard", "NsfwOnly", "dm_only", "guild_only", "nsfw_only"]

_THREADS: Final = frozenset(
    (ChannelType.ANNOUNCEMENT_THREAD, ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD)
)


class GuildOnlyGuard:
    """Refuses direct messages."""

    def check(self, ctx: Context) -> None:
        if ctx.guild_id is None:
            raise GuildOnly(texts().guild_only(ctx))

    def __repr__(self) -> str:
        return "guild_only"


class DmOnly:
    """Refuses guilds."""

    def check(self, ctx: Context) -> None:
        if ctx.guild_id is not None:
            raise DirectMessageOnly(texts().dm_only(ctx))

    def __repr__(self) -> str:
        return "dm_only"


class NsfwOnly:
    """Refuses channels of guilds that are not age-restricted."""

    def check(self, ctx: Context) -> None:
        if ctx.guild_id is not None and not _is_nsfw(ctx):
            raise NSFWOnly(texts().nsfw_only(ctx))

    def __repr__(self) -> str:
        return "nsfw_only"


def _is_nsfw(ctx: Context) -> bool:
    rest = ctx.client.rest
    channel = ctx.channel
    if ctx.channel_id is None:
        return False
    if channel is None or channel.type is None:
        channel = rest.get_channel(ctx.channel_id)
    if channel.type in _THREADS:  # a thread is what the channel is that it is in
        if not channel.parent_id:
            channel = rest.get_channel(channel.id)
        if not channel.parent_id:
            return False
        channel = rest.get_channel(channel.parent_id)
    elif channel.nsfw is None:
        channel = rest.get_channel(channel.id)
    return bool(channel.nsfw)


guild_only: Final = GuardDecorator(GuildOnlyGuard)
"""Refuse direct messages. A slash command is not even shown there with ``contexts=`` set."""

dm_only: Final = GuardDecorator(DmOnly)
"""Refuse servers."""

nsfw_only: Final = GuardDecorator(NsfwOnly)
"""Refuse channels that are not age-restricted; direct messages are let through.

A slash command that is declared with ``nsfw=True`` is not even shown elsewhere.
"""
