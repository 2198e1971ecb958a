"""Webhook events.

The types of https://discord.com/developers/docs/events/webhook-events
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from .core.base import Bound, Entity, Model, model
from .core.codec import convert
from .core.enums import OpenIntEnum, OpenStrEnum
from .core.event import Event
from .core.snowflake import Snowflake
from .guild import Guild
from .lobby import LobbyMessage
from .user import User

if TYPE_CHECKING:
    from .entitlement import Entitlement

__all__ = [
    "ApplicationAuthorized",
    "ApplicationDeauthorized",
    "LobbyMessageCreate",
    "LobbyMessageDelete",
    "LobbyMessageUpdate",
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
class WebhookEventBody(Bound):
    """Event Body: `data` as it came, `payload` as the object it is.

    See https://discord.com/developers/docs/events/webhook-events#event-body-object
    """

    type: WebhookEventType
    timestamp: str
    data: dict[str, Any] | None = None

    @property
    def payload(
        self,
    ) -> (
        ApplicationAuthorized
        | ApplicationDeauthorized
        | Entitlement
        | LobbyMessage
        | LobbyMessageDelete
        | dict[str, Any]
        | None
    ):
        """The object that `data` describes; `data` itself for types without one."""
        from .entitlement import Entitlement

        kinds: dict[str, type[Any]] = {
            WebhookEventType.APPLICATION_AUTHORIZED: ApplicationAuthorized,
            WebhookEventType.APPLICATION_DEAUTHORIZED: ApplicationDeauthorized,
            WebhookEventType.ENTITLEMENT_CREATE: Entitlement,
            WebhookEventType.ENTITLEMENT_UPDATE: Entitlement,
            WebhookEventType.ENTITLEMENT_DELETE: Entitlement,
            WebhookEventType.LOBBY_MESSAGE_CREATE: LobbyMessageCreate,
            WebhookEventType.LOBBY_MESSAGE_UPDATE: LobbyMessageUpdate,
            WebhookEventType.LOBBY_MESSAGE_DELETE: LobbyMessageDelete,
        }
        kind = kinds.get(self.type)
        if kind is None or self.data is None:
            return self.data
        made: Entitlement = convert(kind, self.data, self._api)
        return made


@model
class ApplicationAuthorized(Model, Event):
    """Application Authorized.

    See https://discord.com/developers/docs/events/webhook-events#application-authorized
    """

    event_name: ClassVar[str] = "APPLICATION_AUTHORIZED"

    integration_type: int | None = None
    user: User
    scopes: list[str]
    guild: Guild | None = None


@model
class ApplicationDeauthorized(Model, Event):
    """Application Deauthorized.

    See https://discord.com/developers/docs/events/webhook-events#application-deauthorized
    """

    event_name: ClassVar[str] = "APPLICATION_DEAUTHORIZED"

    user: User


@model
class LobbyMessageCreate(LobbyMessage, Event):
    """Lobby Message Create.

    See https://discord.com/developers/docs/events/webhook-events#lobby-message-create
    """

    event_name: ClassVar[str] = "LOBBY_MESSAGE_CREATE"


@model
class LobbyMessageUpdate(LobbyMessage, Event):
    """Lobby Message Update.

    See https://discord.com/developers/docs/events/webhook-events#lobby-message-update
    """

    event_name: ClassVar[str] = "LOBBY_MESSAGE_UPDATE"


@model
class LobbyMessageDelete(Entity, Event):
    """Lobby Message Delete.

    See https://discord.com/developers/docs/events/webhook-events#lobby-message-delete
    """

    event_name: ClassVar[str] = "LOBBY_MESSAGE_DELETE"

    lobby_id: Snowflake
