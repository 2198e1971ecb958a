"""What people and bots are told when channels are shown to them or hidden from them."""

from __future__ import annotations

from typing import Any

import pytest
from raw_gateway import raw

from disruption.local import Clock, LocalDiscord

VIEW = str(1 << 10)


@pytest.fixture
def discord():
    with LocalDiscord(clock=Clock(1_767_225_600, running=False)) as discord:
        yield discord


def told(client: Any) -> list[tuple[str, str]]:
    """Return the channel events that are on their way, with the channels' names."""
    payloads = [payload for payload in client.beat() if payload["op"] == 0]
    return [
        (payload["t"], payload["d"]["name"])
        for payload in payloads
        if payload["t"].startswith("CHANNEL_")
    ]


def test_a_person_is_told_of_the_guild_they_join(discord):
    world = discord.world
    bob = world.users.create("bob")["id"]
    with raw(discord.gateway_url) as client:
        assert client.identify(world.users.token(bob))["guilds"] == []
        world.user("bob").join("Home")
        guild = client.until("GUILD_CREATE")
        assert [channel["name"] for channel in guild["channels"]] == ["general"]
        world.user("bob").leave("Home")
        assert client.until("GUILD_DELETE") == {"id": guild["id"]}


def test_a_person_sees_channels_come_and_go(discord):
    world = discord.world
    guild_id = world.guilds.all()[0]
    ann = world.user("ann")
    general = world.channels.find("general")
    hidden = [{"id": guild_id, "type": 0, "allow": "0", "deny": VIEW}]
    role = world.roles.create(guild_id, name="staff", permissions="0")["id"]
    staff = [*hidden, {"id": role, "type": 0, "allow": VIEW, "deny": "0"}]
    world.channels.create(guild_id, "staff", permission_overwrites=staff)
    with raw(discord.gateway_url) as client:
        client.identify(ann.token)
        guild = client.until("GUILD_CREATE")
        assert [channel["name"] for channel in guild["channels"]] == ["general"]
        world.channels.create(guild_id, "secret", permission_overwrites=hidden)
        assert told(client) == []
        world.members.give_role(guild_id, ann.id, role)
        assert told(client) == [("CHANNEL_CREATE", "staff")]
        world.members.take_role(guild_id, ann.id, role)
        assert told(client) == [("CHANNEL_DELETE", "staff")]
        world.channels.update(general, {"permission_overwrites": hidden})
        assert told(client) == [("CHANNEL_DELETE", "general")]
        world.channels.update(general, {"permission_overwrites": []})
        # The client has the channel before it is told that its rules have changed.
        assert told(client) == [("CHANNEL_CREATE", "general"), ("CHANNEL_UPDATE", "general")]
        world.roles.update(guild_id, guild_id, {"permissions": "0"})
        assert told(client) == [("CHANNEL_DELETE", "general")]


def test_a_bot_knows_hidden_channels_and_is_told_of_the_threads_it_gains(discord):
    world = discord.world
    guild_id = world.guilds.all()[0]
    bot = discord.add_bot("bot", guilds=())
    world.members.add(guild_id, bot.user_id, permissions=0)
    hidden = [{"id": guild_id, "type": 0, "allow": "0", "deny": VIEW}]
    with raw(discord.gateway_url) as client:
        client.identify(bot.token)
        client.until("GUILD_CREATE")
        secret = world.channels.create(guild_id, "secret", permission_overwrites=hidden)["id"]
        assert told(client) == [("CHANNEL_CREATE", "secret")]
        thread = world.threads.create(secret, world.user("admin").id, "talk")["id"]
        assert "THREAD_CREATE" not in client.names()
        world.channels.update(secret, {"permission_overwrites": []})
        sync = client.until("THREAD_LIST_SYNC")
        assert sync["channel_ids"] == [secret]
        assert [item["id"] for item in sync["threads"]] == [thread]


def test_an_access_token_of_oauth2_opens_no_gateway(discord):
    bot = discord.add_bot("bot")
    ann = discord.world.user("ann")
    token = discord.world.oauth.grant(bot.application_id, ann.id, ["identify"])
    with raw(discord.gateway_url) as client:
        client.send(2, {"token": token, "intents": 0, "properties": {}})
        assert client.close_code() == 4004


def test_the_content_of_what_a_rule_found_needs_the_intent(discord):
    world = discord.world
    guild_id = world.guilds.all()[0]
    world.auto_moderation.create(
        guild_id,
        world.user("admin").id,
        name="no cats",
        trigger_type=1,
        trigger_metadata={"keyword_filter": ["cat"]},
        actions=[{"type": 1}],
        enabled=True,
    )
    ann = world.user("ann")
    for intents, content in ((1 << 21, ""), (1 << 21 | 1 << 15, "cat")):
        bot = discord.add_bot(f"bot-{intents}")
        with raw(discord.gateway_url) as client:
            client.identify(bot.token, intents)
            with pytest.raises(Exception, match="200000"):
                ann.say("#general", "cat")
            data = client.until("AUTO_MODERATION_ACTION_EXECUTION")
            assert (data["content"], data["matched_keyword"]) == (content, "cat")
