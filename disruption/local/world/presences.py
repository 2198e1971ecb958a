"""Who is online.

See https://discord.com/developers/docs/events/gateway-events#presence
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import WorldError
from .ids import clone

if TYPE_CHECKING:
    from .world import World

__all__ = ["Presences"]

_STATUSES = frozenset({"online", "dnd", "idle", "invisible", "offline"})


class Presences:
    """Every member's status and activities; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world

    def set(
        self, user_id: str, status: str = "online", activities: list[dict[str, Any]] | None = None
    ) -> None:
        """Change a user's presence in every guild they are in."""
        if status not in _STATUSES:
            raise WorldError(400, 50035, f"No such status: {status!r}")
        shown = "offline" if status == "invisible" else status
        with self._world.lock:
            for guild_id in self._world.guilds.of_user(user_id):
                presence = {
                    "status": shown,
                    "activities": clone(activities or []) if shown != "offline" else [],
                    "client_status": {} if shown == "offline" else {"web": shown},
                }
                self._world.guilds.state(guild_id).presences[user_id] = presence
                data = self.get(guild_id, user_id)
                data["user"] = self._world.users.get(user_id)
                self._world.announce("PRESENCE_UPDATE", data, guild_id=guild_id)

    def get(self, guild_id: str, user_id: str) -> dict[str, Any]:
        """Return a member's presence with no more of the user than the id."""
        with self._world.lock:
            presence = self._world.guilds.state(guild_id).presences.get(user_id) or {
                "status": "offline",
                "activities": [],
                "client_status": {},
            }
            copy = {key: clone(value) for key, value in presence.items()}
            return {"user": {"id": user_id}, "guild_id": guild_id, **copy}

    def online(self, guild_id: str) -> list[str]:
        """Return the ids of the members who are not offline."""
        with self._world.lock:
            presences = self._world.guilds.state(guild_id).presences
            return [key for key, value in presences.items() if value["status"] != "offline"]

    def of_guild(self, guild_id: str) -> list[dict[str, Any]]:
        """Return the presences of those who are not offline."""
        with self._world.lock:
            return [self.get(guild_id, user_id) for user_id in self.online(guild_id)]
