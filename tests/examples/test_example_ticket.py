"""The ticket bot, used by people."""

from __future__ import annotations

import re
from urllib.request import urlopen

import pytest

from disruption import Client
from disruption.local.driver import MessageView
from disruption.testing import Channel, Discord, User
from disruption.testing.bots import running

FACTORY = "examples/ticket_bot.py:client"
STORY = "My cake is gone, and nobody knows where."

pytestmark = pytest.mark.bot(factory=FACTORY)


def opened_by(discord: Discord, who: User, **fields: str) -> tuple[Channel, MessageView]:
    """Open a ticket; return its thread and the message with the buttons."""
    form = who.slash("ticket")
    answer = who.submit(form, {"subject": "Cake", "story": STORY, **fields})
    told = answer.expect(re.compile(r"Here is your ticket: <#\d+>"), ephemeral=True)
    thread = discord.channel(re.findall(r"\d+", told.content)[0])
    return thread, thread.expect(embed={"title": "Cake"}, components=["Claim", "Close"])


@pytest.fixture
def staff(discord: Discord) -> User:
    bob = discord.user("bob")
    bob.give_role("Staff", "MANAGE_THREADS")
    return bob


def test_a_ticket_is_opened_claimed_and_closed(discord: Discord, staff: User, bot: Client) -> None:
    ann = discord.user("ann")
    thread, ticket = opened_by(discord, ann, urgency="high")
    assert "high" in str(ticket.data["embeds"])
    assert len(ticket.data["mention_roles"]) == 1
    staff.at(thread).click(ticket, "Claim").expect(components=["Close"])
    thread.expect(f"{ann.mention}, {staff.mention} takes care of this.")
    ann.at(thread).say("Thank you!")
    ann.at(thread).click(ticket, "Close")
    closed = thread.expect(f"Closed by {ann.mention}.", files=[f"ticket-{thread.id}.txt"])
    with urlopen(closed.data["attachments"][0]["url"]) as file:
        assert "ann: Thank you!" in file.read().decode()
    ann.dm().expect("Your ticket was closed.", files=[f"ticket-{thread.id}.txt"])
    discord.expect_request("PATCH", "/channels/{channel_id}")
    assert discord.world.channels.get(thread.id)["thread_metadata"]["locked"]


def test_a_ticket_is_claimed_once(discord: Discord, staff: User, bot: Client) -> None:
    carl = discord.user("carl")
    carl.give_role("Staff")
    thread, ticket = opened_by(discord, discord.user("ann"))
    first = staff.at(thread).click(ticket, "Claim")
    second = carl.at(thread).click(ticket, "Claim")
    first.expect(components=["Close"])
    second.expect(f"{staff.mention} was quicker.", ephemeral=True)


def test_a_ticket_is_closed_once(discord: Discord, staff: User, bot: Client) -> None:
    thread, ticket = opened_by(discord, discord.user("ann"))
    staff.at(thread).click(ticket, "Close")
    late = staff.at(thread).click(ticket, "Close")
    late.expect("This ticket is closed.", ephemeral=True)
    files = [each for each in thread.messages if each.data["attachments"]]
    assert [each.content for each in files] == [f"Closed by {staff.mention}."]


def test_who_is_no_staff_can_do_nothing(discord: Discord, staff: User, bot: Client) -> None:
    eve = discord.user("eve")
    eve.give_role("Threads", "MANAGE_THREADS")  # or Discord would not show her the ticket
    _, ticket = opened_by(discord, discord.user("ann"))
    eve.click(ticket, "Claim").expect("Only the staff can claim tickets.", ephemeral=True)
    refused = eve.click(ticket, "Close")
    refused.expect(
        "Only the staff and who opened the ticket can close it.", ephemeral=True, components=False
    )


def test_without_a_staff_role_nobody_waits_in_vain(discord: Discord, bot: Client) -> None:
    ann = discord.user("ann")
    answer = ann.submit(ann.slash("ticket"), subject="Cake", story=STORY)
    answer.expect(re.compile("no role"), ephemeral=True)


def test_a_ticket_outlives_a_restart(discord: Discord, staff: User) -> None:
    account = discord.add_bot("bot")
    with running(FACTORY, account, discord.rest_url, "bot", discord.errors):
        thread, ticket = opened_by(discord, discord.user("ann"))
    with running(FACTORY, account, discord.rest_url, "bot", discord.errors):
        staff.at(thread).click(ticket, "Claim").expect(components=["Close"])
