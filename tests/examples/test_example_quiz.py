"""The quiz night, played by people."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from disruption import Client
from disruption.local.driver import MessageView
from disruption.testing import Discord, User

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "quiz_night.py"

pytestmark = pytest.mark.bot(factory="examples/quiz_night.py:client")


@pytest.fixture
def right(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return the right answers by question."""
    monkeypatch.setenv("DISCORD_TOKEN", "a.token.of-nobody")
    return {each.text: each.right for each in runpy.run_path(str(EXAMPLE))["QUESTIONS"]}


def begin(discord: Discord, host: User, *guests: User, **options: int) -> None:
    """Let the host call for a quiz, all join, and the host begin."""
    lobby = host.slash("quiz", **options).expect(re.compile("Who plays"), components=True)
    names = []
    for player in (host, *guests):
        names.append(player.name)
        player.click(lobby, "I play")
        discord.channel().expect(re.compile(f"Who plays\\? {', '.join(names)}$"))
    host.click(lobby, "Begin")


def question(discord: Discord, number: int) -> MessageView:
    return discord.channel().expect(re.compile(rf"^\*\*{number} of "), components=True)


def answer_to(asked: MessageView, right: dict[str, str]) -> str:
    return right[asked.content.split("** ", 1)[1]]


def wrong_answer_to(asked: MessageView, right: dict[str, str]) -> str:
    labels = [each["label"] for row in asked.data["components"] for each in row["components"]]
    return next(label for label in labels if label != answer_to(asked, right))


def test_two_play_and_the_quicker_one_wins(
    discord: Discord, bot: Client, right: dict[str, str]
) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    begin(discord, ann, bob, rounds=2)
    for number in (1, 2):
        asked = question(discord, number)
        answer = answer_to(asked, right)
        bob.click(asked, answer).expect(f"You say {answer}.", ephemeral=True)
        ann.click(asked, answer).expect(f"You say {answer}.", ephemeral=True)
        discord.channel().expect(f"It is **{answer}**. Right: bob (+2), ann (+1).")
    discord.channel().expect(embed={"description": "🥇 bob: 4\n🥈 ann: 2"})


def test_the_first_answer_counts(discord: Discord, bot: Client, right: dict[str, str]) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    begin(discord, ann, bob, rounds=1)
    asked = question(discord, 1)
    wrong = wrong_answer_to(asked, right)
    ann.click(asked, wrong).expect(f"You say {wrong}.", ephemeral=True)
    again = ann.click(asked, answer_to(asked, right))
    again.expect("Your first answer counts.", ephemeral=True)
    bob.click(asked, wrong)
    discord.channel().expect(re.compile("Right: nobody"))
    discord.channel().expect(embed={"description": "🥇 ann: 0\n🥇 bob: 0"})


def test_who_does_not_answer_in_time_gets_nothing(discord: Discord, bot: Client) -> None:
    begin(discord, discord.user("ann"), rounds=1, seconds=1)
    asked = question(discord, 1)
    discord.channel().expect(re.compile("Right: nobody"))
    discord.channel().expect(embed={"description": "🥇 ann: 0"})
    assert all(each["disabled"] for each in asked.data["components"][0]["components"])


def test_who_has_not_joined_does_not_play(
    discord: Discord, bot: Client, right: dict[str, str]
) -> None:
    ann, eve = discord.user("ann"), discord.user("eve")
    begin(discord, ann, rounds=1)
    asked = question(discord, 1)
    eve.click(asked, answer_to(asked, right)).expect("That is not for you.", ephemeral=True)
    ann.click(asked, answer_to(asked, right))
    discord.channel().expect(embed={"description": "🥇 ann: 2"})


def test_one_quiz_a_channel_and_only_its_host_begins(discord: Discord, bot: Client) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    lobby = ann.slash("quiz").expect(re.compile("Who plays"))
    bob.slash("quiz").expect(re.compile("still running in this channel"), ephemeral=True)
    bob.click(lobby, "Begin").expect(f"{ann.mention} begins.", ephemeral=True)
    ann.click(lobby, "Begin").expect("Nobody plays yet.", ephemeral=True)
    discord.add_channel("#other")
    bob.at("#other").slash("quiz").expect(re.compile("Who plays"))
