"""The words of a prefix command given to its parameters. Pure, but for the conversions.

- Words go to the parameters in order; a ``*, last: str`` takes all the text that is left, and a
  list or ``*args`` all the words.
- ``--name value``, ``--name=value`` and ``name:value`` give one parameter by its name, before the
  text that is taken whole begins; ``--name`` and ``--no-name`` are True and False for a bool.
  ``--`` alone ends that. What is in quotes, and names that no parameter has, are ordinary words.
- A parameter that may be None and does not take a word leaves it to the next one.
"""

from __future__ import annotations

import contextlib
import inspect
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NoReturn

from ...types import ApplicationCommandOptionType
from ..errors import BadArgument, MissingArgument, TooManyArguments
from ..texts import texts
from .tokens import Token, tokenize

if TYPE_CHECKING:
    from ..command import Command
    from ..context import Context
    from ..parameters import Parameter

__all__ = ["call_arguments", "in_order", "is_flag", "parse"]

_BOOLEAN: Final = ApplicationCommandOptionType.BOOLEAN
_STRING: Final = ApplicationCommandOptionType.STRING


def parse(
    text: str, parameters: Sequence[Parameter], ctx: Context, usage: str = ""
) -> dict[str, Any]:
    """Return the arguments that a text gives, by the names that Python has for them.

    Args:
        text: What comes after the command's name.
        parameters: The parameters, in the order in which they are written.
        ctx: The context, for conversions.
        usage: What to write, for errors.

    Returns:
        An argument for each parameter; that of ``*args`` is a list.

    Raises:
        MissingArgument: A parameter that is required was not given.
        TooManyArguments: There are more words than parameters.
        BadArgument: A word is not what its parameter takes.
    """
    binder = _Binder(text, parameters, ctx, usage)
    binder.read()
    return binder.finish()


def call_arguments(
    parameters: Sequence[Parameter], arguments: dict[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return arguments as a function is called with them, where it has ``*args`` by position."""
    spread = next((one for one in parameters if one.variadic), None)
    if spread is None:
        return (), arguments
    named = dict(arguments)
    first = [named.pop(one.attribute) for one in parameters if not _by_name(one)]
    return (*first, *named.pop(spread.attribute)), named


def _by_name(parameter: Parameter) -> bool:
    return parameter.keyword_only or parameter.variadic


def in_order(command: Command[..., Any]) -> list[Parameter]:
    """Return a command's parameters as they are written; Discord has the required ones first."""
    names = _names.get(command)
    if names is None:
        names = _names[command] = tuple(inspect.signature(command.callback).parameters)
    return sorted(command.parameters, key=lambda one: names.index(one.attribute))


_names: weakref.WeakKeyDictionary[Any, tuple[str, ...]] = weakref.WeakKeyDictionary()


def is_flag(parameter: Parameter, parameters: Sequence[Parameter]) -> bool:
    """Tell whether a parameter is only given by its name.

    That is what keyword-only ones are, but for the one that takes the rest of the text: the only
    text among them, or the only one at all.
    """
    if not parameter.keyword_only or parameter.consumes in ("many", "file"):
        return False
    if parameter.kind is _BOOLEAN:
        return True
    others = [one for one in parameters if one.keyword_only and one is not parameter]
    if parameter.kind is _STRING:
        return any(one.kind is _STRING for one in others)
    return bool(others)


@dataclass
class _Binder:
    """Goes through the words once."""

    text: str
    parameters: Sequence[Parameter]
    ctx: Context
    usage: str
    given: dict[str, Any] = field(default_factory=dict)
    at: int = 0

    def __post_init__(self) -> None:
        self.tokens = tokenize(self.text)
        self.named = {
            name.casefold(): one
            for one in self.parameters
            if one.consumes != "file"
            for name in (one.attribute, one.attribute.replace("_", "-"), one.name)
        }
        self.waiting = [
            one
            for one in self.parameters
            if one.consumes != "file" and not is_flag(one, self.parameters)
        ]
        self.flags_ended = False

    def read(self) -> None:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if self._is_end_of_flags(token):
                self.flags_ended = True
                self.at += 1
            elif not self._flag(token):
                self._word(token)

    def finish(self) -> dict[str, Any]:
        """Fill in what was not given."""
        for one in self.parameters:
            if one.attribute in self.given:
                if one.tupled:
                    self.given[one.attribute] = tuple(self.given[one.attribute])
                continue
            if one.consumes == "file":
                with contextlib.suppress(*(() if one.required else (MissingArgument,))):
                    self.given[one.attribute] = one.from_text("", self.ctx)
                    continue
            elif one.required:
                self._missing(one)
            self.given[one.attribute] = list(one.default) if one.variadic else one.default
        return self.given

    # Words --------------------------------------------------------------------------------

    def _word(self, token: Token) -> None:
        while self.waiting:
            one = self.waiting[0]
            if one.attribute in self.given and one.consumes != "many":
                self.waiting.pop(0)  # it was given by its name
                continue
            if self._takes_rest(one):
                self.given[one.attribute] = one.from_text(self._rest(token), self.ctx)
                self.waiting.pop(0)
                return
            if not self._take(one, token):
                self.waiting.pop(0)
                continue
            if one.consumes != "many":
                self.waiting.pop(0)
            self.at += 1
            return
        raise TooManyArguments(texts().too_many_arguments(self.ctx, token.text, self.usage))

    def _take(self, one: Parameter, token: Token) -> bool:
        """Give a word to a parameter; False where it is left to the next one."""
        may_leave = not one.required and len(self.waiting) > 1
        if one.consumes == "many":
            try:
                value = one.from_text(token.text, self.ctx)
            except BadArgument:
                if may_leave or (self.given.get(one.attribute) and len(self.waiting) > 1):
                    return False
                raise
            self.given.setdefault(one.attribute, []).append(value)
            return True
        try:
            self.given[one.attribute] = one.from_text(token.text, self.ctx)
        except BadArgument:
            if may_leave and (one.optional or one.default is None):
                return False
            raise
        return True

    def _takes_rest(self, one: Parameter) -> bool:
        whole = one.consumes == "rest" or (one.keyword_only and one.consumes == "word")
        return whole and not is_flag(one, self.parameters)

    def _rest(self, token: Token) -> str:
        """Return all the text that is left, as it was written."""
        self.at = len(self.tokens)
        return self.text[token.start :].rstrip()

    # Flags --------------------------------------------------------------------------------

    def _is_end_of_flags(self, token: Token) -> bool:
        return not self.flags_ended and not token.quoted and token.text == "--"

    def _flag(self, token: Token) -> bool:
        """Take a parameter that is given by its name; False where the word is none such."""
        if self.flags_ended or token.quoted:
            return False
        written = self.text[token.start : token.end]
        dashed = written.startswith("--")
        name, sign, value = written[2 * dashed :].partition("=" if dashed else ":")
        one = self.named.get(name.casefold()) if dashed or sign else None
        if one is None:
            return dashed and not sign and self._negated(name)
        self.at += 1
        if value:
            self._give(one, self._value(one, token.end - len(value)))
        elif one.kind is _BOOLEAN and not sign:
            self.given[one.attribute] = True
        elif self.at < len(self.tokens):
            self._give(one, self._value(one, self.tokens[self.at].start))
        else:
            self._missing(one)
        return True

    def _negated(self, name: str) -> bool:
        one = self.named.get(name[3:].casefold()) if name.startswith("no-") else None
        if one is None or one.kind is not _BOOLEAN:
            return False
        self.at += 1
        self.given[one.attribute] = False
        return True

    def _value(self, one: Parameter, start: int) -> str:
        """Return the value that begins at a place of the text, and go on behind it."""
        first = tokenize(self.text[start:])[0]
        end = start + first.end
        if self._takes_rest(one) and not first.quoted:
            end = len(self.text)
        while self.at < len(self.tokens) and self.tokens[self.at].start < end:
            self.at += 1
        return (
            self.text[start:].rstrip() if end == len(self.text) > start + first.end else first.text
        )

    def _give(self, one: Parameter, value: str) -> None:
        converted = one.from_text(value, self.ctx)
        if one.consumes == "many":
            self.given.setdefault(one.attribute, []).append(converted)
        else:
            self.given[one.attribute] = converted

    def _missing(self, one: Parameter) -> NoReturn:
        text = texts().missing_argument(self.ctx, one.name, self.usage)
        raise MissingArgument(text, one.name)
