"""The global rate limit as rules: so many requests in any second, whatever their bucket."""

from __future__ import annotations

import heapq
import math
from collections import deque

from disruption.rest.ticket import Ticket

__all__ = ["Gate"]


class Gate:
    """At most `limit` requests in any `window` seconds, as the server counts them.

    A request is counted somewhere between its grant and its answer; it is taken to be
    counted at its answer, or `jitter` seconds after the grant if that is earlier.
    """

    __slots__ = ("_active", "_counted", "_jitter", "_window", "blocked_until", "limit", "queue")

    def __init__(self, limit: float, window: float, jitter: float) -> None:
        self.queue: deque[Ticket] = deque()
        self.blocked_until = -math.inf
        self.limit = limit
        self._window = window
        self._jitter = jitter
        self._active: dict[Ticket, float] = {}  # granted at, oldest first
        self._counted: list[float] = []  # heap of the times when others were counted

    def wait(self, now: float) -> float:
        if now < self.blocked_until:
            return self.blocked_until - now
        if self.limit == math.inf:
            return 0.0
        counted = self._counted
        while counted and counted[0] + self._window <= now:
            heapq.heappop(counted)
        if len(counted) + len(self._active) < self.limit:
            return 0.0
        # Only now does it matter which of those under way are counted long since.
        for ticket, granted in list(self._active.items()):
            if granted + self._jitter > now:
                break
            del self._active[ticket]
            if granted + self._jitter + self._window > now:
                heapq.heappush(counted, granted + self._jitter)
        if len(counted) + len(self._active) < self.limit:
            return 0.0
        ends = [counted[0]] if counted else []
        if self._active:
            ends.append(next(iter(self._active.values())) + self._jitter)
        return min(ends) + self._window - now

    def take(self, ticket: Ticket, now: float) -> None:
        if self.limit != math.inf:
            self._active[ticket] = now

    def done(self, ticket: Ticket, now: float) -> None:
        if self._active.pop(ticket, None) is not None:
            heapq.heappush(self._counted, now)

    def give_back(self, ticket: Ticket) -> None:
        self._active.pop(ticket, None)
