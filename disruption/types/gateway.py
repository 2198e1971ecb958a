"""Gateway.

The types of https://discord.com/developers/docs/events/gateway
"""

from __future__ import annotations

from typing import Any

from .core.base import Model, model
from .core.enums import OpenFlag, OpenIntEnum

__all__ = [
    "PRIVILEGED_INTENTS",
    "GatewayBot",
    "GatewayCloseCode",
    "GatewayOpcode",
    "GatewayPayload",
    "Hello",
    "Intents",
    "SessionStartLimit",
]


class Intents(OpenFlag):
    """Which events the gateway sends.

    See https://discord.com/developers/docs/events/gateway#list-of-intents
    """

    NONE = 0
    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_MODERATION = 1 << 2
    GUILD_EXPRESSIONS = 1 << 3
    GUILD_INTEGRATIONS = 1 << 4
    GUILD_WEBHOOKS = 1 << 5
    GUILD_INVITES = 1 << 6
    GUILD_VOICE_STATES = 1 << 7
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15
    GUILD_SCHEDULED_EVENTS = 1 << 16
    AUTO_MODERATION_CONFIGURATION = 1 << 20
    AUTO_MODERATION_EXECUTION = 1 << 21
    GUILD_MESSAGE_POLLS = 1 << 24
    DIRECT_MESSAGE_POLLS = 1 << 25

    @classmethod
    def default(cls) -> Intents:
        """Return all but the privileged ones, which have to be switched on in the portal."""
        return ~PRIVILEGED_INTENTS


class GatewayOpcode(OpenIntEnum):
    """See https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes"""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE_UPDATE = 3
    VOICE_STATE_UPDATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_GUILD_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11
    REQUEST_SOUNDBOARD_SOUNDS = 31
    REQUEST_CHANNEL_INFO = 43


class GatewayCloseCode(OpenIntEnum):
    """See
    https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
    """

    UNKNOWN_ERROR = 4000
    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQ = 4007
    RATE_LIMITED = 4008
    SESSION_TIMED_OUT = 4009
    INVALID_SHARD = 4010
    SHARDING_REQUIRED = 4011
    INVALID_API_VERSION = 4012
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014


PRIVILEGED_INTENTS = Intents.GUILD_MEMBERS | Intents.GUILD_PRESENCES | Intents.MESSAGE_CONTENT
"""The intents that must be switched on in the developer portal."""


@model
class SessionStartLimit(Model):
    """Session Start Limit.

    See https://discord.com/developers/docs/events/gateway#session-start-limit-object
    """

    total: int
    remaining: int
    reset_after: int
    max_concurrency: int


@model
class GatewayBot(Model):
    """Where to connect, with how many shards, and how often today.

    See https://discord.com/developers/docs/events/gateway#get-gateway-bot
    """

    url: str
    shards: int
    session_start_limit: SessionStartLimit


@model
class GatewayPayload(Model):
    """What every message on the gateway looks like.

    See https://discord.com/developers/docs/events/gateway-events#payload-structure
    """

    op: GatewayOpcode
    d: Any
    s: int | None = None
    t: str | None = None


@model
class Hello(Model):
    """The first thing the gateway says.

    See https://discord.com/developers/docs/events/gateway#hello-event
    """

    heartbeat_interval: int
    """Milliseconds between heartbeats."""
