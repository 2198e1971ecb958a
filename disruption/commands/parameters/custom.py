"""Converters of one's own: functions, classes that convert, and a table of both by type."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from ...errors import InvalidArgument
from ..errors import BadArgument
from .kind import Kind
from .marks import Converter

__all__ = ["converter_of", "custom_kind", "register_converter", "registered_converter"]

_T = TypeVar("_T")
_registered: dict[Any, Converter] = {}


def register_converter(
    cls: type[_T], function: Callable[[Any, Any], _T], *, takes: Any = str
) -> None:
    """Have every parameter of a type made by a function; commands defined from now on know it.

    ```python
    register_converter(Decimal, lambda ctx, value: Decimal(value))
    ```

    Args:
        cls: The type that annotations name.
        function: Takes the context and the value, returns the argument. It raises
            `BadArgument` (or a ValueError) for what it does not take.
        takes: The type of the value it is given; with `int`, Discord asks for a whole number.

    Raises:
        InvalidArgument: The function does not take two arguments.
    """
    converter = Converter(function, takes)
    _callable(converter.function)
    _registered[cls] = converter


def registered_converter(annotation: Any) -> Converter | None:
    """Return what `register_converter` was told of a type."""
    try:
        return _registered.get(annotation)
    except TypeError:  # an annotation that does not hash
        return None


def converter_of(annotation: Any) -> Converter | None:
    """Return the converter that a class is, by a ``convert`` of its own; None where it has none.

    Raises:
        InvalidArgument: It is an instance's method, and the class needs arguments.
    """
    if not isinstance(annotation, type):
        return None
    raw = inspect.getattr_static(annotation, "convert", None)
    if raw is None:
        return None
    if isinstance(raw, classmethod | staticmethod):
        return Converter(annotation.convert)  # type: ignore[attr-defined]
    try:
        return Converter(annotation().convert)
    except TypeError as error:
        raise InvalidArgument(
            f"{annotation.__name__}.convert needs an instance, and {annotation.__name__} cannot "
            "be made without arguments: write @classmethod above convert"
        ) from error


def custom_kind(name: str, converter: Converter, base: Kind, cls: Any) -> Kind:
    """Return the kind of what a converter makes of another kind's argument.

    Raises:
        InvalidArgument: The converter is no function of two arguments.
    """
    function = _callable(converter.function)

    def convert(value: Any, ctx: Any) -> Any:
        try:
            return function(ctx, value)
        except BadArgument as error:
            error.parameter = error.parameter or name
            error.value = value if error.value is None else error.value
            raise
        except ValueError as error:
            raise BadArgument(f"{name}: {error}", name, value) from error

    def from_option(raw: Any, resolved: Any, ctx: Any) -> Any:
        return convert(base.from_option(raw, resolved, ctx), ctx)

    def from_text(text: str, ctx: Any) -> Any:
        return convert(base.from_text(text, ctx), ctx)

    return Kind(
        base.type,
        base.accepts,
        from_option,
        from_text,
        holds=lambda value: not isinstance(cls, type) or isinstance(value, cls),
        marks=base.marks,
        channel_types=base.channel_types,
        file_types=base.file_types,
        min_value=base.min_value,
        max_value=base.max_value,
        min_length=base.min_length,
        max_length=base.max_length,
    )


def _callable(converter: Any) -> Callable[[Any, Any], Any]:
    if isinstance(converter, type):
        found = converter_of(converter)
        function = converter if found is None else found.function
    else:
        function = getattr(converter, "convert", converter)
    if not callable(function):
        raise InvalidArgument(f"a converter must be a function (ctx, value), not {converter!r:.60}")
    if inspect.iscoroutinefunction(function):
        raise InvalidArgument("a converter must be a plain def, not an async def")
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # some of C's have none
        return function
    try:
        signature.bind(None, None)
    except TypeError as error:
        raise InvalidArgument(
            f"a converter takes (ctx, value), and {getattr(function, '__name__', function)} does "
            f"not: {error}"
        ) from error
    return function
