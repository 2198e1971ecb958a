"""What a client tells about itself: who the bot is, its session, how it is doing."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from ..counters import Counters
from ..types import PartialApplication, User, decode
from .stats import ClientStats

if TYPE_CHECKING:
    from ..dispatch import Dispatcher
    from ..gateway import Connection, Session, SessionState
    from ..rest import Rest

__all__ = ["Telling"]


class Telling:
    """The part of the client that can be asked."""

    rest: Rest
    counters: Counters
    dispatcher: Dispatcher
    _changed: threading.Condition  # guards what follows
    _connection: Connection | None
    _before: Session | None  # of the connection before this one
    _state: SessionState | None  # a stopped client's
    _running: bool
    _started_at: float

    @property
    def user(self) -> User | None:
        """The bot's user, None before the first READY."""
        raw = self._told("user")
        return None if raw is None else decode(User, raw, self)

    @property
    def application(self) -> PartialApplication | None:
        """The bot's application, None before the first READY."""
        raw = self._told("application")
        return None if raw is None else decode(PartialApplication, raw, self)

    def _told(self, part: str) -> bytes | None:
        """Return what the newest READY said; it outlives its session."""
        connection = self._connection
        for session in (None if connection is None else connection.session, self._before):
            raw: bytes = b"null" if session is None else getattr(session, part)
            if raw != b"null":
                return raw
        return None

    def session_state(self) -> SessionState | None:
        """Return the session as the next client needs it to go on, None where there is none.

        Its sequence is the one up to which every event has been handled: what is not is sent
        again. After ``stop(keep_session=True)`` nothing is missed and nothing comes twice.
        """
        with self._changed:
            connection = self._connection if self._running else None
            if connection is None:
                return self._state
        return connection.state()

    @property
    def is_ready(self) -> bool:
        """Whether a session is established at this moment."""
        connection = self._connection
        return self._running and connection is not None and connection.is_ready

    @property
    def latency(self) -> float | None:
        """Seconds between the last heartbeat and its answer; None before the first."""
        connection = self._connection
        return None if connection is None else connection.latency

    @property
    def stats(self) -> ClientStats:
        """What the client is doing at this moment, and all it has counted."""
        return ClientStats(
            ready=self.is_ready,
            latency=self.latency,
            uptime=time.monotonic() - self._started_at if self._running else 0.0,
            dispatch=self.dispatcher.stats(),
            counts=self.counters.snapshot(),
        )
