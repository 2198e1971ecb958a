"""Who is in which voice channel. No sound is carried.

See https://discord.com/developers/docs/resources/voice#voice-state-object
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .acting import actor
from .channels import STAGE, VOICE
from .errors import WorldError, unknown
from .ids import clone
from .permissions import BITS

if TYPE_CHECKING:
    from .world import World

__all__ = ["Voice"]

_DIGITS = "0123456789abcdef"


class Voice:
    """The voice states of all guilds; part of a `World`."""

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
            self._check(guild_id, channel_id)
            member = self._world.members.get(guild_id, user_id)
            before = guild.voice_states.get(user_id)
            session = "".join(self._world.random.choice(_DIGITS) for _ in range(32))
            stays = before is not None and before["channel_id"] == channel_id
            state: dict[str, Any] = {
                "channel_id": channel_id,
                "user_id": user_id,
                "session_id": before["session_id"] if before else session,
                "deaf": member["deaf"],
                "mute": member["mute"],
                "self_deaf": self_deaf,
                "self_mute": self_mute,
                "self_stream": False,
                "self_video": False,
                "suppress": self._listens_only(channel_id, user_id),
                "request_to_speak_timestamp": None,
            }
            if before is not None and stays:
                for key in ("suppress", "request_to_speak_timestamp"):
                    state[key] = before[key]
            return self._put(guild_id, user_id, state)

    def moved(self, guild_id: str, user_id: str, changes: dict[str, Any]) -> None:
        """Carry out what a moderator does to somebody in voice: move, mute, deafen, disconnect."""
        with self._world.lock:
            state = self._state(guild_id, user_id)
            before = state["channel_id"]
            target = changes.get("channel_id", before)
            self.set(
                guild_id,
                user_id,
                channel_id=target,
                self_mute=state["self_mute"],
                self_deaf=state["self_deaf"],
            )
            who = actor()
            if target != before and who is not None and who.user_id != user_id:
                action = "MEMBER_DISCONNECT" if target is None else "MEMBER_MOVE"
                options = {"count": "1"}
                if target is not None:
                    options["channel_id"] = target
                self._world.audit.record(guild_id, action, None, options=options)

    def modify(self, guild_id: str, user_id: str, changes: dict[str, Any]) -> None:
        """Let somebody on a stage speak or listen, or ask to speak."""
        with self._world.lock:
            state = dict(self._state(guild_id, user_id))
            if self._world.channels.state(state["channel_id"])["type"] != STAGE:
                raise WorldError(400, 50024, "Cannot execute action on this channel type")
            for key in ("suppress", "request_to_speak_timestamp"):
                if key in changes:
                    state[key] = changes[key]
            if changes.get("suppress") is False:
                state["request_to_speak_timestamp"] = None
            self._put(guild_id, user_id, state)

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

    def set_status(self, channel_id: str, status: str | None) -> None:
        """Set (None: clear) the status line of a voice channel."""
        with self._world.lock:
            channel = self._world.channels.state(channel_id)
            if channel["type"] != VOICE:
                raise WorldError(400, 50024, "Cannot execute action on this channel type")
            guild_id = channel["guild_id"]
            channel["_status"] = status or None
            data = {"id": channel_id, "guild_id": guild_id, "status": status or None}
            self._world.announce(
                "VOICE_CHANNEL_STATUS_UPDATE", data, guild_id=guild_id, channel_id=channel_id
            )
            action = "VOICE_CHANNEL_STATUS_CREATE" if status else "VOICE_CHANNEL_STATUS_DELETE"
            options = {"channel_id": channel_id}
            if status:
                options["status"] = status
            self._world.audit.record(guild_id, action, channel_id, options=options)

    def info(self, channel_id: str) -> dict[str, Any]:
        """Return a voice channel's status line and since when somebody is in it."""
        with self._world.lock:
            channel = self._world.channels.state(channel_id)
            return {
                "status": channel.get("_status"),
                "voice_start_time": channel.get("_voice_start_time"),
            }

    def _put(self, guild_id: str, user_id: str, state: dict[str, Any]) -> dict[str, Any]:
        guild = self._world.guilds.state(guild_id)
        channel_id = state["channel_id"]
        before = guild.voice_states.pop(user_id, None)
        if channel_id is not None:
            guild.voice_states[user_id] = state
        member = self._world.members.get(guild_id, user_id)
        data = {**state, "guild_id": guild_id, "member": member}
        self._world.announce("VOICE_STATE_UPDATE", data, guild_id=guild_id, exempt=(user_id,))
        for key in {channel_id, before["channel_id"] if before else None} - {None}:
            self._note_start(guild_id, key)
        return {**state, "guild_id": guild_id, "member": clone(member)}

    def _note_start(self, guild_id: str, channel_id: str) -> None:
        """Keep, and tell, since when there has been somebody in a channel."""
        channel = self._world.channels.state(channel_id)
        states = self._world.guilds.state(guild_id).voice_states.values()
        occupied = any(state["channel_id"] == channel_id for state in states)
        if occupied == (channel.get("_voice_start_time") is not None):
            return
        started = int(self._world.clock.now()) if occupied else None
        channel["_voice_start_time"] = started
        data = {"id": channel_id, "guild_id": guild_id, "voice_start_time": started}
        self._world.announce(
            "VOICE_CHANNEL_START_TIME_UPDATE", data, guild_id=guild_id, channel_id=channel_id
        )

    def _check(self, guild_id: str, channel_id: str | None) -> None:
        if channel_id is None:
            return
        if channel_id not in self._world.guilds.state(guild_id).channel_ids:
            raise unknown("channel")
        if self._world.channels.state(channel_id)["type"] not in (VOICE, STAGE):
            raise WorldError(400, 50024, "Cannot execute action on this channel type")

    def _listens_only(self, channel_id: str | None, user_id: str) -> bool:
        """Tell whether somebody who comes to a channel is in the audience of a stage."""
        if channel_id is None or self._world.channels.state(channel_id)["type"] != STAGE:
            return False
        return not self._world.permissions.in_channel(channel_id, user_id) & BITS["MUTE_MEMBERS"]

    def _state(self, guild_id: str, user_id: str) -> dict[str, Any]:
        state: dict[str, Any] | None
        state = self._world.guilds.state(guild_id).voice_states.get(user_id)
        if state is None:
            raise unknown("voice state")
        return state
