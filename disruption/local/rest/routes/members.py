"""Members of a guild, and its bans.

See https://discord.com/developers/docs/resources/guild#get-guild-member
"""

from __future__ import annotations

from typing import Any

from ...world.join_requests import DECISIONS, STATUSES
from ...world.permissions import BITS
from ..errors import WorldError, form_error, unknown
from ..routing import Call, Routes
from ..validate import Body, Form

routes = Routes()

_MEMBER = "/guilds/{guild_id}/members/{user_id}"
_OWN = "/guilds/{guild_id}/members/@me"
_BAN = "/guilds/{guild_id}/bans/{user_id}"

#: Longest timeout in seconds.
LONGEST_TIMEOUT = 28 * 86400

#: What each field of a member needs.
_NEEDED = {
    "nick": "MANAGE_NICKNAMES",
    "roles": "MANAGE_ROLES",
    "mute": "MUTE_MEMBERS",
    "deaf": "DEAFEN_MEMBERS",
    "channel_id": "MOVE_MEMBERS",
    "communication_disabled_until": "MODERATE_MEMBERS",
}


@routes.get(_MEMBER)
def get_guild_member(call: Call, guild_id: str, user_id: str) -> dict[str, Any]:
    """Return one member."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    if not call.world.users.exists(user_id):
        raise unknown("user")
    return call.world.members.get(guild_id, user_id)


@routes.get(_OWN)
def get_own_member(call: Call, guild_id: str) -> dict[str, Any]:
    """Return the bot as a member."""
    return get_guild_member(call, guild_id, call.user_id)


@routes.get("/guilds/{guild_id}/members")
def list_guild_members(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Return members in the order of their ids; needs the privileged intent."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id)
    if call.account is not None and call.account.application_id is not None:
        allowed = world.applications.allowed_intents(call.account.application_id)
        if not allowed & (1 << 1):
            raise WorldError(403, 50001, "Missing Access")
    limit = call.integer("limit", 1, 1, 1000)
    return world.members.list(guild_id, limit=limit, after=call.snowflake("after") or "0")


@routes.get("/guilds/{guild_id}/members/search")
def search_guild_members(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Return members whose name begins with `query`."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    query = call.text("query")
    if not query:
        raise form_error("query", "BASE_TYPE_REQUIRED", "This field is required")
    return call.world.members.search(guild_id, query, call.integer("limit", 1, 1, 1000))


@routes.put(_MEMBER)
def add_guild_member(call: Call, guild_id: str, user_id: str) -> tuple[dict[str, Any] | None, int]:
    """Let a user join who has allowed it by an access token with the scope `guilds.join`."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id, "CREATE_INSTANT_INVITE")
    form = Form()
    body = Body(call.body, form)
    body.string("access_token", required=True)
    body.string("nick", high=32)
    body.snowflakes("roles")
    body.boolean("mute")
    body.boolean("deaf")
    form.check()
    clean = body.clean
    grant = world.oauth.by_token(clean["access_token"])
    if grant is None or grant.user_id != user_id or grant.application_id != call.user_id:
        raise WorldError(403, 50025, "Invalid OAuth2 access token")
    if "guilds.join" not in grant.scopes:
        raise WorldError(403, 50026, "Missing required OAuth2 scope")
    for key in ("nick", "roles", "mute", "deaf"):
        if clean.get(key):
            world.permissions.require_guild(call.user_id, guild_id, _NEEDED[key])
    for role_id in clean.get("roles") or ():
        world.permissions.require_above_role(call.user_id, guild_id, role_id)
    with world.lock:
        if user_id in world.guilds.state(guild_id).members:
            return None, 204
        roles = clean.get("roles") or ()
        member = world.members.add(guild_id, user_id, nick=clean.get("nick"), roles=roles)
        if clean.get("mute") or clean.get("deaf"):
            changes = {key: bool(clean.get(key)) for key in ("mute", "deaf")}
            member = world.members.update(guild_id, user_id, changes)
        return member, 201


@routes.patch(_MEMBER)
def modify_guild_member(call: Call, guild_id: str, user_id: str) -> dict[str, Any]:
    """Change a member's nick, roles, voice state or timeout."""
    world, permissions = call.world, call.world.permissions
    permissions.require_guild(call.user_id, guild_id)
    before = world.members.get(guild_id, user_id)
    changes = _changes(call)
    for key, needed in _NEEDED.items():
        if key in changes and not (key == "nick" and user_id == call.user_id):
            permissions.require_guild(call.user_id, guild_id, needed)
    if user_id != call.user_id and {"nick", "communication_disabled_until"} & set(changes):
        permissions.require_above(call.user_id, guild_id, user_id)
    if changes.get("roles") is not None:
        for role_id in set(changes["roles"]) ^ set(before["roles"]):
            permissions.require_above_role(call.user_id, guild_id, role_id)
    until = changes.get("communication_disabled_until")
    if until is not None:
        _check_timeout(call, guild_id, user_id, until)
    in_voice = world.voice.get(guild_id, user_id) is not None
    if {"channel_id", "mute", "deaf"} & set(changes) and not in_voice:
        raise WorldError(400, 40032, "Target user is not connected to voice.")
    return world.members.update(guild_id, user_id, changes)


def _changes(call: Call) -> dict[str, Any]:
    form = Form()
    body = Body(call.body, form)
    body.string("nick", high=32)
    body.snowflakes("roles")
    body.boolean("mute")
    body.boolean("deaf")
    body.snowflake("channel_id")
    body.timestamp("communication_disabled_until")
    body.integer("flags", low=0)
    form.check()
    return body.clean


def _check_timeout(call: Call, guild_id: str, user_id: str, until: str) -> None:
    world = call.world
    if Body.moment(until).timestamp() - world.clock.now() > LONGEST_TIMEOUT:
        text = "Timeout must be at most 28 days"
        raise form_error("communication_disabled_until", "TIMEOUT_DURATION_INVALID", text)
    if world.permissions.in_guild(guild_id, user_id) & BITS["ADMINISTRATOR"]:
        raise WorldError(403, 50013, "Missing Permissions")


@routes.patch(_OWN)
def modify_current_member(call: Call, guild_id: str) -> dict[str, Any]:
    """Change the bot's own nick."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id)
    form = Form()
    body = Body(call.body, form)
    body.string("nick", high=32)
    form.check()
    changes = dict(body.clean)
    if "nick" in changes:
        world.permissions.require_guild(call.user_id, guild_id, "CHANGE_NICKNAME")
    for key in ("avatar", "banner"):
        if key in body.data:
            changes[key] = call.server.files.image(key, body.data[key])
    return world.members.update(guild_id, call.user_id, changes)


@routes.patch("/guilds/{guild_id}/members/@me/nick")
def modify_current_user_nick(call: Call, guild_id: str) -> dict[str, Any]:
    """Change the bot's own nick at the old path."""
    return {"nick": modify_current_member(call, guild_id)["nick"]}


@routes.put("/guilds/{guild_id}/members/{user_id}/roles/{role_id}")
def add_guild_member_role(call: Call, guild_id: str, user_id: str, role_id: str) -> None:
    """Give a member a role below the bot's own."""
    _check_role(call, guild_id, role_id)
    call.world.members.give_role(guild_id, user_id, role_id)


@routes.delete("/guilds/{guild_id}/members/{user_id}/roles/{role_id}")
def remove_guild_member_role(call: Call, guild_id: str, user_id: str, role_id: str) -> None:
    """Take a role below the bot's own from a member."""
    _check_role(call, guild_id, role_id)
    call.world.members.take_role(guild_id, user_id, role_id)


def _check_role(call: Call, guild_id: str, role_id: str) -> None:
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_ROLES")
    call.world.permissions.require_above_role(call.user_id, guild_id, role_id)
    if call.world.roles.get(guild_id, role_id)["managed"] or role_id == guild_id:
        raise WorldError(403, 50013, "Missing Permissions")


@routes.delete(_MEMBER)
def remove_guild_member(call: Call, guild_id: str, user_id: str) -> None:
    """Kick a member who ranks below the bot."""
    call.world.permissions.require_guild(call.user_id, guild_id, "KICK_MEMBERS")
    call.world.permissions.require_above(call.user_id, guild_id, user_id)
    call.world.members.remove(guild_id, user_id)


@routes.get("/guilds/{guild_id}/bans")
def get_guild_bans(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Return bans in the order of user ids."""
    call.world.permissions.require_guild(call.user_id, guild_id, "BAN_MEMBERS")
    limit = call.integer("limit", 1000, 1, 1000)
    before, after = call.snowflake("before"), call.snowflake("after")
    bans = call.world.members.bans(guild_id)
    if before is not None:
        return [ban for ban in bans if int(ban["user"]["id"]) < int(before)][-limit:]
    if after is not None:
        bans = [ban for ban in bans if int(ban["user"]["id"]) > int(after)]
    return bans[:limit]


@routes.get(_BAN)
def get_guild_ban(call: Call, guild_id: str, user_id: str) -> dict[str, Any]:
    """Return one ban."""
    call.world.permissions.require_guild(call.user_id, guild_id, "BAN_MEMBERS")
    for ban in call.world.members.bans(guild_id):
        if ban["user"]["id"] == user_id:
            return ban
    raise unknown("ban")


@routes.put(_BAN)
def create_guild_ban(call: Call, guild_id: str, user_id: str) -> None:
    """Ban a user who ranks below the bot, and delete their latest messages if asked."""
    call.world.permissions.require_guild(call.user_id, guild_id, "BAN_MEMBERS")
    seconds = _delete_seconds(call)
    with call.world.lock:
        _ban(call, guild_id, user_id, seconds)


@routes.delete(_BAN)
def remove_guild_ban(call: Call, guild_id: str, user_id: str) -> None:
    """Lift a ban."""
    call.world.permissions.require_guild(call.user_id, guild_id, "BAN_MEMBERS")
    call.world.members.unban(guild_id, user_id)


@routes.post("/guilds/{guild_id}/bulk-ban")
def bulk_guild_ban(call: Call, guild_id: str) -> dict[str, Any]:
    """Ban up to 200 users; those who cannot be banned are named in the answer."""
    call.world.permissions.require_guild(call.user_id, guild_id, "BAN_MEMBERS", "MANAGE_GUILD")
    form = Form()
    body = Body(call.body, form)
    body.snowflakes("user_ids", required=True, high=200)
    form.check()
    seconds = _delete_seconds(call)
    banned: list[str] = []
    failed: list[str] = []
    already = {ban["user"]["id"] for ban in call.world.members.bans(guild_id)}
    for user_id in body.clean["user_ids"]:
        try:
            if user_id in already or user_id == call.user_id:
                raise unknown("user")
            with call.world.lock:
                _ban(call, guild_id, user_id, seconds)
        except WorldError:
            failed.append(user_id)
        else:
            banned.append(user_id)
    if not banned:
        raise WorldError(400, 500000, "Failed to ban users")
    return {"banned_users": banned, "failed_users": failed}


def _delete_seconds(call: Call) -> int:
    form = Form()
    body = Body(call.body, form)
    body.integer("delete_message_seconds", low=0, high=604800)
    body.integer("delete_message_days", low=0, high=7)
    form.check()
    days = body.clean.get("delete_message_days") or 0
    return int(body.clean.get("delete_message_seconds") or days * 86400)


def _ban(call: Call, guild_id: str, user_id: str, seconds: int) -> None:
    world = call.world
    world.permissions.require_above(call.user_id, guild_id, user_id)
    world.members.ban(guild_id, user_id, reason=call.reason)
    if not seconds:
        return
    oldest = world.clock.now() - seconds
    for channel in world.channels.list(guild_id):
        recent = world.messages.list(channel["id"], limit=100)
        ids = [
            message["id"]
            for message in recent
            if message["author"]["id"] == user_id
            and Body.moment(message["timestamp"]).timestamp() >= oldest
        ]
        if len(ids) == 1:
            world.messages.delete(channel["id"], ids[0])
        elif ids:
            world.messages.bulk_delete(channel["id"], ids)


@routes.get("/guilds/{guild_id}/requests")
def get_guild_join_requests(call: Call, guild_id: str) -> dict[str, Any]:
    """Return who asks to join, newest first."""
    call.world.permissions.require_guild(call.user_id, guild_id, "KICK_MEMBERS")
    status = call.request.args.get("status")
    if status is not None and status not in STATUSES:
        text = f"Value must be one of {{{', '.join(map(repr, STATUSES))}}}."
        raise form_error("status", "BASE_TYPE_CHOICES", text)
    limit = call.integer("limit", 100, 1, 100)
    before, after = call.snowflake("before"), call.snowflake("after")
    found = call.world.join_requests.list(guild_id, status)
    total = len(found)
    if before is not None:
        found = [item for item in found if int(item["id"]) < int(before)]
    if after is not None:
        found = [item for item in found if int(item["id"]) > int(after)]
    return {"total": total, "guild_join_requests": found[:limit]}


@routes.patch("/guilds/{guild_id}/requests/{request_id}")
def action_guild_join_request(call: Call, guild_id: str, request_id: str) -> dict[str, Any]:
    """Let somebody join who asks to, or reject them."""
    call.world.permissions.require_guild(call.user_id, guild_id, "KICK_MEMBERS")
    form = Form()
    body = Body(call.body, form)
    body.string("action", required=True)
    body.string("rejection_reason", high=160)
    action = body.clean.get("action")
    if action is not None and action not in DECISIONS:
        text = f"Value must be one of {{{', '.join(map(repr, DECISIONS))}}}."
        body.fail("action", "BASE_TYPE_CHOICES", text)
    form.check()
    reason = body.clean.get("rejection_reason")
    requests = call.world.join_requests
    return requests.decide(guild_id, request_id, body.clean["action"], call.user_id, reason)
