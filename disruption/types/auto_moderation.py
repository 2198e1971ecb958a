"""Auto moderation.

The types of https://discord.com/developers/docs/resources/auto-moderation
"""

from __future__ import annotations

from .core.base import Model, model
from .core.enums import OpenIntEnum
from .core.snowflake import Snowflake
from .verbs.guild_parts import AutoModerationRuleVerbs

__all__ = [
    "AutoModerationAction",
    "AutoModerationActionMetadata",
    "AutoModerationActionType",
    "AutoModerationEventType",
    "AutoModerationKeywordPresetType",
    "AutoModerationRule",
    "AutoModerationTriggerMetadata",
    "AutoModerationTriggerType",
    "BlockMemberInteractionAction",
    "BlockMessageAction",
    "SendAlertMessageAction",
    "TimeoutAction",
]


class AutoModerationTriggerType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/auto-moderation#auto-moderation-rule-object"""

    KEYWORD = 1
    SPAM = 3
    KEYWORD_PRESET = 4
    MENTION_SPAM = 5
    MEMBER_PROFILE = 6


class AutoModerationKeywordPresetType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/auto-moderation#auto-moderation-rule-object"""

    PROFANITY = 1
    SEXUAL_CONTENT = 2
    SLURS = 3


class AutoModerationEventType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/auto-moderation#auto-moderation-rule-object"""

    MESSAGE_SEND = 1
    MEMBER_UPDATE = 2


class AutoModerationActionType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/auto-moderation#auto-moderation-action-object"""

    BLOCK_MESSAGE = 1
    SEND_ALERT_MESSAGE = 2
    TIMEOUT = 3
    BLOCK_MEMBER_INTERACTION = 4


@model
class AutoModerationRule(AutoModerationRuleVerbs):
    """Auto Moderation Rule.

    See https://discord.com/developers/docs/resources/auto-moderation#auto-moderation-rule-object
    """

    guild_id: Snowflake
    name: str
    creator_id: Snowflake
    event_type: AutoModerationEventType
    trigger_type: AutoModerationTriggerType
    trigger_metadata: AutoModerationTriggerMetadata
    actions: list[AutoModerationAction]
    enabled: bool
    exempt_roles: list[Snowflake]
    exempt_channels: list[Snowflake]


@model
class AutoModerationTriggerMetadata(Model):
    """Trigger Metadata.

    See https://discord.com/developers/docs/resources/auto-moderation#auto-moderation-rule-object
    """

    keyword_filter: list[str] | None = None
    regex_patterns: list[str] | None = None
    presets: list[AutoModerationKeywordPresetType] | None = None
    allow_list: list[str] | None = None
    mention_total_limit: int | None = None
    mention_raid_protection_enabled: bool | None = None


@model
class AutoModerationAction(Model):
    """Auto Moderation Action.

    See https://discord.com/developers/docs/resources/auto-moderation#auto-moderation-action-object
    """

    type: AutoModerationActionType
    metadata: AutoModerationActionMetadata | None = None

    def __post_init__(self) -> None:
        kind = _KINDS.get(self.type)
        if kind is not None:
            self.__class__ = kind


@model
class BlockMessageAction(AutoModerationAction):
    """Keeps the message from being sent, with `metadata.custom_message` as the reason."""

    type: AutoModerationActionType = AutoModerationActionType.BLOCK_MESSAGE


@model
class SendAlertMessageAction(AutoModerationAction):
    """Shows the message in the channel `metadata.channel_id`."""

    type: AutoModerationActionType = AutoModerationActionType.SEND_ALERT_MESSAGE


@model
class TimeoutAction(AutoModerationAction):
    """Stops the member from talking for `metadata.duration_seconds`, at most four weeks."""

    type: AutoModerationActionType = AutoModerationActionType.TIMEOUT


@model
class BlockMemberInteractionAction(AutoModerationAction):
    """Keeps the member from using text, voice or other interactions."""

    type: AutoModerationActionType = AutoModerationActionType.BLOCK_MEMBER_INTERACTION


@model
class AutoModerationActionMetadata(Model):
    """Action Metadata: each type of action has the fields that belong to it.

    See https://discord.com/developers/docs/resources/auto-moderation#auto-moderation-action-object
    """

    channel_id: Snowflake | None = None
    duration_seconds: int | None = None
    custom_message: str | None = None


_KINDS: dict[int, type[AutoModerationAction]] = {
    AutoModerationActionType.BLOCK_MESSAGE: BlockMessageAction,
    AutoModerationActionType.SEND_ALERT_MESSAGE: SendAlertMessageAction,
    AutoModerationActionType.TIMEOUT: TimeoutAction,
    AutoModerationActionType.BLOCK_MEMBER_INTERACTION: BlockMemberInteractionAction,
}
