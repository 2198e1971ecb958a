"""Bodies that are no JSON: multipart forms that stream, and url-encoded ones.

Nothing larger than a piece of a file is held, and iterating again starts again, so
that a retry sends the same bytes.

See https://discord.com/developers/docs/reference#uploading-files
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from disruption.errors import InvalidArgument
from disruption.rest.checks import several
from disruption.rest.files import File

__all__ = ["Multipart", "UrlForm"]


class UrlForm:
    """A url-encoded form, as the OAuth2 routes take them; None values are left out."""

    content_type: Final = "application/x-www-form-urlencoded"

    def __init__(self, fields: Mapping[str, str | None]) -> None:
        given = {name: value for name, value in fields.items() if value is not None}
        self.data = urlencode(given).encode("ascii")


class Multipart:
    """A form of fields and files: ``payload_json``, ``files[0]``, ``files[1]``, … by default.

    Args:
        payload: JSON, for ``payload_json``; None for none.
        files: The files.
        names: What each of them is called; None for ``files[n]``.
        fields: Other fields, by name.

    Attributes:
        content_type: The header's value.
        length: Bytes in all, None where a file cannot tell its size.
        rewindable: Whether it can be sent a second time.
    """

    def __init__(
        self,
        payload: bytes | None,
        files: Sequence[File],
        *,
        names: Sequence[str] | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> None:
        boundary = secrets.token_hex(16)
        self.content_type = f"multipart/form-data; boundary={boundary}"
        for number, file in enumerate(several("files", files)):
            if not isinstance(file, File):
                raise InvalidArgument(f"files[{number}] must be a File, not {type(file).__name__}")
        self.rewindable = all(file.rewindable for file in files)
        self._files = tuple(files)
        self._sizes = tuple(file.size for file in files)
        start = f'--{boundary}\r\nContent-Disposition: form-data; name="'
        self._first = b"".join(
            f'{start}{_quoted(name)}"\r\n\r\n{value}\r\n'.encode("utf-8", "replace")
            for name, value in (fields or {}).items()
        )
        if payload is not None:
            head = f'{start}payload_json"\r\nContent-Type: application/json\r\n\r\n'
            self._first += head.encode() + payload + b"\r\n"
        names = names or [f"files[{number}]" for number in range(len(files))]
        self._heads = tuple(
            (
                f'{start}{name}"; filename="{_quoted(file.filename)}"\r\n'
                f"Content-Type: {file.content_type}\r\n\r\n"
            ).encode("utf-8", "replace")
            for name, file in zip(names, files, strict=True)
        )
        self._last = f"--{boundary}--\r\n".encode()
        ends = 2 * len(files)
        self.length: int | None = (
            len(self._first) + sum(map(len, self._heads)) + ends + len(self._last)
        )
        for size in self._sizes:
            self.length = None if self.length is None or size is None else self.length + size

    def __iter__(self) -> Iterator[bytes]:
        """Yield the form in pieces, from its beginning.

        Raises:
            InvalidArgument: A file changed its size since the form was made.
        """
        if self._first:
            yield self._first
        for file, size, head in zip(self._files, self._sizes, self._heads, strict=True):
            yield head
            read = 0
            for piece in file.chunks():
                read += len(piece)
                if size is not None and read > size:
                    break  # the announced length is a promise
                yield piece
            if size is not None and read != size:
                raise InvalidArgument(f"{file.filename!r} changed while it was uploaded")
            yield b"\r\n"
        yield self._last


def _quoted(filename: str) -> str:
    """Escape a file name as browsers do."""
    return filename.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
