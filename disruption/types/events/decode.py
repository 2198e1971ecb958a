"""Event payloads to event objects."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

from ..core.base import Api, current
from ..core.codec import Buffer, decode, decoder_for
from ..core.plan import model_plan
from .base import Event, UnknownEvent
from .table import EVENTS

__all__ = ["decode_event"]

_LARGE = frozenset({"GUILD_CREATE", "GUILD_MEMBERS_CHUNK"})  # thousands of objects in one event

_decoders: dict[str, Callable[[Any], Event]] = {}
_now = current.get
_enter = current.set
_leave = current.reset


def decode_event(name: str, data: Buffer, api: Api | None = None) -> Event:
    """Return the event that the payload `data` of a dispatch named `name` describes.

    Args:
        name: The wire name, ``MESSAGE_CREATE``.
        data: The field ``d`` of the gateway payload, as JSON bytes.
        api: What the verbs of the decoded objects use.

    Raises:
        DecodeError: The bytes are not JSON, or not an object at all.
    """
    decoder = _decoders.get(name) or _decoder(name)
    if decoder is None:
        return UnknownEvent(name=name, data=decode(object, data))
    try:
        if _now() is api:  # a reader thread may have entered once and for all
            return decoder(data)
        token = _enter(api)
        try:
            return decoder(data)
        finally:
            _leave(token)
    except (ValueError, RecursionError):
        pass  # decode() does it again, tolerantly
    cls = EVENTS[name].cls
    if bytes(data) == b"null" and not any(plan.required for plan in model_plan(cls)):
        data = b"{}"  # RESUMED says nothing, and may say it with null
    return decode(cls, data, api)


def _decoder(name: str) -> Callable[[Any], Event] | None:
    spec = EVENTS.get(name)
    if spec is None:
        return None
    decode: Callable[[Any], Event] = decoder_for(spec.cls).decode
    decoder = _decoders[name] = _uncollected(decode) if name in _LARGE else decode
    return decoder


def _uncollected(decode: Callable[[Any], Event]) -> Callable[[Any], Event]:
    """Look for no garbage while a decoder runs: all that it makes is new, and in use.

    The collector would look through it, and through the program's other objects, again and
    again: two thirds of the time that a guild of 1,000 members takes.
    """

    def decode_uncollected(data: Any) -> Event:
        if not gc.isenabled():
            return decode(data)
        gc.disable()
        try:
            return decode(data)
        finally:
            gc.enable()

    return decode_uncollected
