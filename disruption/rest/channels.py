"""Channels; threads are in `threads.py`.

See https://discord.com/developers/docs/resources/channel
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

from disruption.errors import InvalidArgument
from disruption.rest.checks import integer, needs
from disruption.rest.core import RestCore
from disruption.rest.fields import (
    Duration,
    at_most_items,
    put_id,
    put_ids,
    put_image,
    put_number,
    put_seconds,
    put_text,
)
from disruption.rest.images import FileSource
from disruption.rest.invites import Targets, targets_file
from disruption.rest.multipart import Multipart
from disruption.rest.payload import put
from disruption.rest.route import Route, SnowflakeLike, snowflake
from disruption.rest.threads import put_archive
from disruption.types import UNSET, Channel, FollowedChannel, Invite, Unset

if TYPE_CHECKING:
    from disruption.types.core.base import Model

__all__ = ["ChannelRoutes"]

_CHANNEL: Final = "/channels/{channel_id}"
_OVERWRITE: Final = _CHANNEL + "/permissions/{overwrite_id}"
_RECIPIENT: Final = _CHANNEL + "/recipients/{user_id}"

_GET = Route("GET", _CHANNEL)
_MODIFY = Route("PATCH", _CHANNEL)
_DELETE = Route("DELETE", _CHANNEL)
_VOICE_STATUS = Route("PUT", _CHANNEL + "/voice-status")
_EDIT_OVERWRITE = Route("PUT", _OVERWRITE)
_DELETE_OVERWRITE = Route("DELETE", _OVERWRITE)
_INVITES = Route("GET", _CHANNEL + "/invites")
_CREATE_INVITE = Route("POST", _CHANNEL + "/invites")
_FOLLOW = Route("POST", _CHANNEL + "/followers")
_TYPING = Route("POST", _CHANNEL + "/typing", repeatable=True)
_ADD_RECIPIENT = Route("PUT", _RECIPIENT)
_REMOVE_RECIPIENT = Route("DELETE", _RECIPIENT)

_SLOW_MODE: Final = 21_600  # seconds
# Discord's documentation says 7 days, its server takes 60.
_INVITE_AGE: Final = 5_184_000  # seconds


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
        icon: FileSource | Unset | None = UNSET,
        type: int | Unset = UNSET,
        position: int | Unset | None = UNSET,
        topic: str | Unset | None = UNSET,
        nsfw: bool | Unset | None = UNSET,
        rate_limit_per_user: Duration | Unset | None = UNSET,
        bitrate: int | Unset | None = UNSET,
        user_limit: int | Unset | None = UNSET,
        permission_overwrites: Sequence[Model | Mapping[str, Any]] | Unset | None = UNSET,
        parent_id: SnowflakeLike | Unset | None = UNSET,
        rtc_region: str | Unset | None = UNSET,
        video_quality_mode: int | Unset | None = UNSET,
        default_auto_archive_duration: Duration | Unset | None = UNSET,
        flags: int | Unset = UNSET,
        available_tags: Sequence[Model | Mapping[str, Any]] | Unset = UNSET,
        default_reaction_emoji: Model | Mapping[str, Any] | Unset | None = UNSET,
        default_thread_rate_limit_per_user: Duration | Unset = UNSET,
        default_sort_order: int | Unset | None = UNSET,
        default_forum_layout: int | Unset = UNSET,
        default_tag_setting: str | Unset | None = UNSET,
        archived: bool | Unset = UNSET,
        auto_archive_duration: Duration | Unset = UNSET,
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
            icon: An image: a path, bytes or an open file (group DMs).
            type: From text to announcement and back.
            position: Its place in the list.
            topic: At most 1024 characters, 4096 in forums and media channels.
            nsfw: Age-restricted.
            rate_limit_per_user: Slow mode in seconds (or a timedelta), at most six hours.
            bitrate: Bits a second, at least 8000 (voice and stage).
            user_limit: How many can connect, 0 for all (voice and stage).
            permission_overwrites: All of them, at most 100.
            parent_id: The category.
            rtc_region: The voice region, None for automatic.
            video_quality_mode: The camera's quality (voice and stage).
            default_auto_archive_duration: For new threads; as `auto_archive_duration`.
            flags: REQUIRE_TAG, HIDE_MEDIA_DOWNLOAD_OPTIONS; PINNED for threads of forums.
            available_tags: At most 20 (forums and media channels).
            default_reaction_emoji: For the button to react (forums and media channels).
            default_thread_rate_limit_per_user: Slow mode of new threads.
            default_sort_order: How posts are ordered (forums and media channels).
            default_forum_layout: How posts are shown (forums).
            default_tag_setting: Whether posts must have all tags that are looked for
                (``match_all``) or one (``match_some``).
            archived: Whether the thread is archived.
            auto_archive_duration: Minutes (60, 1440, 4320 or 10080) or a timedelta (threads).
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
        body: dict[str, Any] = {}
        put_text(body, "name", name, 100, least=1)
        put_image(body, "icon", icon)
        put_number(body, "position", position, 0, 2**31 - 1)
        put_text(body, "topic", topic, 4096)
        put_seconds(body, "rate_limit_per_user", rate_limit_per_user, 0, _SLOW_MODE)
        put_number(body, "bitrate", bitrate, 8000, 2**31 - 1)
        put_number(body, "user_limit", user_limit, 0, 10_000)
        put_id(body, "parent_id", parent_id)
        put_archive(body, "default_auto_archive_duration", default_auto_archive_duration)
        put_archive(body, "auto_archive_duration", auto_archive_duration)
        put_seconds(
            body,
            "default_thread_rate_limit_per_user",
            default_thread_rate_limit_per_user,
            0,
            _SLOW_MODE,
        )
        put_ids(body, "applied_tags", applied_tags, 5)
        for title, listed, most in (
            ("permission_overwrites", permission_overwrites, 100),
            ("available_tags", available_tags, 20),
        ):
            at_most_items(title, listed, most)
        put(
            body,
            type=type,
            nsfw=nsfw,
            permission_overwrites=permission_overwrites,
            rtc_region=rtc_region,
            video_quality_mode=video_quality_mode,
            flags=flags,
            available_tags=available_tags,
            default_reaction_emoji=default_reaction_emoji,
            default_sort_order=default_sort_order,
            default_forum_layout=default_forum_layout,
            default_tag_setting=default_tag_setting,
            archived=archived,
            locked=locked,
            invitable=invitable,
        )
        return self._fetch(Channel, _MODIFY(channel_id), body, reason=reason, timeout=timeout)

    def set_voice_channel_status(
        self,
        channel_id: SnowflakeLike,
        *,
        status: str | None,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Set the status that is shown under a voice channel.

        Args:
            channel_id: Which one.
            status: At most 500 characters; None removes it.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            Forbidden: SET_VOICE_CHANNEL_STATUS is missing, or, where the bot is not
                connected to the channel, MANAGE_CHANNELS.

        See https://discord.com/developers/docs/resources/channel#set-voice-channel-status
        """
        body: dict[str, Any] = {}
        put_text(body, "status", status, 500)
        self._do(_VOICE_STATUS(channel_id), body, reason=reason, timeout=timeout)

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

    def edit_channel_permissions(
        self,
        channel_id: SnowflakeLike,
        overwrite_id: SnowflakeLike,
        *,
        type: int,
        allow: int = 0,
        deny: int = 0,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Set what a role or a member may and may not do in a channel.

        Args:
            channel_id: Which channel.
            overwrite_id: The role or the user.
            type: `OverwriteType`: 0 for a role, 1 for a member.
            allow: `Permissions` that are given.
            deny: `Permissions` that are taken.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A permission is both given and taken.
            Forbidden: MANAGE_ROLES is missing, or the bot does not have a permission itself.

        See https://discord.com/developers/docs/resources/channel#edit-channel-permissions
        """
        given, taken = integer("allow", allow), integer("deny", deny)
        if given & taken:
            raise InvalidArgument(
                f"allow and deny must have no permission in common: {given & taken:#x}"
            )
        body = {"type": integer("type", type), "allow": str(given), "deny": str(taken)}
        target = _EDIT_OVERWRITE(channel_id, overwrite_id)
        self._do(target, body, reason=reason, timeout=timeout)

    def delete_channel_permission(
        self,
        channel_id: SnowflakeLike,
        overwrite_id: SnowflakeLike,
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Let a role or a member have again what it has in the category or the guild.

        See https://discord.com/developers/docs/resources/channel#delete-channel-permission
        """
        self._do(_DELETE_OVERWRITE(channel_id, overwrite_id), reason=reason, timeout=timeout)

    def get_channel_invites(
        self, channel_id: SnowflakeLike, *, timeout: float | None = None
    ) -> list[Invite]:
        """Get the invites to a channel.

        Raises:
            Forbidden: MANAGE_CHANNELS is missing.

        See https://discord.com/developers/docs/resources/channel#get-channel-invites
        """
        return self._fetch(list[Invite], _INVITES(channel_id), timeout=timeout)

    def create_channel_invite(
        self,
        channel_id: SnowflakeLike,
        *,
        max_age: Duration | Unset = UNSET,
        max_uses: int | Unset = UNSET,
        temporary: bool | Unset = UNSET,
        unique: bool | Unset = UNSET,
        target_type: int | Unset = UNSET,
        target_user_id: SnowflakeLike | Unset = UNSET,
        target_application_id: SnowflakeLike | Unset = UNSET,
        target_users: Targets | None = None,
        role_ids: Sequence[SnowflakeLike] | Unset = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> Invite:
        """Make an invite to a channel.

        Args:
            channel_id: Which one.
            max_age: Seconds (or a timedelta) until it ends, 0 for never; a day by default.
            max_uses: How often it can be used, at most 100, 0 for any number of times.
            temporary: Whether who comes through it leaves when they disconnect.
            unique: Make a new one even where one of the same kind exists.
            target_type: `InviteTargetType`, of an invite to a voice channel.
            target_user_id: Whose stream to show (with STREAM).
            target_application_id: Which activity to open (with EMBEDDED_APPLICATION).
            target_users: Who alone may use it: ids or users, or a CSV `File`.
            role_ids: Roles that those who come get.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed, or what belongs to `target_type` is missing.
            Forbidden: CREATE_INSTANT_INVITE is missing, or MANAGE_ROLES for `role_ids`.

        See https://discord.com/developers/docs/resources/channel#create-channel-invite
        """
        needs("target_type=1", target_type == 1, target_user_id=target_user_id)
        needs("target_type=2", target_type == 2, target_application_id=target_application_id)
        body: dict[str, Any] = {}
        put_seconds(body, "max_age", max_age, 0, _INVITE_AGE)
        put_number(body, "max_uses", max_uses, 0, 100)
        put(body, temporary=temporary, unique=unique, target_type=target_type)
        put_id(body, "target_user_id", target_user_id)
        put_id(body, "target_application_id", target_application_id)
        put_ids(body, "role_ids", role_ids, 250)
        form: object = body
        if target_users is not None:
            form = Multipart(
                msgspec.json.encode(body), [targets_file(target_users)], names=["target_users_file"]
            )
        return self._fetch(Invite, _CREATE_INVITE(channel_id), form, reason=reason, timeout=timeout)

    def follow_announcement_channel(
        self,
        channel_id: SnowflakeLike,
        *,
        webhook_channel_id: SnowflakeLike,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> FollowedChannel:
        """Let what is published in an announcement channel come to another one.

        Args:
            channel_id: The announcement channel.
            webhook_channel_id: Where its messages are to come.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            Forbidden: MANAGE_WEBHOOKS is missing in the target channel.

        See https://discord.com/developers/docs/resources/channel#follow-announcement-channel
        """
        body = {"webhook_channel_id": str(snowflake(webhook_channel_id, "webhook_channel_id"))}
        return self._fetch(
            FollowedChannel, _FOLLOW(channel_id), body, reason=reason, timeout=timeout
        )

    def trigger_typing_indicator(
        self, channel_id: SnowflakeLike, *, timeout: float | None = None
    ) -> None:
        """Show the bot as typing, for ten seconds or until it sends a message.

        See https://discord.com/developers/docs/resources/channel#trigger-typing-indicator
        """
        self._do(_TYPING(channel_id), timeout=timeout)

    def group_dm_add_recipient(
        self,
        channel_id: SnowflakeLike,
        user_id: SnowflakeLike,
        *,
        access_token: str,
        nick: str | Unset = UNSET,
        timeout: float | None = None,
    ) -> None:
        """Add somebody to a group DM.

        Args:
            channel_id: The group DM.
            user_id: Whom.
            access_token: Theirs, with the scope ``gdm.join``.
            nick: Their nickname in it.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/channel#group-dm-add-recipient
        """
        body: dict[str, Any] = {"access_token": access_token}
        put(body, nick=nick)
        self._do(_ADD_RECIPIENT(channel_id, user_id), body, timeout=timeout)

    def group_dm_remove_recipient(
        self, channel_id: SnowflakeLike, user_id: SnowflakeLike, *, timeout: float | None = None
    ) -> None:
        """Remove somebody from a group DM.

        See https://discord.com/developers/docs/resources/channel#group-dm-remove-recipient
        """
        self._do(_REMOVE_RECIPIENT(channel_id, user_id), timeout=timeout)
