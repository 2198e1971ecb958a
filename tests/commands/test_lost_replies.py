"""Answers of which Discord's reply is lost are given once all the same."""

from __future__ import annotations

import pytest

from disruption import Client, Context
from disruption.testing import Discord


def make(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url)

    @client.command(description="Ping")
    def ping(ctx: Context) -> None:
        ctx.respond("pong")

    return client


@pytest.mark.bot(factory=make)
@pytest.mark.parametrize("times", [1, 2])
def test_no_answer_is_given_twice(bot: Client, discord: Discord, times: int) -> None:
    discord.faults.add("reset", method="POST", times=times)
    discord.user("ann").slash("ping").expect("pong")
    discord.settle()
    assert discord.faults.counts["reset"] == times
    assert [message.content for message in discord.channel().messages] == ["pong"]
