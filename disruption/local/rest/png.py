"""Draw a tiny one-coloured PNG, for avatars and icons nobody uploaded."""

from __future__ import annotations

import struct
import zlib
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
    header = struct.pack(">IIBBBBB", size, size, 8, 3, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * size) * size)
    parts = ((b"IHDR", header), (b"PLTE", colour), (b"IDAT", rows), (b"IEND", b""))
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
