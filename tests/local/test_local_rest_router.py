"""Paths and the routes they lead to."""

from __future__ import annotations

from typing import Any

import pytest

from disruption.local.rest.app import router
from disruption.local.rest.known_routes import KNOWN_ROUTES
from disruption.local.rest.router import Router
from disruption.local.rest.routing import Route


def nothing(call: Any) -> None:
    """Answer nothing."""


def make(*paths: tuple[str, str]) -> Router:
    return Router(Route(method, path, nothing, "bot") for method, path in paths)


def test_literals_win_over_parameters_where_they_have_the_method() -> None:
    found = make(("GET", "/m/search"), ("GET", "/m/{user_id}"), ("PATCH", "/m/{user_id}"))
    match = found.match("GET", "/m/search")
    assert not isinstance(match, bool)
    assert match[0].path == "/m/search"
    match = found.match("PATCH", "/m/search")
    assert not isinstance(match, bool)
    assert match[1] == {"user_id": "search"}


@pytest.mark.parametrize(
    ("method", "path", "other_methods"),
    [("POST", "/m/1", True), ("GET", "/m", False), ("GET", "/m/1/2", False), ("GET", "/", False)],
)
def test_what_is_not_there(method: str, path: str, other_methods: bool) -> None:
    assert make(("GET", "/m/{user_id}")).match(method, path) is other_methods


def test_a_way_that_ends_is_tried_again_by_the_parameter() -> None:
    found = make(("GET", "/a/@me/x"), ("GET", "/a/{id}/y/{name}"))
    match = found.match("GET", "/a/@me/y/z")
    assert not isinstance(match, bool)
    assert match[1] == {"id": "@me", "name": "z"}


@pytest.mark.parametrize(("method", "path"), KNOWN_ROUTES)
def test_every_route_of_discord_is_known(method: str, path: str) -> None:
    match = router().match(method, path.replace("{", "").replace("}", ""))
    assert not isinstance(match, bool)
    assert match[0].path == path
