"""Who hears what: intents, content, permissions, shards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from raw_gateway import ALL_INTENTS, raw

from disruption.local import Clock, LocalDiscord
from disruption.local.gateway import GatewayOptions
from disruption.local.gateway.intents import ALL, INTENTS, intents_of

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES, CONTENT = 1, 1 << 9, 1 << 12, 1 << 15


@pytest.fixture
def discord():
    with LocalDiscord(clock=Clock(1_767_225_600, running=False)) as discord:
        yield discord


@pytest.fixture
def world(discord):
    return discord.world


@pytest.fixture
def ann(world):
    return world.user("ann")


def test_no_intent_no_event(discord, ann):
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as client:
        client.identify(bot.token, 0)
        ann.say("#general", "hello")
        assert client.names() == []


def test_messages_come_with_guild_and_member_and_without_the_members_user(discord, ann):
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as client:
        client.identify(bot.token)
        ann.say("#general", f"hello <@{bot.user_id}>")
        message = client.until("MESSAGE_CREATE")
    assert message["content"] == f"hello <@{bot.user_id}>"
    assert message["author"]["username"] == "ann"
    assert message["guild_id"] == discord.world.guilds.all()[0]
    assert "user" not in message["member"]
    assert message["member"]["roles"] == []
    assert message["mentions"][0]["member"]["joined_at"]
    assert message["channel_type"] == 0


def test_content_is_empty_without_its_intent(discord, world, ann):
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as client:
        client.identify(bot.token, GUILDS | GUILD_MESSAGES | DIRECT_MESSAGES)
        general = world.channel("#general").id
        ann.say("#general", "secret", embeds=[{"title": "x"}], components=[{"type": 1}])
        hidden = client.until("MESSAGE_CREATE")
        ann.say("#general", f"for <@{bot.user_id}>")
        mentioned = client.until("MESSAGE_CREATE")
        world.messages.create(general, bot.user_id, "my own")
        own = client.until("MESSAGE_CREATE")
        ann.dm("bot", "between us")
        direct = client.until("MESSAGE_CREATE")
    assert (hidden["content"], hidden["embeds"], hidden["components"]) == ("", [], [])
    assert mentioned["content"].startswith("for ")
    assert own["content"] == "my own"
    assert direct["content"] == "between us"
    assert "guild_id" not in direct
    assert "member" not in direct


def test_direct_messages_go_to_the_two_in_them_only(discord, ann):
    bot, other = discord.add_bot("bot"), discord.add_bot("other")
    with raw(discord.gateway_url) as client, raw(discord.gateway_url) as stranger:
        client.identify(bot.token)
        stranger.identify(other.token)
        ann.dm("bot", "psst")
        assert client.until("MESSAGE_CREATE")["content"] == "psst"
        assert "MESSAGE_CREATE" not in stranger.names()


def test_a_hidden_channel_is_not_heard(discord, world, ann):
    bot = discord.add_bot("bot")
    guild_id = world.guilds.all()[0]
    world.members.update(guild_id, bot.user_id, {"roles": []})
    hidden = {"id": guild_id, "type": 0, "allow": "0", "deny": str(1 << 10)}
    world.channels.create(guild_id, "staff", permission_overwrites=[hidden])
    with raw(discord.gateway_url) as client:
        client.identify(bot.token)
        guild = client.until("GUILD_CREATE")
        # Bots know of every channel; what is said there is another matter.
        assert [channel["name"] for channel in guild["channels"]] == ["general", "staff"]
        world.user("admin").say("#staff", "secret")
        ann.say("#general", "public")
        assert client.until("MESSAGE_CREATE")["content"] == "public"


def test_a_bot_that_joins_hears_of_the_guild_and_one_that_is_removed_too(discord, world):
    bot = discord.add_bot("bot", guilds=())
    guild_id = world.guilds.all()[0]
    with raw(discord.gateway_url) as client:
        assert client.identify(bot.token)["guilds"] == []
        world.members.add(guild_id, bot.user_id)
        payload = client.recv()
        assert (payload["t"], payload["d"]["id"]) == ("GUILD_CREATE", guild_id)
        assert client.names() == []
        world.members.remove(guild_id, bot.user_id)
        assert client.until("GUILD_DELETE") == {"id": guild_id}


def test_an_outage_is_told_and_its_end_too(discord, world):
    bot = discord.add_bot("bot")
    guild_id = world.guilds.all()[0]
    with raw(discord.gateway_url) as client:
        client.identify(bot.token)
        client.until("GUILD_CREATE")
        world.guilds.set_unavailable(guild_id)
        assert client.until("GUILD_DELETE") == {"id": guild_id, "unavailable": True}
        world.guilds.set_unavailable(guild_id, False)
        assert client.until("GUILD_CREATE")["unavailable"] is False


def test_a_bots_own_member_update_needs_no_intent(discord, world, ann):
    bot = discord.add_bot("bot")
    guild_id = world.guilds.all()[0]
    with raw(discord.gateway_url) as client:
        client.identify(bot.token, GUILDS)
        client.until("GUILD_CREATE")
        world.members.update(guild_id, ann.id, {"nick": "Annie"})
        world.members.update(guild_id, bot.user_id, {"nick": "Botty"})
        assert client.until("GUILD_MEMBER_UPDATE")["nick"] == "Botty"


def test_every_change_of_the_first_handlers_is_announced(discord, world, ann):
    bot = discord.add_bot("bot")
    guild_id = world.guilds.all()[0]
    with raw(discord.gateway_url) as client:
        client.identify(bot.token)
        client.until("GUILD_CREATE")
        message = ann.say("#general", "one")
        ann.edit(message, "two")
        ann.react(message, "👍")
        ann.unreact(message, "👍")
        ann.type("#general")
        ann.delete(message)
        several = [ann.say("#general", text).id for text in "abc"]
        world.messages.bulk_delete(world.channel("#general").id, several)
        role = world.roles.create(guild_id, name="Crew")["id"]
        world.roles.update(guild_id, role, {"color": 255})
        world.members.give_role(guild_id, ann.id, role)
        world.roles.delete(guild_id, role)
        channel = world.channels.create(guild_id, "news")["id"]
        world.channels.update(channel, {"topic": "all that is new"})
        world.webhooks.create(channel, "hook", bot.user_id)
        world.channels.delete(channel)
        world.guilds.update(guild_id, {"name": "House"})
        world.presences.set(ann.id, "dnd")
        ann.leave("House")
        ann.join("House")
        names = client.names()
    assert names == [
        *("MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE"),
        *("TYPING_START", "MESSAGE_DELETE", "MESSAGE_CREATE", "MESSAGE_CREATE", "MESSAGE_CREATE"),
        *("MESSAGE_DELETE_BULK", "GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE"),
        *("GUILD_MEMBER_UPDATE", "GUILD_ROLE_DELETE", "CHANNEL_CREATE", "CHANNEL_UPDATE"),
        *("WEBHOOKS_UPDATE", "CHANNEL_DELETE", "GUILD_UPDATE", "PRESENCE_UPDATE"),
        *("GUILD_MEMBER_REMOVE", "GUILD_MEMBER_ADD"),
    ]


def test_shards_divide_the_guilds_and_the_first_has_the_direct_messages(discord, world, ann):
    admin = world.users.find("admin")
    for number in range(3):
        guild = world.guilds.create(f"Guild {number}", admin)["id"]
        world.channels.create(guild, f"room-{number}")
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as first, raw(discord.gateway_url) as second:
        readies = [
            client.identify(bot.token, shard=[number, 2])
            for number, client in enumerate((first, second))
        ]
        assert [ready["shard"] for ready in readies] == [[0, 2], [1, 2]]
        seen = [{guild["id"] for guild in ready["guilds"]} for ready in readies]
        assert seen[0] | seen[1] == set(world.guilds.all())
        assert not seen[0] & seen[1]
        assert all((int(guild) >> 22) % 2 == 1 for guild in seen[1])
        ann.dm("bot", "psst")
        assert "MESSAGE_CREATE" in first.names()
        assert "MESSAGE_CREATE" not in second.names()


def test_interactions_come_whatever_the_intents_are_and_to_their_bot_only(discord, world, ann):
    bot, other = discord.add_bot("bot"), discord.add_bot("other")
    world.commands.create(bot.application_id, {"name": "ping", "description": "x"})
    with raw(discord.gateway_url) as client, raw(discord.gateway_url) as stranger:
        client.identify(bot.token, 0)
        stranger.identify(other.token, 0)
        ann.slash("#general", "ping")
        interaction = client.until("INTERACTION_CREATE")
        assert stranger.names() == []
    demanded = {
        *("version", "type", "token", "member", "locale", "id", "data", "context", "channel"),
        *("authorizing_integration_owners", "application_id", "app_permissions"),
        *("attachment_size_limit", "guild_id", "entitlements"),
    }
    assert demanded <= interaction.keys()
    assert {"user", "roles", "joined_at", "permissions"} <= interaction["member"].keys()


def test_a_large_guild_shows_its_online_members_only(discord, world):
    guild_id = world.guilds.all()[0]
    for number in range(60):
        world.members.add(guild_id, world.users.create(f"u{number}")["id"])
    online = world.users.find("u7")
    world.presences.set(online, "idle")
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as client:
        client.identify(bot.token)
        guild = client.until("GUILD_CREATE")
    assert guild["large"] is True
    assert guild["member_count"] == 62
    assert {member["user"]["id"] for member in guild["members"]} == {online, bot.user_id}
    with raw(discord.gateway_url) as client:
        client.identify(bot.token, large_threshold=100)
        guild = client.until("GUILD_CREATE")
    assert guild["large"] is False
    assert len(guild["members"]) == 62


def test_without_presences_only_the_bot_is_among_the_members(discord):
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as client:
        client.identify(bot.token, GUILDS)
        guild = client.until("GUILD_CREATE")
    assert [member["user"]["id"] for member in guild["members"]] == [bot.user_id]
    assert guild["presences"] == []


def test_all_members_come_in_chunks_with_the_nonce(discord, world):
    guild_id = world.guilds.all()[0]
    for number in range(1500):
        world.members.add(guild_id, world.users.create(f"u{number}")["id"])
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as client:
        client.identify(bot.token)
        client.send(
            8, {"guild_id": guild_id, "query": "", "limit": 0, "nonce": "n", "presences": True}
        )
        chunks = [client.until("GUILD_MEMBERS_CHUNK") for _ in range(2)]
    assert [chunk["chunk_index"] for chunk in chunks] == [0, 1]
    assert {chunk["chunk_count"] for chunk in chunks} == {2}
    assert {chunk["nonce"] for chunk in chunks} == {"n"}
    ids = {member["user"]["id"] for chunk in chunks for member in chunk["members"]}
    assert len(ids) == 1502
    assert [p["user"]["id"] for chunk in chunks for p in chunk["presences"]] == [bot.user_id]


def test_members_by_id_and_by_name(discord, world, ann):
    guild_id = world.guilds.all()[0]
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as client:
        client.identify(bot.token)
        client.send(8, {"guild_id": guild_id, "user_ids": [ann.id, "123"], "nonce": "x" * 33})
        by_id = client.until("GUILD_MEMBERS_CHUNK")
        client.send(8, {"guild_id": guild_id, "query": "AN", "limit": 5})
        by_name = client.until("GUILD_MEMBERS_CHUNK")
    assert by_id["not_found"] == ["123"]
    assert "nonce" not in by_id
    for chunk in (by_id, by_name):
        assert [member["user"]["id"] for member in chunk["members"]] == [ann.id]


def test_asking_for_everyone_again_too_soon_is_rate_limited(discord, world):
    guild_id = world.guilds.all()[0]
    bot = discord.add_bot("bot")
    request = {"guild_id": guild_id, "query": "", "limit": 0, "nonce": "again"}
    with raw(discord.gateway_url) as client:
        client.identify(bot.token)
        client.send(8, request)
        client.until("GUILD_MEMBERS_CHUNK")
        client.send(8, request)
        limited = client.until("RATE_LIMITED")
        assert limited["opcode"] == 8
        assert limited["retry_after"] == 30.0
        assert limited["meta"] == {"guild_id": guild_id, "nonce": "again"}
        discord.clock.advance(30)
        client.send(8, request)
        client.until("GUILD_MEMBERS_CHUNK")


def test_presence_voice_soundboard_and_channel_info(discord, world):
    guild_id = world.guilds.all()[0]
    voice = world.channels.create(guild_id, "Lounge", 2)["id"]
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as client:
        client.identify(bot.token, presence={"status": "idle", "activities": [], "afk": False})
        assert world.presences.get(guild_id, bot.user_id)["status"] == "idle"
        client.send(3, {"since": None, "activities": [], "status": "dnd", "afk": False})
        assert client.until("PRESENCE_UPDATE")["status"] == "dnd"
        client.send(4, {"guild_id": guild_id, "channel_id": voice, "self_mute": True})
        state = client.until("VOICE_STATE_UPDATE")
        assert (state["channel_id"], state["self_mute"]) == (voice, True)
        assert client.until("VOICE_SERVER_UPDATE")["guild_id"] == guild_id
        client.send(31, {"guild_ids": [guild_id]})
        assert client.until("SOUNDBOARD_SOUNDS") == {"guild_id": guild_id, "soundboard_sounds": []}
        client.send(43, {"guild_id": guild_id, "fields": ["status"]})
        assert client.until("CHANNEL_INFO")["channels"] == [{"id": voice, "status": None}]
        client.socket.close(1000)
    away = lambda: world.presences.get(guild_id, bot.user_id)["status"] == "offline"  # noqa: E731
    assert world.wait_until(away, 10)


@pytest.mark.parametrize("said", ["offline", ""])
def test_a_client_that_says_it_is_offline_is_online(discord, world, said):
    guild_id = world.guilds.all()[0]
    bot = discord.add_bot("bot")
    status = lambda: world.presences.get(guild_id, bot.user_id)["status"]  # noqa: E731
    with raw(discord.gateway_url) as client:
        client.identify(bot.token, presence={"status": said, "activities": None})
        assert status() == "online"
        client.send(3, {"since": None, "activities": [], "status": "invisible", "afk": False})
        assert world.wait_until(lambda: status() == "offline", 10)


def test_a_lost_bot_is_offline_once_it_cannot_resume(discord, world):
    guild_id = world.guilds.all()[0]
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as client:
        client.identify(bot.token)
        client.socket.close(4000)
    (session,) = discord.gateway.hub.sessions(bot.user_id)
    assert world.wait_until(lambda: session.link is None, 10)
    assert bot.user_id in world.presences.online(guild_id)
    discord.clock.advance(discord.gateway.hub.options.resume_window)
    assert bot.user_id not in world.presences.online(guild_id)
    assert discord.gateway.hub.sessions(bot.user_id) == []


def test_session_starts_are_counted_and_end(discord):
    bot = discord.add_bot("bot")
    account = discord.world.authenticate(bot.token)
    with raw(discord.gateway_url) as client:
        client.identify(bot.token)
    limit = discord.session_start_limit(account)
    assert limit == {
        "total": 1000,
        "remaining": 999,
        "reset_after": 86_400_000,
        "max_concurrency": 1,
    }
    discord.clock.advance(86_400)
    assert discord.session_start_limit(account)["remaining"] == 1000


def test_identifying_too_soon_is_an_invalid_session():
    options = GatewayOptions(identify_window=5, max_concurrency=2)
    with LocalDiscord(gateway=options, clock=Clock(running=False)) as discord:
        bot = discord.add_bot("bot")

        def identify(shard_id: int) -> int:
            with raw(discord.gateway_url) as client:
                shard = [shard_id, 3]
                client.send(2, {"token": bot.token, "intents": 0, "properties": {}, "shard": shard})
                return client.recv()["op"]

        assert [identify(0), identify(1), identify(2)] == [0, 0, 9]
        discord.clock.advance(5)
        assert identify(2) == 0


def test_the_intents_are_discords():
    path = Path(__file__).parents[3] / "shared" / "discord" / "gateway-codes.json"
    if not path.exists():
        pytest.skip("Discord's data is not on this machine")
    documented = json.loads(path.read_text())["intents"]
    assert {item["name"]: item["value"] for item in documented} == INTENTS
    for item in documented:
        for event in item["events"]:
            gates = intents_of(event, True) | intents_of(event, False)
            if event == "THREAD_MEMBERS_UPDATE" and item["name"] == "GUILDS":
                continue  # of oneself only, which `Event.exempt` lets through
            assert gates & item["value"], (event, item["name"])
    assert ALL & ALL_INTENTS == ALL_INTENTS
