"""`TaskList`: what `client.tasks` is, without what only the client may do with its tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .scheduler import Tasks
    from .task import Task

__all__ = ["TaskList"]


class TaskList:
    """A client's tasks: iterate over them, or get one by its name, ``client.tasks["tick"]``."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks

    def __iter__(self) -> Iterator[Task[..., Any]]:
        return iter(self._tasks)

    def __len__(self) -> int:
        return len(self._tasks)

    def __getitem__(self, name: str) -> Task[..., Any]:
        return self._tasks[name]

    def __repr__(self) -> str:
        return f"<TaskList {list(self)}>"

    def advance(self, seconds: float, *, timeout: float = 30.0) -> None:
        """Let time pass for tasks, their `sleep` and stored jobs: all that falls due runs.

        For tests. What is due runs in its order, and time stands while it runs.

        Args:
            seconds: How much.
            timeout: Real seconds in which all of it must have ended, or gone to sleep.

        Raises:
            TimeoutError: Something still runs.
            InvalidArgument: Time does not go back.
        """
        self._tasks.advance(seconds, timeout=timeout)

    def settle(self, timeout: float = 10.0) -> bool:
        """Wait until no run is under way but those that sleep.

        Args:
            timeout: Real seconds.

        Returns:
            False where the timeout came first.
        """
        return self._tasks.settle(timeout)
