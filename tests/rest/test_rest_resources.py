from __future__ import annotations

import threading
from typing import Any

import pytest
from rest_fake import Answer, FakeDiscord, message

from disruption.errors import InvalidArgument
from disruption.rest import Rest
from disruption.rest.typing import Typing

BUTTON = {"type": 2, "style": 5, "label": "x", "url": "https://x"}

USER = {"id": "3", "username": "bot", "discriminator": "0", "global_name": None, "avatar": None}
CHANNEL = {"id": "2", "type": 0}
WEBHOOK = {"id": "1", "type": 1, "name": None, "avatar": None, "application_id": None}
BOT = {
    "url": "wss://gateway.discord.gg",
    "shards": 1,
    "session_start_limit": {
        "total": 1000,
        "remaining": 999,
        "reset_after": 14400000,
        "max_concurrency": 1,
    },
}


@pytest.mark.parametrize(
    ("name", "arguments", "answer", "asked"),
    [
        ("get_gateway_bot", (), BOT, "GET /gateway/bot"),
        ("get_current_user", (), USER, "GET /users/@me"),
        ("get_user", (3,), USER, "GET /users/3"),
        ("get_current_user_guilds", (), [], "GET /users/@me/guilds"),
        ("create_dm", (3,), CHANNEL, "POST /users/@me/channels"),
        ("get_channel", (2,), CHANNEL, "GET /channels/2"),
        ("delete_channel", (2,), CHANNEL, "DELETE /channels/2"),
        ("trigger_typing_indicator", (2,), None, "POST /channels/2/typing"),
        ("get_webhook", (1,), WEBHOOK, "GET /webhooks/1"),
        ("get_webhook_with_token", (1, "t"), WEBHOOK, "GET /webhooks/1/t"),
        ("delete_webhook", (1,), None, "DELETE /webhooks/1"),
        ("delete_webhook_with_token", (1, "t"), None, "DELETE /webhooks/1/t"),
        ("get_webhook_message", (1, "t", 5), message(), "GET /webhooks/1/t/messages/5"),
        ("delete_webhook_message", (1, "t", 5), None, "DELETE /webhooks/1/t/messages/5"),
        ("get_followup_message", (7, "t", 5), message(), "GET /webhooks/7/t/messages/5"),
        ("delete_followup_message", (7, "t", 5), None, "DELETE /webhooks/7/t/messages/5"),
        ("crosspost_message", (2, 3), message(), "POST /channels/2/messages/3/crosspost"),
        ("leave_guild", (4,), None, "DELETE /users/@me/guilds/4"),
        ("get_guild_channels", (4,), [CHANNEL], "GET /guilds/4/channels"),
        ("get_guild_roles", (4,), [], "GET /guilds/4/roles"),
        ("list_guild_members", (4,), [], "GET /guilds/4/members"),
    ],
)
def test_a_method_asks_its_route(
    discord: FakeDiscord,
    rest: Rest,
    name: str,
    arguments: tuple[Any, ...],
    answer: Any,
    asked: str,
) -> None:
    discord.answer(Answer(status=204) if answer is None else Answer(json=answer))
    getattr(rest, name)(*arguments)
    request = discord.requests[0]
    assert f"{request.method} {request.path.removeprefix('/api/v10')}" == asked


def test_the_gateway_is_a_url(discord: FakeDiscord, rest: Rest) -> None:
    discord.answer(Answer(json={"url": "wss://gateway.discord.gg"}))
    assert rest.get_gateway() == "wss://gateway.discord.gg"


def test_a_webhook_is_executed(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(json=message())
    made = rest.execute_webhook(
        1,
        "t",
        wait=True,
        content="x",
        username="me",
        avatar_url="https://x/y.png",
        components=[{"type": 1, "components": [BUTTON]}],
        thread_id=9,
    )
    assert made.id == 10
    request = discord.requests[0]
    assert request.path == "/api/v10/webhooks/1/t?wait=true&thread_id=9&with_components=true"
    assert request.json["username"] == "me"
    assert "nonce" not in request.json
    with pytest.raises(InvalidArgument, match="only one"):
        rest.execute_webhook(1, "t", content="x", thread_id=9, thread_name="y")
    rest.edit_webhook_message(1, "t", 5, content=None)
    assert discord.requests[1].json == {"content": None}


def test_a_channel_is_modified(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(json=CHANNEL)
    rest.modify_channel(2, name="new", topic=None, parent_id=5, reason="tidy")
    assert discord.requests[0].json == {"name": "new", "topic": None, "parent_id": "5"}
    assert discord.requests[0].headers["X-Audit-Log-Reason"] == "tidy"
    with pytest.raises(InvalidArgument, match="name"):
        rest.modify_channel(2, name="x" * 101)


def test_the_user_is_modified(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(json=USER)
    rest.modify_current_user(avatar=None)
    assert discord.requests[0].json == {"avatar": None}


def test_typing_is_shown_until_the_block_ends(discord: FakeDiscord, rest: Rest) -> None:
    before = threading.active_count()
    discord.default = Answer(status=204)
    with Typing(rest, 2, every=0.01):
        discord.wait_for(3)
    assert not [t for t in threading.enumerate() if t.name == "disruption-typing"]
    Typing(rest, 2)
    assert threading.active_count() >= before


def test_typing_goes_on_after_a_failure(discord: FakeDiscord, rest: Rest) -> None:
    discord.answer(Answer(status=204), Answer(status=403, json={}), Answer(status=204))
    with Typing(rest, 2, every=0.01):
        discord.wait_for(4)
    assert rest.counters["rest.typing_failures"] >= 1
