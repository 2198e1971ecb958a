"""Event payloads to event objects."""

from __future__ import annotations

from ..core.base import Api
from ..core.codec import Buffer, decode
from .base import Event, UnknownEvent
from .table import EVENTS

__all__ = ["decode_event"]


def decode_event(name: str, data: Buffer, api: Api | None = None) -> Event:
    """Return the event that the payload `data` of a dispatch named `name` describes.

    Args:
        name: The wire name, ``MESSAGE_CREATE``.
        data: The field ``d`` of the gateway payload, as JSON bytes.
        api: What the verbs of the decoded objects use.

    Raises:
        DecodeError: The bytes are not JSON, or not an object at all.
    """
    spec = EVENTS.get(name)
    if spec is not None:
        return decode(spec.cls, data, api)
    return UnknownEvent(name=name, data=decode(object, data))
