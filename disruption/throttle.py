"""Keep a message that could come a thousand times a second from filling the log."""

from __future__ import annotations

__all__ = ["OncePer", "OncePerKind"]


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


class OncePerKind:
    """A `OncePer` for each kind of message.

    Args:
        most: Kinds told apart; all further ones count as one.
    """

    __slots__ = ("_kinds", "_most")

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._kinds: dict[str, OncePer] = {}

    def __len__(self) -> int:
        return len(self._kinds)

    def tail(self, kind: str, now: float) -> str | None:
        """Return what to append to a message of this kind, None where it is not to be logged."""
        if self._most is not None and kind not in self._kinds and len(self._kinds) >= self._most:
            kind = "all others"
        throttle = self._kinds.setdefault(kind, OncePer())
        return throttle.tail() if throttle(now) else None
