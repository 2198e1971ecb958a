"""Integrations of a guild: here, one for each bot in it.

See https://discord.com/developers/docs/resources/guild#integration-object
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from .acting import actor
from .errors import unknown

if TYPE_CHECKING:
    from .world import World

__all__ = ["Integrations"]


class Integrations:
    """The integrations of all guilds; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        # guild id -> integration id -> {"bot_id", "added_by"}
        self._integrations: dict[str, dict[str, dict[str, Any]]] = {}

    def list(self, guild_id: str) -> builtins.list[dict[str, Any]]:
        """Return every integration of a guild."""
        with self._world.lock:
            self._world.guilds.state(guild_id)
            return [self.get(guild_id, key) for key in self._integrations.get(guild_id, ())]

    def get(self, guild_id: str, integration_id: str) -> dict[str, Any]:
        """Return one integration."""
        with self._world.lock:
            record = self._integrations.get(guild_id, {}).get(integration_id)
            if record is None:
                raise unknown("integration")
            application = self._world.applications.get(record["bot_id"])
            bot = self._world.users.get(record["bot_id"])
            # `summary` is no longer documented, but one library cannot do without it.
            shown = ("id", "name", "icon", "description", "summary", "type")
            data: dict[str, Any] = {
                "id": integration_id,
                "type": "discord",
                "name": application["name"],
                "enabled": True,
                "account": {"id": record["bot_id"], "name": application["name"]},
                "application": {**{key: application[key] for key in shown}, "bot": bot},
                "scopes": ["applications.commands", "bot"],
            }
            if record["added_by"] is not None:
                data["user"] = self._world.users.get(record["added_by"])
            return data

    def joined(self, guild_id: str, bot_id: str) -> None:
        """Note that a bot has joined a guild; under the lock."""
        who = actor()
        key = self._world.ids.next()
        record = {"bot_id": bot_id, "added_by": who.user_id if who is not None else None}
        self._integrations.setdefault(guild_id, {})[key] = record
        data = {**self.get(guild_id, key), "guild_id": guild_id}
        data.pop("user", None)
        # The bot has just been told of the guild as a whole.
        self._world.announce("INTEGRATION_CREATE", data, guild_id=guild_id, excluded=(bot_id,))
        self._announce_update(guild_id, excluded=(bot_id,))

    def changed(self, bot_id: str) -> None:
        """Note that what is shown of a bot's application has changed; under the lock."""
        for guild_id, kept in self._integrations.items():
            for key in [key for key, record in kept.items() if record["bot_id"] == bot_id]:
                data = {**self.get(guild_id, key), "guild_id": guild_id}
                data.pop("user", None)
                self._world.announce("INTEGRATION_UPDATE", data, guild_id=guild_id)
                self._announce_update(guild_id)

    def left(self, guild_id: str, bot_id: str) -> None:
        """Note that a bot has left a guild; under the lock."""
        kept = self._integrations.get(guild_id, {})
        for key in [key for key, record in kept.items() if record["bot_id"] == bot_id]:
            del kept[key]
            data = {"id": key, "guild_id": guild_id, "application_id": bot_id}
            self._world.announce("INTEGRATION_DELETE", data, guild_id=guild_id)
            self._announce_update(guild_id)

    def delete(self, guild_id: str, integration_id: str) -> None:
        """Delete an integration: its bot is kicked."""
        with self._world.lock:
            before = self.get(guild_id, integration_id)
            self._world.members.remove(guild_id, before["account"]["id"])
            self._world.audit.record(
                guild_id,
                "INTEGRATION_DELETE",
                integration_id,
                before={"name": before["name"], "type": before["type"]},
            )

    def forget(self, guild_id: str) -> None:
        """Drop the integrations of a guild."""
        self._integrations.pop(guild_id, None)

    def _announce_update(self, guild_id: str, excluded: tuple[str, ...] = ()) -> None:
        data = {"guild_id": guild_id}
        name = "GUILD_INTEGRATIONS_UPDATE"
        self._world.announce(name, data, guild_id=guild_id, excluded=excluded)
