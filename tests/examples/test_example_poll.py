"""The poll bot, used by people."""

from __future__ import annotations

from pathlib import Path

import pytest

from disruption import Client
from disruption.testing import Discord

pytestmark = pytest.mark.bot(factory="examples/poll_bot.py:client")


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLLS_DB", str(tmp_path / "polls.sqlite3"))


def test_people_vote_and_change_their_minds(discord: Discord, bot: Client) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    asked = ann.slash("poll", question="Cake?", choices="apple, cherry")
    asked.expect(embed={"title": "Cake?"}, components=["apple", "cherry", "Close"])
    poll = asked.message()
    ann.click(poll, "apple")
    bob.click(poll, "apple")
    bob.click(poll, "cherry")
    discord.channel().expect(
        embed={"description": "▰▰▰▰▰▱▱▱▱▱  **apple**: 1\n▰▰▰▰▰▱▱▱▱▱  **cherry**: 1"}
    )


def test_only_the_author_closes_it(discord: Discord, bot: Client) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    asked = ann.slash("poll", question="Cake?", choices="apple, cherry")
    asked.expect(embed={"title": "Cake?"})
    poll = asked.message()
    bob.click(poll, "Close").expect("Only who started the poll can close it.", ephemeral=True)
    sure = ann.click(poll, "Close").message(timeout=5)
    ann.click(sure, "Yes").expect("Close the poll for good?")
    discord.channel().expect(embed={"title": "Cake? (closed)"}, components=False)


def test_too_few_choices_are_refused(discord: Discord, bot: Client) -> None:
    ann = discord.user("ann")
    refused = ann.slash("poll", question="Cake?", choices="apple")
    refused.expect("Give two to 5 choices, with commas between them.", ephemeral=True)
