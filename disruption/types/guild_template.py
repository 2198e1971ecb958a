"""Guild template.

The types of https://discord.com/developers/docs/resources/guild-template
"""

from __future__ import annotations

from typing import Any

from .core.base import Model, model
from .core.snowflake import Snowflake
from .core.timestamp import Timestamp
from .core.unset import UNSET, Unset
from .guild import (
    DefaultMessageNotificationLevel,
    ExplicitContentFilterLevel,
    SystemChannelFlags,
    VerificationLevel,
)
from .locales import Locale
from .permissions import PartialRole
from .user import User
from .verbs.guild_parts import TemplateVerbs

__all__ = ["GuildTemplate", "TemplateGuild"]


@model
class GuildTemplate(TemplateVerbs):
    """Guild Template.

    See https://discord.com/developers/docs/resources/guild-template#guild-template-object
    """

    code: str
    name: str
    description: str | None
    usage_count: int
    creator_id: Snowflake
    creator: User | None
    created_at: Timestamp
    updated_at: Timestamp
    source_guild_id: Snowflake
    serialized_source_guild: TemplateGuild
    is_dirty: bool | None

    @property
    def url(self) -> str:
        """The link that makes a guild from it."""
        return f"https://discord.new/{self.code}"


@model
class TemplateGuild(Model):
    """The guild inside a template; its roles and channels have small numbers for ids.

    See https://discord.com/developers/docs/resources/guild-template#guild-template-object
    """

    name: str | None = None
    description: str | Unset | None = UNSET
    region: str | None = None
    verification_level: VerificationLevel | None = None
    default_message_notifications: DefaultMessageNotificationLevel | None = None
    explicit_content_filter: ExplicitContentFilterLevel | None = None
    preferred_locale: Locale | None = None
    afk_timeout: int | None = None
    afk_channel_id: int | Unset | None = UNSET
    system_channel_id: int | Unset | None = UNSET
    system_channel_flags: SystemChannelFlags | None = None
    icon_hash: str | Unset | None = UNSET
    roles: list[PartialRole] | None = None
    channels: list[dict[str, Any]] | None = None
