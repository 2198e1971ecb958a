"""Scheduled events, templates, stages, voice states, auto moderation and the audit log."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from rest_fake import Answer, FakeDiscord, Request
from rest_guild_answers import (
    AUDIT_LOG,
    ENTRY,
    EVENT,
    EVENT_USER,
    EXCEPTION,
    PNG,
    PNG_URI,
    REGION,
    RULE,
    STAGE,
    TEMPLATE,
    VOICE_STATE,
)
from rest_table import USER, Case, run

from disruption.errors import InvalidArgument
from disruption.rest import Rest
from disruption.types import (
    AuditLogEvent,
    AutoModerationActionMetadata,
    AutoModerationTriggerMetadata,
    BlockMessageAction,
    GuildScheduledEventEntityMetadata,
    GuildScheduledEventEntityType,
    GuildScheduledEventStatus,
    snowflake_at,
)

START = datetime(2026, 12, 24, 18, tzinfo=timezone.utc)
END = START + timedelta(hours=2)
SENT_START, SENT_END = "2026-12-24T18:00:00.000+00:00", "2026-12-24T20:00:00.000+00:00"
EVENTS = "/guilds/4/scheduled-events"
RULES = "/guilds/4/auto-moderation/rules"

CASES = [
    Case(
        "list_scheduled_events_for_guild",
        (4,),
        f"GET {EVENTS}?with_user_count=true",
        {"with_user_count": True},
        answer=[EVENT],
    ),
    Case("get_guild_scheduled_event", (4, 14), f"GET {EVENTS}/14", answer=EVENT),
    Case(
        "create_guild_scheduled_event",
        (4,),
        f"POST {EVENTS}",
        {
            "name": "party",
            "entity_type": GuildScheduledEventEntityType.VOICE,
            "scheduled_start_time": START,
            "channel_id": 2,
            "description": "d",
            "image": PNG,
            "recurrence_rule": {"frequency": 2, "interval": 1, "by_weekday": [2]},
            "reason": "why",
        },
        {
            "name": "party",
            "description": "d",
            "channel_id": "2",
            "image": PNG_URI,
            "scheduled_start_time": SENT_START,
            "entity_type": 2,
            "privacy_level": 2,
            "recurrence_rule": {"frequency": 2, "interval": 1, "by_weekday": [2]},
        },
        EVENT,
    ),
    Case(
        "create_guild_scheduled_event",
        (4,),
        f"POST {EVENTS}",
        {
            "name": "party",
            "entity_type": 3,
            "scheduled_start_time": START,
            "scheduled_end_time": END,
            "entity_metadata": GuildScheduledEventEntityMetadata(location="here"),
        },
        {
            "name": "party",
            "scheduled_start_time": SENT_START,
            "scheduled_end_time": SENT_END,
            "entity_type": 3,
            "privacy_level": 2,
            "entity_metadata": {"location": "here"},
        },
        EVENT,
    ),
    Case(
        "modify_guild_scheduled_event",
        (4, 14),
        f"PATCH {EVENTS}/14",
        {"status": GuildScheduledEventStatus.ACTIVE, "description": None, "reason": "why"},
        {"status": 2, "description": None},
        EVENT,
    ),
    Case(
        "modify_guild_scheduled_event",
        (4, 14),
        f"PATCH {EVENTS}/14",
        {
            "entity_type": 3,
            "entity_metadata": {"location": "here"},
            "scheduled_end_time": END,
            "image": None,
            "recurrence_rule": None,
        },
        {
            "image": None,
            "scheduled_end_time": SENT_END,
            "entity_type": 3,
            "entity_metadata": {"location": "here"},
            "recurrence_rule": None,
            "channel_id": None,
        },
        EVENT,
    ),
    Case("delete_guild_scheduled_event", (4, 14), f"DELETE {EVENTS}/14"),
    Case(
        "get_guild_scheduled_event_users",
        (4, 14),
        f"GET {EVENTS}/14/users?with_member=false&before=9&limit=5",
        {"with_member": False, "before": 9, "limit": 5},
        answer=[EVENT_USER],
    ),
    Case(
        "get_guild_scheduled_event_user_counts",
        (4, 14),
        f"GET {EVENTS}/14/users/counts"
        "?guild_scheduled_event_exception_ids=15&guild_scheduled_event_exception_ids=16",
        {"exception_ids": [15, 16]},
        answer={
            "guild_scheduled_event_count": 3,
            "guild_scheduled_event_exception_counts": {"15": 1, "16": 0},
        },
    ),
    Case(
        "create_guild_scheduled_event_exception",
        (4, 14),
        f"POST {EVENTS}/14/exceptions",
        {"original_scheduled_start_time": START, "is_canceled": True},
        {"original_scheduled_start_time": SENT_START, "is_canceled": True},
        EXCEPTION,
    ),
    Case(
        "modify_guild_scheduled_event_exception",
        (4, 14, 15),
        f"PATCH {EVENTS}/14/exceptions/15",
        {"scheduled_start_time": START, "scheduled_end_time": END},
        {"scheduled_start_time": SENT_START, "scheduled_end_time": SENT_END},
        EXCEPTION,
    ),
    Case(
        "delete_guild_scheduled_event_exception",
        (4, 14, 15),
        f"DELETE {EVENTS}/14/exceptions/15",
    ),
    Case(
        "get_guild_scheduled_event_exception_users",
        (4, 14, 15),
        f"GET {EVENTS}/14/15/users?after=2",
        {"after": 2},
        answer=[EVENT_USER],
    ),
    # Templates
    Case("get_guild_template", ("abc",), "GET /guilds/templates/abc", answer=TEMPLATE),
    Case("get_guild_templates", (4,), "GET /guilds/4/templates", answer=[TEMPLATE]),
    Case(
        "create_guild_template",
        (4,),
        "POST /guilds/4/templates",
        {"name": "t", "description": "d"},
        {"name": "t", "description": "d"},
        TEMPLATE,
    ),
    Case("sync_guild_template", (4, "abc"), "PUT /guilds/4/templates/abc", answer=TEMPLATE),
    Case(
        "modify_guild_template",
        (4, "abc"),
        "PATCH /guilds/4/templates/abc",
        {"description": None},
        {"description": None},
        TEMPLATE,
    ),
    Case("delete_guild_template", (4, "abc"), "DELETE /guilds/4/templates/abc", answer=TEMPLATE),
    # Stages and voice
    Case(
        "create_stage_instance",
        (2,),
        "POST /stage-instances",
        {
            "topic": "talk",
            "privacy_level": 2,
            "send_start_notification": True,
            "guild_scheduled_event_id": 14,
            "reason": "why",
        },
        {
            "channel_id": "2",
            "topic": "talk",
            "guild_scheduled_event_id": "14",
            "privacy_level": 2,
            "send_start_notification": True,
        },
        STAGE,
    ),
    Case("get_stage_instance", (2,), "GET /stage-instances/2", answer=STAGE),
    Case(
        "modify_stage_instance",
        (2,),
        "PATCH /stage-instances/2",
        {"topic": "new", "reason": "why"},
        {"topic": "new"},
        STAGE,
    ),
    Case("delete_stage_instance", (2,), "DELETE /stage-instances/2", {"reason": "why"}),
    Case("list_voice_regions", (), "GET /voice/regions", answer=[REGION]),
    Case(
        "get_current_user_voice_state",
        (4,),
        "GET /guilds/4/voice-states/@me",
        answer=VOICE_STATE,
    ),
    Case("get_user_voice_state", (4, 3), "GET /guilds/4/voice-states/3", answer=VOICE_STATE),
    Case(
        "modify_current_user_voice_state",
        (4,),
        "PATCH /guilds/4/voice-states/@me",
        {"channel_id": 2, "suppress": False, "request_to_speak_timestamp": START},
        {"channel_id": "2", "suppress": False, "request_to_speak_timestamp": SENT_START},
    ),
    Case(
        "modify_user_voice_state",
        (4, 3),
        "PATCH /guilds/4/voice-states/3",
        {"channel_id": 2, "suppress": True},
        {"channel_id": "2", "suppress": True},
    ),
    # Auto moderation
    Case("list_auto_moderation_rules_for_guild", (4,), f"GET {RULES}", answer=[RULE]),
    Case("get_auto_moderation_rule", (4, 17), f"GET {RULES}/17", answer=RULE),
    Case(
        "create_auto_moderation_rule",
        (4,),
        f"POST {RULES}",
        {
            "name": "no spam",
            "event_type": 1,
            "trigger_type": 1,
            "trigger_metadata": AutoModerationTriggerMetadata(keyword_filter=["spam"]),
            "actions": [
                BlockMessageAction(metadata=AutoModerationActionMetadata(custom_message="no"))
            ],
            "enabled": True,
            "exempt_roles": [6],
            "exempt_channels": [2],
            "reason": "why",
        },
        {
            "name": "no spam",
            "event_type": 1,
            "trigger_type": 1,
            "trigger_metadata": {"keyword_filter": ["spam"]},
            "actions": [{"type": 1, "metadata": {"custom_message": "no"}}],
            "enabled": True,
            "exempt_roles": ["6"],
            "exempt_channels": ["2"],
        },
        RULE,
    ),
    Case(
        "modify_auto_moderation_rule",
        (4, 17),
        f"PATCH {RULES}/17",
        {"enabled": False, "reason": "why"},
        {"enabled": False},
        RULE,
    ),
    Case("delete_auto_moderation_rule", (4, 17), f"DELETE {RULES}/17", {"reason": "why"}),
    # Audit log
    Case("get_guild_audit_log", (4,), "GET /guilds/4/audit-logs", answer=AUDIT_LOG),
    Case(
        "get_guild_audit_log",
        (4,),
        "GET /guilds/4/audit-logs?user_id=3&target_id=5&action_type=22&after=0&limit=10",
        {
            "user_id": 3,
            "target_id": 5,
            "action_type": AuditLogEvent.MEMBER_BAN_ADD,
            "after": 0,
            "limit": 10,
        },
        answer=AUDIT_LOG,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_method_asks_its_route(case: Case, discord: FakeDiscord, rest: Rest) -> None:
    run(case, discord, rest)
    assert rest.counters["types.mended_payloads"] == 0


EVENT_OPTIONS = {"name": "x", "entity_type": 2, "scheduled_start_time": START, "channel_id": 2}
RULE_OPTIONS: dict[str, Any] = {
    "name": "x",
    "event_type": 1,
    "trigger_type": 1,
    "actions": [{"type": 1}],
}


@pytest.mark.parametrize(
    ("method", "args", "options", "says"),
    [
        ("create_guild_scheduled_event", (4,), {"channel_id": None}, "channel_id must be given"),
        (
            "create_guild_scheduled_event",
            (4,),
            {"scheduled_end_time": START},
            "scheduled_end_time must be after",
        ),
        ("create_guild_scheduled_event", (4,), {"scheduled_start_time": "now"}, "scheduled_start"),
        ("create_guild_scheduled_event", (4,), {"entity_type": 3}, "entity_metadata must be given"),
        (
            "create_guild_scheduled_event",
            (4,),
            {"entity_type": 3, "entity_metadata": {"location": "x"}},
            "scheduled_end_time must be given",
        ),
        (
            "create_guild_scheduled_event",
            (4,),
            {"entity_type": 3, "entity_metadata": {}, "scheduled_end_time": END},
            "entity_metadata.location must be given",
        ),
        (
            "create_guild_scheduled_event",
            (4,),
            {
                "entity_type": 3,
                "entity_metadata": {"location": "x"},
                "scheduled_end_time": END,
            },
            "channel_id must not",
        ),
        (
            "create_guild_scheduled_event",
            (4,),
            {"entity_metadata": {"location": "x" * 101}},
            "entity_metadata.location",
        ),
        (
            "modify_guild_scheduled_event",
            (4, 14),
            {"entity_type": 3, "channel_id": 2},
            "channel_id must be None",
        ),
        ("get_guild_scheduled_event_users", (4, 14), {"limit": 101}, "limit"),
        ("create_guild_template", (4,), {"name": ""}, "name"),
        ("get_guild_template", ("..",), {}, "code"),
        ("create_stage_instance", (2,), {"topic": ""}, "topic"),
        ("create_auto_moderation_rule", (4,), {"actions": []}, "actions: at least 1"),
        ("create_auto_moderation_rule", (4,), {"exempt_roles": range(21)}, "exempt_roles"),
        (
            "create_auto_moderation_rule",
            (4,),
            {"trigger_metadata": {"keyword_filter": ["x" * 61]}},
            "trigger_metadata.keyword_filter.0",
        ),
        (
            "create_auto_moderation_rule",
            (4,),
            {"trigger_metadata": {"regex_patterns": ["x"] * 11}},
            "trigger_metadata.regex_patterns",
        ),
        (
            "create_auto_moderation_rule",
            (4,),
            {"trigger_metadata": {"mention_total_limit": 51}},
            "trigger_metadata.mention_total_limit",
        ),
        (
            "create_auto_moderation_rule",
            (4,),
            {"actions": [{"type": 3, "metadata": {"duration_seconds": 2419201}}]},
            "actions.0.metadata.duration_seconds",
        ),
        ("get_guild_audit_log", (4,), {"before": 1, "after": 2}, "only one of"),
    ],
)
def test_what_discord_would_refuse_is_not_sent(
    discord: FakeDiscord,
    rest: Rest,
    method: str,
    args: tuple[Any, ...],
    options: dict[str, Any],
    says: str,
) -> None:
    if method == "create_guild_scheduled_event":
        options = EVENT_OPTIONS | options
    if method == "create_auto_moderation_rule":
        options = RULE_OPTIONS | options
    with pytest.raises(InvalidArgument, match=says):
        getattr(rest, method)(*args, **options)
    assert not discord.requests


def entries(asked: Request) -> Answer:
    """Answer a page of the entries 1 to 250, as Discord does."""
    query = dict(pair.split("=") for pair in asked.path.partition("?")[2].split("&"))
    size = int(query["limit"])
    if "after" in query:
        found = [n for n in range(1, 251) if n > int(query["after"])][:size]
    else:
        before = int(query.get("before", 1 << 63))
        found = [n for n in range(250, 0, -1) if n < before][:size]
    log = [ENTRY | {"id": str(n)} for n in found]
    return Answer(json=AUDIT_LOG | {"audit_log_entries": log})


def test_the_audit_log_goes_both_ways(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = entries
    assert [e.id for e in rest.iter_guild_audit_log(4)] == list(range(250, 0, -1))
    assert len(discord.requests) == 3
    forward = rest.iter_guild_audit_log(4, oldest_first=True, user_id=3)
    assert [e.id for e in forward] == list(range(1, 251))
    assert "user_id=3" in discord.requests[-1].path
    between = rest.iter_guild_audit_log(4, after=20, before=25)
    assert [e.id for e in between] == [24, 23, 22, 21]
    assert [e.id for e in rest.iter_guild_audit_log(4, after=20, limit=2)] == [21, 22]


def test_the_audit_log_takes_times(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(json=AUDIT_LOG | {"audit_log_entries": []})
    assert list(rest.iter_guild_audit_log(4, before=START)) == []
    assert f"before={snowflake_at(START)}" in discord.requests[0].path


def test_the_interested_come_by_id(discord: FakeDiscord, rest: Rest) -> None:
    def users(asked: Request) -> Answer:
        query = dict(pair.split("=") for pair in asked.path.partition("?")[2].split("&"))
        after, size = int(query["after"]), int(query["limit"])
        found = range(after + 1, min(after + size, 150) + 1)
        return Answer(json=[EVENT_USER | {"user": USER | {"id": str(n)}} for n in found])

    discord.default = users
    found = rest.iter_guild_scheduled_event_users(4, 14)
    assert [entry.user and entry.user.id for entry in found] == list(range(1, 151))
    assert len(discord.requests) == 2
