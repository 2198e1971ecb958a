"""What the changes of an audit log are about, so that their values get their true types.

The keys of a change are the fields of the object that was changed, with a few exceptions.

See https://discord.com/developers/docs/resources/audit-log#audit-log-change-object
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from ..application_command import ApplicationCommandPermissions
from ..audit_log import AuditLogEvent
from ..auto_moderation import AutoModerationRule
from ..channel import Channel, Overwrite, ThreadMetadata
from ..core.base import Model, current
from ..core.plan import Faults, Misfit, Plan, model_plan, plan_for
from ..core.snowflake import Snowflake
from ..core.unset import UNSET
from ..emoji import Emoji
from ..guild import Guild
from ..guild_scheduled_event import GuildScheduledEvent
from ..integration import Integration
from ..invite import Invite, InviteMetadata
from ..member import GuildMember
from ..onboarding import GuildOnboarding, OnboardingPrompt
from ..permissions import PartialRole, Role
from ..soundboard import SoundboardSound
from ..stage_instance import StageInstance
from ..sticker import Sticker
from ..webhook import Webhook

if TYPE_CHECKING:
    from ..audit_log import AuditLogEntry

__all__ = ["CHANGED", "typed_changes"]

_E = AuditLogEvent

_OBJECTS: Final[dict[tuple[type[Model], ...], tuple[AuditLogEvent, ...]]] = {
    (Guild,): (_E.GUILD_UPDATE,),
    (Channel,): (_E.CHANNEL_CREATE, _E.CHANNEL_UPDATE, _E.CHANNEL_DELETE),
    (Overwrite,): (
        _E.CHANNEL_OVERWRITE_CREATE,
        _E.CHANNEL_OVERWRITE_UPDATE,
        _E.CHANNEL_OVERWRITE_DELETE,
    ),
    (GuildMember,): (_E.MEMBER_UPDATE,),
    (PartialRole,): (_E.MEMBER_ROLE_UPDATE,),
    (Role,): (_E.ROLE_CREATE, _E.ROLE_UPDATE, _E.ROLE_DELETE),
    (Invite, InviteMetadata): (_E.INVITE_CREATE, _E.INVITE_UPDATE, _E.INVITE_DELETE),
    (Webhook,): (_E.WEBHOOK_CREATE, _E.WEBHOOK_UPDATE, _E.WEBHOOK_DELETE),
    (Emoji,): (_E.EMOJI_CREATE, _E.EMOJI_UPDATE, _E.EMOJI_DELETE),
    (Integration,): (_E.INTEGRATION_CREATE, _E.INTEGRATION_UPDATE, _E.INTEGRATION_DELETE),
    (StageInstance,): (
        _E.STAGE_INSTANCE_CREATE,
        _E.STAGE_INSTANCE_UPDATE,
        _E.STAGE_INSTANCE_DELETE,
    ),
    (Sticker,): (_E.STICKER_CREATE, _E.STICKER_UPDATE, _E.STICKER_DELETE),
    (GuildScheduledEvent,): (
        _E.GUILD_SCHEDULED_EVENT_CREATE,
        _E.GUILD_SCHEDULED_EVENT_UPDATE,
        _E.GUILD_SCHEDULED_EVENT_DELETE,
    ),
    # Documented as the metadata of a thread; its name, type and flags come too.
    (ThreadMetadata, Channel): (_E.THREAD_CREATE, _E.THREAD_UPDATE, _E.THREAD_DELETE),
    (ApplicationCommandPermissions,): (_E.APPLICATION_COMMAND_PERMISSION_UPDATE,),
    (SoundboardSound,): (
        _E.SOUNDBOARD_SOUND_CREATE,
        _E.SOUNDBOARD_SOUND_UPDATE,
        _E.SOUNDBOARD_SOUND_DELETE,
    ),
    (AutoModerationRule,): (
        _E.AUTO_MODERATION_RULE_CREATE,
        _E.AUTO_MODERATION_RULE_UPDATE,
        _E.AUTO_MODERATION_RULE_DELETE,
    ),
    (OnboardingPrompt,): (
        _E.ONBOARDING_PROMPT_CREATE,
        _E.ONBOARDING_PROMPT_UPDATE,
        _E.ONBOARDING_PROMPT_DELETE,
    ),
    (GuildOnboarding,): (_E.ONBOARDING_CREATE, _E.ONBOARDING_UPDATE),
}

CHANGED: Final[Mapping[AuditLogEvent, tuple[type[Model], ...]]] = {
    event: objects for objects, events in _OBJECTS.items() for event in events
}
"""Event → the documented objects whose fields its keys are; the other events have no changes."""

_EXCEPTIONS: Final[Mapping[type[Model], Mapping[str, Any]]] = {
    Invite: {"channel_id": Snowflake, "inviter_id": Snowflake},
    PartialRole: {"$add": list[PartialRole], "$remove": list[PartialRole]},
}


def typed_changes(entry: AuditLogEntry) -> dict[str, tuple[Any, Any]]:
    """Return key → the value before and after, None where there was none.

    Values whose key is not known, or that do not fit, are as Discord sent them.
    """
    objects = CHANGED.get(entry.action_type, ())
    changes: dict[str, tuple[Any, Any]] = {}
    token = current.set(entry._api)
    try:
        for change in entry.changes or ():
            if change.key is not None:
                plan = _plan(objects, change.key)
                changes[change.key] = (
                    _typed(plan, change.old_value),
                    _typed(plan, change.new_value),
                )
    finally:
        current.reset(token)
    return changes


def _plan(objects: tuple[type[Model], ...], key: str) -> Plan | None:
    for cls in objects:
        exception = _EXCEPTIONS.get(cls, {}).get(key)
        if exception is not None:
            return plan_for(exception)
        if cls is ApplicationCommandPermissions and key.isdecimal():
            return plan_for(cls)
        for field in model_plan(cls):
            if field.name == key:
                return field.plan
    return None


def _typed(plan: Plan | None, value: Any) -> Any:
    if value is UNSET or value is None:
        return None
    if plan is None:
        return value
    faults = Faults()
    try:
        typed = plan.mend(value, "$", faults, 0)
    except Misfit:
        return value
    return value if faults else typed
