"""Fixtures: clients on a local Discord, stopped at the end of each test."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from client_bots import People, threads_of

from disruption import Client, Handler
from disruption.gateway import Timeouts
from disruption.local import LocalDiscord
from disruption.local.server import Bot

MakeClient = Callable[..., Client]


@pytest.fixture
def bot(local: LocalDiscord) -> Bot:
    return local.add_bot("bot")


@pytest.fixture
def people(local: LocalDiscord) -> People:
    return People(local)


@pytest.fixture
def make(local: LocalDiscord, bot: Bot) -> Iterator[MakeClient]:
    """Make clients for the local Discord, stopped (and without threads) after the test."""
    made: list[Client] = []
    numbers = itertools.count(1)

    def new(handler: Handler | None = None, **options: Any) -> Client:
        client = Client(
            handler,
            options.pop("token", bot.token),
            rest_url=options.pop("rest_url", local.rest_url),
            name=options.pop("name", f"bot{next(numbers)}"),
            timeouts=options.pop("timeouts", Timeouts(close=0.2)),
            **options,
        )
        made.append(client)
        return client

    yield new
    for client in made:
        client.stop()
        assert threads_of(client) == []


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, local: LocalDiscord) -> None:
    """Let sessions and connections of one test follow each other at once."""
    local.limits.enabled = False
    monkeypatch.setattr("disruption.gateway.identify.WINDOW", 0.0)
    monkeypatch.setattr("disruption.gateway.identify.SLACK", 0.0)
    monkeypatch.setattr("disruption.gateway.backoff.Backoff.STEPS", (0.02,))
