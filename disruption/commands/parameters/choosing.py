"""Parameters with choices: enums, literals and the choices of a mark."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any, Final

from ...errors import InvalidArgument
from ...types import ApplicationCommandOptionType as OptionType
from ..errors import BadArgument
from ..phrases import Phrase
from .kind import Kind, bad
from .marks import Autocomplete, Choice

__all__ = ["enum_kind", "literal_kind", "with_choices"]

_SHOWN: Final = 10


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _folded(text: str) -> str:
    return text.strip().casefold()


def _type_of(values: Sequence[object]) -> OptionType | None:
    """Return the type of an option that takes all these values; None where there is none."""
    if all(isinstance(value, str) for value in values):
        return OptionType.STRING
    if all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        return OptionType.INTEGER
    return OptionType.NUMBER if all(_is_number(value) for value in values) else None


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join((*names[:_SHOWN], "…") if len(names) > _SHOWN else names)
    return Phrase("one of {choices}", choices=shown)


def _from_table(
    name: str, type_: OptionType, pairs: Sequence[tuple[Choice, Any]], offered: bool = True
) -> Kind:
    """Return the kind of a few values, each with its argument.

    Args:
        name: The parameter's.
        type_: The option's.
        pairs: What is chosen, and what it stands for.
        offered: Whether Discord lists them; autocomplete does it otherwise.
    """
    accepts = _listed([choice.name for choice, _ in pairs])
    table = {choice.value: result for choice, result in pairs}
    words: dict[str, Any] = {}
    for choice, result in pairs:
        words.setdefault(_folded(str(choice.value)), result)
    for choice, result in pairs:  # names win over values
        words[_folded(choice.name)] = result
    results = [result for _, result in pairs]

    def from_option(raw: Any, resolved: object, ctx: object) -> Any:
        try:
            return table[raw]
        except (KeyError, TypeError):
            if not offered and isinstance(raw, str):  # autocomplete lets users write anything
                return from_text(raw, ctx)
            raise bad(name, raw, accepts) from None

    def from_text(text: str, ctx: object) -> Any:
        try:
            return words[_folded(text)]
        except KeyError:
            raise bad(name, text, accepts) from None

    return Kind(
        type_,
        accepts,
        from_option,
        from_text,
        holds=lambda value: any(
            value is one or (type(value) is type(one) and value == one) for one in results
        ),
        marks=(Autocomplete,),
        choices=tuple(choice for choice, _ in pairs) if offered else (),
    )


def enum_kind(name: str, cls: type[Enum], autocomplete: bool) -> Kind:
    """Return the kind of an enum: its names are the choices.

    Discord gets the values where they are all texts or all numbers, else the names.

    Raises:
        InvalidArgument: The enum has no members.
    """
    members = list(cls)
    if not members:
        raise InvalidArgument(f"{cls.__name__} has no members to choose from")
    type_ = _type_of([member.value for member in members])
    pairs = [
        (Choice(member.name, member.name if type_ is None else _plain(member.value)), member)
        for member in members
    ]
    return _from_table(name, type_ or OptionType.STRING, pairs, offered=not autocomplete)


def _plain(value: Any) -> Any:
    """Return a value as one of Python's own types, not of a subclass."""
    return next((cls(value) for cls in (str, int, float) if isinstance(value, cls)), value)


def literal_kind(name: str, values: Sequence[Any], autocomplete: bool) -> Kind:
    """Return the kind of a ``Literal``.

    Raises:
        InvalidArgument: Its values are of several types, or of one that Discord has no choices of.
    """
    plain = [value.value if isinstance(value, Enum) else value for value in values]
    type_ = _type_of(plain)
    if type_ is None:
        raise InvalidArgument(
            f"the values of a Literal must be all texts or all whole numbers, not {values!r}"
        )
    names = [value.name if isinstance(value, Enum) else str(value) for value in values]
    pairs = [
        (Choice(called, _plain(inner)), value)
        for called, inner, value in zip(names, plain, values, strict=True)
    ]
    return _from_table(name, type_, pairs, offered=not autocomplete)


def with_choices(name: str, kind: Kind, choices: Sequence[Choice]) -> Kind:
    """Return a kind that takes only these values.

    Raises:
        InvalidArgument: There are none, or the kind does not take one.
    """
    if not choices:
        raise InvalidArgument("Choices has nothing to choose from")
    type_ = kind.type
    for choice in choices:
        fits = _type_of([choice.value])
        if type_ is not fits and not (type_ is OptionType.NUMBER and fits is OptionType.INTEGER):
            wanted = "a text" if type_ is OptionType.STRING else "a number"
            wanted = "a whole number" if type_ is OptionType.INTEGER else wanted
            raise InvalidArgument(
                f"the choice {choice.name!r} must be {wanted}, not {choice.value!r}"
            )
    if kind.plain:
        pairs = []
        for choice in choices:
            try:
                pairs.append((choice, kind.from_option(choice.value, None, None)))
            except BadArgument as error:
                raise InvalidArgument(f"the choice {choice.name!r}: {error}") from error
        made = _from_table(name, type_ or OptionType.STRING, pairs)
        made.marks = kind.marks
        return made
    raws = _from_table(
        name, type_ or OptionType.STRING, [(choice, choice.value) for choice in choices]
    )

    def from_option(raw: Any, resolved: Any, ctx: Any) -> Any:
        return kind.from_option(raws.from_option(raw, resolved, ctx), resolved, ctx)

    def from_text(text: str, ctx: Any) -> Any:
        return kind.from_option(raws.from_text(text, ctx), None, ctx)

    return Kind(
        type_,
        raws.accepts,
        from_option,
        from_text,
        holds=kind.holds,
        marks=kind.marks,
        choices=raws.choices,
    )
