from __future__ import annotations

import pickle
import threading
import time

import pytest
from rest_fake import Answer, FakeDiscord, message

from disruption.errors import (
    AlreadyResponded,
    BadRequest,
    InteractionExpired,
    InvalidArgument,
    RequestFailed,
)
from disruption.rest import File, Rest
from disruption.rest.answer import State
from disruption.rest.responder import Responder

CALLBACK = "/api/v10/interactions/5/t0ken/callback"
ORIGINAL = "/api/v10/webhooks/7/t0ken/messages/@original"
WEBHOOK = "/api/v10/webhooks/7/t0ken"


def responder(rest: Rest, *, type: int = 2, age: float = 0.0) -> Responder:
    return Responder(
        rest,
        application_id=7,
        interaction_id=5,
        token="t0ken",
        type=type,
        has_message=type == 3,
        received_at=time.monotonic() - age,
    )


def asked(discord: FakeDiscord) -> list[tuple[str, str]]:
    return [(each.method, each.path.partition("?")[0]) for each in discord.requests]


def test_a_response_is_the_first_answer(discord: FakeDiscord, rest: Rest) -> None:
    reply = {"interaction": {"id": "5", "type": 2}, "resource": {"type": 4, "message": message()}}
    discord.answer(Answer(json=reply))
    made = responder(rest).respond("hi", ephemeral=True)
    assert made is not None
    assert made.id == 10
    request = discord.requests[0]
    assert request.path == CALLBACK + "?with_response=true"
    assert "Authorization" not in request.headers
    assert request.json["type"] == 4
    assert request.json["data"]["content"] == "hi"
    assert request.json["data"]["flags"] == 64
    assert request.json["data"]["allowed_mentions"] == {"parse": [], "replied_user": True}


@pytest.mark.parametrize("reply", [Answer(status=204), Answer(body=b"<html>"), Answer(json={})])
def test_a_response_stands_whatever_its_reply_says(
    discord: FakeDiscord, rest: Rest, reply: Answer
) -> None:
    discord.answer(reply)
    interaction = responder(rest)
    assert interaction.respond("hi") is None
    assert interaction.state is State.ANSWERED


def test_a_deferred_command_is_filled_in(discord: FakeDiscord, rest: Rest) -> None:
    interaction = responder(rest)
    discord.answer(Answer(status=204), Answer(json=message()))
    assert interaction.defer(ephemeral=True)
    assert not interaction.defer()
    interaction.respond("hi")
    assert asked(discord) == [("POST", CALLBACK), ("PATCH", ORIGINAL)]
    assert discord.requests[0].json == {"type": 5, "data": {"flags": 64}}
    assert discord.requests[1].json["content"] == "hi"


def test_a_deferred_component_gets_a_followup_and_an_update_edits(
    discord: FakeDiscord, rest: Rest
) -> None:
    interaction = responder(rest, type=3)
    discord.answer(Answer(status=204))
    discord.default = Answer(json=message())
    interaction.defer()
    interaction.respond("hi")
    interaction.update("new")
    assert asked(discord) == [("POST", CALLBACK), ("POST", WEBHOOK), ("PATCH", ORIGINAL)]
    assert discord.requests[0].json == {"type": 6}


def test_afterwards_there_are_followups_and_edits(discord: FakeDiscord, rest: Rest) -> None:
    interaction = responder(rest)
    with pytest.raises(InvalidArgument, match="first"):
        interaction.followup("early")
    discord.answer(Answer(status=204))
    discord.default = Answer(json=message())
    interaction.respond("hi")
    interaction.followup("more", ephemeral=True)
    interaction.edit_response("other")
    interaction.get_response()
    discord.default = Answer(status=204)
    interaction.delete_response()
    assert asked(discord)[1:] == [
        ("POST", WEBHOOK),
        ("PATCH", ORIGINAL),
        ("GET", ORIGINAL),
        ("DELETE", ORIGINAL),
    ]
    assert discord.requests[1].json["flags"] == 64


def test_modals_choices_and_activities(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(status=204)
    responder(rest).modal(
        {"custom_id": "x", "title": "X", "components": [{"type": 10, "content": "Hi"}]}
    )
    responder(rest, type=4).autocomplete([{"name": "a", "value": "b"}])
    responder(rest).launch_activity()
    assert [each.json["type"] for each in discord.requests] == [9, 8, 12]
    with pytest.raises(InvalidArgument, match="at most 25"):
        responder(rest, type=4).autocomplete([{"name": "a", "value": "b"}] * 26)


def test_a_lost_reply_is_asked_again_and_40060_says_that_it_had_worked(
    discord: FakeDiscord, rest: Rest
) -> None:
    already = Answer(status=400, json={"code": 40060, "message": "already acknowledged"})
    discord.answer(Answer(reset=True), already, Answer(json=message()))
    assert responder(rest).respond("hi") is not None
    assert asked(discord) == [("POST", CALLBACK), ("POST", CALLBACK), ("PATCH", ORIGINAL)]


def test_a_modal_after_somebody_elses_answer_says_so(discord: FakeDiscord, rest: Rest) -> None:
    discord.answer(Answer(status=400, json={"code": 40060}))
    with pytest.raises(AlreadyResponded):
        responder(rest).modal(
            {"custom_id": "x", "title": "X", "components": [{"type": 10, "content": "Hi"}]}
        )


def test_a_refused_response_can_be_tried_again(discord: FakeDiscord, rest: Rest) -> None:
    interaction = responder(rest)
    discord.answer(Answer(status=400, json={"code": 50035}), Answer(status=204))
    with pytest.raises(BadRequest):
        interaction.respond("bad")
    interaction.respond("good")
    with pytest.raises(AlreadyResponded):
        interaction.respond("again")


def test_an_interaction_that_discord_does_not_know_has_expired(
    discord: FakeDiscord, rest: Rest
) -> None:
    interaction = responder(rest)
    discord.answer(Answer(status=404, json={"code": 10062}))
    with pytest.raises(InteractionExpired):
        interaction.respond("hi")
    with pytest.raises(InteractionExpired):
        interaction.respond("hi")
    with pytest.raises(InteractionExpired):
        responder(rest, age=3.5).respond("late")
    assert len(discord.requests) == 1


def test_a_connection_that_stays_broken_is_said(discord: FakeDiscord, rest: Rest) -> None:
    interaction = responder(rest)
    discord.default = Answer(reset=True)
    with pytest.raises(RequestFailed):
        interaction.respond("hi")
    assert interaction.state is State.UNKNOWN
    assert len(discord.requests) == 3


def test_the_loser_of_a_race_waits_and_goes_on_rightly(discord: FakeDiscord, rest: Rest) -> None:
    interaction = responder(rest)
    going = threading.Event()
    discord.answer(Answer(status=204, wait=going), Answer(json=message()))
    deferring = threading.Thread(target=interaction.auto_defer)
    deferring.start()
    discord.wait_for(1)
    assert interaction.state is State.CLAIMED
    assert not interaction.auto_defer()
    responding = threading.Thread(target=interaction.respond, args=("hi",))
    responding.start()
    going.set()
    deferring.join(20)
    responding.join(20)
    assert asked(discord) == [("POST", CALLBACK), ("PATCH", ORIGINAL)]
    assert interaction.state is State.ANSWERED
    assert rest.counters["rest.auto_defers"] == 1


def test_an_auto_defer_that_fails_is_counted_and_raises_nothing(
    discord: FakeDiscord, rest: Rest
) -> None:
    discord.answer(Answer(status=404, json={"code": 10062}))
    assert not responder(rest).auto_defer()
    assert rest.counters["rest.auto_defer_failures"] == 1


def test_a_handle_goes_to_another_process(discord: FakeDiscord, rest: Rest) -> None:
    interaction = responder(rest)
    discord.answer(Answer(status=204))
    interaction.defer()
    handle = pickle.loads(pickle.dumps(interaction.handle))
    assert "t0ken" not in repr(handle) + repr(interaction)
    discord.default = Answer(json=message())
    with Rest.anonymous(discord.url) as other:
        handle.open(other).respond("from the job")
    assert asked(discord)[1:] == [("PATCH", ORIGINAL)]


def test_bad_messages_are_refused_before_anything_is_claimed(rest: Rest) -> None:
    interaction = responder(rest)
    with pytest.raises(InvalidArgument, match="empty"):
        interaction.respond()
    with pytest.raises(InvalidArgument, match="2000"):
        interaction.respond("x" * 2001)
    assert interaction.state is State.NEW


def test_what_is_too_large_for_the_interaction_is_not_sent(
    discord: FakeDiscord, rest: Rest
) -> None:
    answering = Responder(
        rest, application_id=7, interaction_id=8, token="t", type=2, size_limit=100
    )
    file = File(b"x" * 101, filename="x.bin")
    for send in (answering.respond, answering.followup, answering.edit_response):
        with pytest.raises(InvalidArgument, match="101 bytes"):
            send("x", files=[file])
    assert discord.requests == []
    assert answering.state is State.NEW
    again = pickle.loads(pickle.dumps(answering.handle)).open(rest)
    with pytest.raises(InvalidArgument, match="101 bytes"):
        again.followup("x", files=[file])
