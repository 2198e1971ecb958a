"""Bad input on real sockets: a log line with its reason, a count, and a bot that goes on."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from client_bots import PATIENCE, Heard, People

from disruption import Client, Disconnected, Handler, InvalidArgument, MessageCreate, UnknownEvent
from disruption.gateway import Timeouts
from disruption.local import LocalDiscord
from disruption.local.server import Bot

MakeClient = Callable[..., Client]

pytestmark = pytest.mark.usefixtures("quick")


class Everything(Handler):
    def __init__(self) -> None:
        self.heard = Heard()

    def on_message(self, message: Any) -> None:
        self.heard.add(message.content)

    def on_event(self, event: Any) -> None:
        if not isinstance(event, MessageCreate):
            self.heard.add(event)

    def of(self, cls: type) -> list[Any]:
        return [item for item in self.heard.items if isinstance(item, cls)]


def inject(local: LocalDiscord, name: str, data: bytes) -> None:
    """Send an event with any bytes as its data, numbered and kept for a resume as any other."""
    with local.world.lock:
        for session in local.gateway.hub.sessions():
            session.dispatch(name, data)


def alive(people: People, handler: Everything) -> None:
    """Make sure that the bot still gets what happens."""
    people.say("still there?")
    handler.heard.wait_item("still there?")


@pytest.mark.parametrize("compress", ["zlib-stream", None])
@pytest.mark.parametrize(
    ("fault", "counter", "says"),
    [
        ("bad_json", "gateway.bad_payloads", "cannot be read and was dropped"),
        ("not_object", "gateway.bad_payloads", "cannot be read and was dropped"),
        ("unknown_opcode", "gateway.unknown_opcodes", "unknown opcode 99"),
    ],
)
def test_a_payload_that_says_nothing_is_dropped(
    make: MakeClient,
    local: LocalDiscord,
    people: People,
    caplog: pytest.LogCaptureFixture,
    fault: str,
    counter: str,
    says: str,
    compress: str | None,
):
    handler = Everything()
    client = make(handler, compress=compress)
    client.connect(PATIENCE)
    local.faults.now(fault)
    alive(people, handler)
    assert client.stats.counts[counter] == 1
    assert says in caplog.text
    assert client.counters["gateway.disconnects"] == 0


def test_broken_utf8_where_nothing_is_read_does_no_harm(
    make: MakeClient, local: LocalDiscord, people: People
):
    handler = Everything()
    client = make(handler, workers=1)
    client.connect(PATIENCE)
    local.faults.now("bad_utf8")
    alive(people, handler)
    assert client.counters["gateway.disconnects"] == 0


@pytest.mark.parametrize(
    ("fault", "options", "compress", "counter", "says"),
    [
        ("bad_zlib", {}, "zlib-stream", "gateway.inflate_errors", "zlib"),
        ("drop", {}, "zlib-stream", "gateway.broken_connections", "without a close frame"),
        ("drop", {"reset": True}, None, "gateway.broken_connections", ""),
    ],
)
def test_a_connection_that_cannot_go_on_is_resumed(
    make: MakeClient,
    local: LocalDiscord,
    people: People,
    caplog: pytest.LogCaptureFixture,
    fault: str,
    options: dict[str, Any],
    compress: str | None,
    counter: str,
    says: str,
):
    handler = Everything()
    client = make(handler, compress=compress)
    client.connect(PATIENCE)
    local.faults.now(fault, **options)
    people.say("meanwhile")
    handler.heard.wait_item("meanwhile")
    alive(people, handler)
    assert client.stats.counts[counter] == 1
    assert says in caplog.text
    assert client.counters["gateway.sent.identify"] == 1
    assert handler.heard.items.count("meanwhile") == 1


@pytest.mark.slow  # what cannot be taken cannot be replayed either: a new session must begin
@pytest.mark.parametrize("compress", ["zlib-stream", None])
def test_more_than_the_limit_is_not_taken(
    make: MakeClient,
    local: LocalDiscord,
    people: People,
    caplog: pytest.LogCaptureFixture,
    compress: str | None,
):
    """With compression this is a bomb: two kilobytes that become two megabytes."""
    handler = Everything()
    client = make(handler, compress=compress, max_message_size=1 << 20)
    client.connect(PATIENCE)
    local.faults.now("oversized", size=2 << 20)
    handler.heard.wait(
        lambda items: [e for e in items if isinstance(e, Disconnected) and not e.will_resume]
    )
    counts = client.stats.counts
    assert counts.get("gateway.oversized", 0) + counts.get("gateway.inflate_errors", 0) >= 3
    assert str(1 << 20) in caplog.text
    handler.heard.wait(lambda items: sum(type(e).__name__ == "Ready" for e in items) == 2)
    alive(people, handler)
    assert client.counters["client.sessions_lost"] == 1


def test_the_limit_is_a_number(make: MakeClient):
    with pytest.raises(InvalidArgument, match="max_message_size"):
        make(max_message_size=0)


@pytest.mark.parametrize("step", ["no_hello", "no_ready"])
def test_an_answer_that_never_comes_while_connecting(
    make: MakeClient,
    local: LocalDiscord,
    people: People,
    caplog: pytest.LogCaptureFixture,
    step: str,
):
    handler = Everything()
    local.faults.add(step)
    client = make(handler, timeouts=Timeouts(hello=0.2, ready=0.2, close=0.2))
    client.connect(PATIENCE)
    alive(people, handler)
    name = step.removeprefix("no_")
    assert client.stats.counts[f"gateway.timeouts.{name}"] >= 1
    assert f"took too long: waiting for {name.upper()}" in caplog.text


def test_a_resumed_that_never_comes_ends_in_a_new_session(
    make: MakeClient, local: LocalDiscord, people: People, caplog: pytest.LogCaptureFixture
):
    handler = Everything()
    client = make(handler, timeouts=Timeouts(ready=0.3, close=0.2))
    client.connect(PATIENCE)
    local.faults.add("no_resumed")
    local.faults.now("drop")
    handler.heard.wait(lambda items: sum(type(e).__name__ == "Ready" for e in items) == 2)
    alive(people, handler)
    assert client.stats.counts["gateway.timeouts.resumed"] == 1
    assert client.stats.counts["client.sessions_lost"] == 1
    assert "waiting for RESUMED" in caplog.text


def test_a_peer_that_freezes(make: MakeClient, people: People, caplog: pytest.LogCaptureFixture):
    with LocalDiscord(heartbeat_interval=0.2) as lively:
        handler = Everything()
        client = make(handler, token=lively.add_bot().token, rest_url=lively.rest_url)
        client.connect(PATIENCE)
        lively.faults.now("freeze")
        crowd = People(lively)
        crowd.say("into the ice")
        handler.heard.wait_item("into the ice")
        assert client.stats.counts["gateway.zombies"] >= 1
        assert "did not answer a heartbeat" in caplog.text
        client.stop()


def test_an_unknown_event_is_delivered(make: MakeClient, local: LocalDiscord, people: People):
    handler = Everything()
    client = make(handler, workers=1)
    client.connect(PATIENCE)
    local.faults.now("unknown_event")
    alive(people, handler)
    [event] = handler.of(UnknownEvent)
    assert event.name == "DISRUPTION_UNKNOWN"
    assert event.data == {"id": "1", "anything": [1, {"a": None}]}


def test_an_event_whose_fields_have_the_wrong_types_is_delivered(
    make: MakeClient, local: LocalDiscord, people: People, caplog: pytest.LogCaptureFixture
):
    handler = Everything()
    client = make(handler, workers=1)
    client.connect(PATIENCE)
    local.faults.now("wrong_types")
    alive(people, handler)
    assert [type(event).__name__ for event in handler.heard.items].count("TypingStart") == 1
    assert client.stats.counts["types.mended_payloads"] == 1
    assert "TypingStart did not fit" in caplog.text
    assert "timestamp" in caplog.text


def test_fields_with_wrong_types_at_depth_cost_no_more_than_themselves(
    make: MakeClient, local: LocalDiscord, people: People, caplog: pytest.LogCaptureFixture
):
    messages: list[Any] = []
    handler = Everything()
    client = make(handler, workers=1)
    client.on(MessageCreate)(messages.append)
    client.connect(PATIENCE)
    raw = people.world.messages.create(people.general, people.ann.id, "template")
    handler.heard.wait_item("template")
    raw.update(
        content="damaged",
        embeds=[{"title": 5, "fields": [{"name": [], "value": "kept"}], "colour": {}}],
        mentions=[{"id": "x", "username": None}, 7],
        author={**raw["author"], "username": {"deep": [1]}, "public_flags": "many"},
        edited_timestamp="yesterday",
        components=[{"type": 1, "components": [{"type": 2, "style": "large"}]}],
        type=-1,
    )
    raw.pop("attachments")
    inject(local, "MESSAGE_CREATE", json.dumps(raw).encode())
    handler.heard.wait_item("damaged")
    alive(people, handler)
    message = next(m for m in messages if m.content == "damaged")
    assert message.author.id == int(people.ann.id)
    assert message.embeds[0].fields[0].value == "kept"
    assert message.edited_timestamp is None
    assert client.stats.counts["types.mended_payloads"] >= 1
    assert "author.username" in caplog.text


def test_an_event_with_broken_utf8_costs_the_characters(
    make: MakeClient, local: LocalDiscord, people: People, caplog: pytest.LogCaptureFixture
):
    handler = Everything()
    client = make(handler, workers=1)
    client.connect(PATIENCE)
    raw = people.world.messages.create(people.general, people.ann.id, "template")
    data = json.dumps(raw).encode().replace(b"template", b"caf\xc3 ol\xff")
    inject(local, "MESSAGE_CREATE", data)
    alive(people, handler)
    assert "caf\ufffd ol\ufffd" in handler.heard.items
    assert client.stats.counts["types.salvaged_payloads"] == 1
    assert "damaged" in caplog.text


@pytest.mark.parametrize("data", [b"[1,2]", b"null", b'"text"', b"17"])
def test_an_event_that_is_no_object_is_dropped_and_counted(
    make: MakeClient,
    local: LocalDiscord,
    people: People,
    caplog: pytest.LogCaptureFixture,
    data: bytes,
):
    handler = Everything()
    client = make(handler, workers=1)
    client.connect(PATIENCE)
    inject(local, "MESSAGE_CREATE", data)
    alive(people, handler)
    assert client.stats.counts["client.undecodable.MESSAGE_CREATE"] == 1
    assert "MESSAGE_CREATE was dropped" in caplog.text
    client.stop(keep_session=True)
    state = client.session_state()
    assert state is not None
    assert state.sequence == local.gateway.hub.sessions()[0].sequence  # it counts as handled


def test_an_event_that_comes_twice_is_delivered_once(
    make: MakeClient, local: LocalDiscord, people: People
):
    handler = Everything()
    client = make(handler, workers=1)
    client.connect(PATIENCE)
    local.faults.add("duplicate", event="MESSAGE_CREATE")
    people.say("once")
    alive(people, handler)
    assert handler.heard.items.count("once") == 1
    assert client.stats.counts["gateway.duplicates"] == 1


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("html", {}),
        ("html", {"status": 200}),
        pytest.param(
            "html", {"status": 429}, marks=pytest.mark.slow
        ),  # waits 5 s, being told nothing
        ("server_error", {"status": 500}),
        ("truncated", {}),
        ("reset", {}),
        ("reset", {"before": True}),
        ("rate_limit", {"retry_after": 0.05}),
        ("rate_limit", {"retry_after": 0.05, "scope": "global"}),
        ("rate_limit", {"retry_after": 0.05, "scope": "shared"}),
    ],
)
def test_a_reply_gets_through_once_whatever_rest_answers_first(
    make: MakeClient,
    local: LocalDiscord,
    people: People,
    caplog: pytest.LogCaptureFixture,
    kind: str,
    options: dict[str, Any],
):
    class Echo(Handler):
        def on_message(self, message: Any) -> None:
            if message.content == "!ping":
                message.reply("Pong!")

    caplog.set_level(logging.INFO)
    client = make(Echo())
    client.connect(PATIENCE)
    local.faults.add(kind, method="POST", route="messages", **options)
    people.say("!ping")
    people.world.channel("#general").expect("Pong!", timeout=PATIENCE)
    client.stop()
    assert local.faults.counts[kind] == 1
    said = [m["content"] for m in people.world.messages.list(people.general, limit=50)]
    assert said.count("Pong!") == 1
    assert client.counters["dispatch.handler_errors"] == 0
    rest = {name: n for name, n in client.stats.counts.items() if name.startswith("rest.")}
    assert sum(n for name, n in rest.items() if name != "rest.requests") >= 1, rest
    assert any(record.name.startswith("disruption.rest") for record in caplog.records)


@pytest.mark.parametrize("kind", ["html", "truncated", "reset", "server_error"])
def test_the_gateways_address_is_asked_for_again(
    make: MakeClient, local: LocalDiscord, people: People, kind: str
):
    handler = Everything()
    local.faults.add(kind, route="gateway/bot", times=2)
    local.faults.add(kind, route="applications/@me", times=1)
    make(handler, workers=1).connect(PATIENCE)
    alive(people, handler)
    assert local.faults.counts[kind] == 3


def test_the_token_is_in_no_log(
    make: MakeClient,
    local: LocalDiscord,
    people: People,
    bot: Bot,
    caplog: pytest.LogCaptureFixture,
):
    caplog.set_level(logging.DEBUG)
    handler = Everything()
    client = make(handler, workers=1)
    local.faults.add("html", times=1)
    local.faults.add("refuse_connection", times=1)
    client.connect(PATIENCE)
    local.faults.now("bad_zlib")
    people.say("x")
    handler.heard.wait_item("x")
    client.channel(int(people.general)).send("hello")
    client.stop()
    assert caplog.records
    secret = bot.token.rpartition(".")[2]
    for record in caplog.records:
        assert secret not in record.getMessage(), record.name
        assert secret not in str(record.exc_info), record.name
