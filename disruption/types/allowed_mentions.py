"""Allowed mentions.

The types of https://discord.com/developers/docs/resources/message#allowed-mentions-object
"""

from __future__ import annotations

from .core.base import Model, model
from .core.enums import OpenStrEnum
from .core.snowflake import Snowflake

__all__ = ["AllowedMentionType", "AllowedMentions"]


class AllowedMentionType(OpenStrEnum):
    """See https://discord.com/developers/docs/resources/message#allowed-mentions-object"""

    ROLE_MENTIONS = "roles"
    USER_MENTIONS = "users"
    EVERYONE_MENTIONS = "everyone"


@model
class AllowedMentions(Model):
    """Default Settings for Allowed Mentions.

    See https://discord.com/developers/docs/resources/message#allowed-mentions-object
    """

    parse: list[AllowedMentionType] | None = None
    roles: list[Snowflake] | None = None
    users: list[Snowflake] | None = None
    replied_user: bool | None = None
