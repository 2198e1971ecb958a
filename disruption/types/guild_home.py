"""Guild home: what a guild shows to new members.

Discord's OpenAPI description has it, its documentation has not.
"""

from __future__ import annotations

from .core.base import Model, model
from .core.enums import OpenIntEnum
from .core.snowflake import Snowflake
from .emoji import Emoji

__all__ = [
    "GuildNewMemberWelcome",
    "NewMemberAction",
    "NewMemberActionType",
    "NewMemberResourceChannel",
    "NewMemberWelcomeMessage",
]


class NewMemberActionType(OpenIntEnum):
    """What a new member is asked to do in a channel."""

    VIEW = 0
    TALK = 1


@model
class NewMemberAction(Model):
    """Something that a new member is asked to do."""

    channel_id: Snowflake
    action_type: NewMemberActionType
    title: str
    description: str
    emoji: Emoji | None = None
    icon: str | None = None


@model
class NewMemberResourceChannel(Model):
    """A channel that a new member should know."""

    channel_id: Snowflake
    title: str
    emoji: Emoji | None = None
    icon: str | None = None
    description: str


@model
class NewMemberWelcomeMessage(Model):
    """The message that greets a new member, and in whose name."""

    author_ids: list[Snowflake]
    message: str


@model
class GuildNewMemberWelcome(Model):
    """What a guild shows to new members."""

    guild_id: Snowflake
    enabled: bool
    welcome_message: NewMemberWelcomeMessage | None = None
    new_member_actions: list[NewMemberAction]
    resource_channels: list[NewMemberResourceChannel]
