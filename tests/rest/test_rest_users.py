from __future__ import annotations

from datetime import datetime, timezone

import pytest
from rest_fake import FakeDiscord
from rest_table import CHANNEL, USER, Case, run

from disruption.errors import InvalidArgument
from disruption.rest import Rest
from disruption.types import PartialUser

MEMBER = {
    "user": USER,
    "roles": [],
    "joined_at": "2026-11-24T20:00:00+00:00",
    "deaf": False,
    "mute": False,
    "flags": 0,
}
CONNECTION = {
    "id": "x",
    "name": "me",
    "type": "github",
    "verified": True,
    "friend_sync": False,
    "show_activity": False,
    "two_way_link": False,
    "visibility": 1,
}
ROLE_CONNECTION = {"platform_name": "p", "platform_username": None, "metadata": {}}
PATH = "/users/@me/applications/5/role-connection"
CASES = [
    Case("get_current_user", (), "GET /users/@me", answer=USER),
    Case("get_user", (3,), "GET /users/3", answer=USER),
    Case(
        "modify_current_user",
        (),
        "PATCH /users/@me",
        {"username": "me", "avatar": b"GIF89a", "banner": None},
        {"username": "me", "avatar": "data:image/gif;base64,R0lGODlh", "banner": None},
        USER,
    ),
    Case(
        "get_current_user_guilds",
        (),
        "GET /users/@me/guilds?before=5&limit=200&with_counts=true",
        {"before": 5, "limit": 200, "with_counts": True},
        answer=[{"id": "4", "name": "g"}],
    ),
    Case("get_current_user_guild_member", (4,), "GET /users/@me/guilds/4/member", answer=MEMBER),
    Case("leave_guild", (4,), "DELETE /users/@me/guilds/4"),
    Case("create_dm", (3,), "POST /users/@me/channels", body={"recipient_id": "3"}, answer=CHANNEL),
    Case(
        "create_group_dm",
        (),
        "POST /users/@me/channels",
        {"access_tokens": ["a", "b", "a"], "nicks": {3: "n"}},
        {"access_tokens": ["a", "b"], "nicks": {"3": "n"}},
        CHANNEL,
    ),
    Case("get_current_user_connections", (), "GET /users/@me/connections", answer=[CONNECTION]),
    Case(
        "get_current_user_application_role_connection", (5,), f"GET {PATH}", answer=ROLE_CONNECTION
    ),
    Case(
        "update_current_user_application_role_connection",
        (5,),
        f"PUT {PATH}",
        {
            "platform_name": "p",
            "platform_username": None,
            "metadata": {
                "level": 3,
                "admin": True,
                "since": datetime(2026, 1, 1, tzinfo=timezone.utc),
            },
        },
        {
            "platform_name": "p",
            "platform_username": None,
            "metadata": {"level": "3", "admin": "1", "since": "2026-01-01T00:00:00+00:00"},
        },
        ROLE_CONNECTION,
    ),
    Case("delete_current_user_application_role_connection", (5,), f"DELETE {PATH}"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_method_asks_its_route(case: Case, discord: FakeDiscord, rest: Rest) -> None:
    run(case, discord, rest)


@pytest.mark.parametrize(
    ("method", "args", "options", "says"),
    [
        ("modify_current_user", (), {"username": "x"}, "username"),
        ("get_current_user_guilds", (), {"limit": 201}, "limit"),
        ("create_group_dm", (), {"access_tokens": []}, "access_tokens"),
        (
            "update_current_user_application_role_connection",
            (5,),
            {"platform_name": "x" * 51},
            "platform_name",
        ),
        (
            "update_current_user_application_role_connection",
            (5,),
            {"metadata": {"k": "x" * 101}},
            "metadata.k",
        ),
    ],
)
def test_bad_arguments_are_refused_before_sending(
    discord: FakeDiscord,
    rest: Rest,
    method: str,
    args: tuple[object, ...],
    options: dict[str, object],
    says: str,
) -> None:
    with pytest.raises(InvalidArgument, match=says):
        getattr(rest, method)(*args, **options)
    assert discord.requests == []


def test_what_cannot_be_sent_opens_no_direct_messages(discord: FakeDiscord, rest: Rest) -> None:
    user = rest.bind(PartialUser(id=3))
    for options in ({"content": ""}, {"content": "x" * 2001}, {"content": "x", "delete_after": 5}):
        with pytest.raises(InvalidArgument):
            user.send(**options)
    assert discord.requests == []
