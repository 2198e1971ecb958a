"""People who ask to join a guild, and those who decide.

See https://discord.com/developers/docs/resources/guild
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from .errors import WorldError, unknown

if TYPE_CHECKING:
    from .world import World

__all__ = ["DECISIONS", "STATUSES", "JoinRequests"]

DECISIONS = ("APPROVED", "REJECTED")
STATUSES = ("STARTED", "SUBMITTED", *DECISIONS)


class JoinRequests:
    """The requests to join all guilds; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._requests: dict[str, dict[str, Any]] = {}

    def create(self, guild_id: str, user_id: str) -> dict[str, Any]:
        """Let somebody ask to join a guild; who has asked already waits on."""
        with self._world.lock:
            guild = self._world.guilds.state(guild_id)
            self._world.users.state(user_id)
            if user_id in guild.members:
                raise WorldError(400, 50035, "Already a member of this guild")
            for request in self._of(guild_id):
                waits = request["application_status"] == "SUBMITTED"
                if waits and request["user_id"] == user_id:
                    return self._whole(request)
            request_id = self._world.ids.next()
            self._requests[request_id] = {
                "id": request_id,
                "created_at": self._world.now(),
                "reviewed_at": None,
                "application_status": "SUBMITTED",
                "rejection_reason": None,
                "guild_id": guild_id,
                "user_id": user_id,
                "_actor_id": None,
            }
            return self._whole(self._requests[request_id])

    def list(self, guild_id: str, status: str | None = None) -> builtins.list[dict[str, Any]]:
        """Return the requests to join a guild, newest first, all or those of one status."""
        with self._world.lock:
            return [
                self._whole(request)
                for request in reversed(self._of(guild_id))
                if status in (None, request["application_status"])
            ]

    def decide(
        self, guild_id: str, request_id: str, decision: str, actor_id: str, reason: str | None
    ) -> dict[str, Any]:
        """Approve a request, so that the user joins, or reject it."""
        with self._world.lock:
            request = self._requests.get(request_id)
            if request is None or request["guild_id"] != guild_id:
                raise unknown("join request")
            if request["application_status"] != "SUBMITTED":
                raise WorldError(400, 50035, "This request has been decided already")
            request["application_status"] = decision
            request["reviewed_at"] = self._world.now()
            request["rejection_reason"] = reason if decision == "REJECTED" else None
            request["_actor_id"] = actor_id
            if decision == "APPROVED":
                self._world.members.add(guild_id, request["user_id"])
            return self._whole(request)

    def forget(self, guild_id: str) -> None:
        """Drop the requests to join a guild."""
        for request in self._of(guild_id):
            del self._requests[request["id"]]

    def _of(self, guild_id: str) -> builtins.list[dict[str, Any]]:
        self._world.guilds.state(guild_id)
        return [item for item in self._requests.values() if item["guild_id"] == guild_id]

    def _whole(self, request: dict[str, Any]) -> dict[str, Any]:
        users, actor_id = self._world.users, request["_actor_id"]
        return {
            **{key: value for key, value in request.items() if key[0] != "_"},
            "user": users.get(request["user_id"]),
            "actioned_by_user": users.get(actor_id) if actor_id is not None else None,
        }
