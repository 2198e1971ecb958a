"""Gateway commands.

The types of https://discord.com/developers/docs/events/gateway-events#send-events
"""

from __future__ import annotations

from typing import Any

from .core.base import Model, model
from .core.snowflake import Snowflake
from .presence import Activity

__all__ = [
    "GatewayPresenceUpdate",
    "GatewayVoiceStateUpdate",
    "Identify",
    "IdentifyConnectionProperties",
    "RequestChannelInfo",
    "RequestGuildMembers",
    "RequestSoundboardSounds",
    "Resume",
]


@model
class IdentifyConnectionProperties(Model):
    """Identify Connection Properties.

    See https://discord.com/developers/docs/events/gateway-events#identify
    """

    os: str
    browser: str
    device: str


@model
class Identify(Model):
    """Identify.

    See https://discord.com/developers/docs/events/gateway-events#identify
    """

    token: str
    properties: dict[str, Any]
    compress: bool | None = None
    large_threshold: int | None = None
    shard: tuple[int, int] | None = None
    presence: GatewayPresenceUpdate | None = None
    intents: int


@model
class Resume(Model):
    """Resume.

    See https://discord.com/developers/docs/events/gateway-events#resume
    """

    token: str
    session_id: str
    seq: int


@model
class RequestGuildMembers(Model):
    """Request Guild Members.

    See https://discord.com/developers/docs/events/gateway-events#request-guild-members
    """

    guild_id: Snowflake
    query: str | None = None
    limit: int
    presences: bool | None = None
    user_ids: list[Snowflake] | None = None
    nonce: str | None = None


@model
class RequestSoundboardSounds(Model):
    """Request Soundboard Sounds.

    See https://discord.com/developers/docs/events/gateway-events#request-soundboard-sounds
    """

    guild_ids: list[Snowflake]


@model
class RequestChannelInfo(Model):
    """Request Channel Info.

    See https://discord.com/developers/docs/events/gateway-events#request-channel-info
    """

    guild_id: Snowflake
    fields: list[str]


@model
class GatewayVoiceStateUpdate(Model):
    """Gateway Voice State Update.

    See https://discord.com/developers/docs/events/gateway-events#update-voice-state
    """

    guild_id: Snowflake
    channel_id: Snowflake | None
    self_mute: bool
    self_deaf: bool


@model
class GatewayPresenceUpdate(Model):
    """Gateway Presence Update.

    See https://discord.com/developers/docs/events/gateway-events#update-presence
    """

    since: int | None
    activities: list[Activity]
    status: str
    afk: bool
