"""A client that is only served by HTTP, and its app."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from wsgi_requests import PUBLIC_KEY

from disruption import Client, WSGIApp
from disruption.local import LocalDiscord
from disruption.local.server import Bot


@pytest.fixture
def bot(local: LocalDiscord) -> Bot:
    return local.add_bot("bot")


@pytest.fixture
def client(local: LocalDiscord, bot: Bot) -> Iterator[Client]:
    client = Client(None, bot.token, rest_url=local.rest_url, public_key=PUBLIC_KEY, name="served")
    yield client
    client.stop()
    assert not [t.name for t in threading.enumerate() if t.name.startswith("served-")]


@pytest.fixture
def app(client: Client) -> WSGIApp:
    return client.wsgi


@pytest.fixture
def beside() -> Iterator[Callable[[Callable[[], object]], threading.Thread]]:
    """Run something in a thread that has ended when the test has."""
    threads: list[threading.Thread] = []

    def run(function: Callable[[], object]) -> threading.Thread:
        thread = threading.Thread(target=function, name="test-beside", daemon=True)
        threads.append(thread)
        thread.start()
        return thread

    yield run
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
