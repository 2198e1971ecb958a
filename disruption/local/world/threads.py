"""Threads and who is in them.

See https://discord.com/developers/docs/topics/threads
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..clock import iso
from .channels import ANNOUNCEMENT, FORUM, MEDIA, TEXT
from .errors import WorldError, unknown
from .ids import clone, snowflake_time
from .messages import STARTER_MESSAGE
from .permissions import BITS

if TYPE_CHECKING:
    from .world import World

__all__ = ["Threads"]

PRIVATE = 12
_PARENTS = frozenset({TEXT, ANNOUNCEMENT, FORUM, MEDIA})

#: Type of the message beside a new thread, whose content is its name.
CREATED_MESSAGE = 18

_METADATA = frozenset({"archived", "auto_archive_duration", "locked", "invitable"})
_CHANGEABLE = frozenset({"name", "rate_limit_per_user", "flags", "applied_tags"})


class Threads:
    """The threads of all guilds; part of a `World`. Their records lie with the channels."""

    def __init__(self, world: World) -> None:
        self._world = world
        # thread id -> user id -> when they joined
        self._members: dict[str, dict[str, str]] = {}
        # thread id -> user id -> how they are told of it, where that is not 0
        self._flags: dict[str, dict[str, int]] = {}

    def create(
        self,
        parent_id: str,
        owner_id: str,
        name: str,
        *,
        type: int = 11,
        message_id: str | None = None,
        **fields: Any,
    ) -> dict[str, Any]:
        """Start a thread, from a message when one is given; its owner is its first member."""
        with self._world.lock:
            parent = self._world.channels.state(parent_id)
            if parent["type"] not in _PARENTS:
                raise WorldError(400, 50024, "Cannot execute action on this channel type")
            if message_id is not None:
                self._world.messages.state(parent_id, message_id)
                if self._world.channels.exists(message_id):
                    raise WorldError(
                        400, 160004, "A thread has already been created for this message"
                    )
            self._world.auto_moderation.judge_title(parent_id, owner_id, name)
            # A thread has the id of the message it hangs on.
            thread_id = message_id if message_id is not None else self._world.ids.next()
            thread = _new_thread(thread_id, parent, owner_id, name, type)
            now = self._world.clock.now()
            thread["thread_metadata"]["archive_timestamp"] = iso(now)
            thread["thread_metadata"]["create_timestamp"] = iso(now)
            _apply(thread, fields)
            self._world.channels.keep(thread)
            self._members[thread_id] = {owner_id: iso(now)}
            data = {**self.get(thread_id), "newly_created": True}
            self._world.channels.announce_in(thread_id, "THREAD_CREATE", data)
            self._announce_members(thread_id, added=owner_id)
            if message_id is not None:
                self._world.messages.attach_thread(parent_id, message_id)
            guild_id = thread["guild_id"]
            self._world.audit.record(guild_id, "THREAD_CREATE", thread_id, after=_audited(thread))
            self._say_so(thread, message_id)
            return self.get(thread_id, owner_id)

    def _say_so(self, thread: dict[str, Any], message_id: str | None) -> None:
        """Tell of a new thread by a message: in it what it is about, or that it is, beside it."""
        parent_id, owner_id = thread["parent_id"], thread["owner_id"]
        reference: dict[str, Any] = {"type": 0, "guild_id": thread["guild_id"]}
        if message_id is not None:
            reference.update(channel_id=parent_id, message_id=message_id)
            self._world.messages.create(
                thread["id"], owner_id, type=STARTER_MESSAGE, reference=reference
            )
        elif thread["type"] != PRIVATE and self._world.channels.state(parent_id)["type"] == TEXT:
            reference["channel_id"] = thread["id"]
            extra = {"message_reference": reference}
            self._world.messages.create(
                parent_id, owner_id, thread["name"], type=CREATED_MESSAGE, extra=extra
            )

    def get(self, thread_id: str, viewer_id: str | None = None) -> dict[str, Any]:
        """Return a thread, with the viewer's membership if they are in it."""
        with self._world.lock:
            data = self._world.channels.get(thread_id)
            joined = self._members.get(thread_id, {})
            data["member_count"] = min(len(joined), 50)
            if viewer_id in joined:
                data["member"] = self.member(thread_id, viewer_id)
            return data

    def member(self, thread_id: str, user_id: str, *, with_member: bool = False) -> dict[str, Any]:
        """Return one membership."""
        with self._world.lock:
            joined = self._joined(thread_id).get(user_id)
            if joined is None:
                raise unknown("member")
            data: dict[str, Any] = {
                "id": thread_id,
                "user_id": user_id,
                "join_timestamp": joined,
                "flags": self._flags.get(thread_id, {}).get(user_id, 0),
            }
            if with_member:
                guild_id = self._world.channels.state(thread_id)["guild_id"]
                data["member"] = self._world.members.get(guild_id, user_id)
            return data

    def members(self, thread_id: str, *, with_member: bool = False) -> list[dict[str, Any]]:
        """Return every membership in the order of user ids."""
        with self._world.lock:
            ids = sorted(self._joined(thread_id), key=int)
            return [self.member(thread_id, key, with_member=with_member) for key in ids]

    def member_ids(self, thread_id: str) -> set[str]:
        """Return the ids of those who are in a thread."""
        with self._world.lock:
            return set(self._members.get(thread_id, ()))

    def join(self, thread_id: str, user_id: str) -> None:
        """Let a user into a thread."""
        with self._world.lock:
            if user_id not in self._joined(thread_id):
                self._refuse_archived(thread_id)
                self._join(thread_id, user_id)

    def leave(self, thread_id: str, user_id: str) -> None:
        """Let a user out of a thread."""
        with self._world.lock:
            if self._joined(thread_id).pop(user_id, None) is not None:
                self._flags.get(thread_id, {}).pop(user_id, None)
                self._announce_members(thread_id, removed=user_id)

    def set_flags(self, thread_id: str, user_id: str, flags: int) -> dict[str, Any]:
        """Set how a member is told of a thread, which only they are told of.

        Discord's clients keep the settings of notifications in these bits; it documents none.
        """
        with self._world.lock:
            self.member(thread_id, user_id)  # nobody who is not in it
            self._flags.setdefault(thread_id, {})[user_id] = flags
            self._announce_own(thread_id, user_id)
            return self.member(thread_id, user_id)

    def is_archived(self, thread_id: str) -> bool:
        """Tell whether a thread is archived."""
        with self._world.lock:
            metadata = self._world.channels.state(thread_id).get("thread_metadata")
            if metadata is None:
                raise WorldError(400, 50024, "Cannot execute action on this channel type")
            return bool(metadata["archived"])

    def of_channel(self, parent_id: str, *, archived: bool) -> list[dict[str, Any]]:
        """Return the threads of a channel, newest first."""
        with self._world.lock:
            guild_id = self._world.channels.state(parent_id).get("guild_id")
            if guild_id is None:
                return []
            return [
                thread
                for thread in self.of_guild(guild_id, archived=archived)
                if thread["parent_id"] == parent_id
            ]

    def of_guild(self, guild_id: str, *, archived: bool = False) -> list[dict[str, Any]]:
        """Return the threads of a guild, newest first."""
        with self._world.lock:
            ids = self._world.guilds.state(guild_id).channel_ids
            threads = [key for key in ids if self._world.channels.is_thread(key)]
            chosen = [key for key in threads if self.is_archived(key) == archived]
            return [self.get(key) for key in sorted(chosen, key=int, reverse=True)]

    def update(self, thread_id: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Rename, archive, lock and the like."""
        with self._world.lock:
            thread = self._world.channels.state(thread_id)
            was_archived = self.is_archived(thread_id)
            if changes.get("archived", was_archived) != was_archived:
                thread["thread_metadata"]["archive_timestamp"] = self._world.now()
            before = _audited(thread)
            _apply(thread, changes)
            data = self.get(thread_id)
            self._world.channels.announce_in(thread_id, "THREAD_UPDATE", data)
            if was_archived and not self.is_archived(thread_id):
                # Clients keep active threads only: this tells those in it that they are.
                for user_id in self._joined(thread_id):
                    self._announce_own(thread_id, user_id)
            self._world.audit.record(
                thread["guild_id"],
                "THREAD_UPDATE",
                thread_id,
                before=before,
                after=_audited(thread),
            )
            return self.get(thread_id)

    def delete(self, thread_id: str) -> dict[str, Any]:
        """Delete a thread with its messages."""
        with self._world.lock:
            data = self.get(thread_id)
            gone = {key: data[key] for key in ("id", "guild_id", "parent_id", "type")}
            self._world.channels.announce_in(thread_id, "THREAD_DELETE", gone)
            self._world.channels.forget(thread_id)
            guild_id = data["guild_id"]
            self._world.audit.record(guild_id, "THREAD_DELETE", thread_id, before=_audited(data))
            return data

    def forget(self, thread_id: str) -> None:
        """Drop a thread's members without telling anyone."""
        self._members.pop(thread_id, None)
        self._flags.pop(thread_id, None)

    def wake(self, thread_id: str, author_id: str) -> None:
        """Do what a message in a thread does: its author joins, an archived one opens again."""
        with self._world.lock:
            thread = self._world.channels.state(thread_id)
            if thread["thread_metadata"]["locked"] and not self._manages(thread_id, author_id):
                raise WorldError(400, 160005, "This thread is locked")
            if thread["thread_metadata"]["archived"]:
                with self._world.acting(None):  # nobody asked for it
                    self.update(thread_id, {"archived": False})
            guild = self._world.guilds.state(thread["guild_id"])
            if author_id in guild.members and author_id not in self._joined(thread_id):
                self._join(thread_id, author_id)
            thread["message_count"] += 1
            thread["total_message_sent"] += 1

    def _manages(self, thread_id: str, user_id: str) -> bool:
        """Tell whether somebody may still write in a thread that is locked."""
        allowed = self._world.permissions.in_channel(thread_id, user_id)
        return bool(allowed & BITS["MANAGE_THREADS"])

    def _join(self, thread_id: str, user_id: str) -> None:
        self._members[thread_id][user_id] = self._world.now()
        thread = self._world.channels.state(thread_id)
        if thread["type"] == PRIVATE:
            # It did not exist for them until now.
            data = self.get(thread_id, user_id)
            self._world.announce(
                "THREAD_CREATE",
                data,
                guild_id=thread["guild_id"],
                channel_id=thread_id,
                user_ids=(user_id,),
            )
        self._announce_own(thread_id, user_id)
        self._announce_members(thread_id, added=user_id)

    def _announce_own(self, thread_id: str, user_id: str) -> None:
        """Tell a member of a thread, and nobody else, of their membership."""
        guild_id = self._world.channels.state(thread_id)["guild_id"]
        self._world.announce(
            "THREAD_MEMBER_UPDATE",
            {**self.member(thread_id, user_id), "guild_id": guild_id},
            guild_id=guild_id,
            channel_id=thread_id,
            user_ids=(user_id,),
        )

    def _announce_members(
        self, thread_id: str, *, added: str | None = None, removed: str | None = None
    ) -> None:
        guild_id = self._world.channels.state(thread_id)["guild_id"]
        data: dict[str, Any] = {
            "id": thread_id,
            "guild_id": guild_id,
            "member_count": min(len(self._members[thread_id]), 50),
        }
        if added is not None:
            member = self.member(thread_id, added, with_member=True)
            presence = self._world.presences.get(guild_id, added)
            data["added_members"] = [{**member, "presence": presence}]
        if removed is not None:
            data["removed_member_ids"] = [removed]
        concerned = added if added is not None else removed
        self._world.announce(
            "THREAD_MEMBERS_UPDATE",
            data,
            guild_id=guild_id,
            channel_id=thread_id,
            exempt=() if concerned is None else (concerned,),
        )

    def _joined(self, thread_id: str) -> dict[str, str]:
        joined = self._members.get(thread_id)
        if joined is None:
            raise unknown("channel")
        return joined

    def _refuse_archived(self, thread_id: str) -> None:
        if self.is_archived(thread_id):
            raise WorldError(400, 50083, "Thread is archived")


def _audited(thread: dict[str, Any]) -> dict[str, Any]:
    """Return what the audit log tells of a thread: its settings, without its numbers."""
    shown = ("name", "type", "rate_limit_per_user", "flags", "applied_tags")
    metadata = ("archived", "locked", "auto_archive_duration", "invitable")
    return {
        **{key: thread[key] for key in shown if key in thread},
        **{key: value for key, value in thread["thread_metadata"].items() if key in metadata},
    }


def _apply(thread: dict[str, Any], fields: dict[str, Any]) -> None:
    for key, value in fields.items():
        if value is None:
            continue
        if key in _METADATA:
            thread["thread_metadata"][key] = value
        elif key in _CHANGEABLE:
            thread[key] = clone(value)


def _new_thread(
    thread_id: str, parent: dict[str, Any], owner_id: str, name: str, type: int
) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "archived": False,
        "auto_archive_duration": parent.get("default_auto_archive_duration") or 1440,
        "archive_timestamp": iso(snowflake_time(thread_id)),
        "locked": False,
        "create_timestamp": None,
    }
    if type == PRIVATE:
        metadata["invitable"] = True
    thread: dict[str, Any] = {
        "id": thread_id,
        "type": type,
        "guild_id": parent["guild_id"],
        "parent_id": parent["id"],
        "owner_id": owner_id,
        "name": name,
        "last_message_id": None,
        "last_pin_timestamp": None,
        "rate_limit_per_user": parent.get("default_thread_rate_limit_per_user") or 0,
        "message_count": 0,
        "member_count": 0,
        "total_message_sent": 0,
        "thread_metadata": metadata,
        "flags": 0,
    }
    if parent["type"] in (FORUM, MEDIA):
        thread["applied_tags"] = []
    return thread
