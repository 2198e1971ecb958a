"""Every close code for its cause."""

from __future__ import annotations

import json

import pytest
from raw_gateway import raw
from websockets.exceptions import InvalidStatus

from disruption.local import LocalDiscord
from disruption.local.gateway import GatewayOptions


@pytest.fixture(scope="module")
def discord():
    with LocalDiscord() as discord:
        yield discord


@pytest.fixture(scope="module")
def bot(discord):
    return discord.add_bot("bot", privileged=())


def identify(bot, **fields):
    return {"token": bot.token, "intents": 1, "properties": {}, **fields}


def test_4001_for_an_unknown_opcode(discord):
    with raw(discord.gateway_url) as client:
        client.send(77, {})
        assert client.close_code() == 4001


@pytest.mark.parametrize(
    "text", ["not json", "[]", '"text"', "{}", '{"op":"2"}', '{"op":2,"d":[]}']
)
def test_4002_for_what_cannot_be_decoded(discord, text):
    with raw(discord.gateway_url) as client:
        client.socket.send(text)
        assert client.close_code() == 4002


@pytest.mark.parametrize("properties", [None, [], "linux"])
def test_4002_for_an_identify_without_properties(discord, bot, properties):
    data = identify(bot, properties=properties)
    if properties is None:
        del data["properties"]
    with raw(discord.gateway_url) as client:
        client.send(2, data)
        assert client.close_code() == 4002


def test_4002_for_bytes_that_are_no_text(discord):
    with raw(discord.gateway_url) as client:
        client.socket.send(b"\xff\xfe")
        assert client.close_code() == 4002


def test_4002_for_a_payload_above_4096_bytes(discord, bot):
    with raw(discord.gateway_url) as client:
        client.send(2, identify(bot, properties={"os": "x" * 4096}))
        assert client.close_code() == 4002


def test_a_payload_of_4096_bytes_is_taken(discord, bot):
    with raw(discord.gateway_url) as client:
        text = json.dumps({"op": 1, "d": None})
        client.socket.send(text + " " * (4096 - len(text)))
        assert client.recv()["op"] == 11


@pytest.mark.parametrize("op", [3, 4, 8, 31, 43])
def test_4003_before_the_identify(discord, op):
    with raw(discord.gateway_url) as client:
        client.send(op, {})
        assert client.close_code() == 4003


@pytest.mark.parametrize("token", ["", "wrong", "Bot ", None, 5])
def test_4004_for_a_wrong_token(discord, bot, token):
    with raw(discord.gateway_url) as client:
        client.send(2, identify(bot, token=token))
        assert client.close_code() == 4004


def test_4004_for_a_resume_with_a_wrong_token(discord):
    with raw(discord.gateway_url) as client:
        client.resume("wrong", "session", 1)
        assert client.close_code() == 4004


def test_4005_for_a_second_identify(discord, bot):
    with raw(discord.gateway_url) as client:
        client.identify(bot.token, 1)
        client.send(2, identify(bot))
        assert client.close_code() == 4005


def test_4007_for_a_sequence_number_from_the_future(discord, bot):
    with raw(discord.gateway_url) as client:
        session = client.identify(bot.token, 1)["session_id"]
        client.socket.close(4000)
    with raw(discord.gateway_url) as client:
        client.resume(bot.token, session, 10_000)
        assert client.close_code() == 4007
    with raw(discord.gateway_url) as client:
        client.resume(bot.token, session, 1)
        assert client.recv()["op"] == 9


def test_4008_for_more_than_120_sends_a_minute(discord):
    with raw(discord.gateway_url) as client:
        for _ in range(121):
            client.send(1, None)
        assert client.close_code() == 4008


@pytest.mark.parametrize("shard", [[1, 1], [-1, 2], [0, 0], [0], "0,1", [0, "1"], [True, 2], 0])
def test_4010_for_an_impossible_shard(discord, bot, shard):
    with raw(discord.gateway_url) as client:
        client.send(2, identify(bot, shard=shard))
        assert client.close_code() == 4010


def test_4011_when_one_shard_would_have_too_many_guilds():
    with LocalDiscord(gateway=GatewayOptions(max_guilds_per_shard=1)) as discord:
        owner = discord.world.users.find("admin")
        discord.world.guilds.create("Second", owner)
        bot = discord.add_bot("bot")
        with raw(discord.gateway_url) as client:
            client.send(2, identify(bot))
            assert client.close_code() == 4011


@pytest.mark.parametrize("version", ["6", "8", "11", "x"])
def test_4012_for_a_version_that_is_not_spoken(discord, version):
    with raw(discord.gateway_url, f"?v={version}&encoding=json", hello=False) as client:
        assert client.close_code() == 4012


def test_version_9_is_spoken_too(discord, bot):
    with raw(discord.gateway_url, "?v=9&encoding=json") as client:
        assert client.identify(bot.token, intents=1)["v"] == 9


@pytest.mark.parametrize("query", ["?v=10", "", "?encoding=json"])
def test_version_and_encoding_may_be_left_out(discord, query):
    with raw(discord.gateway_url, query) as client:
        client.send(1, None)
        assert client.recv()["op"] == 11


@pytest.mark.parametrize("intents", [-1, 1 << 40, "1", None, 1.5, True])
def test_4013_for_impossible_intents(discord, bot, intents):
    with raw(discord.gateway_url) as client:
        client.send(2, identify(bot, intents=intents))
        assert client.close_code() == 4013


@pytest.mark.parametrize("bit", [1, 8, 15])
def test_4014_for_a_privileged_intent_that_is_switched_off(discord, bot, bit):
    with raw(discord.gateway_url) as client:
        client.send(2, identify(bot, intents=1 | 1 << bit))
        assert client.close_code() == 4014


def test_the_undocumented_bit_that_clients_send_is_taken(discord):
    bot = discord.add_bot("all")
    with raw(discord.gateway_url) as client:
        client.identify(bot.token, 53739519)


@pytest.mark.parametrize("threshold", [49, 251, "50"])
def test_4002_for_a_large_threshold_out_of_range(discord, bot, threshold):
    with raw(discord.gateway_url) as client:
        client.send(2, identify(bot, large_threshold=threshold))
        assert client.close_code() == 4002


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.2"}],
)
def test_foreign_origins_are_refused(discord, headers):
    from websockets.sync.client import connect

    with (
        pytest.raises(InvalidStatus) as refused,
        connect(discord.gateway_url, additional_headers=headers),
    ):
        pass
    assert refused.value.response.status_code == 403


def test_foreign_hosts_are_refused(discord):
    import socket

    host, port = discord.gateway_url.removeprefix("ws://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as plain:
        plain.sendall(
            b"GET / HTTP/1.1\r\nHost: evil.example\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        assert plain.recv(100).startswith(b"HTTP/1.1 403")


@pytest.mark.parametrize("query", ["?v=10&encoding=etf", "?v=10&encoding=json&compress=lz4"])
def test_unknown_encodings_are_refused_at_the_handshake(discord, query):
    with pytest.raises(InvalidStatus) as refused, raw(discord.gateway_url, query):
        pass
    assert refused.value.response.status_code == 400


def test_other_machines_are_served_only_when_asked_for():
    with pytest.raises(ValueError, match="exposed=True"):
        LocalDiscord(host="0.0.0.0")


@pytest.mark.parametrize(
    "raw_payload",
    [
        '{"op":3,"d":{"status":"online","activities":[{"name":"\\ud800"}]}}',
        '{"op":8,"d":{"guild_id":"1","user_ids":null,"limit":[1]}}',
        "[" * 4000,
    ],
)
def test_4002_for_what_is_no_text_and_no_number(discord, bot, raw_payload):
    with raw(discord.gateway_url) as client:
        client.identify(bot.token, intents=1)
        client.socket.send(raw_payload)
        assert client.close_code() == 4002
