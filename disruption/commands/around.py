"""What is registered around the commands of a client or a plugin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..client.methods import check_function
from .guards.guard import Guard
from .runnable import ErrorHandler, Hook, Middleware

__all__ = ["Around"]

_GIVEN = {
    "error": ("ctx", "error"),
    "middleware": ("ctx", "call_next"),
    "before": ("ctx",),
    "after": ("ctx",),
}


class Around:
    """What is registered around the commands of a client or a plugin.

    Attributes:
        guards: What must let every one of them run.
        middleware: What is around every one, the outermost first.
        before, after: Hooks.
        errors: Who takes their errors.
    """

    def __init__(self) -> None:
        self.guards: list[Guard] = []
        self.middleware: list[Middleware] = []
        self.before: list[Hook] = []
        self.after: list[Hook] = []
        self.errors: list[ErrorHandler] = []

    def add(self, kind: str, function: Callable[..., Any]) -> None:
        """Register a function: ``error``, ``middleware``, ``before`` or ``after``.

        Raises:
            InvalidHandler: It is no function, an ``async def``, or takes something else.
        """
        check_function(function, *_GIVEN[kind])
        lists: dict[str, list[Any]] = {
            "error": self.errors,
            "middleware": self.middleware,
            "before": self.before,
            "after": self.after,
        }
        lists[kind].append(function)
