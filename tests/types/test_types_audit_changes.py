"""The changes of an audit log with their true types, before and after."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption.types import (
    ApplicationCommandPermissions,
    AuditLogEntry,
    AuditLogEvent,
    AutoModerationTriggerMetadata,
    ChannelType,
    GuildAuditLogEntryCreate,
    GuildInviteFlags,
    GuildScheduledEventStatus,
    IntegrationExpireBehavior,
    MFALevel,
    Overwrite,
    OverwriteType,
    PartialRole,
    Permissions,
    VerificationLevel,
    convert,
    to_plain,
)
from disruption.types.rules.audit_changes import CHANGED

E = AuditLogEvent
TIME = "2026-08-01T00:00:00+00:00"


def entry(event: int, *changes: dict[str, Any]) -> AuditLogEntry:
    return convert(
        GuildAuditLogEntryCreate,
        {
            "id": "1", "target_id": "2", "user_id": "3", "guild_id": "4",
            "action_type": int(event), "changes": list(changes),
        },
        strict=True,
    )  # fmt: skip


OVERWRITE = {"id": "5", "type": 1, "allow": "1024", "deny": "0"}


@pytest.mark.parametrize(
    ("event", "key", "sent", "typed"),
    [
        (E.GUILD_UPDATE, "name", "x", "x"),
        (E.GUILD_UPDATE, "owner_id", "77", 77),
        (E.GUILD_UPDATE, "mfa_level", 1, MFALevel.ELEVATED),
        (E.GUILD_UPDATE, "verification_level", 3, VerificationLevel.HIGH),
        (E.GUILD_UPDATE, "icon_hash", "a_b", "a_b"),
        (E.CHANNEL_CREATE, "type", 15, ChannelType.GUILD_FORUM),
        (E.CHANNEL_UPDATE, "parent_id", "8", 8),
        (E.CHANNEL_OVERWRITE_UPDATE, "allow", "2048", Permissions.SEND_MESSAGES),
        (E.CHANNEL_OVERWRITE_CREATE, "id", "9", 9),
        (E.CHANNEL_OVERWRITE_CREATE, "type", "1", OverwriteType.MEMBER),
        (E.CHANNEL_OVERWRITE_CREATE, "type", "member", "member"),
        (
            E.MEMBER_UPDATE, "communication_disabled_until", TIME,
            datetime(2026, 8, 1, tzinfo=timezone.utc),
        ),
        (E.MEMBER_UPDATE, "nick", "Ann", "Ann"),
        (E.ROLE_UPDATE, "permissions", "8", Permissions.ADMINISTRATOR),
        (E.ROLE_UPDATE, "hoist", True, True),
        (E.INVITE_CREATE, "channel_id", "6", 6),
        (E.INVITE_CREATE, "max_age", 60, 60),
        (E.INVITE_CREATE, "flags", 1, GuildInviteFlags.IS_GUEST_INVITE),
        (E.WEBHOOK_UPDATE, "avatar_hash", "abc", "abc"),
        (E.WEBHOOK_UPDATE, "channel_id", "6", 6),
        (E.INTEGRATION_UPDATE, "expire_behavior", 1, IntegrationExpireBehavior.KICK),
        (E.GUILD_SCHEDULED_EVENT_UPDATE, "status", 2, GuildScheduledEventStatus.ACTIVE),
        (E.THREAD_UPDATE, "archived", True, True),
        (E.THREAD_CREATE, "type", 11, ChannelType.PUBLIC_THREAD),
        (E.AUTO_MODERATION_RULE_UPDATE, "exempt_roles", ["5", "6"], [5, 6]),
        (
            E.AUTO_MODERATION_RULE_UPDATE, "trigger_metadata", {"keyword_filter": ["x"]},
            AutoModerationTriggerMetadata(keyword_filter=["x"]),
        ),
        (E.AUTO_MODERATION_RULE_UPDATE, "$add_keyword_filter", ["x"], ["x"]),
        (E.ROLE_UPDATE, "tomorrow", {"a": "1"}, {"a": "1"}),
        (E.ROLE_UPDATE, "permissions", ["what"], ["what"]),
        (E.MEMBER_KICK, "owner_id", "77", "77"),
        (250, "owner_id", "77", "77"),
    ],
)  # fmt: skip
def test_a_value_has_the_type_of_its_field(
    event: int, key: str, sent: object, typed: object
) -> None:
    made = entry(event, {"key": key, "old_value": sent}, {"key": "other", "new_value": 1})
    assert made.before[key] == typed
    assert type(made.before[key]) is type(typed)
    assert made.after[key] is None
    assert entry(event, {"key": key, "new_value": sent}).after[key] == typed


def test_overwrites_come_whole_or_as_they_were_sent() -> None:
    made = entry(E.CHANNEL_CREATE, {"key": "permission_overwrites", "new_value": [OVERWRITE]})
    (overwrite,) = made.after["permission_overwrites"]
    assert isinstance(overwrite, Overwrite)
    assert overwrite.allow is Permissions.VIEW_CHANNEL
    broken = [{**OVERWRITE, "id": []}]
    damaged = entry(E.CHANNEL_CREATE, {"key": "permission_overwrites", "new_value": broken})
    assert damaged.after["permission_overwrites"] == broken


def test_roles_that_came_and_went_are_roles() -> None:
    made = entry(
        E.MEMBER_ROLE_UPDATE,
        {"key": "$add", "new_value": [{"id": "5", "name": "mods"}]},
        {"key": "$remove", "new_value": [{"id": "6", "name": "guests"}]},
    )
    (added,), (removed,) = made.after["$add"], made.after["$remove"]
    assert isinstance(added, PartialRole)
    assert (added.id, added.name) == (5, "mods")
    assert removed.id == 6
    assert made.before == {"$add": None, "$remove": None}


def test_the_permissions_of_a_command_are_told_by_whose_they_are() -> None:
    old = {"id": "5", "type": 1, "permission": False}
    made = entry(
        E.APPLICATION_COMMAND_PERMISSION_UPDATE,
        {"key": "5", "old_value": old, "new_value": {**old, "permission": True}},
    )
    before, after = made.before["5"], made.after["5"]
    assert isinstance(before, ApplicationCommandPermissions)
    assert (before.permission, after.permission) == (False, True)


def test_what_came_in_goes_out_unchanged() -> None:
    made = entry(E.ROLE_UPDATE, {"key": "permissions", "old_value": "8", "new_value": "0"})
    assert made.before["permissions"] is Permissions.ADMINISTRATOR
    assert to_plain(made)["changes"] == [{"new_value": "0", "old_value": "8", "key": "permissions"}]


def test_the_typed_objects_are_bound_as_the_entry_is() -> None:
    class Api:
        rest = counters = None

    made = entry(E.MEMBER_ROLE_UPDATE, {"key": "$add", "new_value": [{"id": "5"}]})
    made._api = api = Api()  # type: ignore[assignment]
    assert made.after["$add"][0]._api is api


def test_an_entry_without_changes_has_none() -> None:
    made = convert(
        AuditLogEntry, {"id": "1", "target_id": None, "user_id": None, "action_type": 20}
    )
    assert made.before == made.after == {}


def test_events_without_an_object_have_no_table_and_all_others_do() -> None:
    # The documentation names an object for all events but these.
    without = {
        "MEMBER_KICK", "MEMBER_PRUNE", "MEMBER_BAN_ADD", "MEMBER_BAN_REMOVE", "MEMBER_MOVE",
        "MEMBER_DISCONNECT", "BOT_ADD", "MESSAGE_DELETE", "MESSAGE_BULK_DELETE", "MESSAGE_PIN",
        "MESSAGE_UNPIN", "AUTO_MODERATION_BLOCK_MESSAGE", "AUTO_MODERATION_FLAG_TO_CHANNEL",
        "AUTO_MODERATION_USER_COMMUNICATION_DISABLED", "AUTO_MODERATION_QUARANTINE_USER",
        "CREATOR_MONETIZATION_REQUEST_CREATED", "CREATOR_MONETIZATION_TERMS_ACCEPTED",
        "HOME_SETTINGS_CREATE", "HOME_SETTINGS_UPDATE", "VOICE_CHANNEL_STATUS_CREATE",
        "VOICE_CHANNEL_STATUS_DELETE",
    }  # fmt: skip
    assert {event.name for event in AuditLogEvent} - without == {event.name for event in CHANGED}


junk = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 1 << 70) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@settings(deadline=None)
@given(
    st.sampled_from(list(AuditLogEvent)),
    st.lists(
        st.tuples(
            st.sampled_from(["id", "type", "allow", "permissions", "roles", "$add", "5", "x"]),
            junk,
            junk,
        )
    ),
)
def test_no_value_is_too_strange(
    event: AuditLogEvent, changes: list[tuple[str, object, object]]
) -> None:
    made = entry(
        event, *({"key": key, "old_value": old, "new_value": new} for key, old, new in changes)
    )
    assert made.before.keys() == made.after.keys() == {key for key, _, _ in changes}
