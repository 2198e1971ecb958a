"""What a function must be like to be run by itself, and where it stands."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from typing import Any

from ..errors import InvalidArgument

__all__ = ["check_plain", "method_of", "name_of", "takes", "where"]


def where(function: Callable[..., object]) -> str:
    """Return where a function stands, ``bot.py:12, in tick``."""
    inner: Any = inspect.unwrap(getattr(function, "__func__", function))
    code = getattr(inner, "__code__", None)
    name = name_of(function)
    if code is None:
        return name
    return f"{os.path.basename(code.co_filename)}:{code.co_firstlineno}, in {name}"


def name_of(function: Callable[..., object]) -> str:
    """Return a function's name, without those of the functions that it stands in."""
    name = getattr(function, "__qualname__", None) or type(function).__name__
    return str(name).rpartition("<locals>.")[2]


def check_plain(function: Callable[..., object]) -> None:
    """Refuse what a thread cannot call.

    Raises:
        InvalidHandler: It is no function, or an ``async def``.
    """
    from ..client.methods import check_function

    check_function(function)


def method_of(function: Callable[..., object], owner: object) -> Callable[..., object]:
    """Return a function, as the owner's method where it stands in the class's body."""
    name = getattr(function, "__name__", "")
    if any(vars(cls).get(name) is function for cls in type(owner).__mro__):
        found: Callable[..., object] = getattr(owner, name)
        return found
    return function


def takes(function: Callable[..., object], most: int, what: str) -> int:
    """Return how many arguments a function is to be given.

    Args:
        function: The function.
        most: How many there are for it.
        what: What they are, for the error.

    Raises:
        InvalidArgument: It needs more; the text says where it stands.
    """
    check_plain(function)
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):  # written in C
        return 0
    needed = [
        item
        for item in parameters
        if item.default is item.empty and item.kind not in (item.VAR_POSITIONAL, item.VAR_KEYWORD)
    ]
    if len(needed) > most or any(item.kind is item.KEYWORD_ONLY for item in needed):
        names = ", ".join(item.name for item in needed)
        raise InvalidArgument(f"it takes {what}, not ({names}) ({where(function)})")
    return len(needed)
