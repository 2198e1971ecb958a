"""The paths beside the API: the CDN's and the page's, found by a tree as the API's are.

Each rule of Flask's own costs a third of a millisecond at every start (see `router.py`).
"""

from __future__ import annotations

from collections.abc import Callable

import flask

from .errors import method_not_allowed, not_found
from .router import Router
from .routing import Route

__all__ = ["Paths"]

View = Callable[..., flask.Response]


class Paths:
    """Functions by method and path; a segment in angle brackets is a parameter."""

    def __init__(self) -> None:
        self._routes: list[Route] = []
        self._router: Router | None = None

    def add(self, path: str, view: View, method: str = "GET") -> None:
        """Let a function answer a path; it takes the path's parameters by name."""
        segments = (
            f"{{{part[1:-1]}}}" if part.startswith("<") else part for part in path.split("/")
        )
        self._routes.append(Route(method, "/".join(segments), view, "optional"))
        self._router = None

    def answer(self, path: str = "") -> flask.Response:
        """Answer a request; the view of the one rule that Flask has for all of this.

        Raises:
            WorldError: 404 for an unknown path, 405 for a known one with another method.
        """
        if self._router is None:
            self._router = Router(self._routes)
        method = "GET" if flask.request.method == "HEAD" else flask.request.method
        match = self._router.match(method, path)
        if isinstance(match, bool):
            raise method_not_allowed() if match else not_found()
        route, segments = match
        response: flask.Response = route.handler(**segments)
        return response
