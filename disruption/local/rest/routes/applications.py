"""The application of the token.

See https://discord.com/developers/docs/resources/application
"""

from __future__ import annotations

from typing import Any

from ..errors import WorldError, form_error, unknown
from ..files import attachment
from ..routing import Call, Routes
from ..validate import Body, Form

routes = Routes()


def own_application(call: Call, application_id: str | None = None) -> str:
    """Return the application of the token; given an id, only if that is its own.

    Raises:
        WorldError: 20002 for a person's token, 10002 for no application, 20012 for another's.
    """
    own = call.account.application_id if call.account is not None else None
    if call.account is not None and call.account.grant is not None:
        own = call.account.grant.application_id
    if own is None:
        raise WorldError(403, 20002, "Only bots can use this endpoint")
    if application_id is not None and application_id != own:
        if not call.world.applications.exists(application_id):
            raise unknown("application")
        text = "You are not authorized to perform this action on this application"
        raise WorldError(403, 20012, text)
    return own


@routes.get("/applications/detectable", auth="optional")
def get_detectable_applications(call: Call) -> list[dict[str, Any]]:
    """Return no games that could be seen running; some clients ask at login."""
    return []


@routes.get("/applications/@me")
def get_current_application(call: Call) -> dict[str, Any]:
    """Return the token's application."""
    return call.world.applications.get(own_application(call))


@routes.get("/applications/{application_id}")
def get_application(call: Call, application_id: str) -> dict[str, Any]:
    """Return the token's application by its id."""
    return call.world.applications.get(own_application(call, application_id))


@routes.patch("/applications/@me")
def edit_current_application(call: Call) -> dict[str, Any]:
    """Change the token's application."""
    return _edit(call, own_application(call))


@routes.patch("/applications/{application_id}")
def edit_application(call: Call, application_id: str) -> dict[str, Any]:
    """Change the token's application by its id."""
    return _edit(call, own_application(call, application_id))


def _edit(call: Call, application_id: str) -> dict[str, Any]:
    form = Form()
    body = Body(call.body, form)
    body.string("description", high=400)
    body.integer("flags", low=0)
    body.strings("tags", high=5)
    body.keep(
        *("custom_install_url", "install_params", "integration_types_config"),
        *("role_connections_verification_url", "interactions_endpoint_url"),
        *("event_webhooks_url", "event_webhooks_status", "event_webhooks_types"),
    )
    form.check()
    changes = dict(body.clean)
    if changes.get("flags", 0) is None:
        del changes["flags"]
    if "icon" in body.data:
        changes["icon"] = call.server.files.image("icon", body.data["icon"])
    call.server.endpoints.check(application_id, changes)
    return call.world.applications.update(application_id, changes)


@routes.post("/applications/{application_id}/attachment", scope="")
def upload_application_attachment(call: Call, application_id: str) -> dict[str, Any]:
    """Keep a file that an activity shows for a while."""
    own_application(call, application_id)
    if not call.files:
        raise form_error("file", "BASE_TYPE_REQUIRED", "This field is required")
    origin = call.server.rest_url.partition("/api/")[0]
    made = attachment(
        call.server.files, origin, application_id, call.world.ids.next(), call.files[0], {}
    )
    return {"attachment": {**made, "ephemeral": True}}


@routes.get("/applications/{application_id}/activity-instances/{instance_id}")
def get_application_activity_instance(
    call: Call, application_id: str, instance_id: str
) -> dict[str, Any]:
    """Return who plays an activity of the application, and where."""
    return call.world.activities.get(own_application(call, application_id), instance_id)
