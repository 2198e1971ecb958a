"""Guilds: themselves, their channels, and what they show."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from rest_fake import Answer, FakeDiscord
from rest_guild_answers import (
    GUILD,
    INCIDENTS,
    INTEGRATION,
    JOIN_REQUEST,
    NEW_MEMBER_WELCOME,
    ONBOARDING,
    PNG,
    PNG_URI,
    PREVIEW,
    REGION,
    THREADS,
    WELCOME,
    WIDGET,
    WIDGET_SETTINGS,
)
from rest_table import CHANNEL, INVITE, Case, run

from disruption.errors import InvalidArgument
from disruption.rest import Rest
from disruption.types import (
    ChannelType,
    GuildFeature,
    OnboardingMode,
    Overwrite,
    OverwriteType,
    Permissions,
    SystemChannelFlags,
    VerificationLevel,
    WelcomeScreenChannel,
    WidgetStyleOption,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=timezone(timedelta(hours=1)))

CASES = [
    Case("get_guild", (4,), "GET /guilds/4", answer=GUILD),
    Case("get_guild", (4,), "GET /guilds/4?with_counts=true", {"with_counts": True}, answer=GUILD),
    Case("get_guild_preview", (4,), "GET /guilds/4/preview", answer=PREVIEW),
    Case("modify_guild", (4,), "PATCH /guilds/4", body={}, answer=GUILD),
    Case(
        "modify_guild",
        (4,),
        "PATCH /guilds/4",
        {
            "name": "new",
            "description": None,
            "icon": PNG,
            "splash": PNG,
            "discovery_splash": None,
            "banner": PNG,
            "home_header": None,
            "region": None,
            "verification_level": VerificationLevel.HIGH,
            "default_message_notifications": 1,
            "explicit_content_filter": None,
            "afk_channel_id": 2,
            "afk_timeout": timedelta(minutes=5),
            "system_channel_id": None,
            "system_channel_flags": SystemChannelFlags.SUPPRESS_JOIN_NOTIFICATIONS,
            "rules_channel_id": "2",
            "public_updates_channel_id": None,
            "safety_alerts_channel_id": None,
            "preferred_locale": "de",
            "features": {GuildFeature.COMMUNITY},
            "premium_progress_bar_enabled": True,
            "reason": "why",
        },
        {
            "name": "new",
            "description": None,
            "icon": PNG_URI,
            "splash": PNG_URI,
            "discovery_splash": None,
            "banner": PNG_URI,
            "home_header": None,
            "region": None,
            "verification_level": 3,
            "default_message_notifications": 1,
            "explicit_content_filter": None,
            "afk_channel_id": "2",
            "afk_timeout": 300,
            "system_channel_id": None,
            "system_channel_flags": 1,
            "rules_channel_id": "2",
            "public_updates_channel_id": None,
            "safety_alerts_channel_id": None,
            "preferred_locale": "de",
            "features": ["COMMUNITY"],
            "premium_progress_bar_enabled": True,
        },
        GUILD,
    ),
    Case("get_guild_channels", (4,), "GET /guilds/4/channels", answer=[CHANNEL]),
    Case(
        "create_guild_channel",
        (4,),
        "POST /guilds/4/channels",
        {"name": "talk"},
        {"name": "talk"},
        CHANNEL,
    ),
    Case(
        "create_guild_channel",
        (4,),
        "POST /guilds/4/channels",
        {
            "name": "talk",
            "type": ChannelType.GUILD_FORUM,
            "topic": None,
            "parent_id": 9,
            "position": 3,
            "permission_overwrites": [
                Overwrite(
                    id=4,
                    type=OverwriteType.ROLE,
                    allow=Permissions.VIEW_CHANNEL,
                    deny=Permissions.NONE,
                )
            ],
            "nsfw": False,
            "rate_limit_per_user": timedelta(seconds=5),
            "bitrate": 64000,
            "user_limit": 10,
            "rtc_region": None,
            "video_quality_mode": 1,
            "default_auto_archive_duration": 60,
            "default_reaction_emoji": {"emoji_id": None, "emoji_name": "👍"},
            "available_tags": [{"name": "tag"}],
            "default_sort_order": 1,
            "default_forum_layout": 2,
            "default_thread_rate_limit_per_user": 7,
            "flags": 16,
            "reason": "why",
        },
        {
            "name": "talk",
            "type": 15,
            "topic": None,
            "parent_id": "9",
            "position": 3,
            "permission_overwrites": [{"id": "4", "type": 0, "allow": "1024", "deny": "0"}],
            "nsfw": False,
            "rate_limit_per_user": 5,
            "bitrate": 64000,
            "user_limit": 10,
            "rtc_region": None,
            "video_quality_mode": 1,
            "default_auto_archive_duration": 60,
            "default_reaction_emoji": {"emoji_id": None, "emoji_name": "👍"},
            "available_tags": [{"name": "tag"}],
            "default_sort_order": 1,
            "default_forum_layout": 2,
            "default_thread_rate_limit_per_user": 7,
            "flags": 16,
        },
        CHANNEL,
    ),
    Case(
        "modify_guild_channel_positions",
        (4, [{"id": 2, "position": 1}, {"id": "3", "parent_id": 9, "lock_permissions": True}]),
        "PATCH /guilds/4/channels",
        {},
        [
            {"id": "2", "position": 1},
            {"id": "3", "parent_id": "9", "lock_permissions": True},
        ],
    ),
    Case("list_active_guild_threads", (4,), "GET /guilds/4/threads/active", answer=THREADS),
    Case("get_guild_voice_regions", (4,), "GET /guilds/4/regions", answer=[REGION]),
    Case("get_guild_invites", (4,), "GET /guilds/4/invites", answer=[INVITE]),
    Case("get_guild_vanity_url", (4,), "GET /guilds/4/vanity-url", answer={"code": "a", "uses": 1}),
    Case("get_guild_integrations", (4,), "GET /guilds/4/integrations", answer=[INTEGRATION]),
    Case(
        "delete_guild_integration",
        (4, 12),
        "DELETE /guilds/4/integrations/12",
        {"reason": "why"},
    ),
    Case("get_guild_widget_settings", (4,), "GET /guilds/4/widget", answer=WIDGET_SETTINGS),
    Case(
        "modify_guild_widget",
        (4,),
        "PATCH /guilds/4/widget",
        {"enabled": False, "channel_id": None, "reason": "why"},
        {"enabled": False, "channel_id": None},
        WIDGET_SETTINGS,
    ),
    Case("get_guild_widget", (4,), "GET /guilds/4/widget.json", answer=WIDGET),
    Case("get_guild_welcome_screen", (4,), "GET /guilds/4/welcome-screen", answer=WELCOME),
    Case(
        "modify_guild_welcome_screen",
        (4,),
        "PATCH /guilds/4/welcome-screen",
        {
            "enabled": True,
            "welcome_channels": [
                WelcomeScreenChannel(channel_id=2, description="d", emoji_id=None, emoji_name="👋")
            ],
            "description": None,
            "reason": "why",
        },
        {
            "enabled": True,
            "welcome_channels": [
                {"channel_id": "2", "description": "d", "emoji_id": None, "emoji_name": "👋"}
            ],
            "description": None,
        },
        WELCOME,
    ),
    Case("get_guild_onboarding", (4,), "GET /guilds/4/onboarding", answer=ONBOARDING),
    Case(
        "modify_guild_onboarding",
        (4,),
        "PUT /guilds/4/onboarding",
        {
            "prompts": [{"id": 1, "title": "t", "options": [{"title": "o"}]}],
            "default_channel_ids": [2, 2, "3"],
            "enabled": True,
            "mode": OnboardingMode.ONBOARDING_ADVANCED,
            "reason": "why",
        },
        {
            "prompts": [{"id": 1, "title": "t", "options": [{"title": "o"}]}],
            "default_channel_ids": ["2", "3"],
            "enabled": True,
            "mode": 1,
        },
        ONBOARDING,
    ),
    Case(
        "get_guild_new_member_welcome",
        (4,),
        "GET /guilds/4/new-member-welcome",
        answer=NEW_MEMBER_WELCOME,
    ),
    Case("get_guild_new_member_welcome", (4,), "GET /guilds/4/new-member-welcome", returns=None),
    Case(
        "modify_guild_incident_actions",
        (4,),
        "PUT /guilds/4/incident-actions",
        {"invites_disabled_until": NOON, "dms_disabled_until": None},
        {"invites_disabled_until": "2026-11-24T11:00:00.000+00:00", "dms_disabled_until": None},
        INCIDENTS,
    ),
    Case(
        "get_guild_join_requests",
        (4,),
        "GET /guilds/4/requests?status=SUBMITTED&after=5&limit=10",
        {"status": "SUBMITTED", "after": 5, "limit": 10},
        answer={"total": 1, "guild_join_requests": [JOIN_REQUEST]},
    ),
    Case(
        "action_guild_join_request",
        (4, 13),
        "PATCH /guilds/4/requests/13",
        {"action": "REJECTED", "rejection_reason": "no"},
        {"action": "REJECTED", "rejection_reason": "no"},
        JOIN_REQUEST,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_method_asks_its_route(case: Case, discord: FakeDiscord, rest: Rest) -> None:
    run(case, discord, rest)
    assert rest.counters["types.mended_payloads"] == 0


@pytest.mark.parametrize(
    ("method", "args", "options", "says"),
    [
        ("modify_guild", (4,), {"name": "x"}, "name must be at least 2"),
        ("modify_guild", (4,), {"afk_timeout": 61}, "afk_timeout must be one of"),
        ("modify_guild", (4,), {"icon": b"<svg>"}, "icon must be a PNG"),
        ("modify_guild", (4,), {"rules_channel_id": "x"}, "rules_channel_id"),
        ("create_guild_channel", (4,), {"name": ""}, "name"),
        ("create_guild_channel", (4,), {"name": "x", "bitrate": 1}, "bitrate"),
        ("create_guild_channel", (4,), {"name": "x", "rate_limit_per_user": -1}, "rate_limit"),
        (
            "create_guild_channel",
            (4,),
            {"name": "x", "default_auto_archive_duration": 61},
            "default_auto_archive_duration must be one of",
        ),
        (
            "create_guild_channel",
            (4,),
            {"name": "x", "available_tags": [{}] * 21},
            "available_tags",
        ),
        ("modify_guild_channel_positions", (4, []), {}, "at least 1"),
        ("modify_guild_channel_positions", (4, [{"position": 1}]), {}, r"positions\[0\]"),
        ("modify_guild_channel_positions", (4, [{"id": 1, "name": "x"}]), {}, "not name"),
        ("modify_guild_channel_positions", (4, [{"id": 1}, {"id": "1"}]), {}, "twice"),
        (
            "modify_guild_channel_positions",
            (4, [{"id": 1, "parent_id": 2}, {"id": 3, "parent_id": None}]),
            {},
            "one channel at a time",
        ),
        ("get_guild_widget_image", (4,), {"style": "banner9"}, "style"),
        ("modify_guild_welcome_screen", (4,), {"welcome_channels": [{}] * 6}, "at most 5"),
        (
            "modify_guild_welcome_screen",
            (4,),
            {"welcome_channels": [{"channel_id": 1, "description": "x" * 51}]},
            "welcome_channels.0.description",
        ),
        ("modify_guild_onboarding", (4,), {"prompts": [1]}, "prompts.0"),
        (
            "modify_guild_onboarding",
            (4,),
            {"prompts": [{"title": "t", "options": [{"title": ""}]}]},
            "prompts.0.options.0.title",
        ),
        (
            "modify_guild_incident_actions",
            (4,),
            {"dms_disabled_until": timedelta(hours=25)},
            "dms_disabled_until must be at most 24 hours",
        ),
        ("get_guild_join_requests", (4,), {"before": 1, "after": 2}, "only one of"),
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
    with pytest.raises(InvalidArgument, match=says):
        getattr(rest, method)(*args, **options)
    assert not discord.requests


def test_the_widget_is_an_image(discord: FakeDiscord, rest: Rest) -> None:
    discord.answer(Answer(body=PNG, headers={"Content-Type": "image/png"}))
    assert rest.get_guild_widget_image(4, style=WidgetStyleOption.BANNER2) == PNG
    assert discord.requests[0].path.endswith("/guilds/4/widget.png?style=banner2")


def test_a_guild_tells_its_roles_and_emojis_where_they_are(
    discord: FakeDiscord, rest: Rest
) -> None:
    discord.default = Answer(json=GUILD)
    guild = rest.get_guild(4)
    assert guild.roles[0].guild_id == guild.emojis[0].guild_id == 4
    assert guild.to_dict() == GUILD


def test_a_time_without_zone_is_local_and_a_span_counts_from_now(
    discord: FakeDiscord, rest: Rest
) -> None:
    discord.default = Answer(json=INCIDENTS)
    before = datetime.now(timezone.utc)
    naive = datetime.now() + timedelta(hours=1)
    rest.modify_guild_incident_actions(
        4, invites_disabled_until=timedelta(hours=2), dms_disabled_until=naive
    )
    body = discord.requests[0].json
    sent = datetime.fromisoformat(body["invites_disabled_until"])
    assert sent - before >= timedelta(hours=2) - timedelta(milliseconds=1)
    assert body["dms_disabled_until"] == naive.astimezone(timezone.utc).isoformat(
        timespec="milliseconds"
    )


def test_a_widget_needs_no_token(discord: FakeDiscord) -> None:
    discord.default = Answer(json=WIDGET)
    with Rest.anonymous(discord.url) as rest:
        assert rest.get_guild_widget(4).name == "home"
    assert "Authorization" not in discord.requests[0].headers
