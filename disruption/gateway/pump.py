"""From payloads to the sink: the hot path, run by the reader thread for every event."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable

import msgspec

from ..counters import Counters
from ..errors import DecodeError
from .actions import Note
from .envelope import Envelope, decode_envelope, salvage_envelope
from .joined import one_by_one, take_apart
from .reporting import Reporter
from .session import Session
from .sink import EventSink, OpeningSink
from .transport import Transport

__all__ = ["Pump", "Tap"]

OWN_PAUSE = 0.05  # seconds the sink may take before the heartbeat is told that we were away

# Seconds for which a reader that would go on at once leaves the interpreter to those who take
# what it has handed over. If it gives the interpreter's lock away for the time of a read only,
# it has it back before another thread has woken: events queue up by the hundred, and less
# of their memory is in the processor's caches. Elsewhere a sleep takes a millisecond or more.
_LET_IN = 20e-6 if os.name == "posix" else 0.0

Tap = Callable[[str, "bytes | msgspec.Raw"], None]


class Pump:
    """Moves what one shard's connections receive; used by the reader thread alone.

    Args:
        session: Numbered events advance its sequence.
        sink: Where events go.
        control: Given the opcode and data of what is no event.
        changed: Guards the session.
        report: For what is odd.
        counters: Where events are counted.
        clock: Returns monotonic seconds.
    """

    def __init__(
        self,
        session: Session,
        sink: EventSink,
        control: Callable[[int, msgspec.Raw], None],
        *,
        changed: threading.Condition,
        report: Reporter,
        counters: Counters,
        clock: Callable[[], float],
    ) -> None:
        self.taps: dict[str, Tap] = {}  # called after the push, whether anyone listens or not
        self._session = session
        self._sink = sink
        self._control = control
        self._changed = changed
        self._report = report
        self._counters = counters
        self._clock = clock
        self._pushed = 0  # events since the last flush
        self._ignored = 0  # events nobody listened to since the last flush

    def run(self, transport: Transport) -> None:
        """Handle payloads until the connection ends, which `transport.receive` raises."""
        receive = transport.receive
        session = self._session
        taps = self.taps
        sink = self._sink
        wants, push = sink.wants, sink.push
        opening = sink if isinstance(sink, OpeningSink) else None
        decode = decode_envelope if opening is None else opening.open
        shard = session.shard[0]
        joined: deque[bytes] | None = None  # payloads that came in one message
        while True:
            data = payload = None
            data = receive()
            try:
                payload = decode(data)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                parts = take_apart(data)
                if parts:
                    text = f"{len(parts)} payloads came in one message and were taken one by one"
                    self._report.note(Note("gateway.joined_payloads", text))
                    if joined is None:
                        joined = deque()
                        receive = one_by_one(joined, receive).__next__
                    joined.extend(parts)
                    continue
                payload = self._salvaged(data, error)
                if payload is None:
                    continue
            if payload.op:
                self._control(payload.op, payload.d)
                continue
            if transport.closing:
                continue  # it does not count as seen: a resume brings it again
            name = payload.t
            sequence = payload.s
            if sequence != session.sequence + 1:
                sequence = self._judge(sequence, name)
                if sequence is None:
                    continue
            if name is None:
                session.sequence = sequence
                self._report.note(Note("gateway.bad_payloads", "an event without a name came"))
                continue
            try:
                if type(payload) is not Envelope:
                    assert opening is not None
                    opening.take(payload, sequence, len(data), shard)
                    self._pushed += 1
                elif wants(name):
                    push(name, sequence, payload.d, shard)
                    self._pushed += 1
                else:
                    self._ignored += 1
            except Exception:
                self._report.failed(f"the sink at {name}")
            # Only now: whoever reads the sequence must find its event pushed.
            session.sequence = sequence
            if name in taps:
                if type(payload) is not Envelope:
                    payload = decode_envelope(data)  # a tap takes it as JSON
                taps[name](name, payload.d)

    def hand_over(self, more: bool) -> None:
        """The read buffer is drained: let the sink pass on what it was given.

        Args:
            more: Whether the socket has more already.
        """
        if self._ignored:
            self._counters.add("gateway.ignored", self._ignored)
            self._ignored = 0
        if not self._pushed:
            return
        self._counters.add("gateway.events", self._pushed)
        self._pushed = 0
        heartbeat = self._session.heartbeat
        began = self._clock()
        heartbeat.pause()
        try:
            self._sink.flush()
        except Exception:
            self._report.failed("the sink")
        now = self._clock()
        if now - began > OWN_PAUSE:
            self._counters.add("gateway.pauses")
            with self._changed:
                heartbeat.unpause(now)
        else:
            heartbeat.paused = False
        if more:
            time.sleep(_LET_IN)

    def _judge(self, sequence: int | None, name: str | None) -> int | None:
        """Judge an event that is not the next; return its number, None to drop it."""
        with self._changed:
            number, note = self._session.odd_sequence(sequence, name)
        if note is not None:
            self._report.note(note)
        return number

    def _salvaged(self, data: bytes, error: Exception) -> Envelope | None:
        """Return what can be read of a payload that was refused, None where it is dropped."""
        try:
            payload = salvage_envelope(data, error)
        except DecodeError:
            text = f"a payload of {len(data)} bytes cannot be read and was dropped: {error}"
            self._report.note(Note("gateway.bad_payloads", text))
            return None
        text = f"a payload of {len(data)} bytes was damaged ({error}); what could be read was taken"
        self._report.note(Note("gateway.salvaged_payloads", text))
        return payload
