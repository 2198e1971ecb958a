"""Voice.

The types of https://discord.com/developers/docs/resources/voice
"""

from __future__ import annotations

from .core.base import Model, model
from .core.snowflake import Snowflake
from .core.timestamp import Timestamp
from .core.unset import UNSET, Unset
from .member import GuildMember

__all__ = ["VoiceRegion", "VoiceState"]


@model
class VoiceState(Model):
    """Voice State.

    See https://discord.com/developers/docs/resources/voice#voice-state-object
    """

    guild_id: Snowflake | Unset | None = UNSET
    channel_id: Snowflake | None
    user_id: Snowflake
    member: GuildMember | None = None
    session_id: str
    deaf: bool
    mute: bool
    self_deaf: bool
    self_mute: bool
    self_stream: bool | Unset | None = UNSET
    self_video: bool
    suppress: bool
    request_to_speak_timestamp: Timestamp | None


@model
class VoiceRegion(Model):
    """Voice Region.

    See https://discord.com/developers/docs/resources/voice#voice-region-object
    """

    id: str
    name: str
    optimal: bool
    deprecated: bool
    custom: bool
