"""Users, the guilds of the current user, and direct messages.

See https://discord.com/developers/docs/resources/user
"""

from __future__ import annotations

from typing import Any

from ..errors import WorldError
from ..routing import Call, Routes
from ..validate import Body, Form
from .applications import own_application
from .channels import group_dm_user

routes = Routes()


@routes.get("/users/@me", scope="identify")
def get_current_user(call: Call) -> dict[str, Any]:
    """Return the user of the token; an access token shows the address only if it may."""
    user = call.world.users.me(call.user_id)
    grant = call.account.grant if call.account is not None else None
    if grant is not None and "email" not in grant.scopes:
        del user["email"], user["verified"]
    return user


@routes.get("/users/@me/connections", scope="connections")
def get_current_user_connections(call: Call) -> list[dict[str, Any]]:
    """Return accounts elsewhere: nobody has connected any here."""
    return []


@routes.patch("/users/@me")
def modify_current_user(call: Call) -> dict[str, Any]:
    """Change username, avatar or banner."""
    form = Form()
    body = Body(call.body, form)
    body.string("username", low=2, high=32)
    form.check()
    changes = {key: value for key, value in body.clean.items() if value is not None}
    for key in ("avatar", "banner"):
        if key in body.data:
            changes[key] = call.server.files.image(key, body.data[key])
    return call.world.users.update(call.user_id, changes)


@routes.get("/users/{user_id}")
def get_user(call: Call, user_id: str) -> dict[str, Any]:
    """Return any user."""
    return call.world.users.get(user_id)


@routes.get("/users/@me/guilds", scope="guilds")
def get_current_user_guilds(call: Call) -> list[dict[str, Any]]:
    """Return the guilds of the token's user, in the order of their ids."""
    limit = call.integer("limit", 200, 1, 200)
    before, after = call.snowflake("before"), call.snowflake("after")
    ids = sorted(call.world.guilds.of_user(call.user_id), key=int)
    if after is not None:
        ids = [key for key in ids if int(key) > int(after)]
    if before is not None:
        ids = [key for key in ids if int(key) < int(before)]
    chosen = ids[-limit:] if before is not None and after is None else ids[:limit]
    return [_partial_guild(call, key) for key in chosen]


def _partial_guild(call: Call, guild_id: str) -> dict[str, Any]:
    counts = call.flag("with_counts")
    guild = call.world.guilds.get(guild_id, with_counts=counts)
    shown = ["id", "name", "icon", "banner", "features"]
    if counts:
        shown += ["approximate_member_count", "approximate_presence_count"]
    permissions = call.world.permissions.in_guild(guild_id, call.user_id)
    return {
        **{key: guild[key] for key in shown},
        "owner": guild["owner_id"] == call.user_id,
        "permissions": str(permissions),
    }


@routes.get("/users/@me/guilds/{guild_id}/member", scope="guilds.members.read")
def get_current_user_guild_member(call: Call, guild_id: str) -> dict[str, Any]:
    """Return the token's user as a member of a guild."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    return call.world.members.get(guild_id, call.user_id)


@routes.delete("/users/@me/guilds/{guild_id}")
def leave_guild(call: Call, guild_id: str) -> None:
    """Leave a guild."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    if call.world.guilds.get(guild_id)["owner_id"] == call.user_id:
        raise WorldError(400, 50055, "Invalid Guild")
    call.world.members.remove(guild_id, call.user_id)


@routes.post("/users/@me/channels")
def create_dm(call: Call) -> dict[str, Any]:
    """Return the direct messages with a user, opening them the first time, or those of a group."""
    form = Form()
    body = Body(call.body, form)
    if body.data.get("access_tokens"):
        return _create_group_dm(call, body)
    body.snowflake("recipient_id", required=True)
    form.check()
    recipient_id = body.clean["recipient_id"]
    if call.world.users.exists(recipient_id) and _is_bot(call, recipient_id):
        raise WorldError(400, 50007, "Cannot send messages to this user")
    return call.world.channels.dm(call.user_id, recipient_id)


def _create_group_dm(call: Call, body: Body) -> dict[str, Any]:
    body.strings("access_tokens")
    nicks = body.child("nicks")
    for user_id in nicks.data if nicks is not None else ():
        assert nicks is not None
        nicks.string(user_id, high=32)
    body.form.check()
    users = [group_dm_user(call, token) for token in body.clean["access_tokens"]]
    given = {key: nick for key, nick in (nicks.clean if nicks else {}).items() if nick}
    return call.world.group_dms.create(own_application(call), call.user_id, users, given)


def _is_bot(call: Call, user_id: str) -> bool:
    both = call.account is not None and call.account.is_bot
    return both and bool(call.world.users.get(user_id).get("bot"))
