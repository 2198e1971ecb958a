"""Events: connection."""

from __future__ import annotations

from ..application import PartialApplication
from ..core.base import Bound, Model, model
from ..core.snowflake import Snowflake
from ..gateway import GatewayOpcode
from ..guild import UnavailableGuild
from ..user import User
from .base import Event

__all__ = ["RateLimited", "Ready", "RequestGuildMemberRateLimitMetadata", "Resumed"]


@model
class RequestGuildMemberRateLimitMetadata(Model):
    """Which request for members was refused.

    See https://discord.com/developers/docs/events/gateway-events#rate-limited
    """

    guild_id: Snowflake
    nonce: str | None = None


@model
class RateLimited(Bound, Event):
    """Rate Limited.

    See https://discord.com/developers/docs/events/gateway-events#rate-limited
    """

    opcode: GatewayOpcode
    retry_after: float
    meta: RequestGuildMemberRateLimitMetadata


@model
class Ready(Bound, Event):
    """Ready.

    See https://discord.com/developers/docs/events/gateway-events#ready
    """

    v: int
    user: User
    guilds: list[UnavailableGuild]
    session_id: str
    resume_gateway_url: str
    shard: tuple[int, int] | None = None
    application: PartialApplication


@model
class Resumed(Bound, Event):
    """Resumed.

    See https://discord.com/developers/docs/events/gateway-events#resumed
    """
