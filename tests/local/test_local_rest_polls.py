"""Polls: made by bots, answered by people, ended by hand or by the clock."""

from __future__ import annotations

import pytest
from local_rest_support import Stage

from disruption.local import WorldError
from disruption.local.driver import DriverError, MessageView

POLL = {
    "question": {"text": "Lunch?"},
    "answers": [{"poll_media": {"text": "Pizza"}}, {"poll_media": {"text": "Soup"}}],
    "duration": 1,
}


def ask(stage: Stage, **more: object) -> MessageView:
    sent = stage.bot.ok("POST", stage.messages, {"poll": {**POLL, **more}})
    assert sent["poll"]["results"] == {"is_finalized": False, "answer_counts": []}
    return MessageView(stage.world, stage.general, sent["id"])


def test_people_vote_and_change_their_minds(stage: Stage) -> None:
    message = ask(stage)
    events = stage.events()
    ann = stage.world.user("ann")
    ann.vote(message, "Pizza")
    ann.vote(message, "Pizza")  # nothing new
    counts = stage.bot.ok("GET", f"{stage.messages}/{message.id}")["poll"]["results"]
    assert counts["answer_counts"] == [{"id": 1, "count": 1, "me_voted": False}]
    ann.vote(message, 2)
    ann.vote(message)
    assert [(name, data["answer_id"]) for name, data in events] == [
        ("MESSAGE_POLL_VOTE_ADD", 1),
        ("MESSAGE_POLL_VOTE_REMOVE", 1),
        ("MESSAGE_POLL_VOTE_ADD", 2),
        ("MESSAGE_POLL_VOTE_REMOVE", 2),
    ]
    assert events[0][1] == {
        "user_id": stage.ann,
        "channel_id": stage.general,
        "message_id": message.id,
        "guild_id": stage.guild,
        "answer_id": 1,
    }
    with pytest.raises(DriverError, match="no answer 'Cake'; it has 'Pizza', 'Soup'"):
        ann.vote(message, "Cake")
    with pytest.raises(WorldError):
        ann.vote(message, 1, 2)


def test_a_poll_is_completed_wherever_it_is_made(stage: Stage) -> None:
    answers = [{"poll_media": {"text": "Soup", "emoji": {"name": "🍲"}}}]
    poll = {"question": {"text": "Lunch?"}, "answers": answers}
    asked = [
        stage.bot.ok("POST", stage.messages, {"poll": poll})["poll"],
        stage.world.messages.create(stage.general, stage.ann, poll=poll)["poll"],
    ]
    for item in asked:
        assert item["answers"][0]["answer_id"] == 1
        assert item["answers"][0]["poll_media"]["emoji"] == {"id": None, "name": "🍲"}
        assert item["results"] == {"is_finalized": False, "answer_counts": []}


def test_several_answers_where_the_poll_takes_them(stage: Stage) -> None:
    message = ask(stage, allow_multiselect=True)
    stage.world.user("ann").vote(message, 1, 2)
    path = f"/channels/{stage.general}/polls/{message.id}/answers"
    for answer in (1, 2):
        users = stage.bot.ok("GET", f"{path}/{answer}")["users"]
        assert [user["id"] for user in users] == [stage.ann]


def test_voters_are_listed_page_by_page(stage: Stage) -> None:
    message = ask(stage)
    voters = []
    for number in range(5):
        user = stage.world.users.create(f"user{number}")["id"]
        stage.world.members.add(stage.guild, user)
        stage.person(user).ok(
            "PUT", f"/channels/{stage.general}/polls/{message.id}/answers/@me", {"answer_ids": [1]}
        )
        voters.append(user)
    path = f"/channels/{stage.general}/polls/{message.id}/answers/1"
    first = stage.bot.ok("GET", path, params={"limit": 2})["users"]
    assert [user["id"] for user in first] == voters[:2]
    rest = stage.bot.ok("GET", path, params={"limit": 100, "after": voters[1]})["users"]
    assert [user["id"] for user in rest] == voters[2:]
    assert stage.bot.ok("GET", path, params={"after": voters[-1]})["users"] == []


def test_a_bot_ends_its_poll(stage: Stage) -> None:
    message = ask(stage)
    stage.world.user("ann").vote(message, "Soup")
    events = stage.events()
    path = f"/channels/{stage.general}/polls/{message.id}/expire"
    assert stage.weak.refused("POST", path) == (403, 50005)
    ended = stage.bot.ok("POST", path)
    assert ended["poll"]["results"]["is_finalized"] is True
    assert [name for name, _ in events] == ["MESSAGE_UPDATE", "MESSAGE_CREATE"]
    result = events[1][1]
    assert result["type"] == 46
    assert result["message_reference"]["message_id"] == message.id
    assert result["embeds"][0]["type"] == "poll_result"
    fields = {item["name"]: item["value"] for item in result["embeds"][0]["fields"]}
    assert fields == {
        "poll_question_text": "Lunch?",
        "victor_answer_votes": "1",
        "total_votes": "1",
        "victor_answer_id": "2",
        "victor_answer_text": "Soup",
    }
    assert stage.bot.refused("POST", path) == (400, 520001)
    with pytest.raises(WorldError, match="Poll expired"):
        stage.world.user("ann").vote(message, "Pizza")


def test_a_poll_ends_in_its_time(stage: Stage) -> None:
    message = ask(stage)
    stage.discord.clock.advance(3599)
    assert message.data["poll"]["results"]["is_finalized"] is False
    stage.discord.clock.advance(1)
    assert message.data["poll"]["results"]["is_finalized"] is True
    newest = stage.bot.ok("GET", stage.messages, params={"limit": 1})
    assert newest[0]["type"] == 46


def test_a_deleted_poll_does_not_end(stage: Stage) -> None:
    message = ask(stage)
    stage.bot.ok("DELETE", f"{stage.messages}/{message.id}")
    events = stage.events()
    stage.discord.clock.advance(7200)
    assert events == []


def test_a_message_without_a_poll(stage: Stage) -> None:
    message = stage.bot.ok("POST", stage.messages, {"content": "x"})
    path = f"/channels/{stage.general}/polls/{message['id']}"
    assert stage.bot.refused("POST", f"{path}/expire") == (400, 520006)
    assert stage.bot.refused("GET", f"{path}/answers/1") == (400, 520006)
    with pytest.raises(DriverError, match="no poll"):
        stage.world.user("ann").vote(MessageView(stage.world, stage.general, message["id"]), 1)
