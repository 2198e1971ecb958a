"""Webhook.

The types of https://discord.com/developers/docs/resources/webhook
"""

from __future__ import annotations

from .channel import PartialChannel
from .core.base import Entity, model
from .core.enums import OpenIntEnum
from .core.snowflake import Snowflake
from .core.unset import UNSET, Unset
from .guild import PartialGuild
from .user import User

__all__ = ["Webhook", "WebhookType"]


class WebhookType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/webhook#webhook-object"""

    INCOMING = 1
    CHANNEL_FOLLOWER = 2
    APPLICATION = 3


@model
class Webhook(Entity):
    """Webhook.

    See https://discord.com/developers/docs/resources/webhook#webhook-object
    """

    type: WebhookType
    guild_id: Snowflake | Unset | None = UNSET
    channel_id: Snowflake | None
    user: User | None = None
    name: str | None
    avatar: str | None
    token: str | None = None
    application_id: Snowflake | None
    source_guild: PartialGuild | None = None
    source_channel: PartialChannel | None = None
    url: str | None = None
