"""Which functions an event goes to: the handler's method, `on_event`, `@on` functions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

__all__ = ["Methods", "Router", "Target", "name_of"]

Extract: TypeAlias = Callable[[Any], "tuple[Any, ...]"]
Methods: TypeAlias = Mapping[type, "tuple[str, Extract | None]"]


class Target:
    """A function that takes an event, with the name it has in logs.

    Attributes:
        name: Its name.
        call: Takes the event.
    """

    __slots__ = ("call", "name")

    def __init__(self, name: str, call: Callable[[Any], object]) -> None:
        self.name = name
        self.call = call

    def __repr__(self) -> str:
        return f"Target({self.name})"


class Router:
    """The table from event class to functions.

    Functions may be added and removed at any time, from any thread: what readers and
    workers look at is replaced, never changed.

    Args:
        handler: The object whose methods are called; None for none.
        methods: Event class → method name, and how its arguments are taken from the event
            (None: the event is the only argument). A subclass not in it counts as its base.
        defaults: The class whose methods do nothing: a method that the handler inherits
            from it unchanged is not called, and nobody listens for its event.
        every: The name of the method that sees every event.
    """

    def __init__(
        self,
        handler: object | None = None,
        methods: Methods | None = None,
        *,
        defaults: type | None = None,
        every: str = "on_event",
    ) -> None:
        self.handler = handler
        self._methods: Methods = methods if methods is not None else {}
        self._defaults = defaults
        self._lock = threading.Lock()  # guards changes of the two below
        self._functions: tuple[tuple[type, Target, Callable[..., object]], ...] = ()
        self._known: dict[type, tuple[Target, ...]] = {}  # made when first asked for
        call = self._method(every)
        self._every = None if call is None else Target(name_of(call), call)

    def add(self, cls: type, function: Callable[[Any], object], name: str | None = None) -> None:
        """Call `function` with every event of `cls` or a subclass, after those already there."""
        target = Target(name or name_of(function), function)
        with self._lock:
            self._functions = (*self._functions, (cls, target, function))
            self._known = {}

    def remove(self, function: Callable[[Any], object], cls: type | None = None) -> int:
        """Stop calling `function`, for one class or for all; return how often it was there."""
        with self._lock:
            kept = tuple(
                entry
                for entry in self._functions
                if entry[2] != function or cls not in (None, entry[0])
            )
            removed = len(self._functions) - len(kept)
            self._functions = kept
            self._known = {}
        return removed

    def targets(self, cls: type) -> tuple[Target, ...]:
        """Return what is called with an event of this class, in order."""
        known = self._known  # read once: a change replaces it
        targets = known.get(cls)
        if targets is None:
            targets = known[cls] = self._find(cls)
        return targets

    def listens(self, cls: type) -> bool:
        """Tell whether anything is called with an event of this class."""
        return bool(self.targets(cls))

    def _find(self, cls: type) -> tuple[Target, ...]:
        targets = []
        for base in cls.__mro__:
            if base in self._methods:
                name, extract = self._methods[base]
                method = self._method(name)
                if method is not None:
                    targets.append(Target(name_of(method), _call(method, extract)))
                break
        if self._every is not None:
            targets.append(self._every)
        targets += [target for base, target, _ in self._functions if issubclass(cls, base)]
        return tuple(targets)

    def _method(self, name: str) -> Callable[..., object] | None:
        """Return the handler's method, None where it is missing or does nothing."""
        method: Callable[..., object] | None = getattr(self.handler, name, None)
        if method is None or self.handler is None:
            return None
        default = getattr(self._defaults, name, None)
        if default is not None and getattr(method, "__func__", method) is default:
            return None
        return method


def _call(method: Callable[..., object], extract: Extract | None) -> Callable[[Any], object]:
    if extract is None:
        return method

    def call(event: Any) -> object:
        return method(*extract(event))

    return call


def name_of(function: Callable[..., object]) -> str:
    """Return a function's name as a log shows it; a method is named after its object's class."""
    owner = getattr(function, "__self__", None)
    if owner is not None and not isinstance(owner, type):
        return f"{type(owner).__qualname__}.{getattr(function, '__name__', '?')}"
    name = getattr(function, "__qualname__", None)
    return name if isinstance(name, str) else repr(function)
