"""Every operation of Discord that a bot can use has its method.

``operations.txt`` lists them all, with the page of the documentation that each is on.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
from pathlib import Path

import pytest
from rest_operations import (
    DOCUMENTED_OUT_OF_SCOPE,
    NO_VERB,
    OUT_OF_SCOPE,
    Operation,
    helpers,
    no_verb,
    operations,
    shape,
    table,
    verbs,
)

import disruption.rest
from disruption.rest import Rest
from disruption.rest.route import Route

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "rest-operations.md"

# The pages whose operations all have their methods.
DONE_PAGES = {
    "application",
    "application-commands",
    "application-role-connection-metadata",
    "audit-log",
    "auto-moderation",
    "channel",
    "emoji",
    "entitlement",
    "gateway",
    "guild",
    "guild-scheduled-event",
    "guild-template",
    "invite",
    "lobby",
    "message",
    "oauth2",
    "poll",
    "receiving-and-responding",
    "sku",
    "soundboard",
    "stage-instance",
    "sticker",
    "subscription",
    "user",
    "voice",
    "webhook",
}

# Routes of pages that are no part of Discord's list of operations.
ELSEWHERE = {
    "POST /oauth2/token",
    "POST /oauth2/token/revoke",
}


def routes() -> dict[str, str]:
    """Return the routes that the package asks, and the module that each is in."""
    found = {}
    for module in pkgutil.iter_modules(disruption.rest.__path__):
        loaded = importlib.import_module(f"disruption.rest.{module.name}")
        for value in vars(loaded).values():
            if isinstance(value, Route):
                found[f"{value.method} {shape(value.name)}"] = module.name
    return found


OPERATIONS = operations()
DONE = [operation for operation in OPERATIONS if operation.page in DONE_PAGES]


def test_pages_that_are_done_are_pages() -> None:
    assert {operation.page for operation in OPERATIONS} >= DONE_PAGES


@pytest.mark.parametrize("operation", DONE, ids=lambda operation: operation.name)
def test_an_operation_has_its_methods(operation: Operation) -> None:
    for name in operation.methods:
        method = getattr(Rest, name, None)
        assert method is not None, f"{operation.key}: no Rest.{name}"
        parameters = inspect.signature(method).parameters
        assert ("reason" in parameters) == operation.reason, f"{name}: reason"
        assert "https://discord.com/developers/docs/" in (method.__doc__ or ""), name


def test_an_operation_has_its_route() -> None:
    assert {operation.key for operation in DONE} - routes().keys() == set()


def test_no_route_is_without_an_operation() -> None:
    known = {operation.key for operation in OPERATIONS} | ELSEWHERE
    assert {route: module for route, module in routes().items() if route not in known} == {}


def test_the_list_is_the_one_of_discord() -> None:
    file = HERE.parents[2] / "shared" / "discord" / "routes.json"
    if not file.is_file():
        pytest.skip(f"the data about Discord is not there ({file})")
    data = json.loads(file.read_text())
    theirs = {
        (entry["operationId"], f"{entry['method']} {shape(entry['path'])}")
        for entry in data["operations"]
        if entry["operationId"] not in OUT_OF_SCOPE
    }
    ours = {(operation.name, operation.key) for operation in OPERATIONS if operation.name != "-"}
    assert theirs == ours
    documented = {
        f"{entry['method']} {shape(entry['path'])}" for entry in data["documented_not_in_openapi"]
    }
    assert documented - DOCUMENTED_OUT_OF_SCOPE.keys() == {
        operation.key for operation in OPERATIONS if operation.name == "-"
    }


def test_an_operation_has_verbs_or_a_reason() -> None:
    found, others = verbs(), helpers()
    for operation in OPERATIONS:
        having = any(
            name in found
            for method in operation.methods
            for name in (method, *others.get(method, ()))
        )
        assert having or no_verb(operation), operation.key
        assert not (having and operation.methods[0] in NO_VERB), f"{operation.key} has a verb"


def test_what_comes_in_pages_has_an_iterator() -> None:
    others = helpers()
    for operation in OPERATIONS:
        for name in operation.methods:
            parameters = inspect.signature(getattr(Rest, name)).parameters
            if "limit" in parameters and parameters.keys() & {"after", "before", "offset"}:
                assert any(each.startswith("iter_") for each in others.get(name, ())), name


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text() == table(), (
        "python tests/rest/rest_operations.py > docs/rest-operations.md makes it anew"
    )
