"""No request breaks the server: bodies, queries and paths that make no sense are refused."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from local_rest_support import Stage

from disruption.local import rest
from disruption.local.rest.routes import ALL

_FOLDER = Path(rest.__file__).parent
_FILES = [*_FOLDER.glob("routes/*.py"), *_FOLDER.glob("validate/*.py")]

#: Every name that a route or a rule reads, and more.
NAMES = sorted(
    {name for file in _FILES for name in re.findall(r'"([a-z_]{2,30})"', file.read_text("utf-8"))}
)

VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 10**20, 1.5, 1e308, "", "x", "1", "x" * 3000, "\x00", "👍"),
    *([], {}, [1], ["1"], [{}], [None], [[]], {"a": 1}, "2026-01-01T00:00:00Z"),
    *("data:image/png;base64,iVBORw0KGgo=", [{"type": 1, "components": [{"type": 2}]}]),
    [{"type": 17, "components": None}],
)

#: What would take the stage away.
DESTRUCTIVE = ("/bans", "bulk-ban", "/prune", "/users/@me/guilds/", "/members/{user_id}")


class Nonsense:
    """Requests at random, the same for each seed."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self._random = random.Random(seed)
        world = stage.world
        made = [world.channels.create(stage.guild, "c", kind)["id"] for kind in (2, 4, 5, 13, 15)]
        made.append(world.channels.dm(stage.bot_id, stage.ann)["id"])
        made.append(world.threads.create(stage.general, stage.ann, "side")["id"])
        hook = world.webhooks.create(stage.general, "hook", stage.ann)
        message = world.messages.create(stage.general, stage.ann, "hello")
        self._ids: dict[str, Callable[[], str]] = {
            "guild_id": lambda: stage.guild,
            "channel_id": lambda: self._random.choice([stage.general, *made]),
            "message_id": lambda: message["id"],
            "user_id": lambda: self._random.choice([stage.ann, stage.bot_id]),
            "role_id": lambda: stage.guild,
            "application_id": lambda: stage.bot_id,
            "webhook_id": lambda: hook["id"],
            "webhook_token": lambda: hook["token"],
            "emoji_name": lambda: self._random.choice(["👍", "x:1"]),
        }

    def request(self) -> tuple[str, str, Any, dict[str, str]]:
        """Return method, path, body and query of the next one."""
        route = self._random.choice(ALL)
        while route.method == "DELETE" or any(part in route.path for part in DESTRUCTIVE):
            route = self._random.choice(ALL)
        path = re.sub(r"\{(\w+)\}", lambda found: self._id(found[1]), route.path)
        query = {
            self._random.choice(NAMES): str(self._random.choice(["1", "x", "-1", "", "true"]))
            for _ in range(self._random.randint(0, 2))
        }
        return route.method, path, self._value(0), query

    def _id(self, name: str) -> str:
        known = self._ids.get(name)
        return known() if known is not None and self._random.random() < 0.9 else "1"

    def _value(self, depth: int) -> Any:
        chance = self._random.random()
        if depth > 2 or (depth and chance < 0.6):
            return self._random.choice(VALUES)
        if depth and chance < 0.75:
            return [self._value(depth + 1) for _ in range(self._random.randint(0, 3))]
        size = self._random.randint(0, 3 if depth else 12)
        return {self._random.choice(NAMES): self._value(depth + 1) for _ in range(size)}


@pytest.mark.parametrize("seed", range(4))
def test_nonsense_is_refused(stage: Stage, seed: int) -> None:
    nonsense = Nonsense(stage, seed)
    for _ in range(300):
        method, path, body, query = nonsense.request()
        answer = stage.bot(method, path, body, params=query)
        assert answer.status_code < 500, (method, path, body, query)
