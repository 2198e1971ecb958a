"""What becomes of an interaction's answer later: deferrals, lost replies, the end of its time."""

from __future__ import annotations

import pickle
import time

import pytest
from rest_fake import Answer, FakeDiscord, message

from disruption.errors import BadRequest, InteractionExpired, InvalidArgument
from disruption.rest import Rest
from disruption.rest.answer import State
from disruption.rest.responder import Responder

CALLBACK = "/api/v10/interactions/5/t0ken/callback"
ORIGINAL = "/api/v10/webhooks/7/t0ken/messages/@original"
FOLLOWUP = "/api/v10/webhooks/7/t0ken/messages/10"
WEBHOOK = "/api/v10/webhooks/7/t0ken"
AS_BOT = "/api/v10/channels/2/messages/10"
ALREADY = Answer(status=400, json={"code": 40060, "message": "already acknowledged"})
REPLY = {"interaction": {"id": "5", "type": 2}, "resource": {"type": 4, "message": message()}}


class Clock:
    def __init__(self) -> None:
        self.now = time.monotonic()

    def __call__(self) -> float:
        return self.now


def responder(rest: Rest, clock: Clock, *, type: int = 2) -> Responder:
    return Responder(
        rest,
        application_id=7,
        interaction_id=5,
        token="t0ken",
        type=type,
        has_message=type == 3,
        clock=clock,
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


def asked(discord: FakeDiscord) -> list[tuple[str, str]]:
    return [(each.method, each.path.partition("?")[0]) for each in discord.requests]


def test_it_is_told_once_that_it_is_answered_and_not_before(
    discord: FakeDiscord, rest: Rest
) -> None:
    told: list[State] = []
    interaction = Responder(
        rest,
        application_id=7,
        interaction_id=5,
        token="t0ken",
        type=2,
        on_answered=lambda one: told.append(one.state),
    )
    discord.answer(Answer(status=400, json={"code": 50035, "message": "no"}), Answer(status=204))
    discord.default = Answer(json=message())
    with pytest.raises(BadRequest):
        interaction.respond("refused")
    assert told == []
    interaction.defer()
    interaction.respond("hi")
    assert told == [State.DEFERRED]


def test_a_lost_reply_to_a_deferral_is_asked_for_again(
    discord: FakeDiscord, rest: Rest, clock: Clock
) -> None:
    interaction = responder(rest, clock)
    discord.answer(Answer(reset=True), ALREADY)
    assert interaction.auto_defer()
    assert interaction.state is State.DEFERRED
    assert rest.counters["rest.auto_defers"] == 1
    assert rest.counters["rest.auto_defer_failures"] == 0


def test_a_deferral_that_discord_failed_on_is_sent_again(
    discord: FakeDiscord, rest: Rest, clock: Clock
) -> None:
    interaction = responder(rest, clock)
    discord.answer(Answer(status=500), Answer(status=204))
    assert interaction.auto_defer(ephemeral=True)
    assert [each.json for each in discord.requests] == [{"type": 5, "data": {"flags": 64}}] * 2


def test_a_deferral_that_comes_too_late_is_counted(
    discord: FakeDiscord, rest: Rest, clock: Clock
) -> None:
    interaction = responder(rest, clock)
    clock.now += 3.1
    assert not interaction.auto_defer()
    assert discord.requests == []
    assert rest.counters["rest.auto_defer_failures"] == 1


def test_what_somebody_else_has_deferred_is_filled_in(
    discord: FakeDiscord, rest: Rest, clock: Clock
) -> None:
    interaction = responder(rest, clock)
    discord.answer(ALREADY, Answer(json=message()))
    assert not interaction.auto_defer()
    interaction.respond("hi")
    assert asked(discord) == [("POST", CALLBACK), ("PATCH", ORIGINAL)]


def test_a_lost_deferral_is_sent_again_before_anything_else(
    discord: FakeDiscord, rest: Rest, clock: Clock
) -> None:
    interaction = responder(rest, clock)
    discord.answer(*[Answer(reset=True)] * 3)
    assert not interaction.auto_defer()
    assert interaction.state is State.UNKNOWN
    discord.answer(ALREADY, Answer(json=message()))
    interaction.respond("hi")
    assert asked(discord)[3:] == [("POST", CALLBACK), ("PATCH", ORIGINAL)]
    assert discord.requests[3].json == {"type": 5}


def test_a_lost_modal_that_had_worked_is_no_error(
    discord: FakeDiscord, rest: Rest, clock: Clock
) -> None:
    interaction = responder(rest, clock)
    discord.answer(Answer(reset=True), ALREADY)
    interaction.modal(
        {"custom_id": "x", "title": "X", "components": [{"type": 10, "content": "Hi"}]}
    )
    assert interaction.state is State.ANSWERED
    with pytest.raises(InvalidArgument, match="not answered with a message"):
        interaction.edit_response("x")


def test_what_is_ephemeral_replaces_what_was_deferred_for_all(
    discord: FakeDiscord, rest: Rest, clock: Clock
) -> None:
    interaction = responder(rest, clock)
    discord.answer(Answer(status=204), Answer(status=204), Answer(json=message(flags=64)))
    discord.default = Answer(json=message(flags=64))
    interaction.auto_defer()
    interaction.respond("secret", ephemeral=True)
    interaction.edit_response("other secret")
    interaction.get_response()
    discord.default = Answer(status=204)
    interaction.delete_response()
    assert asked(discord) == [
        ("POST", CALLBACK),
        ("DELETE", ORIGINAL),
        ("POST", WEBHOOK),
        ("PATCH", FOLLOWUP),
        ("GET", FOLLOWUP),
        ("DELETE", FOLLOWUP),
    ]
    assert discord.requests[2].json["flags"] == 64


def test_a_followup_to_a_deferred_command_is_its_answer(
    discord: FakeDiscord, rest: Rest, clock: Clock
) -> None:
    interaction = responder(rest, clock)
    discord.answer(Answer(status=204))
    discord.default = Answer(json=message())
    interaction.defer()
    sent = interaction.followup("hi")
    assert interaction.state is State.ANSWERED
    interaction.edit_followup(sent, "ho")
    discord.default = Answer(status=204)
    interaction.delete_followup(sent.id)
    assert asked(discord)[2:] == [("PATCH", FOLLOWUP), ("DELETE", FOLLOWUP)]


class TestAfterFifteenMinutes:
    def answered(self, discord: FakeDiscord, rest: Rest, clock: Clock, flags: int = 0) -> Responder:
        interaction = responder(rest, clock)
        sent = {"type": 4, "message": message(flags=flags)}
        discord.answer(Answer(json=REPLY | {"resource": sent}))
        interaction.respond("hi")
        clock.now += 901
        discord.default = Answer(json=message())
        return interaction

    def test_a_public_answer_is_gone_on_with_by_the_bot(
        self, discord: FakeDiscord, rest: Rest, clock: Clock
    ) -> None:
        interaction = self.answered(discord, rest, clock)
        interaction.edit_response("new")
        interaction.get_response()
        interaction.edit_followup(interaction.get_response(), "newer")
        discord.default = Answer(status=204)
        interaction.delete_response()
        methods = ["PATCH", "GET", "GET", "PATCH", "DELETE"]
        assert asked(discord)[1:] == [(method, AS_BOT) for method in methods]
        assert all("Authorization" in each.headers for each in discord.requests[1:])
        assert rest.counters["rest.interactions_outlived"] == 5

    def test_an_ephemeral_one_is_over(self, discord: FakeDiscord, rest: Rest, clock: Clock) -> None:
        interaction = self.answered(discord, rest, clock, flags=64)
        for go_on in (
            lambda: interaction.edit_response("new"),
            interaction.get_response,
            interaction.delete_response,
            lambda: interaction.followup("more"),
            lambda: interaction.edit_followup(11, "new"),
            lambda: interaction.delete_followup(11),
        ):
            with pytest.raises(InteractionExpired, match="15 minutes"):
                go_on()
        assert len(discord.requests) == 1

    def test_a_message_that_the_bot_cannot_reach_is_over_too(
        self, discord: FakeDiscord, rest: Rest, clock: Clock
    ) -> None:
        interaction = self.answered(discord, rest, clock)
        discord.default = Answer(status=403, json={"code": 50001, "message": "Missing Access"})
        with pytest.raises(InteractionExpired, match="15 minutes"):
            interaction.edit_response("new")

    def test_discords_word_counts_before_the_clock(
        self, discord: FakeDiscord, rest: Rest, clock: Clock
    ) -> None:
        interaction = self.answered(discord, rest, clock)
        clock.now -= 2
        discord.answer(Answer(status=401, json={"code": 50027, "message": "Invalid token"}))
        interaction.edit_response("new")
        assert asked(discord)[1:] == [("PATCH", ORIGINAL), ("PATCH", AS_BOT)]

    def test_a_handle_without_a_token_cannot(
        self, discord: FakeDiscord, rest: Rest, clock: Clock
    ) -> None:
        handle = pickle.loads(pickle.dumps(self.answered(discord, rest, clock).handle))
        object.__setattr__(handle, "created_at", time.time() - 901)
        with Rest.anonymous(discord.url) as other, pytest.raises(InteractionExpired):
            handle.open(other).edit_response("new")
        handle.open(rest).edit_response("new")
        assert asked(discord)[1:] == [("PATCH", AS_BOT)]
