"""The two threads against a scripted server on a real socket."""

from __future__ import annotations

import contextlib
import json
import logging
import threading
from collections.abc import Callable
from typing import Any

import pytest
from scripted_gateway import PATIENCE, SESSION, TOKEN, FakeGateway, until

from disruption.errors import (
    AlreadyConnected,
    AuthenticationFailed,
    ClientStopped,
    ConnectionFailed,
    DisallowedIntents,
    NotConnected,
    PayloadTooLarge,
    RequestFailed,
    Unauthorized,
    WaitTimeout,
)
from disruption.gateway import (
    Connected,
    Disconnected,
    Gateway,
    GatewayInfo,
    SessionLost,
    SessionResumed,
    SessionStarted,
)
from disruption.types.events import Ready, Resumed, TypingStart

Connect = Callable[..., Gateway]


def test_connects_identifies_and_yields_events(server: FakeGateway, connect: Connect):
    gateway = connect(intents=513)
    peer = server.accept()
    assert peer.query == {"v": "10", "encoding": "json", "compress": "zlib-stream"}
    assert peer.identify()["intents"] == 513
    gateway.connect(PATIENCE)
    peer.message()
    assert isinstance(gateway.next_event(PATIENCE), Connected)
    assert isinstance(gateway.next_event(PATIENCE), Ready)
    assert isinstance(gateway.next_event(PATIENCE), SessionStarted)
    assert isinstance(gateway.next_event(PATIENCE), TypingStart)


@pytest.mark.parametrize("compress", [None, "zlib-stream"])
def test_works_with_and_without_compression(
    server: FakeGateway, connect: Connect, compress: str | None
):
    gateway = connect(compress=compress)
    peer = server.accept()
    assert peer.query.get("compress") == compress
    peer.identify()
    peer.message()
    until(gateway, TypingStart)


def test_works_with_zstd(server: FakeGateway, connect: Connect):
    zstandard = pytest.importorskip("zstandard")
    gateway = connect(compress="zstd-stream")
    peer = server.accept()
    stream = zstandard.ZstdCompressor().compressobj()

    def text(data: bytes) -> None:
        data = stream.compress(data) + stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        peer.frame(2, data)

    peer.text = text  # type: ignore[method-assign]
    peer.identify()
    peer.message("x" * 5000)
    peer.message()
    until(gateway, TypingStart)
    until(gateway, TypingStart)


def test_beats_until_it_is_closed_and_measures_latency(server: FakeGateway, connect: Connect):
    gateway = connect()
    peer = server.accept()
    peer.identify(interval=1.0)
    for _ in range(2):
        beat = peer.receive()
        assert beat == {"op": 1, "d": 1}
        peer.payload(11)
    peer.message()
    until(gateway, TypingStart)
    assert gateway.latency is not None
    assert gateway.latency >= 0


def test_beats_when_asked_to(server: FakeGateway, connect: Connect):
    connect()
    peer = server.accept()
    peer.identify()
    peer.payload(1)
    assert peer.receive() == {"op": 1, "d": 1}


@pytest.mark.parametrize("end", ["drop", "close", "op 7", "op 9"])
def test_resumes_and_misses_nothing(server: FakeGateway, connect: Connect, end: str):
    gateway = connect()
    peer = server.accept()
    peer.identify()
    peer.message()
    until(gateway, TypingStart)
    if end == "drop":
        peer.drop()
    elif end == "close":
        peer.close(1001, "going away")
        assert peer.until_end() not in (1000, 1001)
    elif end == "op 7":
        peer.payload(7)
        assert peer.until_end() not in (1000, 1001)
    else:
        peer.payload(9, True)
        assert peer.until_end() not in (1000, 1001)
    peer = server.accept()
    assert peer.query == {"v": "10", "encoding": "json", "compress": "zlib-stream"}
    assert peer.resume(replay=2) == {"token": TOKEN, "session_id": SESSION, "seq": 2}
    down = until(gateway, Disconnected)
    assert down.will_resume
    assert down.reason
    assert isinstance(gateway.next_event(PATIENCE), Connected)
    assert isinstance(gateway.next_event(PATIENCE), TypingStart)
    assert isinstance(gateway.next_event(PATIENCE), TypingStart)
    assert isinstance(gateway.next_event(PATIENCE), Resumed)
    resumed = gateway.next_event(PATIENCE)
    assert isinstance(resumed, SessionResumed)
    assert resumed.replayed == 2
    assert gateway.counters["gateway.resumes"] == 1
    assert json.dumps(gateway.stats)


def test_a_silent_peer_is_a_zombie_and_the_session_is_resumed(
    server: FakeGateway, connect: Connect
):
    gateway = connect()
    peer = server.accept()
    peer.identify(interval=0.5)
    assert peer.until_end() == 4000
    server.accept().resume()
    until(gateway, SessionResumed)
    assert gateway.counters["gateway.zombies"] == 1


def test_a_refused_resume_is_announced_and_ends_in_an_identify(
    server: FakeGateway, connect: Connect
):
    gateway = connect()
    gateway._connection.session._random = lambda: 0.0  # one second instead of one to five
    peer = server.accept()
    peer.identify()
    peer.message()
    peer.drop()
    peer = server.accept()
    peer.hello()
    peer.expect(6)
    peer.payload(9, False)
    lost = until(gateway, SessionLost)
    assert lost.sequence == 2
    server.accept().identify()
    until(gateway, SessionStarted)
    assert gateway.counters["gateway.resumes_refused"] == 1
    assert gateway.counters["gateway.sessions_lost"] == 1


@pytest.mark.parametrize("data", [b"", b"\x0f"])
def test_a_close_without_a_code_is_told_and_counted(
    server: FakeGateway, connect: Connect, data: bytes
):
    gateway = connect()
    peer = server.accept()
    peer.identify()
    peer.frame(8, data)
    gone = until(gateway, Disconnected)
    assert gone.code is None
    assert "without a code" in gone.reason
    assert gone.will_resume
    server.accept().resume()
    until(gateway, SessionResumed)
    assert gateway.counters["gateway.close_codes.none"] == 1


def test_the_reason_of_a_close_forges_no_lines_and_tells_no_token(
    server: FakeGateway, connect: Connect, caplog: pytest.LogCaptureFixture
):
    gateway = connect()
    peer = server.accept()
    peer.identify()
    peer.close(4000, f"bye\nCRITICAL all is lost \x1b[31m{TOKEN}")
    until(gateway, Disconnected)
    (line,) = [r.getMessage() for r in caplog.records if "disconnected" in r.getMessage()]
    assert "bye\ufffdCRITICAL all is lost" in line
    assert "\x1b" not in line
    assert TOKEN not in caplog.text


def test_a_resume_that_is_answered_with_a_new_session_is_announced(
    server: FakeGateway, connect: Connect
):
    gateway = connect()
    peer = server.accept()
    peer.identify()
    peer.message()
    peer.drop()
    peer = server.accept()
    peer.hello()
    assert peer.expect(6)["seq"] == 2
    peer.ready(session_id="another")  # counts from one again
    peer.message()
    lost = until(gateway, SessionLost)
    assert (lost.session_id, lost.sequence) == (SESSION, 2)
    until(gateway, SessionStarted)
    until(gateway, TypingStart)
    assert gateway.counters["gateway.sessions_lost"] == 1
    assert gateway.counters["gateway.duplicates"] == 0


def test_a_resume_url_that_is_down_gives_way_to_the_ordinary_address(
    server: FakeGateway, connect: Connect
):
    elsewhere = FakeGateway(upgrade=lambda _: b"HTTP/1.1 503 Unavailable\r\n\r\n")
    try:
        gateway = connect()
        peer = server.accept()
        peer.identify(resume_gateway_url=elsewhere.url)
        peer.drop()
        server.accept().resume()
        until(gateway, SessionResumed)
        assert gateway.counters["gateway.upgrades_refused"] == 1
    finally:
        elsewhere.stop()


def test_a_fatal_close_is_raised_everywhere(server: FakeGateway, connect: Connect):
    gateway = connect()
    peer = server.accept()
    peer.hello()
    peer.expect(2)
    peer.close(4004, "Authentication failed.")
    with pytest.raises(AuthenticationFailed, match="token"):
        gateway.connect(PATIENCE)
    with pytest.raises(AuthenticationFailed):
        until(gateway, Ready)
    with pytest.raises(AuthenticationFailed):
        gateway.send({"op": 3, "d": {}})


def test_disallowed_intents_are_named(server: FakeGateway, connect: Connect):
    gateway = connect(intents=1 | 1 << 15)
    peer = server.accept()
    peer.hello()
    peer.expect(2)
    peer.close(4014, "Disallowed intent(s).")
    with pytest.raises(DisallowedIntents, match="MESSAGE_CONTENT"):
        gateway.connect(PATIENCE)


def test_connect_says_why_there_is_no_session(connect: Connect):
    gateway = connect(url="ws://127.0.0.1:9")
    with pytest.raises(ConnectionFailed, match=r"127\.0\.0\.1"):
        gateway.connect(1.0)


def test_what_nobody_wants_is_counted_and_not_decoded(server: FakeGateway, connect: Connect):
    decoded: list[str] = []

    def decode(name: str, data: Any) -> Any:
        decoded.append(name)
        return name

    gateway = connect(events=["TYPING_START"], decode=decode, connection_events=False)
    peer = server.accept()
    peer.identify()
    peer.event("MESSAGE_CREATE", {})
    peer.message()
    assert gateway.next_event(PATIENCE) == "TYPING_START"
    assert decoded == ["TYPING_START"]
    peer.message()
    assert gateway.next_event(PATIENCE) == "TYPING_START"
    assert gateway.counters["gateway.ignored"] == 2  # READY and MESSAGE_CREATE


def test_stop_closes_with_1000_and_ends_both_threads(server: FakeGateway, connect: Connect):
    before = set(threading.enumerate())
    gateway = connect(name="named")
    peer = server.accept()
    peer.identify()
    gateway.connect(PATIENCE)
    names = {thread.name for thread in set(threading.enumerate()) - before}
    assert names == {"named-reader-0", "named-heartbeat-0"}
    codes: list[int | None] = []
    watcher = threading.Thread(target=lambda: (codes.append(peer.until_end()), peer.drop()))
    watcher.start()
    assert gateway.close()
    watcher.join(PATIENCE)
    assert codes == [1000]
    assert set(threading.enumerate()) <= before
    assert gateway.state() is None
    with pytest.raises(ClientStopped):
        gateway.connect()


def test_stop_while_the_peer_is_frozen(server: FakeGateway, connect: Connect):
    gateway = connect()
    server.accept().identify()
    gateway.connect(PATIENCE)
    assert gateway.close()


def test_stop_while_it_waits_to_connect_again(connect: Connect):
    gateway = connect(url="ws://127.0.0.1:9")
    until(gateway, Disconnected)
    assert gateway.close()


def test_stop_during_the_upgrade(connect: Connect):
    reached = threading.Event()
    release = threading.Event()

    def upgrade(_: str) -> bytes:
        reached.set()
        release.wait(PATIENCE)
        return b""

    slow = FakeGateway(upgrade=upgrade)
    try:
        gateway = connect(url=slow.url)
        assert reached.wait(PATIENCE)
        assert gateway.close()
    finally:
        release.set()
        slow.stop()


def test_a_kept_session_goes_on_in_another_gateway(server: FakeGateway, connect: Connect):
    first = connect()
    peer = server.accept()
    peer.identify()
    for _ in range(3):
        peer.message()
    until(first, TypingStart)
    until(first, TypingStart)  # the first is handled, the second in hand
    assert first.close(4000)
    state = first.state()
    assert state is not None
    assert state.sequence == 2
    second = connect(state=state)
    peer = server.accept()
    assert peer.resume(replay=2)["seq"] == 2
    second.connect(PATIENCE)
    until(second, TypingStart)
    until(second, TypingStart)
    until(second, Resumed)


def test_one_live_connection_for_a_token_and_shard(server: FakeGateway, connect: Connect):
    first = connect()
    with pytest.raises(AlreadyConnected):
        connect()
    connect(shard=(1, 2))
    connect(token="another.token")
    assert first.close()
    connect()


def test_works_in_a_thread_that_is_not_the_main_one(server: FakeGateway, connect: Connect):
    seen: list[Any] = []

    def use() -> None:
        gateway = connect(connection_events=False)
        seen.append(gateway.next_event(PATIENCE))
        gateway.close()

    thread = threading.Thread(target=use)
    thread.start()
    server.accept().identify()
    thread.join(PATIENCE)
    assert isinstance(seen[0], Ready)


def test_iteration_ends_when_another_thread_closes(server: FakeGateway, connect: Connect):
    gateway = connect(connection_events=False)
    server.accept().identify()
    seen = []
    for event in gateway:
        seen.append(event)
        threading.Thread(target=gateway.close).start()
    assert len(seen) == 1


# Before a session


def test_the_address_and_the_budget_are_asked_before_each_new_session(
    server: FakeGateway, connect: Connect
):
    asked: list[int] = []

    def info() -> GatewayInfo:
        asked.append(1)
        return GatewayInfo(server.url, remaining=500, max_concurrency=16)

    gateway = connect(url="ws://127.0.0.1:9", gateway_info=info)
    peer = server.accept()
    peer.identify()
    peer.drop()
    peer = server.accept()
    peer.resume()
    assert len(asked) == 1, "a resume costs no session start"
    peer.close(4009)
    server.accept().identify()
    until(gateway, SessionLost)
    until(gateway, SessionStarted)
    assert len(asked) == 2


def test_waits_for_the_reset_when_little_budget_is_left(
    server: FakeGateway, connect: Connect, caplog: pytest.LogCaptureFixture
):
    answers = [
        GatewayInfo(server.url, total=1000, remaining=99, reset_after=0.05),
        GatewayInfo(server.url, total=1000, remaining=1000),
    ]
    with caplog.at_level(logging.WARNING, "disruption.gateway"):
        gateway = connect(gateway_info=lambda: answers.pop(0))
        server.accept().identify()
        gateway.connect(PATIENCE)
    assert answers == []
    assert "99 of 1000 session starts" in caplog.text
    assert gateway.counters["gateway.identifies_delayed"] == 1


def test_connect_tells_that_it_waits_for_the_budget(server: FakeGateway, connect: Connect):
    said = threading.Event()

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.set()

    listener = Listener(logging.WARNING)
    logging.getLogger("disruption.gateway").addHandler(listener)
    try:
        gateway = connect(
            gateway_info=lambda: GatewayInfo(
                server.url, total=1000, remaining=5, reset_after=3600.0
            )
        )
        assert said.wait(PATIENCE)
    finally:
        logging.getLogger("disruption.gateway").removeHandler(listener)
    with pytest.raises(ConnectionFailed, match="only 5 of 1000 session starts are left"):
        gateway.connect(0.01)


def test_connect_tells_that_rest_does_not_answer(connect: Connect):
    asked, answer = threading.Event(), threading.Event()

    def info() -> GatewayInfo:
        asked.set()
        answer.wait(PATIENCE)
        raise Unauthorized(401)

    gateway = connect(gateway_info=info)
    assert asked.wait(PATIENCE)
    with pytest.raises(ConnectionFailed, match="waiting for the answer that tells the gateway's"):
        gateway.connect(0.01)
    answer.set()


def test_an_unreachable_rest_api_is_tried_again(server: FakeGateway, connect: Connect):
    failures = [RequestFailed("no", method="GET", route="/gateway/bot", maybe_processed=False)]

    def info() -> GatewayInfo:
        if failures:
            raise failures.pop()
        return GatewayInfo(server.url)

    gateway = connect(gateway_info=info)
    server.accept().identify()
    gateway.connect(PATIENCE)
    assert gateway.counters["gateway.info_failures"] == 1


def test_a_token_that_rest_refuses_is_fatal(connect: Connect):
    def info() -> GatewayInfo:
        raise Unauthorized(401)

    with pytest.raises(AuthenticationFailed):
        connect(gateway_info=info).connect(PATIENCE)


def test_shards_of_one_bucket_identify_one_after_the_other(server: FakeGateway, connect: Connect):
    def info() -> GatewayInfo:
        return GatewayInfo(server.url, max_concurrency=1)

    connect(shard=(0, 2), gateway_info=info)
    first = server.accept()
    connect(shard=(1, 2), gateway_info=info)
    assert server._peers.empty()
    assert first.identify()["shard"] == [0, 2]
    assert server.accept().identify()["shard"] == [1, 2]


# Commands


def test_commands_arrive(server: FakeGateway, connect: Connect):
    gateway = connect()
    peer = server.accept()
    peer.identify()
    gateway.connect(PATIENCE)
    gateway.update_presence(status="dnd", activities=[{"name": "chess"}])
    presence = peer.expect(3)
    assert presence["status"] == "dnd"
    gateway.update_voice_state(1, 2, self_mute=True)
    assert peer.expect(4) == {
        "guild_id": "1",
        "channel_id": "2",
        "self_mute": True,
        "self_deaf": False,
    }
    peer.close(4009)
    assert server.accept().identify()["presence"] == presence


def test_a_command_that_is_too_large_is_not_sent(server: FakeGateway, connect: Connect):
    gateway = connect()
    with pytest.raises(PayloadTooLarge):
        gateway.send({"op": 3, "d": "x" * 5000})


def test_a_command_waits_for_a_session_until_its_timeout(server: FakeGateway, connect: Connect):
    gateway = connect()
    with pytest.raises(NotConnected):
        gateway.update_voice_state(1, None, timeout=0.05)


def test_sends_stop_at_the_limit_and_beats_go_on(server: FakeGateway, connect: Connect):
    gateway = connect()
    peer = server.accept()
    peer.identify()
    gateway.connect(PATIENCE)
    sent = 0
    with contextlib.suppress(WaitTimeout):
        for _ in range(120):
            gateway.update_voice_state(1, 2, timeout=0)
            sent += 1
    assert 100 <= sent <= 118
    peer.payload(1)
    for _ in range(sent):
        assert peer.receive()["op"] == 4
    assert peer.receive()["op"] == 1


# Back-pressure


def test_a_full_buffer_holds_the_reader_back_and_is_no_zombie(
    server: FakeGateway, connect: Connect
):
    gateway = connect(buffer_bytes=10_000, connection_events=False)
    peer = server.accept()
    peer.identify(interval=0.5)
    for _ in range(40):
        peer.message("x" * 1000)
    for _ in range(4):  # the reader is held back: these are answered, but not heard
        assert peer.receive()["op"] == 1
        peer.payload(11)
    assert gateway.counters["gateway.backpressure"] == 1
    assert isinstance(gateway.next_event(PATIENCE), Ready)
    for _ in range(40):
        assert isinstance(gateway.next_event(PATIENCE), TypingStart)
    assert gateway.counters["gateway.zombies"] == 0
    assert gateway.counters["gateway.disconnects"] == 0


def test_stop_lets_go_of_a_reader_that_is_held_back(server: FakeGateway, connect: Connect):
    held = threading.Event()

    class Watch(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if "reading stops" in record.getMessage():
                held.set()

    watch = Watch()
    logging.getLogger("disruption.gateway").addHandler(watch)
    try:
        gateway = connect(buffer_bytes=100, connection_events=False)
        server.accept().identify()
        assert held.wait(PATIENCE)
        assert gateway.close()
        assert gateway.counters["gateway.dropped"] == 1
    finally:
        logging.getLogger("disruption.gateway").removeHandler(watch)


def test_a_sink_that_raises_does_not_stop_the_reader(server: FakeGateway, connect: Connect):
    gateway = connect()
    wants = gateway._buffer.wants

    def broken(name: str) -> bool:
        if name == "BAD":
            raise RuntimeError("broken sink")
        return wants(name)

    gateway._connection._pump._sink.wants = broken  # type: ignore[method-assign]
    peer = server.accept()
    peer.identify()
    peer.event("BAD", {})
    peer.message()
    until(gateway, TypingStart)
