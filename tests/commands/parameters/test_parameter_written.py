"""Dates, times, messages and emojis as options of slash commands and in prefix commands."""

from __future__ import annotations

from datetime import date, time

import pytest

from disruption import Client, Context, Emoji, Message
from disruption.testing import Discord


def make(token: str, rest_url: str) -> Client:
    client = Client(token=token, rest_url=rest_url, prefix="!")

    @client.command(description="Meet", prefix=True)
    def meet(ctx: Context, day: date, hour: time = time(9), sign: Emoji | None = None) -> None:
        ctx.respond(f"{day:%d.%m.} {hour:%H:%M} {sign}")

    @client.command(description="Quote", prefix=True)
    def quote(ctx: Context, message: Message, sign: Emoji) -> None:
        message.react(sign)
        ctx.respond(f"{message.author.username}: {message.content}")

    return client


@pytest.mark.bot(factory=make)
def test_as_slash_commands_and_as_text(bot: Client, discord: Discord) -> None:
    ann, channel = discord.user("ann"), discord.channel()
    ann.slash("meet", day="2026-03-01", hour="6pm", sign="👍").expect("01.03. 18:00 👍")
    ann.slash("meet", day="2026-03-01").expect("01.03. 09:00 None")
    ann.slash("meet", day="never").expect('day must be a date, as 2026-03-01, not "never"')
    ann.say("!meet 2026-03-01 8:15 <:blob:5>")
    channel.expect("01.03. 08:15 <:blob:5>")
    ann.say("!meet 2026-03-01 👍")
    channel.expect('hour must be a time, as 18:30, not "👍"')
    said = ann.say("the quick brown fox")
    ann.slash("quote", message=f"{discord.channel().id}-{said.id}", sign="🦊").expect(
        "ann: the quick brown fox"
    )
    other = ann.say("the lazy dog")
    ann.say(f"!quote {other.id} 🐕")
    channel.expect("ann: the lazy dog")
    for message, sign in ((said, "🦊"), (other, "🐕")):
        assert [one["emoji"]["name"] for one in message.data["reactions"]] == [sign]
