"""What can go wrong while somebody plays a user."""

from __future__ import annotations

from collections.abc import Iterable

from ..world.transcript import Line

__all__ = ["DriverError", "ExpectationFailed"]


class DriverError(Exception):
    """A user cannot do that: there is no such channel, command, button."""


class ExpectationFailed(AssertionError):
    """What was waited for did not come.

    Attributes:
        lines: What came instead.
    """

    def __init__(self, message: str, lines: Iterable[Line] = ()) -> None:
        self.lines = tuple(lines)
        if self.lines:
            said = "\n".join(f"  {line}" for line in self.lines)
            message = f"{message} This is what came:\n{said}"
        super().__init__(message)
