"""Every operation of Discord that a bot can use has its method.

``operations.txt`` lists them all, with the page of the documentation that each is on.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
from pathlib import Path
from typing import NamedTuple

import pytest

import disruption.rest
from disruption.rest import Rest
from disruption.rest.route import Route

HERE = Path(__file__).parent

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

# Operations that no method is for, and why.
OUT_OF_SCOPE = {
    "bot_partner_sdk_token": "Social SDK",
    "bot_partner_sdk_unmerge_provisional_account": "Social SDK",
    "deprecated_create_pin": "replaced by create_pin",
    "deprecated_delete_pin": "replaced by delete_pin",
    "deprecated_list_pins": "replaced by list_pins",
    "partner_sdk_token": "Social SDK",
    "partner_sdk_unmerge_provisional_account": "Social SDK",
    "update_user_message_external_moderation_metadata": "Social SDK",
}

# Routes that are in the documentation alone and that no method is for.
DOCUMENTED_OUT_OF_SCOPE = {
    "PUT /applications/{}/guilds/{}/commands/permissions": "disabled by Discord",
    "PATCH /guilds/{}/members/@me/nick": "replaced by Modify Current Member",
}

# Routes of pages that are no part of Discord's list of operations.
ELSEWHERE = {
    "POST /oauth2/token",
    "POST /oauth2/token/revoke",
}


class Operation(NamedTuple):
    page: str
    name: str
    method: str
    path: str
    reason: bool
    methods: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.method} {shape(self.path)}"


def shape(path: str) -> str:
    """Return a path without the names of its parameters."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def operations() -> list[Operation]:
    made = []
    for line in (HERE / "operations.txt").read_text().splitlines():
        if not line.startswith("#"):
            page, name, method, path, reason, *methods = line.split()
            made.append(Operation(page, name, method, path, reason == "reason", tuple(methods)))
    return made


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
