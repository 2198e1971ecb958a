from __future__ import annotations

import pytest
from rest_fake import Answer, FakeDiscord
from rest_table import INVITE, Case, form, run

from disruption.errors import InvalidArgument
from disruption.rest import Rest
from disruption.rest.invites import invite_code
from disruption.types import Invite, convert

JOB = {
    "status": 1,
    "total_users": 2,
    "processed_users": 1,
    "created_at": "2026-11-24T20:00:00+00:00",
    "completed_at": None,
    "error_message": None,
}
CASES = [
    Case("get_invite", ("abc",), "GET /invites/abc", answer=INVITE),
    Case(
        "get_invite",
        ("https://discord.gg/abc",),
        "GET /invites/abc?with_counts=true&guild_scheduled_event_id=4",
        {"with_counts": True, "guild_scheduled_event_id": 4},
        answer=INVITE,
    ),
    Case("delete_invite", ("abc",), "DELETE /invites/abc", {"reason": "why"}, answer=INVITE),
    Case(
        "get_target_users_job_status",
        ("abc",),
        "GET /invites/abc/target-users/job-status",
        answer=JOB,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_method_asks_its_route(case: Case, discord: FakeDiscord, rest: Rest) -> None:
    run(case, discord, rest)


def test_target_users_come_and_go_as_csv(discord: FakeDiscord, rest: Rest) -> None:
    csv = Answer(body=b"user_id\r\n12\r\n13\r\n", headers={"Content-Type": "text/csv"})
    discord.answer(csv, Answer(status=204))
    assert rest.get_target_users("abc") == [12, 13]
    rest.update_target_users("abc", target_users=[12])
    request = discord.requests[1]
    assert (request.method, request.path) == ("PUT", "/api/v10/invites/abc/target-users")
    parts = form(request.body)
    assert parts.keys() == {"target_users_file"}
    assert parts["target_users_file"][1] == b"user_id\n12\n"


@pytest.mark.parametrize(
    "text",
    [
        "abc-D1",
        " abc-D1 ",
        "discord.gg/abc-D1",
        "https://discord.com/invite/abc-D1?event=5",
        "http://www.discordapp.com/invite/abc-D1/",
    ],
)
def test_a_code_is_found_in_an_address(text: str) -> None:
    assert invite_code(text) == "abc-D1"


def test_a_code_is_found_in_an_invite() -> None:
    assert invite_code(convert(Invite, INVITE)) == "abc"
    with pytest.raises(InvalidArgument, match="code"):
        invite_code(5)  # type: ignore[arg-type]


def test_what_only_invites_leave_out_is_read(discord: FakeDiscord, rest: Rest) -> None:
    group = {
        "id": "2",
        "type": 3,
        "name": None,
        "recipients": [{"id": "3", "username": "ann", "avatar": None}],
    }
    answer = {"type": 1, "code": "abc", "expires_at": None, "channel": group}
    event = {
        "id": "1",
        "guild_id": "4",
        "channel_id": None,
        "name": "n",
        "privacy_level": 2,
        "scheduled_start_time": "2026-11-24T20:00:00+00:00",
        "scheduled_end_time": None,
        "status": 1,
        "entity_type": 0,
        "entity_id": None,
        "recurrence_rule": None,
    }
    job = {"status": 1, "total_users": 5, "processed_users": 0, "completed_at": None}
    discord.answer(
        Answer(json=answer | {"guild_scheduled_event": event}),
        Answer(json=job | {"created_at": None, "error_message": None}),
    )
    invite = rest.get_invite("abc")
    assert invite.channel is not None
    assert [user.username for user in invite.channel.recipients or ()] == ["ann"]
    assert invite.guild_scheduled_event is not None
    assert not invite.guild_scheduled_event.entity_metadata
    assert invite.to_dict() == answer | {"guild_scheduled_event": event}
    assert rest.get_target_users_job_status("abc").created_at is None
    assert rest.counters["types.mended_payloads"] == 0
