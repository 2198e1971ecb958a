"""Audit log.

The types of https://discord.com/developers/docs/resources/audit-log
"""

from __future__ import annotations

from typing import Any

from .application_command import ApplicationCommand
from .auto_moderation import AutoModerationRule
from .channel import Channel
from .core.base import Entity, Model, model
from .core.enums import OpenIntEnum
from .core.snowflake import Snowflake
from .core.unset import UNSET
from .guild_scheduled_event import GuildScheduledEvent
from .integration import PartialIntegration
from .user import User
from .webhook import Webhook

__all__ = ["AuditLog", "AuditLogChange", "AuditLogEntry", "AuditLogEvent", "OptionalAuditEntryInfo"]


class AuditLogEvent(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/audit-log#audit-log-entry-object"""

    GUILD_UPDATE = 1
    CHANNEL_CREATE = 10
    CHANNEL_UPDATE = 11
    CHANNEL_DELETE = 12
    CHANNEL_OVERWRITE_CREATE = 13
    CHANNEL_OVERWRITE_UPDATE = 14
    CHANNEL_OVERWRITE_DELETE = 15
    MEMBER_KICK = 20
    MEMBER_PRUNE = 21
    MEMBER_BAN_ADD = 22
    MEMBER_BAN_REMOVE = 23
    MEMBER_UPDATE = 24
    MEMBER_ROLE_UPDATE = 25
    MEMBER_MOVE = 26
    MEMBER_DISCONNECT = 27
    BOT_ADD = 28
    ROLE_CREATE = 30
    ROLE_UPDATE = 31
    ROLE_DELETE = 32
    INVITE_CREATE = 40
    INVITE_UPDATE = 41
    INVITE_DELETE = 42
    WEBHOOK_CREATE = 50
    WEBHOOK_UPDATE = 51
    WEBHOOK_DELETE = 52
    EMOJI_CREATE = 60
    EMOJI_UPDATE = 61
    EMOJI_DELETE = 62
    MESSAGE_DELETE = 72
    MESSAGE_BULK_DELETE = 73
    MESSAGE_PIN = 74
    MESSAGE_UNPIN = 75
    INTEGRATION_CREATE = 80
    INTEGRATION_UPDATE = 81
    INTEGRATION_DELETE = 82
    STAGE_INSTANCE_CREATE = 83
    STAGE_INSTANCE_UPDATE = 84
    STAGE_INSTANCE_DELETE = 85
    STICKER_CREATE = 90
    STICKER_UPDATE = 91
    STICKER_DELETE = 92
    GUILD_SCHEDULED_EVENT_CREATE = 100
    GUILD_SCHEDULED_EVENT_UPDATE = 101
    GUILD_SCHEDULED_EVENT_DELETE = 102
    THREAD_CREATE = 110
    THREAD_UPDATE = 111
    THREAD_DELETE = 112
    APPLICATION_COMMAND_PERMISSION_UPDATE = 121
    SOUNDBOARD_SOUND_CREATE = 130
    SOUNDBOARD_SOUND_UPDATE = 131
    SOUNDBOARD_SOUND_DELETE = 132
    AUTO_MODERATION_RULE_CREATE = 140
    AUTO_MODERATION_RULE_UPDATE = 141
    AUTO_MODERATION_RULE_DELETE = 142
    AUTO_MODERATION_BLOCK_MESSAGE = 143
    AUTO_MODERATION_FLAG_TO_CHANNEL = 144
    AUTO_MODERATION_USER_COMMUNICATION_DISABLED = 145
    AUTO_MODERATION_QUARANTINE_USER = 146
    CREATOR_MONETIZATION_REQUEST_CREATED = 150
    CREATOR_MONETIZATION_TERMS_ACCEPTED = 151
    ONBOARDING_PROMPT_CREATE = 163
    ONBOARDING_PROMPT_UPDATE = 164
    ONBOARDING_PROMPT_DELETE = 165
    ONBOARDING_CREATE = 166
    ONBOARDING_UPDATE = 167
    HOME_SETTINGS_CREATE = 190
    HOME_SETTINGS_UPDATE = 191
    VOICE_CHANNEL_STATUS_CREATE = 192
    VOICE_CHANNEL_STATUS_DELETE = 193


@model
class AuditLog(Model):
    """Audit Log.

    See https://discord.com/developers/docs/resources/audit-log#audit-log-object
    """

    application_commands: list[ApplicationCommand]
    audit_log_entries: list[AuditLogEntry]
    auto_moderation_rules: list[AutoModerationRule]
    guild_scheduled_events: list[GuildScheduledEvent]
    integrations: list[PartialIntegration]
    threads: list[Channel]
    users: list[User]
    webhooks: list[Webhook]


@model
class AuditLogEntry(Entity):
    """Audit Log Entry.

    See https://discord.com/developers/docs/resources/audit-log#audit-log-entry-object
    """

    target_id: str | None
    changes: list[AuditLogChange] | None = None
    user_id: Snowflake | None
    action_type: AuditLogEvent
    options: OptionalAuditEntryInfo | None = None
    reason: str | None = None

    @property
    def before(self) -> dict[str, Any]:
        """What the changed fields were, typed as in the object they belong to.

        A role's ``permissions`` are `Permissions`, a member's ``communication_disabled_until``
        is a datetime, ``$add`` and ``$remove`` are lists of `PartialRole`. What was null or
        did not exist is None; a key this library does not know keeps the value Discord sent.

        See https://discord.com/developers/docs/resources/audit-log#audit-log-change-object
        """
        from .rules.audit_changes import typed_changes

        return {key: old for key, (old, _) in typed_changes(self).items()}

    @property
    def after(self) -> dict[str, Any]:
        """What the changed fields are now, typed as in `before`."""
        from .rules.audit_changes import typed_changes

        return {key: new for key, (_, new) in typed_changes(self).items()}


@model
class OptionalAuditEntryInfo(Model):
    """Optional Audit Entry Info: each event sends the few of these that belong to it.

    See https://discord.com/developers/docs/resources/audit-log#audit-log-entry-object
    """

    application_id: Snowflake | None = None
    auto_moderation_rule_name: str | None = None
    auto_moderation_rule_trigger_type: str | None = None
    channel_id: Snowflake | None = None
    count: str | None = None
    delete_member_days: str | None = None
    id: Snowflake | None = None
    members_removed: str | None = None
    message_id: Snowflake | None = None
    role_name: str | None = None
    type: str | None = None
    integration_type: str | None = None
    status: str | None = None


@model
class AuditLogChange(Model):
    """Audit Log Change.

    See https://discord.com/developers/docs/resources/audit-log#audit-log-change-object
    """

    new_value: Any = UNSET
    old_value: Any = UNSET
    key: str | None
