"""Images and sounds that travel inside JSON, as data URIs.

See https://discord.com/developers/docs/reference#image-data
"""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Final

from disruption.errors import InvalidArgument
from disruption.rest.files import File

__all__ = ["EMOJI_BYTES", "STICKER_BYTES", "FileSource", "data_uri", "read", "sound_uri"]

FileSource = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes] | File
"""A path, the content, an open file, a `File`, or text that is a data URI already."""

EMOJI_BYTES: Final = 256 * 1024
STICKER_BYTES: Final = 512 * 1024

_SOUND_BYTES: Final = 512 * 1024
# Discord says no limit for the images of guilds, users and webhooks; it takes 10 MiB.
_IMAGE_BYTES: Final = 10 * 1024 * 1024
_CHUNK: Final = 64 * 1024


def _image_type(head: bytes) -> str | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:12] in (b"avif", b"avis"):
        return "image/avif"
    return None


def _sound_type(head: bytes) -> str | None:
    if head.startswith(b"OggS"):
        return "audio/ogg"
    # An ID3 tag, or the sync bits of an MPEG frame of layer III.
    if head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):
        return "audio/mpeg"
    return None


def data_uri(image: FileSource, name: str, *, limit: int = _IMAGE_BYTES) -> str:
    """Return an image as Discord takes it in JSON.

    Args:
        image: A path, the content, an open file, or a data URI.
        name: What to call it in the error.
        limit: How large it may be, in bytes.

    Raises:
        InvalidArgument: It is none of these, no image that Discord knows, or too large.
    """
    return _uri(image, name, limit, _image_type, "image", "a PNG, JPEG, GIF, WebP or AVIF image")


def sound_uri(sound: FileSource, name: str) -> str:
    """Return a sound as Discord takes it in JSON; arguments and errors as for `data_uri`."""
    return _uri(sound, name, _SOUND_BYTES, _sound_type, "audio", "an MP3 or Ogg sound")


def _uri(
    source: FileSource,
    name: str,
    limit: int,
    sniff: Callable[[bytes], str | None],
    kind: str,
    wanted: str,
) -> str:
    if isinstance(source, str) and source.startswith("data:"):
        if not source.startswith(f"data:{kind}/") or ";base64," not in source[:64]:
            raise InvalidArgument(f"{name} must be {wanted}, not {source[:30]!r}")
        size = (len(source) - source.index(",") - 1) * 3 // 4
        if size > limit + 2:
            raise _too_large(name, limit)
        return source
    content = read(source, name, limit)
    found = sniff(content[:16])
    if found is None:
        raise InvalidArgument(f"{name} must be {wanted}; this begins with {content[:8]!r}")
    return f"data:{found};base64,{base64.b64encode(content).decode()}"


def read(source: FileSource, name: str, limit: int) -> bytes:
    """Return the content of a file, of which no more than `limit` bytes are read.

    Raises:
        InvalidArgument: It is no file, cannot be read, is empty, or larger than that.
    """
    if isinstance(source, io.TextIOBase):
        raise InvalidArgument(f"{name} must be opened in binary mode ('rb')")
    try:
        if isinstance(source, bytes | bytearray | memoryview):
            content = bytes(source)
        elif isinstance(source, File):
            content = _collect(iter(source.chunks()), limit)
        elif isinstance(source, str | os.PathLike):
            path = Path(source)
            if not path.is_file():
                raise InvalidArgument(f"{name}: there is no file {os.fspath(source)[:200]!r}")
            with path.open("rb") as opened:
                content = opened.read(limit + 1)
        elif hasattr(source, "read"):
            content = _collect(iter(lambda: source.read(_CHUNK), b""), limit)
        else:
            raise InvalidArgument(
                f"{name} must be a path, bytes or an open file, not {type(source).__name__}"
            )
    except (OSError, ValueError) as error:
        if isinstance(error, InvalidArgument):
            raise
        raise InvalidArgument(f"{name} cannot be read: {error}") from error
    if not content:
        raise InvalidArgument(f"{name} is empty")
    if len(content) > limit:
        raise _too_large(name, limit)
    return content


def _collect(pieces: Iterable[bytes], limit: int) -> bytes:
    collected = bytearray()
    for piece in pieces:
        collected += piece
        if len(collected) > limit:
            break
    return bytes(collected)


def _too_large(name: str, limit: int) -> InvalidArgument:
    return InvalidArgument(f"{name} must have at most {limit // 1024} KiB")
