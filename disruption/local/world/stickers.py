"""Stickers: of guilds, and the standard ones that everyone has.

See https://discord.com/developers/docs/resources/sticker
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .errors import WorldError, unknown
from .ids import clone

if TYPE_CHECKING:
    from .world import World

__all__ = ["MOST_STICKERS", "PACKS", "Stickers"]

#: Stickers of a guild without boosts.
MOST_STICKERS = 5

_PACK = "847199849233514549"


def _standard(number: int, name: str, tags: str) -> dict[str, Any]:
    return {
        "id": str(749054660769218631 + number),
        "pack_id": _PACK,
        "name": name,
        "description": f"A {name.lower()} of the local Discord",
        "tags": tags,
        "type": 1,
        "format_type": 1,
        "available": True,
        "sort_value": number,
    }


#: The packs of standard stickers.
PACKS: tuple[dict[str, Any], ...] = (
    {
        "id": _PACK,
        "sku_id": "847199849233514547",
        "name": "Local friends",
        "description": "Those who live on 127.0.0.1",
        "cover_sticker_id": str(749054660769218631),
        "banner_asset_id": "761773777976819706",
        "stickers": [
            _standard(0, "Wave", "wave, hello, hi"),
            _standard(1, "Cheer", "cheer, hooray"),
            _standard(2, "Facepalm", "facepalm, oh no"),
        ],
    },
)


class Stickers:
    """The stickers of all guilds; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._stickers: dict[str, dict[str, dict[str, Any]]] = {}  # by guild and sticker id

    def create(
        self,
        guild_id: str,
        name: str,
        *,
        tags: str,
        description: str | None = None,
        format_type: int = 1,
        user_id: str | None = None,
        id: str | None = None,
    ) -> dict[str, Any]:
        """Make a sticker; its picture is kept by its id, where the CDN looks for it."""
        with self._world.lock:
            self._world.guilds.state(guild_id)
            stickers = self._stickers.setdefault(guild_id, {})
            if len(stickers) >= MOST_STICKERS:
                text = f"Maximum number of stickers reached ({MOST_STICKERS})"
                raise WorldError(400, 30039, text)
            sticker_id = id if id is not None else self._world.ids.next()
            sticker = stickers[sticker_id] = {
                "id": sticker_id,
                "name": name,
                "description": description,
                "tags": tags,
                "type": 2,
                "format_type": format_type,
                "available": True,
                "guild_id": guild_id,
                "_user_id": user_id,
            }
            self._announce(guild_id)
            self._world.audit.record(guild_id, "STICKER_CREATE", sticker_id, after=sticker)
            return self.get(guild_id, sticker_id, with_user=True)

    def get(self, guild_id: str, sticker_id: str, *, with_user: bool = False) -> dict[str, Any]:
        """Return a sticker of a guild."""
        with self._world.lock:
            sticker = self._state(guild_id, sticker_id)
            data = {key: clone(value) for key, value in sticker.items() if key[0] != "_"}
            if with_user and sticker["_user_id"] is not None:
                data["user"] = self._world.users.get(sticker["_user_id"])
            return data

    def list(self, guild_id: str, *, with_user: bool = False) -> builtins.list[dict[str, Any]]:
        """Return the stickers of a guild."""
        with self._world.lock:
            kept = self._stickers.get(guild_id, ())
            return [self.get(guild_id, key, with_user=with_user) for key in kept]

    def find(self, sticker_id: str) -> dict[str, Any]:
        """Return any sticker, standard or of any guild."""
        with self._world.lock:
            for pack in PACKS:
                for sticker in pack["stickers"]:
                    if sticker["id"] == sticker_id:
                        found: dict[str, Any] = clone(sticker)
                        return found
            for guild_id, stickers in self._stickers.items():
                if sticker_id in stickers:
                    return self.get(guild_id, sticker_id)
            raise unknown("sticker")

    def items(self, sticker_ids: Iterable[str]) -> builtins.list[dict[str, Any]]:
        """Return stickers as a message shows them.

        Raises:
            WorldError: 50081 for a sticker that does not exist.
        """
        found = []
        for sticker_id in sticker_ids:
            try:
                sticker = self.find(sticker_id)
            except WorldError:
                raise WorldError(400, 50081, "Invalid sticker sent") from None
            found.append({key: sticker[key] for key in ("id", "name", "format_type")})
        return found

    def update(self, guild_id: str, sticker_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Change name, description or tags of a sticker."""
        with self._world.lock:
            sticker = self._state(guild_id, sticker_id)
            before = clone(sticker)
            for key in ("name", "description", "tags"):
                if key in changes:
                    sticker[key] = changes[key]
            self._announce(guild_id)
            self._world.audit.record(
                guild_id, "STICKER_UPDATE", sticker_id, before=before, after=sticker
            )
            return self.get(guild_id, sticker_id, with_user=True)

    def delete(self, guild_id: str, sticker_id: str) -> None:
        """Delete a sticker."""
        with self._world.lock:
            sticker = self._state(guild_id, sticker_id)
            del self._stickers[guild_id][sticker_id]
            self._announce(guild_id)
            self._world.audit.record(guild_id, "STICKER_DELETE", sticker_id, before=sticker)

    def forget(self, guild_id: str) -> None:
        """Drop the stickers of a guild."""
        self._stickers.pop(guild_id, None)

    def _state(self, guild_id: str, sticker_id: str) -> dict[str, Any]:
        self._world.guilds.state(guild_id)
        sticker = self._stickers.get(guild_id, {}).get(sticker_id)
        if sticker is None:
            raise unknown("sticker")
        return sticker

    def _announce(self, guild_id: str) -> None:
        data = {"guild_id": guild_id, "stickers": self.list(guild_id)}
        self._world.announce("GUILD_STICKERS_UPDATE", data, guild_id=guild_id)
