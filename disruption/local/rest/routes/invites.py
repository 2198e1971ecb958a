"""Invites.

See https://discord.com/developers/docs/resources/invite
"""

from __future__ import annotations

import csv
import io
from typing import Any

from ...world.invites import DEFAULT_AGE
from ...world.permissions import BITS
from ..errors import WorldError, form_error, missing_permissions, unknown
from ..routing import Call, Routes, snowflake
from ..validate import Body, Form

routes = Routes()

_CHANNEL = "/channels/{channel_id}/invites"
_INVITE = "/invites/{code}"

#: Most seconds an invite lives.
OLDEST = 60 * 86400

_STREAM, _ACTIVITY = 1, 2


@routes.get(_INVITE, auth="optional")
def get_invite(call: Call, code: str) -> dict[str, Any]:
    """Return an invite; anyone may who has its code."""
    invite = call.world.invites.get(code, with_counts=call.flag("with_counts"))
    event_id = call.snowflake("guild_scheduled_event_id")
    if event_id is not None:
        guild_id = invite["guild_id"]
        invite["guild_scheduled_event"] = call.world.scheduled_events.get(guild_id, event_id)
    return invite


@routes.post(_INVITE)
def accept_invite(call: Call, code: str) -> dict[str, Any]:
    """Join a guild; for a person's client, bots are added by their developers."""
    if call.account is None or call.account.is_bot:
        raise WorldError(403, 20001, "Bots cannot use this endpoint")
    return call.world.invites.use(code, call.user_id)


@routes.delete(_INVITE)
def delete_invite(call: Call, code: str) -> dict[str, Any]:
    """Delete an invite, and return it."""
    _manage(call, code)
    return call.world.invites.delete(code)


@routes.get(_CHANNEL)
def get_channel_invites(call: Call, channel_id: str) -> list[dict[str, Any]]:
    """Return the invites of a channel."""
    call.world.permissions.require(call.user_id, channel_id, "MANAGE_CHANNELS")
    return call.world.invites.of_channel(channel_id)


@routes.get("/guilds/{guild_id}/invites")
def get_guild_invites(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Return the invites of a guild; without their numbers to those who only see the audit log."""
    permissions = call.world.permissions
    permissions.require_guild(call.user_id, guild_id)
    allowed = permissions.in_guild(guild_id, call.user_id)
    invites = call.world.invites.of_guild(guild_id)
    if allowed & BITS["MANAGE_GUILD"]:
        return invites
    if allowed & BITS["VIEW_AUDIT_LOG"]:
        return [call.world.invites.get(invite["code"]) for invite in invites]
    raise missing_permissions()


@routes.post(_CHANNEL)
def create_channel_invite(call: Call, channel_id: str) -> dict[str, Any]:
    """Make an invite, or return one like it."""
    world = call.world
    world.permissions.require(call.user_id, channel_id, "CREATE_INSTANT_INVITE")
    form = Form()
    body = Body(call.body, form)
    body.integer("max_age", low=0, high=OLDEST)
    body.integer("max_uses", low=0, high=100)
    body.boolean("temporary")
    body.boolean("unique")
    body.integer("target_type", choices=(_STREAM, _ACTIVITY))
    body.snowflake("target_user_id")
    body.snowflake("target_application_id")
    body.snowflakes("role_ids", high=250)
    form.check()
    fields = {key: value for key, value in body.clean.items() if value is not None}
    fields.setdefault("max_age", DEFAULT_AGE)
    _check_target(call, channel_id, fields)
    _check_roles(call, channel_id, fields.get("role_ids") or [])
    if call.files:
        fields["target_ids"] = _ids_of_csv(call.files[0].data)
    return world.invites.create(channel_id, call.user_id, **fields)


def _check_target(call: Call, channel_id: str, fields: dict[str, Any]) -> None:
    kind = fields.get("target_type")
    needed = {_STREAM: "target_user_id", _ACTIVITY: "target_application_id"}.get(kind or 0)
    if needed is not None and needed not in fields:
        raise form_error(needed, "BASE_TYPE_REQUIRED", "This field is required")
    if kind == _STREAM:
        guild_id = call.world.channels.get(channel_id)["guild_id"]
        state = call.world.voice.get(guild_id, fields["target_user_id"])
        if state is None or state["channel_id"] != channel_id:
            text = "The user must be streaming in the channel"
            raise form_error("target_user_id", "GUILD_INVITE_INVALID_TARGET_USER", text)
    elif kind == _ACTIVITY and not call.world.applications.exists(fields["target_application_id"]):
        raise unknown("application")


def _check_roles(call: Call, channel_id: str, role_ids: list[str]) -> None:
    if not role_ids:
        return
    guild_id = call.world.channels.get(channel_id)["guild_id"]
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_ROLES")
    for role_id in role_ids:
        call.world.permissions.require_above_role(call.user_id, guild_id, role_id)


@routes.get(_INVITE + "/target-users")
def get_target_users(call: Call, code: str) -> Any:
    """Return, as CSV, the only users who may use an invite."""
    _manage(call, code)
    lines = ["user_id", *call.world.invites.targets(code)]
    return call.file("text/csv", ("\n".join(lines) + "\n").encode())


@routes.put(_INVITE + "/target-users")
def update_target_users(call: Call, code: str) -> None:
    """Say, by a CSV file, who the only users are that may use an invite."""
    _manage(call, code)
    if not call.files:
        raise form_error("target_users_file", "BASE_TYPE_REQUIRED", "This field is required")
    call.world.invites.set_targets(code, _ids_of_csv(call.files[0].data))


@routes.get(_INVITE + "/target-users/job-status")
def get_target_users_job_status(call: Call, code: str) -> dict[str, Any]:
    """Return how far the list of users has been read: here it is read at once."""
    _manage(call, code)
    try:
        count = len(call.world.invites.targets(code))
    except WorldError:
        raise unknown("target users job") from None
    now = call.world.now()
    return {
        "status": 2,
        "total_users": count,
        "processed_users": count,
        "created_at": now,
        "completed_at": now,
        "error_message": None,
    }


def _manage(call: Call, code: str) -> None:
    """Raise unless the caller may manage an invite: the channel's or the whole guild's."""
    invite = call.world.invites.get(code)
    permissions = call.world.permissions
    permissions.require_guild(call.user_id, invite["guild_id"])
    in_guild = permissions.in_guild(invite["guild_id"], call.user_id)
    in_channel = permissions.in_channel(invite["channel"]["id"], call.user_id)
    if not (in_guild & BITS["MANAGE_GUILD"] or in_channel & BITS["MANAGE_CHANNELS"]):
        raise missing_permissions()


def _ids_of_csv(data: bytes) -> list[str]:
    """Read the ids of a CSV file with one column, whose first line names it."""
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error):
        raise WorldError(400, 50110, "The provided file is invalid.") from None
    cells = [row[0].strip() for row in rows if row and row[0].strip()]
    if cells and not cells[0].isdecimal():
        cells = cells[1:]
    return [snowflake("target_users_file", cell) for cell in dict.fromkeys(cells)]
