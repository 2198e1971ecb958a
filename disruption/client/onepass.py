"""Envelope and event in one pass over the bytes of a frame.

An envelope that leaves its event alone must look through it all the same, to find where
it ends: a tenth of the time that a message takes. Discord writes the event's name first,
so what the frame holds is known before it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from functools import cache
from typing import Any, Literal

import msgspec

from ..gateway.envelope import Envelope, Opened, decode_envelope
from ..types.core.base import Api, current
from ..types.core.codec import decoder_for
from ..types.events import EVENTS, Event

__all__ = ["OnePass"]

_BEGIN = b'{"t":"'
_WITHIN = 48  # bytes of a frame where the name must end

_Found = tuple[bytes, type[Event], Callable[[bytes], Opened[Event]]]
"""How a frame begins that holds an event, the event's class, and what decodes it."""


class OnePass:
    """Opens frames; used by reader threads alone.

    Args:
        listens: Tells whether anyone wants events of a class.
        api: What decoded objects are bound to.
        apart: Names of events that are wanted as JSON.
        smallest: Bytes below which a frame is decoded in two passes: they take less time then
            than it takes to look for the name.
        largest: Bytes from which on a frame is left to be decoded in two passes.
    """

    def __init__(
        self,
        listens: Callable[[type], bool],
        api: Api,
        *,
        apart: Container[str],
        smallest: int = 512,
        largest: int,
    ) -> None:
        self._listens = listens
        self._api = api
        self._smallest = smallest
        self._largest = largest
        self._known = {name.encode(): name for name in EVENTS if name not in apart}
        self._found: dict[bytes, _Found] = {}
        self._last: _Found | None = None  # what most frames hold, the next one holds as well

    def begin(self) -> None:
        """Bind all that the calling thread opens from now on."""
        current.set(self._api)

    def open(self, frame: bytes) -> Envelope | Opened[Event]:
        """Return the frame's envelope, with the event inside if somebody listens for it.

        Raises:
            msgspec.DecodeError: The frame is not the JSON of an envelope.
        """
        if self._smallest <= len(frame) < self._largest:
            found = self._last
            if found is None or not frame.startswith(found[0]):
                found = self._find(frame)
            if found is not None and self._listens(found[1]):
                try:
                    return found[2](frame)
                except (ValueError, RecursionError):
                    pass  # it does not fit, or is no JSON, or what seemed its name was none
        return decode_envelope(frame)

    def _find(self, frame: bytes) -> _Found | None:
        end = frame.find(b'"', len(_BEGIN), _WITHIN)
        key = frame[len(_BEGIN) : end]
        found = self._found.get(key) or self._make(key)
        if found is not None:
            self._last = found
        return found

    def _make(self, key: bytes) -> _Found | None:
        name = self._known.get(key)
        if name is None:
            return None
        found = self._found[key] = (_BEGIN + key + b'"', EVENTS[name].cls, _decoder_of(name))
        return found


@cache
def _decoder_of(name: str) -> Callable[[bytes], Opened[Event]]:
    """Return what decodes payloads that hold this event; those of another do not fit."""
    fields = [("op", Literal[0]), ("d", EVENTS[name].cls), ("t", Literal[name])]
    opened: Any = msgspec.defstruct("Opened", fields, bases=(Opened,), kw_only=True, gc=False)
    decoder: msgspec.json.Decoder[Any] = decoder_for(opened)
    return decoder.decode
