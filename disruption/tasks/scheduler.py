"""`Tasks`: starts and stops a client's tasks, and owns the threads on which they run.

The client's timer only says when to look; each run has a daemon thread of its own, named
``{name}-task-{task}``, so that one that blocks holds up no other. The rules are in `plan`.
"""

from __future__ import annotations

import logging
import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from ..counters import Counters
from ..dispatch.signal import Signal
from ..dispatch.stacks import where
from ..dispatch.submit import Job
from ..dispatch.worker import blocking
from ..errors import ClientStopped, InvalidArgument, TaskCancelled
from ..timer import Handle, Timer, log_no_thread
from .clock import TaskClock, Timed, advance
from .plan import Due, Now
from .reports import report
from .runs import Run, become, current_run
from .schedules import Schedule, seconds_of
from .task import ErrorHandler, Task, TaskRun, takes_error
from .zones import UTC

if TYPE_CHECKING:
    from ..client import Client

__all__ = ["Tasks"]

log = logging.getLogger("disruption.tasks")

H = TypeVar("H", bound=ErrorHandler)

SLICE = 30.0  # seconds after which to look at the wall clock again, which somebody may set
_JUMP = 3 * 3600.0  # seconds that the wall clock may be set back without anything running twice
_GRACE = 0.25  # seconds a thread has to end after the deadline of a stop

_NO_THREAD = "There is no thread to run the task on"


class Tasks:
    """What runs a client's tasks; the program sees it as a `TaskList`.

    Args:
        client: Whose they are.
        name: Threads are named ``{name}-task-{task}``.
        timer: Says when to look; it belongs to the client.
        counters: Where runs that fail, are skipped or missed are counted (``tasks.…``).
        on_exit: Called when a run asks to exit (``sys.exit()``).
        clock: What the tasks go by.
    """

    def __init__(
        self,
        client: Client,
        *,
        name: str,
        timer: Timer,
        counters: Counters,
        on_exit: Callable[[BaseException], object],
        clock: TaskClock | None = None,
    ) -> None:
        self.client = client
        self.clock = clock if clock is not None else TaskClock()
        self.live = False  # whether tasks run
        self.others: list[Timed] = []  # what else `advance` moves: stored jobs
        self._name = name
        self._timer = timer
        self._counters = counters
        self._on_exit = on_exit
        self.error_handler: tuple[ErrorHandler, int] | None = None
        self._changed = threading.Condition()  # guards all of the tasks' state and what follows
        self._tasks: list[Task[..., Any]] = []
        self._threads: dict[TaskRun, threading.Thread] = {}
        self._sleepers: dict[Signal, float] = {}  # who waits -> until when, monotonic
        self._handle: Handle | None = None
        self._offset = 0.0  # the wall clock's time less the monotonic one's
        _made.add(self)

    # What there is ----------------------------------------------------------------------------

    def __iter__(self) -> Iterator[Task[..., Any]]:
        return iter(list(self._tasks))

    def __len__(self) -> int:
        return len(self._tasks)

    def __getitem__(self, name: str) -> Task[..., Any]:
        for task in self:
            if task.name == name:
                return task
        raise KeyError(f"no task {name!r}, but {', '.join(t.name for t in self) or 'none'}")

    def add(self, task: Task[..., Any]) -> None:
        """Take a task in; where the client runs, it starts at once.

        Raises:
            InvalidArgument: It belongs to another client.
        """
        with self._changed:
            if task._tasks not in (None, self):
                raise InvalidArgument(f"the task {task.name} belongs to another client")
            if task not in self._tasks:
                self._tasks.append(task)
            task._tasks = self
            if self.live and task._enabled and task._plan.due is None:
                task._plan.begin(self.clock.now())
        self.look()

    def remove(self, task: Task[..., Any]) -> None:
        """Cancel a task and forget it; nothing happens where it is not one of these."""
        with self._changed:
            if task not in self._tasks:
                return
            dropped = self._end_plan(task, cancel=True)
            task._tasks = None
            self._tasks.remove(task)
        for future in dropped:
            future.cancel()

    def on_error(self, handler: H) -> H:
        """Have a function called with what any task's run raised; see `Client.task_error`."""
        self.error_handler = handler, takes_error(handler)
        return handler

    def next_run(self, task: Task[..., Any]) -> datetime | None:
        """Return when a task's next run begins."""
        with self._changed:
            due, now = task._plan.due, self.clock.now()
            if due is None:
                return None
            return datetime.fromtimestamp(now.wall_of(due, task._plan.schedule.wall), UTC)

    # For tests --------------------------------------------------------------------------------

    def advance(self, seconds: float, *, timeout: float) -> None:
        """Let time pass; see `TaskList.advance`."""
        if seconds_of(seconds, "seconds") < 0:
            raise InvalidArgument(f"seconds={seconds:g}: time does not go back")
        if not advance(self.clock, [self, *self.others], seconds, timeout):
            running = ", ".join(sorted({run.task.name for run in list(self._threads)}))
            raise TimeoutError(f"after {timeout:g} s there still runs: {running or 'a stored job'}")

    def wait_due(self) -> float | None:
        """Return the seconds until something is due, None where nothing is."""
        with self._changed:
            now = self.clock.now()
            waits = [max(0.0, until - now.monotonic) for until in self._sleepers.values()]
            plans = [task._plan.wait(now) for task in self._tasks] if self.live else []
            return min([*waits, *(wait for wait in plans if wait is not None)], default=None)

    def told(self) -> None:
        """Look whether a `settle` has its end."""
        with self._changed:
            self._changed.notify_all()

    def settle(self, timeout: float) -> bool:
        """Wait until no run is under way but those that sleep."""
        with self._changed:
            return self._changed.wait_for(self._is_quiet, timeout)

    def _is_quiet(self) -> bool:
        now = self.clock.monotonic()
        return all(run.asleep for run in self._threads) and all(
            until > now for until in self._sleepers.values()
        )

    # The client's side ------------------------------------------------------------------------

    def begin(self) -> None:
        """Start all tasks; a session is established."""
        with self._changed:
            if self.live:
                return
            self.live = True
            now = self.clock.now()
            self._offset = now.wall - now.monotonic
            for task in self._tasks:
                if task._enabled:
                    task._plan.begin(now)
        self.look()

    def interrupt(self) -> None:
        """Let no run begin any more, and end all sleep."""
        with self._changed:
            self.live = False
            dropped = [future for task in self._tasks for future in self._end_plan(task)]
            if self._handle is not None:
                self._handle.cancel()
                self._handle = None
            for signal in self._sleepers:
                signal.set()
        for future in dropped:
            future.cancel()

    def stop(self, timeout: float) -> list[str]:
        """Wait for the runs that are under way.

        Args:
            timeout: Seconds.

        Returns:
            The names of tasks that still run; each is logged with its stack.
        """
        self.interrupt()
        last = time.monotonic() + max(0.0, timeout) + _GRACE
        with self._changed:
            threads = dict(self._threads)
        stuck = []
        for run, thread in threads.items():
            if thread is threading.current_thread():
                continue
            thread.join(max(0.0, last - time.monotonic()))
            if thread.is_alive():
                stuck.append(run.task.name)
                self._counters.add("tasks.stuck")
                log.error(
                    "The task %s still runs on %s after the stop; its thread is left behind:\n%s",
                    run.task.name,
                    thread.name,
                    where(thread.ident),
                )
        return stuck

    # The tasks' side --------------------------------------------------------------------------

    def enable(self, task: Task[..., Any]) -> None:
        """Start a task."""
        with self._changed:
            task._enabled = True
            if self.live and task._plan.due is None:
                task._plan.begin(self.clock.now())
        self.look()

    def disable(self, task: Task[..., Any], *, cancel: bool = False) -> None:
        """Stop a task; with `cancel` end its runs too."""
        with self._changed:
            task._enabled = False
            dropped = self._end_plan(task, cancel=cancel)
        for future in dropped:
            future.cancel()

    def _end_plan(self, task: Task[..., Any], *, cancel: bool = False) -> list[Future[Any]]:
        """Under the lock: let nothing of a task begin; return what is to be cancelled without."""
        task._plan.end()
        for run in task._running if cancel else ():
            run.cancelled = True
            run.signal.set()
        waiting, task._waiting = task._waiting, []
        return waiting

    def reschedule(self, task: Task[..., Any], schedule: Schedule) -> None:
        """Let a task go by another schedule."""
        with self._changed:
            active = self.live and task._enabled
            task._plan.restart(self.clock.now(), schedule)
            if not active:
                task._plan.end()
        self.look()

    def run_now(self, task: Task[..., Any]) -> Job[Any]:
        """Begin a run beside the schedule."""
        job: Job[Any] = Job(task.name)
        with self._changed:
            if not self.live:
                raise ClientStopped(
                    "the client is not running: call connect() first, or call the task itself"
                )
            if len(task._running) >= task._plan._limit:
                task._waiting.append(job)
                return job
            started = self._start(task, job)
        if not started:
            job.set_exception(ClientStopped(_NO_THREAD))
        return job

    def sleep(self, seconds: float) -> None:
        """Wait until the time is over, or raise when the client stops or the run is cancelled."""
        run = current_run()
        if run is not None and run.tasks is not self:
            run = None
        signal = Signal() if run is None else run.signal
        was_live = self.live
        end = self.clock.monotonic() + max(0.0, seconds_of(seconds, "seconds"))
        with self._sleeping(run, signal, end), blocking():
            while True:
                if was_live and not self.live:
                    raise ClientStopped("the client was stopped")
                if run is not None and run.cancelled:
                    raise TaskCancelled(f"{run.what} was cancelled")
                left = end - self.clock.monotonic()
                if left <= 0:
                    return
                signal.wait(left)

    @contextmanager
    def _sleeping(self, run: Run | None, signal: Signal, end: float) -> Iterator[None]:
        with self._changed:
            self._sleepers[signal] = end
            if run is not None:
                run.asleep = True
            self._changed.notify_all()
        for part in self.others:
            part.told()
        try:
            yield
        finally:
            with self._changed:
                self._sleepers.pop(signal, None)
                if run is not None:
                    run.asleep = False
                self._changed.notify_all()

    # Running ----------------------------------------------------------------------------------

    def look(self) -> None:
        """Begin what is due, wake who has slept enough, and say when to look again."""
        notes: list[str] = []
        with self._changed:
            now = self.clock.now()
            for signal, until in self._sleepers.items():
                if until <= now.monotonic:
                    signal.set()
            if not self.live:
                return
            self._heed_jump(now, notes)
            for task in self._tasks:
                due = task._plan.take(now, len(task._running))
                if due is not None:
                    self._take(task, due, notes)
            self._arm(now)
        for note in notes:
            log.warning("%s", note)

    def _take(self, task: Task[..., Any], due: Due, notes: list[str]) -> None:
        if due.missed:
            task.missed += due.missed
            self._counters.add("tasks.missed", due.missed)
        if due.skip:
            task.skipped += 1
            self._counters.add("tasks.skipped")
        if (due.missed or due.skip) and task._log(time.monotonic()):
            text = f"{task.name} was due {due.late:.0f} s ago"
            if due.missed:
                text += f" and has missed {due.missed} times since, which are not made up for"
            if due.skip:
                text += "; it is skipped, since the run before is still under way"
            notes.append(text + task._log.tail())
        if not due.skip:
            self._start(task, None, due)

    def _heed_jump(self, now: Now, notes: list[str]) -> None:
        """Plan anew where the wall clock was set back for hours: its times come again."""
        offset = now.wall - now.monotonic
        back, self._offset = self._offset - offset, offset
        if back <= _JUMP:
            return
        self._counters.add("tasks.clock_set_back")
        notes.append(f"The clock was set back by {back:.0f} s: tasks go by its new time")
        for task in self._tasks:
            if task._plan.due is not None and task._plan.schedule.wall:
                task._plan.restart(now)

    def _arm(self, now: Now) -> None:
        plans = [task._plan for task in self._tasks]
        waits = [wait for plan in plans if (wait := plan.wait(now)) is not None]
        if any(plan.due is not None and plan.schedule.wall for plan in plans):
            waits.append(SLICE)
        if self._handle is not None:
            self._handle.cancel()
        self._handle = self._timer.call_later(min(waits), self.look) if waits else None

    def _start(self, task: Task[..., Any], future: Job[Any] | None, due: Due | None = None) -> bool:
        """Under the lock: start a run's thread, which does nothing until the lock is free."""
        now = datetime.fromtimestamp(self.clock.wall(), UTC)
        run = TaskRun(
            task,
            self,
            now if due is None else datetime.fromtimestamp(due.at, UTC),
            late=0.0 if due is None else due.late,
            missed=0 if due is None else due.missed,
            number=task.runs + 1,
            future=future,
        )
        name = f"{self._name}-task-{task.name}"
        thread = threading.Thread(target=self._work, args=(run,), name=name, daemon=True)
        try:
            thread.start()
        except RuntimeError as error:  # no more threads
            self._counters.add("tasks.start_failed")
            log_no_thread(log, name, error)
            return False
        task.runs += 1
        task.last_run = now
        task._running.add(run)
        self._threads[run] = thread
        return True

    def _work(self, run: TaskRun) -> None:
        future = run._future
        with self._changed:  # free once whoever has started this thread is done
            live = self.live
        if not live and future is not None:
            future.cancel()
        if not live or (future is not None and not future.set_running_or_notify_cancel()):
            self._end(run)
            return
        become(run)
        try:
            result = run.task._run(run)
        except BaseException as error:
            self._failed(run, error)
            self._end(run)
            if future is not None:
                future.set_exception(error)
        else:
            self._end(run)
            if future is not None:
                future.set_result(result)

    def _end(self, run: TaskRun) -> None:
        task, failed = run.task, None
        with self._changed:
            task._running.discard(run)
            self._threads.pop(run, None)
            if task._waiting and self.live:
                future: Any = task._waiting.pop(0)
                failed = None if self._start(task, future) else future
            self._changed.notify_all()
        if failed is not None:
            failed.set_exception(ClientStopped(_NO_THREAD))

    def _failed(self, run: TaskRun, error: BaseException) -> None:
        task = run.task
        if run.stopping and isinstance(error, (ClientStopped, TaskCancelled)):
            log.info("%s was ended: %s", task.name, error)
            return
        if isinstance(error, (SystemExit, KeyboardInterrupt)):
            log.info("%s asked to exit (%s)", task.name, type(error).__name__)
            self._on_exit(error)
            return
        with self._changed:
            task.failures += 1
            task.last_error = error
        self._counters.add("tasks.errors")
        report(
            error,
            run,
            f"The task {task.name}",
            task._on_error or self.error_handler,
            self._counters,
            log_it=run._future is None,
        )

    def after_fork(self) -> None:
        """Be stopped in a forked child, where no run's thread exists. Called by itself."""
        self._changed = threading.Condition()
        self.live = False
        self._handle = None
        self._threads.clear()
        self._sleepers.clear()
        for task in self._tasks:
            task._running.clear()
            task._waiting.clear()
            task._plan.end()


_made: weakref.WeakSet[Tasks] = weakref.WeakSet()  # those that a fork has to tell


def _after_fork() -> None:
    for tasks in list(_made):
        tasks.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
