"""The one scheduler thread: deadlines, defers, background tasks and the watchdog.

`TimerHeap` holds the rules (what is due when) and knows no thread or clock;
`Timer` is the thread around it. Actions only schedule: an action that blocks holds
up every other one, so anything slow goes to a thread of its own.
"""

from __future__ import annotations

import heapq
import logging
import os
import threading
import time
import weakref
from collections.abc import Callable

from .counters import Counters

__all__ = ["Handle", "Timer", "TimerHeap", "log_no_thread"]

log = logging.getLogger("disruption.timer")

Action = Callable[[], object]

_LATE = 1.0  # seconds behind its time at which an action is reported
_REPORT_EVERY = 60.0  # seconds between two reports of lateness
_KEEP = 64  # cancelled handles that are not worth clearing out


class Handle:
    """An action that is to run at a time; `cancel` prevents it.

    Attributes:
        when: The time on the timer's clock, in seconds.
    """

    __slots__ = ("_action", "_heap", "when")

    def __init__(self, when: float, action: Action | None, heap: TimerHeap | None) -> None:
        self.when = when
        self._action = action  # None once it was taken to run, or cancelled
        self._heap = heap

    @property
    def pending(self) -> bool:
        """Whether the action is still to run."""
        return self._action is not None

    def cancel(self) -> bool:
        """Prevent the action; return False where it has begun, ended or was cancelled."""
        return self._heap is not None and self._heap.cancel(self)

    def _take(self) -> Action | None:
        action, self._action = self._action, None
        return action


class TimerHeap:
    """What is due when, for any thread; a lock guards the heap and is never held for long."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # guards everything below and the handles' actions
        self._heap: list[tuple[float, int, Handle]] = []
        self._number = 0  # keeps actions of one time in the order they were added
        self._cancelled = 0  # handles in the heap that will not run

    def add(self, when: float, action: Action) -> tuple[Handle, bool]:
        """Add an action for the time `when`; also tell whether it is now the first one due."""
        handle = Handle(when, action, self)
        with self._lock:
            self._number += 1
            heapq.heappush(self._heap, (when, self._number, handle))
            return handle, self._heap[0][2] is handle

    def cancel(self, handle: Handle) -> bool:
        """Prevent a handle's action; return False where there is nothing to prevent."""
        with self._lock:
            if handle._take() is None:
                return False
            self._cancelled += 1
            if self._cancelled > _KEEP and self._cancelled * 2 > len(self._heap):
                self._heap = [entry for entry in self._heap if entry[2].pending]
                heapq.heapify(self._heap)
                self._cancelled = 0
            return True

    def pop(self, now: float) -> tuple[float, Action] | None:
        """Remove and return the next action that is due at `now`, with its time."""
        with self._lock:
            self._skip_cancelled()
            if not self._heap or self._heap[0][0] > now:
                return None
            when, _, handle = heapq.heappop(self._heap)
            action = handle._take()
            assert action is not None
            return when, action

    def next_time(self) -> float | None:
        """Return the time of the next action, None where there is none."""
        with self._lock:
            self._skip_cancelled()
            return self._heap[0][0] if self._heap else None

    def clear(self) -> int:
        """Cancel every action; return how many there were."""
        with self._lock:
            dropped = sum(entry[2]._take() is not None for entry in self._heap)
            self._heap.clear()
            self._cancelled = 0
            return dropped

    def __len__(self) -> int:
        with self._lock:
            return len(self._heap) - self._cancelled

    def _skip_cancelled(self) -> None:
        while self._heap and not self._heap[0][2].pending:
            heapq.heappop(self._heap)
            self._cancelled -= 1


class Timer:
    """Runs actions at their time on one daemon thread, which starts when first needed.

    The thread is named `name`, belongs to whoever made the timer, and ends with `stop`.

    Args:
        name: The name of the thread.
        counters: Where failed, late and refused actions are counted (``timer.…``).
        clock: The clock that times are given on, in seconds.
    """

    def __init__(
        self,
        name: str = "disruption-timer",
        *,
        counters: Counters | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self.counters = counters if counters is not None else Counters()
        self.clock = clock
        self._heap = TimerHeap()
        self._changed = threading.Condition()  # guards _thread and _open; told of a new first one
        self._thread: threading.Thread | None = None
        self._open = True
        self._reported = float("-inf")  # when lateness was last reported; timer thread only
        _timers.add(self)

    def start(self) -> None:
        """Take actions again after a `stop`; the thread still starts when first needed."""
        with self._changed:
            self._open = True

    def call_later(self, delay: float, action: Action) -> Handle:
        """Run `action` in `delay` seconds on the timer's thread."""
        return self.call_at(self.clock() + delay, action)

    def call_at(self, when: float, action: Action) -> Handle:
        """Run `action` at the time `when` of the timer's clock.

        A stopped timer runs nothing: the handle is cancelled already, and counted.
        """
        with self._changed:
            if self._open:
                handle, first = self._heap.add(when, action)
                if self._thread is None:
                    self._launch()
                elif first:
                    self._changed.notify()
                return handle
        self.counters.add("timer.refused")
        log.debug("The timer is stopped and will not run %r", action)
        return Handle(when, None, None)

    def stop(self, timeout: float = 1.0) -> bool:
        """Drop what has not run and end the thread.

        Called by an action, it returns at once and the thread ends after the action.

        Args:
            timeout: Seconds to wait for an action that is running.

        Returns:
            Whether the thread has ended (True also where there was none).
        """
        with self._changed:
            self._open = False
            thread, self._thread = self._thread, None
            dropped = self._heap.clear()
            self._changed.notify_all()
        if dropped:
            self.counters.add("timer.dropped", dropped)
            log.debug("Dropped %d timed actions at the stop", dropped)
        if thread is None or thread is threading.current_thread():
            return True
        thread.join(max(0.0, timeout))
        if thread.is_alive():
            log.warning("An action still runs on %s %.1f s after the stop", self.name, timeout)
            self.counters.add("timer.stuck")
            return False
        return True

    def after_fork(self) -> None:
        """Forget everything in a forked child, where the thread does not exist.

        Called by itself. The copy is stopped; `start` opens it again.
        """
        self._heap = TimerHeap()
        self._changed = threading.Condition()
        self._thread = None
        self._open = False

    @property
    def pending(self) -> int:
        """How many actions are still to run."""
        return len(self._heap)

    def _launch(self) -> None:
        thread = threading.Thread(target=self._work, name=self.name, daemon=True)
        self._thread = thread
        try:
            thread.start()
        except RuntimeError as error:  # no more threads: the next call tries again
            self._thread = None
            self.counters.add("timer.start_failed")
            log_no_thread(log, self.name, error)

    def _work(self) -> None:
        mine = threading.current_thread()
        while True:
            with self._changed:
                if self._thread is not mine:
                    return
                due = self._heap.pop(self.clock())
                if due is None:
                    when = self._heap.next_time()
                    delay = None if when is None else max(0.0, when - self.clock())
                    self._changed.wait(_clip(delay))
                    continue
            self._run(*due)
            del due  # an idle timer keeps nothing alive

    def _run(self, when: float, action: Action) -> None:
        late = self.clock() - when
        if late > _LATE:
            self.counters.add("timer.late")
            if when + late - self._reported >= _REPORT_EVERY:
                self._reported = when + late
                log.warning("The timer is %.1f s late: some action holds it up", late)
        try:
            action()
        except BaseException:
            self.counters.add("timer.errors")
            log.exception("A timed action failed: %r", action)


_timers: weakref.WeakSet[Timer] = weakref.WeakSet()  # those that a fork has to tell


def _after_fork() -> None:
    for timer in list(_timers):
        timer.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def log_no_thread(logger: logging.Logger, name: str, error: RuntimeError) -> None:
    """Log that a thread cannot be started; at the interpreter's exit that is no fault."""
    exiting = "interpreter shutdown" in str(error)  # Python 3.12 and later refuse then
    logger.log(
        logging.DEBUG if exiting else logging.ERROR,
        "Cannot start the thread %s",
        name,
        exc_info=error,
    )


def _clip(delay: float | None) -> float | None:
    return None if delay is None else min(delay, threading.TIMEOUT_MAX)
