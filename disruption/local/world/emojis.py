"""Custom emojis: of guilds, and of applications, whose bot can use its own everywhere.

See https://discord.com/developers/docs/resources/emoji
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .errors import WorldError, unknown
from .ids import clone

if TYPE_CHECKING:
    from .world import World

__all__ = ["MOST_OF_APPLICATION", "MOST_OF_GUILD", "Emojis"]

#: Emojis of one kind (still, animated) of a guild without boosts.
MOST_OF_GUILD = 50

#: Emojis of an application.
MOST_OF_APPLICATION = 2000


class Emojis:
    """Every custom emoji; part of a `World`. An owner is a guild or an application."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._emojis: dict[str, dict[str, dict[str, Any]]] = {}  # owner id -> emoji id -> emoji

    def create(
        self,
        owner_id: str,
        name: str,
        *,
        user_id: str | None = None,
        roles: Iterable[str] = (),
        animated: bool = False,
        id: str | None = None,
    ) -> dict[str, Any]:
        """Make an emoji; its picture is kept by its id, where the CDN looks for it."""
        with self._world.lock:
            self._refuse_too_many(owner_id, animated)
            emoji_id = id if id is not None else self._world.ids.next()
            emoji = {
                "id": emoji_id,
                "name": name,
                "roles": list(roles),
                "require_colons": True,
                "managed": False,
                "animated": animated,
                "available": True,
                "_user_id": user_id,
            }
            self._emojis.setdefault(owner_id, {})[emoji_id] = emoji
            self._announce(owner_id)
            self._record(owner_id, "CREATE", emoji_id, after=emoji)
            return self.get(owner_id, emoji_id)

    def get(self, owner_id: str, emoji_id: str) -> dict[str, Any]:
        """Return one emoji, with who made it."""
        with self._world.lock:
            emoji = self._state(owner_id, emoji_id)
            data = {key: clone(value) for key, value in emoji.items() if key[0] != "_"}
            if emoji["_user_id"] is not None:
                data["user"] = self._world.users.get(emoji["_user_id"])
            return data

    def list(self, owner_id: str) -> builtins.list[dict[str, Any]]:
        """Return every emoji of a guild or an application."""
        with self._world.lock:
            return [self.get(owner_id, key) for key in self._emojis.get(owner_id, ())]

    def find(self, emoji_id: str) -> dict[str, Any] | None:
        """Return an emoji whoever it belongs to, without who made it; None for none."""
        with self._world.lock:
            for emojis in self._emojis.values():
                if emoji_id in emojis:
                    emoji = emojis[emoji_id]
                    return {key: clone(value) for key, value in emoji.items() if key[0] != "_"}
            return None

    def update(self, owner_id: str, emoji_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Change name or roles of an emoji."""
        with self._world.lock:
            emoji = self._state(owner_id, emoji_id)
            before = clone(emoji)
            emoji.update({key: clone(changes[key]) for key in ("name", "roles") if key in changes})
            self._announce(owner_id)
            self._record(owner_id, "UPDATE", emoji_id, before=before, after=emoji)
            return self.get(owner_id, emoji_id)

    def delete(self, owner_id: str, emoji_id: str) -> None:
        """Delete an emoji."""
        with self._world.lock:
            emoji = self._state(owner_id, emoji_id)
            del self._emojis[owner_id][emoji_id]
            self._announce(owner_id)
            self._record(owner_id, "DELETE", emoji_id, before=emoji)

    def forget(self, owner_id: str) -> None:
        """Drop the emojis of a guild."""
        self._emojis.pop(owner_id, None)

    def _state(self, owner_id: str, emoji_id: str) -> dict[str, Any]:
        emoji = self._emojis.get(owner_id, {}).get(emoji_id)
        if emoji is None:
            raise unknown("emoji")
        return emoji

    def _refuse_too_many(self, owner_id: str, animated: bool) -> None:
        kept = self._emojis.get(owner_id, {}).values()
        if not self._world.guilds.exists(owner_id):
            if len(kept) >= MOST_OF_APPLICATION:
                text = f"Maximum number of emojis reached ({MOST_OF_APPLICATION})"
                raise WorldError(400, 30008, text)
            return
        if sum(emoji["animated"] == animated for emoji in kept) >= MOST_OF_GUILD:
            code, kind = (30018, "animated emojis") if animated else (30008, "emojis")
            raise WorldError(400, code, f"Maximum number of {kind} reached ({MOST_OF_GUILD})")

    def _announce(self, owner_id: str) -> None:
        if self._world.guilds.exists(owner_id):
            data = {"guild_id": owner_id, "emojis": self.list(owner_id)}
            self._world.announce("GUILD_EMOJIS_UPDATE", data, guild_id=owner_id)

    def _record(self, owner_id: str, verb: str, emoji_id: str, **states: dict[str, Any]) -> None:
        if self._world.guilds.exists(owner_id):
            names = {when: {"name": state["name"]} for when, state in states.items()}
            self._world.audit.record(
                owner_id,
                f"EMOJI_{verb}",
                emoji_id,
                before=names.get("before"),
                after=names.get("after"),
            )
