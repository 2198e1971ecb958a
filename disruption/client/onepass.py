"""Envelope and event in one pass over the bytes of a frame.

An envelope that leaves its event alone must look through it all the same, to find where
it ends: a tenth of the time that a message takes. Discord writes the event's name first,
so what the frame holds is known before it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any

import msgspec

from ..gateway.envelope import Envelope, Opened, decode_envelope
from ..types.core.base import Api, current
from ..types.core.codec import decoder_for
from ..types.events import EVENTS, Event

__all__ = ["OnePass"]

_FIRST = len(b'{"t":"')  # where the name begins
_WITHIN = 48  # bytes of a frame where it must end

_now = current.get
_Found = tuple[str, type[Event], Callable[[bytes], Opened[Event]]]


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

    def open(self, frame: bytes) -> Envelope | Opened[Event]:
        """Return the frame's envelope, with the event inside if somebody listens for it.

        Raises:
            msgspec.DecodeError: The frame is not the JSON of an envelope.
        """
        if len(frame) < self._smallest:
            return decode_envelope(frame)
        name = frame[_FIRST : frame.find(b'"', _FIRST, _WITHIN)]
        found = self._found.get(name) or self._find(name)
        if found is None:
            return decode_envelope(frame)
        event, cls, decode = found
        if not self._listens(cls) or len(frame) >= self._largest:
            return decode_envelope(frame)
        if _now() is not self._api:
            current.set(self._api)  # for as long as this reader thread lives
        try:
            opened = decode(frame)
        except (ValueError, RecursionError):
            return decode_envelope(frame)  # the event does not fit, or the frame is no JSON
        if opened.op or opened.t != event:
            return decode_envelope(frame)  # the name stood elsewhere than it seemed
        return opened

    def _find(self, key: bytes) -> _Found | None:
        name = self._known.get(key)
        if name is None:
            return None
        cls = EVENTS[name].cls
        decoder: msgspec.json.Decoder[Any] = decoder_for(Opened[cls])  # type: ignore[valid-type]
        found = self._found[key] = (name, cls, decoder.decode)
        return found
