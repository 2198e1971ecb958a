"""Guild templates.

See https://discord.com/developers/docs/resources/guild-template
"""

from __future__ import annotations

from typing import Any

from ..routing import Call, Routes
from ..validate import Body, Form

routes = Routes()

_TEMPLATES = "/guilds/{guild_id}/templates"
_TEMPLATE = "/guilds/{guild_id}/templates/{code}"


@routes.get("/guilds/templates/{code}", auth="optional")
def get_guild_template(call: Call, code: str) -> dict[str, Any]:
    """Return a template; anyone may who has its code."""
    return call.world.templates.get(code)


@routes.get(_TEMPLATES)
def get_guild_templates(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Return the templates of a guild."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    return call.world.templates.of_guild(guild_id)


@routes.post(_TEMPLATES)
def create_guild_template(call: Call, guild_id: str) -> dict[str, Any]:
    """Make a template of a guild."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    fields = _fields(call, required=True)
    return call.world.templates.create(
        guild_id, call.user_id, fields["name"], fields.get("description")
    )


@routes.put(_TEMPLATE)
def sync_guild_template(call: Call, guild_id: str, code: str) -> dict[str, Any]:
    """Make a template what the guild is now."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    return call.world.templates.sync(guild_id, code)


@routes.patch(_TEMPLATE)
def modify_guild_template(call: Call, guild_id: str, code: str) -> dict[str, Any]:
    """Change a template's name or description."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    return call.world.templates.update(guild_id, code, _fields(call, required=False))


@routes.delete(_TEMPLATE)
def delete_guild_template(call: Call, guild_id: str, code: str) -> dict[str, Any]:
    """Delete a template, and return it."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    return call.world.templates.delete(guild_id, code)


def _fields(call: Call, *, required: bool) -> dict[str, Any]:
    form = Form()
    body = Body(call.body, form)
    body.string("name", required=required, low=1, high=100)
    body.string("description", high=120)
    form.check()
    return {
        key: value for key, value in body.clean.items() if value is not None or key == "description"
    }
