"""From payloads to the sink, with a transport that is a list and a sink that notes what it gets."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
import pytest

from disruption.counters import Counters
from disruption.gateway import OpeningSink
from disruption.gateway.envelope import Envelope, Opened, decode_envelope
from disruption.gateway.pump import Pump
from disruption.gateway.reporting import Reporter
from disruption.gateway.session import Session


class Ended(Exception):
    pass


class Frames:
    """A transport whose connection brings these frames and ends."""

    closing = False

    def __init__(self, frames: Iterable[bytes]) -> None:
        self._frames = iter(frames)

    def receive(self) -> bytes:
        for frame in self._frames:
            return frame
        raise Ended


class Notes:
    """A sink that wants everything as JSON."""

    def __init__(self) -> None:
        self.got: list[Any] = []

    def wants(self, name: str) -> bool:
        return name != "UNWANTED"

    def push(self, name: str, sequence: int, data: bytes | msgspec.Raw, shard: int) -> None:
        self.got.append((name, sequence, bytes(data)))

    def flush(self) -> None: ...

    def connection_event(self, event: Any) -> None: ...

    def fatal(self, error: Any) -> None: ...


class Opening(Notes):
    """A sink that decodes what has an id together with the envelope."""

    def open(self, frame: bytes) -> Envelope | Opened[Any]:
        try:
            return msgspec.json.decode(frame, type=Opened[dict[str, int]])
        except msgspec.ValidationError:
            return decode_envelope(frame)

    def take(self, opened: Opened[Any], sequence: int, size: int, shard: int) -> None:
        self.got.append((opened.t, sequence, opened.d, size))


FRAMES = [
    b'{"t":"TAPPED","s":1,"op":0,"d":{"id":5}}',
    b'{"t":"OTHER","s":2,"op":0,"d":{"id":"six"}}',
    b'{"t":"UNWANTED","s":3,"op":0,"d":{"id":"7"}}',
    b'{"t":"TORN","s":4,"op":0,"d":{"id":',
    b'{"t":null,"s":null,"op":11,"d":null}',
]


def pumped(
    sink: Notes, frames: Iterable[bytes] = FRAMES
) -> tuple[Counters, list[tuple[str, bytes]], list[int], Session]:
    counters = Counters()
    taps: list[tuple[str, bytes]] = []
    controls: list[int] = []

    def clock() -> float:
        return 0.0

    control: Callable[[int, msgspec.Raw], None] = lambda op, data: controls.append(op)  # noqa: E731
    session = Session("token", intents=0)
    pump = Pump(
        session,
        sink,
        control,
        changed=threading.Condition(),
        report=Reporter(0, sink, counters, clock),
        counters=counters,
        clock=clock,
    )
    pump.taps["TAPPED"] = lambda name, data: taps.append((name, bytes(data)))
    with pytest.raises(Ended):
        pump.run(Frames(frames))  # type: ignore[arg-type]
    pump.hand_over(more=False)
    return counters, taps, controls, session


def test_events_go_to_the_sink_as_json():
    sink = Notes()
    assert not isinstance(sink, OpeningSink)
    counters, taps, controls, session = pumped(sink)
    assert sink.got == [("TAPPED", 1, b'{"id":5}'), ("OTHER", 2, b'{"id":"six"}')]
    assert taps == [("TAPPED", b'{"id":5}')]
    assert controls == [11]
    assert session.sequence == 3
    assert counters["gateway.events"] == 2
    assert counters["gateway.ignored"] == 1
    assert counters["gateway.bad_payloads"] == 1


def test_a_sink_may_decode_events_with_their_envelope():
    sink = Opening()
    assert isinstance(sink, OpeningSink)
    counters, taps, controls, session = pumped(sink)
    assert sink.got == [("TAPPED", 1, {"id": 5}, len(FRAMES[0])), ("OTHER", 2, b'{"id":"six"}')]
    assert taps == [("TAPPED", b'{"id":5}')]  # as JSON all the same
    assert controls == [11]
    assert session.sequence == 3
    assert counters["gateway.events"] == 2
    assert counters["gateway.bad_payloads"] == 1


@pytest.mark.parametrize("sink", [Notes(), Opening()], ids=lambda sink: type(sink).__name__)
def test_payloads_that_come_in_one_message_are_taken_one_by_one(sink: Notes):
    frames = [
        b"\n".join((FRAMES[0], FRAMES[1], FRAMES[4])),
        FRAMES[2],
        b'{"t":"LATER","s":4,"op":0,"d":{"id":8}} {"t":"HALF","s":5,"op":0',
        b'{"t":"LAST","s":5,"op":0,"d":{"id":9}}' + FRAMES[4],
    ]
    counters, taps, controls, session = pumped(sink, frames)
    assert [name for name, *_ in sink.got] == ["TAPPED", "OTHER", "LATER", "LAST"]
    assert taps == [("TAPPED", b'{"id":5}')]
    assert controls == [11, 11]
    assert session.sequence == 5
    assert counters["gateway.joined_payloads"] == 3
    assert counters["gateway.bad_payloads"] == 1
