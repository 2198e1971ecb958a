"""Lobbies.

See https://discord.com/developers/docs/resources/lobby
"""

from __future__ import annotations

from typing import Any

from ...world.lobbies import CAN_LINK
from ..errors import WorldError, missing_access
from ..routing import Call, Routes
from ..validate import Body, Form
from .applications import own_application

routes = Routes()

_LOBBY = "/lobbies/{lobby_id}"
_MEMBER = "/lobbies/{lobby_id}/members/{user_id}"
_SCOPE = "lobbies.write"


@routes.post("/lobbies")
def create_lobby(call: Call) -> tuple[dict[str, Any], int]:
    """Open a lobby."""
    application_id = own_application(call)
    return call.world.lobbies.create(application_id, **_fields(call)), 201


@routes.put("/lobbies", scope=_SCOPE)
def create_or_join_lobby(call: Call) -> dict[str, Any]:
    """Join the lobby with a secret, opening it for the first who comes."""
    application_id = _person(call)
    form = Form()
    body = Body(call.body, form)
    body.string("secret", required=True, low=1, high=250)
    body.integer("idle_timeout_seconds", low=5, high=604800)
    _metadata(body, "lobby_metadata")
    _metadata(body, "member_metadata")
    form.check()
    fields = {key: body.clean.get(key) for key in ("lobby_metadata", "member_metadata")}
    secret = body.clean["secret"]
    return call.world.lobbies.join(application_id, call.user_id, secret, **fields)


@routes.get(_LOBBY)
def get_lobby(call: Call, lobby_id: str) -> dict[str, Any]:
    """Return a lobby."""
    return call.world.lobbies.get(own_application(call), lobby_id)


@routes.patch(_LOBBY)
def modify_lobby(call: Call, lobby_id: str) -> dict[str, Any]:
    """Change a lobby."""
    return call.world.lobbies.update(own_application(call), lobby_id, _fields(call))


@routes.delete(_LOBBY)
def delete_lobby(call: Call, lobby_id: str) -> None:
    """Close a lobby."""
    call.world.lobbies.delete(own_application(call), lobby_id)


@routes.put(_MEMBER)
def add_a_member_to_a_lobby(call: Call, lobby_id: str, user_id: str) -> dict[str, Any]:
    """Take somebody into a lobby."""
    form = Form()
    body = Body(call.body, form)
    _member(body)
    form.check()
    return call.world.lobbies.put_member(own_application(call), lobby_id, user_id, body.clean)


@routes.post(_LOBBY + "/members/bulk")
def bulk_update_lobby_members(call: Call, lobby_id: str) -> list[dict[str, Any]]:
    """Take several into a lobby, or put them out, in one go."""
    application_id = own_application(call)
    form = Form()
    items = []
    for item in Body({"items": call.body}, form).children("items", required=True, low=1, high=25):
        item.snowflake("id", required=True)
        item.boolean("remove_member")
        _member(item)
        items.append(item.clean)
    form.check()
    lobbies, put = call.world.lobbies, []
    with call.world.lock:
        for fields in items:
            if fields.pop("remove_member", None):
                lobbies.remove_member(application_id, lobby_id, fields["id"])
            else:
                put.append(lobbies.put_member(application_id, lobby_id, fields["id"], fields))
    return put


@routes.delete(_MEMBER)
def remove_a_member_from_a_lobby(call: Call, lobby_id: str, user_id: str) -> None:
    """Put somebody out of a lobby."""
    call.world.lobbies.remove_member(own_application(call), lobby_id, user_id)


@routes.delete(_LOBBY + "/members/@me", scope=_SCOPE)
def leave_lobby(call: Call, lobby_id: str) -> None:
    """Leave a lobby."""
    call.world.lobbies.remove_member(_person(call), lobby_id, call.user_id)


@routes.patch(_LOBBY + "/channel-linking", scope=_SCOPE)
def link_channel_to_lobby(call: Call, lobby_id: str) -> dict[str, Any]:
    """Link a lobby with a channel; without one, end the link."""
    application_id, world = own_application(call), call.world
    form = Form()
    body = Body(call.body, form)
    body.snowflake("channel_id")
    form.check()
    channel_id = body.clean.get("channel_id")
    if call.account is not None and call.account.grant is not None:
        member = world.lobbies.member(application_id, lobby_id, call.user_id)
        if not member["flags"] & CAN_LINK:
            raise missing_access()
    if channel_id is not None:
        world.permissions.require(call.user_id, channel_id, "MANAGE_CHANNELS")
    return world.lobbies.link(application_id, lobby_id, channel_id)


@routes.get(_LOBBY + "/messages", scope=_SCOPE)
def get_lobby_messages(call: Call, lobby_id: str) -> list[dict[str, Any]]:
    """Return the newest messages of a lobby."""
    limit = call.integer("limit", 50, 1, 200)
    return call.world.lobbies.messages(own_application(call), lobby_id, limit)


@routes.post(_LOBBY + "/messages", scope=_SCOPE)
def send_lobby_message(call: Call, lobby_id: str) -> tuple[dict[str, Any], int]:
    """Write a message into a lobby."""
    form = Form()
    body = Body(call.body, form)
    body.string("content", required=True, low=1, high=4000)
    body.integer("flags", low=0)
    _metadata(body, "metadata")
    form.check()
    clean = body.clean
    message = call.world.lobbies.say(
        _person(call),
        lobby_id,
        call.user_id,
        clean["content"],
        clean.get("metadata"),
        clean.get("flags") or 0,
    )
    return message, 201


@routes.put(_LOBBY + "/messages/{message_id}/moderation-metadata")
def update_lobby_message_moderation_metadata(call: Call, lobby_id: str, message_id: str) -> None:
    """Attach what a moderator thinks to a message."""
    form = Form()
    body = Body({"metadata": call.body}, form)
    _metadata(body, "metadata", 2000)
    form.check()
    metadata = body.clean["metadata"]
    call.world.lobbies.moderate(own_application(call), lobby_id, message_id, metadata)


@routes.post(_LOBBY + "/members/@me/invites", scope=_SCOPE)
def create_lobby_channel_invite_for_self(call: Call, lobby_id: str) -> dict[str, Any]:
    """Return an invite into the guild of the linked channel."""
    return _invite(call, _person(call), lobby_id, call.user_id)


@routes.post(_MEMBER + "/invites")
def create_lobby_channel_invite_for_user(call: Call, lobby_id: str, user_id: str) -> dict[str, Any]:
    """Return an invite for a member into the guild of the linked channel."""
    return _invite(call, own_application(call), lobby_id, user_id)


def _invite(call: Call, application_id: str, lobby_id: str, user_id: str) -> dict[str, Any]:
    lobbies = call.world.lobbies
    lobbies.member(application_id, lobby_id, user_id)
    linked = lobbies.get(application_id, lobby_id).get("linked_channel")
    if linked is None:
        raise WorldError(400, 0, "The lobby is not linked with a channel")
    invites = call.world.invites
    made = invites.create(linked["id"], application_id, max_uses=1, target_ids=[user_id])
    return {"code": made["code"]}


def _person(call: Call) -> str:
    """Return the application of a person's access token; bots have no part in lobbies."""
    if call.account is None or call.account.grant is None:
        raise WorldError(403, 20001, "Bots cannot use this endpoint")
    return own_application(call)


def _fields(call: Call) -> dict[str, Any]:
    form = Form()
    body = Body(call.body, form)
    body.integer("idle_timeout_seconds", low=5, high=604800)
    body.integer("flags", low=0)
    _metadata(body, "metadata")
    for member in body.children("members", high=25):
        member.snowflake("id", required=True)
        _member(member)
    form.check()
    clean = body.clean
    fields: dict[str, Any] = {
        key: clean[key] for key in ("metadata", "members", "flags") if key in clean
    }
    if fields.get("flags", 0) is None:
        fields["flags"] = 0
    return fields


def _member(body: Body) -> None:
    body.integer("flags", low=0)
    body.string("additional_name", low=1, high=80)
    _metadata(body, "metadata")


def _metadata(body: Body, key: str, high: int = 1024) -> None:
    texts = body.child(key)
    if texts is not None:
        for name in texts.data:
            texts.string(name, high=high)
