"""The errors that a bot's handlers raised during a test.

They are caught in two places, since nothing may get past a test: where the dispatcher hands an
error to `on_error` (which may be the user's own and keep quiet), and where the library logs one.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..local.driver import ExpectationFailed

if TYPE_CHECKING:
    from ..client import Client
    from ..local.world import World

__all__ = ["ErrorLog", "HandlerError", "HandlersFailed", "Unmet"]

__tracebackhide__ = True  # pytest shows the line of the test, not ours

_logger = logging.getLogger("disruption")


class Unmet(ExpectationFailed):
    """An expectation that was not met, with the whole story in its text."""


class HandlersFailed(AssertionError):
    """Handlers raised errors that the test did not expect.

    Attributes:
        errors: What they raised.
    """

    def __init__(self, message: str, errors: tuple[BaseException, ...]) -> None:
        super().__init__(message)
        self.errors = errors


@dataclass
class HandlerError:
    """One error.

    Attributes:
        error: What was raised.
        where: In which event or by what it was raised.
        expected: Whether the test has asked for it.
    """

    error: BaseException
    where: str
    expected: bool = False

    def __str__(self) -> str:
        text = "".join(traceback.format_exception(self.error)).rstrip()
        return f"on {self.where}:\n{text}"


class ErrorLog(logging.Handler):
    """Keeps errors until somebody asks.

    Attributes:
        forgiving: Errors are kept, but nothing fails because of them.
    """

    def __init__(self, world: World) -> None:
        super().__init__(logging.ERROR)
        self.forgiving = False
        self._world = world  # its lock guards the two below, its condition tells of errors
        self._errors: list[HandlerError] = []
        self._threads: tuple[str, ...] = ()  # how the names of the bots' threads begin

    def open(self) -> None:
        """Hear what the library logs."""
        _logger.addHandler(self)

    def close(self) -> None:
        """Hear no more of it."""
        _logger.removeHandler(self)
        super().close()

    def watch(self, client: Client) -> None:
        """Take down what the handlers of a client raise."""
        with self._world.lock:
            self._threads = (*self._threads, f"{client.name}-")
        dispatcher = client.dispatcher
        before: Callable[[BaseException, Any], object] | None = dispatcher.on_error

        def on_error(error: BaseException, event: Any) -> None:
            self.add(error, getattr(event, "event_name", "") or type(event).__name__)
            if before is not None:
                before(error, event)

        dispatcher.on_error = on_error

    def add(self, error: BaseException, where: str) -> None:
        """Take an error down, once."""
        with self._world.lock:
            if all(known.error is not error for known in self._errors):
                self._errors.append(HandlerError(error, where))
                self._world.changed.notify_all()

    def handle(self, record: logging.LogRecord) -> bool:
        """Take a record without the lock that handlers have by custom.

        `add` takes the world's lock, and whoever holds that may be about to log.
        """
        self.emit(record)
        return True

    def emit(self, record: logging.LogRecord) -> None:
        """Take down an error that a bot's thread has logged."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None or record.name.startswith("disruption.local"):
            return
        if (record.threadName or "").startswith(self._threads):
            self.add(error, record.getMessage())

    @property
    def all(self) -> list[BaseException]:
        """Every error so far, expected ones too."""
        with self._world.lock:
            return [item.error for item in self._errors]

    @property
    def unexpected(self) -> list[HandlerError]:
        """The errors that nobody has asked for."""
        with self._world.lock:
            return [item for item in self._errors if not item.expected]

    @property
    def fatal(self) -> HandlerError | None:
        """The first error because of which the test is going to fail."""
        return None if self.forgiving else next(iter(self.unexpected), None)

    def take(self, kind: type[BaseException], match: str | None) -> BaseException | None:
        """Return an unexpected error of this kind and text, which is an expected one then."""
        with self._world.lock:
            for item in self._errors:
                fits = isinstance(item.error, kind) and not item.expected
                if fits and (match is None or re.search(match, str(item.error))):
                    item.expected = True
                    return item.error
            return None

    def check(self) -> None:
        """Fail if there are errors that nobody has asked for.

        Raises:
            HandlersFailed: There are; they are reported once.
        """
        with self._world.lock:
            found = [] if self.forgiving else self.unexpected
            for item in found:
                item.expected = True
        if found:
            first, *others = found
            told = f"A handler raised {first.error!r} on {first.where}"
            told += "".join(f"\n\nAnother one failed {item}" for item in others)
            raise HandlersFailed(told, tuple(item.error for item in found)) from first.error
