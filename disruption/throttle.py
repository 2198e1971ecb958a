"""Keep a message that could come a thousand times a second from filling the log."""

from __future__ import annotations

__all__ = ["OncePer"]


class OncePer:
    """True at most once in `period` seconds; whoever logs adds the count of the rest.

    Not locked: two threads that ask in the same instant may both be told yes.
    """

    __slots__ = ("_next", "_period", "suppressed")

    def __init__(self, period: float = 60.0) -> None:
        self._period = period
        self._next = float("-inf")
        self.suppressed = 0  # how often the answer was no since it was last yes

    def __call__(self, now: float) -> bool:
        """Tell whether to log at `now`, a monotonic time in seconds."""
        if now < self._next:
            self.suppressed += 1
            return False
        self._next = now + self._period
        return True

    def tail(self) -> str:
        """Return what to append to the message, and start counting again."""
        count, self.suppressed = self.suppressed, 0
        return f" ({count} more like it were not logged)" if count else ""
