"""What a broken or hostile server gets: a log line, a count, and a bot that comes back."""

from __future__ import annotations

import logging
import struct
import zlib
from collections.abc import Callable

import pytest
from scripted_gateway import PATIENCE, FakeGateway, Peer, until

from disruption.gateway import Gateway, SessionResumed, SessionStarted, Timeouts
from disruption.types.events import ChannelCreate, Ready, TypingStart, UnknownEvent

Connect = Callable[..., Gateway]


def masked(peer: Peer) -> None:
    peer.raw(b"\x82\x81\0\0\0\0x")


def reserved_bits(peer: Peer) -> None:
    peer.frame(2, b"x", reserved=0x40)


def unknown_websocket_opcode(peer: Peer) -> None:
    peer.frame(3, b"x")


def long_control_frame(peer: Peer) -> None:
    peer.raw(b"\x89\x7e\x00\xc8" + b"x" * 200)


def fragmented_control_frame(peer: Peer) -> None:
    peer.frame(9, b"x", fin=False)


def continuation_of_nothing(peer: Peer) -> None:
    peer.frame(0, b"x")


def interrupted_fragments(peer: Peer) -> None:
    peer.frame(2, b"x", fin=False)
    peer.frame(2, b"x")


def garbage(peer: Peer) -> None:
    peer.raw(b"\xff" * 64)


def broken_zlib(peer: Peer) -> None:
    peer.frame(2, b"this is no zlib stream\x00\x00\xff\xff")


def ended_zlib(peer: Peer) -> None:
    assert peer._deflate is not None
    peer.frame(2, peer._deflate.compress(b'{"op":11}') + peer._deflate.flush(zlib.Z_FINISH))


def huge_frame(peer: Peer) -> None:
    peer.raw(b"\x82\x7f" + struct.pack("!Q", 100 << 20) + b"x" * 1000)


def absurd_frame(peer: Peer) -> None:
    peer.raw(b"\x82\x7f" + struct.pack("!Q", (1 << 64) - 1))


def endless_fragments(peer: Peer) -> None:
    peer.frame(2, b"\0" * 600_000, fin=False)
    peer.frame(0, b"\0" * 600_000, fin=False)


def bomb(peer: Peer) -> None:
    peer.frame(2, peer.deflate(b'"' + b" " * (8 << 20) + b'"'))


FATAL_FOR_THE_CONNECTION = [
    (masked, "gateway.malformed_frames"),
    (reserved_bits, "gateway.malformed_frames"),
    (unknown_websocket_opcode, "gateway.malformed_frames"),
    (long_control_frame, "gateway.malformed_frames"),
    (fragmented_control_frame, "gateway.malformed_frames"),
    (continuation_of_nothing, "gateway.malformed_frames"),
    (interrupted_fragments, "gateway.malformed_frames"),
    (garbage, "gateway.malformed_frames"),
    (broken_zlib, "gateway.inflate_errors"),
    (ended_zlib, "gateway.inflate_errors"),
    (huge_frame, "gateway.oversized"),
    (absurd_frame, "gateway.oversized"),
    (endless_fragments, "gateway.oversized"),
    (bomb, "gateway.inflate_errors"),
]


@pytest.mark.parametrize(
    ("misbehave", "counter"), FATAL_FOR_THE_CONNECTION, ids=lambda x: getattr(x, "__name__", "")
)
def test_ends_the_connection_and_resumes(
    server: FakeGateway,
    connect: Connect,
    caplog: pytest.LogCaptureFixture,
    misbehave: Callable[[Peer], None],
    counter: str,
):
    with caplog.at_level(logging.WARNING, "disruption.gateway"):
        gateway = connect(max_message_size=1 << 20)
        peer = server.accept()
        peer.identify()
        peer.message()
        until(gateway, TypingStart)
        misbehave(peer)
        assert peer.until_end() in (4000, None)
        server.accept().resume(replay=1)
        until(gateway, SessionResumed)
    assert gateway.counters[counter] == 1
    assert "disconnected: " in caplog.text


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not json",
        b"{",
        b"[1, 2]",
        b"null",
        b'"text"',
        b"{}",
        b'{"op":"zero"}',
        b'{"op":0,"s":"one","t":"X","d":{}}',
        b'{"op":0,"s":2,"t":7,"d":{}}',
        b'{"op":0,"s":2,"t":"\xff\xfe","d":{}}',
        b"[" * 100_000,
        b'{"op":0,"s":2,"t":"X","d":' + b"[" * 100_000,
        b'{"op":99,"d":null}',
        b'{"op":0,"s":null,"t":null,"d":null}',
    ],
    ids=lambda data: data[:30].decode("ascii", "replace"),
)
def test_an_unreadable_payload_is_reported_and_the_connection_goes_on(
    server: FakeGateway, connect: Connect, caplog: pytest.LogCaptureFixture, data: bytes
):
    with caplog.at_level(logging.WARNING, "disruption.gateway"):
        gateway = connect()
        peer = server.accept()
        peer.identify()
        peer.text(data)
        peer.message()
        until(gateway, TypingStart)
    counters = gateway.counters
    assert counters["gateway.bad_payloads"] + counters["gateway.unknown_opcodes"] >= 1
    assert counters["gateway.disconnects"] == 0
    assert "came" in caplog.text or "dropped" in caplog.text


def test_broken_utf8_in_an_event_costs_only_the_characters(
    server: FakeGateway, connect: Connect, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.WARNING, "disruption"):
        gateway = connect()
        peer = server.accept()
        peer.identify()
        peer.text(b'{"op":0,"s":2,"t":"CHANNEL_CREATE","d":{"id":"5","type":0,"name":"caf\xe9"}}')
        until(gateway, Ready)
        gateway.next_event(PATIENCE)  # SessionStarted
        channel = gateway.next_event(PATIENCE)
    assert channel.name == "caf\N{REPLACEMENT CHARACTER}"  # type: ignore[union-attr]
    assert "damaged" in caplog.text


def test_half_a_surrogate_pair_in_an_event_costs_only_the_character(
    server: FakeGateway, connect: Connect, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.WARNING, "disruption"):
        gateway = connect()
        peer = server.accept()
        peer.identify()
        peer.event("CHANNEL_CREATE", {"id": "5", "type": 0, "name": "caf\ud83d", "position": 1})
        channel = until(gateway, ChannelCreate)
    assert channel.id == 5
    assert channel.name.startswith("caf\N{REPLACEMENT CHARACTER}")
    assert gateway.counters["gateway.salvaged_payloads"] == 1
    assert gateway.counters["gateway.bad_payloads"] == 0
    assert "damaged" in caplog.text


@pytest.mark.parametrize("compress", [None, "zlib-stream"])
def test_two_events_in_one_message_are_both_delivered(
    server: FakeGateway, connect: Connect, caplog: pytest.LogCaptureFixture, compress: str | None
):
    event = b'{"op":0,"s":%d,"t":"TYPING_START","d":{"channel_id":"1","user_id":"%d"}}'
    with caplog.at_level(logging.WARNING, "disruption.gateway"):
        gateway = connect(compress=compress)
        peer = server.accept()
        peer.identify()
        peer.text(event % (2, 20) + event % (3, 30))
        peer.sequence = 3
        peer.message()
        assert [until(gateway, TypingStart).user_id for _ in range(3)] == [20, 30, 3]
    assert gateway.counters["gateway.joined_payloads"] == 1
    assert gateway.counters["gateway.gaps"] == 0
    assert "2 payloads came in one message" in caplog.text


def test_an_event_that_is_no_object_is_reported_and_dropped(
    server: FakeGateway, connect: Connect, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.ERROR, "disruption.gateway"):
        gateway = connect()
        peer = server.accept()
        peer.identify()
        peer.event("CHANNEL_CREATE", [1, 2])
        peer.message()
        until(gateway, TypingStart)
    assert gateway.counters["gateway.dropped.CHANNEL_CREATE"] == 1
    assert "CHANNEL_CREATE was dropped" in caplog.text


def test_an_unknown_event_is_delivered(server: FakeGateway, connect: Connect):
    gateway = connect()
    peer = server.accept()
    peer.identify()
    peer.event("SOMETHING_NEW", {"a": 1})
    event = until(gateway, UnknownEvent)
    assert event.name == "SOMETHING_NEW"


def test_an_event_with_wrong_fields_is_delivered(server: FakeGateway, connect: Connect):
    gateway = connect()
    peer = server.accept()
    peer.identify()
    peer.event("TYPING_START", {"channel_id": {"not": "an id"}, "user_id": "3"})
    event = until(gateway, TypingStart)
    assert event.user_id == 3


def test_a_gap_and_a_repeated_event_are_reported(server: FakeGateway, connect: Connect):
    gateway = connect()
    peer = server.accept()
    peer.identify()
    peer.sequence += 3
    peer.message()
    peer.sequence -= 1
    peer.message()
    peer.message()
    until(gateway, TypingStart)
    until(gateway, TypingStart)
    assert gateway.counters["gateway.gaps"] == 1
    assert gateway.counters["gateway.duplicates"] == 1


def test_fragments_and_pings_are_handled(server: FakeGateway, connect: Connect):
    gateway = connect(compress=None)
    peer = server.accept()
    peer.identify()
    message = b'{"op":0,"s":2,"t":"TYPING_START","d":{"channel_id":"1","user_id":"2"}}'
    peer.frame(1, message[:10], fin=False)
    peer.frame(9, b"are you there")
    peer.frame(0, message[10:20], fin=False)
    peer.frame(10, b"")
    peer.frame(0, message[20:])
    until(gateway, TypingStart)
    assert peer.receive_frame() == (10, b"are you there")


def test_a_message_split_over_several_messages_is_put_together(
    server: FakeGateway, connect: Connect
):
    gateway = connect()
    peer = server.accept()
    peer.identify()
    data = peer.deflate(b'{"op":0,"s":2,"t":"TYPING_START","d":{"channel_id":"1","user_id":"2"}}')
    peer.frame(2, data[:7])
    peer.frame(2, data[7:])
    until(gateway, TypingStart)


def test_a_payload_of_many_reads_arrives(server: FakeGateway, connect: Connect):
    gateway = connect(compress=None)
    peer = server.accept()
    peer.identify()
    peer.message("x" * 3_000_000)
    peer.message()
    until(gateway, TypingStart)
    until(gateway, TypingStart)


# What never comes


def test_a_hello_that_never_comes(server: FakeGateway, connect: Connect):
    gateway = connect(timeouts=Timeouts(hello=1.0, close=0.1))
    assert server.accept().until_end() == 4000
    server.accept().identify()
    until(gateway, SessionStarted)
    assert gateway.counters["gateway.timeouts.hello"] == 1


def test_a_ready_that_never_comes(server: FakeGateway, connect: Connect):
    gateway = connect(timeouts=Timeouts(ready=1.0, close=0.1))
    peer = server.accept()
    peer.hello()
    assert peer.until_end() == 4000
    server.accept().identify()
    until(gateway, SessionStarted)
    assert gateway.counters["gateway.timeouts.ready"] == 1


def test_a_resumed_that_never_comes(server: FakeGateway, connect: Connect):
    gateway = connect(timeouts=Timeouts(ready=1.0, close=0.1))
    peer = server.accept()
    peer.identify()
    peer.drop()
    peer = server.accept()
    peer.hello()
    assert peer.until_end() == 4000
    server.accept().identify()
    until(gateway, SessionStarted)
    until(gateway, SessionStarted)
    assert gateway.counters["gateway.timeouts.resumed"] == 1


def test_an_ack_that_never_comes(server: FakeGateway, connect: Connect):
    gateway = connect()
    peer = server.accept()
    peer.identify(interval=0.5)
    assert peer.until_end() == 4000
    server.accept().resume()
    until(gateway, SessionResumed)
    assert gateway.counters["gateway.zombies"] == 1


def test_an_upgrade_that_never_ends(server: FakeGateway, connect: Connect):
    attempts = []

    def upgrade(_: str) -> bytes | None:
        attempts.append(1)
        return b"HTTP/1.1 101 Switching Protocols\r\n" + b"X: y\r\n" * 100_000

    slow = FakeGateway(upgrade=upgrade)
    try:
        gateway = connect(url=slow.url)
        while gateway.counters["gateway.broken_connections"] < 2:
            gateway.next_event(PATIENCE)
    finally:
        slow.stop()


# The upgrade


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 6\r\n\r\n<html>",
        b"HTTP/1.1 403 Forbidden\r\nContent-Length: 99999999999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n<html>",
        b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
        b"\xff\xff\xff\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"",
    ],
    ids=lambda answer: answer[:20].decode("ascii", "replace"),
)
def test_a_refused_upgrade_is_tried_again(connect: Connect, answer: bytes):
    answers = [answer]
    server = FakeGateway(upgrade=lambda _: answers.pop() if answers else None)
    try:
        gateway = connect(url=server.url)
        server.accept().identify()
        until(gateway, SessionStarted)
        assert gateway.counters["gateway.disconnects"] == 1
    finally:
        server.stop()


def test_a_redirect_is_not_followed(server: FakeGateway, connect: Connect):
    location = f"HTTP/1.1 302 Found\r\nLocation: {server.url}\r\n\r\n".encode()
    answers = [location]
    first = FakeGateway(upgrade=lambda _: answers.pop() if answers else None)
    try:
        gateway = connect(url=first.url)
        first.accept().identify()
        until(gateway, SessionStarted)
        assert server._peers.empty()
    finally:
        first.stop()


def test_the_token_is_never_logged(
    server: FakeGateway, connect: Connect, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.DEBUG):
        gateway = connect(token="very.secret.token")
        peer = server.accept()
        peer.identify()
        peer.text(b"nonsense")
        peer.drop()
        server.accept().resume()
        until(gateway, SessionResumed)
        assert "very.secret" not in repr(gateway) + repr(gateway._connection) + repr(gateway.stats)
    assert "very.secret" not in caplog.text


def test_a_log_handler_that_raises_ends_no_thread(server: FakeGateway, connect: Connect):
    class Broken(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            raise RuntimeError("the disk is full")

    logger = logging.getLogger("disruption.gateway")
    broken = Broken()
    logger.addHandler(broken)
    try:
        gateway = connect()
        peer = server.accept()
        peer.identify()
        peer.message()
        until(gateway, TypingStart)
        peer.drop()
        peer = server.accept()
        peer.resume(replay=1)
        until(gateway, TypingStart)
        assert gateway.counters["gateway.log_errors"] >= 1
        assert gateway.counters["gateway.reader_errors"] == 0
    finally:
        logger.removeHandler(broken)
