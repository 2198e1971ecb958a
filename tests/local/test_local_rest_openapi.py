"""The table of routes and the reader of schemas; the answers are checked in every test by `ok`."""

from __future__ import annotations

import pytest
from openapi_check import SPEC, problems, spec

from disruption.local.rest.known_routes import KNOWN_ROUTES


def test_every_operation_of_the_description_is_a_known_route() -> None:
    whole = spec()
    if whole is None:
        pytest.skip(f"Discord's OpenAPI description is not at {SPEC}: answers are not checked")
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
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))


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
