"""How events become calls of handler methods, and whether a handler can take them."""

from __future__ import annotations

import difflib
import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any

from ..errors import InvalidHandler
from ..gateway.sink import Connected, Disconnected
from ..handler import Handler
from ..types.events import EVENTS

__all__ = ["check_function", "check_handler", "methods"]

Extract = Callable[[Any], "tuple[Any, ...]"]

# Methods that were asked for with parameters of their own; every other takes the event.
_PARAMETERS: dict[str, Extract] = {
    "MESSAGE_DELETE": lambda e: (e.id, e.channel_id, e.guild_id),
    "MESSAGE_REACTION_ADD": lambda e: (
        e.user_id,
        e.channel_id,
        e.message_id,
        e.guild_id,
        e.emoji,
    ),
    "MESSAGE_REACTION_REMOVE": lambda e: (
        e.user_id,
        e.channel_id,
        e.message_id,
        e.guild_id,
        e.emoji,
    ),
    "GUILD_DELETE": lambda e: (e.id, bool(e.unavailable)),
    "GUILD_MEMBER_ADD": lambda e: (e.guild_id, e),
    "GUILD_MEMBER_REMOVE": lambda e: (e.guild_id, e.user),
    "GUILD_MEMBER_UPDATE": lambda e: (e.guild_id, e),
    "GUILD_ROLE_CREATE": lambda e: (e.guild_id, e.role),
    "GUILD_ROLE_UPDATE": lambda e: (e.guild_id, e.role),
    "GUILD_ROLE_DELETE": lambda e: (e.guild_id, e.role_id),
}

_METHODS: dict[type, tuple[str, Extract | None]] = {
    spec.cls: (spec.method, _PARAMETERS.get(spec.name)) for spec in EVENTS.values()
}
_METHODS[Connected] = ("on_connect", None)
_METHODS[Disconnected] = ("on_disconnect", None)


def methods() -> dict[type, tuple[str, Extract | None]]:
    """Return event class → handler method, and how its arguments are taken from the event."""
    return _METHODS


_NAMES = sorted(name for name in vars(Handler) if name.startswith("on_"))
# The names that methods would have without an exception, on_message_create for one.
_REGULAR = {f"on_{spec.name.lower()}": spec.method for spec in EVENTS.values()}


def check_handler(handler: object) -> None:
    """Refuse a handler whose methods could not be called as they are written.

    Raises:
        InvalidHandler: It is a class, no Handler, has a method that is nearly one of ours, an
            ``async def``, or one with the wrong parameters; the message names it.
    """
    if isinstance(handler, type):
        raise InvalidHandler(f"give an instance: Client({handler.__name__}(), …), not the class")
    if not isinstance(handler, Handler):
        raise InvalidHandler(
            f"{type(handler).__name__} is no Handler: write class {type(handler).__name__}(Handler)"
        )
    cls = type(handler)
    for name in dir(handler):
        if not name.startswith("on_"):
            continue
        default = getattr(Handler, name, None)
        if default is None:
            if not callable(getattr(cls, name, None)):
                continue
            meant = _REGULAR.get(name) or _nearest(name)
            if meant is not None:
                raise InvalidHandler(
                    f"{cls.__name__}.{name} is never called: did you mean {meant}? "
                    "(rename it if it is not meant to take an event)"
                )
        else:
            _check_method(handler, name, default)
    if type(handler).setup is not Handler.setup:
        check_function(handler.setup)


def _nearest(name: str) -> str | None:
    near = difflib.get_close_matches(name, _NAMES, n=1, cutoff=0.85)
    return near[0] if near else None


def check_function(function: object, *given: str, yields: bool = False) -> None:
    """Refuse what cannot be called by a thread, or not with what it is given.

    Args:
        function: What is to be called.
        given: The names of what it is given; without any its parameters are not looked at.
        yields: Whether it may be a generator; else calling one would run nothing.

    Raises:
        InvalidHandler: It is no function, an ``async def``, a generator, or takes something else.
    """
    if not callable(function):
        raise InvalidHandler(f"{function!r} is no function")
    inner: object = function
    while isinstance(inner, functools.partial):
        inner = inner.func
    code = getattr(inner, "__code__", None)
    where = "" if code is None else f" ({code.co_filename}:{code.co_firstlineno})"
    name = str(getattr(inner, "__qualname__", repr(inner))).rpartition("<locals>.")[2]
    if inspect.iscoroutinefunction(inner) or inspect.isasyncgenfunction(inner):
        raise InvalidHandler(
            f"{name} is an async def: write a plain def, it may block as long as it likes{where}"
        )
    if inspect.isgeneratorfunction(inner) and not yields:
        raise InvalidHandler(
            f"{name} has a yield, so that calling it would run nothing of it{where}"
        )
    if given:
        _check_parameters(function, given, name, where)


def _check_method(handler: Handler, name: str, default: Callable[..., object]) -> None:
    method = getattr(handler, name)
    if method is None or getattr(method, "__func__", method) is default:
        return
    if not callable(method):
        raise InvalidHandler(f"{type(handler).__name__}.{name} is no function: {method!r}")
    check_function(method)
    wanted = list(inspect.signature(default).parameters)[1:]
    _check_parameters(method, wanted, f"{type(handler).__name__}.{name}")


def _check_parameters(function: Any, given: Sequence[str], name: str, where: str = "") -> None:
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # written in C: it is called and shows then
        return
    try:
        signature.bind(*given)
    except TypeError as error:
        raise InvalidHandler(
            f"{name}{signature} cannot be called with ({', '.join(given)}): {error}{where}"
        ) from None
