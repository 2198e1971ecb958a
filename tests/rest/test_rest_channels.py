from __future__ import annotations

from datetime import timedelta

import pytest
from rest_fake import Answer, FakeDiscord
from rest_table import CHANNEL, INVITE, Case, form, payload, run

from disruption.errors import InvalidArgument
from disruption.rest import File, Rest
from disruption.types import Overwrite, OverwriteType, Permissions

CASES = [
    Case("get_channel", (2,), "GET /channels/2", answer=CHANNEL),
    Case(
        "modify_channel",
        (2,),
        "PATCH /channels/2",
        {
            "name": "n",
            "topic": None,
            "rate_limit_per_user": timedelta(minutes=1),
            "auto_archive_duration": timedelta(days=1),
            "parent_id": 5,
            "applied_tags": [1, "2"],
            "permission_overwrites": [
                Overwrite(
                    id=4,
                    type=OverwriteType.ROLE,
                    allow=Permissions.VIEW_CHANNEL,
                    deny=Permissions.NONE,
                )
            ],
            "icon": b"\x89PNG\r\n\x1a\n",
            "reason": "why",
        },
        {
            "name": "n",
            "icon": "data:image/png;base64,iVBORw0KGgo=",
            "topic": None,
            "rate_limit_per_user": 60,
            "parent_id": "5",
            "auto_archive_duration": 1440,
            "applied_tags": ["1", "2"],
            "permission_overwrites": [{"id": "4", "type": 0, "allow": "1024", "deny": "0"}],
        },
        CHANNEL,
    ),
    Case(
        "set_voice_channel_status",
        (2,),
        "PUT /channels/2/voice-status",
        {"status": None, "reason": "why"},
        {"status": None},
    ),
    Case("delete_channel", (2,), "DELETE /channels/2", {"reason": "why"}, answer=CHANNEL),
    Case(
        "edit_channel_permissions",
        (2, 4),
        "PUT /channels/2/permissions/4",
        {"type": 1, "allow": Permissions.SEND_MESSAGES, "reason": "why"},
        {"type": 1, "allow": "2048", "deny": "0"},
    ),
    Case(
        "delete_channel_permission",
        (2, 4),
        "DELETE /channels/2/permissions/4",
        {"reason": "why"},
    ),
    Case("get_channel_invites", (2,), "GET /channels/2/invites", answer=[INVITE]),
    Case("create_channel_invite", (2,), "POST /channels/2/invites", body={}, answer=INVITE),
    Case(
        "create_channel_invite",
        (2,),
        "POST /channels/2/invites",
        {
            "max_age": timedelta(hours=1),
            "max_uses": 0,
            "unique": True,
            "target_type": 1,
            "target_user_id": 3,
            "role_ids": [9],
            "reason": "why",
        },
        {
            "max_age": 3600,
            "max_uses": 0,
            "unique": True,
            "target_type": 1,
            "target_user_id": "3",
            "role_ids": ["9"],
        },
        INVITE,
    ),
    Case(
        "follow_announcement_channel",
        (2,),
        "POST /channels/2/followers",
        {"webhook_channel_id": 8, "reason": "why"},
        {"webhook_channel_id": "8"},
        {"channel_id": "2", "webhook_id": "1"},
    ),
    Case("trigger_typing_indicator", (2,), "POST /channels/2/typing"),
    Case(
        "group_dm_add_recipient",
        (2, 3),
        "PUT /channels/2/recipients/3",
        {"access_token": "t", "nick": "n"},
        {"access_token": "t", "nick": "n"},
    ),
    Case("group_dm_remove_recipient", (2, 3), "DELETE /channels/2/recipients/3"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_method_asks_its_route(case: Case, discord: FakeDiscord, rest: Rest) -> None:
    run(case, discord, rest)


def test_an_invite_can_be_for_some_alone(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(json=INVITE)
    rest.create_channel_invite(2, max_uses=1, target_users=[3, "4", 3])
    body = discord.requests[0].body
    assert payload(body) == {"max_uses": 1}
    headers, content = form(body)["target_users_file"]
    assert headers["content-type"] == "text/csv"
    assert content == b"user_id\n3\n4\n"
    rest.create_channel_invite(2, target_users=File(b"5\n", filename="x.csv"))
    assert form(discord.requests[1].body)["target_users_file"][1] == b"5\n"


@pytest.mark.parametrize(
    ("method", "options", "says"),
    [
        ("modify_channel", {"name": ""}, "name"),
        ("modify_channel", {"topic": "x" * 4097}, "topic"),
        ("modify_channel", {"rate_limit_per_user": 21601}, "rate_limit_per_user"),
        ("modify_channel", {"auto_archive_duration": 61}, "auto_archive_duration"),
        ("modify_channel", {"applied_tags": [1, 2, 3, 4, 5, 6]}, "applied_tags"),
        ("modify_channel", {"bitrate": 1}, "bitrate"),
        ("modify_channel", {"user_limit": -1}, "user_limit"),
        ("modify_channel", {"available_tags": [{"name": "x"}] * 21}, "available_tags"),
        ("modify_channel", {"icon": b"no image"}, "icon"),
        ("set_voice_channel_status", {"status": "x" * 501}, "status"),
        ("create_channel_invite", {"max_age": -1}, "max_age"),
        ("create_channel_invite", {"max_uses": 101}, "max_uses"),
        ("create_channel_invite", {"target_type": 1}, "target_user_id"),
        ("create_channel_invite", {"target_type": 2}, "target_application_id"),
        ("create_channel_invite", {"target_users": []}, "target_users"),
        ("create_channel_invite", {"target_users": "123"}, "target_users"),
        ("create_channel_invite", {"target_users": ["x"]}, "target_users"),
    ],
)
def test_bad_arguments_are_refused_before_sending(
    discord: FakeDiscord, rest: Rest, method: str, options: dict[str, object], says: str
) -> None:
    with pytest.raises(InvalidArgument, match=says):
        getattr(rest, method)(2, **options)
    assert discord.requests == []


def test_a_permission_is_not_given_and_taken(discord: FakeDiscord, rest: Rest) -> None:
    with pytest.raises(InvalidArgument, match="in common: 0x8"):
        rest.edit_channel_permissions(2, 4, type=0, allow=0b1100, deny=0b1000)
    assert discord.requests == []
