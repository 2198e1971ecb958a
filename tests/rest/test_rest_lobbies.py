from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from rest_fake import FakeDiscord
from rest_table import USER, Case, run

from disruption.errors import InvalidArgument
from disruption.rest import Rest
from disruption.types import LobbyMember, LobbyMemberFlags

LOBBY = {"id": "1", "application_id": "5", "metadata": None, "members": []}
MEMBER = {"id": "3", "flags": 1}
MESSAGE = {
    "id": "6",
    "type": 0,
    "content": "x",
    "lobby_id": "1",
    "channel_id": "1",
    "author": USER,
    "flags": 0,
    "application_id": "5",
}
CASES = [
    Case(
        "create_lobby",
        (),
        "POST /lobbies",
        {
            "metadata": {"a": "b"},
            "members": [3, LobbyMember(id=4, flags=LobbyMemberFlags.CAN_LINK_LOBBY), {"id": 5}],
            "idle_timeout": timedelta(minutes=1),
        },
        {
            "metadata": {"a": "b"},
            "members": [{"id": "3"}, {"id": "4", "flags": 1}, {"id": "5"}],
            "idle_timeout_seconds": 60,
        },
        LOBBY,
    ),
    Case(
        "create_or_join_lobby",
        (),
        "PUT /lobbies",
        {"secret": "s", "member_metadata": None},
        {"secret": "s", "member_metadata": None},
        LOBBY,
    ),
    Case("get_lobby", (1,), "GET /lobbies/1", answer=LOBBY),
    Case("modify_lobby", (1,), "PATCH /lobbies/1", {"members": []}, {"members": []}, LOBBY),
    Case("delete_lobby", (1,), "DELETE /lobbies/1"),
    Case(
        "link_channel_to_lobby",
        (1,),
        "PATCH /lobbies/1/channel-linking",
        {"channel_id": 2},
        {"channel_id": "2"},
        LOBBY,
    ),
    Case(
        "unlink_channel_from_lobby",
        (1,),
        "PATCH /lobbies/1/channel-linking",
        body={},
        answer=LOBBY,
    ),
    Case(
        "add_a_member_to_a_lobby",
        (1, 3),
        "PUT /lobbies/1/members/3",
        {"flags": LobbyMemberFlags.CAN_LINK_LOBBY, "additional_name": None},
        {"flags": 1, "additional_name": None},
        MEMBER,
    ),
    Case(
        "bulk_update_lobby_members",
        (1, [3, {"id": 4, "remove_member": True}]),
        "POST /lobbies/1/members/bulk",
        body=[{"id": "3"}, {"id": "4", "remove_member": True}],
        answer=[MEMBER],
    ),
    Case("remove_a_member_from_a_lobby", (1, 3), "DELETE /lobbies/1/members/3"),
    Case("leave_lobby", (1,), "DELETE /lobbies/1/members/@me"),
    Case(
        "create_lobby_channel_invite_for_self",
        (1,),
        "POST /lobbies/1/members/@me/invites",
        answer={"code": "abc"},
    ),
    Case(
        "create_lobby_channel_invite_for_user",
        (1, 3),
        "POST /lobbies/1/members/3/invites",
        answer={"code": "abc"},
    ),
    Case(
        "send_lobby_message",
        (1,),
        "POST /lobbies/1/messages",
        {"content": "x", "metadata": {"a": "b"}},
        {"content": "x", "metadata": {"a": "b"}},
        MESSAGE,
    ),
    Case(
        "get_lobby_messages",
        (1,),
        "GET /lobbies/1/messages?limit=200",
        {"limit": 200},
        answer=[MESSAGE],
    ),
    Case(
        "update_lobby_message_moderation_metadata",
        (1, 6, {"action": "hide"}),
        "PUT /lobbies/1/messages/6/moderation-metadata",
        body={"action": "hide"},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_method_asks_its_route(case: Case, discord: FakeDiscord, rest: Rest) -> None:
    run(case, discord, rest)


@pytest.mark.parametrize(
    ("method", "args", "options", "says"),
    [
        ("create_lobby", (), {"metadata": {"a": "x" * 1000}}, "1000 characters"),
        ("create_lobby", (), {"metadata": {"a": 1}}, "str to str"),
        ("create_lobby", (), {"members": range(26)}, "members"),
        ("create_lobby", (), {"idle_timeout": 4}, "idle_timeout"),
        ("create_or_join_lobby", (), {"secret": "x" * 251}, "secret"),
        ("add_a_member_to_a_lobby", (1, 3), {"additional_name": ""}, "additional_name"),
        ("bulk_update_lobby_members", (1, []), {}, "members"),
        ("bulk_update_lobby_members", (1, [{"flags": 1}]), {}, r"members\[0\].id"),
        ("send_lobby_message", (1,), {"content": ""}, "content"),
        ("get_lobby_messages", (1,), {"limit": 201}, "limit"),
        (
            "update_lobby_message_moderation_metadata",
            (1, 6, {str(n): "" for n in range(6)}),
            {},
            "5 keys",
        ),
    ],
)
def test_bad_arguments_are_refused_before_sending(
    discord: FakeDiscord,
    rest: Rest,
    method: str,
    args: tuple[Any, ...],
    options: dict[str, Any],
    says: str,
) -> None:
    with pytest.raises(InvalidArgument, match=says):
        getattr(rest, method)(*args, **options)
    assert discord.requests == []
