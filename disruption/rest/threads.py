"""Threads: started and joined; `thread_lists.py` has those that are archived.

See https://discord.com/developers/docs/resources/channel
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from disruption.errors import InvalidArgument
from disruption.rest.checks import between
from disruption.rest.core import RestCore
from disruption.rest.fields import Duration, at_most_items, put_ids, put_seconds, put_text
from disruption.rest.files import File
from disruption.rest.mentions import choose_mentions
from disruption.rest.paging import paged
from disruption.rest.payload import create_body, ids, put
from disruption.rest.route import Route, SnowflakeLike, snowflake
from disruption.types import (
    UNSET,
    Channel,
    Message,
    ThreadMember,
    Unset,
    decode,
)
from disruption.types.core.base import Model, model

if TYPE_CHECKING:
    from disruption.types import AllowedMentions

__all__ = ["ForumPost", "ThreadRoutes", "put_archive"]

_CHANNEL: Final = "/channels/{channel_id}"
_MEMBER: Final = _CHANNEL + "/thread-members/{user_id}"
_ME: Final = _CHANNEL + "/thread-members/@me"

_START_FROM_MESSAGE = Route("POST", _CHANNEL + "/messages/{message_id}/threads")
_START = Route("POST", _CHANNEL + "/threads")
_JOIN = Route("PUT", _ME)
_LEAVE = Route("DELETE", _ME)
_ADD = Route("PUT", _MEMBER)
_REMOVE = Route("DELETE", _MEMBER)
_GET_MEMBER = Route("GET", _MEMBER)
_MEMBERS = Route("GET", _CHANNEL + "/thread-members")

_ARCHIVE: Final = (60, 1440, 4320, 10080)  # minutes
_SLOW_MODE: Final = 21_600  # seconds
_PAGE: Final = 100


class ForumPost(NamedTuple):
    """A thread of a forum or media channel that was just started, and its first message."""

    thread: Channel
    message: Message | None


@model
class _Nested(Model):
    """What comes with the thread."""

    message: Message | None = None


def put_archive(body: dict[str, Any], name: str, value: Duration | Unset | None) -> None:
    """Put after how long without a message a thread is archived: minutes, or a timedelta.

    Raises:
        InvalidArgument: Discord does not know that duration.
    """
    if isinstance(value, Unset):
        return
    minutes = value // timedelta(minutes=1) if isinstance(value, timedelta) else value
    if minutes is not None and (isinstance(minutes, bool) or minutes not in _ARCHIVE):
        raise InvalidArgument(
            f"{name} must be 60, 1440, 4320 or 10080 minutes (an hour, 1, 3 or 7 days), "
            f"not {value!r}"
        )
    body[name] = minutes


class ThreadRoutes(RestCore):
    """Threads."""

    def start_thread_from_message(
        self,
        channel_id: SnowflakeLike,
        message_id: SnowflakeLike,
        *,
        name: str,
        auto_archive_duration: Duration | Unset = UNSET,
        rate_limit_per_user: Duration | Unset | None = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> Channel:
        """Start a thread from a message; it has the message's id.

        Args:
            channel_id: Where the message is.
            message_id: Which one.
            name: 1 to 100 characters.
            auto_archive_duration: Minutes (60, 1440, 4320 or 10080) or a timedelta.
            rate_limit_per_user: Slow mode in seconds (or a timedelta), at most six hours.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.
            BadRequest: The message has a thread already.
            Forbidden: CREATE_PUBLIC_THREADS is missing.

        See https://discord.com/developers/docs/resources/channel#start-thread-from-message
        """
        body = _thread_body(name, auto_archive_duration, rate_limit_per_user)
        target = _START_FROM_MESSAGE(channel_id, message_id)
        return self._fetch(Channel, target, body, reason=reason, timeout=timeout)

    def start_thread_without_message(
        self,
        channel_id: SnowflakeLike,
        *,
        name: str,
        type: int = 11,
        auto_archive_duration: Duration | Unset = UNSET,
        invitable: bool | Unset = UNSET,
        rate_limit_per_user: Duration | Unset | None = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> Channel:
        """Start a thread that belongs to no message.

        Args:
            channel_id: Where.
            name: 1 to 100 characters.
            type: `ChannelType`: PUBLIC_THREAD, PRIVATE_THREAD or ANNOUNCEMENT_THREAD.
            auto_archive_duration: Minutes (60, 1440, 4320 or 10080) or a timedelta.
            invitable: Whether non-moderators can add others (private threads).
            rate_limit_per_user: Slow mode in seconds (or a timedelta), at most six hours.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.
            Forbidden: CREATE_PUBLIC_THREADS or CREATE_PRIVATE_THREADS is missing.

        See https://discord.com/developers/docs/resources/channel#start-thread-without-message
        """
        if type not in (10, 11, 12):
            raise InvalidArgument(f"type must be one of a thread (10, 11 or 12), not {type!r}")
        body = _thread_body(name, auto_archive_duration, rate_limit_per_user)
        body["type"] = int(type)
        put(body, invitable=invitable)
        return self._fetch(Channel, _START(channel_id), body, reason=reason, timeout=timeout)

    def start_thread_in_forum_or_media_channel(
        self,
        channel_id: SnowflakeLike,
        *,
        name: str,
        content: str | None = None,
        embeds: Sequence[Model | Mapping[str, Any]] = (),
        components: Sequence[Model | Mapping[str, Any]] = (),
        files: Sequence[File] = (),
        sticker_ids: Sequence[SnowflakeLike] = (),
        flags: int = 0,
        allowed_mentions: AllowedMentions | Mapping[str, Any] | Unset | None = UNSET,
        applied_tags: Sequence[SnowflakeLike] | Unset = UNSET,
        auto_archive_duration: Duration | Unset = UNSET,
        rate_limit_per_user: Duration | Unset | None = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> ForumPost:
        """Start a thread in a forum or media channel, with its first message.

        Args:
            channel_id: The forum or media channel.
            name: 1 to 100 characters.
            content: The message's text, at most 2000 characters.
            embeds: At most 10, of 6000 characters together.
            components: Buttons, menus, layouts.
            files: At most 10.
            sticker_ids: At most 3.
            flags: SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS, IS_COMPONENTS_V2.
            allowed_mentions: Whom it may ping; by default the client's, None for all.
            applied_tags: At most 5 of the channel's tags.
            auto_archive_duration: Minutes (60, 1440, 4320 or 10080) or a timedelta.
            rate_limit_per_user: Slow mode in seconds (or a timedelta), at most six hours.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed, or the message would be empty.
            Forbidden: SEND_MESSAGES is missing.

        See https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel
        """
        at_most_items("sticker_ids", sticker_ids, 3)
        body = _thread_body(name, auto_archive_duration, rate_limit_per_user)
        put_ids(body, "applied_tags", applied_tags, 5)
        message = create_body(
            content=content,
            embeds=embeds,
            components=components,
            files=files,
            poll=None,
            flags=flags,
            tts=False,
            allowed_mentions=choose_mentions(allowed_mentions, self.allowed_mentions),
            otherwise="-" if sticker_ids else " or sticker_ids",
        )
        if sticker_ids:
            message["sticker_ids"] = ids(sticker_ids, "sticker_ids")
        body["message"] = message
        timeout = self._check_uploads(channel_id, files, timeout)
        api: Any = self.api or self

        def parse(answer: bytes) -> ForumPost:
            return ForumPost(decode(Channel, answer, api), decode(_Nested, answer, api).message)

        target = _START(channel_id)
        return self._call(parse, target, body, files=files, reason=reason, timeout=timeout)

    def join_thread(self, channel_id: SnowflakeLike, *, timeout: float | None = None) -> None:
        """Join a thread.

        See https://discord.com/developers/docs/resources/channel#join-thread
        """
        self._do(_JOIN(channel_id), timeout=timeout)

    def add_thread_member(
        self, channel_id: SnowflakeLike, user_id: SnowflakeLike, *, timeout: float | None = None
    ) -> None:
        """Add somebody to a thread that is not archived.

        See https://discord.com/developers/docs/resources/channel#add-thread-member
        """
        self._do(_ADD(channel_id, user_id), timeout=timeout)

    def leave_thread(self, channel_id: SnowflakeLike, *, timeout: float | None = None) -> None:
        """Leave a thread.

        See https://discord.com/developers/docs/resources/channel#leave-thread
        """
        self._do(_LEAVE(channel_id), timeout=timeout)

    def remove_thread_member(
        self, channel_id: SnowflakeLike, user_id: SnowflakeLike, *, timeout: float | None = None
    ) -> None:
        """Remove somebody from a thread that is not archived.

        Raises:
            Forbidden: MANAGE_THREADS is missing, and it is no private thread of the bot's.

        See https://discord.com/developers/docs/resources/channel#remove-thread-member
        """
        self._do(_REMOVE(channel_id, user_id), timeout=timeout)

    def get_thread_member(
        self,
        channel_id: SnowflakeLike,
        user_id: SnowflakeLike,
        *,
        with_member: bool | None = None,
        timeout: float | None = None,
    ) -> ThreadMember:
        """Get somebody's membership of a thread.

        Args:
            channel_id: The thread.
            user_id: Whose.
            with_member: Give the guild's member with it.
            timeout: Seconds for the whole call, waits included.

        Raises:
            NotFound: They are no member of the thread.

        See https://discord.com/developers/docs/resources/channel#get-thread-member
        """
        query = {"with_member": with_member}
        target = _GET_MEMBER(channel_id, user_id)
        return self._fetch(ThreadMember, target, query=query, timeout=timeout)

    def list_thread_members(
        self,
        channel_id: SnowflakeLike,
        *,
        with_member: bool | None = None,
        after: SnowflakeLike | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> list[ThreadMember]:
        """Get the members of a thread; needs the GUILD_MEMBERS intent.

        They come in pages only with `with_member`, and all at once without.

        Args:
            channel_id: The thread.
            with_member: Give the guild's members with them.
            after: Those after this user.
            limit: How many, 1 to 100; Discord's default is 100.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/channel#list-thread-members
        """
        between("limit", limit, 1, _PAGE)
        query = {
            "with_member": with_member,
            "after": None if after is None else snowflake(after, "after"),
            "limit": limit,
        }
        target = _MEMBERS(channel_id)
        return self._fetch(list[ThreadMember], target, query=query, timeout=timeout)

    def iter_thread_members(
        self,
        channel_id: SnowflakeLike,
        *,
        after: SnowflakeLike | None = None,
        limit: int | None = None,
    ) -> Iterator[ThreadMember]:
        """Go through the members of a thread by id, with the guild's member of each.

        Args:
            channel_id: The thread.
            after: Those after this user.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/channel#list-thread-members
        """

        def fetch(cursor: int | None, size: int) -> tuple[list[ThreadMember], int | None]:
            found = self.list_thread_members(channel_id, with_member=True, after=cursor, limit=size)
            last = max((member.user_id or 0 for member in found), default=0)
            return found, last if len(found) >= size and last != cursor else None

        start: int | None = None if after is None else snowflake(after, "after")
        return paged(fetch, start=start, limit=limit, page=_PAGE)


def _thread_body(
    name: str, archive: Duration | Unset, slow_mode: Duration | Unset | None
) -> dict[str, Any]:
    body: dict[str, Any] = {}
    put_text(body, "name", name, 100, least=1)
    put_archive(body, "auto_archive_duration", archive)
    put_seconds(body, "rate_limit_per_user", slow_mode, 0, _SLOW_MODE)
    return body
