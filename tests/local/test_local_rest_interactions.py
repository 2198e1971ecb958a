"""Interactions and webhooks, over plain HTTP and without a token where clients send none."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from local_rest_support import Stage

from disruption.local.rest.routes import interactions as answers_of_bots
from disruption.local.world.interactions import InteractionRecord

EPHEMERAL, LOADING = 1 << 6, 1 << 7


def callback(record: Any) -> str:
    return f"/interactions/{record.id}/{record.token}/callback"


def hook(stage: Stage, record: Any) -> str:
    return f"/webhooks/{stage.bot_id}/{record.token}"


def test_a_message_answers_and_original_means_it(stage: Stage) -> None:
    record = stage.interact()
    path = hook(stage, record)
    assert stage.nobody.ok("POST", callback(record), {"type": 4, "data": {"content": "4"}}) is None
    original = stage.nobody.ok("GET", path + "/messages/@original")
    assert (original["content"], original["type"]) == ("4", 20)
    assert original["interaction_metadata"]["user"]["id"] == stage.ann
    assert original["webhook_id"] == original["application_id"] == stage.bot_id
    edited = stage.nobody.ok("PATCH", path + "/messages/@original", {"content": "5"})
    assert edited["content"] == "5"
    assert stage.nobody.ok("DELETE", path + "/messages/@original") is None
    assert stage.nobody.refused("GET", path + "/messages/@original") == (404, 10008)


@pytest.mark.parametrize("query", ["1", "true", "True"])
def test_with_response_gives_interaction_and_resource(stage: Stage, query: str) -> None:
    record = stage.interact()
    body = {"type": 4, "data": {"content": "4", "flags": EPHEMERAL}}
    answer = stage.nobody.ok("POST", callback(record), body, params={"with_response": query})
    assert answer["interaction"]["id"] == record.id
    assert answer["interaction"]["response_message_ephemeral"] is True
    assert answer["interaction"]["response_message_id"] == answer["resource"]["message"]["id"]
    modal = {
        "custom_id": "m",
        "title": "T",
        "components": [
            {"type": 18, "label": "L", "component": {"type": 4, "custom_id": "t", "style": 1}}
        ],
    }
    record = stage.interact()
    body = {"type": 9, "data": modal}
    answer = stage.nobody.ok("POST", callback(record), body, params={"with_response": query})
    # Absent, not null, where there is no message: one library depends on it.
    assert "response_message_id" not in answer["interaction"]


def test_callbacks_come_urlencoded_and_as_multipart_too(stage: Stage) -> None:
    record = stage.interact()
    text = json.dumps({"type": 4, "data": {"content": "form"}})
    stage.nobody.ok("POST", callback(record), data={"payload_json": text})
    assert stage.nobody.ok("GET", hook(stage, record) + "/messages/@original")["content"] == "form"
    record = stage.interact()
    form = [("files[0]", ("a.txt", b"hello")), ("payload_json", (None, text))]
    stage.nobody.ok("POST", callback(record), files=form)
    original = stage.nobody.ok("GET", hook(stage, record) + "/messages/@original")
    assert original["attachments"][0]["filename"] == "a.txt"


def test_a_deferred_answer_is_completed_by_edit_or_first_follow_up(stage: Stage) -> None:
    for complete in ("PATCH", "POST"):
        record = stage.interact()
        stage.nobody.ok("POST", callback(record), {"type": 5, "data": {"flags": EPHEMERAL}})
        path = hook(stage, record)
        waiting = stage.nobody.ok("GET", path + "/messages/@original")
        assert waiting["flags"] == EPHEMERAL | LOADING
        target = path if complete == "POST" else path + "/messages/@original"
        done = stage.nobody.ok(complete, target, {"content": "done"})
        assert (done["id"], done["content"]) == (waiting["id"], "done")
        assert done["flags"] == EPHEMERAL
        assert done["edited_timestamp"] is None


def test_follow_ups_are_messages_of_their_own(stage: Stage) -> None:
    record = stage.interact()
    stage.nobody.ok("POST", callback(record), {"type": 4, "data": {"content": "first"}})
    path = hook(stage, record)
    sent = stage.nobody.ok("POST", path, {"content": "more", "flags": EPHEMERAL})
    assert sent["content"] == "more"
    own = f"{path}/messages/{sent['id']}"
    assert stage.nobody.ok("PATCH", own, {"content": "even more"})["content"] == "even more"
    assert stage.nobody.ok("GET", own)["content"] == "even more"
    # Ephemeral: in no history.
    assert [m["content"] for m in stage.bot.ok("GET", stage.messages)] == ["first"]
    assert stage.bot.refused("GET", f"{stage.messages}/{sent['id']}") == (404, 10008)
    assert stage.nobody.ok("DELETE", own) is None
    assert stage.nobody.refused("GET", own) == (404, 10008)


def test_a_second_answer_is_40060(stage: Stage) -> None:
    record = stage.interact()
    stage.nobody.ok("POST", callback(record), {"type": 5})
    assert stage.nobody.refused("POST", callback(record), {"type": 5}) == (400, 40060)


def test_answers_come_within_three_seconds_and_follow_ups_within_fifteen_minutes(
    stage: Stage,
) -> None:
    late = stage.interact()
    stage.discord.clock.advance(3.1)
    assert stage.nobody.refused("POST", callback(late), {"type": 5}) == (404, 10062)
    record = stage.interact()
    stage.discord.clock.advance(2.9)
    stage.nobody.ok("POST", callback(record), {"type": 5})
    stage.discord.clock.advance(890)
    path = hook(stage, record) + "/messages/@original"
    assert stage.nobody.ok("PATCH", path, {"content": "just"})["content"] == "just"
    stage.discord.clock.advance(10)
    assert stage.nobody.refused("PATCH", path, {"content": "late"}) == (401, 50027)


def test_unknown_interactions_and_tokens(stage: Stage) -> None:
    record = stage.interact()
    wrong = f"/interactions/{record.id}/nonsense/callback"
    assert stage.nobody.refused("POST", wrong, {"type": 5}) == (404, 10062)
    assert stage.nobody.refused("POST", "/interactions/5/x/callback", {"type": 5}) == (404, 10062)
    early = hook(stage, record)
    assert stage.nobody.refused("POST", early, {"content": "x"}) == (404, 10015)
    nonsense = f"/webhooks/{stage.bot_id}/nonsense"
    assert stage.nobody.refused("POST", nonsense, {"content": "x"}) == (404, 10015)


@pytest.mark.parametrize("kind", [1, 6, 7, 8, 99, None])
def test_types_that_cannot_answer_a_command_are_form_errors(stage: Stage, kind: Any) -> None:
    record = stage.interact()
    body = {"type": kind, "data": {"content": "x", "choices": []}}
    assert stage.nobody.refused("POST", callback(record), body) == (400, 50035)
    assert stage.nobody.ok("POST", callback(record), {"type": 5}) is None


def test_bad_data_of_an_answer_is_named_below_data(stage: Stage) -> None:
    record = stage.interact()
    body = {"type": 4, "data": {"content": "x" * 2001}}
    answer = stage.nobody("POST", callback(record), body)
    assert answer.status_code == 400
    assert "content" in answer.json()["errors"]["data"]
    assert stage.nobody.refused("POST", callback(record), {"type": 4, "data": {}}) == (400, 50006)


def with_button(stage: Stage) -> str:
    row = {
        "type": 1,
        "components": [{"type": 2, "style": 1, "label": "Yes", "custom_id": "yes"}],
    }
    sent = stage.bot.ok("POST", stage.messages, {"content": "Sure?", "components": [row]})
    message_id: str = sent["id"]
    return message_id


def test_components_update_the_message_they_are_on(stage: Stage) -> None:
    message_id = with_button(stage)
    record = stage.interact(3, custom_id="yes", component_type=2, message_id=message_id)
    data = {"content": "Yes!", "components": []}
    stage.nobody.ok("POST", callback(record), {"type": 7, "data": data})
    message = stage.bot.ok("GET", f"{stage.messages}/{message_id}")
    assert (message["content"], message["components"]) == ("Yes!", [])
    assert stage.nobody.ok("GET", hook(stage, record) + "/messages/@original")["id"] == message_id


def test_a_deferred_update_is_done_by_editing_original(stage: Stage) -> None:
    message_id = with_button(stage)
    record = stage.interact(3, custom_id="yes", component_type=2, message_id=message_id)
    stage.nobody.ok("POST", callback(record), {"type": 6})
    path = hook(stage, record) + "/messages/@original"
    assert stage.nobody.ok("PATCH", path, {"content": "later"})["id"] == message_id


def test_autocomplete_answers_with_choices(stage: Stage) -> None:
    record = stage.interact(4)
    choices = [{"name": "one", "value": "1"}, {"name": "two", "value": 2}]
    too_many = {"type": 8, "data": {"choices": choices * 13}}
    assert stage.nobody.refused("POST", callback(record), too_many) == (400, 50035)
    stage.nobody.ok("POST", callback(record), {"type": 8, "data": {"choices": choices}})
    assert record.answer_data["choices"] == choices


def test_an_answer_is_settled_once_it_was_sent(stage: Stage) -> None:
    record = stage.interact()
    stage.nobody.ok("POST", callback(record), {"type": 5})
    assert stage.world.wait_until(lambda: record.settled, 10)


def test_webhooks_are_made_used_changed_and_deleted(stage: Stage) -> None:
    path = f"/channels/{stage.general}/webhooks"
    made = stage.bot.ok("POST", path, {"name": "Hook"})
    assert made["url"].endswith(f"/webhooks/{made['id']}/{made['token']}")
    assert [item["id"] for item in stage.bot.ok("GET", path)] == [made["id"]]
    own = f"/webhooks/{made['id']}/{made['token']}"
    assert "user" not in stage.nobody.ok("GET", own)
    assert stage.nobody.ok("POST", own, {"content": "quiet"}) is None
    sent = stage.nobody.ok(
        "POST", own, {"content": "hi", "username": "Zed"}, params={"wait": "true"}
    )
    assert (sent["author"]["username"], sent["author"]["bot"]) == ("Zed", True)
    assert sent["webhook_id"] == made["id"]
    message = f"{own}/messages/{sent['id']}"
    assert stage.nobody.ok("PATCH", message, {"content": "ho"})["content"] == "ho"
    assert stage.nobody.ok("GET", message)["content"] == "ho"
    assert stage.nobody.ok("DELETE", message) is None
    assert stage.nobody.ok("PATCH", own, {"name": "Other"})["name"] == "Other"
    assert stage.nobody.refused("GET", own + "x") == (401, 50027)
    assert stage.weak.refused("GET", f"/webhooks/{made['id']}") == (403, 50013)
    assert stage.nobody.ok("DELETE", own) is None
    assert stage.nobody.refused("POST", own, {"content": "hi"}) == (404, 10015)


def test_webhooks_write_in_threads_and_start_posts_in_forums(stage: Stage) -> None:
    made = stage.bot.ok("POST", f"/channels/{stage.general}/webhooks", {"name": "Hook"})
    own = f"/webhooks/{made['id']}/{made['token']}"
    thread = stage.world.threads.create(stage.general, stage.ann, "side")
    query = {"wait": "1", "thread_id": thread["id"]}
    sent = stage.nobody.ok("POST", own, {"content": "here"}, params=query)
    assert sent["channel_id"] == thread["id"]
    refused = stage.nobody.refused("POST", own, {"content": "x"}, params={"thread_id": "5"})
    assert refused == (404, 10003)
    both = {"content": "x", "thread_name": "new"}
    assert stage.nobody.refused("POST", own, both) == (400, 220003)
    forum = stage.world.channels.create(stage.guild, "forum", 15)["id"]
    made = stage.bot.ok("POST", f"/channels/{forum}/webhooks", {"name": "Hook"})
    own = f"/webhooks/{made['id']}/{made['token']}"
    assert stage.nobody.refused("POST", own, {"content": "x"}) == (400, 220001)
    sent = stage.nobody.ok("POST", own, both, params={"wait": "1"})
    assert stage.world.channels.get(sent["channel_id"])["name"] == "new"


def test_a_chosen_channel_is_resolved_with_what_the_user_may_do_in_it(stage: Stage) -> None:
    seen = stage.events()
    channel = stage.world.channels.get(stage.general)
    stage.interact(resolved={"channels": {stage.general: channel}})
    [(_, data)] = [item for item in seen if item[0] == "INTERACTION_CREATE"]
    shown = data["data"]["resolved"]["channels"][stage.general]
    allowed = stage.world.permissions.in_channel(stage.general, stage.ann)
    assert (shown["name"], shown["permissions"]) == ("general", str(allowed))
    assert "permission_overwrites" not in shown


def test_of_its_channel_an_interaction_tells_what_the_user_may_do_and_no_overwrites(
    stage: Stage,
) -> None:
    seen = stage.events()
    stage.interact()
    [(_, data)] = [item for item in seen if item[0] == "INTERACTION_CREATE"]
    allowed = stage.world.permissions.in_channel(stage.general, stage.ann)
    assert data["channel"]["id"] == stage.general
    assert data["channel"]["permissions"] == str(allowed)
    assert not {key for key in data["channel"] if "overwrites" in key or key.startswith("default_")}


def test_what_overtakes_the_answer_of_an_endpoint_waits_for_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, interactions = stage.world, stage.world.interactions
    record = stage.interact()
    # Set only now, so that nothing is posted there.
    world.applications.state(stage.bot_id)["interactions_endpoint_url"] = "http://127.0.0.1:9/"
    arrived, look_up = threading.Event(), interactions.by_token

    def noticed(application_id: str, token: str) -> InteractionRecord:
        found = look_up(application_id, token)
        arrived.set()
        return found

    monkeypatch.setattr(interactions, "by_token", noticed)
    monkeypatch.setattr(answers_of_bots, "_OVERTAKEN", 60.0)
    answers: list[int] = []

    def ask() -> None:
        path = f"/webhooks/{stage.bot_id}/{record.token}"
        answers.append(stage.nobody("POST", path, {"content": "and more"}).status_code)

    thread = threading.Thread(target=ask, name="follow-up")
    thread.start()
    assert arrived.wait(10)
    interactions.respond(record.id, record.token, 4, {"content": "first"})
    thread.join()
    assert answers == [200]
