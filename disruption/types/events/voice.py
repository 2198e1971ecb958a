"""Events: voice."""

from __future__ import annotations

from ..core.base import Bound, model
from ..core.snowflake import Snowflake
from ..core.unset import UNSET, Unset
from ..emoji import Emoji
from ..presence import VoiceChannelEffectAnimationType
from ..stage_instance import StageInstance
from ..voice import VoiceState
from .base import Event

__all__ = [
    "StageInstanceCreate",
    "StageInstanceDelete",
    "StageInstanceUpdate",
    "VoiceChannelEffectSend",
    "VoiceServerUpdate",
    "VoiceStateUpdate",
]


@model
class StageInstanceCreate(StageInstance, Event):
    """Stage Instance Create.

    See https://discord.com/developers/docs/events/gateway-events#stage-instance-create
    """


@model
class StageInstanceDelete(StageInstance, Event):
    """Stage Instance Delete.

    See https://discord.com/developers/docs/events/gateway-events#stage-instance-delete
    """


@model
class StageInstanceUpdate(StageInstance, Event):
    """Stage Instance Update.

    See https://discord.com/developers/docs/events/gateway-events#stage-instance-update
    """


@model
class VoiceChannelEffectSend(Bound, Event):
    """Voice Channel Effect Send.

    See https://discord.com/developers/docs/events/gateway-events#voice-channel-effect-send
    """

    channel_id: Snowflake
    guild_id: Snowflake
    user_id: Snowflake
    emoji: Emoji | Unset | None = UNSET
    animation_type: VoiceChannelEffectAnimationType | Unset | None = UNSET
    animation_id: int | None = None
    sound_id: Snowflake | None = None
    sound_volume: float | None = None


@model
class VoiceServerUpdate(Bound, Event):
    """Voice Server Update.

    See https://discord.com/developers/docs/events/gateway-events#voice-server-update
    """

    token: str
    guild_id: Snowflake
    endpoint: str | None


@model
class VoiceStateUpdate(VoiceState, Event):
    """Voice State Update.

    See https://discord.com/developers/docs/events/gateway-events#voice-state-update
    """
