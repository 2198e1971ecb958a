"""Discord's limits on what a client sends: 120 payloads a minute, 4096 bytes each.

Rules only; `Connection` does the waiting.
See https://discord.com/developers/docs/events/gateway#rate-limiting
"""

from __future__ import annotations

import math
from collections import deque

from ..errors import PayloadTooLarge

__all__ = ["MAX_PAYLOAD", "SendLimiter", "SlidingWindow", "check_size"]

MAX_PAYLOAD = 4096  # bytes
SENDS = 120  # in PERIOD, beats included
PERIOD = 60.0  # seconds
PRESENCES = 5  # in PRESENCE_PERIOD
PRESENCE_PERIOD = 20.0  # seconds
SLACK = 0.5  # seconds added to each period: sends may bunch up on their way


def check_size(payload: bytes) -> None:
    """Raise `PayloadTooLarge` where Discord would close the connection with 4002."""
    if len(payload) > MAX_PAYLOAD:
        raise PayloadTooLarge(
            f"The gateway takes payloads of at most {MAX_PAYLOAD} bytes; this one has "
            f"{len(payload)}. Ask for fewer ids at once, or shorten the texts."
        )


class SlidingWindow:
    """At most `limit` permits in any `period` seconds, whenever the server's window starts."""

    def __init__(self, limit: int, period: float) -> None:
        self.limit = limit
        self.period = period
        self._taken: deque[float] = deque()  # times of the permits still inside the window

    def delay(self, now: float) -> float:
        """Return the seconds until a permit is free, 0 when one is."""
        self._forget(now)
        if len(self._taken) < self.limit:
            return 0.0
        return self._taken[len(self._taken) - self.limit] + self.period - now

    def take(self, now: float) -> None:
        """Note that a permit was used, whether or not one was free."""
        self._forget(now)
        self._taken.append(now)

    def _forget(self, now: float) -> None:
        # `delay` computes the same sum: a caller that slept exactly that long must find room.
        while self._taken and self._taken[0] + self.period <= now:
            self._taken.popleft()


class SendLimiter:
    """When the next command may be sent on one connection.

    Beats, identifies and resumes never wait: room is kept for them, as many as
    fit into a minute and a few that the server may ask for.
    """

    def __init__(self) -> None:
        self._room = 0
        self._sends = SlidingWindow(SENDS, PERIOD + SLACK)
        self._presences = SlidingWindow(PRESENCES, PRESENCE_PERIOD + SLACK)
        self.reset(41.25)

    @property
    def capacity(self) -> int:
        """How many commands fit into a minute beside the beats."""
        return self._sends.limit

    def reset(self, interval: float) -> None:
        """Start anew with a connection whose heartbeat interval is `interval` seconds."""
        beats = math.ceil(PERIOD / interval) if interval > 0 else SENDS
        # 2 for identify and resume, 3 for beats that the server asks for. A test server may
        # beat so fast that nothing would be left: commands keep half.
        self._room = min(beats + 5, SENDS // 2)
        self._sends = SlidingWindow(SENDS - self._room, PERIOD + SLACK)
        self._presences = SlidingWindow(PRESENCES, PRESENCE_PERIOD + SLACK)

    def delay(self, now: float, *, presence: bool = False) -> float:
        """Return the seconds until a command may be sent, 0 when it may be at once."""
        delay = self._sends.delay(now)
        if presence:
            delay = max(delay, self._presences.delay(now))
        return delay

    def take(self, now: float, *, presence: bool = False) -> None:
        """Note that a command is being sent."""
        self._sends.take(now)
        if presence:
            self._presences.take(now)
