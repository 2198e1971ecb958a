"""Linked roles: what an application tells about its users.

See https://discord.com/developers/docs/resources/application-role-connection-metadata
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .ids import clone

if TYPE_CHECKING:
    from .world import World

__all__ = ["RoleConnections"]


class RoleConnections:
    """The metadata of applications, and the values for users; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._metadata: dict[str, list[dict[str, Any]]] = {}  # by application id
        self._values: dict[tuple[str, str], dict[str, Any]] = {}  # by application and user id

    def metadata(self, application_id: str) -> list[dict[str, Any]]:
        """Return what an application tells about its users."""
        with self._world.lock:
            found: list[dict[str, Any]] = clone(self._metadata.get(application_id, []))
            return found

    def set_metadata(
        self, application_id: str, records: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """Say what an application tells about its users."""
        with self._world.lock:
            self._metadata[application_id] = clone(records)
            return self.metadata(application_id)

    def get(self, application_id: str, user_id: str) -> dict[str, Any]:
        """Return what an application has told about a user."""
        with self._world.lock:
            empty: dict[str, Any] = {"platform_name": "", "platform_username": None, "metadata": {}}
            whole: dict[str, Any] = clone(self._values.get((application_id, user_id), empty))
            return whole

    def set(self, application_id: str, user_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Tell something about a user."""
        with self._world.lock:
            value = {**self.get(application_id, user_id), **clone(changes)}
            self._values[(application_id, user_id)] = value
            return self.get(application_id, user_id)

    def delete(self, application_id: str, user_id: str) -> None:
        """Forget what was told about a user."""
        with self._world.lock:
            self._values.pop((application_id, user_id), None)
