"""Gateway commands on their way out: they wait for a session and for the send limit."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

from ..counters import Counters
from ..errors import ClientStopped, DisruptionError, NotConnected, WaitTimeout
from .envelope import encode
from .failures import TransportError
from .limiter import SendLimiter, check_size
from .session import Session
from .transport import Transport
from .waiting import wait_on

__all__ = ["Outbox"]

_PRESENCE = 3  # the opcode of a presence update


class Outbox:
    """What any thread sends over one shard's connections.

    Args:
        session: Remembers the last presence for its next IDENTIFY.
        changed: Guards the session and the outbox.
        counters: Where waits are counted.
        clock: Returns monotonic seconds.
    """

    def __init__(
        self,
        session: Session,
        changed: threading.Condition,
        counters: Counters,
        clock: Callable[[], float],
    ) -> None:
        self.generation = 0  # how often a session has begun or was resumed
        self._session = session
        self._changed = changed
        self._counters = counters
        self._clock = clock
        self._limiter = SendLimiter()
        self._transport: Transport | None = None  # of the established session
        self._error: DisruptionError | None = ClientStopped("the gateway is not connected")

    def start(self) -> None:
        """Let commands wait for the first session."""
        self._error = None

    # Under `changed`, by the connection ---------------------------------------------------

    def open(self, transport: Transport | None) -> None:
        """A session is established on this connection."""
        self._limiter.reset(self._session.heartbeat.interval or 0.0)
        self._transport = transport
        self.generation += 1
        self._changed.notify_all()

    def pause(self) -> None:
        """The connection has ended; another will follow."""
        self._transport = None

    def close(self, error: DisruptionError) -> None:
        """No session will follow: every command raises `error` from now on."""
        if self._error is None:
            self._error = error
        self._transport = None
        self._changed.notify_all()

    # By any thread --------------------------------------------------------------------------

    def transmit(self, payload: Mapping[str, Any] | bytes, timeout: float | None) -> int:
        """Send a command and return the generation of the session that it went to.

        Raises:
            PayloadTooLarge: It has more than 4096 bytes.
            NotConnected: There was no session before the timeout, or it broke in the middle.
            WaitTimeout: The send limit would last beyond the timeout.
            DisruptionError: The connection is over; what `close` was given.
        """
        data = payload if isinstance(payload, bytes) else encode(payload)
        check_size(data)
        presence = None
        if not isinstance(payload, bytes) and payload.get("op") == _PRESENCE:
            presence = payload.get("d")
        deadline = None if timeout is None else self._clock() + timeout
        with self._changed:
            transport = self._wait_for_room(deadline, presence is not None)
            if presence is not None:
                self._session.presence = presence  # a new session shall begin with it
            generation = self.generation
        try:
            transport.send(data)
        except TransportError as error:
            raise NotConnected(f"the command may not have been sent: {error}") from error
        self._counters.add("gateway.sent.command")
        return generation

    def _wait_for_room(self, deadline: float | None, presence: bool) -> Transport:
        delayed = False
        while True:
            if self._error is not None:
                raise self._error
            now = self._clock()
            wait: float | None = None
            transport = self._transport
            if transport is not None and not transport.closing:
                wait = self._limiter.delay(now, presence=presence)
                if wait <= 0:
                    self._limiter.take(now, presence=presence)
                    return transport
                if deadline is not None and now + wait > deadline:
                    limit = "5 presence updates in 20 s" if presence else "120 sends a minute"
                    raise WaitTimeout(f"the limit of {limit} lasts another {wait:.1f} s")
                if not delayed:
                    self._counters.add("gateway.sends_delayed")
                    delayed = True
            elif deadline is not None:
                wait = deadline - now
                if wait <= 0:
                    phase = self._session.phase.value
                    raise NotConnected(f"there is no gateway session to send this on ({phase})")
            wait_on(self._changed, wait)
