"""Who may do what: permission arithmetic and the order of roles.

See https://discord.com/developers/docs/topics/permissions
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import missing_access, missing_permissions, unknown

if TYPE_CHECKING:
    from .world import World

__all__ = ["ALL", "BITS", "DEFAULT", "Permissions", "bits"]

_NAMES: tuple[str | None, ...] = (
    *("CREATE_INSTANT_INVITE", "KICK_MEMBERS", "BAN_MEMBERS", "ADMINISTRATOR", "MANAGE_CHANNELS"),
    *("MANAGE_GUILD", "ADD_REACTIONS", "VIEW_AUDIT_LOG", "PRIORITY_SPEAKER", "STREAM"),
    *("VIEW_CHANNEL", "SEND_MESSAGES", "SEND_TTS_MESSAGES", "MANAGE_MESSAGES", "EMBED_LINKS"),
    *("ATTACH_FILES", "READ_MESSAGE_HISTORY", "MENTION_EVERYONE", "USE_EXTERNAL_EMOJIS"),
    *("VIEW_GUILD_INSIGHTS", "CONNECT", "SPEAK", "MUTE_MEMBERS", "DEAFEN_MEMBERS"),
    *("MOVE_MEMBERS", "USE_VAD", "CHANGE_NICKNAME", "MANAGE_NICKNAMES", "MANAGE_ROLES"),
    *("MANAGE_WEBHOOKS", "MANAGE_GUILD_EXPRESSIONS", "USE_APPLICATION_COMMANDS"),
    *("REQUEST_TO_SPEAK", "MANAGE_EVENTS", "MANAGE_THREADS", "CREATE_PUBLIC_THREADS"),
    *("CREATE_PRIVATE_THREADS", "USE_EXTERNAL_STICKERS", "SEND_MESSAGES_IN_THREADS"),
    *("USE_EMBEDDED_ACTIVITIES", "MODERATE_MEMBERS", "VIEW_CREATOR_MONETIZATION_ANALYTICS"),
    *("USE_SOUNDBOARD", "CREATE_GUILD_EXPRESSIONS", "CREATE_EVENTS", "USE_EXTERNAL_SOUNDS"),
    *("SEND_VOICE_MESSAGES", None, "SET_VOICE_CHANNEL_STATUS", "SEND_POLLS"),
    *("USE_EXTERNAL_APPS", "PIN_MESSAGES", "BYPASS_SLOWMODE"),
)

#: Every permission's bit by its name.
BITS: dict[str, int] = {name: 1 << index for index, name in enumerate(_NAMES) if name}

#: Every permission there is.
ALL = sum(BITS.values())


def bits(*names: str) -> int:
    """Combine permissions by name."""
    value = 0
    for name in names:
        value |= BITS[name]
    return value


#: What @everyone may do in a new guild.
DEFAULT = bits(
    *("CREATE_INSTANT_INVITE", "ADD_REACTIONS", "STREAM", "VIEW_CHANNEL", "SEND_MESSAGES"),
    *("EMBED_LINKS", "ATTACH_FILES", "READ_MESSAGE_HISTORY", "MENTION_EVERYONE"),
    *("USE_EXTERNAL_EMOJIS", "CONNECT", "SPEAK", "USE_VAD", "CHANGE_NICKNAME"),
    *("USE_APPLICATION_COMMANDS", "REQUEST_TO_SPEAK", "CREATE_PUBLIC_THREADS"),
    *("CREATE_PRIVATE_THREADS", "USE_EXTERNAL_STICKERS", "SEND_MESSAGES_IN_THREADS"),
    *("USE_EMBEDDED_ACTIVITIES", "USE_SOUNDBOARD", "USE_EXTERNAL_SOUNDS", "SEND_VOICE_MESSAGES"),
    *("SET_VOICE_CHANNEL_STATUS", "SEND_POLLS", "USE_EXTERNAL_APPS"),
)

#: What is left to a member who is timed out.
_TIMED_OUT = bits("VIEW_CHANNEL", "READ_MESSAGE_HISTORY")

#: What everyone may do in a direct message.
_DIRECT = bits(
    *("ADD_REACTIONS", "VIEW_CHANNEL", "SEND_MESSAGES", "EMBED_LINKS", "ATTACH_FILES"),
    *("READ_MESSAGE_HISTORY", "MENTION_EVERYONE", "USE_EXTERNAL_EMOJIS", "SEND_POLLS"),
    *("USE_EXTERNAL_STICKERS", "USE_APPLICATION_COMMANDS", "SEND_VOICE_MESSAGES", "PIN_MESSAGES"),
)

_PRIVATE_THREAD = 12


class Permissions:
    """Answers what a user may do; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world

    def in_guild(self, guild_id: str, user_id: str) -> int:
        """Return the permissions a member's roles give them; 0 for those who are not there."""
        with self._world.lock:
            guild = self._world.guilds.state(guild_id)
            member = guild.members.get(user_id)
            if member is None:
                return 0
            if guild.data["owner_id"] == user_id:
                return ALL
            value = int(guild.roles[guild_id]["permissions"])
            for role_id in member["roles"]:
                value |= int(guild.roles[role_id]["permissions"])
            if value & BITS["ADMINISTRATOR"]:
                return ALL
            return value & _TIMED_OUT if self._is_timed_out(member) else value

    def in_channel(self, channel_id: str, user_id: str) -> int:
        """Return what a user may do in a channel; 0 for a channel they cannot see."""
        with self._world.lock:
            channel = self._world.channels.state(channel_id)
            guild_id = channel.get("guild_id")
            if guild_id is None:
                return _DIRECT if user_id in channel["_members"] else 0
            base = self.in_guild(guild_id, user_id)
            if not base or base == ALL:
                return base
            if "thread_metadata" in channel:
                return self._in_thread(channel, user_id)
            value = self._overwritten(channel, guild_id, user_id, base)
            if not value & BITS["VIEW_CHANNEL"]:
                return 0
            if not value & BITS["SEND_MESSAGES"]:
                value &= ~bits(
                    "MENTION_EVERYONE", "SEND_TTS_MESSAGES", "ATTACH_FILES", "EMBED_LINKS"
                )
            member = self._world.guilds.state(guild_id).members[user_id]
            return value & _TIMED_OUT if self._is_timed_out(member) else value

    def sees(self, channel_id: str, user_id: str) -> bool:
        """Tell whether a user can see a channel."""
        return bool(self.in_channel(channel_id, user_id) & BITS["VIEW_CHANNEL"])

    def require(self, user_id: str, channel_id: str, *names: str) -> None:
        """Raise 50001 unless the user sees the channel, 50013 unless they have every permission."""
        value = self.in_channel(channel_id, user_id)
        if not value & BITS["VIEW_CHANNEL"]:
            raise missing_access()
        if ~value & bits(*names):
            raise missing_permissions()

    def require_guild(self, user_id: str, guild_id: str, *names: str) -> None:
        """Raise 10004 unless the user is in the guild, 50013 unless they have every permission."""
        with self._world.lock:
            guild = self._world.guilds.state(guild_id)
            if user_id not in guild.members:
                raise unknown("guild")
            if ~self.in_guild(guild_id, user_id) & bits(*names):
                raise missing_permissions()

    def require_above(self, user_id: str, guild_id: str, target_id: str) -> None:
        """Raise 50013 unless the user ranks above a member; the owner ranks above all."""
        with self._world.lock:
            guild = self._world.guilds.state(guild_id)
            if guild.data["owner_id"] == user_id or target_id not in guild.members:
                return
            if guild.data["owner_id"] == target_id:
                raise missing_permissions()
            if self.rank(guild_id, user_id) <= self.rank(guild_id, target_id):
                raise missing_permissions()

    def require_above_role(self, user_id: str, guild_id: str, role_id: str) -> None:
        """Raise 50013 unless the user's highest role is above this one."""
        with self._world.lock:
            guild = self._world.guilds.state(guild_id)
            if role_id not in guild.roles:
                raise unknown("role")
            if guild.data["owner_id"] == user_id:
                return
            if self.rank(guild_id, user_id) <= guild.roles[role_id]["position"]:
                raise missing_permissions()

    def require_above_place(self, user_id: str, guild_id: str, position: int) -> None:
        """Raise 50013 unless the user's highest role is above this position."""
        with self._world.lock:
            if self._world.guilds.state(guild_id).data["owner_id"] == user_id:
                return
            if self.rank(guild_id, user_id) <= position:
                raise missing_permissions()

    def rank(self, guild_id: str, user_id: str) -> int:
        """Return the position of a member's highest role."""
        with self._world.lock:
            guild = self._world.guilds.state(guild_id)
            member = guild.members.get(user_id)
            roles = member["roles"] if member else ()
            return max((guild.roles[role_id]["position"] for role_id in roles), default=0)

    def _in_thread(self, thread: dict[str, Any], user_id: str) -> int:
        value = self.in_channel(thread["parent_id"], user_id)
        is_inside = user_id in self._world.threads.member_ids(thread["id"])
        if thread["type"] == _PRIVATE_THREAD and not (is_inside or value & BITS["MANAGE_THREADS"]):
            return 0
        # What counts in a thread is SEND_MESSAGES_IN_THREADS, whatever SEND_MESSAGES says.
        if value & BITS["SEND_MESSAGES_IN_THREADS"]:
            return value | BITS["SEND_MESSAGES"]
        return value & ~BITS["SEND_MESSAGES"]

    def _overwritten(self, channel: dict[str, Any], guild_id: str, user_id: str, value: int) -> int:
        overwrites = {item["id"]: item for item in channel.get("permission_overwrites", ())}
        everyone = overwrites.get(guild_id)
        if everyone:
            value = value & ~int(everyone["deny"]) | int(everyone["allow"])
        allow = deny = 0
        for role_id in self._world.guilds.state(guild_id).members[user_id]["roles"]:
            overwrite = overwrites.get(role_id)
            if overwrite:
                allow |= int(overwrite["allow"])
                deny |= int(overwrite["deny"])
        value = value & ~deny | allow
        own = overwrites.get(user_id)
        if own:
            value = value & ~int(own["deny"]) | int(own["allow"])
        return value

    def _is_timed_out(self, member: dict[str, Any]) -> bool:
        until = member.get("_timed_out_until")
        return until is not None and until > self._world.clock.now()
