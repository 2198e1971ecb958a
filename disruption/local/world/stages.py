"""Stage instances: stages that are live.

See https://discord.com/developers/docs/resources/stage-instance
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from .channels import STAGE
from .errors import WorldError, unknown

if TYPE_CHECKING:
    from .world import World

__all__ = ["Stages"]


class Stages:
    """The live stages; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._stages: dict[str, dict[str, Any]] = {}  # by channel id

    def create(
        self,
        channel_id: str,
        topic: str,
        *,
        privacy_level: int = 2,
        scheduled_event_id: str | None = None,
    ) -> dict[str, Any]:
        """Open a stage."""
        with self._world.lock:
            channel = self._world.channels.state(channel_id)
            if channel["type"] != STAGE:
                raise WorldError(400, 50024, "Cannot execute action on this channel type")
            if channel_id in self._stages:
                raise WorldError(400, 150006, "The Stage is already open")
            stage = self._stages[channel_id] = {
                "id": self._world.ids.next(),
                "guild_id": channel["guild_id"],
                "channel_id": channel_id,
                "topic": topic,
                "privacy_level": privacy_level,
                "discoverable_disabled": True,
                "guild_scheduled_event_id": scheduled_event_id,
            }
            self._announce("CREATE", stage)
            self._record("CREATE", stage, after=stage)
            return dict(stage)

    def get(self, channel_id: str) -> dict[str, Any]:
        """Return the stage of a channel."""
        with self._world.lock:
            return dict(self._state(channel_id))

    def of_guild(self, guild_id: str) -> builtins.list[dict[str, Any]]:
        """Return the live stages of a guild."""
        with self._world.lock:
            return [dict(item) for item in self._stages.values() if item["guild_id"] == guild_id]

    def update(self, channel_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Change topic or privacy level."""
        with self._world.lock:
            stage = self._state(channel_id)
            before = dict(stage)
            for key in ("topic", "privacy_level"):
                if changes.get(key) is not None:
                    stage[key] = changes[key]
            self._announce("UPDATE", stage)
            self._record("UPDATE", stage, before=before, after=stage)
            return dict(stage)

    def delete(self, channel_id: str) -> None:
        """Close a stage."""
        with self._world.lock:
            stage = self._state(channel_id)
            del self._stages[channel_id]
            self._announce("DELETE", stage)
            self._record("DELETE", stage, before=stage)

    def forget(self, channel_id: str) -> None:
        """Drop the stage of a channel without telling anyone."""
        self._stages.pop(channel_id, None)

    def _state(self, channel_id: str) -> dict[str, Any]:
        stage = self._stages.get(channel_id)
        if stage is None:
            raise unknown("stage")
        return stage

    def _announce(self, verb: str, stage: dict[str, Any]) -> None:
        name = f"STAGE_INSTANCE_{verb}"
        self._world.announce(
            name, dict(stage), guild_id=stage["guild_id"], channel_id=stage["channel_id"]
        )

    def _record(
        self,
        verb: str,
        stage: dict[str, Any],
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        shown = ("topic", "privacy_level")
        self._world.audit.record(
            stage["guild_id"],
            f"STAGE_INSTANCE_{verb}",
            stage["id"],
            before=before and {key: before[key] for key in shown},
            after=after and {key: after[key] for key in shown},
            options={"channel_id": stage["channel_id"]},
        )
