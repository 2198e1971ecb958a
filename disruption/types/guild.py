"""Guild.

The types of https://discord.com/developers/docs/resources/guild
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import Unbound
from .channel import PartialChannel
from .core.base import Entity, Model, handle, model
from .core.enums import OpenFlag, OpenIntEnum, OpenStrEnum
from .core.snowflake import Snowflake
from .core.timestamp import Timestamp
from .core.unset import UNSET, Unset
from .emoji import Emoji
from .locales import Locale
from .permissions import Permissions, Role
from .sticker import Sticker
from .user import PartialUser
from .verbs.guild import GuildVerbs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .cdn import Asset
    from .member import GuildMember

__all__ = [
    "DefaultMessageNotificationLevel",
    "ExplicitContentFilterLevel",
    "Guild",
    "GuildAgeRestrictionLevel",
    "GuildFeature",
    "GuildPreview",
    "GuildWidget",
    "GuildWidgetSettings",
    "IncidentsData",
    "MFALevel",
    "PartialGuild",
    "PremiumTier",
    "SystemChannelFlags",
    "UnavailableGuild",
    "VanityURL",
    "VerificationLevel",
    "WelcomeScreen",
    "WelcomeScreenChannel",
    "WidgetStyleOption",
]


class DefaultMessageNotificationLevel(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/guild#guild-object"""

    ALL_MESSAGES = 0
    ONLY_MENTIONS = 1


class ExplicitContentFilterLevel(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/guild#guild-object"""

    DISABLED = 0
    MEMBERS_WITHOUT_ROLES = 1
    ALL_MEMBERS = 2


class MFALevel(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/guild#guild-object"""

    NONE = 0
    ELEVATED = 1


class VerificationLevel(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/guild#guild-object"""

    NONE = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    VERY_HIGH = 4


class GuildAgeRestrictionLevel(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/guild#guild-object"""

    DEFAULT = 0
    EXPLICIT = 1
    SAFE = 2
    AGE_RESTRICTED = 3


class PremiumTier(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/guild#guild-object"""

    NONE = 0
    TIER_1 = 1
    TIER_2 = 2
    TIER_3 = 3


class SystemChannelFlags(OpenFlag):
    """See https://discord.com/developers/docs/resources/guild#guild-object"""

    NONE = 0
    SUPPRESS_JOIN_NOTIFICATIONS = 1 << 0
    SUPPRESS_PREMIUM_SUBSCRIPTIONS = 1 << 1
    SUPPRESS_GUILD_REMINDER_NOTIFICATIONS = 1 << 2
    SUPPRESS_JOIN_NOTIFICATION_REPLIES = 1 << 3
    SUPPRESS_ROLE_SUBSCRIPTION_PURCHASE_NOTIFICATIONS = 1 << 4
    SUPPRESS_ROLE_SUBSCRIPTION_PURCHASE_NOTIFICATION_REPLIES = 1 << 5


class GuildFeature(OpenStrEnum):
    """See https://discord.com/developers/docs/resources/guild#guild-object"""

    ANIMATED_BANNER = "ANIMATED_BANNER"
    ANIMATED_ICON = "ANIMATED_ICON"
    APPLICATION_COMMAND_PERMISSIONS_V2 = "APPLICATION_COMMAND_PERMISSIONS_V2"
    AUTO_MODERATION = "AUTO_MODERATION"
    BANNER = "BANNER"
    COMMUNITY = "COMMUNITY"
    CREATOR_MONETIZABLE_PROVISIONAL = "CREATOR_MONETIZABLE_PROVISIONAL"
    CREATOR_STORE_PAGE = "CREATOR_STORE_PAGE"
    DEVELOPER_SUPPORT_SERVER = "DEVELOPER_SUPPORT_SERVER"
    DISCOVERABLE = "DISCOVERABLE"
    FEATURABLE = "FEATURABLE"
    INVITES_DISABLED = "INVITES_DISABLED"
    INVITE_SPLASH = "INVITE_SPLASH"
    MEMBER_VERIFICATION_GATE_ENABLED = "MEMBER_VERIFICATION_GATE_ENABLED"
    MORE_SOUNDBOARD = "MORE_SOUNDBOARD"
    MORE_STICKERS = "MORE_STICKERS"
    NEWS = "NEWS"
    PARTNERED = "PARTNERED"
    PREVIEW_ENABLED = "PREVIEW_ENABLED"
    RAID_ALERTS_DISABLED = "RAID_ALERTS_DISABLED"
    ROLE_ICONS = "ROLE_ICONS"
    ROLE_SUBSCRIPTIONS_AVAILABLE_FOR_PURCHASE = "ROLE_SUBSCRIPTIONS_AVAILABLE_FOR_PURCHASE"
    ROLE_SUBSCRIPTIONS_ENABLED = "ROLE_SUBSCRIPTIONS_ENABLED"
    SOUNDBOARD = "SOUNDBOARD"
    TICKETED_EVENTS_ENABLED = "TICKETED_EVENTS_ENABLED"
    VANITY_URL = "VANITY_URL"
    VERIFIED = "VERIFIED"
    VIP_REGIONS = "VIP_REGIONS"
    WELCOME_SCREEN_ENABLED = "WELCOME_SCREEN_ENABLED"
    GUESTS_ENABLED = "GUESTS_ENABLED"
    GUILD_TAGS = "GUILD_TAGS"
    ENHANCED_ROLE_COLORS = "ENHANCED_ROLE_COLORS"


class WidgetStyleOption(OpenStrEnum):
    """See https://discord.com/developers/docs/resources/guild#get-guild-widget-image"""

    SHIELD = "shield"
    BANNER1 = "banner1"
    BANNER2 = "banner2"
    BANNER3 = "banner3"
    BANNER4 = "banner4"


class GuildImages:
    """The images of guilds and of what is shown of them to strangers."""

    if TYPE_CHECKING:

        @property
        def id(self) -> int: ...

        icon: str | Unset | None
        splash: str | Unset | None
        discovery_splash: str | Unset | None

    @property
    def icon_asset(self) -> Asset | None:
        """The icon, where there is one."""
        from . import cdn

        return cdn.guild_icon(self.id, self.icon) if self.icon else None

    @property
    def splash_asset(self) -> Asset | None:
        """The background of its invites, where there is one."""
        from . import cdn

        return cdn.guild_splash(self.id, self.splash) if self.splash else None

    @property
    def discovery_splash_asset(self) -> Asset | None:
        """The picture in the server discovery, where there is one."""
        from . import cdn

        splash = self.discovery_splash
        return cdn.guild_discovery_splash(self.id, splash) if splash else None


@model
class PartialGuild(GuildVerbs, GuildImages):
    """The part of a guild that is known; what is not is None.

    See https://discord.com/developers/docs/resources/guild#guild-object
    """

    name: str | None = None
    icon: str | Unset | None = UNSET
    icon_hash: str | Unset | None = UNSET
    splash: str | Unset | None = UNSET
    discovery_splash: str | Unset | None = UNSET
    owner: bool | None = None
    owner_id: Snowflake | None = None
    permissions: Permissions | None = None
    region: str | Unset | None = UNSET
    afk_channel_id: Snowflake | Unset | None = UNSET
    afk_timeout: int | None = None
    widget_enabled: bool | None = None
    widget_channel_id: Snowflake | Unset | None = UNSET
    verification_level: VerificationLevel | None = None
    default_message_notifications: DefaultMessageNotificationLevel | None = None
    explicit_content_filter: ExplicitContentFilterLevel | None = None
    roles: list[Role] | None = None
    emojis: list[Emoji] | None = None
    features: list[GuildFeature] | None = None
    mfa_level: MFALevel | None = None
    application_id: Snowflake | Unset | None = UNSET
    system_channel_id: Snowflake | Unset | None = UNSET
    system_channel_flags: SystemChannelFlags | None = None
    rules_channel_id: Snowflake | Unset | None = UNSET
    max_presences: int | Unset | None = UNSET
    max_members: int | None = None
    vanity_url_code: str | Unset | None = UNSET
    description: str | Unset | None = UNSET
    banner: str | Unset | None = UNSET
    premium_tier: PremiumTier | None = None
    premium_subscription_count: int | None = None
    preferred_locale: Locale | None = None
    public_updates_channel_id: Snowflake | Unset | None = UNSET
    max_video_channel_users: int | None = None
    max_stage_video_channel_users: int | None = None
    approximate_member_count: int | Unset | None = UNSET
    approximate_presence_count: int | Unset | None = UNSET
    welcome_screen: WelcomeScreen | None = None
    nsfw_level: GuildAgeRestrictionLevel | None = None
    stickers: list[Sticker] | None = None
    premium_progress_bar_enabled: bool | None = None
    safety_alerts_channel_id: Snowflake | Unset | None = UNSET
    incidents_data: IncidentsData | Unset | None = UNSET
    home_header: str | Unset | None = UNSET
    nsfw: bool | None = None
    premium_progress_bar_enabled_user_updated_at: Timestamp | Unset | None = UNSET

    def __str__(self) -> str:
        """Return the name."""
        return self.name or str(self.id)

    @property
    def banner_asset(self) -> Asset | None:
        """The banner, where there is one."""
        from . import cdn

        return cdn.guild_banner(self.id, self.banner) if self.banner else None

    @property
    def jump_url(self) -> str:
        """The link that opens it in Discord."""
        return f"https://discord.com/channels/{self.id}"

    def channel(self, channel_id: int) -> PartialChannel:
        """Return a handle of one of its channels; no request is made."""
        return handle(PartialChannel, self, id=channel_id, guild_id=self.id)

    def fetch(self, *, with_counts: bool = False) -> Guild:
        """Ask Discord for the guild as it is now.

        Args:
            with_counts: Have the approximate numbers of members filled in.

        See https://discord.com/developers/docs/resources/guild#get-guild
        """
        return self._bound().rest.get_guild(self.id, with_counts=with_counts)

    def fetch_member(self, user_id: int) -> GuildMember:
        """Ask Discord for one member.

        See https://discord.com/developers/docs/resources/guild#get-guild-member
        """
        return self._bound().rest.get_guild_member(self.id, user_id)

    def fetch_members(
        self,
        *,
        query: str | None = None,
        limit: int = 0,
        user_ids: Iterable[int] | None = None,
        presences: bool = False,
        timeout: float | None = 60.0,
    ) -> list[GuildMember]:
        """Ask the gateway for members and wait until all have come.

        Without `query` and `user_ids` it asks for every member, which Discord allows once in
        30 s for each guild.

        Args:
            query: What the names begin with; needs a limit.
            limit: How many at most, up to 100.
            user_ids: Which ones.
            presences: Whether presences come too (in the GUILD_MEMBERS_CHUNK events).
            timeout: Seconds for everything together.

        Raises:
            Unbound: A `Rest` received the guild, which has no gateway.
            IntentNotRequested: It needs GUILD_MEMBERS or GUILD_PRESENCES.
            WaitTimeout: The answer was not complete in time.

        See https://discord.com/developers/docs/events/gateway-events#request-guild-members
        """
        fetch = getattr(self._bound(), "fetch_members", None)
        if fetch is None:
            raise Unbound("fetch_members needs a gateway: ask a guild that a Client received")
        members: list[GuildMember] = fetch(
            self.id,
            query=query,
            limit=limit,
            user_ids=user_ids,
            presences=presences,
            timeout=timeout,
        )
        return members


@model
class UnavailableGuild(PartialGuild):
    """A guild that is offline, or that the bot has not been told about yet.

    See https://discord.com/developers/docs/resources/guild#unavailable-guild-object
    """

    unavailable: bool | None = None


@model
class Guild(PartialGuild):
    """Guild.

    See https://discord.com/developers/docs/resources/guild#guild-object
    """

    name: str
    icon: str | None
    splash: str | None
    discovery_splash: str | None
    owner_id: Snowflake
    afk_channel_id: Snowflake | None
    afk_timeout: int
    verification_level: VerificationLevel
    default_message_notifications: DefaultMessageNotificationLevel
    explicit_content_filter: ExplicitContentFilterLevel
    roles: list[Role]
    emojis: list[Emoji]
    features: list[GuildFeature]
    mfa_level: MFALevel
    application_id: Snowflake | None
    system_channel_id: Snowflake | None
    system_channel_flags: SystemChannelFlags
    rules_channel_id: Snowflake | None
    vanity_url_code: str | None
    description: str | None
    banner: str | None
    premium_tier: PremiumTier
    preferred_locale: Locale
    public_updates_channel_id: Snowflake | None
    nsfw_level: GuildAgeRestrictionLevel
    premium_progress_bar_enabled: bool
    safety_alerts_channel_id: Snowflake | None
    incidents_data: IncidentsData | None

    def __post_init__(self) -> None:
        guild_id = Snowflake(self.id)
        for role in self.roles:
            role.guild_id = guild_id
        for emoji in self.emojis:
            emoji.guild_id = guild_id


@model
class GuildPreview(Entity, GuildImages):
    """Guild Preview.

    See https://discord.com/developers/docs/resources/guild#guild-preview-object
    """

    name: str
    icon: str | None
    splash: str | None
    discovery_splash: str | None
    emojis: list[Emoji]
    features: list[GuildFeature]
    approximate_member_count: int
    approximate_presence_count: int
    description: str | None
    stickers: list[Sticker]
    home_header: str | Unset | None = UNSET


@model
class GuildWidgetSettings(Model):
    """Guild Widget Settings.

    See https://discord.com/developers/docs/resources/guild#guild-widget-settings-object
    """

    enabled: bool
    channel_id: Snowflake | None


@model
class GuildWidget(Entity):
    """Guild Widget.

    See https://discord.com/developers/docs/resources/guild#guild-widget-object
    """

    name: str
    instant_invite: str | None
    channels: list[PartialChannel]
    members: list[PartialUser]
    presence_count: int


@model
class VanityURL(Model):
    """A guild's own invite; the code is None where none is set.

    See https://discord.com/developers/docs/resources/guild#get-guild-vanity-url
    """

    code: str | None
    uses: int


@model
class WelcomeScreen(Model):
    """Welcome Screen.

    See https://discord.com/developers/docs/resources/guild#welcome-screen-object
    """

    description: str | None
    welcome_channels: list[WelcomeScreenChannel]


@model
class WelcomeScreenChannel(Model):
    """Welcome Screen Channel.

    See https://discord.com/developers/docs/resources/guild#welcome-screen-object
    """

    channel_id: Snowflake
    description: str
    emoji_id: Snowflake | None
    emoji_name: str | None


@model
class IncidentsData(Model):
    """Incidents Data.

    See https://discord.com/developers/docs/resources/guild#incidents-data-object
    """

    invites_disabled_until: Timestamp | None
    dms_disabled_until: Timestamp | None
    dm_spam_detected_at: Timestamp | Unset | None = UNSET
    raid_detected_at: Timestamp | Unset | None = UNSET
