"""Application commands, global and of a guild.

See https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from .errors import unknown
from .ids import clone

if TYPE_CHECKING:
    from .world import World

__all__ = ["Commands"]

_FIELDS = (
    *("name", "name_localizations", "description", "description_localizations", "options"),
    *("default_member_permissions", "dm_permission", "nsfw", "integration_types", "contexts"),
    *("handler", "default_permission"),
)


class Commands:
    """The commands of all applications; part of a `World`. A `guild_id` of None means global."""

    def __init__(self, world: World) -> None:
        self._world = world
        # (application id, guild id or None) -> command id -> command
        self._commands: dict[tuple[str, str | None], dict[str, dict[str, Any]]] = {}

    def list(
        self, application_id: str, guild_id: str | None = None
    ) -> builtins.list[dict[str, Any]]:
        """Return the commands of one place."""
        with self._world.lock:
            commands = self._commands.get((application_id, guild_id), {})
            return [_copy(command) for command in commands.values()]

    def get(self, application_id: str, command_id: str, guild_id: str | None = None) -> Any:
        """Return one command."""
        with self._world.lock:
            return _copy(self._state(application_id, command_id, guild_id))

    def create(
        self, application_id: str, data: dict[str, Any], guild_id: str | None = None
    ) -> tuple[dict[str, Any], bool]:
        """Make a command, or replace the one of this name and type.

        Returns:
            The command, and whether it is new.
        """
        with self._world.lock:
            self._world.applications.state(application_id)
            commands = self._commands.setdefault((application_id, guild_id), {})
            kind = data.get("type") or 1
            for command_id, command in commands.items():
                if (command["name"], command["type"]) == (data["name"], kind):
                    new = self._new(application_id, data, guild_id, command_id)
                    if {**new, "version": 0} != {**command, "version": 0}:
                        commands[command_id] = new
                    return _copy(commands[command_id]), False
            command = self._new(application_id, data, guild_id, self._world.ids.next())
            commands[command["id"]] = command
            self._world.changed.notify_all()
            return _copy(command), True

    def update(
        self,
        application_id: str,
        command_id: str,
        changes: dict[str, Any],
        guild_id: str | None = None,
    ) -> dict[str, Any]:
        """Change fields of a command."""
        with self._world.lock:
            command = self._state(application_id, command_id, guild_id)
            command.update({key: clone(changes[key]) for key in _FIELDS if key in changes})
            command["version"] = self._world.ids.next()
            return _copy(command)

    def delete(self, application_id: str, command_id: str, guild_id: str | None = None) -> None:
        """Delete a command."""
        with self._world.lock:
            self._state(application_id, command_id, guild_id)
            del self._commands[(application_id, guild_id)][command_id]

    def overwrite(
        self,
        application_id: str,
        commands: builtins.list[dict[str, Any]],
        guild_id: str | None = None,
    ) -> builtins.list[dict[str, Any]]:
        """Make these the only commands of one place; those that stay keep their ids."""
        with self._world.lock:
            kept = [self.create(application_id, data, guild_id)[0] for data in commands]
            stored = self._commands.setdefault((application_id, guild_id), {})
            ids = [command["id"] for command in kept]
            self._commands[(application_id, guild_id)] = {key: stored[key] for key in ids}
            return kept

    def find(
        self, guild_id: str | None, name: str, kind: int = 1, application_id: str | None = None
    ) -> dict[str, Any] | None:
        """Return the command a user means by a name: the guild's own before a global one."""
        with self._world.lock:
            for place in (guild_id, None) if guild_id is not None else (None,):
                for (owner, where), commands in self._commands.items():
                    if where != place or application_id not in (None, owner):
                        continue
                    for command in commands.values():
                        if (command["name"], command["type"]) == (name, kind):
                            return _copy(command)
            return None

    def _state(self, application_id: str, command_id: str, guild_id: str | None) -> dict[str, Any]:
        command = self._commands.get((application_id, guild_id), {}).get(command_id)
        if command is None:
            raise unknown("command")
        return command

    def _new(
        self, application_id: str, data: dict[str, Any], guild_id: str | None, command_id: str
    ) -> dict[str, Any]:
        command: dict[str, Any] = {
            "id": command_id,
            "application_id": application_id,
            "version": self._world.ids.next(),
            "type": data.get("type") or 1,
            "name": data["name"],
            "name_localizations": None,
            "description": "",
            "description_localizations": None,
            "options": [],
            "default_member_permissions": None,
            "nsfw": False,
        }
        if guild_id is not None:
            command["guild_id"] = guild_id
        else:
            command.update(dm_permission=True, contexts=None, integration_types=[0])
        for key in _FIELDS:
            if data.get(key) is not None:
                command[key] = clone(data[key])
        return command


def _copy(command: dict[str, Any]) -> dict[str, Any]:
    return {key: clone(value) for key, value in command.items()}
