from __future__ import annotations

import pytest
from rest_fake import FakeDiscord, message
from rest_table import WEBHOOK, Case, run

from disruption.errors import InvalidArgument
from disruption.rest import Rest

CASES = [
    Case(
        "create_webhook",
        (2,),
        "POST /channels/2/webhooks",
        {"name": "n", "avatar": b"GIF89a", "reason": "why"},
        {"name": "n", "avatar": "data:image/gif;base64,R0lGODlh"},
        WEBHOOK,
    ),
    Case("get_channel_webhooks", (2,), "GET /channels/2/webhooks", answer=[WEBHOOK]),
    Case("get_guild_webhooks", (4,), "GET /guilds/4/webhooks", answer=[WEBHOOK]),
    Case("get_webhook", (1,), "GET /webhooks/1", answer=WEBHOOK),
    Case("get_webhook_with_token", (1, "t"), "GET /webhooks/1/t", answer=WEBHOOK),
    Case(
        "modify_webhook",
        (1,),
        "PATCH /webhooks/1",
        {"avatar": None, "channel_id": 2, "reason": "why"},
        {"avatar": None, "channel_id": "2"},
        WEBHOOK,
    ),
    Case(
        "modify_webhook_with_token",
        (1, "t"),
        "PATCH /webhooks/1/t",
        {"name": "n"},
        {"name": "n"},
        WEBHOOK,
    ),
    Case("delete_webhook", (1,), "DELETE /webhooks/1", {"reason": "why"}),
    Case("delete_webhook_with_token", (1, "t"), "DELETE /webhooks/1/t"),
    Case(
        "execute_webhook",
        (1, "t"),
        "POST /webhooks/1/t",
        {"content": "x", "thread_name": "n", "applied_tags": [1], "allowed_mentions": None},
        {"content": "x", "thread_name": "n", "applied_tags": ["1"]},
    ),
    Case(
        "execute_slack_compatible_webhook",
        (1, "t", {"text": "x"}),
        "POST /webhooks/1/t/slack?thread_id=9&wait=true",
        {"thread_id": 9, "wait": True},
        {"text": "x"},
        "ok",
    ),
    Case(
        "execute_github_compatible_webhook",
        (1, "t", "push", {"sender": {"login": "me"}}),
        "POST /webhooks/1/t/github",
        body={"sender": {"login": "me"}},
    ),
    Case(
        "get_webhook_message",
        (1, "t", 5),
        "GET /webhooks/1/t/messages/5?thread_id=9",
        {"thread_id": 9},
        answer=message(),
    ),
    Case(
        "edit_webhook_message",
        (1, "t", 5),
        "PATCH /webhooks/1/t/messages/5?with_components=true",
        {"components": [{"type": 10, "content": "x"}], "allowed_mentions": None},
        {"components": [{"type": 10, "content": "x"}], "flags": 1 << 15},
        message(),
    ),
    Case("delete_webhook_message", (1, "t", 5), "DELETE /webhooks/1/t/messages/5"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_method_asks_its_route(case: Case, discord: FakeDiscord, rest: Rest) -> None:
    run(case, discord, rest)


def test_github_events_have_their_header(discord: FakeDiscord, rest: Rest) -> None:
    run(CASES[11], discord, rest)
    headers = discord.requests[0].headers
    assert headers["X-GitHub-Event"] == "push"
    assert "Authorization" not in headers


@pytest.mark.parametrize("name", ["", "x" * 81, "Clyde", "my Discord bot"])
def test_a_name_that_discord_refuses_is_not_sent(
    discord: FakeDiscord, rest: Rest, name: str
) -> None:
    with pytest.raises(InvalidArgument, match="name"):
        rest.create_webhook(2, name=name)
    with pytest.raises(InvalidArgument, match="name"):
        rest.modify_webhook_with_token(1, "t", name=name)
    assert discord.requests == []


@pytest.mark.parametrize("event", ["pu sh", "漢", "push\r\nX-Other: 1"])
def test_an_event_that_no_header_can_have_is_not_sent(
    discord: FakeDiscord, rest: Rest, event: str
) -> None:
    with pytest.raises(InvalidArgument, match="event"):
        rest.execute_github_compatible_webhook(1, "t", event, {})
    assert discord.requests == []
