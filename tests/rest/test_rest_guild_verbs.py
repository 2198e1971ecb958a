"""Verbs of guilds and their parts: the one request that each makes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from rest_fake import Answer, FakeDiscord
from rest_guild_answers import (
    BAN,
    EMOJI,
    EVENT,
    GUILD,
    INTEGRATION,
    JOIN_REQUEST,
    MEMBER,
    ONBOARDING,
    PREVIEW,
    REGION,
    ROLE,
    RULE,
    SOUND,
    STAGE,
    STICKER,
    TEMPLATE,
    THREADS,
    VOICE_STATE,
    WELCOME,
    WIDGET,
    WIDGET_SETTINGS,
)
from rest_table import CHANNEL, INVITE, WEBHOOK

import disruption.types as T
from disruption.rest import Rest


def made(cls: type[Any], data: dict[str, Any], **more: Any) -> Any:
    thing = T.convert(cls, data)
    for name, value in more.items():
        setattr(thing, name, value)
    return thing


THINGS = {
    "guild": lambda: T.PartialGuild(id=4),
    "member": lambda: made(T.Member, MEMBER, guild_id=4),
    "handle": lambda: T.PartialMember(id=T.Snowflake(3), guild_id=T.Snowflake(4)),
    "role": lambda: made(T.Role, ROLE, guild_id=4),
    "emoji": lambda: made(T.Emoji, EMOJI, guild_id=4),
    "own": lambda: made(T.Emoji, EMOJI, application_id=5),
    "sticker": lambda: made(T.Sticker, STICKER),
    "sound": lambda: made(T.SoundboardSound, SOUND),
    "event": lambda: made(T.GuildScheduledEvent, EVENT),
    "stage": lambda: made(T.StageInstance, STAGE),
    "template": lambda: made(T.GuildTemplate, TEMPLATE),
    "rule": lambda: made(T.AutoModerationRule, RULE),
    "request": lambda: made(T.GuildJoinRequest, JOIN_REQUEST),
}


@dataclass
class Verb:
    thing: str
    verb: str
    asked: str
    args: tuple[Any, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    answer: Any = None

    def __str__(self) -> str:
        return f"{self.thing}.{self.verb}"


VERBS = [
    Verb("guild", "fetch", "GET /guilds/4?with_counts=false", answer=GUILD),
    Verb("guild", "edit", "PATCH /guilds/4", (), {"name": "xx"}, {"name": "xx"}, GUILD),
    Verb("guild", "leave", "DELETE /users/@me/guilds/4"),
    Verb("guild", "fetch_channels", "GET /guilds/4/channels", answer=[CHANNEL]),
    Verb("guild", "fetch_active_threads", "GET /guilds/4/threads/active", answer=THREADS),
    Verb("guild", "fetch_roles", "GET /guilds/4/roles", answer=[ROLE]),
    Verb("guild", "fetch_preview", "GET /guilds/4/preview", answer=PREVIEW),
    Verb("guild", "fetch_onboarding", "GET /guilds/4/onboarding", answer=ONBOARDING),
    Verb(
        "guild",
        "edit_onboarding",
        "PUT /guilds/4/onboarding",
        (),
        {"enabled": False, "reason": "why"},
        {"enabled": False},
        ONBOARDING,
    ),
    Verb("guild", "fetch_welcome_screen", "GET /guilds/4/welcome-screen", answer=WELCOME),
    Verb(
        "guild",
        "edit_welcome_screen",
        "PATCH /guilds/4/welcome-screen",
        (),
        {"description": "d", "reason": "why"},
        {"description": "d"},
        WELCOME,
    ),
    Verb("guild", "fetch_widget", "GET /guilds/4/widget.json", answer=WIDGET),
    Verb("guild", "fetch_widget_image", "GET /guilds/4/widget.png", answer={}),
    Verb("guild", "fetch_widget_settings", "GET /guilds/4/widget", answer=WIDGET_SETTINGS),
    Verb(
        "guild",
        "edit_widget",
        "PATCH /guilds/4/widget",
        (),
        {"channel_id": None, "reason": "why"},
        {"channel_id": None},
        WIDGET_SETTINGS,
    ),
    Verb("guild", "fetch_templates", "GET /guilds/4/templates", answer=[TEMPLATE]),
    Verb(
        "guild",
        "create_template",
        "POST /guilds/4/templates",
        ("t",),
        {},
        {"name": "t"},
        TEMPLATE,
    ),
    Verb("guild", "fetch_invites", "GET /guilds/4/invites", answer=[INVITE]),
    Verb("guild", "fetch_vanity_url", "GET /guilds/4/vanity-url", answer={"code": None, "uses": 0}),
    Verb("guild", "fetch_integrations", "GET /guilds/4/integrations", answer=[INTEGRATION]),
    Verb(
        "guild",
        "delete_integration",
        "DELETE /guilds/4/integrations/12",
        (12,),
        {"reason": "why"},
    ),
    Verb("guild", "fetch_webhooks", "GET /guilds/4/webhooks", answer=[WEBHOOK]),
    Verb("guild", "fetch_voice_regions", "GET /guilds/4/regions", answer=[REGION]),
    Verb("guild", "fetch_voice_state", "GET /guilds/4/voice-states/3", (3,), answer=VOICE_STATE),
    Verb("guild", "fetch_ban", "GET /guilds/4/bans/3", (3,), answer=BAN),
    Verb("guild", "prune", "POST /guilds/4/prune", (), {"days": 2}, {"days": 2}, {"pruned": 1}),
    Verb("guild", "fetch_emoji", "GET /guilds/4/emojis/7", (7,), answer=EMOJI),
    Verb("member", "fetch", "GET /guilds/4/members/3", answer=MEMBER),
    Verb(
        "member",
        "set_nick",
        "PATCH /guilds/4/members/3",
        (None,),
        {"reason": "why"},
        {"nick": None},
        MEMBER,
    ),
    Verb(
        "member",
        "timeout",
        "PATCH /guilds/4/members/3",
        (None,),
        {},
        {"communication_disabled_until": None},
        MEMBER,
    ),
    Verb("member", "add_role", "PUT /guilds/4/members/3/roles/6", (6,), {"reason": "why"}),
    Verb("member", "remove_role", "DELETE /guilds/4/members/3/roles/6", (6,), {"reason": "why"}),
    Verb("member", "kick", "DELETE /guilds/4/members/3", (), {"reason": "why"}),
    Verb(
        "member",
        "ban",
        "PUT /guilds/4/bans/3",
        (),
        {"delete_messages": timedelta(hours=1), "reason": "why"},
        {"delete_message_seconds": 3600},
    ),
    Verb("member", "unban", "DELETE /guilds/4/bans/3", (), {"reason": "why"}),
    Verb(
        "member",
        "move_to",
        "PATCH /guilds/4/members/3",
        (2,),
        {"reason": "why"},
        {"channel_id": "2"},
        MEMBER,
    ),
    Verb(
        "handle",
        "move_to",
        "PATCH /guilds/4/members/3",
        (None,),
        {},
        {"channel_id": None},
        MEMBER,
    ),
    Verb("member", "set_mute", "PATCH /guilds/4/members/3", (True,), {}, {"mute": True}, MEMBER),
    Verb("handle", "set_deaf", "PATCH /guilds/4/members/3", (False,), {}, {"deaf": False}, MEMBER),
    Verb(
        "member",
        "set_speaker",
        "PATCH /guilds/4/voice-states/3",
        (True,),
        {},
        {"suppress": False},
    ),
    Verb("member", "fetch_voice_state", "GET /guilds/4/voice-states/3", answer=VOICE_STATE),
    Verb("role", "fetch", "GET /guilds/4/roles/6", answer=ROLE),
    Verb(
        "role",
        "edit",
        "PATCH /guilds/4/roles/6",
        (),
        {"hoist": True, "reason": "why"},
        {"hoist": True},
        ROLE,
    ),
    Verb(
        "role",
        "move",
        "PATCH /guilds/4/roles",
        (3,),
        {"reason": "why"},
        [{"id": "6", "position": 3}],
        [ROLE],
    ),
    Verb("role", "delete", "DELETE /guilds/4/roles/6", (), {"reason": "why"}),
    Verb(
        "emoji",
        "edit",
        "PATCH /guilds/4/emojis/7",
        (),
        {"roles": [6], "reason": "why"},
        {"roles": ["6"]},
        EMOJI,
    ),
    Verb("emoji", "delete", "DELETE /guilds/4/emojis/7", (), {"reason": "why"}),
    Verb(
        "own",
        "edit",
        "PATCH /applications/5/emojis/7",
        (),
        {"name": "new"},
        {"name": "new"},
        EMOJI,
    ),
    Verb("own", "delete", "DELETE /applications/5/emojis/7"),
    Verb("sticker", "fetch", "GET /stickers/8", answer=STICKER),
    Verb(
        "sticker",
        "edit",
        "PATCH /guilds/4/stickers/8",
        (),
        {"tags": "t", "reason": "why"},
        {"tags": "t"},
        STICKER,
    ),
    Verb("sticker", "delete", "DELETE /guilds/4/stickers/8", (), {"reason": "why"}),
    Verb(
        "sound",
        "play",
        "POST /channels/2/send-soundboard-sound",
        (2,),
        {},
        {"sound_id": "11", "source_guild_id": "4"},
    ),
    Verb(
        "sound",
        "edit",
        "PATCH /guilds/4/soundboard-sounds/11",
        (),
        {"volume": 0.1, "reason": "why"},
        {"volume": 0.1},
        SOUND,
    ),
    Verb("sound", "delete", "DELETE /guilds/4/soundboard-sounds/11", (), {"reason": "why"}),
    Verb("event", "fetch", "GET /guilds/4/scheduled-events/14", answer=EVENT),
    Verb(
        "event",
        "start",
        "PATCH /guilds/4/scheduled-events/14",
        (),
        {"reason": "why"},
        {"status": 2},
        EVENT,
    ),
    Verb("event", "end", "PATCH /guilds/4/scheduled-events/14", body={"status": 3}, answer=EVENT),
    Verb(
        "event", "cancel", "PATCH /guilds/4/scheduled-events/14", body={"status": 4}, answer=EVENT
    ),
    Verb("event", "delete", "DELETE /guilds/4/scheduled-events/14"),
    Verb(
        "stage",
        "edit",
        "PATCH /stage-instances/2",
        (),
        {"privacy_level": 2, "reason": "why"},
        {"privacy_level": 2},
        STAGE,
    ),
    Verb("stage", "delete", "DELETE /stage-instances/2", (), {"reason": "why"}),
    Verb(
        "template",
        "edit",
        "PATCH /guilds/4/templates/abc",
        (),
        {"name": "n"},
        {"name": "n"},
        TEMPLATE,
    ),
    Verb("template", "sync", "PUT /guilds/4/templates/abc", answer=TEMPLATE),
    Verb("template", "delete", "DELETE /guilds/4/templates/abc", answer=TEMPLATE),
    Verb(
        "rule",
        "edit",
        "PATCH /guilds/4/auto-moderation/rules/17",
        (),
        {"enabled": False, "reason": "why"},
        {"enabled": False},
        RULE,
    ),
    Verb("rule", "delete", "DELETE /guilds/4/auto-moderation/rules/17", (), {"reason": "why"}),
    Verb(
        "request",
        "approve",
        "PATCH /guilds/4/requests/13",
        body={"action": "APPROVED"},
        answer=JOIN_REQUEST,
    ),
    Verb(
        "request",
        "reject",
        "PATCH /guilds/4/requests/13",
        ("no",),
        {},
        {"action": "REJECTED", "rejection_reason": "no"},
        JOIN_REQUEST,
    ),
]


@pytest.mark.parametrize("case", VERBS, ids=str)
def test_a_verb_makes_one_request(case: Verb, discord: FakeDiscord, rest: Rest) -> None:
    discord.answer(Answer(status=204) if case.answer is None else Answer(json=case.answer))
    thing = rest.bind(THINGS[case.thing]())
    getattr(thing, case.verb)(*case.args, **case.options)
    (request,) = discord.requests
    assert f"{request.method} {request.path.removeprefix('/api/v10')}" == case.asked
    assert (request.json if request.body else None) == case.body
    assert request.headers.get("X-Audit-Log-Reason") == case.options.get("reason")
