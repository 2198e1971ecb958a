"""What happens to the session: resumes, restarts, fatal ends, and how a bot is told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from client_bots import PATIENCE, Heard, Listener, People, finish, in_thread

from disruption import (
    AlreadyConnected,
    AuthenticationFailed,
    Client,
    Connected,
    ConnectionFailed,
    DisallowedIntents,
    Disconnected,
    FatalClose,
    Handler,
    MessageCreate,
    SessionState,
)
from disruption.local import LocalDiscord

MakeClient = Callable[..., Client]


class Told(Handler):
    """Keeps what happens to the connection, and messages."""

    def __init__(self) -> None:
        self.heard = Heard()

    def on_connect(self, event: Connected) -> None:
        self.heard.add(event)

    def on_disconnect(self, event: Disconnected) -> None:
        self.heard.add(event)

    def on_resumed(self, event: Any) -> None:
        self.heard.add("resumed")

    def on_ready(self, ready: Any) -> None:
        self.heard.add("ready")

    def on_message(self, message: Any) -> None:
        self.heard.add(message.content)


def test_the_handler_is_told_of_a_resume(
    make: MakeClient, local: LocalDiscord, people: People, quick: None
):
    told = Told()
    client = make(told, workers=1)
    client.connect(PATIENCE)
    told.heard.wait_item("ready")  # or what happens to the connection would overtake it
    local.faults.add("close", code=4000, reason="out of milk", event="MESSAGE_CREATE")
    people.say("missed at first")
    items = told.heard.wait_item("resumed")
    assert items[0] == Connected(0, resuming=False)
    assert items[1] == "ready"
    end = items[2]
    assert isinstance(end, Disconnected)
    assert end.code == 4000
    assert "out of milk" in end.reason
    assert (end.will_reconnect, end.will_resume) == (True, True)
    assert end.delay > 0
    assert items[3] == Connected(0, resuming=True)
    assert items[4:] == ["missed at first", "resumed"]
    assert client.stats.counts["gateway.close_codes.4000"] == 1
    assert client.stats.counts["client.sessions_resumed"] == 1


@pytest.mark.parametrize(
    ("fault", "options", "reason"),
    [
        ("drop", {}, "without a close frame"),
        ("drop", {"reset": True}, ""),
        ("reconnect", {}, "op 7"),
        ("invalid_session", {"resumable": True}, "op 9, resumable"),
        ("close", {"code": 1000}, "1000"),
        ("close", {"code": 1001}, "1001"),
        ("close", {"code": 4008}, "rate limited"),
    ],
)
def test_nothing_is_missed_through_an_interruption(
    make: MakeClient,
    local: LocalDiscord,
    people: People,
    quick: None,
    fault: str,
    options: dict[str, Any],
    reason: str,
):
    told = Told()
    client = make(told, ordering="channel")
    client.connect(PATIENCE)
    for number in range(50):
        if number == 20:
            local.faults.add(fault, event="MESSAGE_CREATE", **options)
        people.say(str(number))
    told.heard.wait_item("49")
    # Another worker has this one.
    items = told.heard.wait(lambda items: any(isinstance(item, Disconnected) for item in items))
    assert [item for item in items if item in map(str, range(50))] == [str(n) for n in range(50)]
    ends = [item for item in items if isinstance(item, Disconnected)]
    assert len(ends) == 1
    assert reason in ends[0].reason
    assert ends[0].will_resume
    assert client.counters["gateway.sent.identify"] == 1


@pytest.mark.slow  # Discord wants 1 to 5 s to pass before the next identify
@pytest.mark.parametrize(
    ("fault", "options"),
    [("invalid_session", {}), ("refuse_resume", {})],
)
def test_a_lost_session_is_announced(
    make: MakeClient,
    local: LocalDiscord,
    people: People,
    quick: None,
    caplog: pytest.LogCaptureFixture,
    fault: str,
    options: dict[str, Any],
):
    class Asks(Told):
        def __init__(self) -> None:
            super().__init__()
            self.users: list[Any] = []

        def on_disconnect(self, event: Disconnected) -> None:
            self.users.append(client.user)  # who one is one knows without a session too
            super().on_disconnect(event)

    told = Asks()
    client = make(told)
    client.connect(PATIENCE)
    if fault == "refuse_resume":
        local.faults.add("refuse_resume")
        local.faults.now("drop")
    else:
        local.faults.now("invalid_session")
    told.heard.wait(lambda items: items.count("ready") == 2)
    ends = [item for item in told.heard.items if isinstance(item, Disconnected)]
    assert not all(end.will_resume for end in ends)
    assert None not in told.users
    assert client.counters["client.sessions_lost"] == 1
    assert "lost its session" in caplog.text
    people.say("back")
    told.heard.wait_item("back")


def test_the_handler_is_told_of_a_stop(make: MakeClient):
    told = Told()
    client = make(told, workers=1)
    client.connect(PATIENCE)
    told.heard.wait_item("ready")
    client.stop()
    end = told.heard.items[-1]
    assert isinstance(end, Disconnected)
    assert (end.code, end.reason) == (1000, "stopped")
    assert (end.will_reconnect, end.will_resume) == (False, False)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (4004, AuthenticationFailed),
        (4010, FatalClose),
        (4011, FatalClose),
        (4012, FatalClose),
        (4013, FatalClose),
        (4014, DisallowedIntents),
    ],
)
def test_a_fatal_close_is_raised_wherever_somebody_waits(
    make: MakeClient,
    local: LocalDiscord,
    people: People,
    code: int,
    error: type[FatalClose],
    caplog: pytest.LogCaptureFixture,
):
    told = Told()
    client = make(told)
    client.connect(PATIENCE)
    calls = {
        "start": in_thread(client.start),
        "run": in_thread(client.run),
        "wait_for": in_thread(lambda: client.wait_for(MessageCreate)),
        "events": in_thread(lambda: next(client.events(MessageCreate))),
        "fetch_members": in_thread(lambda: client.fetch_members(1, query="x", limit=1)),
    }
    local.faults.now("close", code=code)
    for name, (thread, outcome) in calls.items():
        finish(thread)
        assert type(outcome[0]) is error, name
        assert outcome[0].code == code
        assert outcome[0].advice
    with pytest.raises(error):
        client.wait_until_ready(0)
    items = told.heard.wait(lambda items: any(isinstance(item, Disconnected) for item in items))
    [end] = [item for item in items if isinstance(item, Disconnected)]
    assert (end.code, end.will_reconnect) == (code, False)
    assert str(code) in end.reason
    assert str(code) in caplog.text
    assert client.counters["gateway.fatal"] == 1
    assert not client.is_ready


def test_a_fatal_close_while_connecting(make: MakeClient, local: LocalDiscord):
    client = make(intents=1 << 62 | 1)
    with pytest.raises(FatalClose, match="4013"):
        client.connect(PATIENCE)


def test_start_after_a_fatal_close_tries_again(
    make: MakeClient, local: LocalDiscord, people: People, quick: None
):
    listener = Listener()
    client = make(listener)
    thread, outcome = in_thread(client.start)
    people.await_session()
    client.wait_until_ready(PATIENCE)
    local.faults.now("close", code=4011)
    finish(thread)
    assert isinstance(outcome[0], FatalClose)
    client.connect(PATIENCE)
    people.say("again")
    listener.heard.wait_item("again")


def test_a_handler_that_waits_ends_quietly_with_a_fatal_close(
    make: MakeClient, local: LocalDiscord, people: People
):
    waits, outcome = threading.Event(), Heard()

    class Dialogue(Handler):
        def on_message(self, message: Any) -> None:
            stream = client.events(MessageCreate)
            waits.set()
            try:
                next(stream)
            except FatalClose as error:
                outcome.add(error.code)
                raise

        def on_error(self, error: BaseException, event: Any) -> None:
            outcome.add("on_error")

    client = make(Dialogue())
    client.connect(PATIENCE)
    people.say("ask")
    assert waits.wait(PATIENCE)
    local.faults.now("close", code=4004)
    outcome.wait_item(4004)
    client.stop()
    assert outcome.items == [4004]
    assert client.counters["dispatch.handlers_ended_by_stop"] == 1


def test_a_stop_ends_the_session_on_discords_side(make: MakeClient, people: People):
    client = make()
    client.connect(PATIENCE)
    client.stop()
    assert client.session_state() is None
    assert client.user is not None
    hub = people.discord.gateway.hub
    assert people.world.wait_until(lambda: not hub.sessions(), PATIENCE)


def test_a_kept_session_goes_on_in_the_next_client(make: MakeClient, people: People):
    first, second = Listener(), Told()
    client = make(first)
    client.connect(PATIENCE)
    people.say("one")
    first.heard.wait_item("one")
    client.stop(keep_session=True)
    people.await_session(connected=False)
    people.say("two")
    people.say("three")
    saved = client.session_state()
    assert saved is not None
    assert saved.session_id not in repr(saved)
    state = SessionState.from_dict(json.loads(json.dumps(saved.to_dict())))

    successor = make(second, session=state, workers=1)
    successor.connect(PATIENCE)
    assert successor.user is not None
    assert successor.user.username == "bot"
    people.say("four")
    items = second.heard.wait_item("four")
    assert items == [Connected(0, resuming=True), "two", "three", "resumed", "four"]
    assert first.heard.items == ["one"]
    assert successor.counters["gateway.sent.identify"] == 0


@pytest.mark.parametrize("fault", ["no_hello", "setup", "other client"])
def test_a_connect_that_fails_does_not_cost_the_session(
    make: MakeClient,
    people: People,
    local: LocalDiscord,
    fault: str,
    quick: None,
    caplog: pytest.LogCaptureFixture,
):
    first = make(Told())
    first.connect(PATIENCE)
    first.stop(keep_session=True)
    people.say("meanwhile")

    class Second(Told):
        fails = fault == "setup"

        def setup(self, client: Client) -> None:
            if self.fails:
                raise LookupError

    told = Second()
    client = make(told, session=first.session_state())
    if fault == "no_hello":
        local.faults.add("no_hello", times=None)
        with pytest.raises(ConnectionFailed):
            client.connect(0.2)
        local.faults.clear()
    elif fault == "setup":
        with pytest.raises(LookupError):
            client.connect(PATIENCE)
        told.fails = False
    else:
        other = make()
        other.connect(PATIENCE)
        with pytest.raises(AlreadyConnected):
            client.connect(PATIENCE)
        other.stop()
    client.connect(PATIENCE)
    told.heard.wait_item("meanwhile")
    assert client.counters["gateway.sent.identify"] == 0
    # A session of one Discord, and its token, are not shown to another.
    assert "discord.gg" not in caplog.text


def test_a_kept_session_goes_on_in_the_same_client(make: MakeClient, people: People):
    listener = Listener()
    client = make(listener, ordering="channel")
    for number in range(3):
        client.connect(PATIENCE)
        people.say(f"during {number}")
        listener.heard.wait_item(f"during {number}")
        client.stop(keep_session=True)
        people.await_session(connected=False)
        people.say(f"between {number}")
    client.connect(PATIENCE)
    listener.heard.wait_item("between 2")
    assert listener.heard.items == [
        f"{when} {number}" for number in range(3) for when in ("during", "between")
    ]
    assert client.counters["gateway.sent.identify"] == 1


def test_nothing_is_lost_or_doubled_when_it_is_stopped_under_load(make: MakeClient, people: People):
    """Stop and resume again and again while messages pour in."""
    listener = Listener()
    client = make(listener, ordering="channel", workers=2)
    pouring = threading.Event()
    pouring.set()
    sent = 0

    def pour() -> None:
        nonlocal sent
        while pouring.is_set():
            people.say(str(sent))
            sent += 1
            # Discord does not keep any number of events for a resume either.
            listener.heard.wait_count(sent - 500)

    client.connect(PATIENCE)
    thread, outcome = in_thread(pour)
    for _ in range(4):
        count = len(listener.heard.items)
        listener.heard.wait_count(count + 200)
        client.stop(keep_session=True)
        client.connect(PATIENCE)
    pouring.clear()
    finish(thread)
    assert outcome == [None]
    assert listener.heard.wait_count(sent) == [str(number) for number in range(sent)]
    assert client.counters["gateway.sent.identify"] == 1


def test_what_a_crashed_client_had_not_handled_comes_again(
    make: MakeClient, people: People, local: LocalDiscord
):
    gate, entered = threading.Event(), Heard()

    class Slow(Handler):
        def on_message(self, message: Any) -> None:
            entered.add(message.content)
            if message.content == "stuck":
                assert gate.wait(PATIENCE)

    client = make(Slow())
    client.connect(PATIENCE)
    people.say("done")
    entered.wait_item("done")
    people.say("stuck")
    people.say("done too")
    entered.wait_item("done too")
    # What a session store would have kept when the process died.
    state = client.session_state()
    assert state is not None
    client.stop(timeout=0, keep_session=True)
    successor = Listener()
    make(successor, session=state, ordering="channel").connect(PATIENCE)
    items = successor.heard.wait_item("done too")
    assert items[-2:] == ["stuck", "done too"]  # at least once
    gate.set()
    for left in threading.enumerate():
        if left.name.startswith(f"{client.name}-"):
            left.join(PATIENCE)


def test_what_a_stop_had_to_drop_comes_again(
    make: MakeClient, people: People, caplog: pytest.LogCaptureFixture
):
    gate, entered = threading.Event(), threading.Event()

    class Slow(Handler):
        def on_message(self, message: Any) -> None:
            entered.set()
            assert gate.wait(PATIENCE)

    client = make(Slow(), workers=1)
    client.connect(PATIENCE)
    with client.events(MessageCreate) as seen:
        for text in ("in the handler", "queued", "queued too"):
            people.say(text)
        for _ in range(3):
            next(seen)
    assert entered.wait(PATIENCE)
    client.stop(timeout=0, keep_session=True)
    gate.set()
    successor = Listener()
    make(successor, session=client.session_state(), workers=1).connect(PATIENCE)
    assert successor.heard.wait_count(3) == ["in the handler", "queued", "queued too"]
    for left in threading.enumerate():
        if left.name.startswith(f"{client.name}-"):
            left.join(PATIENCE)
    assert "Dropped 2 events" in caplog.text


@pytest.mark.slow
def test_a_session_that_discord_has_forgotten_is_replaced(
    make: MakeClient, people: People, local: LocalDiscord, quick: None
):
    client = make(Listener())
    client.connect(PATIENCE)
    state = client.session_state()
    client.stop()
    told = Told()
    successor = make(told, session=state)
    successor.connect(PATIENCE)
    people.say("hello")
    told.heard.wait_item("hello")
    told.heard.wait_item("ready")  # another worker's, which may be behind
    assert successor.counters["client.sessions_lost"] == 1


def test_a_session_with_other_intents_is_not_resumed(make: MakeClient, people: People, quick: None):
    client = make()
    client.connect(PATIENCE)
    client.stop(keep_session=True)
    told = Told()
    successor = make(told, session=client.session_state())
    successor.connect(PATIENCE)
    told.heard.wait_item("ready")
    assert successor.counters["gateway.states_refused"] == 1


def test_a_zombie_is_noticed_and_the_session_resumed(make: MakeClient, quick: None):
    with LocalDiscord(heartbeat_interval=0.3) as lively:
        lively.faults.add("no_ack", skip=1)
        told = Told()
        client = make(told, token=lively.add_bot().token, rest_url=lively.rest_url)
        client.connect(PATIENCE)
        items = told.heard.wait_item("resumed")
        ends = [item for item in items if isinstance(item, Disconnected)]
        assert any("heartbeat" in end.reason for end in ends)
        assert client.counters["gateway.zombies"] >= 1
        assert client.latency is not None
        assert client.stats.latency is not None
        People(lively).say("alive")
        told.heard.wait_item("alive")
        client.stop()
