"""The bytes behind attachments, images and sounds, as the CDN serves them.

See https://discord.com/developers/docs/reference#cdn-formatting
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import threading
from collections import OrderedDict
from typing import Any

from .errors import form_error

__all__ = ["Files"]

#: Bytes kept before the oldest files go; a long-lived local Discord must not fill memory.
KEPT_BYTES = 512 * 1024 * 1024

_DATA_URI = re.compile(r"data:(image/(?:png|jpe?g|gif|webp));base64,(.*)", re.DOTALL)

#: How the bytes of images begin. One library calls every image "image/jpg".
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
)
_SOUND_URI = re.compile(r"data:(audio/(?:mp3|mpeg|ogg));base64,(.*)", re.DOTALL)

#: Largest sound of a soundboard in bytes.
LARGEST_SOUND = 512 * 1024


class Files:
    """Uploaded files and images; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # guards both attributes below
        self._files: OrderedDict[tuple[str, ...], tuple[str, bytes]] = OrderedDict()
        self._size = 0

    def put(self, key: tuple[str, ...], content_type: str, data: bytes) -> None:
        """Keep a file; the oldest ones go when there is too much."""
        with self._lock:
            self._files[key] = (content_type, data)
            self._size += len(data)
            while self._size > KEPT_BYTES and len(self._files) > 1:
                _, (_, gone) = self._files.popitem(last=False)
                self._size -= len(gone)

    def all(self) -> list[tuple[tuple[str, ...], str, bytes]]:
        """Return key, content type and bytes of every file, oldest first."""
        with self._lock:
            return [(key, kind, data) for key, (kind, data) in self._files.items()]

    def clear(self) -> None:
        """Drop every file."""
        with self._lock:
            self._files.clear()
            self._size = 0

    def get(self, key: tuple[str, ...]) -> tuple[str, bytes] | None:
        """Return a file's content type and bytes."""
        with self._lock:
            return self._files.get(key)

    def image(self, field: str, value: Any) -> str | None:
        """Keep an image given as a data URI and return its hash; None for None.

        Raises:
            WorldError: 50035 when it is no image.
        """
        if value is None:
            return None
        match = _DATA_URI.fullmatch(value) if isinstance(value, str) else None
        data = b""
        if match is not None:
            try:
                data = base64.b64decode(match[2], validate=True)
            except binascii.Error:
                match = None
        if match is None:
            raise form_error(field, "BASE_TYPE_BAD_IMAGE", "Invalid image data")
        name = hashlib.md5(data, usedforsecurity=False).hexdigest()
        kind = next((kind for start, kind in _MAGIC if data.startswith(start)), match[1])
        if kind == "image/gif":
            name = f"a_{name}"
        self.put(("image", name), kind, data)
        return name

    def sound(self, field: str, value: Any) -> tuple[str, bytes]:
        """Return content type and bytes of a sound given as a data URI.

        Raises:
            WorldError: 50035 when it is no MP3 or Ogg file, or larger than 512 KiB.
        """
        match = _SOUND_URI.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise form_error(field, "BASE_TYPE_BAD_SOUND", "Invalid sound data")
        try:
            data = base64.b64decode(match[2], validate=True)
        except binascii.Error:
            raise form_error(field, "BASE_TYPE_BAD_SOUND", "Invalid sound data") from None
        if len(data) > LARGEST_SOUND:
            text = f"File cannot be larger than {LARGEST_SOUND / 1024} kb."
            raise form_error(field, "BINARY_TYPE_MAX_SIZE", text)
        return match[1], data

    def borrowed(self, url: str) -> str:
        """Return the hash that stands for a picture elsewhere; nothing is fetched."""
        return hashlib.md5(url.encode(), usedforsecurity=False).hexdigest()
