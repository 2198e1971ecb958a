"""Members of a guild, and those banned from it.

See https://discord.com/developers/docs/resources/guild#guild-member-object
"""

from __future__ import annotations

import builtins
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from ..clock import seconds
from .acting import actor
from .errors import WorldError, unknown
from .ids import clone
from .permissions import BITS, bits
from .visibility import told_what_they_see

if TYPE_CHECKING:
    from .world import World

__all__ = ["Members"]

_FIXED = frozenset({"joined_at", "roles"})


#: Type of the message that welcomes, and the flag of a guild's system channel that stops it.
_JOINED_MESSAGE = 7
_NO_WELCOME = 1 << 0


class Members:
    """The members of all guilds; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add(
        self,
        guild_id: str,
        user_id: str,
        *,
        nick: str | None = None,
        roles: Collection[str] = (),
        permissions: int = BITS["ADMINISTRATOR"],
    ) -> dict[str, Any]:
        """Let a user join; a bot gets a managed role of its own with `permissions`."""
        with self._world.lock:
            guild = self._world.guilds.state(guild_id)
            self._world.users.state(user_id)
            if user_id in guild.members:
                return self.get(guild_id, user_id)
            if user_id in guild.bans:
                raise WorldError(403, 40007, "The user is banned from this guild.")
            given = [role for role in roles if role in guild.roles]
            # The role comes first: the bot learns of it with the guild.
            if self._world.applications.of_user(user_id) is not None and permissions:
                given.append(self._managed_role(guild_id, user_id, permissions))
            guild.members[user_id] = {
                "nick": nick,
                "avatar": None,
                "banner": None,
                "roles": given,
                "joined_at": self._world.now(),
                "premium_since": None,
                "deaf": False,
                "mute": False,
                "flags": 0,
                "pending": False,
                "communication_disabled_until": None,
                "avatar_decoration_data": None,
                "collectibles": None,
                "_timed_out_until": None,
            }
            self._world.auto_moderation.judge_profile(guild_id, user_id)
            data = {**self.get(guild_id, user_id), "guild_id": guild_id}
            self._world.announce("GUILD_MEMBER_ADD", data, guild_id=guild_id)
            self._world.guilds.announce_create(guild_id, user_id)
            if self._world.applications.of_user(user_id) is not None:
                self._world.integrations.joined(guild_id, user_id)
                self._world.audit.record(guild_id, "BOT_ADD", user_id)
            channel_id = guild.data["system_channel_id"]
            if channel_id is not None and not guild.data["system_channel_flags"] & _NO_WELCOME:
                self._world.messages.create(channel_id, user_id, type=_JOINED_MESSAGE)
            return self.get(guild_id, user_id)

    def get(self, guild_id: str, user_id: str) -> dict[str, Any]:
        """Return a member with their user."""
        with self._world.lock:
            return {"user": self._world.users.get(user_id), **self.partial(guild_id, user_id)}

    def partial(self, guild_id: str, user_id: str) -> dict[str, Any]:
        """Return a member without their user, as messages carry it."""
        with self._world.lock:
            member = self._state(guild_id, user_id)
            return {key: clone(value) for key, value in member.items() if key[0] != "_"}

    def list(
        self, guild_id: str, *, limit: int | None = None, after: str = "0"
    ) -> builtins.list[dict[str, Any]]:
        """Return members in the order of their ids, those above `after`."""
        with self._world.lock:
            ids = sorted(int(key) for key in self._world.guilds.state(guild_id).members)
            chosen = [str(key) for key in ids if key > int(after)]
            return [self.get(guild_id, user_id) for user_id in chosen[:limit]]

    def search(
        self, guild_id: str, query: str, limit: int | None = None
    ) -> builtins.list[dict[str, Any]]:
        """Return members whose username, display name or nick begins with a text."""
        with self._world.lock:
            found = []
            prefix = query.casefold()
            for user_id, member in self._world.guilds.state(guild_id).members.items():
                user = self._world.users.state(user_id)
                names = (user["username"], user["global_name"], member["nick"])
                if any(name and name.casefold().startswith(prefix) for name in names):
                    found.append(self.get(guild_id, user_id))
                    if limit and len(found) == limit:
                        break
            return found

    def update(self, guild_id: str, user_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Change nick, roles, timeout and the like (`roles` is the whole list)."""
        with self._world.lock:
            member = self._state(guild_id, user_id)
            guild = self._world.guilds.state(guild_id)
            before = self.partial(guild_id, user_id)
            roles = changes.get("roles")
            if roles is not None:
                if any(str(role) not in guild.roles for role in roles):
                    raise unknown("role")
                with told_what_they_see(self._world, guild_id):
                    member["roles"] = [str(role) for role in dict.fromkeys(roles)]
            for key, value in changes.items():
                if key in member and key not in _FIXED and key[0] != "_":
                    member[key] = clone(value)
            member["nick"] = member["nick"] or None  # "" is how some clients say "none"
            if "communication_disabled_until" in changes:
                until = changes["communication_disabled_until"]
                member["_timed_out_until"] = seconds(until) if until else None
            if {"channel_id", "mute", "deaf"} & set(changes) and user_id in guild.voice_states:
                self._world.voice.moved(guild_id, user_id, changes)
            if "nick" in changes:
                self._world.auto_moderation.judge_profile(guild_id, user_id)
            self.announce_update(guild_id, user_id)
            self._audit_update(guild_id, user_id, before)
            return self.get(guild_id, user_id)

    def give_role(self, guild_id: str, user_id: str, role_id: str) -> None:
        """Give a member a role."""
        with self._world.lock:
            roles = self._state(guild_id, user_id)["roles"]
            if role_id not in self._world.guilds.state(guild_id).roles:
                raise unknown("role")
            if role_id not in roles:
                self.update(guild_id, user_id, {"roles": [*roles, role_id]})

    def take_role(self, guild_id: str, user_id: str, role_id: str) -> None:
        """Take a role from a member."""
        with self._world.lock:
            roles = self._state(guild_id, user_id)["roles"]
            if role_id not in self._world.guilds.state(guild_id).roles:
                raise unknown("role")
            if role_id in roles:
                rest = [role for role in roles if role != role_id]
                self.update(guild_id, user_id, {"roles": rest})

    def remove(self, guild_id: str, user_id: str) -> None:
        """Let a member go, by their own wish or, when somebody else acts, by force."""
        with self._world.lock:
            self._remove(guild_id, user_id)
            who = actor()
            if who is not None and who.user_id != user_id:
                self._world.audit.record(guild_id, "MEMBER_KICK", user_id)

    def _remove(self, guild_id: str, user_id: str) -> None:
        self._state(guild_id, user_id)
        guild = self._world.guilds.state(guild_id)
        user = self._world.users.get(user_id)
        managed = [
            role_id
            for role_id, role in guild.roles.items()
            if (role.get("tags") or {}).get("bot_id") == user_id
        ]
        if user_id in guild.voice_states:
            self._world.voice.set(guild_id, user_id, channel_id=None)
        del guild.members[user_id]
        guild.presences.pop(user_id, None)
        for role_id in managed:
            del guild.roles[role_id]
            gone = {"guild_id": guild_id, "role_id": role_id}
            self._world.announce("GUILD_ROLE_DELETE", gone, guild_id=guild_id)
        data = {"guild_id": guild_id, "user": user}
        self._world.announce("GUILD_MEMBER_REMOVE", data, guild_id=guild_id)
        left = {"id": guild_id}
        self._world.announce("GUILD_DELETE", left, guild_id=guild_id, user_ids=(user_id,))
        if self._world.applications.of_user(user_id) is not None:
            self._world.integrations.left(guild_id, user_id)

    def prune(
        self, guild_id: str, days: int, roles: Collection[str] = (), *, count_only: bool = False
    ) -> int:
        """Kick everyone who has not been seen for days; return how many that is.

        Members with roles other than `roles` stay, as does whoever is online. A member was last
        seen when they last wrote, or joined.
        """
        with self._world.lock:
            guild = self._world.guilds.state(guild_id)
            oldest = self._world.clock.now() - days * 86400
            online = set(self._world.presences.online(guild_id))
            idle = [
                user_id
                for user_id, member in guild.members.items()
                if set(member["roles"]) <= set(roles)
                and user_id not in online
                and user_id != guild.data["owner_id"]
                and self._last_seen(guild_id, user_id) < oldest
            ]
            if count_only:
                return len(idle)
            for user_id in idle:
                self._remove(guild_id, user_id)
            options = {"delete_member_days": str(days), "members_removed": str(len(idle))}
            self._world.audit.record(guild_id, "MEMBER_PRUNE", None, options=options)
            return len(idle)

    def _last_seen(self, guild_id: str, user_id: str) -> float:
        joined = seconds(self._state(guild_id, user_id)["joined_at"])
        ids = self._world.guilds.state(guild_id).channel_ids
        return max(joined, *(self._world.messages.last_of(key, user_id) for key in ids), 0.0)

    def ban(self, guild_id: str, user_id: str, *, reason: str | None = None) -> None:
        """Ban a user, who need not be a member."""
        with self._world.lock:
            guild = self._world.guilds.state(guild_id)
            user = self._world.users.get(user_id)
            if user_id in guild.bans:
                return
            guild.bans[user_id] = reason
            if user_id in guild.members:
                self._remove(guild_id, user_id)
            self._announce_ban("GUILD_BAN_ADD", guild_id, user)
            self._world.audit.record(guild_id, "MEMBER_BAN_ADD", user_id)

    def unban(self, guild_id: str, user_id: str) -> None:
        """Lift a ban."""
        with self._world.lock:
            guild = self._world.guilds.state(guild_id)
            if user_id not in guild.bans:
                raise unknown("ban")
            del guild.bans[user_id]
            self._announce_ban("GUILD_BAN_REMOVE", guild_id, self._world.users.get(user_id))
            self._world.audit.record(guild_id, "MEMBER_BAN_REMOVE", user_id)

    def bans(self, guild_id: str) -> builtins.list[dict[str, Any]]:
        """Return every ban in the order of user ids."""
        with self._world.lock:
            bans = self._world.guilds.state(guild_id).bans
            return [
                {"reason": bans[key], "user": self._world.users.get(key)}
                for key in sorted(bans, key=int)
            ]

    def announce_update(self, guild_id: str, user_id: str) -> None:
        """Announce a member as they are now; a bot hears of itself without the intent."""
        data = {**self.get(guild_id, user_id), "guild_id": guild_id}
        self._world.announce("GUILD_MEMBER_UPDATE", data, guild_id=guild_id, exempt=(user_id,))

    def _audit_update(self, guild_id: str, user_id: str, before: dict[str, Any]) -> None:
        after = self.partial(guild_id, user_id)
        old, new = before.pop("roles"), after.pop("roles")
        self._world.audit.record(guild_id, "MEMBER_UPDATE", user_id, before=before, after=after)
        roles = self._world.guilds.state(guild_id).roles
        changes = []
        for key, ids in (
            ("$add", [role for role in new if role not in old]),
            ("$remove", [role for role in old if role not in new]),
        ):
            if ids:
                value = [{"id": role, "name": roles[role]["name"]} for role in ids]
                changes.append({"key": key, "new_value": value})
        self._world.audit.record(guild_id, "MEMBER_ROLE_UPDATE", user_id, changes=changes)

    def _managed_role(self, guild_id: str, user_id: str, permissions: int) -> str:
        role = self._world.roles.create(
            guild_id,
            name=self._world.users.state(user_id)["username"],
            permissions=str(permissions),
            managed=True,
            tags={"bot_id": user_id},
        )
        return str(role["id"])

    def _announce_ban(self, name: str, guild_id: str, user: dict[str, Any]) -> None:
        needed = bits("BAN_MEMBERS", "VIEW_AUDIT_LOG")
        data = {"guild_id": guild_id, "user": user}
        self._world.announce(name, data, guild_id=guild_id, needed=needed)

    def _state(self, guild_id: str, user_id: str) -> dict[str, Any]:
        member = self._world.guilds.state(guild_id).members.get(user_id)
        if member is None:
            raise unknown("member")
        return member
