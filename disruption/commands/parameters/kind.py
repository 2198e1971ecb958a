"""What one kind of parameter is: its option on Discord, and the ways to its argument."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from ..errors import BadArgument

if TYPE_CHECKING:
    from ...rest import Rest
    from ...types import ApplicationCommandOptionType, Attachment, ChannelType, ResolvedData
    from ...types.message import MentionedUser
    from .marks import Choice

__all__ = ["ConversionContext", "FromOption", "FromText", "Kind", "bad", "quoted"]


class _HasRest(Protocol):
    @property
    def rest(self) -> Rest: ...


class _HasFiles(Protocol):
    @property
    def attachments(self) -> Sequence[Attachment]: ...
    @property
    def mentions(self) -> Sequence[MentionedUser]: ...


class ConversionContext(Protocol):
    """What conversions ask of the context of a command."""

    @property
    def client(self) -> _HasRest: ...
    @property
    def guild_id(self) -> int | None: ...
    @property
    def channel_id(self) -> int | None: ...
    @property
    def message(self) -> _HasFiles | None: ...


FromOption: TypeAlias = "Callable[[Any, ResolvedData | None, Any], Any]"
"""From the raw value of an option, what Discord resolved, and the context, to the argument."""

FromText: TypeAlias = "Callable[[str, Any], Any]"
"""From a word of a message and the context to the argument."""


@dataclass
class Kind:
    """How a parameter's values look and are read.

    Attributes:
        type: The type of the option; None where Discord has none.
        accepts: What users may enter, "a whole number", for errors and help.
        from_option: See `FromOption`.
        from_text: See `FromText`.
        holds: Whether a value can be the argument; asked of defaults.
        marks: Which classes of marks it takes besides those that all do.
        plain: Whether the argument is the value that Discord sends.
    """

    type: ApplicationCommandOptionType | None
    accepts: str
    from_option: FromOption
    from_text: FromText
    holds: Callable[[Any], bool]
    marks: tuple[Any, ...] = ()
    plain: bool = False
    choices: tuple[Choice, ...] = ()
    channel_types: tuple[ChannelType, ...] = ()
    file_types: tuple[str, ...] = ()
    min_value: float | None = None
    max_value: float | None = None
    min_length: int | None = None
    max_length: int | None = None


def quoted(value: object) -> str:
    """Return a value as errors show it to users, on one line and not too long."""
    text = " ".join(str(value).split())
    return f'"{text}"' if len(text) <= 60 else f'"{text[:59]}…"'


def bad(name: str, value: object, accepts: str) -> BadArgument:
    """Return the error for a value that is not what the parameter accepts."""
    return BadArgument(f"{name} must be {accepts}, not {quoted(value)}", name, value, accepts)
