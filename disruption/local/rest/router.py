"""Find the route of a path: a tree of its segments, built once for the process.

Flask's own map takes a quarter of a millisecond for each rule of each app, which is most of what
the start of a local Discord would take; and here "/members/search" and "/members/{user_id}" are
told apart for each method, as in Discord's API.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .routing import Route


@dataclass
class _Node:
    literals: dict[str, _Node] = field(default_factory=dict)
    parameter: _Node | None = None
    routes: dict[str, Route] = field(default_factory=dict)  # by method


class Router:
    """Routes by their paths.

    Args:
        routes: All of them; of two with one method and path the first counts.
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self._root = _Node()
        self._names: dict[Route, tuple[str, ...]] = {}
        for route in routes:
            self._add(route)

    def match(self, method: str, path: str) -> tuple[Route, dict[str, str]] | bool:
        """Find a route.

        Args:
            method: HTTP method.
            path: Path without the API's prefix, decoded; a trailing slash does not matter.

        Returns:
            The route and its parameters; otherwise whether the path has other methods.
        """
        segments = path.strip("/").split("/")
        values: list[str] = []
        found = self._find(self._root, segments, 0, method, values)
        if isinstance(found, bool):
            return found
        return found, dict(zip(self._names[found], values, strict=True))

    def _add(self, route: Route) -> None:
        node = self._root
        names = []
        for segment in route.path.strip("/").split("/"):
            if segment.startswith("{"):
                names.append(segment[1:-1])
                node.parameter = node.parameter or _Node()
                node = node.parameter
            else:
                node = node.literals.setdefault(segment, _Node())
        node.routes.setdefault(route.method, route)
        self._names[route] = tuple(names)

    def _find(
        self, node: _Node, segments: list[str], at: int, method: str, values: list[str]
    ) -> Route | bool:
        if at == len(segments):
            return node.routes.get(method) or bool(node.routes)
        segment = segments[at]
        known = False
        literal = node.literals.get(segment)
        if literal is not None:
            found = self._find(literal, segments, at + 1, method, values)
            if not isinstance(found, bool):
                return found
            known = found
        if node.parameter is not None and segment:
            values.append(segment)
            found = self._find(node.parameter, segments, at + 1, method, values)
            if not isinstance(found, bool):
                return found
            values.pop()
            known = known or found
        return known
