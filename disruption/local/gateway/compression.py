"""Transport compression: one context for a connection, or none.

See https://discord.com/developers/docs/events/gateway#encoding-and-compression
"""

from __future__ import annotations

import zlib
from typing import Protocol

__all__ = ["Encoder", "PayloadZlib", "Plain", "ZlibStream", "make_encoder"]

#: Size in bytes above which payload compression is worth its name; smaller ones go as text.
_WORTHWHILE = 1024


class Encoder(Protocol):
    """Turns a payload into the body of one WebSocket message."""

    def encode(self, payload: bytes) -> tuple[bytes, bool]:
        """Return the body, and whether it goes as text."""


class Plain:
    """No compression: JSON in text frames."""

    def encode(self, payload: bytes) -> tuple[bytes, bool]:
        """Return the payload as it is."""
        return payload, True


class PayloadZlib:
    """What `compress: true` in an IDENTIFY asks for: large payloads compressed each by itself."""

    def encode(self, payload: bytes) -> tuple[bytes, bool]:
        """Compress a large payload."""
        if len(payload) < _WORTHWHILE:
            return payload, True
        return zlib.compress(payload), False


class ZlibStream:
    """One zlib stream; each message ends with a sync flush, 00 00 FF FF."""

    def __init__(self) -> None:
        self._compressor = zlib.compressobj(level=1)

    def encode(self, payload: bytes) -> tuple[bytes, bool]:
        """Compress a payload in the context of those before it."""
        body = self._compressor.compress(payload)
        return body + self._compressor.flush(zlib.Z_SYNC_FLUSH), False


class ZstdStream:
    """One zstandard stream, flushed after each message."""

    def __init__(self) -> None:
        import zstandard

        self._compressor = zstandard.ZstdCompressor(level=1).compressobj()
        self._flush_block = zstandard.COMPRESSOBJ_FLUSH_BLOCK

    def encode(self, payload: bytes) -> tuple[bytes, bool]:
        """Compress a payload in the context of those before it."""
        body: bytes = self._compressor.compress(payload)
        return body + self._compressor.flush(self._flush_block), False


def make_encoder(name: str | None) -> Encoder | None:
    """Return the encoder for a URL's `compress`; None when it is not to be had.

    `zstd-stream` needs the package `zstandard`.
    """
    if name is None:
        return Plain()
    if name == "zlib-stream":
        return ZlibStream()
    if name == "zstd-stream":
        try:
            return ZstdStream()
        except ImportError:
            return None
    return None
