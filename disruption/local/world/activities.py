"""Activities that people play together in a channel.

See https://discord.com/developers/docs/resources/application#activity-instance-object
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import WorldError
from .ids import clone

if TYPE_CHECKING:
    from .world import World

__all__ = ["Activities"]


class Activities:
    """The running instances of all applications' activities; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._instances: dict[str, dict[str, Any]] = {}  # by instance id

    def launch(self, application_id: str, channel_id: str, user_id: str) -> dict[str, Any]:
        """Let a user play in a channel: with those who do already, or as the first."""
        with self._world.lock:
            channel = self._world.channels.state(channel_id)
            for instance in self._instances.values():
                where = instance["location"]["channel_id"]
                if (instance["application_id"], where) == (application_id, channel_id):
                    break
            else:
                instance = self._open(application_id, channel_id, channel.get("guild_id"))
            if user_id not in instance["users"]:
                instance["users"].append(user_id)
            whole: dict[str, Any] = clone(instance)
            return whole

    def leave(self, application_id: str, instance_id: str, user_id: str) -> None:
        """Let a user stop playing; with the last one the instance ends."""
        with self._world.lock:
            instance = self._state(application_id, instance_id)
            if user_id in instance["users"]:
                instance["users"].remove(user_id)
            if not instance["users"]:
                del self._instances[instance_id]

    def get(self, application_id: str, instance_id: str) -> dict[str, Any]:
        """Return an instance that somebody plays in.

        Raises:
            WorldError: 404 when there is none.
        """
        with self._world.lock:
            whole: dict[str, Any] = clone(self._state(application_id, instance_id))
            return whole

    def _open(self, application_id: str, channel_id: str, guild_id: str | None) -> dict[str, Any]:
        launch_id = self._world.ids.next()
        if guild_id is None:
            location = {"id": f"pc-{channel_id}", "kind": "pc", "channel_id": channel_id}
        else:
            location = {
                "id": f"gc-{guild_id}-{channel_id}",
                "kind": "gc",
                "channel_id": channel_id,
                "guild_id": guild_id,
            }
        instance: dict[str, Any] = {
            "application_id": application_id,
            "instance_id": f"i-{launch_id}-{location['id']}",
            "launch_id": launch_id,
            "location": location,
            "users": [],
        }
        self._instances[instance["instance_id"]] = instance
        return instance

    def _state(self, application_id: str, instance_id: str) -> dict[str, Any]:
        instance = self._instances.get(instance_id)
        if instance is None or instance["application_id"] != application_id:
            raise WorldError(404, 0, "404: Not Found")
        return instance
