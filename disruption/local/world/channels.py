"""Channels of guilds, and direct messages.

See https://discord.com/developers/docs/resources/channel
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

from .errors import WorldError, unknown
from .ids import clone
from .visibility import told_what_they_see

if TYPE_CHECKING:
    from .world import World

__all__ = ["CATEGORY", "DM", "TEXT", "THREADS", "VOICE", "Channels"]

TEXT, DM, VOICE, GROUP_DM, CATEGORY, ANNOUNCEMENT, STAGE, FORUM, MEDIA = (
    0,
    1,
    2,
    3,
    4,
    5,
    13,
    15,
    16,
)

#: Types of threads: announcement, public, private.
THREADS = frozenset({10, 11, 12})

_SENDABLE = frozenset({TEXT, DM, GROUP_DM, VOICE, ANNOUNCEMENT, STAGE}) | THREADS
_PLACE = frozenset({"position", "parent_id"})
_FIXED = frozenset({"id", "guild_id", "last_message_id", "last_pin_timestamp", "thread_metadata"})


class Channels:
    """Every channel, threads included; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._channels: dict[str, dict[str, Any]] = {}

    def create(
        self, guild_id: str, name: str, type: int = TEXT, *, id: str | None = None, **fields: Any
    ) -> dict[str, Any]:
        """Make a channel in a guild, at the end unless a position is given."""
        with self._world.lock:
            guild = self._world.guilds.state(guild_id)
            channel_id = id if id is not None else self._world.ids.next()
            siblings = [self._channels[key] for key in guild.channel_ids]
            same_kind = [item["position"] for item in siblings if item.get("position") is not None]
            channel = _new_channel(channel_id, guild_id, name, type)
            channel["position"] = max(same_kind, default=-1) + 1
            parent = self._channels.get(str(fields.get("parent_id")))
            if parent is not None and "permission_overwrites" not in fields:
                channel["permission_overwrites"] = clone(parent["permission_overwrites"])
            self._apply(channel, fields)
            self._channels[channel_id] = channel
            guild.channel_ids.append(channel_id)
            self._announce("CHANNEL_CREATE", channel)
            self._world.audit.record(guild_id, "CHANNEL_CREATE", channel_id, after=channel)
            return self.get(channel_id)

    def state(self, channel_id: str) -> dict[str, Any]:
        """Return the live record; for the world's own use, under the lock."""
        channel = self._channels.get(channel_id)
        if channel is None:
            raise unknown("channel")
        return channel

    def exists(self, channel_id: str) -> bool:
        """Tell whether there is such a channel."""
        with self._world.lock:
            return channel_id in self._channels

    def is_thread(self, channel_id: str) -> bool:
        """Tell whether a channel is a thread."""
        with self._world.lock:
            return self.state(channel_id)["type"] in THREADS

    def get(self, channel_id: str, viewer_id: str | None = None) -> dict[str, Any]:
        """Return a channel; a direct message shows its viewer the others in it."""
        with self._world.lock:
            channel = self.state(channel_id)
            data = {key: clone(value) for key, value in channel.items() if key[0] != "_"}
            if "_members" in channel:
                others = [user for user in channel["_members"] if user != viewer_id]
                data["recipients"] = [self._world.users.get(user) for user in others]
            return data

    def put(self, channel: dict[str, Any]) -> None:
        """Take in the record of a channel that is complete, and tell nobody."""
        with self._world.lock:
            self._channels[channel["id"]] = channel

    def list(self, guild_id: str) -> builtins.list[dict[str, Any]]:
        """Return the channels of a guild without its threads."""
        with self._world.lock:
            ids = self._world.guilds.state(guild_id).channel_ids
            return [self.get(key) for key in ids if not self.is_thread(key)]

    def find(self, name: str, guild_id: str | None = None) -> str | None:
        """Return the id of the first channel with this name (with or without #) or id."""
        with self._world.lock:
            if name in self._channels:
                return name
            bare = name.removeprefix("#")
            for channel_id, channel in self._channels.items():
                if channel.get("name") == bare and guild_id in (None, channel.get("guild_id")):
                    return channel_id
            return None

    def update(self, channel_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Change fields of a channel or, archiving and locking included, of a thread."""
        with self._world.lock:
            channel = self.state(channel_id)
            if channel["type"] in THREADS:
                return self._world.threads.update(channel_id, changes)
            before = clone(channel)
            with told_what_they_see(self._world, channel["guild_id"]):
                self._apply(channel, changes)
            self._announce("CHANNEL_UPDATE", channel)
            self._audit_update(before, clone(channel))
            return self.get(channel_id)

    def move(self, guild_id: str, positions: builtins.list[dict[str, Any]]) -> None:
        """Change positions and parents: items of `{id, position?, parent_id?}`."""
        with self._world.lock:
            ids = self._world.guilds.state(guild_id).channel_ids
            for item in positions:
                if item["id"] not in ids:
                    raise unknown("channel")
            for item in positions:
                changes = {key: value for key, value in item.items() if key in _PLACE}
                if any(value is not None for value in changes.values()):
                    self.update(item["id"], changes)

    def delete(self, channel_id: str) -> dict[str, Any]:
        """Delete a channel with its threads; what was in a category stays."""
        with self._world.lock:
            channel = self.state(channel_id)
            if "_members" in channel:
                return self.get(channel_id)  # closed for the one who asked, not gone
            if channel["type"] in THREADS:
                return self._world.threads.delete(channel_id)
            guild_id = channel["guild_id"]
            for key in list(self._world.guilds.state(guild_id).channel_ids):
                if self._channels[key].get("parent_id") != channel_id:
                    continue
                if self.is_thread(key):
                    self.forget(key)
                else:
                    self.update(key, {"parent_id": None})
            data = self.get(channel_id)
            # Announced first: afterwards nobody could be said to see it.
            self._announce("CHANNEL_DELETE", channel)
            self.forget(channel_id)
            self._world.audit.record(guild_id, "CHANNEL_DELETE", channel_id, before=data)
            return data

    def forget(self, channel_id: str) -> None:
        """Drop a channel's records without telling anyone."""
        with self._world.lock:
            channel = self._channels.pop(channel_id)
            self._world.messages.forget(channel_id)
            self._world.webhooks.forget(channel_id)
            self._world.invites.forget(channel_id)
            self._world.stages.forget(channel_id)
            self._world.threads.forget(channel_id)
            guild_id = channel.get("guild_id")
            if guild_id is not None:
                self._world.guilds.state(guild_id).channel_ids.remove(channel_id)

    def keep(self, channel: dict[str, Any]) -> None:
        """Take in a whole record made by `Threads`, under the lock."""
        self._channels[channel["id"]] = channel
        self._world.guilds.state(channel["guild_id"]).channel_ids.append(channel["id"])

    def dm(self, first_id: str, second_id: str) -> dict[str, Any]:
        """Return the direct messages between two users, as the first sees them."""
        with self._world.lock:
            if first_id == second_id:
                raise WorldError(400, 50007, "Cannot send messages to this user")
            self._world.users.state(second_id)
            members = frozenset((first_id, second_id))
            for channel_id, channel in self._channels.items():
                if channel["type"] == DM and frozenset(channel["_members"]) == members:
                    return self.get(channel_id, first_id)
            channel_id = self._world.ids.next()
            self._channels[channel_id] = {
                "id": channel_id,
                "type": DM,
                "last_message_id": None,
                "flags": 0,
                "_members": [first_id, second_id],
            }
            return self.get(channel_id, first_id)

    def dms_of(self, user_id: str) -> builtins.list[dict[str, Any]]:
        """Return the direct messages a user is part of."""
        with self._world.lock:
            return [
                self.get(channel_id, user_id)
                for channel_id, channel in self._channels.items()
                if channel["type"] in (DM, GROUP_DM) and user_id in channel["_members"]
            ]

    def dm_members(self, channel_id: str) -> builtins.list[str] | None:
        """Return the ids of those in a direct message; None for any other channel."""
        with self._world.lock:
            members = self.state(channel_id).get("_members")
            return builtins.list(members) if members is not None else None

    def set_overwrite(
        self, channel_id: str, overwrite_id: str, *, type: int, allow: str, deny: str
    ) -> None:
        """Set what a role (type 0) or member (type 1) may do in a channel."""
        with self._world.lock:
            rest = self._other_overwrites(channel_id, overwrite_id)
            new = {"id": overwrite_id, "type": type, "allow": str(allow), "deny": str(deny)}
            self.update(channel_id, {"permission_overwrites": [*rest, new]})

    def delete_overwrite(self, channel_id: str, overwrite_id: str) -> None:
        """Remove an overwrite."""
        with self._world.lock:
            rest = self._other_overwrites(channel_id, overwrite_id)
            if len(rest) == len(self.state(channel_id)["permission_overwrites"]):
                raise unknown("overwrite")
            self.update(channel_id, {"permission_overwrites": rest})

    def typing(self, channel_id: str, user_id: str) -> None:
        """Show a user as typing."""
        with self._world.lock:
            channel = self.sendable(channel_id)
            data: dict[str, Any] = {
                "channel_id": channel_id,
                "user_id": user_id,
                "timestamp": int(self._world.clock.now()),
            }
            guild_id = channel.get("guild_id")
            if guild_id is not None:
                data["guild_id"] = guild_id
                data["member"] = self._world.members.get(guild_id, user_id)
            self.announce_in(channel_id, "TYPING_START", data)

    def sendable(self, channel_id: str) -> dict[str, Any]:
        """Return the live record of a channel that messages can be sent to."""
        channel = self.state(channel_id)
        if channel["type"] not in _SENDABLE:
            raise WorldError(400, 50008, "Cannot send messages in a non-text channel")
        return channel

    def announce_in(
        self, channel_id: str, name: str, data: dict[str, Any], author_id: str | None = None
    ) -> None:
        """Announce something to those who see a channel, or are part of a direct message."""
        channel = self.state(channel_id)
        self._world.announce(
            name,
            data,
            guild_id=channel.get("guild_id"),
            channel_id=channel_id,
            user_ids=channel.get("_members"),
            author_id=author_id,
        )

    def _announce(self, name: str, channel: dict[str, Any]) -> None:
        """Announce a channel of a guild: bots know even those they cannot see."""
        data = self.get(channel["id"])
        guild_id = channel["guild_id"]
        people = [
            user_id
            for user_id in self._world.connected
            if self._world.applications.of_user(user_id) is None
            and not self._world.permissions.sees(channel["id"], user_id)
        ]
        self._world.announce(name, data, guild_id=guild_id, excluded=people)

    def _audit_update(self, before: dict[str, Any], after: dict[str, Any]) -> None:
        record, guild_id = self._world.audit.record, after["guild_id"]
        old = {item["id"]: item for item in before.pop("permission_overwrites")}
        new = {item["id"]: item for item in after.pop("permission_overwrites")}
        record(guild_id, "CHANNEL_UPDATE", after["id"], before=before, after=after)
        roles = self._world.guilds.state(guild_id).roles
        for key in dict.fromkeys((*old, *new)):
            was, now = old.get(key), new.get(key)
            verb = "CREATE" if was is None else "DELETE" if now is None else "UPDATE"
            either = now or was or {}
            options = {"id": key, "type": str(either["type"])}
            if key in roles:
                options["role_name"] = roles[key]["name"]
            action = f"CHANNEL_OVERWRITE_{verb}"
            record(guild_id, action, after["id"], before=was, after=now, options=options)

    def _other_overwrites(self, channel_id: str, overwrite_id: str) -> builtins.list[Any]:
        overwrites = self.state(channel_id).get("permission_overwrites")
        if overwrites is None:
            raise WorldError(400, 50024, "Cannot execute action on this channel type")
        return [item for item in overwrites if item["id"] != overwrite_id]

    def _apply(self, channel: dict[str, Any], fields: dict[str, Any]) -> None:
        for key, value in fields.items():
            if key in _FIXED or key not in channel:
                continue
            if key == "permission_overwrites":
                value = [_whole_overwrite(item) for item in value or ()]
            elif key == "available_tags":
                known = {item["id"] for item in channel[key]}
                value = [self._whole_tag(item, known) for item in value or ()]
            elif key in ("name", "type", "position", "flags", "nsfw") and value is None:
                continue
            channel[key] = clone(value)

    def _whole_tag(self, tag: dict[str, Any], known: set[str]) -> dict[str, Any]:
        given = str(tag.get("id"))
        # Clients number new tags as they like.
        return {
            "id": given if given in known else self._world.ids.next(),
            "name": tag["name"],
            "moderated": bool(tag.get("moderated")),
            "emoji_id": tag.get("emoji_id"),
            "emoji_name": tag.get("emoji_name"),
        }


def _whole_overwrite(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(item["id"]),
        "type": int(item.get("type") or 0),
        "allow": str(item.get("allow") or 0),
        "deny": str(item.get("deny") or 0),
    }


def _new_channel(channel_id: str, guild_id: str, name: str, type: int) -> dict[str, Any]:
    channel: dict[str, Any] = {
        "id": channel_id,
        "type": type,
        "guild_id": guild_id,
        "name": name,
        "position": 0,
        "permission_overwrites": [],
        "parent_id": None,
        "flags": 0,
    }
    if type == CATEGORY:
        return channel
    channel.update(nsfw=False, rate_limit_per_user=0, last_message_id=None)
    if type in (VOICE, STAGE):
        channel.update(bitrate=64000, user_limit=0, rtc_region=None, video_quality_mode=1)
        if type == STAGE:
            channel["topic"] = None
        return channel
    channel.update(
        topic=None,
        last_pin_timestamp=None,
        default_auto_archive_duration=1440,
        default_thread_rate_limit_per_user=0,
    )
    if type in (FORUM, MEDIA):
        channel.update(
            available_tags=[],
            default_reaction_emoji=None,
            default_sort_order=None,
            default_forum_layout=0,
        )
    return channel
