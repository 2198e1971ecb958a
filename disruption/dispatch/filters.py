"""What `wait_for` and `events` can filter by: attributes of events, and a few found deeper."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from typing import Any, TypeAlias

from ..errors import InvalidArgument

__all__ = ["Field", "field", "filter_value"]

Field: TypeAlias = Callable[[Any], object]


def _user_id(event: Any) -> object:
    """Return who did it: ids and users are called differently in each event."""
    own = getattr(event, "user_id", None)
    if own:
        return own
    for name in ("author", "user"):
        user = getattr(event, name, None)
        if user:
            return getattr(user, "id", None)
    member = getattr(event, "member", None)
    return getattr(getattr(member, "user", None), "id", None)


def _message_id(event: Any) -> object:
    """Return the message an event is about: a reaction's, a component's, or itself."""
    own = getattr(event, "message_id", None)
    if own:
        return own
    message = getattr(event, "message", None)
    return getattr(message, "id", None) if message else getattr(event, "id", None)


def _custom_id(event: Any) -> object:
    """Return the custom id of the component or modal that an interaction is of."""
    return getattr(getattr(event, "data", None), "custom_id", None)


def _prompt(event: Any) -> object:
    """Return what stands before the first colon of a custom id; a dialogue's are alike there."""
    custom_id = _custom_id(event)
    return custom_id.partition(":")[0] if isinstance(custom_id, str) else None


_DEEPER: dict[str, Field] = {
    "custom_id": _custom_id,
    "message_id": _message_id,
    "prompt": _prompt,
    "user_id": _user_id,
}
_SHALLOW: dict[str, Field] = {}  # made when first asked for


def field(name: str, classes: Iterable[type]) -> Field:
    """Return the function from an event to the value that the filter `name` compares.

    The function is the same object for the same name, so that it can be a key.

    Raises:
        InvalidArgument: None of the event classes has anything of that name.
    """
    if name in _DEEPER:
        return _DEEPER[name]
    if not any(_may_have(cls, name) for cls in classes):
        names = ", ".join(cls.__name__ for cls in classes)
        raise InvalidArgument(
            f"Cannot filter by {name!r}: {names} has no such field; use check= for anything "
            "that is not a field of the event, user_id or message_id"
        )
    if name not in _SHALLOW:

        def get(event: Any) -> object:
            return getattr(event, name, None)

        _SHALLOW.setdefault(name, get)
    return _SHALLOW[name]


def _may_have(cls: type, name: str) -> bool:
    if not is_dataclass(cls):
        return True  # what instances will have cannot be known
    return any(f.name == name for f in fields(cls)) or hasattr(cls, name)


def filter_value(name: str, value: object) -> object:
    """Return a filter's value as events have it: ids are ints, and may be given by an object.

    Raises:
        InvalidArgument: The value of an id filter is no id, or it cannot be compared by hash.
    """
    if name == "id" or name.endswith("_id"):
        value = getattr(value, "id", value)
        if isinstance(value, str) and value.isascii() and value.isdecimal():
            value = int(value)
        if value is not None and not isinstance(value, (int, str)):
            raise InvalidArgument(f"{name}={value!r} is no id: give an int, a str or an object")
    try:
        hash(value)
    except TypeError as error:
        raise InvalidArgument(f"Cannot filter by {name}={value!r}; use check= for it") from error
    return value
