"""Read a request's body in each form clients send it.

JSON alone; multipart with a part `payload_json` that comes first or last, of any type or none, and
files named `files[0]` or, from one library, counted from `files[1]`; urlencoded with
`payload_json`, as another answers interactions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..world.events import from_json
from .errors import WorldError

if TYPE_CHECKING:
    from flask import Request

#: Largest file in bytes.
MAX_FILE = 10 * 1024 * 1024

#: Most files of one message.
MAX_FILES = 10

_FILE_FIELD = re.compile(r"files?\[?(\d*)\]?")


@dataclass(frozen=True)
class Upload:
    """A file of a request.

    Args:
        index: The number in its field's name, which `attachments[].id` refers to.
        filename: Its name without any folder.
        content_type: What the client said it is; empty when it said nothing.
        data: Its bytes.
    """

    index: int
    filename: str
    content_type: str
    data: bytes


@dataclass(frozen=True)
class Content:
    """What a body carries.

    Args:
        payload: The JSON, {} for an empty body.
        files: Uploaded files in the order of their numbers.
        fields: Other form fields.
    """

    payload: Any
    files: list[Upload] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, request: Request) -> Content:
        """Read the body of a request.

        Raises:
            WorldError: 50109 for invalid JSON, 50035 for another content type, 40005 for a file
                that is too large.
        """
        kind = request.mimetype
        if kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
            return cls._read_form(request)
        data = request.get_data()
        if not data:
            return cls({})
        if kind != "application/json":
            text = "Expected \"Content-Type\" header to be one of {'application/json'}."
            error = {"_errors": [{"code": "CONTENT_TYPE_INVALID", "message": text}]}
            raise WorldError(400, 50035, "Invalid Form Body", errors=error)
        return cls(_parse(data))

    @classmethod
    def _read_form(cls, request: Request) -> Content:
        fields = dict(request.form.items())
        raw: str | bytes | None = fields.pop("payload_json", None)
        files: list[Upload] = []
        for name, part in request.files.items(multi=True):
            data = part.stream.read()
            if name == "payload_json":
                raw = data
                continue
            match = _FILE_FIELD.fullmatch(name)
            index = int(match[1]) if match and match[1] else len(files)
            if len(data) > MAX_FILE:
                raise WorldError(413, 40005, "Request entity too large")
            filename = _base_name(part.filename or "unknown")
            files.append(Upload(index, filename, part.content_type or "", data))
        if len(files) > MAX_FILES:
            text = "Maximum number of attachments in a message reached (10)"
            raise WorldError(400, 30015, text)
        files.sort(key=lambda upload: upload.index)
        payload = _parse(raw) if raw else dict(fields)
        return cls(payload, files, fields)


def _parse(data: str | bytes) -> Any:
    try:
        return from_json(data)
    except ValueError:
        raise WorldError(400, 50109, "The request body contains invalid JSON.") from None


def _base_name(filename: str) -> str:
    """Return a name that is safe in a URL's last segment, as Discord rewrites it."""
    name = re.split(r"[/\\]", filename)[-1]
    name = re.sub(r"[^\w.\-()]", "_", name, flags=re.ASCII).lstrip(".")
    return name or "unknown"
