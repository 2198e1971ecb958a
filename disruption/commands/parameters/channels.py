"""Channels: which classes stand for which types, and a channel of the class that was asked for."""

from __future__ import annotations

from typing import Any, Final

from ...errors import InvalidArgument
from ...types import ApplicationCommandOptionType as OptionType
from ...types import Channel, ChannelType, PartialChannel
from ...types.channel import CHANNEL_KINDS
from ...types.core.base import fill
from ..phrases import Phrase
from .entities import LOST, lost
from .kind import ConversionContext, Kind, bad
from .lookup import find_channel
from .marks import ChannelTypes

__all__ = ["channel_kind"]

_THREADS: Final = frozenset(
    (ChannelType.ANNOUNCEMENT_THREAD, ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD)
)
_SAID: Final[dict[int, str]] = {
    ChannelType.GUILD_TEXT: "a text channel",
    ChannelType.DM: "a direct message",
    ChannelType.GUILD_VOICE: "a voice channel",
    ChannelType.GROUP_DM: "a group",
    ChannelType.GUILD_CATEGORY: "a category",
    ChannelType.GUILD_ANNOUNCEMENT: "an announcement channel",
    ChannelType.ANNOUNCEMENT_THREAD: "a thread",
    ChannelType.PUBLIC_THREAD: "a thread",
    ChannelType.PRIVATE_THREAD: "a thread",
    ChannelType.GUILD_STAGE_VOICE: "a stage",
    ChannelType.GUILD_DIRECTORY: "a directory",
    ChannelType.GUILD_FORUM: "a forum",
    ChannelType.GUILD_MEDIA: "a media channel",
}


def channel_kind(
    name: str, classes: tuple[type[PartialChannel], ...], mark: ChannelTypes | None
) -> Kind:
    """Return the kind of a channel.

    Args:
        name: The parameter's.
        classes: `PartialChannel` or `Channel` for any, else those it can be.
        mark: The types it can be, where the classes do not say.
    """
    any_class = Channel in classes or PartialChannel in classes
    types = tuple(
        ChannelType(number)
        for number, cls in CHANNEL_KINDS.items()
        if cls in classes and not any_class
    )
    if mark is not None:
        asked = tuple(one for one in mark.types if not types or one in types)
        if not asked:
            raise InvalidArgument("no channel is of a type of ChannelTypes and of the annotation")
        types = asked
    wanted = frozenset(types)
    said = dict.fromkeys(_SAID.get(one, "a channel") for one in types) or ["a channel"]
    accepts = Phrase.either(*map(Phrase, said))

    def fits(channel: PartialChannel) -> bool:
        return not wanted or channel.type in wanted

    def from_option(raw: Any, resolved: Any, ctx: ConversionContext) -> PartialChannel:
        try:
            channel: PartialChannel = resolved.channels[int(raw)]
        except LOST:
            raise lost(name, raw) from None
        if wanted and channel.type not in wanted:
            raise bad(name, f"#{channel.name or channel.id}", accepts)
        if type(channel) is PartialChannel and channel.type is not None:
            channel.__class__ = CHANNEL_KINDS.get(channel.type, Channel)  # what the annotation says
        if channel.guild_id is None and ctx.guild_id is not None:
            fill(channel, guild_id=ctx.guild_id)
        return channel

    def from_text(text: str, ctx: ConversionContext) -> PartialChannel:
        threads = not wanted or bool(wanted & _THREADS)
        return find_channel(text, ctx, name, accepts, fits, threads)

    return Kind(
        OptionType.CHANNEL,
        accepts,
        from_option,
        from_text,
        holds=lambda value: isinstance(value, PartialChannel),
        marks=(ChannelTypes,),
        channel_types=types,
    )
