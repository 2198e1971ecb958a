"""Events: users."""

from __future__ import annotations

from ..core.base import Bound, model
from ..core.snowflake import Snowflake
from ..member import GuildMember
from ..presence import Presence
from ..user import User
from .base import Event

__all__ = ["PresenceUpdate", "TypingStart", "UserUpdate"]


@model
class PresenceUpdate(Presence, Event):
    """Presence Update.

    See https://discord.com/developers/docs/events/gateway-events#presence-update
    """


@model
class TypingStart(Bound, Event):
    """Typing Start.

    See https://discord.com/developers/docs/events/gateway-events#typing-start
    """

    channel_id: Snowflake
    guild_id: Snowflake | None = None
    user_id: Snowflake
    timestamp: int
    member: GuildMember | None = None

    def __post_init__(self) -> None:
        if self.member is not None:
            self.member.guild_id = self.guild_id


@model
class UserUpdate(User, Event):
    """User Update.

    See https://discord.com/developers/docs/events/gateway-events#user-update
    """
