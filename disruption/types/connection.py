"""Connection.

The types of https://discord.com/developers/docs/resources/user#connection-object
"""

from __future__ import annotations

from .core.base import Model, model
from .core.enums import OpenIntEnum, OpenStrEnum
from .integration import PartialIntegration

__all__ = ["Connection", "ConnectionService", "ConnectionVisibility"]


class ConnectionService(OpenStrEnum):
    """See https://discord.com/developers/docs/resources/user#connection-object"""

    AMAZON_MUSIC = "amazon-music"
    BATTLE_NET = "battlenet"
    BUNGIE_NET = "bungie"
    BLUESKY = "bluesky"
    CRUNCHYROLL = "crunchyroll"
    DOMAIN = "domain"
    E_BAY = "ebay"
    EPIC_GAMES = "epicgames"
    FACEBOOK = "facebook"
    GIT_HUB = "github"
    INSTAGRAM = "instagram"
    MASTODON = "mastodon"
    PAY_PAL = "paypal"
    PLAY_STATION_NETWORK = "playstation"
    REDDIT = "reddit"
    ROBLOX = "roblox"
    SPOTIFY = "spotify"
    SKYPE = "skype"
    STEAM = "steam"
    TIK_TOK = "tiktok"
    TWITCH = "twitch"
    X_TWITTER = "twitter"
    XBOX = "xbox"
    YOU_TUBE = "youtube"


class ConnectionVisibility(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/user#connection-object"""

    NONE = 0
    EVERYONE = 1


@model
class Connection(Model):
    """Connection.

    See https://discord.com/developers/docs/resources/user#connection-object
    """

    id: str
    name: str | None
    type: ConnectionService
    revoked: bool | None = None
    integrations: list[PartialIntegration] | None = None
    verified: bool
    friend_sync: bool
    show_activity: bool
    two_way_link: bool
    visibility: ConnectionVisibility
