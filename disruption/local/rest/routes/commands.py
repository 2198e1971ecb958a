"""Application commands, global and of a guild.

See https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

from typing import Any

from ..errors import WorldError
from ..routing import Call, Routes
from ..validate import Body, Form, clean_command, clean_commands
from .applications import own_application

routes = Routes()

_GLOBAL = "/applications/{application_id}/commands"
_SCOPE = "applications.commands.update"
_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"

#: Commands of one place by type: slash commands, user and message commands, entry point.
_MOST = {1: 100, 2: 15, 3: 15, 4: 1}


@routes.get(_GLOBAL, scope=_SCOPE)
def get_global_application_commands(call: Call, application_id: str) -> list[dict[str, Any]]:
    """Return the global commands."""
    return _list(call, application_id, None)


@routes.get(_GUILD, scope=_SCOPE)
def get_guild_application_commands(
    call: Call, application_id: str, guild_id: str
) -> list[dict[str, Any]]:
    """Return the commands of a guild."""
    return _list(call, application_id, guild_id)


@routes.post(_GLOBAL, scope=_SCOPE)
def create_global_application_command(
    call: Call, application_id: str
) -> tuple[dict[str, Any], int]:
    """Make a global command, or replace the one of this name."""
    return _create(call, application_id, None)


@routes.post(_GUILD, scope=_SCOPE)
def create_guild_application_command(
    call: Call, application_id: str, guild_id: str
) -> tuple[dict[str, Any], int]:
    """Make a command of a guild, or replace the one of this name."""
    return _create(call, application_id, guild_id)


@routes.put(_GLOBAL, scope=_SCOPE)
def bulk_overwrite_global_application_commands(
    call: Call, application_id: str
) -> list[dict[str, Any]]:
    """Make these the only global commands."""
    return _overwrite(call, application_id, None)


@routes.put(_GUILD, scope=_SCOPE)
def bulk_overwrite_guild_application_commands(
    call: Call, application_id: str, guild_id: str
) -> list[dict[str, Any]]:
    """Make these the only commands of a guild."""
    return _overwrite(call, application_id, guild_id)


@routes.get(_GLOBAL + "/{command_id}", scope=_SCOPE)
def get_global_application_command(
    call: Call, application_id: str, command_id: str
) -> dict[str, Any]:
    """Return a global command."""
    return _get(call, application_id, None, command_id)


@routes.get(_GUILD + "/{command_id}", scope=_SCOPE)
def get_guild_application_command(
    call: Call, application_id: str, guild_id: str, command_id: str
) -> dict[str, Any]:
    """Return a command of a guild."""
    return _get(call, application_id, guild_id, command_id)


@routes.patch(_GLOBAL + "/{command_id}", scope=_SCOPE)
def edit_global_application_command(
    call: Call, application_id: str, command_id: str
) -> dict[str, Any]:
    """Change a global command."""
    return _edit(call, application_id, None, command_id)


@routes.patch(_GUILD + "/{command_id}", scope=_SCOPE)
def edit_guild_application_command(
    call: Call, application_id: str, guild_id: str, command_id: str
) -> dict[str, Any]:
    """Change a command of a guild."""
    return _edit(call, application_id, guild_id, command_id)


@routes.delete(_GLOBAL + "/{command_id}", scope=_SCOPE)
def delete_global_application_command(call: Call, application_id: str, command_id: str) -> None:
    """Delete a global command."""
    _delete(call, application_id, None, command_id)


@routes.delete(_GUILD + "/{command_id}", scope=_SCOPE)
def delete_guild_application_command(
    call: Call, application_id: str, guild_id: str, command_id: str
) -> None:
    """Delete a command of a guild."""
    _delete(call, application_id, guild_id, command_id)


@routes.get(_GUILD + "/permissions", scope="applications.commands.permissions.update")
def get_guild_application_command_permissions(
    call: Call, application_id: str, guild_id: str
) -> list[dict[str, Any]]:
    """Return who may use which command, where it was said."""
    _check(call, application_id, guild_id)
    return call.world.commands.permissions(application_id, guild_id)


@routes.get(_GUILD + "/{command_id}/permissions", scope="applications.commands.permissions.update")
def get_application_command_permissions(
    call: Call, application_id: str, guild_id: str, command_id: str
) -> dict[str, Any]:
    """Return who may use one command."""
    _check(call, application_id, guild_id)
    return call.world.commands.permission(application_id, guild_id, command_id)


@routes.put(_GUILD + "/{command_id}/permissions", scope="applications.commands.permissions.update")
def edit_application_command_permissions(
    call: Call, application_id: str, guild_id: str, command_id: str
) -> dict[str, Any]:
    """Say who may use a command: what a person who manages the guild allows, and no bot."""
    if call.account is None or call.account.grant is None:
        raise WorldError(403, 20001, "Bots cannot use this endpoint")
    own_application(call, application_id)
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD", "MANAGE_ROLES")
    form = Form()
    body = Body(call.body, form)
    for item in body.children("permissions", required=True, high=100):
        item.snowflake("id", required=True)
        item.integer("type", required=True, choices=(1, 2, 3))
        item.boolean("permission", required=True)
    form.check()
    permissions = body.clean["permissions"]
    return world.commands.set_permission(application_id, guild_id, command_id, permissions)


@routes.put(_GUILD + "/permissions")
def batch_edit_application_command_permissions(
    call: Call, application_id: str, guild_id: str
) -> None:
    """Refuse: Discord has switched this off."""
    raise WorldError(410, 0, "410: Gone")


def _check(call: Call, application_id: str, guild_id: str | None) -> None:
    own_application(call, application_id)
    if guild_id is None:
        return
    # An access token speaks for the application, whose bot is in the guild.
    guilds = call.world.guilds
    if not guilds.exists(guild_id) or guild_id not in guilds.of_user(application_id):
        raise WorldError(403, 50001, "Missing Access")


def _list(call: Call, application_id: str, guild_id: str | None) -> list[dict[str, Any]]:
    _check(call, application_id, guild_id)
    commands = call.world.commands.list(application_id, guild_id)
    if not call.flag("with_localizations"):
        for command in commands:
            _without_localizations(command)
    return commands


def _without_localizations(item: dict[str, Any]) -> None:
    for key in ("name_localizations", "description_localizations"):
        item.pop(key, None)
    for key in ("options", "choices"):
        for child in item.get(key) or ():
            _without_localizations(child)


def _create(call: Call, application_id: str, guild_id: str | None) -> tuple[dict[str, Any], int]:
    _check(call, application_id, guild_id)
    command = clean_command(call.body)
    with call.world.lock:
        existing = call.world.commands.list(application_id, guild_id)
        kind = command.get("type") or 1
        same = [item for item in existing if item["type"] == kind]
        if command["name"] not in [item["name"] for item in same]:
            _count(kind, len(same) + 1)
        made, new = call.world.commands.create(application_id, command, guild_id)
    return made, 201 if new else 200


def _count(kind: int, count: int) -> None:
    if count > _MOST.get(kind, 100):
        text = f"Maximum number of application commands reached ({_MOST[kind]})."
        raise WorldError(400, 30032, text)


def _overwrite(call: Call, application_id: str, guild_id: str | None) -> list[dict[str, Any]]:
    _check(call, application_id, guild_id)
    commands = clean_commands(call.body)
    for kind in _MOST:
        _count(kind, sum((command.get("type") or 1) == kind for command in commands))
    return call.world.commands.overwrite(application_id, commands, guild_id)


def _get(call: Call, application_id: str, guild_id: str | None, command_id: str) -> dict[str, Any]:
    _check(call, application_id, guild_id)
    command: dict[str, Any] = call.world.commands.get(application_id, command_id, guild_id)
    return command


def _edit(call: Call, application_id: str, guild_id: str | None, command_id: str) -> dict[str, Any]:
    existing = _get(call, application_id, guild_id, command_id)
    changes = clean_command(call.body, edit=True, kind=existing["type"])
    return call.world.commands.update(application_id, command_id, changes, guild_id)


def _delete(call: Call, application_id: str, guild_id: str | None, command_id: str) -> None:
    _check(call, application_id, guild_id)
    call.world.commands.delete(application_id, command_id, guild_id)
