"""Guilds.

See https://discord.com/developers/docs/resources/guild
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..clock import seconds
from .errors import unknown
from .ids import clone
from .permissions import DEFAULT

if TYPE_CHECKING:
    from .world import World

__all__ = ["GuildState", "Guilds"]

_FIXED = frozenset({"id"})


@dataclass
class GuildState:
    """One guild's live record: its own fields, and what belongs to it."""

    data: dict[str, Any]
    roles: dict[str, dict[str, Any]] = field(default_factory=dict)
    members: dict[str, dict[str, Any]] = field(default_factory=dict)
    channel_ids: list[str] = field(default_factory=list)
    bans: dict[str, str | None] = field(default_factory=dict)  # user id -> reason
    presences: dict[str, dict[str, Any]] = field(default_factory=dict)
    voice_states: dict[str, dict[str, Any]] = field(default_factory=dict)
    available: bool = True


class Guilds:
    """Every guild; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._guilds: dict[str, GuildState] = {}

    def create(self, name: str, owner_id: str, *, id: str | None = None) -> dict[str, Any]:
        """Make a guild with @everyone and its owner in it; channels are made separately."""
        with self._world.lock:
            self._world.users.state(owner_id)
            guild_id = id if id is not None else self._world.ids.next(fresh=True)
            data = _new_guild(guild_id, name, owner_id)
            state = self._guilds[guild_id] = GuildState(data)
            state.roles[guild_id] = self._world.roles.new(
                guild_id, name="@everyone", permissions=str(DEFAULT), position=0
            )
            self._world.members.add(guild_id, owner_id)
            return self.get(guild_id)

    def state(self, guild_id: str) -> GuildState:
        """Return the live record; for the world's own use, under the lock."""
        guild = self._guilds.get(guild_id)
        if guild is None:
            raise unknown("guild")
        return guild

    def exists(self, guild_id: str) -> bool:
        """Tell whether there is such a guild."""
        with self._world.lock:
            return guild_id in self._guilds

    def all(self) -> list[str]:
        """Return the id of every guild, oldest first."""
        with self._world.lock:
            return list(self._guilds)

    def find(self, name: str) -> str | None:
        """Return the id of the first guild with this name or id."""
        with self._world.lock:
            if name in self._guilds:
                return name
            for guild_id, guild in self._guilds.items():
                if guild.data["name"] == name:
                    return guild_id
            return None

    def of_user(self, user_id: str) -> list[str]:
        """Return the ids of the guilds a user is in."""
        with self._world.lock:
            return [key for key, guild in self._guilds.items() if user_id in guild.members]

    def get(self, guild_id: str, *, with_counts: bool = False) -> dict[str, Any]:
        """Return a guild as REST gives it."""
        with self._world.lock:
            guild = self.state(guild_id)
            data = {key: clone(value) for key, value in guild.data.items()}
            data["roles"] = self._world.roles.list(guild_id)
            data["emojis"] = self._world.emojis.list(guild_id)
            data["stickers"] = self._world.stickers.list(guild_id)
            if with_counts:
                data["approximate_member_count"] = len(guild.members)
                data["approximate_presence_count"] = len(self._world.presences.online(guild_id))
            return data

    def create_payload(self, guild_id: str, viewer_id: str) -> dict[str, Any]:
        """Return a guild as GUILD_CREATE gives it to one of its members, with everyone in it.

        What a session leaves out (members of a large guild, presences without the intent) is
        left out there.
        """
        with self._world.lock:
            world = self._world
            guild = self.state(guild_id)
            data = self.get(guild_id)
            # Bots are told of channels they cannot see; a person's client is not.
            is_bot = world.applications.of_user(viewer_id) is not None
            visible = [key for key in guild.channel_ids if world.permissions.sees(key, viewer_id)]
            known = guild.channel_ids if is_bot else visible
            data["joined_at"] = guild.members[viewer_id]["joined_at"]
            data["large"] = False
            data["unavailable"] = False
            data["member_count"] = len(guild.members)
            data["members"] = [world.members.get(guild_id, key) for key in guild.members]
            data["channels"] = [
                _without_guild(world.channels.get(key))
                for key in known
                if not world.channels.is_thread(key)
            ]
            data["threads"] = [
                _without_guild(world.threads.get(key, viewer_id))
                for key in visible
                if world.channels.is_thread(key) and not world.threads.is_archived(key)
            ]
            data["voice_states"] = [
                _without_guild(state) for state in world.voice.of_guild(guild_id)
            ]
            data["presences"] = [
                _without_guild(presence) for presence in world.presences.of_guild(guild_id)
            ]
            data["stage_instances"] = world.stages.of_guild(guild_id)
            data["guild_scheduled_events"] = world.scheduled_events.list(guild_id)
            data["soundboard_sounds"] = world.soundboard.list(guild_id)
            return data

    def preview(self, guild_id: str) -> dict[str, Any]:
        """Return what outsiders may know of a guild."""
        shown = ("id", "name", "icon", "splash", "discovery_splash", "home_header", "emojis")
        with self._world.lock:
            full = self.get(guild_id, with_counts=True)
            data = {key: full[key] for key in (*shown, "features", "description", "stickers")}
            data["approximate_member_count"] = full["approximate_member_count"]
            data["approximate_presence_count"] = full["approximate_presence_count"]
            return data

    def update(self, guild_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Change fields of a guild."""
        with self._world.lock:
            data = self.state(guild_id).data
            before = clone(data)
            for key, value in changes.items():
                if key in data and key not in _FIXED:
                    data[key] = clone(value)
            updated = self.get(guild_id)
            self._world.announce("GUILD_UPDATE", updated, guild_id=guild_id)
            self._world.audit.record(guild_id, "GUILD_UPDATE", guild_id, before=before, after=data)
            if data["premium_tier"] != before["premium_tier"]:
                self._world.soundboard.fit(guild_id)
            return self.get(guild_id)

    def incident(self, guild_id: str, key: str) -> bool:
        """Tell whether a measure against a raid (`invites_disabled_until`, …) is in force."""
        with self._world.lock:
            until = (self.state(guild_id).data["incidents_data"] or {}).get(key)
            return until is not None and seconds(until) > self._world.clock.now()

    def delete(self, guild_id: str) -> None:
        """Delete a guild with everything in it."""
        with self._world.lock:
            guild = self.state(guild_id)
            members = list(guild.members)
            for channel_id in list(guild.channel_ids):
                self._world.channels.forget(channel_id)
            del self._guilds[guild_id]
            self._forget(guild_id)
            # Nobody is a member any more, so the receivers are named.
            for user_id in members:
                data = {"id": guild_id}
                self._world.announce("GUILD_DELETE", data, guild_id=guild_id, user_ids=(user_id,))

    def _forget(self, guild_id: str) -> None:
        world = self._world
        for forget in (
            world.audit.forget,
            world.auto_moderation.forget,
            world.community.forget,
            world.emojis.forget,
            world.integrations.forget,
            world.join_requests.forget,
            world.scheduled_events.forget,
            world.soundboard.forget,
            world.stickers.forget,
            world.templates.forget,
        ):
            forget(guild_id)

    def set_unavailable(self, guild_id: str, unavailable: bool = True) -> None:
        """Begin or end an outage of one guild."""
        with self._world.lock:
            guild = self.state(guild_id)
            if guild.available == (not unavailable):
                return
            guild.available = not unavailable
            if unavailable:
                data = {"id": guild_id, "unavailable": True}
                self._world.announce("GUILD_DELETE", data, guild_id=guild_id)
            else:
                for user_id in list(guild.members):
                    self.announce_create(guild_id, user_id)

    def announce_create(self, guild_id: str, user_id: str) -> None:
        """Tell a bot, or a person who is connected, about a guild they have joined."""
        is_bot = self._world.applications.of_user(user_id) is not None
        if not is_bot and user_id not in self._world.connected:
            return  # a payload for nobody, which in a large guild is dear
        data = self.create_payload(guild_id, user_id)
        self._world.announce("GUILD_CREATE", data, guild_id=guild_id, user_ids=(user_id,))


def _without_guild(data: dict[str, Any]) -> dict[str, Any]:
    data.pop("guild_id", None)
    return data


def _new_guild(guild_id: str, name: str, owner_id: str) -> dict[str, Any]:
    return {
        "id": guild_id,
        "name": name,
        "icon": None,
        "icon_hash": None,
        "splash": None,
        "discovery_splash": None,
        "owner_id": owner_id,
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "features": [],
        "mfa_level": 0,
        "application_id": None,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "max_presences": None,
        "max_members": 500000,
        "vanity_url_code": None,
        "description": None,
        "home_header": None,
        "banner": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "en-US",
        "public_updates_channel_id": None,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
        "nsfw_level": 0,
        "nsfw": False,
        "premium_progress_bar_enabled": False,
        "safety_alerts_channel_id": None,
        "incidents_data": None,
    }
