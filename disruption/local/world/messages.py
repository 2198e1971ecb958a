"""Messages.

See https://discord.com/developers/docs/resources/message
"""

from __future__ import annotations

import builtins
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .acting import actor
from .channels import FORUM, MEDIA, THREADS
from .errors import WorldError, unknown
from .ids import clone, snowflake_time
from .mentions import find_mentions
from .parts import beside, moved, numbered, whole_embed
from .polls import counted, whole_poll
from .references import reference_fields, referenced_by

if TYPE_CHECKING:
    from .world import World

__all__ = ["MessageRecord", "Messages"]

HAS_THREAD, EPHEMERAL, LOADING = 1 << 5, 1 << 6, 1 << 7

#: Seconds after which a message can no longer be deleted in bulk.
BULK_DELETE_AGE = 14 * 86400

#: Seconds for which a nonce is remembered.
NONCE_AGE = 300.0

#: Types of messages that carry the message they refer to.
#: Type of the first message of a thread that hangs on a message: it shows that one.
STARTER_MESSAGE = 21

_SHOWS_REFERENCED = frozenset({0, 19, 20, 21, 23})
_EDITABLE = frozenset({"content", "embeds", "flags", "components", "attachments", "poll"})


@dataclass
class MessageRecord:
    """One message's live record."""

    data: dict[str, Any]
    #: emoji key -> (emoji, user ids in the order they reacted)
    reactions: dict[str, tuple[dict[str, Any], list[str]]] = field(default_factory=dict)
    #: answer of its poll -> user ids
    votes: dict[int, list[str]] = field(default_factory=dict)
    #: the only user who sees it
    ephemeral_for: str | None = None
    #: what the author allowed to ping, kept for edits
    allowed: dict[str, Any] | None = None


class Messages:
    """The messages of all channels; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        # channel id -> message id -> record, oldest first
        self._messages: dict[str, dict[str, MessageRecord]] = {}

    def create(
        self,
        channel_id: str,
        author_id: str,
        content: str = "",
        *,
        embeds: Iterable[dict[str, Any]] = (),
        attachments: Iterable[dict[str, Any]] = (),
        components: Iterable[dict[str, Any]] = (),
        sticker_items: Iterable[dict[str, Any]] = (),
        tts: bool = False,
        flags: int = 0,
        type: int | None = None,
        nonce: int | str | None = None,
        enforce_nonce: bool = False,
        reference: dict[str, Any] | None = None,
        allowed_mentions: dict[str, Any] | None = None,
        poll: dict[str, Any] | None = None,
        application_id: str | None = None,
        webhook_author: dict[str, Any] | None = None,
        ephemeral_for: str | None = None,
        extra: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Send a message.

        Args:
            channel_id: Where.
            author_id: Who; a webhook's id when `webhook_author` is given.
            nonce: Comes back with the event.
            enforce_nonce: Return the message already sent with this nonce, if there is one.
            reference: A `message_reference` (a reply, or a forward with `type` 1).
            webhook_author: The author a webhook's message shows.
            poll: As a bot asks for it: question, answers, duration in hours, ….
            ephemeral_for: The only user who sees it; it is in no history.
            extra: Further fields of the message (`interaction_metadata`, …).
        """
        world = self._world
        with world.lock:
            channel = world.channels.sendable(channel_id)
            if enforce_nonce and nonce is not None:
                sent = self._with_nonce(channel_id, author_id, nonce)
                if sent is not None:
                    return self.get(channel_id, sent, author_id)
            referenced = referenced_by(world, channel_id, reference)
            is_reply = referenced is not None and type in (None, 19)
            is_reply = is_reply and (reference or {}).get("type", 0) == 0
            replied_to = referenced.data["author"]["id"] if referenced and is_reply else None
            broken = []
            if webhook_author is None and type in (None, 0, 19):
                broken = world.auto_moderation.judge(channel_id, author_id, content)
            counts = ephemeral_for is None and type != STARTER_MESSAGE
            if channel["type"] in THREADS and counts:
                world.threads.wake(channel_id, author_id)
            message_id = self._new_id(channel)
            data: dict[str, Any] = {
                "id": message_id,
                "channel_id": channel_id,
                "type": type if type is not None else (19 if is_reply else 0),
                "content": content,
                "author": webhook_author or world.users.get(author_id),
                "timestamp": world.now(),
                "edited_timestamp": None,
                "tts": tts,
                "mention_everyone": False,
                "mentions": [],
                "mention_roles": [],
                "attachments": clone(list(attachments)),
                "embeds": [whole_embed(embed) for embed in embeds],
                "components": numbered(components),
                "pinned": False,
                "flags": flags,
            }
            if webhook_author is not None:
                data["webhook_id"] = author_id
            if application_id is not None:
                data["application_id"] = application_id
            if nonce is not None:
                data["nonce"] = nonce
            if sticker_items:
                data["sticker_items"] = clone(list(sticker_items))
            if poll is not None:
                data["poll"] = clone(poll) if "results" in poll else whole_poll(world, poll)
            if reference is not None:
                data.update(reference_fields(world, channel_id, reference, referenced, flags))
                if data["type"] not in _SHOWS_REFERENCED:
                    data.pop("referenced_message", None)
            data.update({key: clone(value) for key, value in (extra or {}).items()})
            record = MessageRecord(data, ephemeral_for=ephemeral_for, allowed=allowed_mentions)
            self._set_mentions(record, channel.get("guild_id"), replied_to)
            self._messages.setdefault(channel_id, {})[message_id] = record
            if ephemeral_for is None:
                channel["last_message_id"] = message_id
            self.announce("MESSAGE_CREATE", record)
            world.polls.set_alarm(record)
            for item in broken:
                world.auto_moderation.act(item, message_id)
            data.pop("nonce", None)
            if nonce is not None:
                data["_nonce"] = (str(nonce), world.clock.now())
            answer = self.payload(record, author_id)
            if nonce is not None:
                answer["nonce"] = nonce
            return answer

    def _new_id(self, channel: dict[str, Any]) -> str:
        # A post of a forum and its first message have the same id.
        if channel["type"] in THREADS and channel["last_message_id"] is None:
            parent = self._world.channels.state(channel["parent_id"])
            if parent["type"] in (FORUM, MEDIA):
                post_id: str = channel["id"]
                return post_id
        return self._world.ids.next()

    def state(self, channel_id: str, message_id: str) -> MessageRecord:
        """Return the live record; for the world's own use, under the lock."""
        self._world.channels.state(channel_id)
        record = self._messages.get(channel_id, {}).get(message_id)
        if record is None:
            raise unknown("message")
        return record

    def exists(self, channel_id: str, message_id: str) -> bool:
        """Tell whether there is such a message."""
        with self._world.lock:
            return message_id in self._messages.get(channel_id, {})

    def get(self, channel_id: str, message_id: str, viewer_id: str = "") -> dict[str, Any]:
        """Return a message as REST gives it; `me` of reactions is the viewer's."""
        with self._world.lock:
            return self.payload(self.state(channel_id, message_id), viewer_id)

    def files(self, channel_id: str, message_id: str) -> builtins.list[dict[str, Any]]:
        """Return all attachments of a message, those too that its embeds or components show."""
        with self._world.lock:
            record = self.state(channel_id, message_id)
            files: builtins.list[dict[str, Any]] = clone(record.data["attachments"])
            return files

    def list(
        self,
        channel_id: str,
        *,
        limit: int = 50,
        before: str | None = None,
        after: str | None = None,
        around: str | None = None,
        viewer_id: str = "",
        ephemeral: bool = False,
    ) -> builtins.list[dict[str, Any]]:
        """Return messages, newest first.

        Args:
            limit: How many at most.
            before: Only older than this id, the newest of them.
            after: Only newer than this id, the oldest of them.
            around: About half of `limit` on each side of this id.
            viewer_id: Whose reactions `me` means.
            ephemeral: Also those that only the viewer sees; REST never gives them.
        """
        with self._world.lock:
            self._world.channels.state(channel_id)
            records = [
                record
                for record in self._messages.get(channel_id, {}).values()
                if record.ephemeral_for is None or (ephemeral and record.ephemeral_for == viewer_id)
            ]
            if around is not None:
                older = [item for item in records if int(item.data["id"]) < int(around)]
                newer = records[len(older) :]
                half = limit // 2
                chosen = older[len(older) - half if half < len(older) else 0 :]
                chosen = chosen + newer[: limit - half]
            elif after is not None:
                chosen = [item for item in records if int(item.data["id"]) > int(after)][:limit]
            else:
                if before is not None:
                    records = [item for item in records if int(item.data["id"]) < int(before)]
                chosen = records[max(0, len(records) - limit) :]
            return [self.payload(record, viewer_id) for record in reversed(chosen)]

    def edit(
        self,
        channel_id: str,
        message_id: str,
        changes: dict[str, Any],
        *,
        allowed_mentions: dict[str, Any] | None = None,
        viewer_id: str = "",
        silent: bool = False,
    ) -> dict[str, Any]:
        """Change a message's content, embeds, flags, components or attachments.

        Args:
            silent: It was only completed (a deferred answer), and does not count as edited.
        """
        with self._world.lock:
            record = self.state(channel_id, message_id)
            author_id = record.data["author"]["id"]
            broken = []
            if "webhook_id" not in record.data and changes.get("content"):
                judge = self._world.auto_moderation.judge
                broken = judge(channel_id, author_id, changes["content"])
            for key, value in changes.items():
                if key not in _EDITABLE:
                    continue
                if key == "embeds":
                    value = [whole_embed(embed) for embed in value or ()]
                elif key == "components":
                    value = numbered(value or ())
                elif value is None:
                    value = {"content": "", "flags": record.data["flags"]}.get(key, [])
                record.data[key] = clone(value)
            if not silent:
                record.data["edited_timestamp"] = self._world.now()
            if allowed_mentions is not None:
                record.allowed = allowed_mentions
            guild_id = self._world.channels.state(channel_id).get("guild_id")
            replied = (record.data.get("referenced_message") or {}).get("author") or {}
            self._set_mentions(record, guild_id, replied.get("id"))
            self.announce("MESSAGE_UPDATE", record)
            for item in broken:
                self._world.auto_moderation.act(item, message_id)
            return self.payload(record, viewer_id)

    def delete(self, channel_id: str, message_id: str) -> None:
        """Delete a message."""
        with self._world.lock:
            record = self.state(channel_id, message_id)
            del self._messages[channel_id][message_id]
            data = {"id": message_id, "channel_id": channel_id}
            self._announce_gone("MESSAGE_DELETE", data, record.ephemeral_for)
            author_id = record.data["author"]["id"]
            who = actor()
            if who is not None and who.user_id != author_id:
                options = {"channel_id": channel_id, "count": "1"}
                self._audit(channel_id, "MESSAGE_DELETE", author_id, options)

    def bulk_delete(self, channel_id: str, message_ids: Collection[str]) -> None:
        """Delete many messages at once; those that are not there do not matter.

        Raises:
            WorldError: 50016 for fewer than 2 or more than 100, 50034 when one is too old.
        """
        with self._world.lock:
            self._world.channels.state(channel_id)
            if not 2 <= len(message_ids) <= 100:
                raise WorldError(
                    400,
                    50016,
                    "Provided too few or too many messages to delete. Must provide at least 2 and "
                    "fewer than 100 messages to delete.",
                )
            oldest = self._world.clock.now() - BULK_DELETE_AGE
            if any(snowflake_time(key) < oldest for key in message_ids):
                raise WorldError(
                    400, 50034, "You can only bulk delete messages that are under 14 days old."
                )
            messages = self._messages.get(channel_id, {})
            gone = [key for key in dict.fromkeys(message_ids) if key in messages]
            for key in gone:
                del messages[key]
            if gone:
                data: dict[str, Any] = {"ids": gone, "channel_id": channel_id}
                self._announce_gone("MESSAGE_DELETE_BULK", data)
                options = {"count": str(len(gone))}
                self._audit(channel_id, "MESSAGE_BULK_DELETE", channel_id, options)

    def pin(self, channel_id: str, message_id: str, user_id: str) -> None:
        """Pin a message, and say so in the channel."""
        with self._world.lock:
            record = self.state(channel_id, message_id)
            if record.data["pinned"]:
                return
            if len(self.pins(channel_id)) >= 250:
                raise WorldError(400, 30003, "Maximum number of pins reached for the channel (250)")
            record.data["pinned"] = True
            record.data["_pinned_at"] = self._world.now()
            self.announce("MESSAGE_UPDATE", record)
            self._announce_pins(channel_id)
            self._audit_pin("MESSAGE_PIN", record)
            reference = {"type": 0, "channel_id": channel_id, "message_id": message_id}
            self.create(channel_id, user_id, type=6, reference=reference)

    def unpin(self, channel_id: str, message_id: str) -> None:
        """Unpin a message."""
        with self._world.lock:
            record = self.state(channel_id, message_id)
            if not record.data["pinned"]:
                return
            record.data["pinned"] = False
            record.data.pop("_pinned_at", None)
            self.announce("MESSAGE_UPDATE", record)
            self._announce_pins(channel_id)
            self._audit_pin("MESSAGE_UNPIN", record)

    def pins(self, channel_id: str, viewer_id: str = "") -> builtins.list[dict[str, Any]]:
        """Return `{pinned_at, message}` of every pinned message, last pinned first."""
        with self._world.lock:
            self._world.channels.state(channel_id)
            pinned = [
                record
                for record in self._messages.get(channel_id, {}).values()
                if record.data["pinned"]
            ]
            pinned.sort(key=lambda record: str(record.data["_pinned_at"]), reverse=True)
            return [
                {
                    "pinned_at": record.data["_pinned_at"],
                    "message": self.payload(record, viewer_id),
                }
                for record in pinned
            ]

    def crosspost(self, channel_id: str, message_id: str) -> dict[str, Any]:
        """Publish a message of an announcement channel."""
        with self._world.lock:
            record = self.state(channel_id, message_id)
            if record.data["flags"] & 1:
                raise WorldError(400, 40033, "This message has already been crossposted.")
            record.data["flags"] |= 1
            self.announce("MESSAGE_UPDATE", record)
            self._world.webhooks.deliver(self.payload(record))
            return self.payload(record)

    def last_of(self, channel_id: str, author_id: str) -> float:
        """Return when somebody last wrote in a channel, in seconds since 1970; 0 for never."""
        with self._world.lock:
            for message_id, record in reversed(self._messages.get(channel_id, {}).items()):
                if record.data["author"]["id"] == author_id:
                    return snowflake_time(message_id)
            return 0.0

    def attach_thread(self, channel_id: str, message_id: str) -> None:
        """Note that a thread was started from a message."""
        record = self.state(channel_id, message_id)
        record.data["flags"] |= HAS_THREAD
        self.announce("MESSAGE_UPDATE", record)

    def move_files(self, old: str, new: str) -> None:
        """Put another address into the URLs of files, after a restart on another port."""
        with self._world.lock:
            for messages in self._messages.values():
                for record in messages.values():
                    record.data = moved(record.data, old, new)

    def restore(self) -> None:
        """Set the alarms of a world that was loaded."""
        for messages in self._messages.values():
            for record in messages.values():
                self._world.polls.set_alarm(record)

    def forget(self, channel_id: str) -> None:
        """Drop the messages of a channel without telling anyone."""
        self._messages.pop(channel_id, None)

    def announce(self, name: str, record: MessageRecord) -> None:
        """Announce a message as it is now, in the form of a gateway event."""
        channel_id = record.data["channel_id"]
        channel = self._world.channels.state(channel_id)
        data = self.payload(record)
        data["channel_type"] = channel["type"]
        guild_id = channel.get("guild_id")
        author_id = data["author"]["id"]
        if guild_id is not None:
            data["guild_id"] = guild_id
            members = self._world.guilds.state(guild_id).members
            if "webhook_id" not in data and author_id in members:
                data["member"] = self._world.members.partial(guild_id, author_id)
            for user in data["mentions"]:
                if user["id"] in members:
                    user["member"] = self._world.members.partial(guild_id, user["id"])
        if record.ephemeral_for is not None:
            # Not even the bot that sent it hears of it.
            self._world.announce(name, data, user_ids=(record.ephemeral_for,), author_id=author_id)
        else:
            self._world.channels.announce_in(channel_id, name, data, author_id)

    def _announce_gone(
        self, name: str, data: dict[str, Any], ephemeral_for: str | None = None
    ) -> None:
        guild_id = self._world.channels.state(data["channel_id"]).get("guild_id")
        if guild_id is not None:
            data["guild_id"] = guild_id
        if ephemeral_for is not None:
            self._world.announce(name, data, user_ids=(ephemeral_for,))
        else:
            self._world.channels.announce_in(data["channel_id"], name, data)

    def _audit(self, channel_id: str, action: str, target_id: str, options: dict[str, str]) -> None:
        guild_id = self._world.channels.state(channel_id).get("guild_id")
        self._world.audit.record(guild_id, action, target_id, options=options)

    def _audit_pin(self, action: str, record: MessageRecord) -> None:
        channel_id = record.data["channel_id"]
        options = {"channel_id": channel_id, "message_id": record.data["id"]}
        self._audit(channel_id, action, record.data["author"]["id"], options)

    def _announce_pins(self, channel_id: str) -> None:
        channel = self._world.channels.state(channel_id)
        pins = self.pins(channel_id)
        newest = pins[0]["pinned_at"] if pins else None
        channel["last_pin_timestamp"] = newest
        data: dict[str, Any] = {"channel_id": channel_id, "last_pin_timestamp": newest}
        if channel.get("guild_id") is not None:
            data["guild_id"] = channel["guild_id"]
        self._world.channels.announce_in(channel_id, "CHANNEL_PINS_UPDATE", data)

    def payload(self, record: MessageRecord, viewer_id: str = "") -> dict[str, Any]:
        """Return a message as REST gives it; for the world's own use, under the lock."""
        data = {key: clone(value) for key, value in record.data.items() if key[0] != "_"}
        data["attachments"] = beside(data)
        if record.reactions:
            data["reactions"] = [
                {
                    "emoji": dict(emoji),
                    "count": len(users),
                    "count_details": {"burst": 0, "normal": len(users)},
                    "me": viewer_id in users,
                    "me_burst": False,
                    "burst_me": False,
                    "burst_count": 0,
                    "burst_colors": [],
                }
                for emoji, users in record.reactions.values()
            ]
        if "poll" in data:
            data["poll"]["results"]["answer_counts"] = counted(record.votes, viewer_id)
        if data["flags"] & HAS_THREAD and self._world.channels.exists(data["id"]):
            data["thread"] = self._world.threads.get(data["id"])
        return data

    def _set_mentions(
        self, record: MessageRecord, guild_id: str | None, replied_to: str | None
    ) -> None:
        found = find_mentions(record.data["content"], record.allowed, replied_to)
        users = self._world.users
        record.data["mentions"] = [users.get(key) for key in found.users if users.exists(key)]
        roles = self._world.guilds.state(guild_id).roles if guild_id is not None else {}
        record.data["mention_roles"] = [key for key in found.roles if key in roles]
        record.data["mention_everyone"] = found.everyone and guild_id is not None

    def _with_nonce(self, channel_id: str, author_id: str, nonce: int | str) -> str | None:
        oldest = self._world.clock.now() - NONCE_AGE
        for message_id, record in reversed(self._messages.get(channel_id, {}).items()):
            known = record.data.get("_nonce")
            ours = record.data["author"]["id"] == author_id
            if ours and known and known[0] == str(nonce) and known[1] >= oldest:
                return message_id
        return None
