"""Webhook events.

The types of https://discord.com/developers/docs/events/webhook-events
"""

from __future__ import annotations

from typing import Any

from .core.base import Entity, Model, model
from .core.enums import OpenIntEnum, OpenStrEnum
from .core.snowflake import Snowflake
from .guild import Guild
from .user import User

__all__ = [
    "ApplicationAuthorized",
    "ApplicationDeauthorized",
    "LobbyMessageDelete",
    "WebhookEventBody",
    "WebhookEventKind",
    "WebhookEventPayload",
    "WebhookEventType",
]


class WebhookEventKind(OpenIntEnum):
    """See https://discord.com/developers/docs/events/webhook-events#webhook-types"""

    PING = 0
    EVENT = 1


class WebhookEventType(OpenStrEnum):
    """See https://discord.com/developers/docs/events/webhook-events#event-types"""

    APPLICATION_AUTHORIZED = "APPLICATION_AUTHORIZED"
    APPLICATION_DEAUTHORIZED = "APPLICATION_DEAUTHORIZED"
    ENTITLEMENT_CREATE = "ENTITLEMENT_CREATE"
    ENTITLEMENT_UPDATE = "ENTITLEMENT_UPDATE"
    ENTITLEMENT_DELETE = "ENTITLEMENT_DELETE"
    QUEST_USER_ENROLLMENT = "QUEST_USER_ENROLLMENT"
    LOBBY_MESSAGE_CREATE = "LOBBY_MESSAGE_CREATE"
    LOBBY_MESSAGE_UPDATE = "LOBBY_MESSAGE_UPDATE"
    LOBBY_MESSAGE_DELETE = "LOBBY_MESSAGE_DELETE"
    GAME_DIRECT_MESSAGE_CREATE = "GAME_DIRECT_MESSAGE_CREATE"
    GAME_DIRECT_MESSAGE_UPDATE = "GAME_DIRECT_MESSAGE_UPDATE"
    GAME_DIRECT_MESSAGE_DELETE = "GAME_DIRECT_MESSAGE_DELETE"


@model
class WebhookEventPayload(Model):
    """Payload.

    See https://discord.com/developers/docs/events/webhook-events#payload-structure
    """

    version: int
    application_id: Snowflake
    type: WebhookEventKind
    event: WebhookEventBody | None = None


@model
class WebhookEventBody(Model):
    """Event Body.

    See https://discord.com/developers/docs/events/webhook-events#event-body-object
    """

    type: str
    timestamp: str
    data: dict[str, Any] | None = None


@model
class ApplicationAuthorized(Model):
    """Application Authorized.

    See https://discord.com/developers/docs/events/webhook-events#application-authorized
    """

    integration_type: int | None = None
    user: User
    scopes: list[str]
    guild: Guild | None = None


@model
class ApplicationDeauthorized(Model):
    """Application Deauthorized.

    See https://discord.com/developers/docs/events/webhook-events#application-deauthorized
    """

    user: User


@model
class LobbyMessageDelete(Entity):
    """Lobby Message Delete.

    See https://discord.com/developers/docs/events/webhook-events#lobby-message-delete
    """

    lobby_id: Snowflake
