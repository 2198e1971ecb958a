"""Sounds of the soundboard: of guilds, and the default ones that everyone has.

See https://discord.com/developers/docs/resources/soundboard
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from .errors import WorldError, unknown
from .ids import clone

if TYPE_CHECKING:
    from .world import World

__all__ = ["DEFAULT_SOUNDS", "MOST_SOUNDS", "Soundboard"]

#: Sounds of a guild without boosts, and with those of each level.
MOST_SOUNDS = (8, 24, 36, 48)

#: The sounds that everyone has.
DEFAULT_SOUNDS: tuple[dict[str, Any], ...] = tuple(
    {
        "sound_id": str(number),
        "name": name,
        "volume": 1.0,
        "emoji_id": None,
        "emoji_name": emoji,
        "available": True,
    }
    for number, (name, emoji) in enumerate(
        (("quack", "🦆"), ("airhorn", "🔊"), ("cricket", "🦗"), ("golf clap", "👏")), start=1
    )
)


class Soundboard:
    """The sounds of all guilds; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._sounds: dict[str, dict[str, dict[str, Any]]] = {}  # by guild and sound id

    def create(
        self,
        guild_id: str,
        name: str,
        *,
        volume: float = 1.0,
        emoji_id: str | None = None,
        emoji_name: str | None = None,
        user_id: str | None = None,
        id: str | None = None,
    ) -> dict[str, Any]:
        """Make a sound; its bytes are kept by its id, where the CDN looks for them."""
        with self._world.lock:
            most = self._most(guild_id)
            sounds = self._sounds.setdefault(guild_id, {})
            if len(sounds) >= most:
                text = f"Maximum number of soundboard sounds reached ({most})"
                raise WorldError(400, 30045, text)
            sound_id = id if id is not None else self._world.ids.next()
            sound = sounds[sound_id] = {
                "sound_id": sound_id,
                "name": name,
                "volume": float(volume),
                "emoji_id": emoji_id,
                "emoji_name": emoji_name,
                "guild_id": guild_id,
                "available": True,
                "_user_id": user_id,
            }
            self._announce("CREATE", guild_id, self.get(guild_id, sound_id))
            self._world.audit.record(guild_id, "SOUNDBOARD_SOUND_CREATE", sound_id, after=sound)
            return self.get(guild_id, sound_id)

    def get(self, guild_id: str, sound_id: str) -> dict[str, Any]:
        """Return a sound of a guild."""
        with self._world.lock:
            sound = self._state(guild_id, sound_id)
            data = {key: clone(value) for key, value in sound.items() if key[0] != "_"}
            if sound["_user_id"] is not None:
                data["user"] = self._world.users.get(sound["_user_id"])
            return data

    def list(self, guild_id: str) -> builtins.list[dict[str, Any]]:
        """Return the sounds of a guild."""
        with self._world.lock:
            return [self.get(guild_id, key) for key in self._sounds.get(guild_id, ())]

    def update(self, guild_id: str, sound_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Change name, volume or emoji of a sound."""
        with self._world.lock:
            sound = self._state(guild_id, sound_id)
            before = clone(sound)
            for key in ("name", "volume", "emoji_id", "emoji_name"):
                if key in changes:
                    sound[key] = changes[key]
            self._announce("UPDATE", guild_id, self.get(guild_id, sound_id))
            self._world.audit.record(
                guild_id, "SOUNDBOARD_SOUND_UPDATE", sound_id, before=before, after=sound
            )
            return self.get(guild_id, sound_id)

    def fit(self, guild_id: str) -> None:
        """Let a guild use as many sounds as its boosts allow: the latest beyond them are locked."""
        with self._world.lock:
            most = self._most(guild_id)
            changed = []
            for place, sound in enumerate(self._sounds.get(guild_id, {}).values()):
                if sound["available"] != (place < most):
                    sound["available"] = place < most
                    changed.append(sound["sound_id"])
            if len(changed) == 1:
                self._announce("UPDATE", guild_id, self.get(guild_id, changed[0]))
            elif changed:
                data = {"guild_id": guild_id, "soundboard_sounds": self.list(guild_id)}
                name = "GUILD_SOUNDBOARD_SOUNDS_UPDATE"
                self._world.announce(name, data, guild_id=guild_id)

    def delete(self, guild_id: str, sound_id: str) -> None:
        """Delete a sound; one that was locked takes its place."""
        with self._world.lock:
            sound = self._state(guild_id, sound_id)
            del self._sounds[guild_id][sound_id]
            self._announce("DELETE", guild_id, {"sound_id": sound_id, "guild_id": guild_id})
            self._world.audit.record(guild_id, "SOUNDBOARD_SOUND_DELETE", sound_id, before=sound)
            self.fit(guild_id)

    def play(
        self, channel_id: str, user_id: str, sound_id: str, source_guild_id: str | None = None
    ) -> None:
        """Let a member who is in a voice channel play a sound there.

        Raises:
            WorldError: 40032 when they are elsewhere, 10097 for an unknown sound.
        """
        with self._world.lock:
            guild_id = self._world.channels.state(channel_id).get("guild_id")
            state = self._world.voice.get(guild_id, user_id) if guild_id is not None else None
            if guild_id is None or state is None or state["channel_id"] != channel_id:
                raise WorldError(400, 40032, "Target user is not connected to voice.")
            if any(state[key] for key in ("mute", "deaf", "suppress", "self_deaf", "self_mute")):
                text = "Cannot send voice effect when user is server muted, deafened, or suppressed"
                raise WorldError(400, 50167, text)
            sound = self._any(source_guild_id or guild_id, sound_id)
            emoji = None
            if sound["emoji_id"] is not None or sound["emoji_name"] is not None:
                emoji = {"id": sound["emoji_id"], "name": sound["emoji_name"], "animated": False}
            data = {
                "channel_id": channel_id,
                "guild_id": guild_id,
                "user_id": user_id,
                "emoji": emoji,
                "animation_type": 1,
                "animation_id": 0,
                "sound_id": sound_id,
                "sound_volume": sound["volume"],
            }
            self._world.announce(
                "VOICE_CHANNEL_EFFECT_SEND", data, guild_id=guild_id, channel_id=channel_id
            )

    def forget(self, guild_id: str) -> None:
        """Drop the sounds of a guild."""
        self._sounds.pop(guild_id, None)

    def _most(self, guild_id: str) -> int:
        return MOST_SOUNDS[self._world.guilds.state(guild_id).data["premium_tier"]]

    def _any(self, guild_id: str, sound_id: str) -> dict[str, Any]:
        for sound in DEFAULT_SOUNDS:
            if sound["sound_id"] == sound_id:
                return sound
        return self._state(guild_id, sound_id)

    def _state(self, guild_id: str, sound_id: str) -> dict[str, Any]:
        self._world.guilds.state(guild_id)
        sound = self._sounds.get(guild_id, {}).get(sound_id)
        if sound is None:
            raise unknown("sound")
        return sound

    def _announce(self, verb: str, guild_id: str, data: dict[str, Any]) -> None:
        self._world.announce(f"GUILD_SOUNDBOARD_SOUND_{verb}", data, guild_id=guild_id)
