"""The life of a session: HELLO, IDENTIFY, READY, heartbeats, resume."""

from __future__ import annotations

import threading
import zlib

import pytest
from raw_gateway import PATIENCE, RawClient, raw

from disruption.local import Clock, LocalDiscord
from disruption.local.gateway import GatewayOptions


@pytest.fixture
def discord():
    with LocalDiscord(clock=Clock(1_767_225_600, running=False)) as discord:
        yield discord


def say(discord: LocalDiscord, text: str) -> None:
    discord.world.user("ann").say("#general", text)


def test_says_hello_with_the_interval(discord):
    with raw(discord.gateway_url, hello=False) as client:
        hello = client.recv()
    assert hello["op"] == 10
    assert hello["d"]["heartbeat_interval"] == 41250
    assert hello["t"] is hello["s"] is None


def test_acknowledges_a_heartbeat_before_the_identify(discord):
    with raw(discord.gateway_url) as client:
        client.send(1, None)
        assert client.recv() == {"op": 11, "d": None, "s": None, "t": None}


def test_ready_has_what_clients_demand_and_guilds_follow(discord):
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as client:
        ready = client.identify(bot.token)
        guild = client.until("GUILD_CREATE")
    assert ready["v"] == 10
    assert ready["user"]["id"] == bot.user_id
    assert {"username", "discriminator", "avatar", "flags"} <= ready["user"].keys()
    assert ready["application"]["id"] == bot.application_id
    assert ready["resume_gateway_url"] == discord.gateway_url
    assert ready["guilds"] == [{"id": guild["id"], "unavailable": True}]
    assert "shard" not in ready
    assert guild["unavailable"] is False
    assert guild["member_count"] == len(guild["members"]) == 2
    assert [channel["name"] for channel in guild["channels"]] == ["general"]


def test_takes_a_token_with_and_without_its_prefix(discord):
    bot = discord.add_bot("bot")
    for token in (bot.token, f"Bot {bot.token}"):
        with raw(discord.gateway_url) as client:
            assert client.identify(token)["user"]["id"] == bot.user_id


def test_numbers_events_from_one(discord):
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as client:
        client.send(2, {"token": bot.token, "intents": 513, "properties": {}})
        say(discord, "hello")
        numbers = [client.recv()["s"] for _ in range(2)]
    assert numbers == [1, 2]


def test_resume_replays_what_was_missed_in_order_and_then_says_resumed(discord):
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as client:
        session = client.identify(bot.token)["session_id"]
        client.until("GUILD_CREATE")
        say(discord, "one")
        client.until("MESSAGE_CREATE")
        seen = client.seq
        client.socket.close(4000)
    say(discord, "two")
    say(discord, "three")
    with raw(discord.gateway_url) as client:
        client.resume(bot.token, session, seen)
        payloads = [client.recv() for _ in range(3)]
        say(discord, "four")
        later = client.recv()
    assert [item["d"].get("content") for item in payloads] == ["two", "three", None]
    assert payloads[2]["t"] == "RESUMED"
    assert [item["s"] for item in [*payloads, later]] == list(range(seen + 1, seen + 5))
    assert later["d"]["content"] == "four"


def test_resume_after_a_resume_does_not_replay_resumed(discord):
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as client:
        session = client.identify(bot.token)["session_id"]
        client.until("GUILD_CREATE")
        seen = client.seq
        client.socket.close(4000)
    for _ in range(2):
        with raw(discord.gateway_url) as client:
            client.resume(bot.token, session, seen)
            client.until("RESUMED")
            assert client.names() == []
            client.socket.close(4000)


def test_a_new_connection_takes_over_a_session_that_is_still_connected(discord):
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as old, raw(discord.gateway_url) as new:
        session = old.identify(bot.token)["session_id"]
        old.until("GUILD_CREATE")
        new.resume(bot.token, session, old.seq)
        new.until("RESUMED")
        assert old.close_code() is None
        say(discord, "to the new one")
        assert new.until("MESSAGE_CREATE")["content"] == "to the new one"


@pytest.mark.parametrize("code", [1000, 1001])
def test_a_client_that_closes_with_1000_or_1001_has_ended_its_session(discord, code):
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as client:
        session = client.identify(bot.token)["session_id"]
        client.socket.close(code)
    assert discord.world.wait_until(lambda: not discord.gateway.hub.sessions(), PATIENCE)
    with raw(discord.gateway_url) as client:
        client.resume(bot.token, session, 1)
        assert client.recv() == {"op": 9, "d": False, "s": None, "t": None}


def test_an_unknown_session_is_invalid_and_the_connection_can_identify(discord):
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as client:
        client.resume(bot.token, "nonsense", 5)
        assert client.recv()["op"] == 9
        assert client.identify(bot.token)["user"]["id"] == bot.user_id


def test_a_session_is_its_bots_alone(discord):
    bot, other = discord.add_bot("bot"), discord.add_bot("other")
    with raw(discord.gateway_url) as client:
        session = client.identify(bot.token)["session_id"]
        client.socket.close(4000)
    with raw(discord.gateway_url) as client:
        client.resume(other.token, session, 1)
        assert client.recv()["op"] == 9


def test_a_session_expires_when_its_bot_stays_away(discord):
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as client:
        session = client.identify(bot.token)["session_id"]
        client.socket.close(4000)
    wait_until_away(discord)
    discord.clock.advance(181)
    with raw(discord.gateway_url) as client:
        client.resume(bot.token, session, 1)
        assert client.recv()["op"] == 9


def test_a_resume_that_misses_dropped_events_is_refused():
    options = GatewayOptions(replay_limit=3)
    with LocalDiscord(gateway=options) as discord:
        bot = discord.add_bot("bot")
        with raw(discord.gateway_url) as client:
            session = client.identify(bot.token)["session_id"]
            client.until("GUILD_CREATE")
            seen = client.seq
            client.socket.close(4000)
        wait_until_away(discord)
        for number in range(4):
            say(discord, str(number))
        with raw(discord.gateway_url) as client:
            client.resume(bot.token, session, seen)
            assert client.recv()["op"] == 9


def test_a_client_that_does_not_beat_is_closed_with_4009_and_loses_its_session():
    options = GatewayOptions(heartbeat_interval=0.05, heartbeat_patience=0.1)
    with LocalDiscord(gateway=options) as discord:
        bot = discord.add_bot("bot")
        with raw(discord.gateway_url) as client:
            session = client.identify(bot.token)["session_id"]
            assert client.close_code() == 4009
        with raw(discord.gateway_url) as client:
            client.resume(bot.token, session, 1)
            assert client.recv()["op"] == 9


def test_zlib_stream_is_one_stream_of_binary_frames(discord):
    bot = discord.add_bot("bot")
    query = "?encoding=json&v=10&compress=zlib-stream"
    with raw(discord.gateway_url, query, hello=False) as client:
        stream = zlib.decompressobj()
        first = client.raw()
        assert isinstance(first, bytes)
        assert first.endswith(b"\x00\x00\xff\xff")
        assert b'"op":10' in stream.decompress(first)
        client.send(2, {"token": bot.token, "intents": 1, "properties": {}})
        assert b"READY" in stream.decompress(client.raw())


def test_zstd_stream_is_one_stream():
    zstandard = pytest.importorskip("zstandard")
    with LocalDiscord() as discord:
        query = "?v=10&encoding=json&compress=zstd-stream"
        with raw(discord.gateway_url, query, hello=False) as client:
            stream = zstandard.ZstdDecompressor().decompressobj()
            assert b'"op":10' in stream.decompress(client.raw())
            client.send(1, None)
            assert b'"op":11' in stream.decompress(client.raw())


def test_payload_compression_compresses_large_payloads_by_themselves(discord):
    bot = discord.add_bot("bot")
    with raw(discord.gateway_url) as client:
        client.send(2, {"token": bot.token, "intents": 1, "properties": {}, "compress": True})
        frames = [client.raw(), client.raw()]
    large = next(frame for frame in frames if isinstance(frame, bytes))
    assert zlib.decompress(large).startswith(b"{")


def test_stop_leaves_no_thread_and_tells_clients():
    before = our_threads()
    discord = LocalDiscord().start()
    with raw(discord.gateway_url) as client:
        client.identify(discord.add_bot("bot").token)
        discord.stop()
        assert client.close_code() == 1001
    assert our_threads() <= before


def our_threads():
    """Return the threads of local Discords; the client in this process has threads as well."""
    return {thread for thread in threading.enumerate() if "disruption" in thread.name}


def test_starts_again_on_the_same_ports():
    discord = LocalDiscord().start()
    urls = discord.gateway_url, discord.rest_url
    discord.stop()
    with discord:
        assert (discord.gateway_url, discord.rest_url) == urls
        with raw(discord.gateway_url) as client:
            client.identify(discord.add_bot("bot").token)


def test_threads_have_names(discord):
    with raw(discord.gateway_url) as client:
        client.identify(discord.add_bot("bot").token)
        names = [thread.name for thread in threading.enumerate()]
    ours = [name for name in names if name.startswith("disruption-local")]
    for part in ("gateway", "reader", "writer", "socket"):
        assert any(name.startswith(f"disruption-local-{part}") for name in ours)


def wait_until_away(discord: LocalDiscord) -> None:
    hub = discord.gateway.hub
    assert discord.world.wait_until(
        lambda: all(session.link is None for session in hub.sessions()), PATIENCE
    )


def test_a_slow_client_is_cut_off_and_can_resume():
    options = GatewayOptions(send_limit=200_000)
    with LocalDiscord(gateway=options) as discord:
        bot = discord.add_bot("bot")
        with raw(discord.gateway_url) as client:
            session = client.identify(bot.token)["session_id"]
            client.until("GUILD_CREATE")
            seen = client.seq
            discord.faults.now("freeze")
            for _ in range(200):
                say(discord, "x" * 2000)
            assert discord.gateway.hub.counts["slow_client"] >= 1
        with raw(discord.gateway_url) as client:
            client.resume(bot.token, session, seen)
            assert client.until("MESSAGE_CREATE")["content"] == "x" * 2000
            assert isinstance(client, RawClient)
