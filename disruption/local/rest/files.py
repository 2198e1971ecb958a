"""The bytes behind attachments and images, as the CDN serves them.

See https://discord.com/developers/docs/reference#cdn-formatting
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import mimetypes
import re
import threading
from collections import OrderedDict
from typing import Any
from urllib.parse import quote

from .errors import form_error
from .multipart import Upload
from .png import image_size

#: Bytes kept before the oldest files go; a long-lived local Discord must not fill memory.
KEPT_BYTES = 512 * 1024 * 1024

_DATA_URI = re.compile(r"data:(image/(?:png|jpeg|gif|webp));base64,(.*)", re.DOTALL)
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
        if match[1] == "image/gif":
            name = f"a_{name}"
        self.put(("image", name), match[1], data)
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


def attachment(
    files: Files,
    base_url: str,
    channel_id: str,
    attachment_id: str,
    upload: Upload,
    described: dict[str, Any],
) -> dict[str, Any]:
    """Keep an uploaded file and return its attachment object.

    Args:
        files: Where it is kept.
        base_url: The server's own address, `http://127.0.0.1:port`.
        channel_id: The channel of its message.
        attachment_id: Its new id.
        upload: The file.
        described: What the request's `attachments` said about it.
    """
    filename = described.get("filename") or upload.filename
    spoiler = bool(described.get("is_spoiler")) or filename.startswith("SPOILER_")
    kind = mimetypes.guess_type(filename)[0] or upload.content_type or "application/octet-stream"
    if kind.startswith("text/"):
        kind = f"{kind.partition(';')[0]}; charset=utf-8"
    files.put(("attachment", channel_id, attachment_id), kind, upload.data)
    url = f"{base_url}/attachments/{channel_id}/{attachment_id}/{quote(filename)}"
    made: dict[str, Any] = {
        "id": attachment_id,
        "filename": filename,
        "size": len(upload.data),
        "url": url,
        "proxy_url": url,
        "content_type": kind,
        "flags": 8 if spoiler else 0,
    }
    size = image_size(upload.data)
    if size is not None:
        made["width"], made["height"] = size
    for key in ("title", "description", "duration_secs", "waveform"):
        if described.get(key) is not None:
            made[key] = described[key]
    return made
