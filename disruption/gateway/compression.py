"""Transport compression: one stream for the life of a connection.

See https://discord.com/developers/docs/events/gateway#transport-compression
"""

from __future__ import annotations

import zlib
from typing import Literal, Protocol

from ..errors import InvalidArgument, MissingExtra

__all__ = ["Compression", "InflateError", "Inflater", "check_compression", "make_inflater"]

Compression = Literal["zlib-stream", "zstd-stream"]

_SUFFIX = b"\x00\x00\xff\xff"  # ends each message of a zlib stream
_SLICE = 1024  # bytes given to zstd at once: a block of 128 KiB can hide in 4 bytes


class InflateError(Exception):
    """The stream is broken or inflates past the limit; the connection cannot go on."""


class Inflater(Protocol):
    """Turns the binary messages of one connection into payloads."""

    def __call__(self, data: bytes) -> bytes | None:
        """Return the payload that `data` completes, or None while more is to come.

        Raises:
            InflateError: The stream is broken, or the payload is larger than the limit.
        """


def check_compression(compress: str | None) -> None:
    """Refuse a compression that does not exist or whose package is missing.

    Raises:
        InvalidArgument: There is no such compression.
        MissingExtra: zstd-stream was asked for without the extra ``zstd``.
    """
    if compress is None or compress == "zlib-stream":
        return
    if compress != "zstd-stream":
        raise InvalidArgument(
            f"compress={compress!r} is none of 'zlib-stream', 'zstd-stream' and None"
        )
    try:
        import zstandard  # noqa: F401
    except ImportError as error:
        raise MissingExtra("compress='zstd-stream'", "zstd") from error


def make_inflater(compress: str | None, limit: int) -> Inflater | None:
    """Return a fresh inflater for a new connection; `limit` is in bytes of a payload."""
    if compress == "zlib-stream":
        return ZlibInflater(limit)
    if compress == "zstd-stream":
        return ZstdInflater(limit)
    return None


def _too_large(limit: int) -> InflateError:
    return InflateError(f"a payload inflates to more than {limit} bytes")


class ZlibInflater:
    """One zlib stream; a message ends with the four bytes of a sync flush."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._decompress = zlib.decompressobj()
        self._parts: list[bytes] = []  # inflated pieces of a payload that is not complete
        self._size = 0  # their bytes
        self._tail = b""  # the last four bytes of the messages that they came in

    def __call__(self, data: bytes) -> bytes | None:
        inflater = self._decompress
        try:
            payload = inflater.decompress(data, self._limit)
        except zlib.error as error:
            raise InflateError(f"the zlib stream is broken: {error}") from error
        if inflater.unconsumed_tail:
            raise _too_large(self._limit)
        if inflater.eof:
            raise InflateError("the zlib stream has ended, but the connection goes on")
        if not self._parts and data[-4:] == _SUFFIX:
            return payload
        return self._collect(payload, data)

    def _collect(self, payload: bytes, data: bytes) -> bytes | None:
        self._parts.append(payload)
        self._tail = (self._tail + data[-4:])[-4:]
        self._size += len(payload)
        if self._size > self._limit:
            raise _too_large(self._limit)
        if self._tail != _SUFFIX:
            return None
        whole = b"".join(self._parts)
        self._parts.clear()
        self._tail = b""
        self._size = 0
        return whole


class ZstdInflater:
    """One zstd stream; every message is a whole payload."""

    def __init__(self, limit: int) -> None:
        try:
            import zstandard
        except ImportError as error:
            raise MissingExtra("compress='zstd-stream'", "zstd") from error
        self._limit = limit
        self._error: type[Exception] = zstandard.ZstdError
        decompressor = zstandard.ZstdDecompressor(max_window_size=1 << 27)
        self._decompress = decompressor.decompressobj()

    def __call__(self, data: bytes) -> bytes | None:
        try:
            if len(data) <= _SLICE:
                payload = self._decompress.decompress(data)
            else:
                payload = self._in_slices(data)
        except self._error as error:
            raise InflateError(f"the zstd stream is broken: {error}") from error
        if len(payload) > self._limit:
            raise _too_large(self._limit)
        return payload or None

    def _in_slices(self, data: bytes) -> bytes:
        """Inflate piece by piece: the package cannot bound what one call returns."""
        parts: list[bytes] = []
        size = 0
        for start in range(0, len(data), _SLICE):
            part = self._decompress.decompress(data[start : start + _SLICE])
            size += len(part)
            if size > self._limit:
                raise _too_large(self._limit)
            parts.append(part)
        return b"".join(parts)
