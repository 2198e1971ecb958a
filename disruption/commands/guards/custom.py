"""Checks of the user's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from ...client.methods import check_function
from ...errors import InvalidArgument
from ..errors import CheckFailed, defined_at
from ..texts import texts
from .guard import GuardDecorator

if TYPE_CHECKING:
    from ..context import Context

    _C = TypeVar("_C", bound=Context)

__all__ = ["Check", "check"]


class Check:
    """Refuses where a function says no.

    Attributes:
        function: Takes the context; returns whether it may run, or raises a `UserError`.
        message: What the user is told; None for the usual text.
    """

    def __init__(self, function: Callable[[_C], bool], message: str | None = None) -> None:
        self.function: Callable[..., object] = function
        self.message = message

    def check(self, ctx: Context) -> None:
        answer = self.function(ctx)
        if answer is None:  # a forgotten return must not let everybody through, nor nobody
            name = getattr(self.function, "__qualname__", repr(self.function))
            raise InvalidArgument(
                f"the check {name} ({defined_at(self.function)}) returned None: return True or "
                "False"
            )
        if not answer:
            raise CheckFailed(self.message or texts().check_failed(ctx))

    def __repr__(self) -> str:
        return f"check({getattr(self.function, '__qualname__', self.function)!s})"


def check(function: Callable[[_C], bool], *, message: str | None = None) -> GuardDecorator:
    """Let it run only where a function of the context says so.

    ```python
    def in_voice(ctx: Context) -> bool: ...

    @client.command()
    @check(in_voice, message="Join a voice channel first.")
    def play(ctx: Context, title: str) -> None: ...
    ```

    Args:
        function: Returns True or False, or raises a `UserError` whose text the user gets.
        message: What the user is told where it returns False.

    Raises:
        InvalidArgument: It is no function.
        InvalidHandler: It is an ``async def``, or does not take one context.
    """
    if not callable(function):
        raise InvalidArgument(f"check takes a function of the context, not {function!r:.60}")
    check_function(function, "ctx")
    return GuardDecorator(lambda: Check(function, message))
