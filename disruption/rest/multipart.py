"""Multipart forms that stream: ``payload_json`` first, then ``files[n]``.

Nothing larger than a piece of a file is held, and iterating again starts again, so
that a retry sends the same bytes.

See https://discord.com/developers/docs/reference#uploading-files
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence

from disruption.errors import InvalidArgument
from disruption.rest.files import File

__all__ = ["Multipart"]


class Multipart:
    """A form of a JSON payload and files.

    Args:
        payload: The JSON.
        files: What becomes ``files[0]``, ``files[1]``, …

    Attributes:
        content_type: The header's value.
        length: Bytes in all, None where a file cannot tell its size.
        rewindable: Whether it can be sent a second time.
    """

    def __init__(self, payload: bytes, files: Sequence[File]) -> None:
        boundary = secrets.token_hex(16)
        self.content_type = f"multipart/form-data; boundary={boundary}"
        self.rewindable = all(file.rewindable for file in files)
        self._files = tuple(files)
        self._sizes = tuple(file.size for file in files)
        line = f"--{boundary}\r\n"
        self._first = (
            f'{line}Content-Disposition: form-data; name="payload_json"\r\n'
            "Content-Type: application/json\r\n\r\n"
        ).encode() + payload
        self._heads = tuple(
            (
                f'\r\n{line}Content-Disposition: form-data; name="files[{number}]"; '
                f'filename="{_quoted(file.filename)}"\r\n'
                f"Content-Type: {file.content_type}\r\n\r\n"
            ).encode("utf-8", "replace")
            for number, file in enumerate(files)
        )
        self._last = f"\r\n--{boundary}--\r\n".encode()
        self.length: int | None = len(self._first) + sum(map(len, self._heads)) + len(self._last)
        for size in self._sizes:
            self.length = None if self.length is None or size is None else self.length + size

    def __iter__(self) -> Iterator[bytes]:
        """Yield the form in pieces, from its beginning.

        Raises:
            InvalidArgument: A file changed its size since the form was made.
        """
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
        yield self._last


def _quoted(filename: str) -> str:
    """Escape a file name as browsers do."""
    return filename.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
