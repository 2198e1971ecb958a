"""What can be done with channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import InvalidArgument
from ..core.unset import UNSET, Unset
from .owner import guild_of
from .sending import SendVerbs
from .thread import ThreadVerbs

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ...rest.images import FileSource
    from ...rest.route import SnowflakeLike
    from ..channel import Channel, FollowedChannel
    from ..invite import Invite
    from ..webhook import Webhook
    from .options import ChannelEdits, InviteOptions

__all__ = ["ChannelVerbs"]

# What a copy of a channel has of the original, besides its name and kind.
_COPIED = (
    "topic",
    "parent_id",
    "position",
    "permission_overwrites",
    "nsfw",
    "rate_limit_per_user",
    "bitrate",
    "user_limit",
    "rtc_region",
    "video_quality_mode",
    "default_auto_archive_duration",
    "default_reaction_emoji",
    "available_tags",
    "default_sort_order",
    "default_forum_layout",
    "default_thread_rate_limit_per_user",
    "flags",
)


class ChannelVerbs(SendVerbs, ThreadVerbs):
    """What can be done with channels."""

    def fetch(self) -> Channel:
        """Ask Discord for the channel as it is now.

        See https://discord.com/developers/docs/resources/channel#get-channel
        """
        return self._bound().rest.get_channel(self.id)

    def edit(self, **changes: Unpack[ChannelEdits]) -> Channel:
        """Change the channel or thread; what is not given stays, None clears.

        Args:
            changes: As `Rest.modify_channel` takes them: name, topic, nsfw,
                rate_limit_per_user, archived, locked, …, reason.

        See https://discord.com/developers/docs/resources/channel#modify-channel
        """
        return self._bound().rest.modify_channel(self.id, **changes)

    def delete(self, *, reason: str | None = None) -> None:
        """Delete the channel or thread, or close the direct messages.

        Args:
            reason: Shown in the audit log, at most 512 characters.

        See https://discord.com/developers/docs/resources/channel#deleteclose-channel
        """
        self._bound().rest.delete_channel(self.id, reason=reason)

    def clone(self, name: str | None = None, *, reason: str | None = None) -> Channel:
        """Make a channel like this one, without its messages.

        Args:
            name: Its name; by default this one's.
            reason: Shown in the audit log, at most 512 characters.

        Raises:
            Forbidden: MANAGE_CHANNELS is missing.

        See https://discord.com/developers/docs/resources/guild#create-guild-channel
        """
        rest = self._bound().rest
        original = rest.get_channel(self.id)
        settings = {}
        for field in _COPIED:
            value = getattr(original, field)
            if value is not None and value is not UNSET:
                settings[field] = value
        if settings.get("available_tags"):
            # The copy's tags get ids of their own.
            settings["available_tags"] = [
                {
                    "name": tag.name,
                    "moderated": tag.moderated,
                    "emoji_id": None if tag.emoji_id is None else str(tag.emoji_id),
                    "emoji_name": tag.emoji_name,
                }
                for tag in settings["available_tags"]
            ]
        return rest.create_guild_channel(
            guild_of(original),
            name=name or original.name or "channel",
            type=original.type,
            reason=reason,
            **settings,
        )

    def move(
        self,
        *,
        before: SnowflakeLike | None = None,
        after: SnowflakeLike | None = None,
        first: bool = False,
        last: bool = False,
        category: SnowflakeLike | Unset | None = UNSET,
        sync_permissions: bool | None = None,
    ) -> None:
        """Let the channel stand somewhere else; give one of before, after, first and last.

        Args:
            before: Just above this channel.
            after: Just below this channel.
            first: At the beginning of its category.
            last: At the end of its category.
            category: Into this category, None for none; by default that of `before` or
                `after`, else its own.
            sync_permissions: Let it have the category's permissions.

        Raises:
            InvalidArgument: Not one place is given, or the channel cannot stand there.
            Forbidden: MANAGE_CHANNELS is missing.

        See https://discord.com/developers/docs/resources/guild#modify-guild-channel-positions
        """
        from ...rest.moving import moved
        from ...rest.route import snowflake

        rest = self._bound().rest
        guild_id = guild_of(self)
        told = moved(
            rest.get_guild_channels(guild_id),
            self.id,
            before=None if before is None else snowflake(before, "before"),
            after=None if after is None else snowflake(after, "after"),
            first=first,
            last=last,
            category=(
                category
                if category is None or isinstance(category, Unset)
                else snowflake(category, "category")
            ),
            sync_permissions=sync_permissions,
        )
        rest.modify_guild_channel_positions(guild_id, told)

    # Permissions -----------------------------------------------------------------------

    def set_permissions(
        self,
        target: SnowflakeLike,
        *,
        allow: int = 0,
        deny: int = 0,
        type: int | None = None,
        reason: str | None = None,
    ) -> None:
        """Set what a role or a member may and may not do here, in place of what was set.

        Args:
            target: A role, a member or a user; an id only together with `type`.
            allow: `Permissions` that are given.
            deny: `Permissions` that are taken.
            type: `OverwriteType`, where the target does not tell.
            reason: Shown in the audit log, at most 512 characters.

        Raises:
            InvalidArgument: A permission is both given and taken, or the type is not known.
            Forbidden: MANAGE_ROLES is missing, or the bot does not have a permission itself.

        See https://discord.com/developers/docs/resources/channel#edit-channel-permissions
        """
        self._bound().rest.edit_channel_permissions(
            self.id,
            target,
            type=_kind_of(target) if type is None else type,
            allow=allow,
            deny=deny,
            reason=reason,
        )

    def clear_permissions(self, target: SnowflakeLike, *, reason: str | None = None) -> None:
        """Let a role or a member have again what it has in the category or the guild.

        See https://discord.com/developers/docs/resources/channel#delete-channel-permission
        """
        self._bound().rest.delete_channel_permission(self.id, target, reason=reason)

    # Around it -------------------------------------------------------------------------

    def create_invite(self, **options: Unpack[InviteOptions]) -> Invite:
        """Make an invite to the channel.

        Args:
            options: As `Rest.create_channel_invite` takes them: max_age, max_uses, temporary,
                unique, target_users, role_ids, …, reason.

        See https://discord.com/developers/docs/resources/channel#create-channel-invite
        """
        return self._bound().rest.create_channel_invite(self.id, **options)

    def fetch_invites(self) -> list[Invite]:
        """Ask Discord for the invites to the channel.

        See https://discord.com/developers/docs/resources/channel#get-channel-invites
        """
        return self._bound().rest.get_channel_invites(self.id)

    def create_webhook(
        self, name: str, *, avatar: FileSource | None = None, reason: str | None = None
    ) -> Webhook:
        """Make a webhook that sends to the channel.

        Args:
            name: 1 to 80 characters, without "clyde" and "discord".
            avatar: An image: a path, bytes or an open file.
            reason: Shown in the audit log, at most 512 characters.

        See https://discord.com/developers/docs/resources/webhook#create-webhook
        """
        rest = self._bound().rest
        return rest.create_webhook(self.id, name=name, avatar=avatar, reason=reason)

    def fetch_webhooks(self) -> list[Webhook]:
        """Ask Discord for the channel's webhooks.

        See https://discord.com/developers/docs/resources/webhook#get-channel-webhooks
        """
        return self._bound().rest.get_channel_webhooks(self.id)

    def follow_in(self, channel: SnowflakeLike, *, reason: str | None = None) -> FollowedChannel:
        """Let what is published in this announcement channel come to another one.

        See https://discord.com/developers/docs/resources/channel#follow-announcement-channel
        """
        rest = self._bound().rest
        return rest.follow_announcement_channel(self.id, webhook_channel_id=channel, reason=reason)

    def set_status(self, status: str | None, *, reason: str | None = None) -> None:
        """Set the status under the voice channel; None removes it.

        See https://discord.com/developers/docs/resources/channel#set-voice-channel-status
        """
        self._bound().rest.set_voice_channel_status(self.id, status=status, reason=reason)


def _kind_of(target: object) -> int:
    """Return the type of an overwrite for a role or a member."""
    from ..permissions import PartialRole
    from ..user import PartialUser
    from .member import MemberVerbs

    if isinstance(target, PartialRole):
        return 0
    if isinstance(target, PartialUser | MemberVerbs):
        return 1
    raise InvalidArgument(
        f"say with type= whether {target!r:.60} is a role (0) or a member (1): an id does not tell"
    )
