"""The table of routes and the reader of schemas; the answers are checked in every test by `ok`."""

from __future__ import annotations

import re

from openapi_check import problems, spec

from disruption.local.rest.known_routes import KNOWN_ROUTES
from disruption.local.rest.routes import ALL


def test_every_operation_of_the_description_is_a_known_route() -> None:
    whole = spec()
    known = {(method, path) for method, path in KNOWN_ROUTES}
    bare = {(method, _bare(path)) for method, path in known}
    missing = [
        (method.upper(), path)
        for path, item in whole["paths"].items()
        for method in item
        if method in ("get", "post", "put", "patch", "delete")
        and (method.upper(), path) not in bare
        and not path.startswith("/partner-sdk")
    ]
    assert missing == []


def _bare(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "{}", path)


def test_who_may_ask_is_as_described() -> None:
    """Whether a token is needed, and which scope an access token needs."""
    whole = spec()
    wrong = []
    for route in ALL:
        operation = whole["paths"].get(_bare(route.path), {}).get(route.method.lower())
        # What the description leaves open: a list of channels for some unnamed scope.
        if operation is None or (route.method, route.path) == (
            "GET",
            "/guilds/{guild_id}/channels",
        ):
            continue
        security = operation.get("security", [{}])
        scopes = [scope for item in security for scope in item.get("OAuth2", ())]
        by_person = any("OAuth2" in item for item in security)
        if ({} in security) != (route.auth == "optional"):
            wrong.append(f"{route.method} {route.path}: {security}, not {route.auth}")
        elif by_person != (route.scope is not None):
            wrong.append(f"{route.method} {route.path}: an access token {security}")
        elif scopes and route.scope and route.scope not in scopes:
            wrong.append(f"{route.method} {route.path}: {scopes}, not {route.scope}")
    assert wrong == []


def test_the_reader_of_schemas_sees_what_is_wrong() -> None:
    whole = {"components": {"schemas": {"Id": {"type": "string"}}}}
    schema = {
        "type": "object",
        "required": ["id", "name"],
        "properties": {
            "id": {"$ref": "#/components/schemas/Id"},
            "name": {"type": ["string", "null"]},
            "parts": {"type": "array", "items": {"oneOf": [{"type": "integer"}, {"const": "x"}]}},
        },
    }
    assert problems(schema, {"id": "1", "name": None, "parts": [1, "x"]}, whole) == []
    assert problems(schema, {"id": "1"}, whole) == ["$: name is missing"]
    assert problems(schema, {"id": 1, "name": ""}, whole)[0] == "$.id: 1 is no string"
    assert problems(schema, {"id": "1", "name": "", "parts": [True]}, whole)
