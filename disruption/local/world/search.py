"""Search for messages of a guild and for threads of a channel.

See https://discord.com/developers/docs/resources/message#search-guild-messages
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .permissions import BITS

if TYPE_CHECKING:
    from .world import World

__all__ = ["HAS", "MessageQuery", "search_messages", "search_threads"]

_LINK = re.compile(r"https?://[^\s<>]+")
_WORD = re.compile(r"\w+")
_READ = BITS["VIEW_CHANNEL"] | BITS["READ_MESSAGE_HISTORY"]

#: What a message can be asked to have, or, with a minus before it, not to have.
HAS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "link": lambda message: bool(_LINK.search(message["content"])),
    "embed": lambda message: bool(message["embeds"]),
    "file": lambda message: bool(message["attachments"]),
    "image": lambda message: _has_file(message, "image/"),
    "video": lambda message: _has_file(message, "video/"),
    "sound": lambda message: _has_file(message, "audio/"),
    "sticker": lambda message: bool(message.get("sticker_items")),
    "poll": lambda message: "poll" in message,
    "snapshot": lambda message: bool(message.get("message_snapshots")),
}


@dataclass
class MessageQuery:
    """What a message must be like; what is empty or None does not matter.

    Attributes:
        content: Words that must be in it.
        slop: How many other words may stand between them; None asks for no order.
        has: Names of `HAS`, with a minus for "has not".
    """

    content: str = ""
    slop: int | None = None
    channel_ids: list[str] = field(default_factory=list)
    author_ids: list[str] = field(default_factory=list)
    author_types: list[str] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    mentions_roles: list[str] = field(default_factory=list)
    mention_everyone: bool | None = None
    replied_to_users: list[str] = field(default_factory=list)
    replied_to_messages: list[str] = field(default_factory=list)
    pinned: bool | None = None
    has: list[str] = field(default_factory=list)
    embed_types: list[str] = field(default_factory=list)
    embed_providers: list[str] = field(default_factory=list)
    link_hostnames: list[str] = field(default_factory=list)
    attachment_filenames: list[str] = field(default_factory=list)
    attachment_extensions: list[str] = field(default_factory=list)
    min_id: str | None = None
    max_id: str | None = None
    include_nsfw: bool = False

    def fits(self, message: dict[str, Any]) -> bool:
        """Tell whether a message is like this."""
        return all(test(message) for test in (self._by_people, self._by_form, self._by_text))

    def _by_people(self, message: dict[str, Any]) -> bool:
        author, reference = message["author"], message.get("message_reference") or {}
        answered = (message.get("referenced_message") or {}).get("author") or {}
        return (
            _any(self.author_ids, (author["id"],))
            and self._author_type(message)
            and _any(self.mentions, (user["id"] for user in message["mentions"]))
            and _any(self.mentions_roles, message["mention_roles"])
            and self.mention_everyone in (None, message["mention_everyone"])
            and _any(self.replied_to_users, (str(answered.get("id")),))
            and _any(self.replied_to_messages, (str(reference.get("message_id")),))
        )

    def _author_type(self, message: dict[str, Any]) -> bool:
        if not self.author_types:
            return True
        bot = bool(message["author"].get("bot"))
        kind = "webhook" if "webhook_id" in message else "bot" if bot else "user"
        wanted = [name for name in self.author_types if not name.startswith("-")]
        unwanted = [name[1:] for name in self.author_types if name.startswith("-")]
        return kind not in unwanted and (not wanted or kind in wanted)

    def _by_form(self, message: dict[str, Any]) -> bool:
        names = [item["filename"].lower() for item in message["attachments"]]
        extensions = [name.rpartition(".")[2] for name in names]
        providers = [(item.get("provider") or {}).get("name") for item in message["embeds"]]
        hosts = [urlsplit(url).hostname or "" for url in _LINK.findall(message["content"])]
        return (
            self.pinned in (None, message["pinned"])
            and all(_has(message, name) for name in self.has)
            and _any(self.embed_types, (item["type"] for item in message["embeds"]))
            and _any(self.embed_providers, providers)
            and _any(self.link_hostnames, hosts)
            and _any([name.lower() for name in self.attachment_filenames], names)
            and _any([name.lower() for name in self.attachment_extensions], extensions)
            and (self.min_id is None or int(message["id"]) > int(self.min_id))
            and (self.max_id is None or int(message["id"]) < int(self.max_id))
        )

    def _by_text(self, message: dict[str, Any]) -> bool:
        wanted = _WORD.findall(self.content.lower())
        words = _WORD.findall(message["content"].lower())
        if self.slop is None:
            return set(wanted) <= set(words)
        return not wanted or _in_order(wanted, words, self.slop)


def search_messages(
    world: World, guild_id: str, viewer_id: str, query: MessageQuery
) -> list[dict[str, Any]]:
    """Return the messages of a guild that a member may read and that fit, newest first."""
    with world.lock:
        found: list[dict[str, Any]] = []
        for channel_id in world.guilds.state(guild_id).channel_ids:
            if query.channel_ids and channel_id not in query.channel_ids:
                continue
            if world.permissions.in_channel(channel_id, viewer_id) & _READ != _READ:
                continue
            if world.channels.state(channel_id).get("nsfw") and not query.include_nsfw:
                continue
            messages = world.messages.list(channel_id, limit=1_000_000, viewer_id=viewer_id)
            found += [message for message in messages if query.fits(message)]
        return sorted(found, key=lambda message: int(message["id"]), reverse=True)


def search_threads(
    world: World,
    channel_id: str,
    viewer_id: str,
    *,
    name: str = "",
    tags: list[str],
    match_all_tags: bool = False,
    archived: bool | None = None,
    min_id: str | None = None,
    max_id: str | None = None,
) -> list[dict[str, Any]]:
    """Return the threads of a channel that a member sees and that fit, newest first."""
    with world.lock:
        threads = [
            thread
            for wanted in (False, True)
            if archived in (None, wanted)
            for thread in world.threads.of_channel(channel_id, archived=wanted)
        ]
        words = set(_WORD.findall(name.lower()))
        found = []
        for thread in threads:
            applied = set(thread.get("applied_tags") or ())
            enough = set(tags) <= applied if match_all_tags else bool(set(tags) & applied)
            if (
                words <= set(_WORD.findall(thread["name"].lower()))
                and (not tags or enough)
                and (min_id is None or int(thread["id"]) > int(min_id))
                and (max_id is None or int(thread["id"]) < int(max_id))
                and world.permissions.sees(thread["id"], viewer_id)
            ):
                found.append(thread)
        return sorted(found, key=lambda thread: int(thread["id"]), reverse=True)


def _any(wanted: list[str], there: Iterable[Any]) -> bool:
    return not wanted or bool(set(wanted) & set(there))


def _has(message: dict[str, Any], name: str) -> bool:
    return not HAS[name[1:]](message) if name.startswith("-") else HAS[name](message)


def _has_file(message: dict[str, Any], kind: str) -> bool:
    return any(item.get("content_type", "").startswith(kind) for item in message["attachments"])


def _in_order(wanted: list[str], words: list[str], slop: int) -> bool:
    """Tell whether words follow one another with at most `slop` others between them."""
    for start, word in enumerate(words):
        if word != wanted[0]:
            continue
        at, skipped = start + 1, 0
        for other in wanted[1:]:
            while at < len(words) and words[at] != other:
                at, skipped = at + 1, skipped + 1
            if at == len(words):
                break
            at += 1
        else:
            if skipped <= slop:
                return True
    return False
