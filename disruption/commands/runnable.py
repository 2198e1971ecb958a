"""What a command, a component and a modal have in common: a function with guards and hooks."""

from __future__ import annotations

import builtins
import copy
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, cast

from ..client.methods import check_function
from .errors import defined_at, definition_error
from .guards.guard import Guard, guards_of
from .parameters.hints import as_method, is_method

if TYPE_CHECKING:
    from typing_extensions import Self

    from .context import Context

__all__ = [
    "ErrorHandler",
    "Hook",
    "Middleware",
    "OwnErrorHandler",
    "Runnable",
    "check_context",
    "check_given",
    "check_names",
    "check_owned",
]

P = ParamSpec("P")
R = TypeVar("R")

ErrorHandler = Callable[[Any, Exception], object]
Hook = Callable[[Any], object]
Middleware = Callable[[Any, Callable[[], object]], object]

# In the body of a class the functions are methods, which have a self before these.
OwnErrorHandler = ErrorHandler | Callable[[Any, Any, Exception], object]
_E = TypeVar("_E", bound=OwnErrorHandler)
_H = TypeVar("_H", bound=Hook | Callable[[Any, Any], object])


class Runnable(Generic[P, R]):
    """A function that is run for a user, and what is to happen around it.

    It is called like the function itself, so that tests and other code can.

    Attributes:
        callback: The function.
        name: Its name on Discord, or its pattern.
        ephemeral: Whether its answers are ephemeral where they do not say.
        defer: Whether it may be deferred by itself where it takes long.
        guards: What must let it run, in order.
        owner: The object that it is a method of: a plugin, or a group's class.
        error_handlers, before_hooks, after_hooks: What was registered for this one alone.
    """

    kind = "command"

    def __init__(
        self,
        callback: Callable[..., R],
        *,
        name: str,
        ephemeral: bool = False,
        defer: bool = True,
    ) -> None:
        if isinstance(callback, (staticmethod, classmethod)):
            raise definition_error(
                f"a {type(callback).__name__} cannot be a {self.kind}: decorate a plain function "
                "or method",
                callback.__func__,
            )
        _check_runs(callback)
        check_function(callback)
        self.callback = callback
        self.name = name
        self.ephemeral = ephemeral
        self.defer = defer
        self.guards: list[Guard] = guards_of(callback)
        self.owner: object | None = None
        self.error_handlers: list[ErrorHandler] = []
        self.before_hooks: list[Hook] = []
        self.after_hooks: list[Hook] = []
        self.__doc__ = callback.__doc__
        self.__wrapped__ = callback

    def __call__(self, ctx: Any, /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Call the function, without guards and hooks."""
        return self.callback(ctx, *args, **kwargs)

    def __set_name__(self, owner: type, name: str) -> None:
        self._attribute = name

    def __get__(self, instance: object | None, owner: type | None = None) -> Self:
        if instance is None:
            return self
        bound = self.bound_to(instance)
        # From now on the instance's own: what is registered on it stays.
        return cast("Self", vars(instance).setdefault(self._attribute, bound))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.qualified_name!r} at {self.where}>"

    @property
    def qualified_name(self) -> str:
        """Its name with those of its groups before it."""
        return self.name

    @property
    def where(self) -> str:
        """Where it is written, as ``file.py:12``."""
        return defined_at(self.callback)

    @property
    def all_guards(self) -> tuple[Guard, ...]:
        """Its guards and those of what it is in, the outermost first."""
        return tuple(self.guards)

    @property
    def all_error_handlers(self) -> tuple[ErrorHandler, ...]:
        """Its error handlers and those of what it is in, its own first."""
        return tuple(self.error_handlers)

    def error(self, function: _E) -> _E:
        """Let a function take what this raises; it is called with the context and the error.

        What the function raises goes to the next one: the group's, the plugin's, the client's.

        ```python
        @roll.error
        def failed(ctx: Context, error: Exception) -> None: ...
        ```
        """
        check_given(function, "ctx", "error")
        self.error_handlers.append(cast("ErrorHandler", function))
        return function

    def before(self, function: _H) -> _H:
        """Call a function with the context before this runs; what it raises prevents it."""
        check_given(function, "ctx")
        self.before_hooks.append(cast("Hook", function))
        return function

    def after(self, function: _H) -> _H:
        """Call a function with the context when this has ended well."""
        check_given(function, "ctx")
        self.after_hooks.append(cast("Hook", function))
        return function

    def bound_to(self, owner: object) -> Self:
        """Return a copy that is a method of `owner`."""
        twin = copy.copy(self)
        twin.owner = owner
        twin.callback = as_method(self.callback, owner)
        twin.guards = list(self.guards)
        twin.error_handlers = [as_method(each, owner) for each in self.error_handlers]
        twin.before_hooks = [as_method(each, owner) for each in self.before_hooks]
        twin.after_hooks = [as_method(each, owner) for each in self.after_hooks]
        return twin


def _check_runs(function: Callable[..., Any]) -> None:
    """Refuse a generator: calling it would run nothing, and nobody would be told."""
    import inspect

    if inspect.isgeneratorfunction(function):
        raise definition_error(
            "it cannot yield, since calling it would run nothing: answer with ctx.respond()",
            function,
        )


def check_given(function: Callable[..., Any], *given: str, yields: bool = False) -> None:
    """Refuse a function, or a method in a class's body, that does not take these."""
    own = ("self",) if is_method(function) else ()
    check_function(function, *own, *given, yields=yields)


def check_names(cls: type, base: type, *taken: str) -> None:
    """Refuse a command, component or listener of a class in place of what its base needs.

    Raises:
        CommandDefinitionError: One has the name of an attribute of `base`, or one of `taken`.
    """
    from .decorators import Listener
    from .group import Group

    for name, value in vars(cls).items():
        if not (hasattr(base, name) or name in taken):
            continue
        if isinstance(value, (Runnable, Group, Listener)):
            raise definition_error(
                f"{base.__name__.lower()}s have a {name!r} of their own: call the method something "
                "else, and give its decorator the name or label that people are to see",
                getattr(value, "callback", None) or getattr(value, "function", cls),
            )


def check_owned(runnable: Runnable[..., Any]) -> None:
    """Refuse a method that no object is there for.

    Raises:
        CommandDefinitionError: It is one.
    """
    if is_method(runnable.callback):
        raise definition_error(
            "it is written in a class, but decorated with a client's or plugin object's decorator: "
            "take that of `disruption` there, and add an object of the class",
            runnable.callback,
        )


def check_context(function: Callable[..., object], kinds: tuple[type[Context], ...]) -> int:
    """Refuse a function whose first parameter is not for these contexts.

    Returns:
        How many parameters come before those that users fill in: the context, and self.

    Raises:
        CommandDefinitionError: There is no such parameter, or it is annotated with another kind.
    """
    import inspect

    from .context import Context

    skip = 2 if is_method(function) else 1
    parameters = list(inspect.signature(function).parameters.values())
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    if len(parameters) < skip or any(one.kind not in positional for one in parameters[:skip]):
        raise definition_error(
            "the first parameter must be the context: (ctx: Context, …)", function
        )
    annotation = parameters[skip - 1].annotation
    if isinstance(annotation, str):
        annotation = _resolved(function, annotation)
    if isinstance(annotation, type) and issubclass(annotation, Context):
        for kind in kinds:
            if not issubclass(kind, annotation):
                raise definition_error(
                    f"it is given a {kind.__name__}, but its first parameter is annotated "
                    f"{annotation.__name__}: write {kind.__name__} or Context",
                    function,
                )
    elif isinstance(annotation, type) and annotation not in (inspect.Parameter.empty, object, Any):
        raise definition_error(
            f"the first parameter is the context, but it is annotated {annotation.__name__}: "
            f"write (ctx: {kinds[0].__name__}, …)",
            function,
        )
    return skip


def _resolved(function: Any, annotation: str) -> object:
    """Return what an annotation's text means; the text itself where that cannot be told."""
    from . import context

    name = annotation.rsplit(".", 1)[-1].strip("\"'")
    found = getattr(function, "__globals__", {}).get(name, getattr(builtins, name, None))
    if found is None and name in context.__all__:
        found = getattr(context, name)  # imported for the type checker only
    return annotation if found is None else found
