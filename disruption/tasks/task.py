"""`Task`: a function that runs again and again, and `TaskRun`: one time that it does."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

from ..errors import ClientStopped, InvalidArgument
from ..throttle import OncePer
from .functions import name_of, takes, where
from .plan import Plan
from .runs import Run
from .schedules import Interval, Schedule

if TYPE_CHECKING:
    from ..client import Client
    from .scheduler import Tasks

__all__ = ["ErrorHandler", "Task", "TaskRun", "check_options", "interval"]

P = ParamSpec("P")
R = TypeVar("R")
H = TypeVar("H", bound="ErrorHandler")

ErrorHandler = Callable[..., object]
"""Takes the error, and where it wants it the `TaskRun`."""

MOST_AT_ONCE = 32
"""Runs of one task at most, where they may overlap."""


class TaskRun(Run):
    """One run of a task; a function with one parameter is given it.

    Attributes:
        task: The task.
        due: When it was to begin, in UTC; where `Task.run_now` began it, when that was.
        late: Seconds after that at which it began.
        missed: How many times have passed before it and are not made up for.
        number: 1 for the task's first run.
    """

    def __init__(
        self,
        task: Task[..., Any],
        tasks: Tasks,
        due: datetime,
        *,
        late: float = 0.0,
        missed: int = 0,
        number: int = 1,
        future: Future[Any] | None = None,
    ) -> None:
        super().__init__(task.name, tasks)
        self.task = task
        self.due = due
        self.late = late
        self.missed = missed
        self.number = number
        self._future = future

    def __repr__(self) -> str:
        return f"<TaskRun {self.number} of {self.task.name}, due {self.due}>"

    @property
    def client(self) -> Client:
        """The client that runs the task."""
        return self.tasks.client

    @property
    def stopping(self) -> bool:
        """Whether it should come to an end: the client stops, or the task was cancelled."""
        return self.cancelled or not self.tasks.live

    def sleep(self, seconds: float) -> None:
        """Wait; see `Task.sleep`."""
        self.tasks.sleep(seconds)


class Task(Generic[P, R]):
    """A function and when it runs. Calling the task calls the function, at once and here.

    Attributes:
        name: Its name in logs and lists, and of its threads.
        runs: How many runs have begun.
        failures: How many of them ended with an error.
        skipped: How many did not begin because one before was still under way.
        missed: How many times passed unnoticed, the computer being asleep for example.
        last_error: What the last run that failed raised.
        last_run: When the last run began, in UTC.
    """

    def __init__(
        self,
        function: Callable[P, R],
        schedule: Schedule,
        *,
        name: str | None = None,
        overlap: bool = False,
        count: int | None = None,
        jitter: timedelta | float = 0.0,
        start: bool = True,
    ) -> None:
        self._wants_run = bool(takes(function, 1, "no argument, or the TaskRun"))
        self.function = function
        self.name = name or name_of(function)
        self.runs = 0
        self.failures = 0
        self.skipped = 0
        self.missed = 0
        self.last_error: BaseException | None = None
        self.last_run: datetime | None = None
        self._plan = Plan(
            schedule,
            count=count,
            limit=MOST_AT_ONCE if overlap else 1,
            jitter=check_options(schedule, count, jitter),
        )
        self._enabled = start  # whether it is to run while the client does
        self._running: set[TaskRun] = set()  # this and what follows: under the scheduler's lock
        self._waiting: list[Future[Any]] = []  # of runs by hand that wait for one under way
        self._tasks: Tasks | None = None  # who runs it
        self._log = OncePer()  # of what is skipped and missed
        self._on_error: tuple[ErrorHandler, int] | None = None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.function(*args, **kwargs)

    def __repr__(self) -> str:
        following = self.next_run
        return f"<Task {self.name} {self._plan.schedule!r}, next {following or 'never'}>"

    # Steering ---------------------------------------------------------------------------------

    def start(self) -> None:
        """Let it run, from the beginning; nothing happens where it is started already.

        Before the client is connected it is noted, and happens then.
        """
        self._scheduler().enable(self)

    def stop(self) -> None:
        """Let no further run begin; one that is under way comes to its end."""
        self._scheduler().disable(self)

    def cancel(self) -> None:
        """Let no further run begin, and end what is under way at its next `sleep`."""
        self._scheduler().disable(self, cancel=True)

    def restart(self) -> None:
        """Begin from the beginning, `count=` too; a run that is under way is cancelled."""
        tasks = self._scheduler()
        tasks.disable(self, cancel=True)
        tasks.enable(self)

    def run_now(self) -> Future[R]:
        """Begin a run at once, beside the schedule, which goes on as before.

        Where runs must not overlap it begins when the one under way has ended. An error is the
        future's, and is logged if nobody asks for it.

        Raises:
            ClientStopped: The client is not running. The task can still be called.
        """
        return self._scheduler().run_now(self)

    def change_interval(
        self,
        every: timedelta | None = None,
        *,
        seconds: float = 0.0,
        minutes: float = 0.0,
        hours: float = 0.0,
        days: float = 0.0,
    ) -> None:
        """Run it at this interval, the first time one interval from now."""
        self.reschedule(interval(every, seconds, minutes, hours, days, None))

    def reschedule(self, schedule: Schedule) -> None:
        """Run it by another schedule from now on, for example `TimesOfDay("09:00")`."""
        check_options(schedule, None, self._plan._jitter)
        self._scheduler().reschedule(self, schedule)

    def sleep(self, seconds: float) -> None:
        """Wait inside a run.

        Raises:
            ClientStopped: The client stops. A run need not catch it: it ends without a word.
            TaskCancelled: The task was cancelled; likewise.
        """
        self._scheduler().sleep(seconds)

    def error(self, handler: H) -> H:
        """Have a function called with what a run raised, in place of the log.

        ```python
        @tick.error
        def failed(error: Exception, run: TaskRun) -> None: ...
        ```
        """
        self._on_error = handler, takes_error(handler)
        return handler

    # What it is -------------------------------------------------------------------------------

    @property
    def client(self) -> Client:
        """The client that runs it."""
        return self._scheduler().client

    @property
    def schedule(self) -> Schedule:
        """When it runs."""
        return self._plan.schedule

    @property
    def next_run(self) -> datetime | None:
        """When the next run begins, in UTC; None where none will, as long as nothing changes."""
        return None if self._tasks is None else self._tasks.next_run(self)

    @property
    def running(self) -> bool:
        """Whether a run is under way."""
        return bool(self._running)

    @property
    def where(self) -> str:
        """Where its function stands, ``bot.py:12, in tick``."""
        return where(self.function)

    def _scheduler(self) -> Tasks:
        if self._tasks is None:
            raise ClientStopped(
                f"the task {self.name} belongs to no client: add its plugin to one, or call "
                "client.tasks.add(task)"
            )
        return self._tasks

    def _run(self, run: TaskRun) -> R:
        function: Callable[..., R] = self.function
        return function(run) if self._wants_run else function()


def takes_error(handler: ErrorHandler) -> int:
    """Return whether an error handler takes the error alone or its context too, 1 or 2."""
    return max(1, takes(handler, 2, "the error, or the error and what failed"))


def check_options(schedule: Schedule, count: int | None, jitter: timedelta | float) -> float:
    """Refuse options that cannot be right; return the jitter in seconds.

    Raises:
        InvalidArgument: They cannot.
    """
    from .schedules import seconds_of

    if count is not None and (isinstance(count, bool) or not isinstance(count, int) or count < 1):
        raise InvalidArgument(f"count={count!r}: it is 1 or more")
    spread = seconds_of(jitter, "jitter")
    if spread < 0:
        raise InvalidArgument(f"jitter={spread:g}: it is 0 or more seconds")
    if isinstance(schedule, Interval) and spread >= schedule.seconds:
        raise InvalidArgument(
            f"jitter={spread:g} s is not shorter than the interval of {schedule.seconds:g} s"
        )
    return spread


def interval(
    every: timedelta | None,
    seconds: float,
    minutes: float,
    hours: float,
    days: float,
    first: timedelta | float | None,
) -> Interval:
    """Return the interval that the arguments of `every` mean.

    Raises:
        InvalidArgument: They mean none.
    """
    try:
        length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        if every is not None:
            length += every
    except (TypeError, ValueError, OverflowError):
        raise InvalidArgument(
            "the interval is given as seconds=, minutes=, hours=, days=, or as a timedelta"
        ) from None
    if not length:
        raise InvalidArgument("give the interval: every(minutes=5), or every(timedelta(hours=1))")
    return Interval(length, first)
