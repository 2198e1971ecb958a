"""Says so when a handler runs for long, and where it is stuck."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..counters import Counters
from ..errors import InvalidArgument
from ..timer import Timer
from .item import event_name
from .stacks import where
from .worker import Worker

__all__ = ["Run", "SlowRuns", "Watchdog"]

log = logging.getLogger("disruption.dispatch")


@dataclass(frozen=True)
class Run:
    """One run of a handler.

    Attributes:
        key: What tells it from every other run.
        since: When it began.
    """

    key: object
    since: float


class SlowRuns:
    """The rules: a run is reported after `slow` seconds, then after 2, 4, 8 … times that."""

    def __init__(self, slow: float) -> None:
        self.slow = slow
        self._reports: dict[object, int] = {}  # run -> how often it was reported

    def look(self, runs: Iterable[Run], now: float) -> tuple[list[Run], float | None]:
        """Say which runs to report now, and when to look again (None: nothing runs)."""
        due: list[Run] = []
        next_look: float | None = None
        reports: dict[object, int] = {}
        for run in runs:
            times = self._reports.get(run.key, 0)
            if now >= run.since + self.slow * 2**times:
                due.append(run)
                while now >= run.since + self.slow * 2**times:
                    times += 1
            if times:
                reports[run.key] = times
            when = run.since + self.slow * 2**times
            next_look = when if next_look is None else min(next_look, when)
        self._reports = reports  # runs that have ended are forgotten
        return due, next_look


class Watchdog:
    """Looks at the running handlers, on the timer's thread, as long as any runs.

    Waiting for events in `wait_for` and the like is not running, and what runs after it
    counts anew.

    Args:
        running: Returns the workers that are in a handler.
        slow_handler: Seconds after which a handler is reported; None: never.
    """

    def __init__(
        self,
        running: Callable[[], list[Worker]],
        slow_handler: float | None,
        *,
        timer: Timer,
        counters: Counters,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if slow_handler is not None and not slow_handler > 0:
            raise InvalidArgument(f"slow_handler={slow_handler}: more than 0 seconds, or None")
        self._running = running
        self._rules = SlowRuns(slow_handler) if slow_handler is not None else None
        self._timer = timer
        self._counters = counters
        self._clock = clock
        self._lock = threading.Lock()  # guards _watching
        self._watching = False  # whether the timer is going to look

    def wake(self) -> None:
        """Look from now on; called when a worker begins to work."""
        if self._rules is None or self._watching:
            return
        with self._lock:
            if self._watching:
                return
            self._watching = True
        self._timer.call_later(self._rules.slow, self._look)

    def reset(self) -> None:
        """Forget that the timer is going to look, as it was stopped, or is in another process."""
        self._lock = threading.Lock()
        self._watching = False

    def _look(self) -> None:
        assert self._rules is not None
        with self._lock:
            self._watching = False  # before looking: who begins from now on wakes us again
        workers = {(id(w), w.runs, w.since): w for w in self._running()}
        now = self._clock()
        due, next_look = self._rules.look([Run(key, key[2]) for key in workers], now)
        for run in due:
            self._report(workers[run.key], run, now)  # type: ignore[index]
        if next_look is None:
            return
        with self._lock:
            if self._watching:
                return
            self._watching = True
        self._timer.call_later(next_look - now, self._look)

    def _report(self, worker: Worker, run: Run, now: float) -> None:
        event, handler = worker.event, worker.handler
        stack = where(worker.thread.ident)
        if (id(worker), worker.runs, worker.since) != run.key or event is None:
            return  # it has ended while we looked
        self._counters.add("dispatch.slow_handlers")
        log.warning(
            "%s has been running for %.1f s for %s on %s%s; it is here:\n%s",
            handler,
            now - run.since,
            event_name(event),
            worker.thread.name,
            ", and waits for a rate limit" if worker.rate_limited else "",
            stack,
        )
