"""Who is online and who is in a voice channel.

See https://discord.com/developers/docs/events/gateway-events#presence and
https://discord.com/developers/docs/resources/voice#voice-state-object
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import WorldError
from .ids import clone

if TYPE_CHECKING:
    from .world import World

__all__ = ["Presences", "Voice"]

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


class Voice:
    """Who is in which voice channel; part of a `World`. No sound is carried."""

    def __init__(self, world: World) -> None:
        self._world = world

    def set(
        self,
        guild_id: str,
        user_id: str,
        *,
        channel_id: str | None,
        self_mute: bool = False,
        self_deaf: bool = False,
    ) -> dict[str, Any]:
        """Let a member join, change or (None) leave a voice channel."""
        with self._world.lock:
            guild = self._world.guilds.state(guild_id)
            if channel_id is not None and channel_id not in guild.channel_ids:
                raise WorldError(404, 10003, "Unknown Channel")
            member = self._world.members.get(guild_id, user_id)
            before = guild.voice_states.get(user_id)
            letters = "0123456789abcdef"
            session = "".join(self._world.random.choice(letters) for _ in range(32))
            state: dict[str, Any] = {
                "channel_id": channel_id,
                "user_id": user_id,
                "session_id": before["session_id"] if before else session,
                "deaf": member["deaf"],
                "mute": member["mute"],
                "self_deaf": self_deaf,
                "self_mute": self_mute,
                "self_video": False,
                "suppress": False,
                "request_to_speak_timestamp": None,
            }
            if channel_id is None:
                guild.voice_states.pop(user_id, None)
            else:
                guild.voice_states[user_id] = state
            data = {**state, "guild_id": guild_id, "member": member}
            self._world.announce("VOICE_STATE_UPDATE", data, guild_id=guild_id, exempt=(user_id,))
            return {**state, "guild_id": guild_id, "member": clone(member)}

    def get(self, guild_id: str, user_id: str) -> dict[str, Any] | None:
        """Return where a member is, or None."""
        with self._world.lock:
            state = self._world.guilds.state(guild_id).voice_states.get(user_id)
            return {**state, "guild_id": guild_id} if state is not None else None

    def of_guild(self, guild_id: str) -> list[dict[str, Any]]:
        """Return everyone who is in a voice channel."""
        with self._world.lock:
            states = self._world.guilds.state(guild_id).voice_states
            return [{**state, "guild_id": guild_id} for state in states.values()]
