"""What goes wrong in commands: what a user did, what a dialogue ran into, what a definition lacks.

A `UserError` is the user's business: its text is shown to them, and nobody else hears of it.
Every other error of a command is the bot's: it is logged with an id, and the user gets the id.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Any

from ..errors import DisruptionError, InvalidArgument, WaitTimeout

if TYPE_CHECKING:
    from ..types import Permissions

__all__ = [
    "BadArgument",
    "BotMissingPermissions",
    "CheckFailed",
    "CommandDefinitionError",
    "CommandError",
    "ConcurrencyReached",
    "DialogueCancelled",
    "DialogueEnded",
    "DialogueTimeout",
    "DirectMessageOnly",
    "GuildOnly",
    "MissingArgument",
    "MissingPermissions",
    "MissingRole",
    "NSFWOnly",
    "NotOwner",
    "NotYours",
    "OnCooldown",
    "TooManyArguments",
    "UserError",
    "defined_at",
]


_PACKAGE = f"{__name__.partition('.')[0]}."


class CommandDefinitionError(InvalidArgument):
    """A command, component or task cannot be as it is written; says where that is."""


def defined_at(function: object) -> str:
    """Return where a function is written, as ``file.py:12``; empty where it cannot be told."""
    inner: Any = function
    while hasattr(inner, "__wrapped__") or hasattr(inner, "func"):
        inner = getattr(inner, "__wrapped__", None) or inner.func
    code = getattr(inner, "__code__", None)
    if code is None:
        return str(getattr(function, "where", ""))  # a group's
    return f"{code.co_filename}:{code.co_firstlineno}"


def called_at() -> str:
    """Return where the library is called from, as ``file.py:12``."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__", "").startswith(_PACKAGE):
        frame = frame.f_back
    return "" if frame is None else f"{frame.f_code.co_filename}:{frame.f_lineno}"


def definition_error(text: str, function: Callable[..., object] | object) -> CommandDefinitionError:
    """Return the error for a definition, with the file and line of its function."""
    name = getattr(function, "__qualname__", None) or getattr(function, "__name__", "")
    name = str(name).rsplit("<locals>.", 1)[-1]
    where = defined_at(function)
    place = ", in ".join(part for part in (where, name) if part)
    return CommandDefinitionError(f"{text} ({place})" if place else text)


def check_parentheses(given: object, how: str) -> None:
    """Refuse a decorator that was written without its parentheses, and so got the function.

    Raises:
        CommandDefinitionError: It was.
    """
    if callable(given):
        raise definition_error(f"the decorator needs its parentheses: {how}", given)


class CommandError(DisruptionError):
    """Something about running a command went wrong."""


# What the user did -----------------------------------------------------------------------


class UserError(CommandError):
    """The user cannot do this, or not so; the text is what they are told.

    Raise one yourself to tell the user something and end the command:

    ```python
    raise UserError("There is no song in the queue.")
    ```
    """


class CheckFailed(UserError):
    """A check of the command said no."""


class MissingPermissions(CheckFailed):
    """The user lacks permissions.

    Attributes:
        missing: Those that they lack.
    """

    def __init__(self, text: str, missing: Permissions) -> None:
        super().__init__(text)
        self.missing = missing


class BotMissingPermissions(CheckFailed):
    """The bot lacks permissions.

    Attributes:
        missing: Those that it lacks.
    """

    def __init__(self, text: str, missing: Permissions) -> None:
        super().__init__(text)
        self.missing = missing


class NotOwner(CheckFailed):
    """Only the owners of the bot may do this."""


class GuildOnly(CheckFailed):
    """This works in servers only."""


class DirectMessageOnly(CheckFailed):
    """This works in direct messages only."""


class NSFWOnly(CheckFailed):
    """This works in age-restricted channels only."""


class MissingRole(CheckFailed):
    """The user has none of the roles that this takes."""


class OnCooldown(CheckFailed):
    """It was used too often.

    Attributes:
        retry_after: Seconds until it can be used again.
    """

    def __init__(self, text: str, retry_after: float) -> None:
        super().__init__(text)
        self.retry_after = retry_after


class ConcurrencyReached(CheckFailed):
    """It runs as often as it may at the same time.

    Attributes:
        limit: How often that is.
        by: For whom: ``user``, ``channel``, ``guild``, …
    """

    def __init__(self, text: str, limit: int, by: str) -> None:
        super().__init__(text)
        self.limit = limit
        self.by = by


class NotYours(CheckFailed):
    """The button, menu or modal belongs to somebody else's dialogue."""


class BadArgument(UserError):
    """A converter does not take what the user wrote or chose; raise it in converters of yours.

    Attributes:
        parameter: The parameter's name.
        value: What was given.
        accepts: What would fit, "a whole number from 2 to 100"; where there is such a word,
            users are told `Texts.bad_argument` in place of the text.
    """

    def __init__(
        self, text: str, parameter: str = "", value: object = None, accepts: str = ""
    ) -> None:
        super().__init__(text)
        self.parameter = parameter
        self.value = value
        self.accepts = accepts


class MissingArgument(UserError):
    """A prefix command lacks an argument.

    Attributes:
        parameter: The parameter's name.
    """

    def __init__(self, text: str, parameter: str = "") -> None:
        super().__init__(text)
        self.parameter = parameter


class TooManyArguments(UserError):
    """A prefix command was given more arguments than it takes."""


# What a dialogue ran into ------------------------------------------------------------------


class DialogueEnded(CommandError):
    """A dialogue ended without an answer."""


class DialogueTimeout(DialogueEnded, WaitTimeout):
    """The person did not answer in time."""


class DialogueCancelled(DialogueEnded):
    """The person cancelled the dialogue."""
