"""Message.

The types of https://discord.com/developers/docs/resources/message
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .application import PartialApplication
from .attachment import Attachment
from .channel import Channel, PartialChannel
from .components import AnyComponent
from .core.base import Model, handle, model
from .core.enums import OpenFlag, OpenIntEnum
from .core.snowflake import Snowflake
from .core.timestamp import Timestamp
from .core.unset import UNSET, Unset
from .embed import Embed
from .emoji import Emoji
from .guild import PartialGuild
from .interaction_metadata import AnyInteractionMetadata, MessageInteraction
from .member import GuildMember
from .permissions import Role
from .poll import Poll
from .sticker import Sticker, StickerItem
from .user import User
from .verbs.message import MessageVerbs

if TYPE_CHECKING:
    from collections.abc import Mapping


__all__ = [
    "BaseThemeType",
    "ChannelMention",
    "MentionedUser",
    "Message",
    "MessageActivity",
    "MessageActivityType",
    "MessageCall",
    "MessageFlags",
    "MessagePin",
    "MessageReference",
    "MessageReferenceType",
    "MessageSnapshot",
    "MessageType",
    "PartialMessage",
    "Reaction",
    "ReactionCountDetails",
    "ReactionType",
    "ResolvedData",
    "RoleSubscriptionData",
    "SharedClientTheme",
    "SnapshotMessage",
]

_COMPLETED = frozenset({"user", "guild_id"})
"""What a message gives to the members in it."""


class MessageType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/message#message-object"""

    DEFAULT = 0
    RECIPIENT_ADD = 1
    RECIPIENT_REMOVE = 2
    CALL = 3
    CHANNEL_NAME_CHANGE = 4
    CHANNEL_ICON_CHANGE = 5
    CHANNEL_PINNED_MESSAGE = 6
    USER_JOIN = 7
    GUILD_BOOST = 8
    GUILD_BOOST_TIER_1 = 9
    GUILD_BOOST_TIER_2 = 10
    GUILD_BOOST_TIER_3 = 11
    CHANNEL_FOLLOW_ADD = 12
    GUILD_DISCOVERY_DISQUALIFIED = 14
    GUILD_DISCOVERY_REQUALIFIED = 15
    GUILD_DISCOVERY_GRACE_PERIOD_INITIAL_WARNING = 16
    GUILD_DISCOVERY_GRACE_PERIOD_FINAL_WARNING = 17
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    THREAD_STARTER_MESSAGE = 21
    GUILD_INVITE_REMINDER = 22
    CONTEXT_MENU_COMMAND = 23
    AUTO_MODERATION_ACTION = 24
    ROLE_SUBSCRIPTION_PURCHASE = 25
    INTERACTION_PREMIUM_UPSELL = 26
    STAGE_START = 27
    STAGE_END = 28
    STAGE_SPEAKER = 29
    STAGE_TOPIC = 31
    GUILD_APPLICATION_PREMIUM_SUBSCRIPTION = 32
    GUILD_INCIDENT_ALERT_MODE_ENABLED = 36
    GUILD_INCIDENT_ALERT_MODE_DISABLED = 37
    GUILD_INCIDENT_REPORT_RAID = 38
    GUILD_INCIDENT_REPORT_FALSE_ALARM = 39
    PURCHASE_NOTIFICATION = 44
    POLL_RESULT = 46


class MessageActivityType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/message#message-object"""

    JOIN = 1
    SPECTATE = 2
    LISTEN = 3
    JOIN_REQUEST = 5
    STREAM_REQUEST = 6


class MessageFlags(OpenFlag):
    """See https://discord.com/developers/docs/resources/message#message-object"""

    NONE = 0
    CROSSPOSTED = 1 << 0
    IS_CROSSPOST = 1 << 1
    SUPPRESS_EMBEDS = 1 << 2
    SOURCE_MESSAGE_DELETED = 1 << 3
    URGENT = 1 << 4
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    FAILED_TO_MENTION_SOME_ROLES_IN_THREAD = 1 << 8
    SUPPRESS_NOTIFICATIONS = 1 << 12
    IS_VOICE_MESSAGE = 1 << 13
    HAS_SNAPSHOT = 1 << 14
    IS_COMPONENTS_V2 = 1 << 15


class MessageReferenceType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/message#message-reference-types"""

    DEFAULT = 0
    FORWARD = 1


class BaseThemeType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/message#shared-client-theme-object"""

    UNSET = 0
    DARK = 1
    LIGHT = 2
    DARKER = 3
    MIDNIGHT = 4


class ReactionType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/message#get-reactions"""

    NORMAL = 0
    BURST = 1


@model
class MentionedUser(User):
    """A user that a message mentions, with its member in the message's guild."""

    member: GuildMember | None = None

    def alone(self) -> User:
        """Return the user without the member: a member that held it would make a circle."""
        attributes = self.__dict__.copy()
        attributes.pop("member", None)
        user = object.__new__(User)
        user.__dict__ = attributes
        return user


@model
class PartialMessage(MessageVerbs):
    """A message of which the ids are known; `fetch` gets the whole."""

    channel_id: Snowflake
    guild_id: Snowflake | None = None

    @property
    def channel(self) -> PartialChannel:
        """The channel it is in, as a handle: no request is made."""
        return handle(PartialChannel, self, id=self.channel_id, guild_id=self.guild_id)

    @property
    def guild(self) -> PartialGuild | None:
        """The guild it is in, as a handle; None in direct messages or where it is not known."""
        if self.guild_id is None:
            return None
        return handle(PartialGuild, self, id=self.guild_id)

    @property
    def jump_url(self) -> str:
        """The link that opens it in Discord."""
        return f"https://discord.com/channels/{self.guild_id or '@me'}/{self.channel_id}/{self.id}"


@model
class Message(PartialMessage):
    """Message.

    See https://discord.com/developers/docs/resources/message#message-object
    """

    author: User
    content: str
    timestamp: Timestamp
    edited_timestamp: Timestamp | None
    tts: bool
    mention_everyone: bool
    mentions: list[MentionedUser]
    mention_roles: list[Snowflake]
    mention_channels: list[ChannelMention] | None = None
    attachments: list[Attachment]
    embeds: list[Embed]
    reactions: list[Reaction] | None = None
    nonce: str | int | None = None
    pinned: bool
    webhook_id: Snowflake | None = None
    type: MessageType
    activity: MessageActivity | None = None
    application: PartialApplication | None = None
    application_id: Snowflake | None = None
    flags: MessageFlags | None = None
    message_reference: MessageReference | None = None
    message_snapshots: list[MessageSnapshot] | None = None
    referenced_message: Message | Unset | None = UNSET
    interaction_metadata: AnyInteractionMetadata | None = None
    interaction: MessageInteraction | None = None
    thread: Channel | None = None
    components: list[AnyComponent] | None = None
    sticker_items: list[StickerItem] | None = None
    stickers: list[Sticker] | None = None
    position: int | None = None
    role_subscription_data: RoleSubscriptionData | None = None
    resolved: ResolvedData | None = None
    poll: Poll | None = None
    call: MessageCall | None = None
    shared_client_theme: SharedClientTheme | None = None
    lobby_member: dict[str, Any] | None = None
    purchase_notification: dict[str, Any] | None = None
    member: GuildMember | None = None

    def __post_init__(self) -> None:
        member = self.member
        if member is not None and member.user is None:
            member.user = self.author
            member.guild_id = self.guild_id
            member._filled = _COMPLETED
        if self.mentions:
            self._complete_mentions()

    def _complete_mentions(self) -> None:
        guild_id = self.guild_id
        if guild_id is None:
            return
        for user in self.mentions:
            member = user.member
            if member is not None and member.user is None:
                member.user = user.alone()
                member.guild_id = guild_id
                member._filled = _COMPLETED

    def clean_content(
        self,
        *,
        users: Mapping[int, str] | None = None,
        roles: Mapping[int, str] | None = None,
        channels: Mapping[int, str] | None = None,
    ) -> str:
        """Return the text as a reader sees it: names instead of ids, and nobody is pinged.

        Args:
            users: More names of users than the message carries, by id.
            roles: Names of roles, by id; a message does not carry them.
            channels: Names of channels, by id.
        """
        from .text import clean_content

        return clean_content(self, users=users, roles=roles, channels=channels)


@model
class MessageActivity(Model):
    """Message Activity.

    See https://discord.com/developers/docs/resources/message#message-object
    """

    type: MessageActivityType
    party_id: str | None = None


@model
class MessageCall(Model):
    """Message Call.

    See https://discord.com/developers/docs/resources/message#message-call-object
    """

    participants: list[Snowflake]
    ended_timestamp: Timestamp | Unset | None = UNSET


@model
class MessageReference(Model):
    """Message Reference.

    See https://discord.com/developers/docs/resources/message#message-reference-structure
    """

    type: MessageReferenceType | None = None
    message_id: Snowflake | None = None
    channel_id: Snowflake | None = None
    guild_id: Snowflake | None = None
    fail_if_not_exists: bool | None = None


@model
class SnapshotMessage(Model):
    """The part of a forwarded message that a snapshot keeps.

    See https://discord.com/developers/docs/resources/message#message-snapshot-object
    """

    type: MessageType | None = None
    content: str | None = None
    embeds: list[Embed] | None = None
    attachments: list[Attachment] | None = None
    timestamp: Timestamp | None = None
    edited_timestamp: Timestamp | Unset | None = UNSET
    flags: MessageFlags | None = None
    mentions: list[MentionedUser] | None = None
    mention_roles: list[Snowflake] | None = None
    stickers: list[Sticker] | None = None
    sticker_items: list[StickerItem] | None = None
    components: list[AnyComponent] | None = None


@model
class MessageSnapshot(Model):
    """Message Snapshot.

    See https://discord.com/developers/docs/resources/message#message-snapshot-structure
    """

    message: SnapshotMessage


@model
class Reaction(Model):
    """Reaction.

    See https://discord.com/developers/docs/resources/message#reaction-object
    """

    count: int
    count_details: ReactionCountDetails
    me: bool
    me_burst: bool
    emoji: Emoji
    burst_colors: list[str]


@model
class ReactionCountDetails(Model):
    """Reaction Count Details.

    See https://discord.com/developers/docs/resources/message#reaction-count-details-object
    """

    burst: int
    normal: int


@model
class ChannelMention(Model):
    """Channel Mention.

    See https://discord.com/developers/docs/resources/message#channel-mention-object
    """

    id: Snowflake
    guild_id: Snowflake
    type: int
    name: str


@model
class RoleSubscriptionData(Model):
    """Role Subscription Data.

    See https://discord.com/developers/docs/resources/message#role-subscription-data-object
    """

    role_subscription_listing_id: Snowflake
    tier_name: str
    total_months_subscribed: int
    is_renewal: bool


@model
class MessagePin(Model):
    """Message Pin.

    See https://discord.com/developers/docs/resources/message#message-pin-object
    """

    pinned_at: Timestamp
    message: Message


@model
class SharedClientTheme(Model):
    """Shared Client Theme.

    See https://discord.com/developers/docs/resources/message#shared-client-theme-object
    """

    colors: list[str]
    gradient_angle: int
    base_mix: int
    base_theme: BaseThemeType | Unset | None = UNSET


@model
class ResolvedData(Model):
    """Resolved Data.

    See https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
    """

    users: dict[Snowflake, User] | Unset | None = UNSET
    members: dict[Snowflake, GuildMember] | Unset | None = UNSET
    roles: dict[Snowflake, Role] | Unset | None = UNSET
    channels: dict[Snowflake, PartialChannel] | Unset | None = UNSET
    messages: dict[Snowflake, Message] | None = None
    attachments: dict[Snowflake, Attachment] | None = None
