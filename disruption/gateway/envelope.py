"""The frame around every gateway payload: ``{"op", "t", "s", "d"}``, with `d` left as bytes.

See https://discord.com/developers/docs/events/gateway-events#payload-structure
"""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

__all__ = ["Envelope", "Opened", "decode_envelope", "encode"]

_NULL = msgspec.Raw(b"null")
_T = TypeVar("_T")


class Envelope(msgspec.Struct, gc=False):
    """One payload. `d` points into the bytes it was decoded from; nobody has looked inside."""

    op: int
    d: msgspec.Raw = _NULL
    s: int | None = None
    t: str | None = None


class Opened(msgspec.Struct, Generic[_T], gc=False):
    """One payload whose `d` was decoded with it, as what its event carries."""

    op: int
    d: _T
    s: int | None = None
    t: str | None = None


# Lax: numbers may come as strings. It costs nothing where they do not.
decode_envelope = msgspec.json.Decoder(Envelope, strict=False).decode
encode = msgspec.json.Encoder().encode
