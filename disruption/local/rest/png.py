"""Draw small PNGs, for pictures nobody uploaded, and tell how large a picture is."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache


@lru_cache(maxsize=256)
def plain_png(seed: str, size: int = 64) -> bytes:
    """Return a square PNG of a colour that depends on `seed`.

    Args:
        seed: Anything; the same text gives the same colour.
        size: Width and height in pixels.
    """
    number = zlib.crc32(seed.encode())
    colour = bytes(64 + (number >> shift & 0x7F) for shift in (0, 8, 16))
    return indexed_png([bytes(size)] * size, [colour])


def indexed_png(
    rows: Sequence[bytes], colours: Sequence[Sequence[int]], *, clear: int | None = None
) -> bytes:
    """Return a PNG of few colours.

    Args:
        rows: From the top, one byte a pixel: the number of its colour.
        colours: Red, green and blue of each, 0 to 255.
        clear: The number of the colour that is transparent.
    """
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 3, 0, 0, 0)
    parts = [(b"IHDR", header), (b"PLTE", b"".join(map(bytes, colours)))]
    if clear is not None:
        parts.append((b"tRNS", bytes(0 if n == clear else 255 for n in range(len(colours)))))
    parts += [(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def image_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, GIF or JPEG, None for anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    if data[:2] == b"\xff\xd8":
        return _jpeg_size(data)
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _chunk(name: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checksum)
