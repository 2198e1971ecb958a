"""`Jobs`: a client's stored jobs. One thread takes them from the store, each runs on its own.

`{name}-jobs` waits for the next one that is due, takes it, and lengthens the leases of those
that run; all of the store's I/O but that of `schedule` and its like is there and in the runs'
threads, ``{name}-job-{function}``. No lock is held during any of it.
"""

from __future__ import annotations

import inspect
import logging
import os
import threading
import time
import uuid
import weakref
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from ...counters import Counters
from ...dispatch.stacks import where
from ...errors import ClientStopped, InvalidArgument, JobStoreError, TaskCancelled
from ...throttle import OncePer
from ...timer import log_no_thread
from ..reports import report
from ..runs import become
from ..scheduler import Tasks
from ..schedules import seconds_of
from .codec import pack
from .definition import JobFunction, check_attempts
from .record import JobRecord, JobState, StoredJob
from .rules import due_time, next_time, retry_delay
from .run import JobRun
from .store import JobStore

__all__ = ["Jobs"]

log = logging.getLogger("disruption.tasks")

_LOOK = 5.0  # seconds after which to look at what other processes have stored
_TELL = 60.0  # seconds after which to look for jobs that no function is registered for
_GRACE = 0.25  # seconds a thread has to end after the deadline of a stop
_LONGEST_PAUSE = 60.0  # seconds between two tries to use a store that fails
_SHORTEST = 1.0  # seconds between two runs of a job that repeats


class Jobs:
    """A client's stored jobs.

    Args:
        tasks: The client's tasks, whose clock this goes by.
        name: The first part of the threads' names.
        counters: Where attempts that fail and the like are counted (``jobs.…``).
        on_exit: Called when a job asks to exit (``sys.exit()``).
    """

    def __init__(
        self,
        tasks: Tasks,
        *,
        name: str,
        counters: Counters,
        on_exit: Callable[[BaseException], object],
    ) -> None:
        self.store: JobStore
        self.used = False  # whether the store was asked for anything
        self._tasks = tasks
        self._clock = tasks.clock
        self._name = name
        self._counters = counters
        self._on_exit = on_exit
        self._lease = 30.0  # seconds
        self._concurrency = 8
        self._owner = uuid.uuid4().hex  # who has the lease of the jobs that run here
        self._changed = threading.Condition()  # guards what follows
        self._functions: dict[str, JobFunction[..., Any]] = {}
        self._live = False
        self._keeper: threading.Thread | None = None
        self._runs: dict[JobRun, threading.Thread] = {}
        self._wanted = 0  # how often the keeper was told to look
        self._looked = 0  # up to which of these times it has
        self._next: float | None = None  # when the next job is due, a timestamp
        self._told: set[str] = set()  # names without a function that the log has told of
        self._tell = OncePer(_TELL)
        tasks.others.append(self)
        _made.add(self)

    def use(self, store: JobStore, lease: float, concurrency: int) -> None:
        """Take a store; see `Client.use_jobs`."""
        if concurrency < 1:
            raise InvalidArgument(f"concurrency={concurrency}: it is 1 or more")
        if seconds_of(lease, "lease") < 0.1:
            raise InvalidArgument(f"lease={lease:g}: it is at least 0.1 seconds")
        with self._changed:
            if self.used or self._keeper is not None:
                raise InvalidArgument("say where jobs are stored before the first one is")
            self.store = store
            self._lease = seconds_of(lease, "lease")
            self._concurrency = concurrency

    # What the program does ----------------------------------------------------------------------

    def define(self, function: JobFunction[..., Any]) -> None:
        """Let jobs call a function by its name."""
        with self._changed:
            other = self._functions.get(function.name)
            if other is not None and other is not function:
                raise InvalidArgument(
                    f"there are two functions for jobs named {function.name!r}, in "
                    f"{other.where} and {function.where}: give one another name, @job('…')"
                )
            self._functions[function.name] = function
            function._jobs = self
        self.look()

    def forget(self, function: JobFunction[..., Any]) -> None:
        """Let no job call this function any more; those of its name wait."""
        with self._changed:
            if self._functions.get(function.name) is function:
                del self._functions[function.name]
                function._jobs = None

    def schedule(
        self,
        when: datetime | timedelta | float,
        name: str,
        args: tuple[object, ...],
        kwargs: Mapping[str, object],
        *,
        key: str | None = None,
        every: timedelta | float | None = None,
        attempts: int | None = None,
        replace: bool = True,
    ) -> StoredJob:
        """Store a job; see `Client.schedule`."""
        if not isinstance(name, str) or not name:
            raise InvalidArgument(f"the job {name!r} is no name, and no function of @client.job")
        function = self._functions.get(name)
        if function is not None:
            _check_call(function, args, kwargs)
        now = self._clock.wall()
        seconds = None if every is None else seconds_of(every, "job_every")
        if seconds is not None and seconds < _SHORTEST:
            raise InvalidArgument(f"job_every={seconds:g} s: it is at least {_SHORTEST:g} s")
        if key is not None and (not isinstance(key, str) or not key):
            raise InvalidArgument(f"job_key={key!r}: it is a text")
        if attempts is None:
            attempts = 5 if function is None else function.attempts
        record = JobRecord(
            id=0,
            name=name,
            payload=pack(args, kwargs),
            due=due_time(when, now),
            created=now,
            key=key,
            every=seconds,
            most=check_attempts(attempts),
        )
        self.used = True
        stored = self.store.add(record, replace=replace)
        self.look()
        return StoredJob.of(stored)

    def find(
        self, job: int | None, name: str | None, state: JobState | None, key: str | None
    ) -> list[StoredJob]:
        """Return the jobs that fit."""
        self.used = True
        found = []
        for record in self.store.find(job=job, name=name, state=state, key=key):
            try:
                found.append(StoredJob.of(record))
            except (ValueError, OverflowError, OSError) as error:
                log.error("The job %d (%s) is not listed: %s", record.id, record.name, error)
        return found

    def cancel(self, job: int) -> bool:
        """Forget a job."""
        self.used = True
        return self.store.remove(job)

    def retry(self, job: int) -> bool:
        """Let a failed job run again, at once."""
        self.used = True
        done = self.store.revive(job, self._clock.wall())
        self.look()
        return done

    # The client's side ----------------------------------------------------------------------------

    def begin(self) -> None:
        """Run what is due; a session is established."""
        with self._changed:
            self._live = True
            self._told.clear()
            self._tell = OncePer(_TELL)
        self.look()

    def interrupt(self) -> None:
        """Let no job begin any more."""
        with self._changed:
            self._live = False
            self._next = None
            self._changed.notify_all()
        if self._keeper is not None:
            self.store.interrupt()

    def stop(self, timeout: float) -> list[str]:
        """Wait for the jobs that run, and let go of the store.

        Returns:
            The jobs that still run; each is logged with its stack.
        """
        self.interrupt()
        last = time.monotonic() + max(0.0, timeout) + _GRACE
        with self._changed:
            keeper, self._keeper = self._keeper, None
            runs = dict(self._runs)
        stuck = []
        for run, thread in runs.items():
            if thread is threading.current_thread():
                continue
            thread.join(max(0.0, last - time.monotonic()))
            if thread.is_alive():
                stuck.append(run.what)
                self._counters.add("jobs.stuck")
                log.error(
                    "%s still runs on %s after the stop; its thread is left behind, and it may "
                    "run again:\n%s",
                    run.what,
                    thread.name,
                    where(thread.ident),
                )
        if keeper is not None:
            keeper.join(max(0.0, last - time.monotonic()))
        self.store.close()
        return stuck

    # Timed ----------------------------------------------------------------------------------------

    def look(self) -> None:
        """Have the store looked at."""
        with self._changed:
            if not self._live or not (self._functions or self.used):
                return
            self._wanted += 1
            self._changed.notify_all()
            if self._keeper is None:
                self._keeper = threading.Thread(
                    target=self._keep, name=f"{self._name}-jobs", daemon=True
                )
                try:
                    self._keeper.start()
                except RuntimeError as error:  # no more threads: the next look tries again
                    self._counters.add("jobs.start_failed")
                    log_no_thread(log, self._keeper.name, error)
                    self._keeper = None

    def told(self) -> None:
        """Look whether a `settle` has its end."""
        with self._changed:
            self._changed.notify_all()

    def wait_due(self) -> float | None:
        """Return the seconds until the next job is due; None where none is, or can run."""
        with self._changed:
            if self._next is None or self._keeper is None or not self._free():
                return None
            return max(0.0, self._next - self._clock.wall())

    def settle(self, timeout: float) -> bool:
        """Wait until the store was looked at, and no job runs but those that sleep."""
        with self._changed:
            return self._changed.wait_for(
                lambda: (
                    self._keeper is None
                    or (
                        self._looked >= self._wanted
                        and all(run.asleep for run in self._runs)
                        and not (self._next is not None and self._free() and self._is_due())
                    )
                ),
                timeout,
            )

    def _is_due(self) -> bool:
        return self._next is not None and self._next <= self._clock.wall()

    def _free(self) -> int:
        return self._concurrency - len(self._runs)

    # The keeper -----------------------------------------------------------------------------------

    def _keep(self) -> None:
        mine = threading.current_thread()
        pause = 0.0  # since the store failed
        renewed = self._clock.wall()
        while True:
            with self._changed:
                if self._keeper is not mine or not self._live:
                    return
                wanted, names, free = self._wanted, list(self._functions), self._free()
                running = [run.record.id for run in self._runs]
            try:
                renewed = self._renew(running, renewed)
                taken = self._claim(names, free)
                due = self.store.next_due(names) if names else None
                following = None if due is None else float(due)
                self._tell_unknown(names)
                pause = 0.0
            except JobStoreError as error:
                taken, following = [], None
                pause = min(_LONGEST_PAUSE, pause * 2 or 1.0)
                self._counters.add("jobs.store_errors")
                log.error("%s. Trying again in %.0f s", error, pause)
            except Exception:  # a store that is not ours
                taken, following = [], None
                pause = min(_LONGEST_PAUSE, pause * 2 or 1.0)
                self._counters.add("jobs.store_errors")
                log.exception("The store of jobs failed; trying again in %.0f s", pause)
            with self._changed:
                for record in taken:
                    self._start(record)
                self._next = following
                self._looked = wanted
                self._changed.notify_all()
                if self._wanted == wanted and self._live and self._keeper is mine:
                    self._changed.wait(pause or self._patience(following))

    def _renew(self, running: list[int], renewed: float) -> float:
        """Lengthen leases in time; return since when all are at least as long as one lease.

        By the wall clock, as leases are: a computer that slept must not take its own jobs again.
        """
        now = self._clock.wall()
        if running and 0 <= now - renewed < self._lease / 3:
            return renewed
        if running:
            self.store.renew(running, self._owner, now + self._lease)
        return now

    def _claim(self, names: list[str], free: int) -> list[JobRecord]:
        if not names or free <= 0:
            return []
        now = self._clock.wall()
        return self.store.claim(names, now, now + self._lease, self._owner, free)

    def _patience(self, following: float | None) -> float:
        waits = [_LOOK]
        if self._runs:
            waits.append(self._lease / 3)
        if following is not None and self._free():
            waits.append(max(0.0, following - self._clock.wall()))
        return min(waits)

    def _tell_unknown(self, names: list[str]) -> None:
        """Say once of each name that there is no function for it."""
        if not self._tell(time.monotonic()):
            return
        unknown = {
            name: count
            for name, count in self.store.names().items()
            if name not in names and name not in self._told
        }
        self._told.update(unknown)
        for name, count in unknown.items():
            self._counters.add("jobs.unknown", count)
            log.warning(
                "%d stored jobs are for %r, which no function is registered for: they are kept. "
                "Write @client.job(%r), or cancel them: client.cancel_job(id)",
                count,
                name,
                name,
            )

    # Running --------------------------------------------------------------------------------------

    def _start(self, record: JobRecord) -> None:
        """Under the lock: start the thread of a job, which does nothing until the lock is free."""
        run = JobRun(record, self._tasks)
        name = f"{self._name}-job-{record.name}"
        thread = threading.Thread(target=self._work, args=(run,), name=name, daemon=True)
        try:
            thread.start()
        except RuntimeError as error:  # no more threads: its lease will end
            self._counters.add("jobs.start_failed")
            log_no_thread(log, name, error)
            return
        self._runs[run] = thread

    def _work(self, run: JobRun) -> None:
        become(run)
        with self._changed:
            live, function = self._live, self._functions.get(run.record.name)
        try:
            if not live or function is None:  # a stop, or a plugin's removal, was quicker
                self.store.release(run.record.id, self._owner)
            elif run.record.attempts > run.record.most:
                died = ClientStopped("each time the process ended during it")
                self._failed(run, function, died)
            else:
                self._attempt(run, function)
        except Exception as error:
            self._counters.add("jobs.store_errors")
            log.error(
                "What became of %s could not be stored, so it runs again: %s", run.what, error
            )
        finally:
            with self._changed:
                self._runs.pop(run, None)
                self._wanted += 1
                self._changed.notify_all()

    def _attempt(self, run: JobRun, function: JobFunction[..., Any]) -> None:
        record = run.record
        late = self._clock.wall() - record.due
        if record.attempts == 1 and late > self._lease:
            log.info("%s runs %.0f s late", run.what, late)
        try:
            job = run.job = StoredJob.of(record)
            function.function(*job.args, **job.kwargs)
        except BaseException as error:
            if not self._live and isinstance(error, (ClientStopped, TaskCancelled)):
                log.info("%s was ended by the stop, and runs again", run.what)
                self.store.release(record.id, self._owner)
                return
            if isinstance(error, (SystemExit, KeyboardInterrupt)):
                log.info("%s asked to exit (%s)", run.what, type(error).__name__)
                self._on_exit(error)
            self._failed(run, function, error)
            return
        if not self.store.finish(record.id, self._owner, self._again(record)):
            self._counters.add("jobs.lost")
            log.warning(
                "%s has run, but was cancelled meanwhile, or its lease had ended and it may have "
                "run elsewhere too",
                run.what,
            )

    def _again(self, record: JobRecord) -> float | None:
        if record.every is None:
            return None
        return next_time(record.due, record.every, self._clock.wall())

    def _failed(self, run: JobRun, function: JobFunction[..., Any], error: BaseException) -> None:
        self._counters.add("jobs.errors")
        more = ", which could not be stored"
        try:
            more = self._store_failure(run.record, function, error)
        finally:
            what = run.what[:1].upper() + run.what[1:]
            handler = function.on_error or self._tasks.error_handler
            report(error, run.job, what, handler, self._counters, more=more)

    def _store_failure(
        self, record: JobRecord, function: JobFunction[..., Any], error: BaseException
    ) -> str:
        """Store that an attempt has failed; return what comes of that, for the log."""
        text = f"{type(error).__name__}: {error}"[:1000]
        if record.attempts < record.most:
            delay = retry_delay(record.attempts, function.delay)
            more = f", attempt {record.attempts} of {record.most}; again in {delay:.0f} s"
            stored = self.store.fail(record.id, self._owner, self._clock.wall() + delay, text)
        elif record.every is not None:
            more = f" {record.most} times and is not tried again before its next time"
            stored = self.store.finish(record.id, self._owner, self._again(record), text)
        else:
            more = f" {record.most} times and is kept: client.retry_job({record.id})"
            self._counters.add("jobs.failed")
            stored = self.store.fail(record.id, self._owner, None, text)
        return more if stored else ", and was cancelled or taken by another process meanwhile"

    def after_fork(self) -> None:
        """Be stopped in a forked child, which may schedule jobs. Called by itself."""
        self._changed = threading.Condition()
        self._owner = uuid.uuid4().hex
        self._live = False
        self._keeper = None
        self._runs.clear()


_made: weakref.WeakSet[Jobs] = weakref.WeakSet()  # those that a fork has to tell


def _after_fork() -> None:
    for jobs in list(_made):
        jobs.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def _check_call(
    function: JobFunction[..., Any], args: tuple[object, ...], kwargs: Mapping[str, object]
) -> None:
    try:
        inspect.signature(function.function).bind(*args, **kwargs)
    except TypeError as error:
        raise InvalidArgument(
            f"the job {function.name} cannot be called like this: {error} ({function.where})"
        ) from None
    except ValueError:  # written in C: it is called and shows then
        return
