"""`Route`: a function for the components or modals whose custom id fits a pattern."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Literal, ParamSpec, TypeVar

from ...errors import InvalidArgument
from ..context import ComponentContext, ModalContext
from ..errors import definition_error
from ..runnable import Runnable, check_context
from .pattern import KINDS, Kind, Pattern, enum_kind

__all__ = ["Route", "Routes"]

P = ParamSpec("P")
R = TypeVar("R")


class Route(Runnable[P, R]):
    """A function for the components or modals whose custom id fits a pattern.

    Attributes:
        type: ``component`` or ``modal``.
        pattern: The custom id with its places.
    """

    def __init__(
        self,
        callback: Callable[..., R],
        pattern: str,
        type: Literal["component", "modal"],
        *,
        ephemeral: bool = False,
        defer: bool = True,
    ) -> None:
        super().__init__(callback, name=pattern, ephemeral=ephemeral, defer=defer)
        self.type = type
        skip = check_context(callback, (ComponentContext if type == "component" else ModalContext,))
        try:
            self.pattern = Pattern(pattern)
        except InvalidArgument as error:
            raise definition_error(str(error), callback) from None
        self.pattern.use(self._kinds(skip))

    @property
    def kind(self) -> str:  # type: ignore[override]
        """What it is, for messages."""
        return self.type

    def custom_id(self, **values: Any) -> str:
        """Return the custom id of a component or modal that this is to take.

        Args:
            values: One for each place of the pattern; ids may be given as objects.

        Raises:
            InvalidArgument: One is missing or does not fit, or it gets longer than 100 characters.
        """
        return self.pattern.fill(values)

    def _kinds(self, skip: int) -> dict[str, Kind]:
        """Hold the function's parameters against the pattern's places."""
        function = self.callback
        parameters = list(inspect.signature(function).parameters.values())[skip:]
        names = {one.name for one in parameters if one.kind is not one.VAR_KEYWORD}
        takes_all = len(names) < len(parameters)
        places = self.pattern.places
        unknown = [] if takes_all else [name for name in places if name not in names]
        if unknown:
            raise definition_error(
                f"{self.pattern.text!r} has {{{unknown[0]}}}, but the function has no parameter "
                f"{unknown[0]!r}",
                function,
            )
        for one in parameters:
            if one.default is one.empty and one.name in names and one.name not in places:
                raise definition_error(
                    f"the parameter {one.name!r} has no place in {self.pattern.text!r}: "
                    f"add {{{one.name}}} or give it a default",
                    function,
                )
        try:
            hints = typing.get_type_hints(function)
        except Exception:  # names that only the type checker imports
            hints = dict(getattr(function, "__annotations__", {}))
        kinds: dict[str, Kind] = {}
        for name, written in places.items():
            kind = _kind_of(hints.get(name))
            if kind is None:
                continue
            if written and kind is not KINDS[written]:
                if {written, kind.name} <= {"int", "snowflake"}:
                    continue
                raise definition_error(
                    f"{{{name}:{written}}} in {self.pattern.text!r}, but the parameter is "
                    f"annotated {kind.name}",
                    function,
                )
            kinds[name] = kind
        return kinds


def _kind_of(annotation: Any) -> Kind | None:
    """Return the kind for an annotation, None where it does not say one."""
    if isinstance(annotation, str):
        return KINDS.get(annotation)
    if annotation in (str, int, float, bool):
        return KINDS[annotation.__name__]
    if getattr(annotation, "__supertype__", None) is int:  # Snowflake
        return KINDS["snowflake"]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return enum_kind(annotation)
    return None


class Routes:
    """All routes of one type; the one whose pattern fixes the most of a custom id takes it."""

    def __init__(self) -> None:
        self._routes: tuple[Route[..., Any], ...] = ()  # replaced, never changed

    def __len__(self) -> int:
        return len(self._routes)

    def __iter__(self) -> typing.Iterator[Route[..., Any]]:
        return iter(self._routes)

    def add(self, route: Route[..., Any]) -> None:
        """Take a route in.

        Raises:
            CommandDefinitionError: There is one that takes the same custom ids.
        """
        for other in self._routes:
            if other.pattern.shape == route.pattern.shape:
                raise definition_error(
                    f"{route.pattern.text!r} is taken by the {other.kind} at {other.where}",
                    route.callback,
                )
        self._routes = tuple(sorted((*self._routes, route), key=lambda each: -each.pattern.weight))

    def remove(self, route: Route[..., Any]) -> None:
        """Take a route away, if it is there."""
        self._routes = tuple(each for each in self._routes if each is not route)

    def find(self, custom_id: str) -> tuple[Route[..., Any], Mapping[str, Any]] | None:
        """Return the route that takes a custom id, and the values in it."""
        for route in self._routes:
            values = route.pattern.match(custom_id)
            if values is not None:
                return route, values
        return None
