"""Guards on real commands, used by people on a local Discord."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from disruption import (
    Client,
    Context,
    Permissions,
    Plugin,
    bot_requires,
    check,
    command,
    cooldown,
    dm_only,
    guild_only,
    has_role,
    max_concurrency,
    nsfw_only,
    owner_only,
    requires,
)
from disruption.testing import Discord

WAIT = 20.0


class Gate:
    """Holds a command until the test lets it go on."""

    def __init__(self) -> None:
        self.inside = threading.Semaphore(0)
        self.open = threading.Event()

    def pass_(self) -> None:
        self.inside.release()
        assert self.open.wait(WAIT)


def define(client: Client, gate: Gate) -> None:
    @client.command(description="x", prefix=True)
    @requires(Permissions.BAN_MEMBERS)
    @bot_requires(Permissions.BAN_MEMBERS)
    def ban(ctx: Context) -> None:
        ctx.respond("banned")

    @client.command(description="x", prefix=True)
    @has_role("Helpers")
    def helpers(ctx: Context) -> None:
        ctx.respond("helped")

    @client.command(description="x", prefix=True)
    @nsfw_only
    def spicy(ctx: Context) -> None:
        ctx.respond("spicy")

    @client.command(description="x", prefix=True)
    @owner_only
    def stop(ctx: Context) -> None:
        ctx.respond("stopped")

    @client.command(description="x", prefix=True)
    @guild_only
    def here(ctx: Context) -> None:
        ctx.respond("here")

    @client.command(description="x", prefix=True)
    @dm_only
    def secret(ctx: Context) -> None:
        ctx.respond("secret")

    @cooldown(1, 60)
    @client.command(description="x")
    def seldom(ctx: Context, again: bool = False) -> None:
        if again:
            ctx.reset_cooldown()
        ctx.respond("used")

    @client.command(description="x", defer=False)
    @max_concurrency(1)
    def alone(ctx: Context) -> None:
        gate.pass_()
        ctx.respond("alone")

    @client.command(description="x", defer=False)
    @max_concurrency(1, by="channel", wait=WAIT)
    def queued(ctx: Context) -> None:
        gate.pass_()
        ctx.respond("queued")

    def never(ctx: Context) -> bool:
        return False

    @check(never, message="Never.")
    class Closed(Plugin):
        @command(description="x")
        def closed(self, ctx: Context) -> None:
            ctx.respond("open")

    client.add_plugin(Closed())
    shut = client.group("shut", description="x")
    check(never, message="Shut.")(shut)

    @shut.command(description="x")
    def door(ctx: Context) -> None:
        ctx.respond("open")

    client.sync_commands()


@pytest.fixture
def discord() -> Iterator[Discord]:
    with Discord(timeout=WAIT) as made:
        yield made


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def bot(discord: Discord, gate: Gate) -> Iterator[Client]:
    def make() -> Client:
        client = Client()
        define(client, gate)
        return client

    with discord.running(make) as client:
        yield client
        gate.open.set()


def both(discord: Discord, name: str, user: str = "ann", place: Any = None) -> set[str]:
    """Use a command in both ways and return the answers."""
    person = discord.user(user) if place is None else discord.user(user).at(place)
    slash = person.slash(name).message().content
    before = len(person.channel.messages)
    person.say(f"!{name}")
    discord.settle()
    [answer] = person.channel.messages[before + 1 :]
    return {slash, answer.content}


def test_permissions(discord: Discord, bot: Client) -> None:
    assert both(discord, "ban") == {"You need Ban Members here."}
    discord.user("ann").give_role("Moderators", "BAN_MEMBERS")
    assert both(discord, "ban") == {"banned"}


def test_roles_by_name(discord: Discord, bot: Client) -> None:
    assert both(discord, "helpers") == {"You need the role Helpers for that."}
    discord.user("ann").give_role("Others")
    discord.user("bob").give_role("Helpers")
    assert both(discord, "helpers", "bob") == {"helped"}
    assert both(discord, "helpers") == {"You need the role Helpers for that."}


def test_age_restricted_channels_and_their_threads(discord: Discord, bot: Client) -> None:
    assert both(discord, "spicy") == {"That works in age-restricted channels only."}
    spicy = discord.add_channel("spicy", nsfw=True)
    assert both(discord, "spicy", place=spicy) == {"spicy"}


def test_the_owner(discord: Discord, bot: Client) -> None:
    assert both(discord, "stop") == {"Only the owner of this bot can do that."}
    discord.user("developer").join("Home")
    assert both(discord, "stop", "developer") == {"stopped"}


def test_guilds_and_direct_messages(discord: Discord, bot: Client) -> None:
    assert both(discord, "here") == {"here"}
    assert both(discord, "secret") == {"That works in direct messages only."}
    dm = discord.user("ann").dm(to="bot")
    assert both(discord, "here", place=dm) == {"That works in servers only."}
    assert both(discord, "secret", place=dm) == {"secret"}


def test_a_cooldown_and_its_return(discord: Discord, bot: Client) -> None:
    ann = discord.user("ann")
    assert ann.slash("seldom", again=True).message().content == "used"
    assert ann.slash("seldom").message().content == "used"
    assert "Try again in" in ann.slash("seldom").message().content
    assert discord.user("bob").slash("seldom").message().content == "used"


def test_one_at_a_time(discord: Discord, bot: Client, gate: Gate) -> None:
    ann = discord.user("ann")
    first = ann.slash("alone")
    assert gate.inside.acquire(timeout=WAIT)
    assert "still running for you" in ann.slash("alone").message().content
    gate.open.set()
    assert first.message().content == "alone"
    discord.settle()
    assert ann.slash("alone").message().content == "alone"


def test_one_after_the_other(discord: Discord, bot: Client, gate: Gate) -> None:
    first = discord.user("ann").slash("queued")
    assert gate.inside.acquire(timeout=WAIT)
    second = discord.user("bob").slash("queued")
    gate.open.set()
    assert first.message().content == "queued"
    assert second.message().content == "queued"


def test_guards_of_plugins_and_groups(discord: Discord, bot: Client) -> None:
    assert discord.user("ann").slash("closed").message().content == "Never."
    assert discord.user("ann").slash("shut door").message().content == "Shut."
