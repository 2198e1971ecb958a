"""The rules of the managed pool: who may run, who gives way, when one more thread starts.

No threads and no clock: the pool calls these methods under its lock with the time, and
does what they answer. The words:

- There are as many *places* as `workers`. A thread takes a place to run handlers and
  leaves it when there is nothing to do.
- A thread that waits for an event inside a handler (`wait`) gives its place away, and asks
  for one again when it goes on (`come_back`); those who come back go before new events.
- A thread that has been in one handler for longer than `patience` while events queue
  *lends* its place: it goes on, and one more thread may run beside it.
- Nobody is woken in crowds: one thread at a time is *coming*, and the thread that comes
  calls the next one if there is still something to do. Handlers that do not block are
  then run by one thread, without a switch of threads for each; handlers that block free
  the interpreter for the next thread at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Literal

from ..errors import InvalidArgument

__all__ = ["Call", "PoolRules", "Seat", "State"]


class State(Enum):
    """What a thread of the pool is doing."""

    IDLE = "idle"
    WORKING = "working"
    WAITING = "waiting"  # inside a handler, for an event
    RETURNING = "returning"  # after that, for a place


class Seat:
    """A thread of the pool, as the rules see it.

    Attributes:
        state: What it is doing.
        lent: Whether it works without a place, having lent it.
        since: When it began the handler, or went on with it after a wait.
    """

    __slots__ = ("lent", "since", "state")

    def __init__(self) -> None:
        self.state = State.IDLE
        self.lent = False
        self.since = 0.0


class Call(Enum):
    """What the pool is to do, other than wake a thread."""

    START = "start a thread"
    LOOK = "look again when patience runs out"


class PoolRules:
    """The state of the pool.

    Args:
        workers: Places; with 1 the pool is strictly serial: it never grows or yields.
        max_threads: Threads at most, working, waiting and idle ones together.
        patience: Seconds in one handler after which a place is lent.

    Attributes:
        threads: Threads that exist or are being started.
        active: Places that are taken.
        seats: The threads that have arrived.
        idle: Threads without a place that wait to be called, the last one first.
        returning: Threads that wait for a place to go on with a handler, the first one first.
        coming: The thread that was called or is being started and has not arrived.
        waiting: Threads that wait inside a handler.
    """

    def __init__(self, workers: int = 8, max_threads: int = 256, patience: float = 0.25) -> None:
        if workers < 1:
            raise InvalidArgument(f"workers={workers}: there must be at least 1")
        if max_threads < workers:
            raise InvalidArgument(f"max_threads={max_threads} is less than workers={workers}")
        if not patience > 0:
            raise InvalidArgument(f"patience={patience}: it must be more than 0 seconds")
        self.workers = workers
        self.max_threads = max_threads
        self.patience = patience
        self.threads = 0
        self.active = 0
        self.seats: set[Seat] = set()
        self.idle: list[Seat] = []
        self.returning: deque[Seat] = deque()
        self.coming: Seat | Literal[Call.START] | None = None
        self.waiting = 0

    @property
    def serial(self) -> bool:
        """Whether there is one place, which nobody gives away."""
        return self.workers == 1

    @property
    def at_bound(self) -> bool:
        """Whether something could run but for the bound on threads."""
        return (
            self.active < self.workers
            and self.coming is None
            and not self.idle
            and self.threads >= self.max_threads
        )

    @property
    def stalled(self) -> bool:
        """Whether every thread there may be waits for an event inside a handler."""
        return self.waiting >= (1 if self.serial else self.max_threads)

    # Threads come and go

    def call(self, runnable: int) -> Seat | Literal[Call.START] | None:
        """Say who is to be woken for `runnable` events; `Call.START` asks for a new thread."""
        if not runnable or self.coming is not None or self.active >= self.workers:
            return None
        if self.idle:
            self.coming = seat = self.idle.pop()
            return seat
        if self.threads < self.max_threads:
            self.threads += 1
            self.coming = Call.START
            return Call.START
        return None

    def join(self, seat: Seat) -> None:
        """A new thread has arrived."""
        self.seats.add(seat)
        if self.coming is Call.START:
            self.coming = None

    def start_failed(self) -> None:
        """The thread that was asked for could not be started."""
        self.threads -= 1
        if self.coming is Call.START:
            self.coming = None

    def arrive(self, seat: Seat) -> None:
        """A thread that was idle has been woken."""
        if self.coming is seat:
            self.coming = None

    def rest(self, seat: Seat) -> None:
        """A thread without a place has nothing to do."""
        seat.state = State.IDLE
        self.idle.append(seat)

    def retire(self, seat: Seat) -> bool:
        """An idle thread asks, after a while, whether it is one too many; if so it ends."""
        if seat not in self.idle or self.threads <= self.workers:
            return False
        self.idle.remove(seat)
        self.quit(seat)
        return True

    def quit(self, seat: Seat) -> None:
        """A thread without a place ends."""
        self.seats.discard(seat)
        self.threads -= 1

    # Places

    def keeps_place(self, seat: Seat) -> bool:
        """Tell whether a thread that has ended a handler may go on with the next event."""
        return (
            seat.state is State.WORKING
            and not seat.lent
            and not self.returning
            and self.active <= self.workers
        )

    def take_place(self, seat: Seat) -> bool:
        """Ask for a place for the next event; False where none is free."""
        if self.active >= self.workers:
            return False
        self.active += 1
        seat.state = State.WORKING
        return True

    def leave_place(self, seat: Seat) -> Seat | None:
        """Give the place away, if it has one; return who has it now and waits for it."""
        held = seat.state is State.WORKING and not seat.lent
        seat.state = State.IDLE
        seat.lent = False
        return self._free_place() if held else None

    def wait(self, seat: Seat) -> Seat | None:
        """The thread waits inside a handler; return who has its place now and waits for it."""
        self.waiting += 1
        heir = None if self.serial else self.leave_place(seat)
        seat.state = State.WAITING
        return heir

    def come_back(self, seat: Seat, now: float) -> bool:
        """Ask for a place to go on with a handler; False where the thread has to wait."""
        self.waiting -= 1
        seat.since = now
        if self.serial:
            seat.state = State.WORKING
            return True
        if self.take_place(seat):
            return True
        seat.state = State.RETURNING
        self.returning.append(seat)
        return False

    def is_returning(self, seat: Seat) -> bool:
        """Tell whether a thread still waits for a place to go on."""
        return seat.state is State.RETURNING

    def insist(self, seat: Seat, now: float) -> None:
        """Go on without having been given a place: one more than there are is taken.

        Nobody who comes back waits for longer than `patience`; until as many places have
        been left, no new event starts.
        """
        seat.since = now
        if seat.state is State.RETURNING:
            self.active += 1
            self._pass_on(seat)

    # Patience

    def lend(
        self, now: float, wanted: int, limited: Callable[[Seat], bool]
    ) -> tuple[list[Seat], list[Seat]]:
        """Let those who have been in one handler for too long lend their places.

        Args:
            now: The time.
            wanted: Events that could start.
            limited: Whether a thread waits for a rate limit; one more thread would only
                wait for the same.

        Returns:
            Those who lend, and those who wait for a place and now have one.
        """
        if self.serial:
            return [], []
        wanted += len(self.returning) - (self.workers - self.active)
        lenders: list[Seat] = []
        heirs: list[Seat] = []
        for seat in sorted(self._holders(), key=lambda seat: seat.since):
            if len(lenders) >= wanted or now - seat.since < self.patience:
                break
            if limited(seat):
                continue
            seat.lent = True
            lenders.append(seat)
            heir = self._free_place()
            if heir is not None:
                heirs.append(heir)
        return lenders, heirs

    def next_look(self, now: float) -> float:
        """Return when patience next runs out for someone, or is worth another look."""
        ends = (seat.since + self.patience for seat in self._holders())
        return min((end for end in ends if end > now), default=now + self.patience)

    def _holders(self) -> Iterable[Seat]:
        return (s for s in self.seats if s.state is State.WORKING and not s.lent)

    def _free_place(self) -> Seat | None:
        # Past the number of places (see `insist`) a place that is left is gone.
        if self.returning and self.active <= self.workers:
            return self._pass_on(self.returning[0])
        self.active -= 1
        return None

    def _pass_on(self, heir: Seat) -> Seat:
        self.returning.remove(heir)
        heir.state = State.WORKING
        return heir
