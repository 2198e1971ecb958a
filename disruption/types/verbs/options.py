"""What verbs pass on to methods of `Rest` by name; read by type checkers and editors alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from ...rest.fields import Duration, When
    from ...rest.images import FileSource
    from ...rest.invites import Targets
    from ...rest.route import SnowflakeLike
    from ..auto_moderation import AutoModerationAction, AutoModerationTriggerMetadata
    from ..core.base import Model
    from ..core.unset import Unset
    from ..guild import WelcomeScreenChannel
    from ..guild_scheduled_event import (
        GuildScheduledEventEntityMetadata,
        GuildScheduledEventRecurrenceRule,
    )
    from ..onboarding import OnboardingPrompt
    from ..permissions import RoleColors

__all__ = [
    "AutoModerationRuleOptions",
    "ChannelEdits",
    "ChannelOptions",
    "EventEdits",
    "GuildOptions",
    "InviteOptions",
    "MemberOptions",
    "OnboardingOptions",
    "RoleOptions",
    "WelcomeScreenOptions",
]


class GuildOptions(TypedDict, total=False):
    """As `Rest.modify_guild` takes them."""

    name: str | Unset
    description: str | Unset | None
    icon: FileSource | Unset | None
    splash: FileSource | Unset | None
    discovery_splash: FileSource | Unset | None
    banner: FileSource | Unset | None
    home_header: FileSource | Unset | None
    region: str | Unset | None
    verification_level: int | Unset | None
    default_message_notifications: int | Unset | None
    explicit_content_filter: int | Unset | None
    afk_channel_id: SnowflakeLike | Unset | None
    afk_timeout: Duration | Unset
    system_channel_id: SnowflakeLike | Unset | None
    system_channel_flags: int | Unset
    rules_channel_id: SnowflakeLike | Unset | None
    public_updates_channel_id: SnowflakeLike | Unset | None
    safety_alerts_channel_id: SnowflakeLike | Unset | None
    preferred_locale: str | Unset | None
    features: Iterable[str] | Unset
    premium_progress_bar_enabled: bool | Unset
    reason: str | None
    timeout: float | None


class ChannelOptions(TypedDict, total=False):
    """As `Rest.create_guild_channel` takes them, but for name and type."""

    topic: str | Unset | None
    parent_id: SnowflakeLike | Unset | None
    position: int | Unset | None
    permission_overwrites: Sequence[Model | Mapping[str, Any]] | Unset | None
    nsfw: bool | Unset | None
    rate_limit_per_user: Duration | Unset | None
    bitrate: int | Unset | None
    user_limit: int | Unset | None
    rtc_region: str | Unset | None
    video_quality_mode: int | Unset | None
    default_auto_archive_duration: int | Unset | None
    default_reaction_emoji: Model | Mapping[str, Any] | Unset | None
    available_tags: Sequence[Model | Mapping[str, Any]] | Unset | None
    default_sort_order: int | Unset | None
    default_forum_layout: int | Unset | None
    default_thread_rate_limit_per_user: Duration | Unset | None
    flags: int | Unset | None
    reason: str | None
    timeout: float | None


class ChannelEdits(TypedDict, total=False):
    """As `Rest.modify_channel` takes them."""

    name: str | Unset
    icon: FileSource | Unset | None
    type: int | Unset
    position: int | Unset | None
    topic: str | Unset | None
    nsfw: bool | Unset | None
    rate_limit_per_user: Duration | Unset | None
    bitrate: int | Unset | None
    user_limit: int | Unset | None
    permission_overwrites: Sequence[Model | Mapping[str, Any]] | Unset | None
    parent_id: SnowflakeLike | Unset | None
    rtc_region: str | Unset | None
    video_quality_mode: int | Unset | None
    default_auto_archive_duration: Duration | Unset | None
    flags: int | Unset
    available_tags: Sequence[Model | Mapping[str, Any]] | Unset
    default_reaction_emoji: Model | Mapping[str, Any] | Unset | None
    default_thread_rate_limit_per_user: Duration | Unset
    default_sort_order: int | Unset | None
    default_forum_layout: int | Unset
    default_tag_setting: str | Unset | None
    archived: bool | Unset
    auto_archive_duration: Duration | Unset
    locked: bool | Unset
    invitable: bool | Unset
    applied_tags: Sequence[SnowflakeLike] | Unset
    reason: str | None
    timeout: float | None


class InviteOptions(TypedDict, total=False):
    """As `Rest.create_channel_invite` takes them."""

    max_age: Duration | Unset
    max_uses: int | Unset
    temporary: bool | Unset
    unique: bool | Unset
    target_type: int | Unset
    target_user_id: SnowflakeLike | Unset
    target_application_id: SnowflakeLike | Unset
    target_users: Targets | None
    role_ids: Sequence[SnowflakeLike] | Unset
    reason: str | None
    timeout: float | None


class MemberOptions(TypedDict, total=False):
    """As `Rest.modify_guild_member` takes them."""

    nick: str | Unset | None
    roles: Iterable[SnowflakeLike] | Unset | None
    mute: bool | Unset | None
    deaf: bool | Unset | None
    channel_id: SnowflakeLike | Unset | None
    communication_disabled_until: When | Unset | None
    flags: int | Unset | None
    reason: str | None
    timeout: float | None


class RoleOptions(TypedDict, total=False):
    """As `Rest.create_guild_role` takes them, but for the name."""

    permissions: int | Unset
    color: int | Unset
    colors: RoleColors | Mapping[str, Any] | Unset
    hoist: bool | Unset
    icon: FileSource | Unset | None
    unicode_emoji: str | Unset | None
    mentionable: bool | Unset
    reason: str | None
    timeout: float | None


class AutoModerationRuleOptions(TypedDict, total=False):
    """As `Rest.modify_auto_moderation_rule` takes them."""

    name: str | Unset
    event_type: int | Unset
    actions: Sequence[AutoModerationAction | Mapping[str, Any]] | Unset
    trigger_metadata: AutoModerationTriggerMetadata | Mapping[str, Any] | Unset
    enabled: bool | Unset
    exempt_roles: Iterable[SnowflakeLike] | Unset
    exempt_channels: Iterable[SnowflakeLike] | Unset
    reason: str | None
    timeout: float | None


class WelcomeScreenOptions(TypedDict, total=False):
    """As `Rest.modify_guild_welcome_screen` takes them."""

    enabled: bool | Unset | None
    welcome_channels: Sequence[WelcomeScreenChannel | Mapping[str, Any]] | Unset | None
    description: str | Unset | None
    reason: str | None
    timeout: float | None


class OnboardingOptions(TypedDict, total=False):
    """As `Rest.modify_guild_onboarding` takes them."""

    prompts: Sequence[OnboardingPrompt | Mapping[str, Any]] | Unset
    default_channel_ids: Iterable[SnowflakeLike] | Unset
    enabled: bool | Unset
    mode: int | Unset
    reason: str | None
    timeout: float | None


class EventEdits(TypedDict, total=False):
    """As `Rest.modify_guild_scheduled_event` takes them."""

    name: str | Unset
    entity_type: int | Unset
    status: int | Unset
    scheduled_start_time: When | Unset
    scheduled_end_time: When | Unset | None
    channel_id: SnowflakeLike | Unset | None
    entity_metadata: GuildScheduledEventEntityMetadata | Mapping[str, Any] | Unset | None
    privacy_level: int | Unset
    description: str | Unset | None
    image: FileSource | Unset | None
    recurrence_rule: GuildScheduledEventRecurrenceRule | Mapping[str, Any] | Unset | None
    reason: str | None
    timeout: float | None
