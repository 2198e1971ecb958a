"""A furnished local Discord and a plain `requests` client for the tests of its REST."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from openapi_check import check_answer

from disruption.local import Clock, LocalDiscord
from disruption.local.world import Event
from disruption.local.world.permissions import bits

START = 1_750_000_000.0


class Caller:
    """Asks the REST of a local Discord with a token."""

    def __init__(self, base: str, token: str | None) -> None:
        self.base = base
        self.session = requests.Session()
        self.session.trust_env = False
        if token is not None:
            self.session.headers["Authorization"] = token

    def __call__(self, method: str, path: str, json: Any = None, **more: Any) -> requests.Response:
        if json is not None:
            more["json"] = json
        return self.session.request(method, self.base + path, timeout=20, **more)

    def ok(self, method: str, path: str, json: Any = None, **more: Any) -> Any:
        """Ask, expect a success that Discord's OpenAPI description allows, and return the body.

        The body is None for 204.
        """
        answer = self(method, path, json, **more)
        assert answer.ok, (answer.status_code, answer.text)
        body = None
        if answer.status_code == 204:
            assert answer.content == b""
        else:
            assert answer.headers["Content-Type"] == "application/json"
            body = answer.json()
        assert check_answer(method, path, answer.status_code, body) == []
        return body

    def refused(self, method: str, path: str, json: Any = None, **more: Any) -> tuple[int, int]:
        """Ask, expect an error, and return its status and code."""
        answer = self(method, path, json, **more)
        assert answer.headers["Content-Type"] == "application/json"
        body = answer.json()
        assert isinstance(body["message"], str)
        return answer.status_code, body["code"]


class Stage:
    """A guild with a bot that administrates it, one that may do little, and a person."""

    def __init__(self, discord: LocalDiscord) -> None:
        world = self.world = discord.world
        self.discord = discord
        self.guild = world.guilds.find("Home") or ""
        self.general = world.channels.find("general") or ""
        self.ann = world.users.create("ann")["id"]
        world.members.add(self.guild, self.ann)
        made = discord.add_bot("helper")
        self.bot_id, self.token = made.user_id, made.token
        self.bot = Caller(discord.rest_url, f"Bot {made.token}")
        weak = discord.add_bot("weak", guilds=[])
        world.members.add(self.guild, weak.user_id, permissions=0)
        self.weak_id = weak.user_id
        self.weak = Caller(discord.rest_url, f"Bot {weak.token}")
        self.nobody = Caller(discord.rest_url, None)
        self.messages = f"/channels/{self.general}/messages"

    def events(self, *, audit: bool = False) -> list[tuple[str, dict[str, Any]]]:
        """Return a list that grows with each event from now on; the audit log's if asked for."""
        seen: list[tuple[str, dict[str, Any]]] = []

        def hear(event: Event) -> None:
            if audit or event.name != "GUILD_AUDIT_LOG_ENTRY_CREATE":
                seen.append((event.name, event.data))

        self.world.subscribe(hear)
        return seen

    def entries(self) -> list[dict[str, Any]]:
        """Return the audit log of the guild, oldest entry first."""
        return self.world.audit.list(self.guild)[::-1]

    def person(self, user_id: str) -> Caller:
        """Return a caller with a person's token, as their client has it."""
        return Caller(self.discord.rest_url, self.world.users.token(user_id))

    def may(self, *permissions: str) -> None:
        """Let the weak bot do this, by the role of everyone."""
        allowed = str(bits("VIEW_CHANNEL", "SEND_MESSAGES", "READ_MESSAGE_HISTORY", *permissions))
        self.world.roles.update(self.guild, self.guild, {"permissions": allowed})

    def interact(self, kind: int = 2, **data: Any) -> Any:
        """Let ann use the bot, by a command unless another kind is given."""
        whole = {"id": "1", "name": "roll", "type": 1, **data}
        message_id = whole.pop("message_id", None)
        return self.world.interactions.create(
            self.bot_id, self.ann, self.general, kind, whole, message_id=message_id
        )


def make_stage(*, rate_limits: bool) -> Iterator[Stage]:
    """Yield a stage whose clock stands still."""
    clock = Clock(START, running=False)
    with LocalDiscord(rate_limits=rate_limits, clock=clock) as discord:
        yield Stage(discord)


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A stage without rate limits."""
    yield from make_stage(rate_limits=False)


@pytest.fixture
def limited() -> Iterator[Stage]:
    """A stage with Discord's rate limits."""
    yield from make_stage(rate_limits=True)
