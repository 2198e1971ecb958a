"""What a client runs by itself: tasks that repeat, and stored jobs that survive a restart."""

from __future__ import annotations

import os
import threading
import time as time_module
from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast, overload

from ..counters import Counters
from ..errors import InvalidArgument
from ..timer import Timer

if TYPE_CHECKING:
    from ..tasks import Task, TaskDefinition, TaskList
    from ..tasks.jobs import JobFunction, Jobs, JobState, JobStore, StoredJob
    from ..tasks.scheduler import Tasks
    from ..tasks.task import ErrorHandler
    from .client import Client

__all__ = ["Tasking"]

_P = ParamSpec("_P")
_R = TypeVar("_R")
_H = TypeVar("_H", bound="ErrorHandler")

_FILE = "disruption-jobs.sqlite3"


class Tasking:
    """The part of the client that runs functions by the clock. See docs/tasks.md."""

    name: str
    counters: Counters
    _changed: threading.Condition  # guards what follows
    _timer: Timer
    _running: bool
    _stopping: bool
    _life: int
    _tasks: Tasks | None = None  # made when first needed, and never loaded before
    _jobs: Jobs | None = None
    _tasks_live = False  # whether tasks are to run

    # Tasks ------------------------------------------------------------------------------------

    def every(
        self,
        every: timedelta | None = None,
        /,
        *,
        seconds: float = 0.0,
        minutes: float = 0.0,
        hours: float = 0.0,
        days: float = 0.0,
        first: timedelta | float | None = None,
        count: int | None = None,
        overlap: bool = False,
        jitter: timedelta | float = 0.0,
        name: str | None = None,
        start: bool = True,
    ) -> Callable[[Callable[_P, _R]], Task[_P, _R]]:
        """Run a function again and again, as long as the client runs.

        ```python
        @client.every(minutes=5)
        def tick() -> None: ...
        ```

        Times are counted from the first one, not from the end of a run. The function takes no
        argument, or the `TaskRun`.

        Args:
            every: The interval, or its parts by name.
            first: Seconds until the first run, 0 for at once; None is one interval.
            count: How often at most.
            overlap: Whether a run begins though the one before is still under way; else it is
                skipped, logged and counted.
            jitter: Each run begins up to so many seconds late, at random.
            name: For logs and ``client.tasks[name]``; by default the function's.
            start: Whether it starts by itself; else `Task.start` does.

        Raises:
            InvalidArgument: An argument cannot be right.
            InvalidHandler: The function is an ``async def``.
        """
        from ..tasks import declare

        return self._task(
            declare.every(
                every,
                seconds=seconds,
                minutes=minutes,
                hours=hours,
                days=days,
                first=first,
                count=count,
                overlap=overlap,
                jitter=jitter,
                name=name,
                start=start,
            )
        )

    def at(
        self,
        *times: time | str,
        tz: str | tzinfo | None = None,
        weekdays: Iterable[int | str] | None = None,
        count: int | None = None,
        overlap: bool = False,
        jitter: timedelta | float = 0.0,
        name: str | None = None,
        start: bool = True,
    ) -> Callable[[Callable[_P, _R]], Task[_P, _R]]:
        """Run a function at times of day.

        ```python
        @client.at(time(9, 0), tz="Europe/Vienna", weekdays=("mon", "fri"))
        def greet() -> None: ...
        ```

        A time that does not come, because the clocks are put forward, runs at that moment; one
        that comes twice runs once. What was missed while the computer slept runs once, late.

        Args:
            times: `datetime.time`, or text such as ``"09:00"``.
            tz: The time zone, a name or a tzinfo; by default UTC.
            weekdays: On which days: 0 is Monday, or names.
            count: As in `every`, like all that follow.

        Raises:
            InvalidArgument: An argument cannot be right.
        """
        from ..tasks import declare

        return self._task(
            declare.at(
                *times,
                tz=tz,
                weekdays=weekdays,
                count=count,
                overlap=overlap,
                jitter=jitter,
                name=name,
                start=start,
            )
        )

    def cron(
        self,
        expression: str,
        *,
        tz: str | tzinfo | None = None,
        count: int | None = None,
        overlap: bool = False,
        jitter: timedelta | float = 0.0,
        name: str | None = None,
        start: bool = True,
    ) -> Callable[[Callable[_P, _R]], Task[_P, _R]]:
        """Run a function when a cron string says (extra: cron).

        ```python
        @client.cron("*/5 * * * 1-5", tz="Europe/Vienna")
        def tick() -> None: ...
        ```

        Args:
            expression: Minute, hour, day of the month, month, weekday.
            tz: The time zone, a name or a tzinfo; by default UTC.
            count: As in `every`, like all that follow.

        Raises:
            InvalidArgument: The string cannot be read.
            MissingExtra: cronsim is not installed.
        """
        from ..tasks import declare

        return self._task(
            declare.cron(
                expression,
                tz=tz,
                count=count,
                overlap=overlap,
                jitter=jitter,
                name=name,
                start=start,
            )
        )

    @property
    def tasks(self) -> TaskList:
        """All tasks: iterate, or ``client.tasks["tick"].next_run``; see docs/tasks.md."""
        from ..tasks import TaskList

        return TaskList(self._task_runner())

    def _task_runner(self) -> Tasks:
        if self._tasks is not None:
            return self._tasks
        from ..tasks.scheduler import Tasks

        with self._changed:
            if self._tasks is None:
                made = Tasks(
                    cast("Client", self),
                    name=self.name,
                    timer=self._timer,
                    counters=self.counters,
                    on_exit=self._on_exit,
                )
                if self._tasks_live:
                    made.begin()
                self._tasks = made
            return self._tasks

    def task_error(self, handler: _H) -> _H:
        """Have a function called with what tasks and stored jobs raise, in place of the log.

        It takes the error, or the error and the `TaskRun` or `StoredJob`. A handler of the task's
        own comes first.
        """
        return self._task_runner().on_error(handler)

    def sleep(self, seconds: float) -> None:
        """Wait, in a handler, a task or a stored job; a worker's place goes to another thread.

        Raises:
            ClientStopped: The client is stopped meanwhile.
            TaskCancelled: The task that waits is cancelled.
        """
        self._task_runner().sleep(seconds)

    def add_task(
        self, task: Task[..., Any] | TaskDefinition[..., Any] | JobFunction[..., Any]
    ) -> None:
        """Run a task, or a function for stored jobs, that a decorator outside of the client made.

        Where the client runs a task starts at once. Adding a plugin does this for its tasks.

        Raises:
            InvalidArgument: It belongs to another client, or a job's name is taken.
        """
        from ..tasks import Task, TaskDefinition

        if isinstance(task, TaskDefinition):
            task = task.make()
        if isinstance(task, Task):
            self._task_runner().add(task)
        else:
            self._job_runner().define(task)

    def remove_task(
        self, task: Task[..., Any] | TaskDefinition[..., Any] | JobFunction[..., Any]
    ) -> None:
        """Cancel and forget a task; or a function for stored jobs, which stay stored."""
        from ..tasks import Task, TaskDefinition

        if isinstance(task, Task):
            self._task_runner().remove(task)
        elif isinstance(task, TaskDefinition):
            for made in self.tasks:
                if made.function is task.function:
                    self._task_runner().remove(made)
        else:
            self._job_runner().forget(task)

    def _task(
        self, decorate: Callable[[Callable[_P, _R]], TaskDefinition[_P, _R]]
    ) -> Callable[[Callable[_P, _R]], Task[_P, _R]]:
        def define(function: Callable[_P, _R]) -> Task[_P, _R]:
            task = decorate(function).make()
            self._task_runner().add(task)
            return task

        return define

    # Stored jobs ------------------------------------------------------------------------------

    def use_jobs(
        self,
        store: str | os.PathLike[str] | JobStore = _FILE,
        *,
        lease: float = 30.0,
        concurrency: int = 8,
    ) -> None:
        """Say where jobs are stored; without it, in a file of the working directory.

        Args:
            store: An SQLite file, ``":memory:"``, or a `JobStore` of your own.
            lease: Seconds after which a job whose process died runs again.
            concurrency: Jobs that run at once.

        Raises:
            InvalidArgument: Jobs were stored or looked for already, or an argument is wrong.
        """
        from ..tasks.jobs import Jobs, MemoryJobs

        kept: Any = store
        if store == ":memory:":
            kept = MemoryJobs()
        elif isinstance(store, (str, os.PathLike)):
            from ..tasks.jobs.sqlite import SQLiteJobs

            kept = SQLiteJobs(store)
        elif not hasattr(store, "claim"):
            raise InvalidArgument(f"{store!r} is no file, and no store of jobs")
        tasks = self._task_runner()
        with self._changed:
            if self._jobs is None:
                self._jobs = Jobs(
                    tasks, name=self.name, counters=self.counters, on_exit=self._on_exit
                )
                if self._tasks_live:
                    self._jobs.begin()
            self._jobs.use(kept, lease, concurrency)

    @overload
    def job(
        self, name: str | None = None, /, *, attempts: int = 5, delay: timedelta | float = 10.0
    ) -> Callable[[Callable[_P, _R]], JobFunction[_P, _R]]: ...

    @overload
    def job(self, name: Callable[_P, _R], /) -> JobFunction[_P, _R]: ...

    def job(
        self, name: Any = None, /, *, attempts: int = 5, delay: timedelta | float = 10.0
    ) -> Any:
        """Let stored jobs call a function by its name.

        ```python
        @client.job("remind")
        def remind(user_id: int, text: str) -> None: ...
        ```

        Args:
            name: What `schedule` calls it; by default the function's.
            attempts: How often a job is tried that raises.
            delay: Seconds between the first two attempts; then twice as many, to an hour.

        Raises:
            InvalidArgument: There is another function of this name.
        """
        from ..tasks.jobs import check_name, job

        def define(function: Callable[..., Any]) -> Any:
            made = job(name, attempts=attempts, delay=delay)(function)
            self._job_runner().define(made)
            return made

        if callable(name):
            function, name = name, None
            return define(function)
        check_name(name)
        return define

    def schedule(
        self,
        when: datetime | timedelta | float,
        job: str | JobFunction[..., Any],
        /,
        *args: object,
        job_key: str | None = None,
        job_every: timedelta | float | None = None,
        job_attempts: int | None = None,
        job_replace: bool = True,
        **kwargs: object,
    ) -> StoredJob:
        """Have a function called at a time, also if the program is restarted meanwhile.

        ```python
        client.schedule(timedelta(hours=2), "remind", user.id, "Tea!")
        ```

        It is called at least once: a program that dies during a job does it again. Works before
        `connect`, from any thread, and from a program that only schedules.

        Args:
            when: A datetime with a time zone, or a timedelta or seconds from now.
            job: The name, or the function that `job` has returned.
            args: Its arguments, which JSON must be able to hold: ids, not objects of Discord's.
            job_key: A key that at most one job of the name has.
            job_every: After what time to repeat it, in seconds or as a timedelta.
            job_attempts: How often it is tried if it raises; by default as the function says.
            job_replace: Whether it takes the place of the one that has its key; else that is kept
                and returned.
            kwargs: Arguments with names.

        Raises:
            InvalidArgument: An argument cannot be stored, or is not one of the function's.
            JobStoreError: The store cannot be used.
        """
        name = job if isinstance(job, str) else getattr(job, "name", "")
        return self._job_runner().schedule(
            when,
            name,
            args,
            kwargs,
            key=job_key,
            every=job_every,
            attempts=job_attempts,
            replace=job_replace,
        )

    def jobs(
        self,
        name: str | None = None,
        *,
        id: int | None = None,
        state: JobState | str | None = None,
        key: str | None = None,
    ) -> list[StoredJob]:
        """Return the stored jobs that fit all that is given, those that are due first first.

        Args:
            name: The name of the function.
            id: The job's number.
            state: ``"waiting"``, ``"running"`` or ``"failed"``.
            key: Its key.

        Raises:
            JobStoreError: The store cannot be used.
        """
        from ..tasks.jobs import JobState

        try:
            wanted = None if state is None else JobState(state)
        except ValueError:
            raise InvalidArgument(
                f"state={state!r}: it is 'waiting', 'running' or 'failed'"
            ) from None
        return self._job_runner().find(id, name, wanted, key)

    def cancel_job(self, job: int | StoredJob) -> bool:
        """Forget a stored job; one that runs comes to its end, and is not repeated.

        Returns:
            False where there is none: it is done, or was cancelled.
        """
        return self._job_runner().cancel(job if isinstance(job, int) else job.id)

    def retry_job(self, job: int | StoredJob) -> bool:
        """Run a job that has failed for good once more; False where there is no such job."""
        return self._job_runner().retry(job if isinstance(job, int) else job.id)

    def _job_runner(self) -> Jobs:
        if self._jobs is None:
            with self._changed:
                if self._jobs is None:
                    self.use_jobs()
        assert self._jobs is not None
        return self._jobs

    # Start and stop ---------------------------------------------------------------------------

    def _start_tasks(self, life: int) -> None:
        """A session is established: let tasks and jobs run, where it is still this life's."""
        with self._changed:
            if not self._running or self._stopping or self._life != life:
                return
            self._tasks_live = True
            if self._tasks is not None:
                self._tasks.begin()
            if self._jobs is not None:
                self._jobs.begin()

    def _interrupt_tasks(self) -> None:
        """Let nothing begin any more, and end what sleeps."""
        with self._changed:
            self._tasks_live = False
        if self._jobs is not None:
            self._jobs.interrupt()
        if self._tasks is not None:
            self._tasks.interrupt()

    def _stop_tasks(self, deadline: float) -> None:
        """Wait for what runs, until a time of `time.monotonic`."""
        for part in (self._tasks, self._jobs):
            if part is not None:
                part.stop(max(0.0, deadline - time_module.monotonic()))

    if TYPE_CHECKING:

        def _on_exit(self, error: BaseException) -> None: ...
