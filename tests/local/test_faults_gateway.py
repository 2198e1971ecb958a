"""What gateway faults look like on the wire."""

from __future__ import annotations

import json
import zlib

import pytest
from raw_gateway import PATIENCE, raw
from websockets.exceptions import ConnectionClosed, InvalidStatus

from disruption.local import LocalDiscord


@pytest.fixture(scope="module")
def discord():
    with LocalDiscord() as discord:
        yield discord


@pytest.fixture(autouse=True)
def tidy(discord):
    yield
    discord.faults.clear()
    # A connection that is not quite gone would take the faults of the next test.
    assert discord.world.wait_until(lambda: not discord.gateway.hub.links(), PATIENCE)


@pytest.fixture(scope="module")
def bot(discord):
    discord.world.user("ann")
    return discord.add_bot("bot")


@pytest.fixture
def client(discord, bot):
    with raw(discord.gateway_url) as client:
        client.identify(bot.token)
        client.until("GUILD_CREATE")
        yield client


def say(discord, text="hello"):
    discord.world.user("ann").say("#general", text)


def test_refuse_connection(discord):
    discord.faults.add("refuse_connection", status=502)
    with pytest.raises(InvalidStatus) as refused, raw(discord.gateway_url):
        pass
    assert refused.value.response.status_code == 502
    with raw(discord.gateway_url):
        pass


def test_no_hello(discord):
    discord.faults.add("no_hello")
    with raw(discord.gateway_url, hello=False) as client:
        client.send(1, None)
        assert client.recv()["op"] == 11


def test_no_ready(discord, bot):
    discord.faults.add("no_ready")
    with raw(discord.gateway_url) as client:
        client.send(2, {"token": bot.token, "intents": 1, "properties": {}})
        assert client.beat() == []


def test_refuse_identify(discord, bot):
    discord.faults.add("refuse_identify")
    with raw(discord.gateway_url) as client:
        client.send(2, {"token": bot.token, "intents": 1, "properties": {}})
        assert client.recv()["op"] == 9
        client.identify(bot.token)


def test_no_ack(discord, client):
    discord.faults.add("no_ack")
    client.send(1, client.seq)
    assert client.beat() == []
    assert discord.faults.counts["no_ack"] == 1


def resumed(discord, bot, session, seq):
    with raw(discord.gateway_url) as client:
        client.resume(bot.token, session, seq)
        contents = []
        while (payload := client.recv())["t"] != "RESUMED":
            assert payload["op"] == 0, payload
            contents.append(payload["d"].get("content"))
        return contents


@pytest.mark.parametrize("reset", [False, True])
def test_a_drop_has_no_close_frame_and_loses_nothing(discord, bot, reset):
    with raw(discord.gateway_url) as client:
        session = client.identify(bot.token)["session_id"]
        client.until("GUILD_CREATE")
        seq = client.seq
        discord.faults.add("drop", event="MESSAGE_CREATE", reset=reset)
        say(discord, "lost on the wire")
        assert client.close_code() is None
        with pytest.raises(ConnectionClosed) as caught:
            client.socket.recv(PATIENCE)
        assert isinstance(caught.value.__cause__, ConnectionResetError) == reset
    assert resumed(discord, bot, session, seq) == ["lost on the wire"]


@pytest.mark.parametrize("code", [1000, 1001, 4000, 4009])
def test_a_close_has_its_code_and_loses_nothing(discord, bot, code):
    with raw(discord.gateway_url) as client:
        session = client.identify(bot.token)["session_id"]
        client.until("GUILD_CREATE")
        seq = client.seq
        discord.faults.add("close", event="MESSAGE_CREATE", code=code)
        say(discord)
        assert client.close_code() == code
    assert resumed(discord, bot, session, seq) == ["hello"]


def test_done_at_once(discord, bot, client):
    before = discord.faults.counts["close"]
    assert discord.faults.now("close", code=4000, user_id="1") == 0
    assert discord.faults.now("close", code=4000, user_id=bot.user_id) >= 1
    assert discord.faults.counts["close"] > before
    assert client.close_code() == 4000


def test_reconnect_is_op_7(discord, client):
    discord.faults.now("reconnect")
    assert client.recv() == {"op": 7, "d": None, "s": None, "t": None}


def test_every_payload_begins_with_the_name_as_discords_do(discord, bot):
    with raw(discord.gateway_url, hello=False) as client:
        seen = [client.raw()]
        client.send(2, {"token": bot.token, "intents": 1, "properties": {}})
        client.send(1, None)
        while json.loads(seen[-1])["op"] != 11:
            seen.append(client.raw())
        discord.faults.now("reconnect")
        discord.faults.now("invalid_session")
        while json.loads(seen[-1])["op"] != 9:
            seen.append(client.raw())
    assert {json.loads(frame)["op"] for frame in seen} >= {0, 7, 9, 10, 11}
    for frame in seen:
        assert list(json.loads(frame)) == ["t", "s", "op", "d"]
        assert frame.startswith('{"t":')


def test_invalid_session_that_can_be_resumed(discord, bot):
    with raw(discord.gateway_url) as client:
        session = client.identify(bot.token)["session_id"]
        client.until("GUILD_CREATE")
        discord.faults.now("invalid_session", resumable=True)
        assert client.recv() == {"op": 9, "d": True, "s": None, "t": None}
        say(discord, "meanwhile")
        client.resume(bot.token, session, client.seq)
        assert client.recv()["d"]["content"] == "meanwhile"
        client.until("RESUMED")


def test_invalid_session_that_cannot_be_resumed(discord, bot):
    with raw(discord.gateway_url) as client:
        session = client.identify(bot.token)["session_id"]
        client.until("GUILD_CREATE")
        discord.faults.now("invalid_session")
        assert client.recv()["d"] is False
        client.resume(bot.token, session, client.seq)
        assert client.recv()["op"] == 9
        client.identify(bot.token)


def test_refuse_resume(discord, bot):
    with raw(discord.gateway_url) as client:
        session = client.identify(bot.token)["session_id"]
        client.socket.close(4000)
    discord.faults.add("refuse_resume")
    for _ in range(2):  # it is refused for good
        with raw(discord.gateway_url) as client:
            client.resume(bot.token, session, 1)
            assert client.recv() == {"op": 9, "d": False, "s": None, "t": None}


def test_no_resumed(discord, bot):
    with raw(discord.gateway_url) as client:
        session = client.identify(bot.token)["session_id"]
        client.socket.close(4000)
    discord.faults.add("no_resumed")
    with raw(discord.gateway_url) as client:
        client.resume(bot.token, session, 1)
        assert client.beat() == []


def test_a_frozen_server_neither_reads_nor_answers_until_it_is_over(discord, client):
    discord.faults.add("freeze", event="MESSAGE_CREATE", seconds=0.3)
    say(discord)
    client.send(1, client.seq)
    with pytest.raises(TimeoutError):
        client.socket.recv(0.1)
    assert client.recv()["t"] == "MESSAGE_CREATE"
    assert client.recv()["op"] == 11


def test_a_frozen_connection_gives_its_session_to_the_next(discord, bot):
    with raw(discord.gateway_url) as client:
        session = client.identify(bot.token)["session_id"]
        client.until("GUILD_CREATE")
        assert discord.faults.now("freeze", user_id=bot.user_id) >= 1
        say(discord, "into the ice")
        contents = resumed(discord, bot, session, client.seq)
    assert contents == ["into the ice"]


def test_delay_keeps_the_order(discord, client):
    discord.faults.add("delay", seconds=0.05)
    say(discord, "one")
    say(discord, "two")
    assert [client.until("MESSAGE_CREATE")["content"] for _ in range(2)] == ["one", "two"]


def test_bad_utf8_is_in_an_event_and_loses_nothing(discord, bot):
    with raw(discord.gateway_url) as client:
        session = client.identify(bot.token)["session_id"]
        client.until("GUILD_CREATE")
        seq = client.seq
        discord.faults.add("bad_utf8", event="MESSAGE_CREATE", times=1)
        say(discord)
        with pytest.raises((ConnectionClosed, UnicodeDecodeError)):
            client.socket.recv(PATIENCE)
    assert resumed(discord, bot, session, seq) == ["hello"]


def test_bad_utf8_is_inside_the_compressed_stream(discord, bot):
    with raw(discord.gateway_url, "?v=10&encoding=json&compress=zlib-stream") as client:
        client.identify(bot.token)
        client.until("GUILD_CREATE")
        discord.faults.now("bad_utf8")
        with pytest.raises(UnicodeDecodeError):
            client.recv()


def test_bad_zlib_breaks_the_stream(discord, bot):
    with raw(discord.gateway_url, "?v=10&encoding=json&compress=zlib-stream") as client:
        client.identify(bot.token)
        client.until("GUILD_CREATE")
        discord.faults.now("bad_zlib")
        with pytest.raises(zlib.error):
            client.recv()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("bad_json", None), ("not_object", [1, 2, 3]), ("unknown_opcode", 99)],
)
def test_malformed_frames_take_no_event_away(discord, client, kind, expected):
    discord.faults.add(kind, event="MESSAGE_CREATE")
    say(discord)
    frame = client.raw()
    if kind == "bad_json":
        with pytest.raises(json.JSONDecodeError):
            json.loads(frame)
    elif kind == "not_object":
        assert json.loads(frame) == expected
    else:
        assert json.loads(frame)["op"] == expected
    assert client.recv()["d"]["content"] == "hello"


@pytest.mark.parametrize("kind", ["unknown_event", "wrong_types"])
def test_strange_events_have_a_place_in_the_sequence(discord, bot, kind):
    with raw(discord.gateway_url) as client:
        session = client.identify(bot.token)["session_id"]
        client.until("GUILD_CREATE")
        seq = client.seq
        discord.faults.add(kind, event="MESSAGE_CREATE")
        say(discord)
        message, strange = client.recv(), client.recv()
        client.socket.close(4000)
    assert (message["s"], strange["s"]) == (seq + 1, seq + 2)
    assert message["d"]["content"] == "hello"
    assert strange["t"] != "MESSAGE_CREATE"
    assert len(resumed(discord, bot, session, seq)) == 2


def test_oversized(discord, client):
    discord.faults.now("oversized", size=3_000_000)
    assert len(client.raw()) > 3_000_000


def test_duplicate(discord, client):
    discord.faults.add("duplicate", event="MESSAGE_CREATE")
    say(discord)
    assert client.recv() == client.recv()


def test_reorder(discord, client):
    discord.faults.add("reorder", event="MESSAGE_CREATE")
    say(discord, "one")
    say(discord, "two")
    first, second = client.recv(), client.recv()
    assert [first["d"]["content"], second["d"]["content"]] == ["two", "one"]
    assert first["s"] == second["s"] + 1


def test_reorder_of_the_last_event_comes_with_the_next_beat(discord, client):
    discord.faults.add("reorder", event="MESSAGE_CREATE")
    say(discord)
    assert client.beat() == []
    assert client.recv()["t"] == "MESSAGE_CREATE"


def test_unknown_fields_are_added_to_the_event(discord, bot):
    with raw(discord.gateway_url) as client:
        client.identify(bot.token)
        discord.faults.add("unknown_fields", event="MESSAGE_CREATE")
        say(discord)
        message = client.until("MESSAGE_CREATE")
        assert message["content"] == "hello"
        assert message["disruption_unknown"]
        discord.faults.now("unknown_fields")
        assert client.until("TYPING_START")["disruption_unknown"]
