"""Guilds: themselves, their channels, invites and integrations.

Members, roles, bans and what is shown to newcomers have files of their own.

See https://discord.com/developers/docs/resources/guild
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from disruption.errors import InvalidArgument
from disruption.rest.checks import several
from disruption.rest.core import RestCore
from disruption.rest.fields import (
    Duration,
    at_most_items,
    moves,
    put_id,
    put_image,
    put_number,
    put_seconds,
    put_text,
    whole_seconds,
)
from disruption.rest.images import FileSource
from disruption.rest.payload import put
from disruption.rest.route import Route, SnowflakeLike
from disruption.types import (
    UNSET,
    Channel,
    Guild,
    GuildPreview,
    Integration,
    Invite,
    ThreadList,
    Unset,
    VanityURL,
    VoiceRegion,
)

if TYPE_CHECKING:
    from disruption.types.core.base import Model

__all__ = ["GuildRoutes"]

_GUILD: Final = "/guilds/{guild_id}"

_GET = Route("GET", _GUILD)
_PREVIEW = Route("GET", _GUILD + "/preview")
_MODIFY = Route("PATCH", _GUILD)
_CHANNELS = Route("GET", _GUILD + "/channels")
_CREATE_CHANNEL = Route("POST", _GUILD + "/channels")
_MOVE_CHANNELS = Route("PATCH", _GUILD + "/channels")
_THREADS = Route("GET", _GUILD + "/threads/active")
_REGIONS = Route("GET", _GUILD + "/regions")
_INVITES = Route("GET", _GUILD + "/invites")
_VANITY_URL = Route("GET", _GUILD + "/vanity-url")
_INTEGRATIONS = Route("GET", _GUILD + "/integrations")
_DELETE_INTEGRATION = Route("DELETE", _GUILD + "/integrations/{integration_id}")

_AFK_TIMEOUTS: Final = (60, 300, 900, 1800, 3600)  # seconds
_SLOW_MODE: Final = 21600  # seconds
_ARCHIVE_AFTER: Final = (60, 1440, 4320, 10080)  # minutes


class GuildRoutes(RestCore):
    """Guilds."""

    def get_guild(
        self,
        guild_id: SnowflakeLike,
        *,
        with_counts: bool | None = None,
        timeout: float | None = None,
    ) -> Guild:
        """Get a guild.

        Args:
            guild_id: Which one.
            with_counts: Count members and presences.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/guild#get-guild
        """
        query = {"with_counts": with_counts}
        return self._fetch(Guild, _GET(guild_id), query=query, timeout=timeout)

    def get_guild_preview(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> GuildPreview:
        """Get what a guild shows to those who are not in it.

        Raises:
            NotFound: The bot is not in the guild, and it is not discoverable.

        See https://discord.com/developers/docs/resources/guild#get-guild-preview
        """
        return self._fetch(GuildPreview, _PREVIEW(guild_id), timeout=timeout)

    def modify_guild(
        self,
        guild_id: SnowflakeLike,
        *,
        name: str | Unset = UNSET,
        description: str | Unset | None = UNSET,
        icon: FileSource | Unset | None = UNSET,
        splash: FileSource | Unset | None = UNSET,
        discovery_splash: FileSource | Unset | None = UNSET,
        banner: FileSource | Unset | None = UNSET,
        home_header: FileSource | Unset | None = UNSET,
        region: str | Unset | None = UNSET,
        verification_level: int | Unset | None = UNSET,
        default_message_notifications: int | Unset | None = UNSET,
        explicit_content_filter: int | Unset | None = UNSET,
        afk_channel_id: SnowflakeLike | Unset | None = UNSET,
        afk_timeout: Duration | Unset = UNSET,
        system_channel_id: SnowflakeLike | Unset | None = UNSET,
        system_channel_flags: int | Unset = UNSET,
        rules_channel_id: SnowflakeLike | Unset | None = UNSET,
        public_updates_channel_id: SnowflakeLike | Unset | None = UNSET,
        safety_alerts_channel_id: SnowflakeLike | Unset | None = UNSET,
        preferred_locale: str | Unset | None = UNSET,
        features: Iterable[str] | Unset = UNSET,
        premium_progress_bar_enabled: bool | Unset = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> Guild:
        """Change a guild's settings; what is not given stays, None clears.

        Images are a path, bytes or an open file.

        Args:
            guild_id: Which one.
            name: 2 to 100 characters.
            description: At most 300 characters.
            icon: A PNG, JPEG or GIF (animated with ANIMATED_ICON).
            splash: Behind the invite, 16:9 (INVITE_SPLASH).
            discovery_splash: 16:9 (DISCOVERABLE).
            banner: 16:9 (BANNER; animated with ANIMATED_BANNER).
            home_header: On the guide to the server.
            region: The voice region; deprecated by Discord.
            verification_level: `VerificationLevel`.
            default_message_notifications: `DefaultMessageNotificationLevel`.
            explicit_content_filter: `ExplicitContentFilterLevel`.
            afk_channel_id: Where idle members are moved to.
            afk_timeout: After 60, 300, 900, 1800 or 3600 seconds.
            system_channel_id: Where welcome and boost messages appear.
            system_channel_flags: `SystemChannelFlags`.
            rules_channel_id: Where a community has its rules.
            public_updates_channel_id: Where moderators of a community hear from Discord.
            safety_alerts_channel_id: Where they get safety alerts.
            preferred_locale: A community's language, ``en-US`` by default.
            features: All that are to be on; COMMUNITY needs ADMINISTRATOR.
            premium_progress_bar_enabled: Whether the boost progress bar is shown.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed, or an image is none.
            Forbidden: MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/guild#modify-guild
        """
        body: dict[str, Any] = {}
        put_text(body, "name", name, 100, least=2)
        put_text(body, "description", description, 300)
        put_image(body, "icon", icon)
        put_image(body, "splash", splash)
        put_image(body, "discovery_splash", discovery_splash)
        put_image(body, "banner", banner)
        put_image(body, "home_header", home_header)
        put_id(body, "afk_channel_id", afk_channel_id)
        put_id(body, "system_channel_id", system_channel_id)
        put_id(body, "rules_channel_id", rules_channel_id)
        put_id(body, "public_updates_channel_id", public_updates_channel_id)
        put_id(body, "safety_alerts_channel_id", safety_alerts_channel_id)
        if not isinstance(afk_timeout, Unset):
            body["afk_timeout"] = whole_seconds("afk_timeout", afk_timeout, 60, 3600)
            if body["afk_timeout"] not in _AFK_TIMEOUTS:
                raise InvalidArgument(f"afk_timeout must be one of {_AFK_TIMEOUTS} seconds")
        put(
            body,
            region=region,
            verification_level=verification_level,
            default_message_notifications=default_message_notifications,
            explicit_content_filter=explicit_content_filter,
            system_channel_flags=system_channel_flags,
            preferred_locale=preferred_locale,
            features=features if isinstance(features, Unset) else several("features", features),
            premium_progress_bar_enabled=premium_progress_bar_enabled,
        )
        return self._fetch(Guild, _MODIFY(guild_id), body, reason=reason, timeout=timeout)

    # Channels --------------------------------------------------------------------------

    def get_guild_channels(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> list[Channel]:
        """Get the channels of a guild, without its threads.

        See https://discord.com/developers/docs/resources/guild#get-guild-channels
        """
        return self._fetch(list[Channel], _CHANNELS(guild_id), timeout=timeout)

    def create_guild_channel(
        self,
        guild_id: SnowflakeLike,
        *,
        name: str,
        type: int | Unset | None = UNSET,
        topic: str | Unset | None = UNSET,
        parent_id: SnowflakeLike | Unset | None = UNSET,
        position: int | Unset | None = UNSET,
        permission_overwrites: Sequence[Model | Mapping[str, Any]] | Unset | None = UNSET,
        nsfw: bool | Unset | None = UNSET,
        rate_limit_per_user: Duration | Unset | None = UNSET,
        bitrate: int | Unset | None = UNSET,
        user_limit: int | Unset | None = UNSET,
        rtc_region: str | Unset | None = UNSET,
        video_quality_mode: int | Unset | None = UNSET,
        default_auto_archive_duration: int | Unset | None = UNSET,
        default_reaction_emoji: Model | Mapping[str, Any] | Unset | None = UNSET,
        available_tags: Sequence[Model | Mapping[str, Any]] | Unset | None = UNSET,
        default_sort_order: int | Unset | None = UNSET,
        default_forum_layout: int | Unset | None = UNSET,
        default_thread_rate_limit_per_user: Duration | Unset | None = UNSET,
        flags: int | Unset | None = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> Channel:
        """Create a channel.

        Args:
            guild_id: Where.
            name: 1 to 100 characters.
            type: `ChannelType`; a text channel by default.
            topic: At most 1024 characters, 4096 in forums and media channels.
            parent_id: The category.
            position: Its place in the list.
            permission_overwrites: At most 100 `Overwrite`.
            nsfw: Age-restricted.
            rate_limit_per_user: Slow mode, at most 21600 seconds.
            bitrate: Bits a second, at least 8000 (voice and stage).
            user_limit: How many can connect (voice and stage).
            rtc_region: The voice region, None for automatic.
            video_quality_mode: `VideoQualityMode` (voice and stage).
            default_auto_archive_duration: Minutes, for new threads: 60, 1440, 4320 or 10080.
            default_reaction_emoji: A `DefaultReaction` (forums and media channels).
            available_tags: At most 20 `ForumTag` (forums and media channels).
            default_sort_order: `SortOrderType` (forums and media channels).
            default_forum_layout: `ForumLayoutType` (forums).
            default_thread_rate_limit_per_user: Slow mode of new threads.
            flags: `ChannelFlags`.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.
            Forbidden: MANAGE_CHANNELS is missing, or a permission that it would give.

        See https://discord.com/developers/docs/resources/guild#create-guild-channel
        """
        body: dict[str, Any] = {}
        put_text(body, "name", name, 100, least=1)
        put_text(body, "topic", topic, 4096)
        put_id(body, "parent_id", parent_id)
        put_seconds(body, "rate_limit_per_user", rate_limit_per_user, 0, _SLOW_MODE)
        put_seconds(
            body,
            "default_thread_rate_limit_per_user",
            default_thread_rate_limit_per_user,
            0,
            _SLOW_MODE,
        )
        put_number(body, "bitrate", bitrate, 8000, 384000)
        if default_auto_archive_duration and default_auto_archive_duration not in _ARCHIVE_AFTER:
            raise InvalidArgument(
                f"default_auto_archive_duration must be one of {_ARCHIVE_AFTER} minutes"
            )
        at_most_items("permission_overwrites", permission_overwrites, 100)
        at_most_items("available_tags", available_tags, 20)
        put(
            body,
            type=type,
            position=position,
            permission_overwrites=permission_overwrites,
            nsfw=nsfw,
            user_limit=user_limit,
            rtc_region=rtc_region,
            video_quality_mode=video_quality_mode,
            default_auto_archive_duration=default_auto_archive_duration,
            default_reaction_emoji=default_reaction_emoji,
            available_tags=available_tags,
            default_sort_order=default_sort_order,
            default_forum_layout=default_forum_layout,
            flags=flags,
        )
        target = _CREATE_CHANNEL(guild_id)
        return self._fetch(Channel, target, body, reason=reason, timeout=timeout)

    def modify_guild_channel_positions(
        self,
        guild_id: SnowflakeLike,
        positions: Iterable[Mapping[str, Any]],
        *,
        timeout: float | None = None,
    ) -> None:
        """Move channels about; those that are not named stay.

        Args:
            guild_id: Where.
            positions: For each channel its ``id``, and what is to change of ``position``,
                ``parent_id`` (of one channel at a time), ``lock_permissions`` (take those of
                the new category) and ``flags``.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: There is none, one has no id, or two change their category.
            Forbidden: MANAGE_CHANNELS is missing, or MANAGE_ROLES for lock_permissions.

        See https://discord.com/developers/docs/resources/guild#modify-guild-channel-positions
        """
        body = moves(positions, ("position", "lock_permissions", "parent_id", "flags"))
        if sum("parent_id" in entry for entry in body) > 1:
            raise InvalidArgument("positions: parent_id can change of one channel at a time")
        self._do(_MOVE_CHANNELS(guild_id), body, timeout=timeout)

    def list_active_guild_threads(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> ThreadList:
        """Get all active threads of a guild, newest first.

        See https://discord.com/developers/docs/resources/guild#list-active-guild-threads
        """
        return self._fetch(ThreadList, _THREADS(guild_id), timeout=timeout)

    # Voice regions, invites, integrations ----------------------------------------------

    def get_guild_voice_regions(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> list[VoiceRegion]:
        """Get the voice regions that a guild can use, its VIP regions included.

        See https://discord.com/developers/docs/resources/guild#get-guild-voice-regions
        """
        return self._fetch(list[VoiceRegion], _REGIONS(guild_id), timeout=timeout)

    def get_guild_invites(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> list[Invite]:
        """Get the invites to a guild.

        Raises:
            Forbidden: MANAGE_GUILD or VIEW_AUDIT_LOG is missing; how often an invite was
                used comes only with the first.

        See https://discord.com/developers/docs/resources/guild#get-guild-invites
        """
        return self._fetch(list[Invite], _INVITES(guild_id), timeout=timeout)

    def get_guild_vanity_url(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> VanityURL:
        """Get the code of a guild's own invite, and how often it was used.

        Raises:
            Forbidden: MANAGE_GUILD is missing, or the guild has no such invite.

        See https://discord.com/developers/docs/resources/guild#get-guild-vanity-url
        """
        return self._fetch(VanityURL, _VANITY_URL(guild_id), timeout=timeout)

    def get_guild_integrations(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> list[Integration]:
        """Get the integrations of a guild, at most 50.

        Raises:
            Forbidden: MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/guild#get-guild-integrations
        """
        return self._fetch(list[Integration], _INTEGRATIONS(guild_id), timeout=timeout)

    def delete_guild_integration(
        self,
        guild_id: SnowflakeLike,
        integration_id: SnowflakeLike,
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Delete an integration, its webhooks, and its bot's membership.

        Raises:
            Forbidden: MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/guild#delete-guild-integration
        """
        self._do(_DELETE_INTEGRATION(guild_id, integration_id), reason=reason, timeout=timeout)
