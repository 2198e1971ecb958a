"""Linked roles.

See https://discord.com/developers/docs/resources/application-role-connection-metadata
"""

from __future__ import annotations

import re
from typing import Any

from ..errors import WorldError
from ..routing import Call, Routes
from ..validate import Body, Form
from .applications import own_application

routes = Routes()

_METADATA = "/applications/{application_id}/role-connections/metadata"
_OWN = "/users/@me/applications/{application_id}/role-connection"
_SCOPE = "role_connections.write"

_KEY = re.compile(r"[a-z0-9_]{1,50}")


@routes.get(_METADATA)
def get_application_role_connection_metadata_records(
    call: Call, application_id: str
) -> list[dict[str, Any]]:
    """Return what an application tells about its users."""
    own_application(call, application_id)
    return call.world.role_connections.metadata(application_id)


@routes.put(_METADATA)
def update_application_role_connection_metadata_records(
    call: Call, application_id: str
) -> list[dict[str, Any]]:
    """Say what an application tells about its users."""
    own_application(call, application_id)
    form = Form()
    records = []
    for item in Body({"items": call.body}, form).children("items", required=True, high=5):
        item.integer("type", required=True, choices=tuple(range(1, 9)))
        item.string("key", required=True, low=1, high=50, pattern=_KEY)
        item.string("name", required=True, low=1, high=100)
        item.string("description", required=True, low=1, high=200)
        item.keep("name_localizations", "description_localizations")
        records.append(item.clean)
    form.check()
    return call.world.role_connections.set_metadata(application_id, records)


@routes.get(_OWN, scope=_SCOPE)
def get_current_user_application_role_connection(call: Call, application_id: str) -> dict[str, Any]:
    """Return what an application has told about the token's user."""
    _check(call, application_id)
    return call.world.role_connections.get(application_id, call.user_id)


@routes.put(_OWN, scope=_SCOPE)
def update_current_user_application_role_connection(
    call: Call, application_id: str
) -> dict[str, Any]:
    """Tell something about the token's user."""
    _check(call, application_id)
    form = Form()
    body = Body(call.body, form)
    body.string("platform_name", high=50)
    body.string("platform_username", high=100)
    metadata = body.child("metadata")
    if metadata is not None:
        keys = [item["key"] for item in call.world.role_connections.metadata(application_id)]
        for key in metadata.data:
            if key not in keys:
                metadata.fail(key, "APPLICATION_ROLE_CONNECTION_INVALID_KEY", "Unknown key")
            metadata.string(key, low=1, high=100)
    form.check()
    return call.world.role_connections.set(application_id, call.user_id, body.clean)


@routes.delete(_OWN, scope=_SCOPE)
def delete_current_user_application_role_connection(call: Call, application_id: str) -> None:
    """Forget what was told about the token's user."""
    _check(call, application_id)
    call.world.role_connections.delete(application_id, call.user_id)


def _check(call: Call, application_id: str) -> None:
    grant = call.account.grant if call.account is not None else None
    if grant is None:
        raise WorldError(403, 20001, "Bots cannot use this endpoint")
    own_application(call, application_id)
