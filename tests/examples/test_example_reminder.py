"""The reminder bot, used by people, over restarts and days."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from disruption import Client
from disruption.testing import Discord

FACTORY = "examples/reminder_bot.py:client"
HOUR, DAY = 3600, 86400  # seconds

pytestmark = pytest.mark.bot(factory=FACTORY)


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMINDERS_DB", str(tmp_path / "reminders.sqlite3"))


def remind(discord: Discord, who: str, when: str, text: str) -> None:
    used = discord.user(who).slash("remind", when=when, text=text)
    used.expect(re.compile(r"I will remind you <t:\d+:R>\."), ephemeral=True)


def test_a_reminder_comes(discord: Discord, bot: Client) -> None:
    ann = discord.user("ann")
    remind(discord, "ann", "in 2h", "tea for @everyone")
    bot.tasks.advance(HOUR)
    assert len(bot.jobs()) == 1
    bot.tasks.advance(HOUR + 1)
    came = discord.channel().expect(
        f"{ann.mention}, you wanted to be reminded: tea for @everyone", ephemeral=False
    )
    assert not came.data["mention_everyone"]
    assert [user["username"] for user in came.data["mentions"]] == ["ann"]
    assert bot.jobs() == []


def test_a_reminder_outlives_a_restart(discord: Discord) -> None:
    ann = discord.user("ann")
    with discord.running(FACTORY, "before"):
        remind(discord, "ann", "in 2h", "tea")
    with discord.running(FACTORY, "after") as bot:
        bot.tasks.advance(2 * HOUR + 1)
        discord.channel().expect(f"{ann.mention}, you wanted to be reminded: tea", author="after")


def test_they_are_listed_and_forgotten_by_their_owner_alone(discord: Discord, bot: Client) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    remind(discord, "ann", "in 2h", "tea")
    remind(discord, "ann", "2999-12-31 23:59", "the year 3000")
    remind(discord, "bob", "in 1h", "coffee")
    listed = ann.slash("reminders").expect(re.compile("tea\n.*the year 3000"), ephemeral=True)
    assert "coffee" not in listed.content
    (choice,) = ann.autocomplete("forget", "reminder", "T")[1:]
    assert choice["name"] == "the year 3000"
    bob.slash("forget", reminder=choice["value"]).expect("You have no such reminder.")
    ann.slash("forget", reminder=choice["value"]).expect("Forgotten: the year 3000")
    assert len(bot.jobs()) == 2


def test_what_is_over_is_refused(discord: Discord, bot: Client) -> None:
    used = discord.user("ann").slash("remind", when="2020-01-01", text="the past")
    used.expect(re.compile("is over"), ephemeral=True)
    assert bot.jobs() == []


def test_where_the_channel_is_gone_it_comes_in_private(discord: Discord, bot: Client) -> None:
    ann, other = discord.user("ann"), discord.add_channel("#other")
    ann.at(other).slash("remind", when="in 2h", text="tea").expect(re.compile("remind you"))
    discord.world.channels.delete(other.id)
    bot.tasks.advance(2 * HOUR + 1)
    ann.dm().expect(f"{ann.mention}, you wanted to be reminded: tea")


def test_the_morning_tells_of_the_day(discord: Discord, bot: Client) -> None:
    remind(discord, "ann", "in 3h", "tea")
    remind(discord, "ann", "in 40 days", "the summer")
    bot.tasks["morning"].run_now().result(timeout=10)
    told = discord.user("ann").dm().expect(re.compile("Good morning! Today:\n- <t:.*: tea$"))
    assert "summer" not in told.content
