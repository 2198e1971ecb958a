"""Lists that REST answers wrapped in an object.

The types of https://discord.com/developers/docs/resources, one for each shape: the three
lists of archived threads and the one of active threads are the same.
"""

from __future__ import annotations

from .channel import Channel, ThreadMember
from .core.base import Model, model
from .emoji import Emoji
from .message import Message, MessagePin
from .soundboard import SoundboardSound
from .sticker import StickerPack
from .user import User

__all__ = [
    "ApplicationEmojiList",
    "ChannelPins",
    "GuildMessageSearch",
    "PollVoters",
    "SoundboardSoundList",
    "StickerPackList",
    "ThreadList",
    "ThreadSearch",
]


@model
class ThreadList(Model):
    """Threads, and the bot's membership of those it has joined.

    See https://discord.com/developers/docs/resources/channel#list-public-archived-threads
    """

    threads: list[Channel]
    members: list[ThreadMember]
    has_more: bool | None = None
    """Whether earlier archived threads remain; None for active threads, which come whole."""


@model
class ThreadSearch(Model):
    """What a search for threads found.

    See https://discord.com/developers/docs/resources/channel
    """

    threads: list[Channel]
    members: list[ThreadMember]
    has_more: bool
    first_messages: list[Message] | None = None
    total_results: int


@model
class ChannelPins(Model):
    """One page of the messages pinned in a channel.

    See https://discord.com/developers/docs/resources/message#get-channel-pins
    """

    items: list[MessagePin]
    has_more: bool


@model
class GuildMessageSearch(Model):
    """What a search for messages found: each hit is a list with the message in it.

    See https://discord.com/developers/docs/resources/message#search-guild-messages
    """

    doing_deep_historical_index: bool
    documents_indexed: int | None = None
    total_results: int
    messages: list[list[Message]]
    threads: list[Channel] | None = None
    members: list[ThreadMember] | None = None


@model
class PollVoters(Model):
    """Who voted for one answer of a poll.

    See https://discord.com/developers/docs/resources/poll#get-answer-voters
    """

    users: list[User]


@model
class SoundboardSoundList(Model):
    """The soundboard sounds of a guild.

    See https://discord.com/developers/docs/resources/soundboard#list-guild-soundboard-sounds
    """

    items: list[SoundboardSound]


@model
class StickerPackList(Model):
    """The sticker packs that Discord offers.

    See https://discord.com/developers/docs/resources/sticker#list-sticker-packs
    """

    sticker_packs: list[StickerPack]


@model
class ApplicationEmojiList(Model):
    """The emojis of an application.

    See https://discord.com/developers/docs/resources/emoji#list-application-emojis
    """

    items: list[Emoji]
