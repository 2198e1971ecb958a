"""Gateway events.

The types of https://discord.com/developers/docs/events/gateway-events
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .core.base import Model, model
from .core.enums import OpenFlag, OpenIntEnum, OpenStrEnum
from .core.snowflake import Snowflake
from .core.unset import UNSET, Unset
from .user import PartialUser

if TYPE_CHECKING:
    from .cdn import Asset

__all__ = [
    "Activity",
    "ActivityAssets",
    "ActivityButtons",
    "ActivityEmoji",
    "ActivityFlags",
    "ActivityParty",
    "ActivitySecrets",
    "ActivityTimestamps",
    "ActivityType",
    "ClientStatus",
    "Presence",
    "Status",
    "StatusDisplayType",
    "VoiceChannelEffectAnimationType",
]


class Status(OpenStrEnum):
    """See https://discord.com/developers/docs/events/gateway-events#update-presence"""

    ONLINE = "online"
    DND = "dnd"
    IDLE = "idle"
    INVISIBLE = "invisible"
    OFFLINE = "offline"


class ActivityType(OpenIntEnum):
    """See https://discord.com/developers/docs/events/gateway-events#activity-object"""

    PLAYING = 0
    STREAMING = 1
    LISTENING = 2
    WATCHING = 3
    CUSTOM = 4
    COMPETING = 5


class StatusDisplayType(OpenIntEnum):
    """See https://discord.com/developers/docs/events/gateway-events#activity-object"""

    NAME = 0
    STATE = 1
    DETAILS = 2


class ActivityFlags(OpenFlag):
    """See https://discord.com/developers/docs/events/gateway-events#activity-object"""

    NONE = 0
    INSTANCE = 1 << 0
    JOIN = 1 << 1
    SPECTATE = 1 << 2
    JOIN_REQUEST = 1 << 3
    SYNC = 1 << 4
    PLAY = 1 << 5
    PARTY_PRIVACY_FRIENDS = 1 << 6
    PARTY_PRIVACY_VOICE_CHANNEL = 1 << 7
    EMBEDDED = 1 << 8


class VoiceChannelEffectAnimationType(OpenIntEnum):
    """See https://discord.com/developers/docs/events/gateway-events#voice-channel-effect-send"""

    PREMIUM = 0
    BASIC = 1


@model
class ClientStatus(Model):
    """Client Status.

    See https://discord.com/developers/docs/events/gateway-events#client-status-object
    """

    desktop: str | None = None
    mobile: str | None = None
    web: str | None = None
    vr: str | None = None


@model
class Activity(Model):
    """Activity.

    See https://discord.com/developers/docs/events/gateway-events#activity-object
    """

    name: str
    type: ActivityType
    url: str | Unset | None = UNSET
    created_at: int | None = None
    timestamps: ActivityTimestamps | None = None
    application_id: Snowflake | None = None
    status_display_type: StatusDisplayType | Unset | None = UNSET
    details: str | Unset | None = UNSET
    details_url: str | Unset | None = UNSET
    state: str | Unset | None = UNSET
    state_url: str | Unset | None = UNSET
    emoji: ActivityEmoji | Unset | None = UNSET
    party: ActivityParty | None = None
    assets: ActivityAssets | None = None
    secrets: ActivitySecrets | None = None
    instance: bool | None = None
    flags: ActivityFlags | None = None
    buttons: list[str] | None = None

    @property
    def large_image_asset(self) -> Asset | None:
        """The large picture, where its field names one that Discord has."""
        return self._image(self.assets.large_image if self.assets is not None else None)

    @property
    def small_image_asset(self) -> Asset | None:
        """The small picture, where its field names one that Discord has."""
        return self._image(self.assets.small_image if self.assets is not None else None)

    @property
    def invite_cover_image_asset(self) -> Asset | None:
        """The picture of a game invite, where its field names one that Discord has."""
        return self._image(self.assets.invite_cover_image if self.assets is not None else None)

    def _image(self, text: str | None) -> Asset | None:
        from . import cdn

        return cdn.activity_image(self.application_id, text) if text else None


@model
class ActivityTimestamps(Model):
    """Activity Timestamps.

    See https://discord.com/developers/docs/events/gateway-events#activity-object
    """

    start: int | None = None
    end: int | None = None


@model
class ActivityEmoji(Model):
    """Activity Emoji.

    See https://discord.com/developers/docs/events/gateway-events#activity-object
    """

    name: str
    id: Snowflake | None = None
    animated: bool | None = None


@model
class ActivityParty(Model):
    """Activity Party.

    See https://discord.com/developers/docs/events/gateway-events#activity-object
    """

    id: str | None = None
    size: tuple[int, int] | None = None


@model
class ActivityAssets(Model):
    """Activity Assets.

    See https://discord.com/developers/docs/events/gateway-events#activity-object
    """

    large_image: str | None = None
    large_text: str | None = None
    large_url: str | None = None
    small_image: str | None = None
    small_text: str | None = None
    small_url: str | None = None
    invite_cover_image: str | None = None


@model
class ActivitySecrets(Model):
    """Activity Secrets.

    See https://discord.com/developers/docs/events/gateway-events#activity-object
    """

    join: str | None = None
    spectate: str | None = None
    match: str | None = None


@model
class ActivityButtons(Model):
    """Activity Buttons.

    See https://discord.com/developers/docs/events/gateway-events#activity-object
    """

    label: str
    url: str


@model
class Presence(Model):
    """What a user is doing.

    See https://discord.com/developers/docs/events/gateway-events#presence-update
    """

    user: PartialUser
    guild_id: Snowflake | None = None
    status: Status | None = None
    activities: list[Activity] | None = None
    client_status: ClientStatus | None = None
