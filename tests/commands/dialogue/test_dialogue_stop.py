"""A stop of the client takes the buttons of open questions out of use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from disruption import Client, Context
from disruption.testing import Discord

Ask = Callable[[Context], object]


def by_button(ctx: Context) -> None:
    ctx.respond("first")  # so that a modal needs a button to open it
    ctx.ask("open")


QUESTIONS: dict[str, Ask] = {
    "choose": lambda ctx: ctx.choose("open", ["a", "b"]),
    "many": lambda ctx: ctx.choose("open", range(60)),
    "confirm": lambda ctx: ctx.confirm("open"),
    "ask": by_button,
    "paginate": lambda ctx: ctx.paginate(["open", "second", "third"]),
    "menu": lambda ctx: ctx.menu("open", {"a": lambda click: None, "b": None}),
}


def make(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url, prefix="!")

    def add(name: str, question: Ask) -> None:
        @client.command(name, description="x", prefix=name != "ask")
        def asking(ctx: Context) -> None:
            question(ctx)

    for name, question in QUESTIONS.items():
        add(name, question)
    return client


def usable(components: list[dict[str, Any]]) -> list[str]:
    inner = [one for row in components for one in row["components"]]
    return [one["custom_id"] for one in inner if not one.get("disabled")]


@pytest.mark.bot(factory=make)
def test_open_questions_are_closed(bot: Client, discord: Discord) -> None:
    ann, channel = discord.user("ann"), discord.channel()
    asked = []
    for name in QUESTIONS:
        ann.slash(name)
        asked.append(channel.expect("open"))
    for name in ("choose", "paginate"):
        ann.say(f"!{name}")
        asked.append(channel.expect("open"))
    assert all(usable(message.data["components"]) for message in asked)
    bot.stop(60)
    assert [usable(message.data["components"]) for message in asked] == [[]] * len(asked)
    assert bot.counters["dispatch.handlers_ended_by_stop"] == len(asked)
