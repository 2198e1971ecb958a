"""Annotations: from what is written in a signature to types, and what is inside these."""

from __future__ import annotations

import inspect
import sys
import types
import typing
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Union

from ...types import Snowflake
from ..errors import definition_error

__all__ = ["as_method", "is_method", "peel", "resolve", "shown"]

_NONE = type(None)
_BUILTINS = {"str": str, "int": int, "float": float, "bool": bool}


def resolve(
    function: Callable[..., Any], name: str, annotation: Any, names: Mapping[str, Any] | None
) -> Any:
    """Return the type that an annotation stands for, whatever way it is written.

    A text (all are, after ``from __future__ import annotations``) is read with the names of
    the function's module, its closure, and the functions and classes that it is being
    defined in.

    Args:
        function: Whose parameter it is.
        name: The parameter's name.
        annotation: What was written.
        names: More names to know.

    Raises:
        CommandDefinitionError: It names something that does not exist at run time.
    """
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation
    inner = _unwrapped(function)
    known: dict[str, Any] = {}
    if isinstance(annotation, str):
        known = _names_of(inner, annotation)
    if names:
        known.update(names)
    if isinstance(annotation, str) and annotation not in known:
        plain = _BUILTINS.get(annotation)  # by far the most there are
        if plain is not None and annotation not in getattr(inner, "__globals__", {}):
            return plain
    holder = types.SimpleNamespace(__annotations__={name: annotation})
    try:
        hints = typing.get_type_hints(
            holder, getattr(inner, "__globals__", {}), known, include_extras=True
        )
    except NameError as error:
        raise definition_error(
            f"the annotation {shown(annotation)} of {name} has a name that is not known when the "
            f"program runs, {error.name!r}: import it outside of `if TYPE_CHECKING:`",
            function,
        ) from error
    except Exception as error:
        raise definition_error(
            f"the annotation {shown(annotation)} of {name} cannot be read: {error}", function
        ) from error
    return hints[name]


def is_method(function: object) -> bool:
    """Tell whether a function is written in the body of a class, and not yet bound."""
    parts = getattr(function, "__qualname__", "").split(".")
    return len(parts) > 1 and parts[-2] != "<locals>" and not hasattr(function, "__self__")


def as_method(function: Callable[..., Any], owner: object) -> Callable[..., Any]:
    """Return the method of `owner` that a function of its class is; others stay functions."""
    if is_method(function) and hasattr(function, "__get__"):
        method: Callable[..., Any] = function.__get__(owner, type(owner))
        return method
    return function


def _unwrapped(function: Any) -> Any:
    while True:
        inner = getattr(function, "__wrapped__", None) or getattr(function, "func", None)
        inner = inner or getattr(function, "__func__", None)
        if inner is None:
            break
        function = inner
    if not hasattr(function, "__globals__") and callable(function):
        return getattr(type(function).__call__, "__func__", type(function).__call__)
    return function


def _names_of(function: Any, annotation: str) -> dict[str, Any]:
    """Return those names of an annotation that the function's surroundings define."""
    known: dict[str, Any] = {}
    if "." not in getattr(function, "__qualname__", ""):
        return known  # the module's names are all it can have
    try:
        wanted = set(compile(annotation.strip(), "<annotation>", "eval").co_names)
    except SyntaxError:
        return known  # `resolve` says what is wrong with it
    code = function.__code__
    for free, cell in zip(code.co_freevars, function.__closure__ or (), strict=True):
        if free in wanted:
            try:
                known[free] = cell.cell_contents
            except ValueError:
                continue  # not yet set
    wanted -= known.keys()
    # A decorator runs while the functions and classes around the definition are still on the
    # stack, so that their local names can be read.
    frame = sys._getframe(1)
    while wanted and frame is not None:
        local = frame.f_locals
        if frame.f_globals is function.__globals__ and local is not frame.f_globals:
            for name in wanted.intersection(local):
                known[name] = local[name]
            wanted -= known.keys()
        frame = frame.f_back  # type: ignore[assignment]
    return known


def peel(annotation: Any) -> tuple[tuple[Any, ...], tuple[Any, ...], bool]:
    """Return the types of a union (one, where it is none), all its marks, and if None is in it.

    Aliases, ``Annotated`` and new types are looked into; `Snowflake` stays.
    """
    members: list[Any] = []
    marks: list[Any] = []
    optional = False
    open_: list[Any] = [annotation]
    while open_:
        one = open_.pop(0)
        origin = typing.get_origin(one)
        if one is None or one is _NONE:
            optional = True
        elif origin is Annotated:
            marks[:0] = one.__metadata__  # what is written further out wins, so it comes last
            open_.insert(0, one.__origin__)
        elif origin is Union or origin is types.UnionType:
            open_[:0] = typing.get_args(one)
        elif origin is typing.Literal and None in typing.get_args(one):
            optional = True
            open_.insert(0, typing.Literal[tuple(v for v in typing.get_args(one) if v is not None)])
        elif type(one).__name__ == "TypeAliasType":
            open_.insert(0, one.__value__)
        elif one is not Snowflake and hasattr(one, "__supertype__"):
            open_.insert(0, one.__supertype__)
        elif one not in members:
            members.append(one)
    return tuple(members), tuple(marks), optional


def shown(annotation: Any) -> str:
    """Return an annotation as it is written."""
    if isinstance(annotation, str):
        return annotation
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation.__name__
    return inspect.formatannotation(annotation).replace("typing.", "")
