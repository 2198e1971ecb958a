"""Suggestions: what a function may return, and what of it is refused."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from disruption import AutocompleteContext, Client, Context
from disruption.testing import Discord

SUGGESTED: dict[str, Any] = {
    "numbers": [1, 2],
    "texts": ["1", "2"],
    "long": ["fine", "x" * 101],
    "empty": [("nothing", "")],
}


def make(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url)

    @client.command(description="Find")
    def find(ctx: Context, text: str = "", number: int = 0, share: float = 0.0) -> None: ...

    for option in ("text", "number", "share"):

        @find.autocomplete(option)
        def suggest(ctx: AutocompleteContext, value: str) -> Any:
            return SUGGESTED["texts" if ctx.focused == "number" else value]

    return client


pytestmark = pytest.mark.bot(factory=make)


def test_values_are_of_the_options_type(bot: Client, discord: Discord) -> None:
    ann = discord.user("ann")
    made = ann.autocomplete("find", "text", "numbers")
    assert [choice["value"] for choice in made] == ["1", "2"]
    assert [choice["value"] for choice in ann.autocomplete("find", "number", "5")] == [1, 2]


@pytest.mark.allow_handler_errors
@pytest.mark.parametrize("value", ["long", "empty"])
def test_what_discord_would_refuse_is_logged(
    bot: Client, discord: Discord, value: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "disruption.commands"):
        assert discord.user("ann").autocomplete("find", "text", value) == []
    (record,) = caplog.records
    assert "completion of 'text' in 'find' failed" in record.getMessage()
    assert record.exc_info is not None
    assert "1 to 100 characters" in str(record.exc_info[1])
    assert bot.stats.counts["commands.autocomplete_errors"] == 1
