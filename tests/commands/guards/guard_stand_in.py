"""A context with no more than what guards look at."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from disruption.counters import Counters
from disruption.dispatch.waiters import Waiters
from disruption.dispatch.worker import blocking
from disruption.types import Permissions


class FakeRest:
    """Answers what it was given, and counts how often it was asked."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        def ask(*_: Any, **__: Any) -> Any:
            self.asked.append(name)
            answer = self.answers[name]
            if isinstance(answer, Exception):
                raise answer
            return answer

        return ask


class FakeClient:
    """Counters, waiters and REST."""

    def __init__(self, **answers: Any) -> None:
        self.counters = Counters()
        self.rest = FakeRest(**answers)
        self.dispatcher = SimpleNamespace(waiters=Waiters(self.counters, yielding=blocking))


def context(client: Any = None, *, user: int = 1, guild: int | None = 10, **facts: Any) -> Any:
    """Return a context of a user in a guild's channel 100."""
    given: dict[str, Any] = {
        "client": client or FakeClient(),
        "author": SimpleNamespace(id=user),
        "member": None if guild is None else SimpleNamespace(roles=[], id=user),
        "guild_id": guild,
        "channel_id": 100,
        "channel": None,
        "permissions": Permissions.NONE,
        "app_permissions": Permissions.NONE,
        "locale": None,
        "state": {},
    }
    return SimpleNamespace(**{**given, **facts})
