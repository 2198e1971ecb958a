"""Events: auto moderation."""

from __future__ import annotations

from ..auto_moderation import AutoModerationAction, AutoModerationRule, AutoModerationTriggerType
from ..core.base import Bound, model
from ..core.snowflake import Snowflake
from .base import Event

__all__ = [
    "AutoModerationActionExecution",
    "AutoModerationRuleCreate",
    "AutoModerationRuleDelete",
    "AutoModerationRuleUpdate",
]


@model
class AutoModerationActionExecution(Bound, Event):
    """Auto Moderation Action Execution.

    See https://discord.com/developers/docs/events/gateway-events#auto-moderation-action-execution
    """

    guild_id: Snowflake
    action: AutoModerationAction
    rule_id: Snowflake
    rule_trigger_type: AutoModerationTriggerType
    user_id: Snowflake
    channel_id: Snowflake | None = None
    message_id: Snowflake | None = None
    alert_system_message_id: Snowflake | None = None
    content: str
    matched_keyword: str | None
    matched_content: str | None


@model
class AutoModerationRuleCreate(AutoModerationRule, Event):
    """Auto Moderation Rule Create.

    See https://discord.com/developers/docs/events/gateway-events#auto-moderation-rule-create
    """


@model
class AutoModerationRuleDelete(AutoModerationRule, Event):
    """Auto Moderation Rule Delete.

    See https://discord.com/developers/docs/events/gateway-events#auto-moderation-rule-delete
    """


@model
class AutoModerationRuleUpdate(AutoModerationRule, Event):
    """Auto Moderation Rule Update.

    See https://discord.com/developers/docs/events/gateway-events#auto-moderation-rule-update
    """
