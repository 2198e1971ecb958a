"""Roles of a guild.

See https://discord.com/developers/docs/topics/permissions#role-object
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from .errors import WorldError, unknown
from .ids import clone
from .visibility import told_what_they_see

if TYPE_CHECKING:
    from .world import World

__all__ = ["Roles"]

_FIXED = frozenset({"id", "managed", "tags", "position"})


class Roles:
    """The roles of all guilds; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world

    def new(self, role_id: str, **fields: Any) -> dict[str, Any]:
        """Return a whole role record with these fields; not yet in any guild."""
        role: dict[str, Any] = {
            "id": role_id,
            "name": "new role",
            "description": None,
            "permissions": "0",
            "position": 1,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": False,
            "mentionable": False,
            "icon": None,
            "unicode_emoji": None,
            "flags": 0,
        }
        _apply(role, fields)
        return role

    def create(self, guild_id: str, *, id: str | None = None, **fields: Any) -> dict[str, Any]:
        """Make a role just above @everyone; the others move up."""
        with self._world.lock:
            guild = self._world.guilds.state(guild_id)
            fields.setdefault("permissions", guild.roles[guild_id]["permissions"])
            role_id = id if id is not None else self._world.ids.next()
            role = self.new(role_id, **fields)
            for other in guild.roles.values():
                if other["position"] >= role["position"]:
                    other["position"] += 1
            guild.roles[role_id] = role
            data = {"guild_id": guild_id, "role": clone(role)}
            self._world.announce("GUILD_ROLE_CREATE", data, guild_id=guild_id)
            self._world.audit.record(guild_id, "ROLE_CREATE", role_id, after=role)
            return self.get(guild_id, role_id)

    def get(self, guild_id: str, role_id: str) -> dict[str, Any]:
        """Return one role."""
        with self._world.lock:
            role = self._world.guilds.state(guild_id).roles.get(role_id)
            if role is None:
                raise unknown("role")
            return {key: clone(value) for key, value in role.items()}

    def list(self, guild_id: str) -> builtins.list[dict[str, Any]]:
        """Return every role, lowest first."""
        with self._world.lock:
            roles = self._world.guilds.state(guild_id).roles
            ordered = sorted(roles.values(), key=lambda role: (role["position"], int(role["id"])))
            return [{key: clone(value) for key, value in role.items()} for role in ordered]

    def update(self, guild_id: str, role_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Change fields of a role (its position: `move`)."""
        with self._world.lock:
            role = self._world.guilds.state(guild_id).roles.get(role_id)
            if role is None:
                raise unknown("role")
            before = clone(role)
            with told_what_they_see(self._world, guild_id):
                _apply(role, {key: value for key, value in changes.items() if key not in _FIXED})
                self._announce_update(guild_id, role_id)
            self._world.audit.record(guild_id, "ROLE_UPDATE", role_id, before=before, after=role)
            return self.get(guild_id, role_id)

    def move(self, guild_id: str, positions: dict[str, int]) -> builtins.list[dict[str, Any]]:
        """Give roles new positions; the others keep their order around them."""
        with self._world.lock:
            guild = self._world.guilds.state(guild_id)
            for role_id in positions:
                if role_id not in guild.roles:
                    raise unknown("role")
            before = {key: role["position"] for key, role in guild.roles.items()}
            others = [
                role["id"]
                for role in self.list(guild_id)
                if role["id"] not in positions and role["id"] != guild_id
            ]
            order = others
            wanted = sorted(positions.items(), key=lambda item: item[1])
            for role_id, position in wanted:
                if role_id != guild_id:
                    order.insert(max(0, position - 1), role_id)
            for index, role_id in enumerate(order, start=1):
                guild.roles[role_id]["position"] = index
            for role_id, position in before.items():
                if guild.roles[role_id]["position"] != position:
                    self._announce_update(guild_id, role_id)
            for role_id in positions:
                was, now = before[role_id], guild.roles[role_id]["position"]
                self._world.audit.record(
                    guild_id,
                    "ROLE_UPDATE",
                    role_id,
                    before={"position": was},
                    after={"position": now},
                )
            return self.list(guild_id)

    def delete(self, guild_id: str, role_id: str) -> None:
        """Delete a role and take it from everyone."""
        with self._world.lock:
            guild = self._world.guilds.state(guild_id)
            if role_id not in guild.roles:
                raise unknown("role")
            if role_id == guild_id or guild.roles[role_id]["managed"]:
                raise WorldError(400, 50028, "Invalid role")
            with told_what_they_see(self._world, guild_id):
                role = guild.roles.pop(role_id)
                for member in guild.members.values():
                    if role_id in member["roles"]:
                        member["roles"].remove(role_id)
                data = {"guild_id": guild_id, "role_id": role_id}
                self._world.announce("GUILD_ROLE_DELETE", data, guild_id=guild_id)
            self._world.audit.record(guild_id, "ROLE_DELETE", role_id, before=role)

    def _announce_update(self, guild_id: str, role_id: str) -> None:
        data = {"guild_id": guild_id, "role": self.get(guild_id, role_id)}
        self._world.announce("GUILD_ROLE_UPDATE", data, guild_id=guild_id)


def _apply(role: dict[str, Any], fields: dict[str, Any]) -> None:
    for key, value in fields.items():
        if value is None and key in ("name", "permissions", "color", "hoist", "mentionable"):
            continue  # null means "the default", which a new role already has
        if key in role or key == "tags":
            role[key] = clone(value)
    # `color` is the old name of `colors.primary_color`: whichever was given sets both.
    if isinstance(fields.get("colors"), dict):
        given = fields["colors"]
        role["colors"] = {
            "primary_color": given.get("primary_color") or 0,
            "secondary_color": given.get("secondary_color"),
            "tertiary_color": given.get("tertiary_color"),
        }
        role["color"] = role["colors"]["primary_color"]
    elif fields.get("color") is not None:
        role["colors"] = {
            "primary_color": fields["color"],
            "secondary_color": None,
            "tertiary_color": None,
        }
    else:
        role["colors"]["primary_color"] = role["color"]
    role["permissions"] = str(role["permissions"])
