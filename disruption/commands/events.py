"""Events of the library's own: how commands ended. `client.on` takes them like Discord's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..types.events import Event

if TYPE_CHECKING:
    from .context import Context

__all__ = ["CommandCompleted", "CommandFailed"]


@dataclass(eq=False)
class CommandCompleted(Event):
    """A command, component or modal has ended well.

    Attributes:
        context: Its context.
        name: Its name, with those of its groups, or its pattern.
        duration: Seconds that it ran, guards and middleware included.
    """

    context: Context
    name: str
    duration: float


@dataclass(eq=False)
class CommandFailed(Event):
    """A command, component or modal has ended with an error, or was refused.

    Attributes:
        context: Its context.
        name: Its name, with those of its groups, or its pattern.
        duration: Seconds that it ran, guards and middleware included.
        error: What it raised; a `UserError` where it was the user's doing.
        error_id: The id that the user and the log were given; empty for a user's errors.
    """

    context: Context
    name: str
    duration: float
    error: Exception
    error_id: str = field(default="")
