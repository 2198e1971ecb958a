"""Members of guilds, their bans and roles."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from rest_fake import Answer, FakeDiscord, Request
from rest_guild_answers import BAN, MEMBER, NOW, PNG, PNG_URI, ROLE
from rest_table import USER, Case, run

from disruption.errors import InvalidArgument
from disruption.rest import Rest
from disruption.types import Permissions, RoleColors

COLOURS = {"primary_color": 255, "secondary_color": None, "tertiary_color": None}

CASES = [
    Case("get_guild_member", (4, 3), "GET /guilds/4/members/3", answer=MEMBER),
    Case(
        "list_guild_members",
        (4,),
        "GET /guilds/4/members?limit=10&after=2",
        {"limit": 10, "after": 2},
        answer=[MEMBER],
    ),
    Case(
        "search_guild_members",
        (4, "an & b"),
        "GET /guilds/4/members/search?query=an%20%26%20b&limit=5",
        {"limit": 5},
        answer=[MEMBER],
    ),
    Case(
        "add_guild_member",
        (4, 3),
        "PUT /guilds/4/members/3",
        {
            "access_token": "t",
            "nick": "n",
            "roles": [6],
            "mute": True,
            "deaf": False,
            "flags": 4,
        },
        {
            "access_token": "t",
            "nick": "n",
            "roles": ["6"],
            "mute": True,
            "deaf": False,
            "flags": 4,
        },
        MEMBER,
    ),
    Case(
        "add_guild_member",
        (4, 3),
        "PUT /guilds/4/members/3",
        {"access_token": "t"},
        {"access_token": "t"},
        returns=None,
    ),
    Case(
        "modify_guild_member",
        (4, 3),
        "PATCH /guilds/4/members/3",
        {
            "nick": None,
            "roles": [6, "6", 7],
            "mute": True,
            "deaf": None,
            "channel_id": 2,
            "communication_disabled_until": datetime(2020, 1, 1, tzinfo=timezone.utc),
            "flags": 4,
            "reason": "why",
        },
        {
            "nick": None,
            "roles": ["6", "7"],
            "mute": True,
            "deaf": None,
            "channel_id": "2",
            "communication_disabled_until": "2020-01-01T00:00:00.000+00:00",
            "flags": 4,
        },
        MEMBER,
    ),
    Case(
        "modify_guild_member",
        (4, 3),
        "PATCH /guilds/4/members/3",
        {"channel_id": None, "communication_disabled_until": None},
        {"channel_id": None, "communication_disabled_until": None},
        MEMBER,
    ),
    Case(
        "modify_current_member",
        (4,),
        "PATCH /guilds/4/members/@me",
        {"nick": "n", "avatar": PNG, "banner": None, "bio": "b", "reason": "why"},
        {"nick": "n", "avatar": PNG_URI, "banner": None, "bio": "b"},
        MEMBER,
    ),
    Case("remove_guild_member", (4, 3), "DELETE /guilds/4/members/3", {"reason": "why"}),
    Case("add_guild_member_role", (4, 3, 6), "PUT /guilds/4/members/3/roles/6", {"reason": "why"}),
    Case(
        "remove_guild_member_role",
        (4, 3, 6),
        "DELETE /guilds/4/members/3/roles/6",
        {"reason": "why"},
    ),
    # Bans
    Case("get_guild_bans", (4,), "GET /guilds/4/bans", answer=[BAN]),
    Case(
        "get_guild_bans",
        (4,),
        "GET /guilds/4/bans?before=9&limit=7",
        {"before": 9, "limit": 7},
        answer=[BAN],
    ),
    Case("get_guild_ban", (4, 3), "GET /guilds/4/bans/3", answer=BAN),
    Case("create_guild_ban", (4, 3), "PUT /guilds/4/bans/3", {"reason": "why"}, {}),
    Case(
        "create_guild_ban",
        (4, 3),
        "PUT /guilds/4/bans/3",
        {"delete_messages": timedelta(days=1)},
        {"delete_message_seconds": 86400},
    ),
    Case("remove_guild_ban", (4, 3), "DELETE /guilds/4/bans/3", {"reason": "why"}),
    Case(
        "bulk_guild_ban",
        (4, [3, "5", 3]),
        "POST /guilds/4/bulk-ban",
        {"delete_messages": 60, "reason": "why"},
        {"user_ids": ["3", "5"], "delete_message_seconds": 60},
        {"banned_users": ["3"], "failed_users": ["5"]},
    ),
    Case(
        "get_guild_prune_count",
        (4,),
        "GET /guilds/4/prune?days=30&include_roles=6%2C7",
        {"days": timedelta(days=30), "include_roles": [6, 7]},
        answer={"pruned": 5},
        returns=5,
    ),
    Case(
        "begin_guild_prune",
        (4,),
        "POST /guilds/4/prune",
        {"days": 1, "compute_prune_count": False, "include_roles": [6], "reason": "why"},
        {"days": 1, "compute_prune_count": False, "include_roles": ["6"]},
        {"pruned": None},
        None,
    ),
    # Roles
    Case("get_guild_roles", (4,), "GET /guilds/4/roles", answer=[ROLE]),
    Case("get_guild_role", (4, 6), "GET /guilds/4/roles/6", answer=ROLE),
    Case(
        "get_guild_role_member_counts",
        (4,),
        "GET /guilds/4/roles/member-counts",
        answer={"6": 2},
        returns={6: 2},
    ),
    Case("create_guild_role", (4,), "POST /guilds/4/roles", {}, {}, ROLE),
    Case(
        "create_guild_role",
        (4,),
        "POST /guilds/4/roles",
        {
            "name": "r",
            "permissions": Permissions.KICK_MEMBERS | Permissions.BAN_MEMBERS,
            "color": 255,
            "hoist": True,
            "icon": PNG,
            "mentionable": False,
            "reason": "why",
        },
        {
            "name": "r",
            "permissions": "6",
            "colors": COLOURS,
            "hoist": True,
            "icon": PNG_URI,
            "mentionable": False,
        },
        ROLE,
    ),
    Case(
        "modify_guild_role",
        (4, 6),
        "PATCH /guilds/4/roles/6",
        {
            "name": None,
            "permissions": None,
            "colors": RoleColors(primary_color=255, secondary_color=None, tertiary_color=None),
            "icon": None,
            "unicode_emoji": "👍",
            "reason": "why",
        },
        {
            "name": None,
            "permissions": None,
            "colors": COLOURS,
            "icon": None,
            "unicode_emoji": "👍",
        },
        ROLE,
    ),
    Case(
        "modify_guild_role",
        (4, 6),
        "PATCH /guilds/4/roles/6",
        {"color": None},
        {"colors": COLOURS | {"primary_color": 0}},
        ROLE,
    ),
    Case(
        "modify_guild_role_positions",
        (4, {6: 2, "7": 1}),
        "PATCH /guilds/4/roles",
        {"reason": "why"},
        [{"id": "6", "position": 2}, {"id": "7", "position": 1}],
        [ROLE],
    ),
    Case(
        "modify_guild_role_positions",
        (4, [{"id": 6, "position": 2}]),
        "PATCH /guilds/4/roles",
        {},
        [{"id": "6", "position": 2}],
        [ROLE],
    ),
    Case("delete_guild_role", (4, 6), "DELETE /guilds/4/roles/6", {"reason": "why"}),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_method_asks_its_route(case: Case, discord: FakeDiscord, rest: Rest) -> None:
    run(case, discord, rest)
    assert rest.counters["types.mended_payloads"] == 0


@pytest.mark.parametrize(
    ("method", "args", "options", "says"),
    [
        ("list_guild_members", (4,), {"limit": 1001}, "limit"),
        ("search_guild_members", (4, ""), {}, "query"),
        ("add_guild_member", (4, 3), {"access_token": ""}, "access_token"),
        ("modify_guild_member", (4, 3), {"nick": "x" * 33}, "nick"),
        ("modify_guild_member", (4, 3), {"roles": "6"}, "roles must be a list"),
        ("modify_guild_member", (4, 3), {"roles": ["x"]}, r"roles\[0\]"),
        (
            "modify_guild_member",
            (4, 3),
            {"communication_disabled_until": timedelta(days=29)},
            "communication_disabled_until must be at most 28 days",
        ),
        (
            "modify_guild_member",
            (4, 3),
            {"communication_disabled_until": 5},
            "communication_disabled_until must be a datetime",
        ),
        ("modify_current_member", (4,), {"bio": "x" * 191}, "bio"),
        ("get_guild_bans", (4,), {"before": 1, "after": 2}, "only one of"),
        ("create_guild_ban", (4, 3), {"delete_messages": timedelta(days=8)}, "delete_messages"),
        ("create_guild_ban", (4, 3), {"delete_messages": 1.5}, "delete_messages must be whole"),
        ("bulk_guild_ban", (4, []), {}, "user_ids: at least 1"),
        ("bulk_guild_ban", (4, range(201)), {}, "user_ids: at most 200"),
        ("bulk_guild_ban", (4, "123"), {}, "user_ids must be a list"),
        ("get_guild_prune_count", (4,), {"days": 31}, "days"),
        ("begin_guild_prune", (4,), {"days": 0}, "days"),
        ("begin_guild_prune", (4,), {"include_roles": range(101)}, "include_roles: at most"),
        ("create_guild_role", (4,), {"color": 0x1000000}, "color must be between"),
        ("create_guild_role", (4,), {"color": 1, "colors": COLOURS}, "only one of color"),
        ("create_guild_role", (4,), {"icon": PNG, "unicode_emoji": "👍"}, "only one of icon"),
        ("modify_guild_role", (4, 6), {"icon": PNG + b"x" * 262144}, "icon must have at most"),
        ("modify_guild_role_positions", (4, {}), {}, "at least 1"),
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


def test_members_and_roles_know_their_guild(discord: FakeDiscord, rest: Rest) -> None:
    discord.answer(Answer(json=MEMBER), Answer(json=[MEMBER]), Answer(json=[ROLE]))
    member = rest.get_guild_member(4, 3)
    assert member.guild_id == 4
    assert member.to_dict() == MEMBER
    assert rest.list_guild_members(4)[0].guild_id == 4
    assert rest.get_guild_roles(4)[0].guild_id == 4


def people(asked: Request) -> Answer:
    """Answer a page of two of the users 1 to 5, as Discord does."""
    query = dict(pair.split("=") for pair in asked.path.partition("?")[2].split("&"))
    assert query["limit"] in ("1000", "3")
    before, after = int(query.get("before", 1 << 63)), int(query.get("after", 0))
    found = [n for n in range(1, 1501) if after < n < before]
    size = int(query["limit"])
    page = found[-size:] if "before" in query else found[:size]
    user = [USER | {"id": str(n)} for n in page]
    if "/bans" in asked.path:
        return Answer(json=[{"reason": None, "user": one} for one in user])
    return Answer(json=[{"user": one, "roles": [], "joined_at": NOW} for one in user])


def test_members_come_page_by_page(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = people
    members = rest.iter_guild_members(4)
    assert not discord.requests
    assert [member.id for member in members] == list(range(1, 1501))
    assert [r.path.partition("?")[2] for r in discord.requests] == [
        "limit=1000&after=0",
        "limit=1000&after=1000",
    ]
    assert [m.id for m in rest.iter_guild_members(4, after=7, limit=3)] == [8, 9, 10]


def test_bans_go_both_ways(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = people
    assert [ban.user.id for ban in rest.iter_guild_bans(4)] == list(range(1, 1501))
    down = rest.iter_guild_bans(4, oldest_first=False)
    assert [ban.user.id for ban in down] == list(range(1500, 0, -1))
    assert [ban.user.id for ban in rest.iter_guild_bans(4, before=10, limit=3)] == [9, 8, 7]
    assert [ban.user.id for ban in rest.iter_guild_bans(4, after=10, limit=3)] == [11, 12, 13]
    assert len(discord.requests) == 6


def test_an_iterator_can_be_left(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = people
    for ban in rest.iter_guild_bans(4):
        if ban.user.id == 3:
            break
    assert len(discord.requests) == 1


def test_a_change_without_an_answer_is_read_back(discord: FakeDiscord, rest: Rest) -> None:
    discord.answer(Answer(status=204), Answer(json=MEMBER))
    member = rest.modify_guild_member(4, 3, nick="n")
    assert (member.id, member.guild_id) == (3, 4)
    assert [request.method for request in discord.requests] == ["PATCH", "GET"]
