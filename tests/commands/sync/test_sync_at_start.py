"""`Client(sync=…)`: the commands are compared when the client starts."""

from __future__ import annotations

import logging
from typing import Any, Literal

import pytest

from disruption import Client, Context, InvalidArgument
from disruption.local import LocalDiscord
from disruption.local.server import Bot


@pytest.fixture
def account(local: LocalDiscord) -> Bot:
    return local.add_bot("bot")


def run(local: LocalDiscord, account: Bot, sync: Literal["apply", "warn"] | None) -> list[str]:
    """Connect a client with a command; return the names that Discord knows then."""
    client = Client(token=account.token, rest_url=local.rest_url, sync=sync)

    @client.command(description="Roll")
    def roll(ctx: Context) -> None: ...

    with client:
        application = client.application
        assert application is not None
        found = client.rest.get_global_application_commands(application.id)
    return [command.name for command in found]


def test_nothing_is_done_by_itself(local: LocalDiscord, account: Bot) -> None:
    assert run(local, account, None) == []


def test_warn_only_says_what_differs(
    local: LocalDiscord, account: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "disruption.commands"):
        assert run(local, account, "warn") == []
    assert "+ /roll" in caplog.text


def test_apply_makes_it_the_same(local: LocalDiscord, account: Bot) -> None:
    assert run(local, account, "apply") == ["roll"]
    assert run(local, account, "apply") == ["roll"]


def test_another_word_is_refused() -> None:
    word: Any = "yes"
    with pytest.raises(InvalidArgument, match="sync='yes'"):
        Client(token="a.b.c", sync=word)
