"""`every`, `at` and `cron`: decorators for modules and for the bodies of plugin classes.

They only note what is to run when; `Client.add_task` lets a client run it, as adding a plugin
does. What `client.every` and its like return is the client's already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar, overload

from ..errors import InvalidArgument
from .cron_strings import Cron
from .functions import check_plain, method_of, name_of
from .schedules import Schedule, TimesOfDay
from .task import ErrorHandler, H, Task, check_options, interval, takes_error

if TYPE_CHECKING:
    from typing_extensions import Self


__all__ = ["TaskDefinition", "at", "cron", "every"]

P = ParamSpec("P")
Q = ParamSpec("Q")
R = TypeVar("R")


class TaskDefinition(Generic[P, R]):
    """A function that is to run by itself, of no client yet; callable as the function is.

    As an attribute of an object it is that object's `Task`.
    """

    __disruption_task__ = True

    def __init__(self, function: Callable[P, R], schedule: Schedule, **options: Any) -> None:
        check_plain(function)
        check_options(schedule, options.get("count"), options.get("jitter", 0.0))
        self.function = function
        self.schedule = schedule
        self.name: str = options.pop("name", None) or name_of(function)
        self._options = options
        self._on_error: ErrorHandler | None = None
        self._attribute: str | None = None  # its name in a class

    def __set_name__(self, owner: type, name: str) -> None:
        self._attribute = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(
        self: TaskDefinition[Concatenate[Any, Q], R], instance: object, owner: type
    ) -> Task[Q, R]: ...

    def __get__(self, instance: object, owner: type) -> Any:
        if instance is None:
            return self
        task = self._make(self.function.__get__(instance, owner), instance)
        # From now on the attribute is found there, and this is not called again.
        vars(instance)[self._attribute or self.name] = task
        return task

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.function(*args, **kwargs)

    def __repr__(self) -> str:
        return f"<TaskDefinition {self.name} {self.schedule!r}>"

    def error(self, handler: H) -> H:
        """Have a function called with what a run raised; see `Task.error`."""
        self._on_error = handler
        return handler

    def make(self) -> Task[P, R]:
        """Return a task of the function itself."""
        return self._make(self.function, None)

    def _make(self, function: Callable[Q, R], owner: object | None) -> Task[Q, R]:
        task = Task(function, self.schedule, name=self.name, **self._options)
        handler: Any = self._on_error
        if handler is not None:
            bound = handler if owner is None else method_of(handler, owner)
            task._on_error = bound, takes_error(bound)
        return task


def every(
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
) -> Callable[[Callable[P, R]], TaskDefinition[P, R]]:
    """Run a function or method again and again; see `Client.every`."""
    schedule = interval(every, seconds, minutes, hours, days, first)
    return _definer(schedule, count=count, overlap=overlap, jitter=jitter, name=name, start=start)


def at(
    *times: time | str,
    tz: str | tzinfo | None = None,
    weekdays: Iterable[int | str] | None = None,
    count: int | None = None,
    overlap: bool = False,
    jitter: timedelta | float = 0.0,
    name: str | None = None,
    start: bool = True,
) -> Callable[[Callable[P, R]], TaskDefinition[P, R]]:
    """Run a function or method at times of day; see `Client.at`."""
    schedule = TimesOfDay(*times, tz=tz, weekdays=weekdays)
    return _definer(schedule, count=count, overlap=overlap, jitter=jitter, name=name, start=start)


def cron(
    expression: str,
    *,
    tz: str | tzinfo | None = None,
    count: int | None = None,
    overlap: bool = False,
    jitter: timedelta | float = 0.0,
    name: str | None = None,
    start: bool = True,
) -> Callable[[Callable[P, R]], TaskDefinition[P, R]]:
    """Run a function or method when a cron string says; see `Client.cron`."""
    schedule = Cron(expression, tz)
    return _definer(schedule, count=count, overlap=overlap, jitter=jitter, name=name, start=start)


def _definer(
    schedule: Schedule, **options: Any
) -> Callable[[Callable[P, R]], TaskDefinition[P, R]]:
    def define(function: Callable[P, R]) -> TaskDefinition[P, R]:
        if isinstance(function, (Task, TaskDefinition)):
            raise InvalidArgument(f"{function.name} is a task already")
        return TaskDefinition(function, schedule, **options)

    return define
