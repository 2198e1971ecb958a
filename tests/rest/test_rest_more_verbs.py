"""Verbs of applications, their commands and wares; those of guilds that are needed less often."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from rest_fake import Answer, FakeDiscord, message
from rest_guild_answers import (
    EMOJI,
    EVENT,
    JOIN_REQUEST,
    MEMBER,
    PACK,
    PNG,
    PNG_URI,
    STICKER,
    TEMPLATE,
    VOICE_STATE,
)
from rest_table import APPLICATION, CHANNEL, COMMAND, ENTITLEMENT, THREAD
from rest_verbs import Verb, made, run_verb

import disruption.types as T
from disruption.errors import InvalidArgument
from disruption.rest import Rest

SKU = {"id": "9", "type": 5, "application_id": "5", "name": "n", "slug": "s", "flags": 0}
PERMISSIONS = {"id": "6", "application_id": "5", "guild_id": "4", "permissions": []}
RECORD = {"type": 1, "key": "k", "name": "n", "description": "d"}
EXCEPTION = {
    "event_id": "14",
    "event_exception_id": "15",
    "scheduled_start_time": None,
    "scheduled_end_time": None,
    "is_canceled": True,
}
START = datetime(2030, 1, 1, tzinfo=timezone.utc)
BEGINS = "2030-01-01T00:00:00+00:00"
SENT = "2030-01-01T00:00:00.000+00:00"
SUBSCRIPTION = {
    "id": "20",
    "user_id": "3",
    "sku_ids": ["9"],
    "entitlement_ids": [],
    "renewal_sku_ids": None,
    "current_period_start": BEGINS,
    "current_period_end": BEGINS,
    "status": 0,
    "canceled_at": None,
}

THINGS = {
    "application": lambda: T.PartialApplication(id=5),
    "command": lambda: made(T.ApplicationCommand, COMMAND),
    "guild command": lambda: made(T.ApplicationCommand, COMMAND | {"guild_id": "4"}),
    "sku": lambda: made(T.SKU, SKU),
    "guild": lambda: T.PartialGuild(id=4),
    "event": lambda: made(T.GuildScheduledEvent, EVENT),
    "template": lambda: made(T.GuildTemplate, TEMPLATE),
    "sticker": lambda: made(T.Sticker, STICKER | {"pack_id": "9"}),
    "channel": lambda: T.PartialChannel(id=2),
    "group": lambda: made(T.Channel, CHANNEL | {"type": 3}),
    "webhook": lambda: T.PartialWebhook(id=1, token="t"),
}

APP = "/applications/5"
EVENT_PATH = "/guilds/4/scheduled-events/14"

VERBS = [
    Verb("application", "fetch", f"GET {APP}", answer=APPLICATION),
    Verb("application", "edit", f"PATCH {APP}", (), {"tags": ["a"]}, {"tags": ["a"]}, APPLICATION),
    Verb("application", "fetch_emojis", f"GET {APP}/emojis", answer={"items": [EMOJI]}),
    Verb("application", "fetch_emoji", f"GET {APP}/emojis/7", (7,), answer=EMOJI),
    Verb(
        "application",
        "create_emoji",
        f"POST {APP}/emojis",
        ("ok", PNG),
        {},
        {"name": "ok", "image": PNG_URI},
        EMOJI,
    ),
    Verb("application", "fetch_commands", f"GET {APP}/commands", answer=[COMMAND]),
    Verb(
        "application",
        "fetch_commands",
        f"GET {APP}/guilds/4/commands?with_localizations=true",
        (4,),
        {"with_localizations": True},
        answer=[COMMAND],
    ),
    Verb(
        "application",
        "fetch_command_permissions",
        f"GET {APP}/guilds/4/commands/permissions",
        (4,),
        answer=[PERMISSIONS],
    ),
    Verb("application", "fetch_skus", f"GET {APP}/skus", answer=[SKU]),
    Verb(
        "application",
        "entitlements",
        f"GET {APP}/entitlements?user_id=3&sku_ids=9&limit=2",
        (),
        {"user": 3, "skus": [9], "limit": 2},
        answer=[ENTITLEMENT],
    ),
    Verb("application", "fetch_entitlement", f"GET {APP}/entitlements/8", (8,), answer=ENTITLEMENT),
    Verb(
        "application",
        "create_test_entitlement",
        f"POST {APP}/entitlements",
        (9,),
        {"user": 3},
        {"sku_id": "9", "owner_id": "3", "owner_type": 2},
        ENTITLEMENT,
    ),
    Verb(
        "application",
        "create_test_entitlement",
        f"POST {APP}/entitlements",
        (9,),
        {"guild": 4},
        {"sku_id": "9", "owner_id": "4", "owner_type": 1},
        ENTITLEMENT,
    ),
    Verb(
        "application",
        "fetch_role_connection_metadata",
        f"GET {APP}/role-connections/metadata",
        answer=[RECORD],
    ),
    Verb(
        "application",
        "set_role_connection_metadata",
        f"PUT {APP}/role-connections/metadata",
        ([RECORD],),
        {},
        [RECORD],
        [RECORD],
    ),
    Verb("command", "fetch", f"GET {APP}/commands/6", answer=COMMAND),
    Verb("command", "edit", f"PATCH {APP}/commands/6", (), {"nsfw": True}, {"nsfw": True}, COMMAND),
    Verb("command", "delete", f"DELETE {APP}/commands/6"),
    Verb(
        "command",
        "fetch_permissions",
        f"GET {APP}/guilds/4/commands/6/permissions",
        (4,),
        answer=PERMISSIONS,
    ),
    Verb("guild command", "fetch", f"GET {APP}/guilds/4/commands/6", answer=COMMAND),
    Verb(
        "guild command",
        "edit",
        f"PATCH {APP}/guilds/4/commands/6",
        (),
        {"nsfw": True},
        {"nsfw": True},
        COMMAND,
    ),
    Verb("guild command", "delete", f"DELETE {APP}/guilds/4/commands/6"),
    Verb(
        "sku",
        "subscriptions",
        "GET /skus/9/subscriptions?user_id=3&limit=100",
        (3,),
        answer=[SUBSCRIPTION],
    ),
    Verb(
        "sku",
        "fetch_subscription",
        "GET /skus/9/subscriptions/20?user_id=3",
        (20,),
        {"user": 3},
        answer=SUBSCRIPTION,
    ),
    Verb(
        "guild",
        "add_member",
        "PUT /guilds/4/members/3",
        (3,),
        {"access_token": "a", "roles": [6]},
        {"access_token": "a", "roles": ["6"]},
        MEMBER,
    ),
    Verb(
        "guild",
        "search_messages",
        "GET /guilds/4/messages/search"
        "?content=a&has=file&min_id=1&sort_by=timestamp&sort_order=desc&limit=25",
        (),
        {"content": "a", "has": ["file"], "after": 1, "limit": 5},
        answer={
            "doing_deep_historical_index": False,
            "total_results": 1,
            "messages": [[message()]],
        },
    ),
    Verb(
        "guild",
        "join_requests",
        "GET /guilds/4/requests?status=SUBMITTED&limit=100",
        (),
        {"status": "SUBMITTED"},
        answer={"total": 1, "guild_join_requests": [JOIN_REQUEST]},
    ),
    Verb("guild", "fetch_new_member_welcome", "GET /guilds/4/new-member-welcome"),
    Verb("guild", "fetch_my_voice_state", "GET /guilds/4/voice-states/@me", answer=VOICE_STATE),
    Verb(
        "guild",
        "edit_my_voice_state",
        "PATCH /guilds/4/voice-states/@me",
        (),
        {"suppress": False},
        {"suppress": False},
    ),
    Verb(
        "event",
        "fetch_user_counts",
        f"GET {EVENT_PATH}/users/counts?guild_scheduled_event_exception_ids=15",
        ([15],),
        answer={
            "guild_scheduled_event_count": 1,
            "guild_scheduled_event_exception_counts": {"15": 2},
        },
    ),
    Verb(
        "event",
        "create_exception",
        f"POST {EVENT_PATH}/exceptions",
        (START,),
        {"is_canceled": True},
        {"original_scheduled_start_time": SENT, "is_canceled": True},
        EXCEPTION,
    ),
    Verb(
        "event",
        "edit_exception",
        f"PATCH {EVENT_PATH}/exceptions/15",
        (made(T.GuildScheduledEventException, EXCEPTION),),
        {"start": START},
        {"scheduled_start_time": SENT},
        EXCEPTION,
    ),
    Verb("event", "delete_exception", f"DELETE {EVENT_PATH}/exceptions/15", (15,)),
    Verb(
        "event", "exception_users", f"GET {EVENT_PATH}/15/users?after=0&limit=100", (15,), answer=[]
    ),
    Verb("template", "fetch", "GET /guilds/templates/abc", answer=TEMPLATE),
    Verb("sticker", "fetch_pack", "GET /sticker-packs/9", answer=PACK),
    Verb(
        "channel",
        "search_threads",
        "GET /channels/2/threads/search?name=a&tag=1&limit=25",
        ("a",),
        {"tags": [1]},
        answer={"threads": [THREAD], "members": [], "has_more": False, "total_results": 1},
    ),
    Verb(
        "channel",
        "fetch_thread_member",
        "GET /channels/2/thread-members/3",
        (3,),
        answer={"join_timestamp": BEGINS, "flags": 0},
    ),
    Verb(
        "group",
        "add_recipient",
        "PUT /channels/2/recipients/3",
        (3,),
        {"access_token": "a", "nick": "n"},
        {"access_token": "a", "nick": "n"},
    ),
    Verb("group", "remove_recipient", "DELETE /channels/2/recipients/3", (3,)),
    Verb("webhook", "send_slack", "POST /webhooks/1/t/slack", ({"text": "a"},), {}, {"text": "a"}),
    Verb(
        "webhook",
        "send_github",
        "POST /webhooks/1/t/github",
        ("push", {"ref": "a"}),
        {},
        {"ref": "a"},
    ),
]


@pytest.mark.parametrize("case", VERBS, ids=str)
def test_a_verb_makes_one_request(case: Verb, discord: FakeDiscord, rest: Rest) -> None:
    run_verb(case, THINGS[case.thing](), discord, rest)


def test_what_a_verb_cannot_do_is_said(discord: FakeDiscord, rest: Rest) -> None:
    application = rest.bind(T.PartialApplication(id=5))
    with pytest.raises(InvalidArgument, match="one of user and guild"):
        application.create_test_entitlement(9)
    with pytest.raises(InvalidArgument, match="one of user and guild"):
        application.create_test_entitlement(9, user=1, guild=2)
    with pytest.raises(InvalidArgument, match="in no pack"):
        rest.bind(made(T.Sticker, STICKER)).fetch_pack()
    with pytest.raises(InvalidArgument, match="messages must be a list"):
        rest.bind(T.PartialChannel(id=2)).delete_messages(5)  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument, match="exceptions must be a list"):
        rest.bind(made(T.GuildScheduledEvent, EVENT)).fetch_user_counts(5)  # type: ignore[arg-type]
    assert discord.requests == []


def test_a_search_for_threads_goes_on_behind_what_it_had(discord: FakeDiscord, rest: Rest) -> None:
    def page(first: int, count: int, more: bool) -> Answer:
        threads = [THREAD | {"id": str(first + number)} for number in range(count)]
        found = {"threads": threads, "members": [], "has_more": more, "total_results": 30}
        return Answer(json=found)

    discord.answer(page(1, 25, True), page(26, 5, False))
    found = list(rest.iter_thread_search(2, name="a"))
    assert [thread.id for thread in found] == list(range(1, 31))
    assert [each.path.partition("?")[2] for each in discord.requests] == [
        "name=a&limit=25",
        "name=a&limit=25&offset=25",
    ]


def test_requests_to_join_come_page_by_page(discord: FakeDiscord, rest: Rest) -> None:
    def page(*numbers: int) -> Answer:
        requests = [JOIN_REQUEST | {"id": str(number)} for number in numbers]
        return Answer(json={"total": 101, "guild_join_requests": requests})

    discord.answer(page(*range(101, 1, -1)), page(1))
    found = rest.iter_guild_join_requests(4)
    assert discord.requests == []
    assert [request.id for request in found] == list(range(101, 0, -1))
    assert discord.requests[1].path.endswith("/guilds/4/requests?before=2&limit=100")
