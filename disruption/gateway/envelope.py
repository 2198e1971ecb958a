"""The frame around every gateway payload: ``{"op", "t", "s", "d"}``, with `d` left as bytes.

See https://discord.com/developers/docs/events/gateway-events#payload-structure
"""

from __future__ import annotations

from typing import Generic, TypeVar, final

import msgspec

from ..errors import DecodeError

__all__ = ["Envelope", "Opened", "decode_envelope", "encode", "salvage_envelope"]

_NULL = msgspec.Raw(b"null")
_T = TypeVar("_T")


@final
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


def salvage_envelope(data: bytes, cause: Exception) -> Envelope:
    """Return a payload that `decode_envelope` refused for what is in its `d`.

    Half of a surrogate pair there is enough; U+FFFD takes its place.

    Args:
        data: The payload.
        cause: Why it was refused.

    Raises:
        DecodeError: It is not JSON in any reading, or no payload.
    """
    from ..types.core.salvage import salvage  # only now: it is seldom needed

    parsed = salvage(data, cause)
    if not isinstance(parsed, dict) or "\N{REPLACEMENT CHARACTER}" in str(parsed.get("t")):
        raise DecodeError(f"no payload: {cause}") from cause
    inner = parsed.pop("d", None)
    try:
        payload = msgspec.convert(parsed, Envelope, strict=False)
        payload.d = msgspec.Raw(encode(inner))
    except (ValueError, OverflowError, RecursionError) as error:
        raise DecodeError(f"no payload: {error}") from cause
    return payload
