"""The moderation bot, used by moderators and by others."""

from __future__ import annotations

import re

import pytest

from disruption import Client
from disruption.testing import Discord, User

pytestmark = pytest.mark.bot(factory="examples/moderation_bot.py:client")

POWERS = ("KICK_MEMBERS", "BAN_MEMBERS", "MODERATE_MEMBERS", "MANAGE_MESSAGES")


@pytest.fixture
def mod(discord: Discord) -> User:
    mod = discord.user("mod")
    mod.give_role("Moderator", *POWERS)
    return mod


def members(discord: Discord) -> set[str]:
    return {each["user"]["username"] for each in discord.world.members.list(discord.guild_id())}


@pytest.mark.parametrize("written", [False, True])
def test_kick_as_a_slash_command_and_as_a_message(
    discord: Discord, mod: User, bot: Client, written: bool
) -> None:
    bob = discord.user("bob")
    if written:
        mod.say(f"!kick {bob.mention} spam, again and again")
        discord.channel().expect(f"{bob.mention} was kicked.")
    else:
        used = mod.slash("kick", who=bob, reason="spam, again and again")
        used.expect(f"{bob.mention} was kicked.")
    discord.expect_audit("MEMBER_KICK", target=bob, reason="mod: spam, again and again")
    assert "bob" not in members(discord)


def test_a_ban_is_confirmed(discord: Discord, mod: User, bot: Client) -> None:
    bob = discord.user("bob")
    asked = mod.slash("ban", who=bob, reason="spam")
    question = asked.expect(f"Ban {bob.mention}? The reason: spam", components=["Yes", "No"])
    bob.click(question, "No").expect("That is not for you.", ephemeral=True)
    mod.click(question, "Yes")
    discord.channel().expect(f"{bob.mention} was banned.")
    discord.expect_audit("MEMBER_BAN_ADD", target=bob, reason="mod: spam")


def test_a_ban_is_thought_over(discord: Discord, mod: User, bot: Client) -> None:
    bob = discord.user("bob")
    mod.say(f"!ban {bob.mention}")
    mod.click(discord.channel().expect(components=["Yes", "No"]), "No")
    discord.channel().expect("Nothing was done.")
    assert "bob" in members(discord)


def test_somebody_who_has_left_can_be_banned(discord: Discord, mod: User, bot: Client) -> None:
    bob = discord.user("bob")
    bob.leave()
    mod.say(f"!ban {bob.id} spam")
    mod.click(discord.channel().expect(components=["Yes", "No"]), "Yes")
    discord.expect_audit("MEMBER_BAN_ADD", target=bob, reason="mod: spam")


def test_timeouts(discord: Discord, mod: User, bot: Client) -> None:
    bob = discord.user("bob")
    used = mod.slash("timeout", who=bob, duration="2 hours", reason="spam")
    used.expect(f"{bob.mention} is silenced for 2:00:00.")
    discord.expect_audit("MEMBER_UPDATE", target=bob, reason="mod: spam")
    mod.slash("timeout", who=bob, duration="90 days").expect(
        re.compile("at most 28 days"), ephemeral=True
    )
    question = mod.use_on(bob, "Time out").expect("For how long?", ephemeral=True)
    mod.click(question, "1 day")
    discord.channel().expect(f"{bob.mention} is silenced for 1 day, 0:00:00.", ephemeral=True)


def test_nobody_moderates_who_ranks_as_high(discord: Discord, mod: User, bot: Client) -> None:
    other = discord.user("other")
    other.give_role("Moderator")
    refusal = f"You do not rank above {other.mention}."
    mod.slash("kick", who=other).expect(refusal, ephemeral=True)
    mod.use_on(other, "Time out").expect("For how long?")
    mod.say(f"!ban {other.mention}")
    discord.channel().expect(refusal)


def test_members_may_not(discord: Discord, bot: Client) -> None:
    ann, bob = discord.user("ann"), discord.user("bob")
    ann.say(f"!kick {bob.mention}")
    discord.channel().expect("You need Kick Members here.")
    ann.dm("!kick bob").expect("That works in servers only.")
    assert "bob" in members(discord)


def test_purge_takes_one_persons_messages_and_cools_down(
    discord: Discord, mod: User, bot: Client
) -> None:
    ann, eve = discord.user("ann"), discord.user("eve")
    kept, spam = ann.say("hello"), [eve.say("buy!"), eve.say("buy!!")]
    mod.slash("purge", look_at=50, who=eve).expect("2 messages are gone.", ephemeral=True)
    assert kept.exists
    assert not any(each.exists for each in spam)
    mod.slash("purge").expect(re.compile("used a moment ago"), ephemeral=True)


def test_reports_reach_the_moderators(discord: Discord, bot: Client) -> None:
    ann, log = discord.user("ann"), discord.add_channel("#mod-log")
    message = discord.user("eve").say("buy!")
    form = ann.use_on(message, "Report")
    answer = ann.submit(form, answer="It is spam.")
    answer.expect("Thank you. The moderators will look at it.", ephemeral=True)
    report = log.expect(embed={"title": "Reported by ann", "description": "buy!"})
    assert "It is spam." in str(report.data["embeds"])


def test_what_the_bot_may_not_do_is_told(discord: Discord, mod: User, bot: Client) -> None:
    boss = discord.user("boss")
    role_id = boss.give_role("Boss")
    discord.world.roles.move(discord.guild_id(), {role_id: 99})  # above the bot's own role
    discord.user("admin").slash("kick", who=boss).expect(
        "Discord does not let me: my role must be above theirs.", ephemeral=True
    )
