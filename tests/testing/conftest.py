"""The fixtures of the plugin, with the bot that is tested; pytest may know them already."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from testing_bot import Bot

from disruption import Client
from disruption.testing import Discord


@pytest.fixture
def discord() -> Iterator[Discord]:
    with Discord(timeout=20.0) as made:
        yield made


@pytest.fixture
def bot(discord: Discord) -> Iterator[Client]:
    with discord.running(Bot) as client:
        yield client
