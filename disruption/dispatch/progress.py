"""Up to which sequence number everything has been handled.

A session that is resumed by the next process starts there: what was received but not
handled is sent again, and nothing is missed.
"""

from __future__ import annotations

__all__ = ["Progress", "SessionProgress"]


class SessionProgress:
    """The progress of one gateway session of one shard.

    The reader calls `begin` and `skip` in the order received; any thread calls `done`, in
    any order. There is no lock: each step is one operation on a dict or an attribute, and
    the order of the steps keeps `handled` from running ahead.
    """

    __slots__ = ("_pending", "_received")

    def __init__(self, start: int = 0) -> None:
        self._received = start  # the highest sequence received
        self._pending: dict[int, None] = {}  # received and not handled yet

    def begin(self, sequence: int) -> None:
        """Note an event that is going to be handled."""
        self._pending[sequence] = None  # first, or `handled` could count it in between
        if sequence > self._received:
            self._received = sequence

    def skip(self, sequence: int) -> None:
        """Note an event that nobody listens to; it counts as handled."""
        if sequence > self._received:
            self._received = sequence

    def done(self, sequence: int) -> None:
        """Note that an event has been handled, or dropped for good."""
        self._pending.pop(sequence, None)

    @property
    def received(self) -> int:
        """The highest sequence received."""
        return self._received

    @property
    def handled(self) -> int:
        """The highest sequence up to which every event has been handled."""
        received = self._received  # read before _pending: see `begin`
        pending = self._pending.copy()
        return min(min(pending) - 1, received) if pending else received

    @property
    def pending(self) -> int:
        """How many events have been received and not been handled."""
        return len(self._pending)


class Progress:
    """The progress of the current session of each shard."""

    def __init__(self) -> None:
        self._sessions: dict[int, SessionProgress] = {}

    def session(self, shard: int, start: int = 0) -> SessionProgress:
        """Begin a new session of a shard; what is left of the old one no longer counts.

        Args:
            shard: The shard's number.
            start: The sequence a resumed session continues from, 0 for a new one.
        """
        session = SessionProgress(start)
        self._sessions[shard] = session
        return session

    def handled(self, shard: int) -> int:
        """Return the sequence up to which a shard's events have been handled, 0 for none."""
        session = self._sessions.get(shard)
        return session.handled if session is not None else 0

    def snapshot(self) -> dict[int, int]:
        """Return `handled` of every shard."""
        return {shard: session.handled for shard, session in self._sessions.copy().items()}
