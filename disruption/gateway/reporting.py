"""Count, log and tell the sink what happens to one shard's connection."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable

from ..counters import Counters
from ..errors import GatewayError
from ..throttle import OncePerKind
from .actions import Note, Retry, Started
from .closecodes import END_SESSION
from .sink import (
    ConnectionEvent,
    Disconnected,
    EventSink,
    SessionLost,
    SessionResumed,
    SessionStarted,
)

__all__ = ["Reporter"]

log = logging.getLogger("disruption.gateway")


class Reporter:
    """The voice of one connection; whatever the sink raises ends here.

    Args:
        shard: The number of the shard.
        sink: Who is told.
        counters: Where things are counted.
        clock: Returns monotonic seconds.
    """

    def __init__(
        self, shard: int, sink: EventSink, counters: Counters, clock: Callable[[], float]
    ) -> None:
        self._shard = shard
        self._sink = sink
        self._counters = counters
        self._clock = clock
        self._throttles = OncePerKind()  # one a counter: a flood must not fill the log

    def count(self, name: str) -> None:
        """Raise a counter by one."""
        self._counters.add(name)

    def note(self, note: Note) -> None:
        """Count something odd, and log it at most once a minute."""
        self.count(note.counter)
        tail = self._throttles.tail(note.counter, self._clock())
        if tail is not None:
            self.say(note.level, "shard %d: %s%s", self._shard, note.message, tail)

    def failed(self, what: str, counter: str = "gateway.sink_errors") -> None:
        """Log the exception being handled; the connection goes on."""
        self.count(counter)
        self.say(logging.ERROR, "shard %d: %s failed", self._shard, what, trace=True)

    def say(self, level: int, text: str, *values: object, trace: bool = False) -> None:
        """Log; a log handler of the program's that raises must not end the reader."""
        try:
            log.log(level, text, *values, exc_info=trace)
        except Exception:
            if self._counters.add("gateway.log_errors") == 1 and sys.stderr is not None:
                traceback.print_exc()

    def tell(self, event: ConnectionEvent) -> None:
        """Give an event of the connection itself to the sink."""
        try:
            self._sink.connection_event(event)
        except Exception:
            self.failed(f"the sink at {type(event).__name__}")

    def begun(self, started: Started) -> None:
        """A session was established."""
        if started.resumed:
            self.count("gateway.resumes")
            self.say(
                logging.INFO, "shard %d: resumed, %d events replayed", self._shard, started.replayed
            )
            self.tell(SessionResumed(self._shard, started.session_id, started.replayed))
        else:
            if started.lost is not None:
                self._session_lost(*started.lost, "Discord began a new one where it was resumed")
            self.count("gateway.sessions")
            self.say(logging.INFO, "shard %d: a session has begun", self._shard)
            self.tell(SessionStarted(self._shard, started.session_id))

    def disconnected(self, code: int | None, retry: Retry) -> None:
        """The connection ended and will be opened again."""
        self.count("gateway.disconnects")
        self.say(
            logging.WARNING,
            "shard %d: disconnected: %s; will %s in %.1f s",
            self._shard,
            retry.reason,
            "resume" if retry.resume else "start a new session",
            retry.delay,
        )
        self.tell(Disconnected(self._shard, code, retry.reason, True, retry.resume, retry.delay))
        if retry.lost is not None:
            self._session_lost(*retry.lost, retry.reason)

    def _session_lost(self, session_id: str, sequence: int, reason: str) -> None:
        self.count("gateway.sessions_lost")
        self.say(
            logging.WARNING,
            "shard %d: the session is lost after event %d (%s): what happens until the new one "
            "begins is missed",
            self._shard,
            sequence,
            reason,
        )
        self.tell(SessionLost(self._shard, session_id, sequence, reason))

    def stopped(self, code: int | None) -> None:
        """The connection ended because its owner stopped it."""
        self.say(logging.INFO, "shard %d: disconnected", self._shard)
        kept = code != END_SESSION
        self.tell(Disconnected(self._shard, code, "stopped", False, kept, 0.0))

    def fatal(self, code: int | None, error: GatewayError) -> None:
        """The connection is over for good."""
        self.count("gateway.fatal")
        self.say(logging.ERROR, "shard %d: %s", self._shard, error)
        self.tell(Disconnected(self._shard, code, str(error), False, False, 0.0))
        try:
            self._sink.fatal(error)
        except Exception:
            self.failed("the sink at a fatal error")
