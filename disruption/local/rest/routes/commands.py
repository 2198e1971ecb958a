"""Application commands, global and of a guild.

See https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

from typing import Any

from ..errors import WorldError
from ..routing import Call, Routes
from ..validate import clean_command, clean_commands
from .applications import own_application

routes = Routes()

_GLOBAL = "/applications/{application_id}/commands"
_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"

#: Commands of one place by type: slash commands, user and message commands, entry point.
_MOST = {1: 100, 2: 15, 3: 15, 4: 1}


@routes.get(_GLOBAL)
def get_global_application_commands(call: Call, application_id: str) -> list[dict[str, Any]]:
    """Return the global commands."""
    return _list(call, application_id, None)


@routes.get(_GUILD)
def get_guild_application_commands(
    call: Call, application_id: str, guild_id: str
) -> list[dict[str, Any]]:
    """Return the commands of a guild."""
    return _list(call, application_id, guild_id)


@routes.post(_GLOBAL)
def create_global_application_command(
    call: Call, application_id: str
) -> tuple[dict[str, Any], int]:
    """Make a global command, or replace the one of this name."""
    return _create(call, application_id, None)


@routes.post(_GUILD)
def create_guild_application_command(
    call: Call, application_id: str, guild_id: str
) -> tuple[dict[str, Any], int]:
    """Make a command of a guild, or replace the one of this name."""
    return _create(call, application_id, guild_id)


@routes.put(_GLOBAL)
def bulk_overwrite_global_application_commands(
    call: Call, application_id: str
) -> list[dict[str, Any]]:
    """Make these the only global commands."""
    return _overwrite(call, application_id, None)


@routes.put(_GUILD)
def bulk_overwrite_guild_application_commands(
    call: Call, application_id: str, guild_id: str
) -> list[dict[str, Any]]:
    """Make these the only commands of a guild."""
    return _overwrite(call, application_id, guild_id)


@routes.get(_GLOBAL + "/{command_id}")
def get_global_application_command(
    call: Call, application_id: str, command_id: str
) -> dict[str, Any]:
    """Return a global command."""
    return _get(call, application_id, None, command_id)


@routes.get(_GUILD + "/{command_id}")
def get_guild_application_command(
    call: Call, application_id: str, guild_id: str, command_id: str
) -> dict[str, Any]:
    """Return a command of a guild."""
    return _get(call, application_id, guild_id, command_id)


@routes.patch(_GLOBAL + "/{command_id}")
def edit_global_application_command(
    call: Call, application_id: str, command_id: str
) -> dict[str, Any]:
    """Change a global command."""
    return _edit(call, application_id, None, command_id)


@routes.patch(_GUILD + "/{command_id}")
def edit_guild_application_command(
    call: Call, application_id: str, guild_id: str, command_id: str
) -> dict[str, Any]:
    """Change a command of a guild."""
    return _edit(call, application_id, guild_id, command_id)


@routes.delete(_GLOBAL + "/{command_id}")
def delete_global_application_command(call: Call, application_id: str, command_id: str) -> None:
    """Delete a global command."""
    _delete(call, application_id, None, command_id)


@routes.delete(_GUILD + "/{command_id}")
def delete_guild_application_command(
    call: Call, application_id: str, guild_id: str, command_id: str
) -> None:
    """Delete a command of a guild."""
    _delete(call, application_id, guild_id, command_id)


@routes.get(_GUILD + "/permissions")
def get_guild_application_command_permissions(
    call: Call, application_id: str, guild_id: str
) -> list[dict[str, Any]]:
    """Return who may use which command: nobody has restricted any here."""
    _check(call, application_id, guild_id)
    return []


@routes.get(_GUILD + "/{command_id}/permissions")
def get_application_command_permissions(
    call: Call, application_id: str, guild_id: str, command_id: str
) -> dict[str, Any]:
    """Refuse: a command without restrictions has no permissions object."""
    _check(call, application_id, guild_id)
    raise WorldError(404, 10066, "Unknown application command permissions")


def _check(call: Call, application_id: str, guild_id: str | None) -> None:
    own_application(call, application_id)
    if guild_id is None:
        return
    if not call.world.guilds.exists(guild_id) or guild_id not in call.world.guilds.of_user(
        call.user_id
    ):
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
