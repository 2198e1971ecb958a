from __future__ import annotations

from collections.abc import Iterator

import pytest
from rest_fake import TOKEN, FakeDiscord

from disruption.rest import Rest, Retries


@pytest.fixture
def discord() -> Iterator[FakeDiscord]:
    """A fresh fake server."""
    server = FakeDiscord()
    yield server
    server.stop()


@pytest.fixture
def rest(discord: FakeDiscord) -> Iterator[Rest]:
    """A client of that server which does not wait long between its attempts."""
    with Rest(TOKEN, base_url=discord.url, retries=Retries(backoff=0.001)) as made:
        yield made
