"""`job`: which function a stored job calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar, overload

from ...errors import ClientStopped, InvalidArgument
from ..functions import check_plain, method_of, name_of, where
from ..schedules import seconds_of
from ..task import ErrorHandler, takes_error

if TYPE_CHECKING:
    from typing_extensions import Self

    from .record import StoredJob
    from .runner import Jobs

__all__ = ["JobFunction", "job"]

P = ParamSpec("P")
Q = ParamSpec("Q")
R = TypeVar("R")
H = TypeVar("H", bound=ErrorHandler)


class JobFunction(Generic[P, R]):
    """A function that stored jobs call, by its name. Calling this calls the function.

    As an attribute of an object it calls that object's method. `Client.add_task` gives a client
    one that no client's decorator has made.

    Attributes:
        name: What the jobs' store knows it by: change it, and jobs that wait no longer find it.
        attempts: How often a job is tried, unless it says otherwise.
        delay: Seconds between the first two attempts; then twice as many, to an hour.
    """

    __disruption_task__ = True

    def __init__(
        self,
        function: Callable[P, R],
        name: str | None = None,
        *,
        attempts: int = 5,
        delay: timedelta | float = 10.0,
    ) -> None:
        check_plain(function)
        self.function = function
        self.name = name or name_of(function)
        self.attempts = check_attempts(attempts)
        self.delay = seconds_of(delay, "delay")
        if self.delay < 0:
            raise InvalidArgument(f"delay={self.delay:g}: it is 0 or more seconds")
        self._jobs: Jobs | None = None  # whose store it schedules in
        self._handler: ErrorHandler | None = None
        self._attribute: str | None = None  # its name in a class

    def __set_name__(self, owner: type, name: str) -> None:
        self._attribute = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(
        self: JobFunction[Concatenate[Any, Q], R], instance: object, owner: type
    ) -> JobFunction[Q, R]: ...

    def __get__(self, instance: object, owner: type) -> Any:
        if instance is None:
            return self
        bound: JobFunction[..., R] = JobFunction(
            self.function.__get__(instance, owner),
            self.name,
            attempts=self.attempts,
            delay=self.delay,
        )
        if self._handler is not None:
            bound._handler = method_of(self._handler, instance)
        # From now on the attribute is found there, and this is not called again.
        vars(instance)[self._attribute or self.name] = bound
        return bound

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self.function(*args, **kwargs)

    def __repr__(self) -> str:
        return f"<JobFunction {self.name} ({self.where})>"

    @property
    def where(self) -> str:
        """Where the function stands, ``bot.py:12, in remind``."""
        return where(self.function)

    def schedule(
        self, when: datetime | timedelta | float, *args: P.args, **kwargs: P.kwargs
    ) -> StoredJob:
        """Have it called at a time with these arguments; see `Client.schedule`."""
        if self._jobs is None:
            raise ClientStopped(f"the job {self.name} belongs to no client: add its plugin to one")
        return self._jobs.schedule(when, self.name, args, kwargs)

    def error(self, handler: H) -> H:
        """Have a function called with what the function raised, in place of the log.

        It takes the error, or the error and the `StoredJob`, and is called for each attempt.
        """
        self._handler = handler
        return handler

    @property
    def on_error(self) -> tuple[ErrorHandler, int] | None:
        """What `error` was given, and how many arguments it takes."""
        return None if self._handler is None else (self._handler, takes_error(self._handler))


@overload
def job(
    name: str | None = None, /, *, attempts: int = 5, delay: timedelta | float = 10.0
) -> Callable[[Callable[P, R]], JobFunction[P, R]]: ...


@overload
def job(name: Callable[P, R], /) -> JobFunction[P, R]: ...


def job(name: Any = None, /, *, attempts: int = 5, delay: timedelta | float = 10.0) -> Any:
    """Let stored jobs call a function or method by its name; see `Client.job`."""
    if callable(name):
        return JobFunction(name)
    check_name(name)

    def define(function: Callable[..., R]) -> JobFunction[..., R]:
        return JobFunction(function, name, attempts=attempts, delay=delay)

    return define


def check_name(name: object) -> None:
    """Refuse what is no name of a job.

    Raises:
        InvalidArgument: It is none.
    """
    if name is not None and (not isinstance(name, str) or not name):
        raise InvalidArgument(f'{name!r} is no name: write @job() or @job("remind")')


def check_attempts(attempts: object) -> int:
    """Return a number of attempts.

    Raises:
        InvalidArgument: It is none.
    """
    if isinstance(attempts, bool) or not isinstance(attempts, int) or attempts < 1:
        raise InvalidArgument(f"attempts={attempts!r}: it is 1 or more")
    return attempts
