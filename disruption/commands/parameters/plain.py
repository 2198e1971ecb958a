"""Texts, numbers and switches: what Discord sends is the argument."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final

from ...types import ApplicationCommandOptionType as OptionType
from ..phrases import Phrase
from .kind import Kind, bad
from .marks import Autocomplete, Choices, Length, Range

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["bool_kind", "float_kind", "int_kind", "text_kind"]

_INT: Final = re.compile(r"[+-]?(?:[0-9]+(?:_[0-9]+)*|[0-9]{1,3}(?:,[0-9]{3})+)")
_FLOAT: Final = re.compile(
    r"[+-]?(?:[0-9]+(?:_[0-9]+)*|[0-9]{1,3}(?:,[0-9]{3})+)?(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,3})?"
)
_BOOLS: Final = {
    **dict.fromkeys(("yes", "y", "on", "true", "t", "1", "enable", "enabled"), True),
    **dict.fromkeys(("no", "n", "off", "false", "f", "0", "disable", "disabled"), False),
}


def text_kind(name: str, length: Length | None) -> Kind:
    """Return the kind of a text, perhaps of a certain length."""
    least = 0 if length is None or length.min is None else length.min
    most = math.inf if length is None or length.max is None else length.max
    accepts = _text_of(length)

    def from_option(raw: Any, resolved: object, ctx: object) -> str:
        if type(raw) is str and least <= len(raw) <= most:
            return raw
        raise bad(name, raw, accepts)

    def from_text(text: str, ctx: object) -> str:
        if least <= len(text) <= most:
            return text
        raise bad(name, text, accepts)

    return Kind(
        OptionType.STRING,
        accepts,
        from_option,
        from_text,
        holds=lambda value: isinstance(value, str) and least <= len(value) <= most,
        marks=(Length, Choices, Autocomplete),
        plain=True,
        min_length=None if length is None else length.min,
        max_length=None if length is None else length.max,
    )


def _text_of(length: Length | None) -> Phrase:
    if length is None or length == Length():
        return Phrase("a text")
    if length.max is None:
        return Phrase("a text of at least {min} characters", min=length.min)
    if not length.min:
        return Phrase("a text of at most {max} characters", max=length.max)
    if length.min == length.max:
        return Phrase("a text of {min} characters", min=length.min)
    return Phrase("a text of {min} to {max} characters", min=length.min, max=length.max)


def int_kind(name: str, bounds: Range | None) -> Kind:
    """Return the kind of a whole number, perhaps in a range."""
    if bounds is not None:
        bounds = Range(_whole(bounds.min), _whole(bounds.max))
    least, most = _bounds(bounds)
    accepts = _within("a whole number", bounds)

    def from_option(raw: Any, resolved: object, ctx: object) -> int:
        if type(raw) is int and least <= raw <= most:
            return raw
        if type(raw) is float and raw.is_integer() and least <= raw <= most:
            return int(raw)
        raise bad(name, raw, accepts)

    def from_text(text: str, ctx: object) -> int:
        if len(text) <= 100 and _INT.fullmatch(text):
            number = int(text.replace(",", ""))
            if least <= number <= most:
                return number
        raise bad(name, text, accepts)

    return _number(OptionType.INTEGER, accepts, from_option, from_text, _is_int, bounds)


def _whole(bound: Any) -> Any:
    """Return a bound that is written as a float, 1e6, as the whole number it is."""
    return int(bound) if isinstance(bound, float) and bound.is_integer() else bound


def float_kind(name: str, bounds: Range | None) -> Kind:
    """Return the kind of any number, perhaps in a range."""
    least, most = _bounds(bounds)
    accepts = _within("a number", bounds)

    def from_option(raw: Any, resolved: object, ctx: object) -> float:
        if (type(raw) is float or type(raw) is int) and least <= raw <= most:
            return float(raw)
        raise bad(name, raw, accepts)

    def from_text(text: str, ctx: object) -> float:
        if len(text) <= 100 and _FLOAT.fullmatch(text) and any(map(str.isdigit, text)):
            try:
                number = float(text.replace(",", ""))
            except ValueError:  # an exponent and nothing before it
                raise bad(name, text, accepts) from None
            if math.isfinite(number) and least <= number <= most:
                return number
        raise bad(name, text, accepts)

    return _number(OptionType.NUMBER, accepts, from_option, from_text, _is_number, bounds)


def _number(
    type_: OptionType,
    accepts: str,
    from_option: Callable[[Any, object, object], float],
    from_text: Callable[[str, object], float],
    is_one: Callable[[object], bool],
    bounds: Range | None,
) -> Kind:
    least, most = _bounds(bounds)
    return Kind(
        type_,
        accepts,
        from_option,
        from_text,
        holds=lambda value: is_one(value) and least <= value <= most,
        marks=(Range, Choices, Autocomplete),
        plain=True,
        min_value=None if bounds is None else bounds.min,  # type: ignore[arg-type]
        max_value=None if bounds is None else bounds.max,  # type: ignore[arg-type]
    )


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _within(what: str, bounds: Range | None) -> Phrase:
    least = None if bounds is None else bounds.min
    most = None if bounds is None else bounds.max
    if least is None:
        return Phrase(what) if most is None else Phrase(what + " of at most {max}", max=most)
    if most is None:
        return Phrase(what + " of at least {min}", min=least)
    return Phrase(what + " from {min} to {max}", min=least, max=most)


def _bounds(bounds: Range | None) -> tuple[float, float]:
    """Return the least and the largest number."""
    least = None if bounds is None else bounds.min
    most = None if bounds is None else bounds.max
    # What is no number is refused by the rules of options before anything is compared.
    low: Any = -math.inf if least is None else least
    high: Any = math.inf if most is None else most
    return low, high


def bool_kind(name: str) -> Kind:
    """Return the kind of a switch."""
    accepts = Phrase("yes or no")

    def from_option(raw: Any, resolved: object, ctx: object) -> bool:
        if raw is True or raw is False:
            return bool(raw)
        raise bad(name, raw, accepts)

    def from_text(text: str, ctx: object) -> bool:
        found = _BOOLS.get(text.strip().lower())
        if found is None:
            raise bad(name, text, accepts)
        return found

    return Kind(
        OptionType.BOOLEAN,
        accepts,
        from_option,
        from_text,
        holds=lambda value: isinstance(value, bool),
        plain=True,
    )
