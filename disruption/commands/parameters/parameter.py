"""A parameter of a command, as Discord, users and Python see it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from ...errors import InvalidArgument
from ...types import UNSET, ApplicationCommandOptionType
from .hints import as_method
from .kind import FromOption, FromText
from .marks import Choice

if TYPE_CHECKING:
    from typing_extensions import Self

    from ...types import ChannelType

__all__ = ["Consumes", "Parameter"]

Consumes = Literal["word", "rest", "many", "file"]
"""What a parameter takes of a prefix command's text: a word, all that is left as one, all words
that are left one by one, or no text but a file of the message."""

_COMPLETED = (
    ApplicationCommandOptionType.STRING,
    ApplicationCommandOptionType.INTEGER,
    ApplicationCommandOptionType.NUMBER,
)


@dataclass(eq=False)
class Parameter:
    """One parameter of a command.

    Attributes:
        name: What it is called on Discord.
        attribute: What it is called in Python.
        kind: The type of its option; None where only prefix commands can have it.
        description: What it is, for users.
        accepts: What users may enter, "a whole number from 2 to 100", for help and errors.
        from_option: From an option's raw value, the resolved data and the context to the
            argument; raises `BadArgument`.
        from_text: From a prefix command's text and the context to the argument; raises
            `BadArgument`.
        required: Whether users must give it.
        default: The argument where they do not; UNSET where it is required.
        optional: Whether its type takes None.
        annotation: Its type.
        choices: The only values that it takes.
        consumes: What of a prefix command's text it takes; see `Consumes`.
        keyword_only: Whether Python takes it by name alone.
        variadic: Whether it is ``*args``; its argument is then a list to be spread.
        tupled: Whether what it takes word by word is a tuple, not a list.
        autocomplete: The function that proposes values.
    """

    name: str
    attribute: str
    kind: ApplicationCommandOptionType | None
    description: str
    accepts: str
    from_option: FromOption
    from_text: FromText
    required: bool = True
    default: Any = UNSET
    optional: bool = False
    annotation: Any = None
    choices: tuple[Choice, ...] = ()
    min_value: float | None = None
    max_value: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    channel_types: tuple[ChannelType, ...] = ()
    file_types: tuple[str, ...] = ()
    name_localizations: Mapping[str, str] = field(default_factory=dict)
    description_localizations: Mapping[str, str] = field(default_factory=dict)
    autocomplete: Callable[..., Any] | None = None
    consumes: Consumes = "word"
    keyword_only: bool = False
    variadic: bool = False
    tupled: bool = False

    def complete_with(self, function: Callable[..., Any]) -> None:
        """Have a function propose values while users type.

        Raises:
            InvalidArgument: Discord completes no such option, or it has choices.
        """
        if self.kind not in _COMPLETED:
            raise InvalidArgument(
                f"{self.attribute} cannot be completed: only texts and numbers can"
            )
        if self.choices:
            raise InvalidArgument(f"{self.attribute} has choices, so it cannot be completed")
        self.autocomplete = function

    def bound_to(self, owner: object) -> Self:
        """Return a copy whose autocomplete, where it is a function of a class, is its method."""
        twin = copy.copy(self)
        if self.autocomplete is not None:
            twin.autocomplete = as_method(self.autocomplete, owner)
        return twin

    def to_option(self) -> dict[str, Any]:
        """Return the option as Discord takes it.

        Raises:
            InvalidArgument: Discord has no such option: only prefix commands can have it.

        See https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure
        """
        if self.kind is None:
            raise InvalidArgument(f"{self.attribute} can be in prefix commands only")
        option: dict[str, Any] = {
            "type": int(self.kind),
            "name": self.name,
            "description": self.description,
        }
        for key, texts in (
            ("name_localizations", self.name_localizations),
            ("description_localizations", self.description_localizations),
        ):
            if texts:
                option[key] = {str(locale): text for locale, text in texts.items()}
        if self.required:
            option["required"] = True
        if self.choices:
            option["choices"] = [choice.to_dict() for choice in self.choices]
        if self.channel_types:
            option["channel_types"] = [int(one) for one in self.channel_types]
        if self.file_types:
            option["file_types"] = list(self.file_types)
        for key in ("min_value", "max_value", "min_length", "max_length"):
            value = getattr(self, key)
            if value is not None:
                option[key] = value
        if self.autocomplete is not None:
            option["autocomplete"] = True
        return option
