from __future__ import annotations

import threading
from typing import Any

import pytest

from disruption.counters import Counters
from disruption.errors import (
    ClientStopped,
    FatalClose,
    NotConnected,
    PayloadTooLarge,
    WaitTimeout,
)
from disruption.gateway import SendLimiter, Session
from disruption.gateway.failures import TransportError
from disruption.gateway.outbox import Outbox

PATIENCE = 30.0


class Wire:
    """A transport that keeps what it is given."""

    def __init__(self) -> None:
        self.closing = False
        self.broken = False
        self.sent: list[bytes] = []

    def send(self, data: bytes) -> None:
        if self.broken:
            raise TransportError("cut")
        self.sent.append(data)


class Fixture:
    def __init__(self) -> None:
        self.now = 0.0
        self.session = Session("token", intents=1)
        self.session.heartbeat.start(41.25, 0.5, 0.0)
        self.changed = threading.Condition()
        self.outbox = Outbox(self.session, self.changed, Counters(), lambda: self.now)
        self.wire: Any = Wire()

    def open(self) -> None:
        with self.changed:
            self.outbox.open(self.wire)


@pytest.fixture
def box() -> Fixture:
    return Fixture()


COMMAND = {"op": 4, "d": {}}
PRESENCE = {"op": 3, "d": {"status": "idle"}}


def test_sends_on_the_established_session_and_tells_which(box: Fixture):
    box.outbox.start()
    box.open()
    assert box.outbox.transmit(COMMAND, 0) == 1
    with box.changed:
        box.outbox.pause()
    box.open()
    assert box.outbox.transmit(COMMAND, 0) == 2
    assert box.wire.sent == [b'{"op":4,"d":{}}'] * 2


def test_waits_for_a_session(box: Fixture):
    box.outbox.start()
    thread = threading.Thread(target=box.outbox.transmit, args=(COMMAND, None))
    thread.start()
    box.open()
    thread.join(PATIENCE)
    assert len(box.wire.sent) == 1


def test_without_a_session_in_time_it_says_so(box: Fixture):
    box.outbox.start()
    with pytest.raises(NotConnected):
        box.outbox.transmit(COMMAND, 0)
    box.open()
    box.wire.closing = True
    with pytest.raises(NotConnected):
        box.outbox.transmit(COMMAND, 0)


def test_before_the_start_and_after_the_end_it_raises(box: Fixture):
    with pytest.raises(ClientStopped):
        box.outbox.transmit(COMMAND, None)
    box.outbox.start()
    with box.changed:
        box.outbox.close(FatalClose(4004))
        box.outbox.close(ClientStopped("later"))
    with pytest.raises(FatalClose):
        box.outbox.transmit(COMMAND, None)


def test_a_send_that_breaks_may_not_have_arrived(box: Fixture):
    box.outbox.start()
    box.open()
    box.wire.broken = True
    with pytest.raises(NotConnected, match="may not"):
        box.outbox.transmit(COMMAND, 0)


def test_a_payload_that_is_too_large_is_refused_at_once(box: Fixture):
    with pytest.raises(PayloadTooLarge):
        box.outbox.transmit(b"x" * 4097, None)


def test_the_limits_are_kept_and_named(box: Fixture):
    box.outbox.start()
    box.open()
    for _ in range(5):
        box.outbox.transmit(PRESENCE, 0)
    with pytest.raises(WaitTimeout, match="5 presence updates"):
        box.outbox.transmit(PRESENCE, 1)
    box.now = 21.0
    box.outbox.transmit(PRESENCE, 0)
    box.now = 1000.0
    for _ in range(SendLimiter().capacity):
        box.outbox.transmit(COMMAND, 0)
    with pytest.raises(WaitTimeout, match="120 sends"):
        box.outbox.transmit(COMMAND, 0)


def test_the_last_presence_is_kept_for_the_next_identify(box: Fixture):
    box.outbox.start()
    box.open()
    box.outbox.transmit(PRESENCE, 0)
    assert box.session.presence == {"status": "idle"}
