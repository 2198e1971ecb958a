"""What a run of a task and a run of a stored job have in common: it can sleep and be woken."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from ..dispatch.signal import Signal

if TYPE_CHECKING:
    from .scheduler import Tasks

__all__ = ["Run", "become", "current_run"]


class Run:
    """Something that runs on a thread of its own.

    Attributes:
        what: Its name, for logs.
        tasks: Whose `sleep` ends with it.
        signal: Wakes it.
        cancelled: Whether its next sleep ends it.
        asleep: Whether it sleeps; under the lock of `tasks`.
    """

    def __init__(self, what: str, tasks: Tasks) -> None:
        self.what = what
        self.tasks = tasks
        self.signal = Signal()
        self.cancelled = False
        self.asleep = False


_here = threading.local()  # .run: what the thread runs


def become(run: Run) -> None:
    """Note that the calling thread, which is the run's own, runs it."""
    _here.run = run


def current_run() -> Run | None:
    """Return what the calling thread runs, None in any other thread."""
    return getattr(_here, "run", None)
