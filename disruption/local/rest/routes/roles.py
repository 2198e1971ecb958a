"""Roles of a guild.

See https://discord.com/developers/docs/resources/guild#get-guild-roles
"""

from __future__ import annotations

from typing import Any

from ..errors import WorldError, missing_permissions
from ..routing import Call, Routes
from ..validate import Body, Form

routes = Routes()

_ROLES = "/guilds/{guild_id}/roles"
_ROLE = "/guilds/{guild_id}/roles/{role_id}"

#: Roles of one guild, @everyone included.
MOST = 250


@routes.get(_ROLES)
def get_guild_roles(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Return every role."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    return call.world.roles.list(guild_id)


@routes.get(_ROLE)
def get_guild_role(call: Call, guild_id: str, role_id: str) -> dict[str, Any]:
    """Return one role."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    return call.world.roles.get(guild_id, role_id)


@routes.get("/guilds/{guild_id}/roles/member-counts")
def get_guild_role_member_counts(call: Call, guild_id: str) -> dict[str, int]:
    """Return how many members each role has, @everyone left out."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    counts = {role["id"]: 0 for role in call.world.roles.list(guild_id) if role["id"] != guild_id}
    for member in call.world.members.list(guild_id):
        for role_id in member["roles"]:
            counts[role_id] += 1
    return counts


@routes.post(_ROLES)
def create_guild_role(call: Call, guild_id: str) -> dict[str, Any]:
    """Make a role."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id, "MANAGE_ROLES")
    fields = _fields(call, guild_id)
    if len(world.roles.list(guild_id)) >= MOST:
        raise WorldError(400, 30005, f"Maximum number of guild roles reached ({MOST})")
    return world.roles.create(guild_id, **fields)


@routes.patch(_ROLE)
def modify_guild_role(call: Call, guild_id: str, role_id: str) -> dict[str, Any]:
    """Change a role below the bot's own."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id, "MANAGE_ROLES")
    world.permissions.require_above_role(call.user_id, guild_id, role_id)
    return world.roles.update(guild_id, role_id, _fields(call, guild_id))


@routes.patch(_ROLES)
def modify_guild_role_positions(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Move roles; all of them, and where they go, must be below the bot's own."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id, "MANAGE_ROLES")
    form = Form()
    positions: dict[str, int] = {}
    for item in Body({"items": call.body}, form).children("items", required=True):
        item.snowflake("id", required=True)
        item.integer("position", low=0)
        if item.clean.get("id") and item.clean.get("position") is not None:
            positions[item.clean["id"]] = item.clean["position"]
    form.check()
    with world.lock:
        now = {role["id"]: role["position"] for role in world.roles.list(guild_id)}
        # Some clients send every role there is: those that stay where they are do not count.
        moved = {key: place for key, place in positions.items() if now.get(key) != place}
        for role_id, position in moved.items():
            world.permissions.require_above_role(call.user_id, guild_id, role_id)
            world.permissions.require_above_place(call.user_id, guild_id, position)
        return world.roles.move(guild_id, moved)


@routes.delete(_ROLE)
def delete_guild_role(call: Call, guild_id: str, role_id: str) -> None:
    """Delete a role below the bot's own."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id, "MANAGE_ROLES")
    world.permissions.require_above_role(call.user_id, guild_id, role_id)
    world.roles.delete(guild_id, role_id)


def _fields(call: Call, guild_id: str) -> dict[str, Any]:
    form = Form()
    body = Body(call.body, form)
    body.string("name", high=100)
    body.bits("permissions")
    body.integer("color", low=0, high=0xFFFFFF)
    colors = body.child("colors")
    if colors is not None:
        for key in ("primary_color", "secondary_color", "tertiary_color"):
            colors.integer(key, low=0, high=0xFFFFFF)
    body.boolean("hoist")
    body.boolean("mentionable")
    body.string("unicode_emoji")
    form.check()
    fields = {key: value for key, value in body.clean.items() if value is not None}
    if "icon" in body.data:
        fields["icon"] = call.server.files.image("icon", body.data["icon"])
    if "permissions" in fields:
        own = call.world.permissions.in_guild(guild_id, call.user_id)
        if fields["permissions"] & ~own:
            raise missing_permissions()
        fields["permissions"] = str(fields["permissions"])
    return fields
