"""When to beat, and when silence means that the peer is gone.

See https://discord.com/developers/docs/events/gateway#sending-heartbeats
"""

from __future__ import annotations

import enum

__all__ = ["Beat", "Heartbeat"]


class Beat(enum.Enum):
    """What is due."""

    NOTHING = enum.auto()
    SEND = enum.auto()
    ZOMBIE = enum.auto()


class Heartbeat:
    """The beats of one connection; all times are monotonic seconds.

    A peer that did not answer a beat by the time the next one is due is taken
    for dead, unless this side was the one that did not listen: its reader was
    held back, or the whole process stood still.
    """

    def __init__(self) -> None:
        self.interval: float | None = None  # None before HELLO
        self.next_at: float | None = None  # when the next scheduled beat is due
        self.latency: float | None = None  # from the last beat to its answer
        self.paused = False  # the reader is being held back by this side
        self._scheduled_at = 0.0  # when the last scheduled beat went out
        self._sent_at: float | None = None  # when the last beat of any kind went out
        self._waiting_since: float | None = None  # the first beat that nobody answered

    def start(self, interval: float, jitter: float, now: float) -> None:
        """HELLO told the interval: the first beat comes after a share `jitter` of it."""
        self.interval = interval
        self.next_at = now + interval * jitter
        self.paused = False
        self._scheduled_at = now
        self._sent_at = None
        self._waiting_since = None

    def stop(self) -> None:
        """The connection is ending: no more beats."""
        self.next_at = None
        self._waiting_since = None

    def due(self, now: float) -> Beat:
        """Return what to do at `now`; SEND also schedules the next beat."""
        if self.next_at is None or self.interval is None or now < self.next_at:
            return Beat.NOTHING
        if self._waiting_since is not None:
            # A timer that rings this late means that nothing ran here, the reader included:
            # the answer may lie unread in the socket.
            stood_still = now - self.next_at > self.interval / 2
            if self.paused or stood_still:
                self._waiting_since = now
            elif self._waiting_since <= self._scheduled_at:
                return Beat.ZOMBIE
        self._scheduled_at = now
        self.next_at = now + self.interval
        self.sent(now)
        return Beat.SEND

    def sent(self, now: float) -> None:
        """A beat goes out, scheduled or asked for."""
        self._sent_at = now
        if self._waiting_since is None:
            self._waiting_since = now

    def answered(self, now: float) -> None:
        """An ACK has come."""
        if self._sent_at is not None and self._waiting_since is not None:
            self.latency = now - self._sent_at
        self._waiting_since = None

    def pause(self) -> None:
        """The reader stops listening for reasons of ours."""
        self.paused = True

    def unpause(self, now: float) -> None:
        """The reader listens again; what was not answered so far gets a new interval."""
        self.paused = False
        if self._waiting_since is not None:
            self._waiting_since = now
