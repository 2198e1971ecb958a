"""Events that bots seldom see: of their own thread membership, of many sounds, of refunds, and
what becomes of their voice state when their session ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from raw_gateway import RawClient, raw

from disruption.local import LocalDiscord, World


@pytest.fixture
def discord() -> Iterator[LocalDiscord]:
    with LocalDiscord() as running:
        yield running


@pytest.fixture
def world(discord: LocalDiscord) -> World:
    return discord.world


@pytest.fixture
def home(world: World) -> str:
    return world.guilds.all()[0]


@pytest.fixture
def general(world: World) -> str:
    return world.channels.find("general") or ""


def test_a_bot_is_told_that_it_is_in_a_thread_and_of_its_settings(
    discord: LocalDiscord, world: World, home: str, general: str
) -> None:
    ann = world.user("ann")
    bot, other = discord.add_bot("bot"), discord.add_bot("other")
    thread = world.threads.create(general, ann.id, "plans")["id"]
    with raw(discord.gateway_url) as client, raw(discord.gateway_url) as witness:
        client.identify(bot.token)
        witness.identify(other.token)
        world.threads.join(thread, bot.user_id)
        told = client.until("THREAD_MEMBER_UPDATE")
        assert (told["id"], told["user_id"], told["flags"]) == (thread, bot.user_id, 0)
        assert told["guild_id"] == home
        assert client.until("THREAD_MEMBERS_UPDATE")["added_members"][0]["user_id"] == bot.user_id

        assert world.threads.set_flags(thread, bot.user_id, 4)["flags"] == 4
        assert client.until("THREAD_MEMBER_UPDATE")["flags"] == 4

        world.threads.update(thread, {"archived": True})
        world.threads.update(thread, {"archived": False})
        assert client.until("THREAD_MEMBER_UPDATE")["flags"] == 4

        world.threads.leave(thread, bot.user_id)
        world.threads.join(thread, bot.user_id)
        assert client.until("THREAD_MEMBER_UPDATE")["flags"] == 0
        assert "THREAD_MEMBER_UPDATE" not in names_until_beat(witness)


def test_sounds_are_locked_and_unlocked_with_the_boosts(
    discord: LocalDiscord, world: World, home: str
) -> None:
    bot = discord.add_bot("bot")
    world.guilds.update(home, {"premium_tier": 1})
    made = [world.soundboard.create(home, f"sound{number}")["sound_id"] for number in range(10)]
    with raw(discord.gateway_url) as client:
        client.identify(bot.token)
        world.guilds.update(home, {"premium_tier": 0})
        told = client.until("GUILD_SOUNDBOARD_SOUNDS_UPDATE")
        assert told["guild_id"] == home
        assert [item["available"] for item in told["soundboard_sounds"]] == [True] * 8 + [False] * 2
        # One alone is told of by the other event.
        world.soundboard.delete(home, made[0])
        told = client.until("GUILD_SOUNDBOARD_SOUND_UPDATE")
        assert (told["sound_id"], told["available"]) == (made[8], True)
        world.guilds.update(home, {"premium_tier": 2})
        told = client.until("GUILD_SOUNDBOARD_SOUND_UPDATE")
        assert (told["sound_id"], told["available"]) == (made[9], True)
        world.guilds.update(home, {"premium_tier": 3})
        assert not [name for name in names_until_beat(client) if "SOUNDBOARD" in name]


def test_a_subscription_that_is_refunded_is_deleted(discord: LocalDiscord, world: World) -> None:
    bot = discord.add_bot("bot")
    sku = world.entitlements.create_sku(bot.application_id, "Pass")["id"]
    with raw(discord.gateway_url) as client:
        client.identify(bot.token)
        subscription = world.user("ann").subscribe(sku)
        assert client.until("ENTITLEMENT_CREATE")["sku_id"] == sku
        assert client.until("SUBSCRIPTION_CREATE")["id"] == subscription
        world.entitlements.refund(subscription)
        assert client.until("ENTITLEMENT_DELETE")["deleted"] is True
        told = client.until("SUBSCRIPTION_DELETE")
        assert (told["id"], told["status"]) == (subscription, 2)
        assert told["canceled_at"] is not None
    assert world.entitlements.subscriptions(sku) == []
    assert world.entitlements.list(bot.application_id) == []


def test_a_bot_leaves_voice_when_its_session_ends_for_good(
    discord: LocalDiscord, world: World, home: str
) -> None:
    lounge = world.channels.create(home, "Lounge", 2)["id"]
    bot = discord.add_bot("bot")

    def joined(client: RawClient) -> dict[str, Any]:
        ready = client.identify(bot.token)
        client.send(4, {"guild_id": home, "channel_id": lounge})
        client.until("VOICE_STATE_UPDATE")
        return ready

    def in_voice() -> bool:
        return world.voice.get(home, bot.user_id) is not None

    with raw(discord.gateway_url) as client:
        ready = joined(client)
        client.socket.close(4000)
    (session,) = discord.gateway.hub.sessions(bot.user_id)
    assert world.wait_until(lambda: session.link is None, 10)
    assert in_voice()  # it may come back
    with raw(discord.gateway_url) as client:
        client.resume(bot.token, ready["session_id"], session.sequence)
        client.until("RESUMED")
        assert in_voice()
        client.socket.close(1000)
    assert world.wait_until(lambda: not in_voice(), 10)
    with raw(discord.gateway_url) as client:
        joined(client)
        discord.faults.now("invalid_session", user_id=bot.user_id, resumable=False)
        assert world.wait_until(lambda: not in_voice(), 10)


def test_a_shard_that_ends_leaves_the_voice_of_its_own_guilds_only(
    discord: LocalDiscord, world: World, home: str
) -> None:
    lounge = world.channels.create(home, "Lounge", 2)["id"]
    bot = discord.add_bot("bot")
    serving = (int(home) >> 22) % 2
    with raw(discord.gateway_url) as mine, raw(discord.gateway_url) as other:
        mine.identify(bot.token, shard=[serving, 2])
        other.identify(bot.token, shard=[1 - serving, 2])
        mine.send(4, {"guild_id": home, "channel_id": lounge})
        mine.until("VOICE_STATE_UPDATE")
        hub = discord.gateway.hub
        other.socket.close(1000)
        assert world.wait_until(lambda: len(hub.sessions(bot.user_id)) == 1, 10)
        assert world.voice.get(home, bot.user_id) is not None
        mine.socket.close(1000)
        assert world.wait_until(lambda: world.voice.get(home, bot.user_id) is None, 10)


def names_until_beat(client: RawClient) -> list[str]:
    """Return the names of the events that are on their way."""
    return [payload["t"] or "" for payload in client.beat()]
