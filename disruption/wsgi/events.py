"""What Discord posts, to events: interactions as the gateway brings them, and webhook events.

See https://discord.com/developers/docs/events/webhook-events
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from ..types import (
    ApplicationAuthorized,
    ApplicationDeauthorized,
    InteractionCreate,
    LobbyMessageCreate,
    LobbyMessageDelete,
    LobbyMessageUpdate,
    UnknownEvent,
    decode,
)
from ..types.core.event import Event
from ..types.events import EVENTS, decode_event

if TYPE_CHECKING:
    from ..types.core.base import Api

__all__ = ["WEBHOOK_EVENTS", "Posted", "decode_interaction", "decode_webhook_event", "look_at"]

WEBHOOK_EVENTS: Final[dict[str, type[Event]]] = {
    cls.event_name: cls
    for cls in (
        ApplicationAuthorized,
        ApplicationDeauthorized,
        LobbyMessageCreate,
        LobbyMessageDelete,
        LobbyMessageUpdate,
    )
}
"""Events that only webhooks bring; those that the gateway has too are the gateway's."""


class _Body(msgspec.Struct):
    """The part of a webhook event that says what it is."""

    type: str = ""
    data: msgspec.Raw = msgspec.Raw(b"{}")


class Posted(msgspec.Struct):
    """The part of any request's body that says what it is.

    Attributes:
        type: 1 is the ping of an interactions endpoint, 0 that of an event endpoint.
        id: The interaction's; empty for events.
        event: What happened; None for interactions and pings.
    """

    type: int
    id: str = ""
    event: _Body | None = None


_look = msgspec.json.Decoder(Posted, strict=False).decode


def look_at(body: bytes) -> Posted:
    """Say what a body is.

    Raises:
        msgspec.DecodeError: It is none of what Discord sends, or not JSON.
        UnicodeDecodeError: It is not UTF-8.
    """
    return _look(body)


def decode_interaction(body: bytes, api: Api) -> InteractionCreate | None:
    """Return the interaction; None where it cannot be one.

    Raises:
        DecodeError: It is not JSON, or not an object.
    """
    event = decode_event("INTERACTION_CREATE", body, api)
    return event if isinstance(event, InteractionCreate) and event.token else None


def decode_webhook_event(event: _Body, api: Api) -> Event:
    """Return a webhook event as the class it has, `UnknownEvent` for a new one.

    Raises:
        DecodeError: Its data is no object.
    """
    data = bytes(event.data)
    cls = WEBHOOK_EVENTS.get(event.type)
    if cls is not None:
        return decode(cls, data, api)
    if event.type in EVENTS:
        return decode_event(event.type, data, api)
    return UnknownEvent(name=event.type, data=decode(object, data))
