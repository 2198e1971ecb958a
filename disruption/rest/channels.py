"""Channels.

See https://discord.com/developers/docs/resources/channel
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from disruption.rest.checks import at_most, between
from disruption.rest.core import RestCore
from disruption.rest.payload import ids, put
from disruption.rest.route import Route, SnowflakeLike, snowflake
from disruption.types import UNSET, Channel, Unset

if TYPE_CHECKING:
    from disruption.types.core.base import Model

__all__ = ["ChannelRoutes"]

_GET = Route("GET", "/channels/{channel_id}")
_MODIFY = Route("PATCH", "/channels/{channel_id}")
_DELETE = Route("DELETE", "/channels/{channel_id}")
_TYPING = Route("POST", "/channels/{channel_id}/typing", repeatable=True)


class ChannelRoutes(RestCore):
    """Channels."""

    def get_channel(self, channel_id: SnowflakeLike, *, timeout: float | None = None) -> Channel:
        """Get a channel, thread or DM.

        Raises:
            NotFound: There is no such channel.

        See https://discord.com/developers/docs/resources/channel#get-channel
        """
        return self._fetch(Channel, _GET(channel_id), timeout=timeout)

    def modify_channel(
        self,
        channel_id: SnowflakeLike,
        *,
        name: str | Unset = UNSET,
        icon: str | Unset | None = UNSET,
        type: int | Unset = UNSET,
        position: int | Unset | None = UNSET,
        topic: str | Unset | None = UNSET,
        nsfw: bool | Unset | None = UNSET,
        rate_limit_per_user: int | Unset | None = UNSET,
        bitrate: int | Unset | None = UNSET,
        user_limit: int | Unset | None = UNSET,
        permission_overwrites: Sequence[Model | Mapping[str, Any]] | Unset | None = UNSET,
        parent_id: SnowflakeLike | Unset | None = UNSET,
        rtc_region: str | Unset | None = UNSET,
        video_quality_mode: int | Unset | None = UNSET,
        default_auto_archive_duration: int | Unset | None = UNSET,
        flags: int | Unset = UNSET,
        available_tags: Sequence[Model | Mapping[str, Any]] | Unset = UNSET,
        default_reaction_emoji: Model | Mapping[str, Any] | Unset | None = UNSET,
        default_thread_rate_limit_per_user: int | Unset = UNSET,
        default_sort_order: int | Unset | None = UNSET,
        default_forum_layout: int | Unset = UNSET,
        archived: bool | Unset = UNSET,
        auto_archive_duration: int | Unset = UNSET,
        locked: bool | Unset = UNSET,
        invitable: bool | Unset = UNSET,
        applied_tags: Sequence[SnowflakeLike] | Unset = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> Channel:
        """Change a channel or a thread; what is not given stays, None clears.

        Args:
            channel_id: Which one.
            name: 1 to 100 characters.
            icon: A data URI of an image (group DMs).
            type: From text to announcement and back.
            position: Its place in the list.
            topic: At most 1024 characters, 4096 in forums and media channels.
            nsfw: Age-restricted.
            rate_limit_per_user: Slow mode in seconds, at most 21600.
            bitrate: Bits a second (voice and stage).
            user_limit: How many can connect (voice and stage).
            permission_overwrites: All of them.
            parent_id: The category.
            rtc_region: The voice region, None for automatic.
            video_quality_mode: The camera's quality (voice and stage).
            default_auto_archive_duration: Minutes, for new threads.
            flags: REQUIRE_TAG, HIDE_MEDIA_DOWNLOAD_OPTIONS; PINNED for threads of forums.
            available_tags: At most 20 (forums and media channels).
            default_reaction_emoji: For the button to react (forums and media channels).
            default_thread_rate_limit_per_user: Slow mode of new threads.
            default_sort_order: How posts are ordered (forums and media channels).
            default_forum_layout: How posts are shown (forums).
            archived: Whether the thread is archived.
            auto_archive_duration: Minutes (threads): 60, 1440, 4320 or 10080.
            locked: Whether only MANAGE_THREADS can open the thread again.
            invitable: Whether non-moderators can add others (private threads).
            applied_tags: At most 5 (threads of forums and media channels).
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.
            Forbidden: MANAGE_CHANNELS or MANAGE_THREADS is missing.

        See https://discord.com/developers/docs/resources/channel#modify-channel
        """
        at_most("name", name or None, 100, least=1)
        at_most("topic", topic or None, 4096)
        between("rate_limit_per_user", rate_limit_per_user or None, 0, 21600)
        body: dict[str, Any] = {}
        put(
            body,
            name=name,
            icon=icon,
            type=type,
            position=position,
            topic=topic,
            nsfw=nsfw,
            rate_limit_per_user=rate_limit_per_user,
            bitrate=bitrate,
            user_limit=user_limit,
            permission_overwrites=permission_overwrites,
            rtc_region=rtc_region,
            video_quality_mode=video_quality_mode,
            default_auto_archive_duration=default_auto_archive_duration,
            flags=flags,
            available_tags=available_tags,
            default_reaction_emoji=default_reaction_emoji,
            default_thread_rate_limit_per_user=default_thread_rate_limit_per_user,
            default_sort_order=default_sort_order,
            default_forum_layout=default_forum_layout,
            archived=archived,
            auto_archive_duration=auto_archive_duration,
            locked=locked,
            invitable=invitable,
        )
        if not isinstance(parent_id, Unset):
            body["parent_id"] = (
                None if parent_id is None else str(snowflake(parent_id, "parent_id"))
            )
        if not isinstance(applied_tags, Unset):
            body["applied_tags"] = ids(applied_tags, "applied_tags")
        return self._fetch(Channel, _MODIFY(channel_id), body, reason=reason, timeout=timeout)

    def delete_channel(
        self,
        channel_id: SnowflakeLike,
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Delete a channel or thread, or close a DM.

        Raises:
            Forbidden: MANAGE_CHANNELS or MANAGE_THREADS is missing.

        See https://discord.com/developers/docs/resources/channel#deleteclose-channel
        """
        self._do(_DELETE(channel_id), reason=reason, timeout=timeout)

    def trigger_typing_indicator(
        self, channel_id: SnowflakeLike, *, timeout: float | None = None
    ) -> None:
        """Show the bot as typing, for ten seconds or until it sends a message.

        See https://discord.com/developers/docs/resources/channel#trigger-typing-indicator
        """
        self._do(_TYPING(channel_id), timeout=timeout)
