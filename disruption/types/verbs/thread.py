"""What can be done with threads, and where they begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.base import Entity
from ..core.unset import UNSET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from ...rest import File
    from ...rest.fields import Duration
    from ...rest.route import SnowflakeLike
    from ...rest.threads import ForumPost
    from ..allowed_mentions import AllowedMentions
    from ..channel import Channel, ThreadMember
    from ..core.base import Model
    from ..core.unset import Unset

__all__ = ["ThreadVerbs"]


class ThreadVerbs(Entity):
    """What can be done with threads, and where they begin."""

    def create_thread(
        self,
        name: str,
        *,
        private: bool = False,
        auto_archive_duration: Duration | Unset = UNSET,
        invitable: bool | Unset = UNSET,
        rate_limit_per_user: Duration | Unset | None = UNSET,
        reason: str | None = None,
    ) -> Channel:
        """Start a thread that belongs to no message; see also `Message.create_thread`.

        Args:
            name: 1 to 100 characters.
            private: Only those who are added see it.
            auto_archive_duration: Minutes (60, 1440, 4320 or 10080) or a timedelta.
            invitable: Whether non-moderators can add others (private threads).
            rate_limit_per_user: Slow mode in seconds (or a timedelta), at most six hours.
            reason: Shown in the audit log, at most 512 characters.

        See https://discord.com/developers/docs/resources/channel#start-thread-without-message
        """
        announcement = getattr(self, "type", None) == 5
        return self._bound().rest.start_thread_without_message(
            self.id,
            name=name,
            type=12 if private else 10 if announcement else 11,
            auto_archive_duration=auto_archive_duration,
            invitable=invitable,
            rate_limit_per_user=rate_limit_per_user,
            reason=reason,
        )

    def create_post(
        self,
        name: str,
        content: str | None = None,
        *,
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
    ) -> ForumPost:
        """Start a thread in the forum or media channel; return it and its first message.

        Args:
            name: 1 to 100 characters.
            content: The first message's text, at most 2000 characters.
            embeds: At most 10.
            components: Buttons, menus, layouts.
            files: At most 10.
            sticker_ids: At most 3.
            flags: `MessageFlags`.
            allowed_mentions: Whom it may ping; by default the client's rule.
            applied_tags: At most 5 of the channel's tags.
            auto_archive_duration: Minutes (60, 1440, 4320 or 10080) or a timedelta.
            rate_limit_per_user: Slow mode in seconds (or a timedelta), at most six hours.
            reason: Shown in the audit log, at most 512 characters.

        See https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel
        """
        return self._bound().rest.start_thread_in_forum_or_media_channel(
            self,
            name=name,
            content=content,
            embeds=embeds,
            components=components,
            files=files,
            sticker_ids=sticker_ids,
            flags=flags,
            allowed_mentions=allowed_mentions,
            applied_tags=applied_tags,
            auto_archive_duration=auto_archive_duration,
            rate_limit_per_user=rate_limit_per_user,
            reason=reason,
        )

    def archived_threads(
        self,
        *,
        private: bool = False,
        joined: bool = False,
        before: datetime | None = None,
        limit: int | None = None,
    ) -> Iterator[Channel]:
        """Go through the channel's threads that are archived, those archived last first.

        Args:
            private: Private ones (needs MANAGE_THREADS), not public ones.
            joined: Private ones that the bot has joined, newest first.
            before: Those archived (with `joined`: made) before this time.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/channel#list-public-archived-threads
        """
        rest = self._bound().rest
        if joined:
            return rest.iter_joined_private_archived_threads(self.id, before=before, limit=limit)
        if private:
            return rest.iter_private_archived_threads(self.id, before=before, limit=limit)
        return rest.iter_public_archived_threads(self.id, before=before, limit=limit)

    def search_threads(
        self,
        name: str | None = None,
        *,
        tags: Sequence[SnowflakeLike] | None = None,
        archived: bool | None = None,
        sort_by: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Channel]:
        """Go through the channel's threads and posts that fit.

        Args:
            name: What the name must have in it, at most 100 characters.
            tags: Which of the forum's tags, at most 20.
            archived: Only those that are archived, or not.
            sort_by: ``relevance``, ``creation_time``, ``last_message_time`` or ``archive_time``.
            limit: How many at most; None for all.

        Raises:
            SearchNotReady: Discord has not made its index in time.

        See https://discord.com/developers/docs/resources/channel
        """
        return self._bound().rest.iter_thread_search(
            self.id, name=name, tag=tags, archived=archived, sort_by=sort_by, limit=limit
        )

    # Of a thread -----------------------------------------------------------------------

    def join(self) -> None:
        """Join the thread.

        See https://discord.com/developers/docs/resources/channel#join-thread
        """
        self._bound().rest.join_thread(self.id)

    def leave(self) -> None:
        """Leave the thread.

        See https://discord.com/developers/docs/resources/channel#leave-thread
        """
        self._bound().rest.leave_thread(self.id)

    def add_member(self, user: SnowflakeLike) -> None:
        """Add somebody to the thread.

        See https://discord.com/developers/docs/resources/channel#add-thread-member
        """
        self._bound().rest.add_thread_member(self.id, user)

    def remove_member(self, user: SnowflakeLike) -> None:
        """Remove somebody from the thread.

        See https://discord.com/developers/docs/resources/channel#remove-thread-member
        """
        self._bound().rest.remove_thread_member(self.id, user)

    def fetch_thread_member(
        self, user: SnowflakeLike, *, with_member: bool | None = None
    ) -> ThreadMember:
        """Ask Discord for somebody's membership of the thread.

        Args:
            user: Whose.
            with_member: Give the guild's member with it.

        Raises:
            NotFound: They are not in the thread.

        See https://discord.com/developers/docs/resources/channel#get-thread-member
        """
        return self._bound().rest.get_thread_member(self.id, user, with_member=with_member)

    def thread_members(self, *, limit: int | None = None) -> Iterator[ThreadMember]:
        """Go through the members of the thread; needs the GUILD_MEMBERS intent.

        See https://discord.com/developers/docs/resources/channel#list-thread-members
        """
        return self._bound().rest.iter_thread_members(self.id, limit=limit)

    def archive(self, *, lock: bool | Unset = UNSET, reason: str | None = None) -> Channel:
        """Archive the thread.

        Args:
            lock: Whether only those with MANAGE_THREADS can open it again.
            reason: Shown in the audit log, at most 512 characters.

        See https://discord.com/developers/docs/resources/channel#modify-channel
        """
        rest = self._bound().rest
        return rest.modify_channel(self.id, archived=True, locked=lock, reason=reason)

    def unarchive(self, *, reason: str | None = None) -> Channel:
        """Open the thread again.

        See https://discord.com/developers/docs/resources/channel#modify-channel
        """
        return self._bound().rest.modify_channel(self.id, archived=False, reason=reason)
