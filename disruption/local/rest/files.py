"""Attachments of messages, as they come with a request.

See https://discord.com/developers/docs/resources/message#attachment-object
"""

from __future__ import annotations

import mimetypes
from typing import Any
from urllib.parse import quote

from ..world.files import Files
from .multipart import Upload
from .png import image_size

__all__ = ["attachment", "is_audio"]


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


def is_audio(upload: Upload) -> bool:
    """Tell whether a file is a recording, by its name or by what the client called it."""
    named = mimetypes.guess_type(upload.filename)[0] or ""
    kinds = (named, upload.content_type)
    return upload.filename.endswith(".ogg") or any(kind.startswith("audio/") for kind in kinds)
