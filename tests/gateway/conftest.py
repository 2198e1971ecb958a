"""Fixtures: a scripted gateway on a real socket, and connections to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from scripted_gateway import TOKEN, FakeGateway

from disruption.gateway import Gateway, Timeouts


@pytest.fixture
def server() -> Iterator[FakeGateway]:
    fake = FakeGateway()
    yield fake
    fake.stop()


@pytest.fixture
def connect(server: FakeGateway, quick: None) -> Iterator[Callable[..., Gateway]]:
    """Make gateways for the fake server, closed at the end of the test."""
    made: list[Gateway] = []

    def make(**options: Any) -> Gateway:
        gateway = Gateway(
            options.pop("token", TOKEN),
            intents=options.pop("intents", 1),
            url=options.pop("url", server.url),
            connection_events=options.pop("connection_events", True),
            timeouts=options.pop("timeouts", Timeouts(close=0.1)),
            **options,
        )
        made.append(gateway)
        gateway._start()
        return gateway

    yield make
    for gateway in made:
        assert gateway.close(), "a thread did not end"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sessions and connections of one test follow each other at once."""
    monkeypatch.setattr("disruption.gateway.identify.WINDOW", 0.0)
    monkeypatch.setattr("disruption.gateway.identify.SLACK", 0.0)
    monkeypatch.setattr("disruption.gateway.backoff.Backoff.STEPS", (0.01,))
