"""Answers to interactions: the callback, `@original`, and follow-ups.

See https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

from typing import Any

from ..compose import EPHEMERAL, changed_message, new_message
from ..routing import Call, Routes
from ..serve import SENT_KEY
from ..validate import Body, Form, clean_choices, clean_modal

routes = Routes()

_ORIGINAL = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"

MESSAGE, DEFERRED_MESSAGE, UPDATE, CHOICES, MODAL = 4, 5, 7, 8, 9

#: Seconds for which the answer of an endpoint may be on its way.
_OVERTAKEN = 1.0

_TYPES = (1, 4, 5, 6, 7, 8, 9, 10, 12)


@routes.post("/interactions/{interaction_id}/{interaction_token}/callback", auth="optional")
def create_interaction_response(
    call: Call, interaction_id: str, interaction_token: str
) -> dict[str, Any] | None:
    """Give the first answer to an interaction."""
    form = Form()
    body = Body(call.body, form)
    body.integer("type", required=True, choices=_TYPES)
    form.check()
    kind = body.clean["type"]
    with call.world.lock:
        data = _answer(call, interaction_id, kind, body.data.get("data") or {})
        answer = call.world.interactions.respond(interaction_id, interaction_token, kind, data)
    _settle_when_sent(call, interaction_id)
    return answer if call.flag("with_response") else None


def _answer(call: Call, interaction_id: str, kind: int, data: Any) -> dict[str, Any]:
    """Check the data of a callback and return what the world takes."""
    path = ("data",)
    if kind == CHOICES:
        return {"choices": clean_choices(data, path)}
    if kind == MODAL:
        return clean_modal(data, path)
    if kind == DEFERRED_MESSAGE:
        form = Form()
        body = Body(data, form, path)
        body.integer("flags", low=0)
        form.check()
        return {"flags": (body.clean.get("flags") or 0) & EPHEMERAL}
    if kind not in (MESSAGE, UPDATE):
        return {}
    # Raises 10062 for an unknown interaction before anything is kept.
    record = call.world.interactions.state(interaction_id)
    if kind == MESSAGE:
        return new_message(call, data, record.channel_id, path=path, ephemeral=True)
    if record.message_id is None:
        return {}
    message = call.world.messages.get(record.channel_id, record.message_id)
    changes, allowed = changed_message(call, data, message, path=path)
    return {**changes, "allowed_mentions": allowed}


def _settle_when_sent(call: Call, interaction_id: str) -> None:
    """Tell the world when the client has its answer: only then it knows of a modal it sent."""

    def settle() -> None:
        call.world.interactions.settle(interaction_id)

    sent = call.request.environ.get(SENT_KEY)
    if sent is None:
        settle()
    else:
        sent.append(settle)


@routes.get(_ORIGINAL, auth="optional")
def get_original_interaction_response(
    call: Call, webhook_id: str, webhook_token: str
) -> dict[str, Any]:
    """Return the first answer's message."""
    _let_answer_arrive(call, webhook_id, webhook_token)
    return call.world.interactions.original(webhook_id, webhook_token)


@routes.patch(_ORIGINAL, auth="optional")
def edit_original_interaction_response(
    call: Call, webhook_id: str, webhook_token: str
) -> dict[str, Any]:
    """Change the first answer's message; this completes a deferred answer."""
    _let_answer_arrive(call, webhook_id, webhook_token)
    with call.world.lock:
        message = call.world.interactions.original(webhook_id, webhook_token)
        return edit(call, webhook_id, webhook_token, message["id"])


@routes.delete(_ORIGINAL, auth="optional")
def delete_original_interaction_response(call: Call, webhook_id: str, webhook_token: str) -> None:
    """Delete the first answer's message."""
    _let_answer_arrive(call, webhook_id, webhook_token)
    call.world.interactions.delete_original(webhook_id, webhook_token)


def _let_answer_arrive(call: Call, application_id: str, token: str) -> None:
    """Wait a moment for the answer of an endpoint, which this request may have overtaken.

    The first answer stands in what the endpoint returns, and what its program asks right after
    that comes on another connection: so near, it is often here first.
    """
    world = call.world
    record = world.interactions.by_token(application_id, token)
    if world.applications.state(application_id)["interactions_endpoint_url"]:
        world.wait_until(lambda: record.answer is not None, _OVERTAKEN)


def follow_up(call: Call, application_id: str, token: str) -> dict[str, Any]:
    """Send a further message for an interaction."""
    _let_answer_arrive(call, application_id, token)
    with call.world.lock:
        record = call.world.interactions.by_token(application_id, token)
        fields = new_message(call, call.body, record.channel_id, ephemeral=True)
        return call.world.interactions.follow_up(application_id, token, **fields)


def edit(call: Call, application_id: str, token: str, message_id: str) -> dict[str, Any]:
    """Change a message of an interaction."""
    with call.world.lock:
        message = call.world.interactions.message(application_id, token, message_id)
        changes, allowed = changed_message(call, call.body, message)
        return call.world.interactions.edit_message(
            application_id, token, message_id, changes, allowed
        )
