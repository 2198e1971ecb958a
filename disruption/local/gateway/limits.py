"""How much a client may send, and how often a bot may identify.

See https://discord.com/developers/docs/events/gateway#rate-limiting
"""

from __future__ import annotations

from collections import deque

__all__ = ["IdentifyLimits", "SendLimit"]


class SendLimit:
    """120 messages in 60 seconds on one connection."""

    def __init__(self, limit: int = 120, seconds: float = 60.0) -> None:
        self._limit = limit
        self._seconds = seconds
        self._sent: deque[float] = deque()

    def allows(self, now: float) -> bool:
        """Count a message, and tell whether it was within the limit."""
        while self._sent and self._sent[0] <= now - self._seconds:
            self._sent.popleft()
        self._sent.append(now)
        return len(self._sent) <= self._limit


class IdentifyLimits:
    """The session starts of one bot: so many a day, and one for each bucket in a short window.

    Args:
        total: Session starts a day.
        max_concurrency: How many shards may identify in one window.
        window: Seconds of the window, 5 on Discord; 0 does not watch it.
    """

    DAY = 86400.0

    def __init__(self, total: int = 1000, max_concurrency: int = 1, window: float = 0.0) -> None:
        self.total = total
        self.max_concurrency = max_concurrency
        self._window = window
        self._used = 0
        self._reset_at: float | None = None
        self._last: dict[int, float] = {}  # bucket -> time of its last identify

    def remaining(self, now: float) -> int:
        """Return how many session starts are left today."""
        self._roll(now)
        return max(0, self.total - self._used)

    def reset_after(self, now: float) -> float:
        """Return the seconds until the day's starts are given back."""
        self._roll(now)
        return 0.0 if self._reset_at is None else self._reset_at - now

    def too_soon(self, shard_id: int, now: float) -> bool:
        """Tell whether the shard's bucket has identified within the window."""
        bucket = shard_id % self.max_concurrency
        last = self._last.get(bucket)
        return bool(self._window) and last is not None and now - last < self._window

    def start(self, shard_id: int, now: float) -> None:
        """Count a session start."""
        self._roll(now)
        if self._reset_at is None:
            self._reset_at = now + self.DAY
        self._used += 1
        self._last[shard_id % self.max_concurrency] = now

    def _roll(self, now: float) -> None:
        if self._reset_at is not None and now >= self._reset_at:
            self._reset_at, self._used = None, 0
