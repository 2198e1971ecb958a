"""Application commands, global and of a guild.

See https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from .channels import DM, THREADS
from .errors import WorldError, unknown
from .ids import clone
from .permissions import BITS

if TYPE_CHECKING:
    from .world import World

__all__ = ["Commands"]

_FIELDS = (
    *("name", "name_localizations", "description", "description_localizations", "options"),
    *("default_member_permissions", "dm_permission", "nsfw", "integration_types", "contexts"),
    *("handler", "default_permission"),
)
# The contexts that a command can be used in.
_GUILD, _BOT_DM, _PRIVATE_CHANNEL = 0, 1, 2


class Commands:
    """The commands of all applications; part of a `World`. A `guild_id` of None means global."""

    def __init__(self, world: World) -> None:
        self._world = world
        # (application id, guild id or None) -> command id -> command
        self._commands: dict[tuple[str, str | None], dict[str, dict[str, Any]]] = {}
        # (guild id, command or application id) -> who may use it
        self._permissions: dict[tuple[str, str], dict[str, Any]] = {}

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
            wanted = (changes.get("name") or command["name"], command["type"])
            for other in self._commands[(application_id, guild_id)].values():
                if other is not command and (other["name"], other["type"]) == wanted:
                    text = "An application command with that name already exists"
                    raise WorldError(400, 40041, text)
            command.update({key: _value(key, changes) for key in _FIELDS if key in changes})
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

    def permissions(self, application_id: str, guild_id: str) -> builtins.list[dict[str, Any]]:
        """Return who may use which commands of an application in a guild, where it was said."""
        with self._world.lock:
            return [
                _copy(item)
                for item in self._permissions.values()
                if (item["application_id"], item["guild_id"]) == (application_id, guild_id)
            ]

    def permission(self, application_id: str, guild_id: str, command_id: str) -> dict[str, Any]:
        """Return who may use one command.

        Raises:
            WorldError: 10066 where nothing was said.
        """
        with self._world.lock:
            found = self._permissions.get((guild_id, command_id))
            if found is None or found["application_id"] != application_id:
                raise unknown("command permissions")
            return _copy(found)

    def set_permission(
        self,
        application_id: str,
        guild_id: str,
        command_id: str,
        permissions: builtins.list[dict[str, Any]],
    ) -> dict[str, Any]:
        """Say who may use a command; the application's own id stands for all of its commands."""
        with self._world.lock:
            places = (guild_id, None)
            known = [self._commands.get((application_id, place), {}) for place in places]
            if command_id != application_id and not any(command_id in item for item in known):
                raise unknown("command")
            before = self._permissions.get((guild_id, command_id), {}).get("permissions", [])
            data = {
                "id": command_id,
                "application_id": application_id,
                "guild_id": guild_id,
                "permissions": clone(permissions),
            }
            self._permissions[(guild_id, command_id)] = data
            self._world.announce(
                "APPLICATION_COMMAND_PERMISSIONS_UPDATE",
                clone(data),
                guild_id=guild_id,
                user_ids=(application_id,),
            )
            old = {item["id"]: item for item in before}
            new = {item["id"]: item for item in permissions}
            changes = [
                {
                    "key": key,
                    **({"old_value": old[key]} if key in old else {}),
                    **({"new_value": new[key]} if key in new else {}),
                }
                for key in dict.fromkeys((*old, *new))
                if old.get(key) != new.get(key)
            ]
            self._world.audit.record(
                guild_id,
                "APPLICATION_COMMAND_PERMISSION_UPDATE",
                command_id,
                changes=changes,
                options={"application_id": application_id},
            )
            return _copy(data)

    def allows(self, command: dict[str, Any], user_id: str, channel_id: str) -> bool:
        """Tell whether a user may use a command in a channel."""
        with self._world.lock:
            world = self._world
            guild_id = world.channels.state(channel_id).get("guild_id")
            if not self._is_offered(command, channel_id):
                return False
            if guild_id is None:
                return True
            allowed = world.permissions.in_channel(channel_id, user_id)
            if allowed & BITS["ADMINISTRATOR"]:
                return True
            if not allowed & BITS["USE_APPLICATION_COMMANDS"]:
                return False
            own = self._permissions.get((guild_id, command["id"]))
            whole = self._permissions.get((guild_id, command["application_id"]))
            in_channel = _channel_rule((own, whole), guild_id, channel_id)
            if in_channel is False:
                return False
            roles = world.guilds.state(guild_id).members[user_id]["roles"]
            for rules in (own, whole):
                verdict = _member_rule(rules, guild_id, user_id, roles)
                if verdict is not None:
                    return verdict
            needed = command.get("default_member_permissions")
            return needed is None or (needed != "0" and not int(needed) & ~allowed)

    def _is_offered(self, command: dict[str, Any], channel_id: str) -> bool:
        """Tell whether a command is for such a place at all, whoever wants to use it."""
        channel = self._world.channels.state(channel_id)
        contexts = command.get("contexts")
        if channel.get("guild_id") is None:
            own = channel["type"] == DM and command["application_id"] in channel["_members"]
            if contexts is None:
                return command.get("dm_permission") is not False
            return (_BOT_DM if own else _PRIVATE_CHANNEL) in contexts
        if contexts is not None and _GUILD not in contexts:
            return False
        if not command.get("nsfw"):
            return True
        parent = channel.get("parent_id")
        place = channel
        if channel["type"] in THREADS and parent is not None:
            place = self._world.channels.state(parent)
        return bool(place.get("nsfw"))

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
                command[key] = _value(key, data)
        return command


def _copy(command: dict[str, Any]) -> dict[str, Any]:
    return {key: clone(value) for key, value in command.items()}


def _value(key: str, fields: dict[str, Any]) -> Any:
    """Return a field as commands carry it: permissions are written as text."""
    value = fields[key]
    return str(value) if key == "default_member_permissions" and value is not None else clone(value)


def _channel_rule(
    both: tuple[dict[str, Any] | None, ...], guild_id: str, channel_id: str
) -> bool | None:
    """Return what is said of a channel; the guild's id less one stands for all channels."""
    everywhere = str(int(guild_id) - 1)
    for rules in both:
        said = {
            item["id"]: item["permission"]
            for item in (rules or {}).get("permissions", ())
            if item["type"] == 3
        }
        for key in (channel_id, everywhere):
            if key in said:
                return bool(said[key])
    return None


def _member_rule(
    rules: dict[str, Any] | None, guild_id: str, user_id: str, roles: builtins.list[str]
) -> bool | None:
    """Return what is said of a user, their roles, or everyone; the more particular first."""
    said = {
        (item["type"], item["id"]): bool(item["permission"])
        for item in (rules or {}).get("permissions", ())
    }
    if (2, user_id) in said:
        return said[(2, user_id)]
    of_roles = [said[(1, role)] for role in roles if (1, role) in said]
    if of_roles:
        return any(of_roles)
    return said.get((1, guild_id))
