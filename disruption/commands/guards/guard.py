"""What a guard is, how a decorator attaches one, and how a command passes its guards.

A guard refuses by raising a `UserError`. First all guards look (`check`), which changes
nothing; then those that take something (a use of a cooldown, a place among those that run at
once) take it (`enter`), and put it back where a later one refuses (`undo`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, overload

from ...errors import InvalidArgument
from ..errors import UserError

if TYPE_CHECKING:
    from ..context import Context

__all__ = [
    "GUARDS",
    "EnteringGuard",
    "Guard",
    "GuardDecorator",
    "admitted",
    "allows",
    "guarded",
    "guards_of",
]

_log = logging.getLogger("disruption.commands")

GUARDS = "__disruption_guards__"
"""The attribute of a function or class that keeps the guards of what will be made of it."""

_T = TypeVar("_T")


class Guard(Protocol):
    """Lets a command run, or refuses by raising a `UserError`."""

    def check(self, ctx: Context) -> None:
        """Raise a `UserError` if this may not run; change nothing."""


class EnteringGuard(Guard, Protocol):
    """A guard that takes something while, or because, the command runs."""

    def enter(self, ctx: Context) -> None:
        """Take it, or raise a `UserError`; all guards' checks have passed."""

    def leave(self, ctx: Context) -> None:
        """The command has ended, whichever way."""

    def undo(self, ctx: Context) -> None:
        """The command did not run after all: a later guard refused."""


class GuardDecorator:
    """Puts a guard on a function, a command, a group or a plugin class; above or below it.

    The guards run from top to bottom, as they are written. A client and a plugin object are given
    to it in a line of their own, ``guild_only(client)``: it guards all of their commands.

    Args:
        make: Makes the guard, one for each thing that is decorated.
    """

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[], Guard]) -> None:
        self._make = make

    @overload
    def __call__(self) -> GuardDecorator: ...

    @overload
    def __call__(self, target: _T) -> _T: ...

    def __call__(self, target: Any = None) -> Any:
        if target is None:  # ``@guild_only()`` is as good as ``@guild_only``
            return self
        attach(target, self._make())
        return target


def guarded(guard: Guard) -> GuardDecorator:
    """Put a guard of your own on a command; what is decorated with the same one shares it.

    ```python
    downloads = Cooldown(3, 60, by="user")

    @client.command()
    @guarded(downloads)
    def fetch(ctx: Context, url: str) -> None: ...
    ```

    Raises:
        InvalidArgument: It is no guard.
    """
    if isinstance(guard, type) or not callable(getattr(guard, "check", None)):
        raise InvalidArgument(f"{guard!r} is no guard: it needs a method check(ctx)")
    return GuardDecorator(lambda: guard)


def attach(target: object, guard: Guard) -> None:
    """Put a guard before those that a function, a class, a command or a group has.

    On a client or a plugin object it comes last, as it is written: ``guild_only(client)``.

    Raises:
        InvalidArgument: It can have none.
    """
    if not isinstance(target, type):
        around = getattr(target, "around", None) or getattr(
            getattr(target, "commands", None), "around", None
        )
        if around is not None:
            around.guards.append(guard)
            return
        own = getattr(target, "guards", None)
        if isinstance(own, list):
            own.insert(0, guard)
            return
    if not callable(target):
        raise InvalidArgument(f"{target!r} can have no guard: decorate a function or a command")
    inner = getattr(target, "__func__", target)  # a classmethod's or method's function
    # A subclass begins with what its bases have, and does not add to theirs.
    setattr(inner, GUARDS, [guard, *getattr(inner, GUARDS, ())])


def guards_of(target: object) -> list[Guard]:
    """Return the guards that decorators have put on a function or class."""
    return list(getattr(target, GUARDS, ()))


@contextmanager
def admitted(guards: Iterable[Guard], ctx: Context) -> Iterator[None]:
    """Let the block run if all guards let it; what they took is given back.

    Raises:
        UserError: A guard refused; the block did not run.
    """
    everyone = tuple(guards)
    for guard in everyone:
        guard.check(ctx)
    entered: list[Any] = []
    try:
        for guard in everyone:
            enter = getattr(guard, "enter", None)
            if enter is not None:
                enter(ctx)
                entered.append(guard)
    except BaseException:
        for guard in reversed(entered):
            _surely(guard.undo, ctx)
        raise
    try:
        yield
    finally:
        for guard in reversed(entered):
            _surely(guard.leave, ctx)


def _surely(give_back: Callable[[Context], object], ctx: Context) -> None:
    """Call it; one that fails must not keep the others from theirs."""
    try:
        give_back(ctx)
    except Exception:
        _log.exception("A guard failed at the end of a command")
        ctx.client.counters.add("commands.guard_errors")


def allows(guards: Iterable[Guard], ctx: Context) -> bool:
    """Tell whether the checks of all guards pass; nothing is taken and nobody is told."""
    try:
        for guard in guards:
            guard.check(ctx)
    except UserError:
        return False
    except Exception:
        _log.exception("A check failed, so what it guards is not shown")
        ctx.client.counters.add("commands.check_errors")
        return False
    return True
