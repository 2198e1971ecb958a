"""From a type and its marks to the kind of parameter that it makes."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any, Final

from ...errors import InvalidArgument
from ...types import Attachment, Emoji, Message, PartialChannel, Snowflake
from ..errors import BadArgument
from ..phrases import Phrase
from .channels import channel_kind
from .choosing import enum_kind, literal_kind, with_choices
from .custom import converter_of, custom_kind, registered_converter
from .entities import attachment_kind, emoji_kind, message_kind, person_kind, snowflake_kind
from .hints import peel, shown
from .kind import Kind, bad
from .marks import (
    Autocomplete,
    ChannelTypes,
    Choices,
    Converter,
    Description,
    FileTypes,
    Length,
    Localized,
    Mark,
    Name,
    Range,
    Zone,
)
from .plain import bool_kind, float_kind, int_kind, text_kind
from .times import date_kind, datetime_kind, time_kind, timedelta_kind

__all__ = ["Marks", "item_of", "kind_of", "marks_of", "union_kind"]

Marks = Mapping[type[Mark], Any]

_ALWAYS: Final = (Description, Name, Localized, Converter)
_KNOWN: Final = (
    "str, int, float, bool, User, Member, Role, channel classes, Attachment, unions of these, "
    "Enum, Literal, Snowflake, Message, Emoji, datetime, date, time, timedelta, or a class with a "
    "convert method"
)
_SIMPLE: Final[dict[Any, Callable[[str, Marks], Kind]]] = {
    str: lambda name, marks: text_kind(name, marks.get(Length)),
    int: lambda name, marks: int_kind(name, marks.get(Range)),
    float: lambda name, marks: float_kind(name, marks.get(Range)),
    bool: lambda name, marks: bool_kind(name),
    Snowflake: lambda name, marks: snowflake_kind(name),
    timedelta: lambda name, marks: timedelta_kind(name, marks.get(Range)),
    datetime: lambda name, marks: datetime_kind(name, marks.get(Range), marks.get(Zone)),
    date: lambda name, marks: date_kind(name, marks.get(Range), marks.get(Zone)),
    time: lambda name, marks: time_kind(name, marks.get(Range), marks.get(Zone)),
    Message: lambda name, marks: message_kind(name),
    Emoji: lambda name, marks: emoji_kind(name),
}


def marks_of(metadata: Sequence[Any]) -> dict[type[Mark], Any]:
    """Return the marks among what ``Annotated`` holds, by class; of two the outer one counts.

    Raises:
        InvalidArgument: A mark is given as a class, without its arguments.
    """
    marks: dict[type[Mark], Any] = {}
    for one in metadata:
        if isinstance(one, Mark):
            marks[type(one)] = one
        elif isinstance(one, type) and issubclass(one, Mark):
            raise InvalidArgument(f"{one.__name__} lacks its arguments: {one.__name__}(…)")
        elif isinstance(one, types.FunctionType | types.MethodType) or (
            not isinstance(one, type) and callable(getattr(one, "convert", None))
        ):
            marks[Converter] = Converter(one)
    return marks


def kind_of(name: str, members: tuple[Any, ...], marks: Marks, file_number: int = 0) -> Kind:
    """Return the kind of a parameter.

    Args:
        name: The parameter's.
        members: Its type; several for a union.
        marks: What else was said of it.
        file_number: How many parameters before it take a file.

    Raises:
        InvalidArgument: There is no such option, or marks do not go with it.
    """
    if not members:
        raise InvalidArgument("None alone is no type of a parameter")
    converter = marks.get(Converter)
    if converter is None and len(members) == 1:
        converter = registered_converter(members[0]) or converter_of(members[0])
    if converter is None:
        kind = _base(name, members, marks, file_number)
        _check_marks(kind, members, marks)
        choices = marks.get(Choices)
        return kind if choices is None else with_choices(name, kind, choices.choices)
    taken, metadata, _ = peel(converter.takes)
    inner = {**marks_of(metadata), **marks}
    inner.pop(Converter, None)
    base = kind_of(name, taken, inner, file_number)
    made = custom_kind(name, converter, base, members[0] if len(members) == 1 else None)
    made.choices = base.choices
    return made


def _base(name: str, members: tuple[Any, ...], marks: Marks, file_number: int) -> Kind:
    cls = members[0]
    if all(typing.get_origin(one) is typing.Literal for one in members):
        values = [value for one in members for value in typing.get_args(one)]
        return literal_kind(name, values, Autocomplete in marks)
    if all(_subclass(one, PartialChannel) for one in members):
        return channel_kind(name, members, marks.get(ChannelTypes))
    if all(isinstance(one, type) for one in members):
        kind = person_kind(name, frozenset(members))
        if kind is not None:
            return kind
    if len(members) == 1:
        simple = _SIMPLE.get(cls) if isinstance(cls, Hashable) else None
        if simple is not None:
            return simple(name, marks)
        if cls is Attachment:
            return attachment_kind(name, marks.get(FileTypes), file_number)
        if _subclass(cls, Enum):
            return enum_kind(name, cls, Autocomplete in marks)
    text = " | ".join(shown(one) for one in members)
    raise InvalidArgument(f"Discord has no option for {text}; it can be {_KNOWN}{_advice(cls)}")


def _advice(cls: Any) -> str:
    if item_of(cls) is not None:
        return ". A list needs a command with slash=False, which is written as text"
    if typing.get_origin(cls) is None and cls in (dict, object, Any, None):
        return ""
    return ", or write Annotated[…, Converter(function)]"


def _subclass(cls: Any, of: type) -> bool:
    return isinstance(cls, type) and issubclass(cls, of)


def _check_marks(kind: Kind, members: tuple[Any, ...], marks: Marks) -> None:
    for mark in marks:
        if mark not in _ALWAYS and mark not in kind.marks:
            text = " | ".join(shown(one) for one in members)
            advice = {Range: "; a text has a Length", Length: "; a number has a Range"}
            hint = advice.get(mark, "") if kind.plain else ""
            raise InvalidArgument(f"{mark.__name__} does not go with {text}{hint}")


def item_of(annotation: Any) -> Any:
    """Return the type of the items of a list type; None where it is none."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation is list:
        return str
    if origin is list or (origin is tuple and len(inner) == 2 and inner[1] is Ellipsis):
        return inner[0]
    return None


def union_kind(name: str, members: tuple[Any, ...], marks: Marks, file_number: int) -> Kind:
    """Return the kind of a text that is the first of several types that takes it.

    Only prefix commands have it.

    Raises:
        InvalidArgument: One of the types cannot be read from a text.
    """
    kinds = [kind_of(name, (one,), marks, file_number) for one in members]
    accepts = Phrase.either(*(kind.accepts for kind in kinds))

    def from_text(text: str, ctx: Any) -> Any:
        for kind in kinds:
            try:
                return kind.from_text(text, ctx)
            except BadArgument:
                continue
        raise bad(name, text, accepts)

    return Kind(
        None,
        accepts,
        lambda raw, resolved, ctx: from_text(str(raw), ctx),
        from_text,
        holds=lambda value: any(kind.holds(value) for kind in kinds),
    )
