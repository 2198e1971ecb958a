"""Events: channels."""

from __future__ import annotations

from ..channel import Channel, PartialChannel, ThreadMember
from ..core.base import Bound, Model, model
from ..core.snowflake import Snowflake
from ..core.timestamp import Timestamp
from ..core.unset import UNSET, Unset
from .base import Event

__all__ = [
    "ChannelCreate",
    "ChannelDelete",
    "ChannelInfo",
    "ChannelInfoChannel",
    "ChannelPinsUpdate",
    "ChannelUpdate",
    "ThreadCreate",
    "ThreadDelete",
    "ThreadListSync",
    "ThreadMemberUpdate",
    "ThreadMembersUpdate",
    "ThreadUpdate",
    "VoiceChannelStartTimeUpdate",
    "VoiceChannelStatusUpdate",
]


@model
class ChannelInfoChannel(Model):
    """What was asked about one channel.

    See https://discord.com/developers/docs/events/gateway-events#channel-info
    """

    id: Snowflake
    status: str | Unset | None = UNSET
    voice_start_time: int | Unset | None = UNSET


@model
class ChannelCreate(Channel, Event):
    """Channel Create.

    See https://discord.com/developers/docs/events/gateway-events#channel-create
    """


@model
class ChannelDelete(Channel, Event):
    """Channel Delete.

    See https://discord.com/developers/docs/events/gateway-events#channel-delete
    """


@model
class ChannelInfo(Bound, Event):
    """Channel Info.

    See https://discord.com/developers/docs/events/gateway-events#channel-info
    """

    guild_id: Snowflake
    channels: list[ChannelInfoChannel]


@model
class ChannelPinsUpdate(Bound, Event):
    """Channel Pins Update.

    See https://discord.com/developers/docs/events/gateway-events#channel-pins-update
    """

    guild_id: Snowflake | None = None
    channel_id: Snowflake
    last_pin_timestamp: Timestamp | Unset | None = UNSET


@model
class ChannelUpdate(Channel, Event):
    """Channel Update.

    See https://discord.com/developers/docs/events/gateway-events#channel-update
    """


@model
class ThreadCreate(Channel, Event):
    """Thread Create.

    See https://discord.com/developers/docs/events/gateway-events#thread-create
    """

    newly_created: bool | None = None


@model
class ThreadDelete(PartialChannel, Event):
    """Thread Delete.

    See https://discord.com/developers/docs/events/gateway-events#thread-delete
    """


@model
class ThreadListSync(Bound, Event):
    """Thread List Sync.

    See https://discord.com/developers/docs/events/gateway-events#thread-list-sync
    """

    guild_id: Snowflake
    channel_ids: list[Snowflake] | None = None
    threads: list[Channel]
    members: list[ThreadMember]


@model
class ThreadMembersUpdate(Bound, Event):
    """Thread Members Update.

    See https://discord.com/developers/docs/events/gateway-events#thread-members-update
    """

    id: Snowflake
    guild_id: Snowflake
    member_count: int
    added_members: list[ThreadMember] | None = None
    removed_member_ids: list[Snowflake] | None = None


@model
class ThreadMemberUpdate(ThreadMember, Event):
    """Thread Member Update.

    See https://discord.com/developers/docs/events/gateway-events#thread-member-update
    """

    guild_id: Snowflake


@model
class ThreadUpdate(Channel, Event):
    """Thread Update.

    See https://discord.com/developers/docs/events/gateway-events#thread-update
    """


@model
class VoiceChannelStartTimeUpdate(Bound, Event):
    """Voice Channel Start Time Update.

    See https://discord.com/developers/docs/events/gateway-events#voice-channel-start-time-update
    """

    id: Snowflake
    guild_id: Snowflake
    voice_start_time: int | Unset | None = UNSET


@model
class VoiceChannelStatusUpdate(Bound, Event):
    """Voice Channel Status Update.

    See https://discord.com/developers/docs/events/gateway-events#voice-channel-status-update
    """

    id: Snowflake
    guild_id: Snowflake
    status: str | None
