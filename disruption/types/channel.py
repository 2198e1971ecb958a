"""Channel.

The types of https://discord.com/developers/docs/resources/channel
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .core.base import Model, handle, model
from .core.enums import OpenFlag, OpenIntEnum
from .core.snowflake import Snowflake
from .core.timestamp import Timestamp
from .core.unset import UNSET, Unset
from .member import GuildMember
from .permissions import Permissions
from .user import PartialUser, User
from .verbs.channel import ChannelVerbs

if TYPE_CHECKING:
    from ..rest.route import SnowflakeLike
    from .cdn import Asset
    from .guild import PartialGuild
    from .message import PartialMessage
    from .stage_instance import StageInstance

__all__ = [
    "AnnouncementChannel",
    "CategoryChannel",
    "Channel",
    "ChannelFlags",
    "ChannelType",
    "DMChannel",
    "DefaultReaction",
    "DirectoryChannel",
    "FollowedChannel",
    "ForumChannel",
    "ForumLayoutType",
    "ForumTag",
    "GroupDMChannel",
    "MediaChannel",
    "Overwrite",
    "OverwriteType",
    "PartialChannel",
    "SortOrderType",
    "StageChannel",
    "TextChannel",
    "Thread",
    "ThreadMember",
    "ThreadMetadata",
    "VideoQualityMode",
    "VoiceChannel",
]


class ChannelType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/channel#channel-object"""

    GUILD_TEXT = 0
    DM = 1
    GUILD_VOICE = 2
    GROUP_DM = 3
    GUILD_CATEGORY = 4
    GUILD_ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    GUILD_STAGE_VOICE = 13
    GUILD_DIRECTORY = 14
    GUILD_FORUM = 15
    GUILD_MEDIA = 16


class VideoQualityMode(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/channel#channel-object"""

    AUTO = 1
    FULL = 2


class ChannelFlags(OpenFlag):
    """See https://discord.com/developers/docs/resources/channel#channel-object"""

    NONE = 0
    PINNED = 1 << 1
    REQUIRE_TAG = 1 << 4
    HIDE_MEDIA_DOWNLOAD_OPTIONS = 1 << 15
    IS_SPOILER_CHANNEL = 1 << 21


class SortOrderType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/channel#channel-object"""

    LATEST_ACTIVITY = 0
    CREATION_DATE = 1


class ForumLayoutType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/channel#channel-object"""

    NOT_SET = 0
    LIST_VIEW = 1
    GALLERY_VIEW = 2


class OverwriteType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/channel#overwrite-object"""

    ROLE = 0
    MEMBER = 1


@model
class PartialChannel(ChannelVerbs):
    """The part of a channel that is known; what is not is None.

    See https://discord.com/developers/docs/resources/channel#channel-object
    """

    type: ChannelType | None = None
    guild_id: Snowflake | None = None
    position: int | None = None
    permission_overwrites: list[Overwrite] | None = None
    name: str | Unset | None = UNSET
    topic: str | Unset | None = UNSET
    nsfw: bool | None = None
    last_message_id: Snowflake | Unset | None = UNSET
    bitrate: int | None = None
    user_limit: int | None = None
    rate_limit_per_user: int | None = None
    recipients: list[PartialUser] | None = None
    icon: str | Unset | None = UNSET
    owner_id: Snowflake | None = None
    application_id: Snowflake | Unset | None = UNSET
    managed: bool | None = None
    parent_id: Snowflake | Unset | None = UNSET
    last_pin_timestamp: Timestamp | Unset | None = UNSET
    rtc_region: str | Unset | None = UNSET
    video_quality_mode: VideoQualityMode | None = None
    message_count: int | None = None
    member_count: int | None = None
    thread_metadata: ThreadMetadata | None = None
    member: ThreadMember | None = None
    default_auto_archive_duration: int | None = None
    permissions: Permissions | None = None
    app_permissions: Permissions | None = None
    flags: ChannelFlags | None = None
    total_message_sent: int | None = None
    available_tags: list[ForumTag] | None = None
    applied_tags: list[Snowflake] | None = None
    default_reaction_emoji: DefaultReaction | Unset | None = UNSET
    default_thread_rate_limit_per_user: int | None = None
    default_sort_order: SortOrderType | Unset | None = UNSET
    default_forum_layout: ForumLayoutType | None = None
    default_tag_setting: str | Unset | None = UNSET

    def __str__(self) -> str:
        """Return the name."""
        return self.name or str(self.id)

    @property
    def mention(self) -> str:
        """The text that shows as a link to it."""
        return f"<#{self.id}>"

    @property
    def jump_url(self) -> str:
        """The link that opens it in Discord."""
        return f"https://discord.com/channels/{self.guild_id or '@me'}/{self.id}"

    @property
    def icon_asset(self) -> Asset | None:
        """The icon of a group of direct messages, where there is one."""
        from . import cdn

        return cdn.channel_icon(self.id, self.icon) if self.icon else None

    @property
    def guild(self) -> PartialGuild | None:
        """The guild it belongs to, as a handle; None in direct messages or where not known."""
        from .guild import PartialGuild

        if self.guild_id is None:
            return None
        return handle(PartialGuild, self, id=self.guild_id)

    def message(self, message_id: int) -> PartialMessage:
        """Return a handle of one of its messages; no request is made."""
        from .message import PartialMessage

        return handle(
            PartialMessage, self, id=message_id, channel_id=self.id, guild_id=self.guild_id
        )


@model
class Channel(PartialChannel):
    """Channel.

    See https://discord.com/developers/docs/resources/channel#channel-object
    """

    type: ChannelType
    # Of an invite's channel only their names are told; nobody appends to what was received.
    recipients: list[User] | None = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        kind = CHANNEL_KINDS.get(self.type)
        if kind is not None:
            cls = type(self)
            self.__class__ = kind if cls is Channel else _kind_of_event(cls, kind)


@model
class TextChannel(Channel):
    """A text channel of a guild."""


@model
class DMChannel(Channel):
    """A direct message."""


@model
class VoiceChannel(Channel):
    """A voice channel."""


@model
class GroupDMChannel(Channel):
    """A direct message of several people."""

    def add_recipient(
        self, user: SnowflakeLike, *, access_token: str, nick: str | Unset = UNSET
    ) -> None:
        """Add a user who allowed it.

        Args:
            user: Who.
            access_token: The user's OAuth2 token, with the scope ``gdm.join``.
            nick: What they are called there.

        See https://discord.com/developers/docs/resources/channel#group-dm-add-recipient
        """
        self._bound().rest.group_dm_add_recipient(
            self.id, user, access_token=access_token, nick=nick
        )

    def remove_recipient(self, user: SnowflakeLike) -> None:
        """Remove somebody.

        See https://discord.com/developers/docs/resources/channel#group-dm-remove-recipient
        """
        self._bound().rest.group_dm_remove_recipient(self.id, user)


@model
class CategoryChannel(Channel):
    """A category of channels."""


@model
class AnnouncementChannel(Channel):
    """A channel whose messages other guilds can follow."""


@model
class StageChannel(Channel):
    """A stage."""

    def start_stage(
        self,
        topic: str,
        *,
        send_start_notification: bool = False,
        guild_scheduled_event_id: int | None = None,
        reason: str | None = None,
    ) -> StageInstance:
        """Make the stage live.

        Args:
            topic: 1 to 120 characters.
            send_start_notification: Ping everybody; needs MENTION_EVERYONE.
            guild_scheduled_event_id: The event that it belongs to.
            reason: Shown in the audit log, at most 512 characters.

        Raises:
            Forbidden: MANAGE_CHANNELS, MUTE_MEMBERS or MOVE_MEMBERS is missing in it.

        See https://discord.com/developers/docs/resources/stage-instance#create-stage-instance
        """
        event_id = guild_scheduled_event_id
        return self._bound().rest.create_stage_instance(
            self.id,
            topic=topic,
            send_start_notification=send_start_notification,
            guild_scheduled_event_id=UNSET if event_id is None else event_id,
            reason=reason,
        )

    def fetch_stage(self) -> StageInstance:
        """Ask Discord for what is live on the stage.

        Raises:
            NotFound: The stage is not live.

        See https://discord.com/developers/docs/resources/stage-instance#get-stage-instance
        """
        return self._bound().rest.get_stage_instance(self.id)


@model
class DirectoryChannel(Channel):
    """A hub's list of guilds."""


@model
class ForumChannel(Channel):
    """A channel of threads only."""


@model
class MediaChannel(Channel):
    """A channel of threads with media."""


@model
class Thread(Channel):
    """A thread: announcement, public or private."""


@model
class FollowedChannel(Model):
    """Followed Channel.

    See https://discord.com/developers/docs/resources/channel#followed-channel-object
    """

    channel_id: Snowflake
    webhook_id: Snowflake


@model
class Overwrite(Model):
    """Overwrite.

    See https://discord.com/developers/docs/resources/channel#overwrite-object
    """

    id: Snowflake
    type: OverwriteType
    allow: Permissions
    deny: Permissions


@model
class ThreadMetadata(Model):
    """Thread Metadata.

    See https://discord.com/developers/docs/resources/channel#thread-metadata-object
    """

    archived: bool
    auto_archive_duration: int
    archive_timestamp: Timestamp | None
    locked: bool
    invitable: bool | None = None
    create_timestamp: Timestamp | Unset | None = UNSET


@model
class ThreadMember(Model):
    """Thread Member.

    See https://discord.com/developers/docs/resources/channel#thread-member-object
    """

    id: Snowflake | None = None
    user_id: Snowflake | None = None
    join_timestamp: Timestamp
    flags: int
    member: GuildMember | None = None


@model
class DefaultReaction(Model):
    """Default Reaction.

    See https://discord.com/developers/docs/resources/channel#default-reaction-object
    """

    emoji_id: Snowflake | None
    emoji_name: str | None


@model
class ForumTag(Model):
    """Forum Tag.

    See https://discord.com/developers/docs/resources/channel#forum-tag-object
    """

    id: Snowflake
    name: str
    moderated: bool
    emoji_id: Snowflake | None
    emoji_name: str | None


CHANNEL_KINDS: dict[int, type[Channel]] = {
    ChannelType.GUILD_TEXT: TextChannel,
    ChannelType.DM: DMChannel,
    ChannelType.GUILD_VOICE: VoiceChannel,
    ChannelType.GROUP_DM: GroupDMChannel,
    ChannelType.GUILD_CATEGORY: CategoryChannel,
    ChannelType.GUILD_ANNOUNCEMENT: AnnouncementChannel,
    ChannelType.GUILD_STAGE_VOICE: StageChannel,
    ChannelType.GUILD_DIRECTORY: DirectoryChannel,
    ChannelType.GUILD_FORUM: ForumChannel,
    ChannelType.GUILD_MEDIA: MediaChannel,
    ChannelType.ANNOUNCEMENT_THREAD: Thread,
    ChannelType.PUBLIC_THREAD: Thread,
    ChannelType.PRIVATE_THREAD: Thread,
}
"""The class of each type of channel."""

_events: dict[tuple[type[Channel], type[Channel]], type[Channel]] = {}


def _kind_of_event(cls: type[Channel], kind: type[Channel]) -> type[Channel]:
    """Return the class of a `ChannelCreate` that is a `TextChannel` too, made once."""
    if issubclass(cls, kind) or cls in CHANNEL_KINDS.values():
        return cls
    made = _events.get((cls, kind))
    if made is None:

        def reduce(self: Channel) -> Any:
            return _restore, (cls, kind, self.__getstate__())

        body = {"__module__": cls.__module__, "__reduce__": reduce}
        made = _events.setdefault((cls, kind), type(cls.__name__, (cls, kind), body))
    return made


def _restore(cls: type[Channel], kind: type[Channel], state: dict[str, Any]) -> Channel:
    channel = object.__new__(_kind_of_event(cls, kind))
    channel.__setstate__(state)
    return channel
