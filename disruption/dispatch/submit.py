"""Functions that run beside the handlers, on threads of their own.

The threads are not the pool's, so that a handler may wait for a result. They are daemon,
named ``{name}-submit-{n}``, started when needed, end after a while without work, and end
with `stop`.
"""

from __future__ import annotations

import logging
import os
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from functools import partial
from typing import Any, ParamSpec, TypeVar

from ..counters import Counters
from ..errors import ClientStopped, InvalidArgument, SubmitQueueFull
from ..slices import join, left_until, slice_of
from ..timer import log_no_thread
from .stacks import where

__all__ = ["Job", "Submitter"]

log = logging.getLogger("disruption.dispatch")

P = ParamSpec("P")
T = TypeVar("T")

_KEEP_IDLE = 10.0  # seconds a thread stays without work
_GRACE = 0.25  # seconds a thread has to end after the deadline of a stop

_here = threading.local()  # .submitter: the one that this thread belongs to


class Job(Future[T]):
    """The future of a submitted function.

    A job that waits for the result of another one does not count against the number of
    threads while it waits, so that jobs cannot block each other. An error that nobody has
    asked for when the job is dropped is logged.
    """

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.name = name  # the function's, for logs
        self._asked = False  # whether someone has seen, or will see, how it ended

    def result(self, timeout: float | None = None) -> T:
        """Wait for the result; see `concurrent.futures.Future.result`."""
        self._asked = True
        with _yielding(self):
            return super().result(self._wait(timeout))

    def exception(self, timeout: float | None = None) -> BaseException | None:
        """Wait for the error; see `concurrent.futures.Future.exception`."""
        self._asked = True
        with _yielding(self):
            return super().exception(self._wait(timeout))

    def _wait(self, timeout: float | None) -> float | None:
        """Wait in slices where the calling thread needs them; return what is left to wait."""
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            left = left_until(end)
            piece = slice_of(left)
            if piece == left or self.done():
                return left
            wait((self,), piece)

    def add_done_callback(self, fn: Callable[[Future[T]], object]) -> None:
        """Have `fn` called with this job when it ends."""
        self._asked = True
        super().add_done_callback(fn)

    def __del__(self) -> None:
        if not self._asked and self._exception is not None:
            log.error(
                "The submitted %s failed, and nobody asked for its result",
                self.name,
                exc_info=self._exception,
            )


@contextmanager
def _yielding(job: Job[Any]) -> Iterator[None]:
    submitter: Submitter | None = getattr(_here, "submitter", None)
    if submitter is None or job.done():
        yield
        return
    submitter.waits(1)
    try:
        yield
    finally:
        submitter.waits(-1)


class Submitter:
    """Runs submitted functions.

    Args:
        name: Threads are named ``{name}-{kind}-{n}``.
        kind: What they are for; counted under ``dispatch.{kind}.…``.
        max_threads: Functions that run at once; those that wait for each other not counted.
        max_pending: Functions that may wait for a thread.
    """

    def __init__(
        self,
        name: str = "disruption",
        *,
        kind: str = "submit",
        counters: Counters | None = None,
        max_threads: int = 32,
        max_pending: int = 10_000,
    ) -> None:
        if max_threads < 1 or max_pending < 1:
            raise InvalidArgument("max_threads and max_pending must be at least 1")
        self.counters = counters if counters is not None else Counters()
        self.max_threads = max_threads
        self.max_pending = max_pending
        self._name = f"{name}-{kind}"
        self._count = f"dispatch.{kind}"
        self._changed = threading.Condition()  # guards everything below
        self._jobs: deque[tuple[Job[Any], Callable[[], Any]]] = deque()  # to be run
        self._threads: dict[threading.Thread, str] = {}  # thread -> what it runs
        self._number = 0  # of the last thread
        self._idle = 0  # threads that wait for a job
        self._waiting = 0  # threads in a job that waits for another
        self._open = True
        _submitters.add(self)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Job[T]:
        """Run ``fn(*args, **kwargs)`` on a thread beside the handlers.

        Raises:
            ClientStopped: The client was stopped.
            SubmitQueueFull: `max_pending` functions wait already.
        """
        if not callable(fn):
            raise InvalidArgument(f"submit takes a function and its arguments, not {fn!r}")
        job: Job[T] = Job(getattr(fn, "__qualname__", None) or repr(fn))
        with self._changed:
            if not self._open:
                raise ClientStopped("The client is stopped and runs nothing any more")
            if len(self._jobs) >= self.max_pending:
                raise SubmitQueueFull(
                    f"{self.max_pending} submitted functions wait for a thread already; wait for "
                    "some of their results first"
                )
            self._jobs.append((job, partial(fn, *args, **kwargs)))
            thread = self._call()
        self._start(thread)
        return job

    def start(self) -> None:
        """Take functions again after a `stop`."""
        with self._changed:
            self._open = True

    def waits(self, change: int) -> None:
        """Note that one more thread, or one fewer, waits inside a job for another job."""
        with self._changed:
            self._waiting += change
            thread = self._call()
        self._start(thread)

    @property
    def pending(self) -> int:
        """How many functions wait for a thread."""
        return len(self._jobs)

    @property
    def running(self) -> int:
        """How many functions run."""
        with self._changed:
            return len(self._threads) - self._idle

    def stop(self, timeout: float) -> list[str]:
        """Cancel what has not begun, and wait for what has.

        Args:
            timeout: Seconds to wait for running functions.

        Returns:
            The names of the functions that are still running; each is logged with its stack.
        """
        end = time.monotonic() + max(0.0, timeout)
        with self._changed:
            self._open = False
            jobs = list(self._jobs)
            self._jobs.clear()
            threads = list(self._threads)
            self._changed.notify_all()
        for job, _ in jobs:
            job.cancel()
        if jobs:
            self.counters.add(f"{self._count}.cancelled", len(jobs))
            log.warning(
                "Cancelled %d submitted functions that had not begun at the stop", len(jobs)
            )
        last = end + _GRACE
        stuck = []
        for thread in threads:
            if thread is threading.current_thread() or thread.ident is None:
                continue
            join(thread, last - time.monotonic())
            if thread.is_alive():
                stuck.append(self._report_stuck(thread))
        return stuck

    def _call(self) -> threading.Thread | None:
        """Under the lock: see to it that somebody runs the next job; return a thread to start."""
        if not self._jobs or not self._open:
            return None
        if self._idle >= len(self._jobs):
            self._changed.notify()
            return None
        if len(self._threads) - self._waiting >= self.max_threads:
            return None
        self._number += 1
        thread = threading.Thread(
            target=self._work, name=f"{self._name}-{self._number}", daemon=True
        )
        self._threads[thread] = ""
        return thread

    def _start(self, thread: threading.Thread | None) -> None:
        if thread is None:
            return
        try:
            thread.start()
        except RuntimeError as error:  # no more threads: the job waits for one that exists
            self.counters.add("dispatch.thread_start_failed")
            log_no_thread(log, thread.name, error)
            with self._changed:
                del self._threads[thread]
                orphans = [] if self._threads else list(self._jobs)
                if orphans:
                    self._jobs.clear()
            for job, _ in orphans:
                job.set_exception(ClientStopped("There is no thread to run the function on"))

    def _work(self) -> None:
        me = threading.current_thread()
        _here.submitter = self
        while True:
            with self._changed:
                self._threads[me] = ""
                end = time.monotonic() + _KEEP_IDLE
                while not self._jobs and self._open:
                    self._idle += 1
                    self._changed.wait(left := end - time.monotonic())
                    self._idle -= 1
                    if left <= 0:
                        break
                if not self._jobs:
                    del self._threads[me]
                    return
                job, function = self._jobs.popleft()
                self._threads[me] = job.name
            if job.set_running_or_notify_cancel():
                try:
                    result = function()
                except BaseException as error:
                    self.counters.add(f"{self._count}.errors")
                    if error.__traceback__ is not None:  # without our frame, which lives on
                        error.__traceback__ = error.__traceback__.tb_next
                    job.set_exception(error)
                else:
                    job.set_result(result)
                    del result
            del job, function  # an idle thread keeps nothing alive

    def _report_stuck(self, thread: threading.Thread) -> str:
        name = self._threads.get(thread, "")
        self.counters.add(f"{self._count}.stuck")
        log.error(
            "The submitted %s still runs on %s after the stop; its thread is left behind:\n%s",
            name,
            thread.name,
            where(thread.ident),
        )
        return name

    def after_fork(self) -> None:
        """Forget everything in a forked child, where the threads do not exist."""
        self._changed = threading.Condition()
        self._jobs.clear()
        self._threads.clear()
        self._idle = self._waiting = 0
        self._open = False


_submitters: weakref.WeakSet[Submitter] = weakref.WeakSet()  # those that a fork has to tell


def _after_fork() -> None:
    for submitter in list(_submitters):
        submitter.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
