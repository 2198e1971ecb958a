"""Who listens: events for threads that wait in the middle of their code.

The reader matches by class and declared filters (`Waiters.offer`): a few look-ups in
tables that are replaced, never changed, so that it takes no lock and runs no code of the
user's. `check` runs in the thread that waits.
"""

from __future__ import annotations

import copy
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import Any, TypeVar

from ..counters import Counters
from ..errors import ClientStopped, InvalidArgument
from ..throttle import OncePer
from .filters import Field, field, filter_value
from .signal import Signal

__all__ = ["NOTHING", "WAITED_FOR", "Subscription", "Waiters"]

log = logging.getLogger("disruption.dispatch")

E = TypeVar("E")

NOTHING: Any = object()  # stands for no event, as an event may be anything
WAITED_FOR = "_waited_for"
"""In an event's ``__dict__`` where it was given to a thread that waits."""


class Subscription:
    """One thread's wish for events: what it wants, and what has come.

    Attributes:
        classes: The event classes, without those that are subclasses of another.
        filters: What an event's fields must be.
        error: Why no more will come.
    """

    __slots__ = (
        "_buffer",
        "_drop_log",
        "_size",
        "_waiters",
        "classes",
        "closed",
        "dropped",
        "error",
        "filters",
        "signal",
    )

    def __init__(
        self,
        waiters: Waiters,
        classes: tuple[type, ...],
        filters: tuple[tuple[Field, object], ...],
        size: int,
    ) -> None:
        self.classes = classes
        self.filters = filters
        self.closed = False
        self.dropped = 0  # events that came while the buffer was full
        self.error: BaseException | None = None
        self.signal = Signal()
        self._waiters = waiters
        self._size = size
        self._buffer: deque[Any] = deque()
        self._drop_log = OncePer()

    def offer(self, event: Any) -> None:
        """Keep an event that matches; of those that nobody has taken the oldest is dropped."""
        buffer = self._buffer
        if len(buffer) >= self._size:
            with suppress(IndexError):  # the thread has just taken it
                buffer.popleft()
                self.dropped += 1
                self._waiters.count_dropped(self)
        buffer.append(event)
        self.signal.set()

    def fail(self, error: BaseException) -> None:
        """Let no more events come, and wake the thread."""
        self.error = error
        self.signal.set()

    def take(self, check: Callable[[Any], object] | None) -> Any:
        """Return the first event there is that passes `check`, `NOTHING` where none does."""
        while self._buffer:
            event = self._buffer.popleft()
            if check is None or check(event):
                return event
        return NOTHING

    def next(
        self,
        check: Callable[[Any], object] | None,
        timeout: float | None,
        clock: Callable[[], float],
    ) -> Any:
        """Wait for an event that passes `check`, `NOTHING` where none came in time.

        Raises:
            DisruptionError: No more events will come.
        """
        end = None if timeout is None else clock() + timeout
        while True:
            event = self.take(check)
            if event is not NOTHING:
                return event
            error = self.error
            if error is not None and not self._buffer:
                raise _fresh(error)
            left = None if end is None else end - clock()
            if left is not None and left <= 0 and not self._buffer:
                return NOTHING
            self.signal.wait(left)

    def close(self) -> None:
        """Take no more events."""
        self._waiters.unsubscribe(self)


class _Class:
    """Who waits for one event class: by the first filter's value, which is one look-up.

    Never changed once it is in the index: a change makes a new one, of which only the
    tables it concerns are new.
    """

    __slots__ = ("everything", "tables")

    def __init__(self) -> None:
        self.everything: tuple[Subscription, ...] = ()  # those without filters
        self.tables: dict[Field, dict[object, tuple[Subscription, ...]]] = {}

    def __bool__(self) -> bool:
        return bool(self.everything or self.tables)

    def with_(self, sub: Subscription) -> _Class:
        """Return a copy in which `sub` waits too."""
        return self._changed(sub, lambda subs: (*subs, sub))

    def without(self, sub: Subscription) -> _Class:
        """Return a copy in which `sub` no longer waits."""
        return self._changed(sub, lambda subs: tuple(s for s in subs if s is not sub))

    def _changed(
        self,
        sub: Subscription,
        change: Callable[[tuple[Subscription, ...]], tuple[Subscription, ...]],
    ) -> _Class:
        new = _Class()
        new.everything, new.tables = self.everything, self.tables
        if not sub.filters:
            new.everything = change(self.everything)
            return new
        get, value = sub.filters[0]
        # The table of values is shared between copies and changed in place: a reader only
        # ever looks up one value in it, which is a single step.
        table = self.tables.get(get)
        if table is None:
            table = {}
            new.tables = {**self.tables, get: table}
        subs = change(table.get(value, ()))
        if subs:
            table[value] = subs
        else:
            table.pop(value, None)
        if not table:
            new.tables = {g: t for g, t in new.tables.items() if t}
        return new


class Waiters:
    """All threads that wait for events.

    Args:
        counters: Where dropped events are counted.
        yielding: Makes a context in which a thread may wait (`pool.blocking`).
        clock: The clock of timeouts, in seconds.
    """

    def __init__(
        self,
        counters: Counters | None = None,
        *,
        yielding: Callable[[], AbstractContextManager[object]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.counters = counters if counters is not None else Counters()
        self.yielding = yielding
        self.clock = clock
        self._lock = threading.Lock()  # guards changes of everything below
        self._all: dict[Subscription, None] = {}
        self._index: dict[type, _Class] = {}
        self._plans: dict[type, tuple[_Class, ...]] = {}  # event class -> who may want it
        self._abandoned: deque[Subscription] = deque()  # to be taken out at the next change
        self._error: BaseException | None = None  # why nothing will come any more

    def subscribe(
        self, classes: tuple[type, ...], filters: dict[str, object], *, size: int
    ) -> Subscription:
        """Begin to keep matching events; the subscription must be closed.

        Raises:
            InvalidArgument: No class was given, or a filter is not a field of the events.
            ClientStopped: The client was stopped (or the fatal error that ended it).
        """
        if not classes or not all(isinstance(cls, type) for cls in classes):
            raise InvalidArgument(
                f"Give the class of the event to wait for, not {classes}: "
                "wait_for(MessageCreate, timeout=60)"
            )
        roots = dict.fromkeys(
            cls for cls in classes if not any(cls is not c and issubclass(cls, c) for c in classes)
        )
        wanted = tuple(
            (field(name, classes), filter_value(name, value)) for name, value in filters.items()
        )
        sub = Subscription(self, tuple(roots), wanted, size)
        with self._lock:
            self._clear_abandoned()
            if self._error is not None:
                raise _fresh(self._error)
            self._all[sub] = None
            for cls in roots:
                self._index[cls] = self._index.get(cls, _Class()).with_(sub)
            self._plans = {}
        return sub

    def unsubscribe(self, sub: Subscription) -> None:
        """End a subscription; ending it twice does no harm."""
        with self._lock:
            self._clear_abandoned()
            self._remove(sub)

    def abandon(self, sub: Subscription) -> None:
        """End a subscription soon; takes no lock, for use by the garbage collector."""
        sub.closed = True
        self._abandoned.append(sub)

    def offer(self, event: Any) -> int:
        """Give an event to those who wait for it; return to how many. Called by a reader."""
        if not self._all:
            return 0
        given = 0
        for who in self._plan(type(event)):
            for sub in who.everything:
                given += _give(sub, event)
            for get, table in who.tables.items():
                try:
                    subs = table.get(get(event), ())
                except Exception:
                    # An attribute that cannot be compared matches nobody.
                    self.counters.add("dispatch.filter_errors")
                    continue
                for sub in subs:
                    given += _give(sub, event)
        if given and hasattr(event, "__dict__"):
            event.__dict__[WAITED_FOR] = True
        return given

    def wants(self, cls: type) -> bool:
        """Tell whether someone waits for events of this class."""
        return bool(self._all) and bool(self._plan(cls))

    def fail(self, error: BaseException) -> None:
        """Wake everyone who waits, and everyone who will, with `error`.

        Events that have come already are delivered first.
        """
        with self._lock:
            self._error = error
            subs = list(self._all)
        for sub in subs:
            sub.fail(error)

    def stop(self) -> None:
        """Wake everyone who waits, and everyone who will, with ClientStopped."""
        self.fail(ClientStopped("The client was stopped; no more events will come"))

    def start(self) -> None:
        """Let threads wait again after `fail` or `stop`."""
        with self._lock:
            self._error = None

    @property
    def error(self) -> BaseException | None:
        """Why nothing will come any more, None while events may come."""
        return self._error

    def __len__(self) -> int:
        return len(self._all)

    def count_dropped(self, sub: Subscription) -> None:
        """Count an event that a full buffer has dropped, and log it once a minute."""
        self.counters.add("dispatch.dropped_by_waiters")
        if sub._drop_log(self.clock()):
            names = ", ".join(cls.__name__ for cls in sub.classes)
            log.warning(
                "A thread that waits for %s takes events more slowly than they come: the oldest "
                "are dropped (%d so far); a filter or a larger buffer helps",
                names,
                sub.dropped,
            )

    def after_fork(self) -> None:
        """Forget everyone in a forked child, where the threads that wait do not exist."""
        self._lock = threading.Lock()
        self._all, self._index, self._plans = {}, {}, {}
        self._abandoned.clear()
        self._error = ClientStopped("This process was forked from the one that has the client")

    def _plan(self, cls: type) -> tuple[_Class, ...]:
        plans = self._plans  # read once: a change replaces it
        plan = plans.get(cls)
        if plan is None:
            index = self._index
            found = (index.get(base) for base in cls.__mro__)
            plan = plans[cls] = tuple(who for who in found if who)
        return plan

    def _clear_abandoned(self) -> None:
        while self._abandoned:
            self._remove(self._abandoned.popleft())

    def _remove(self, sub: Subscription) -> None:
        sub.closed = True
        if sub not in self._all:
            return
        del self._all[sub]
        for cls in sub.classes:
            who = self._index[cls].without(sub)
            if who:
                self._index[cls] = who
            else:
                del self._index[cls]
        self._plans = {}


def _give(sub: Subscription, event: Any) -> int:
    if sub.closed:
        return 0
    for get, value in sub.filters:
        if get(event) != value:
            return 0
    sub.offer(event)
    return 1


def _fresh(error: BaseException) -> BaseException:
    """Return a copy of an error to raise: several threads may raise it, each its own."""
    new = copy.copy(error)
    new.__cause__ = error.__cause__
    return new
