"""Reading the body of a WSGI request, exactly as it came and no more than allowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

__all__ = ["BadBody", "read_body"]

_PIECE: Final = 64 * 1024


class BadBody(Exception):
    """The body cannot be had; never leaves the package.

    Attributes:
        status: The HTTP status to answer with.
    """

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def read_body(environ: Mapping[str, Any], limit: int) -> bytes:
    """Return the request's body.

    Without a Content-Length it is read to its end where the server says that there is one
    (``wsgi.input_terminated``, chunked bodies), and is empty elsewhere.

    Args:
        environ: The WSGI environment.
        limit: Bytes at most.

    Raises:
        BadBody: It is larger (413), its length is no number or is not kept (401).
    """
    stream = environ.get("wsgi.input")
    announced = environ.get("CONTENT_LENGTH") or ""
    length: int | None = None
    if announced:
        if not (announced.isascii() and announced.isdigit() and len(announced) < 20):
            raise BadBody(401, "the Content-Length is no number")
        length = int(announced)
        if length > limit:
            raise BadBody(413, f"a body of {length} bytes; {limit} are allowed")
    elif not environ.get("wsgi.input_terminated"):
        return b""
    if stream is None:
        return b""
    pieces: list[bytes] = []
    left = limit + 1 if length is None else length
    try:
        while left > 0:
            piece = stream.read(min(left, _PIECE))
            if not piece:
                break
            pieces.append(piece)
            left -= len(piece)
    except Exception as error:  # of the server's: the client is gone, a chunk is broken
        raise BadBody(401, f"the body could not be read: {type(error).__name__}") from error
    body = b"".join(pieces)
    if length is None and len(body) > limit:
        raise BadBody(413, f"a body of more than {limit} bytes")
    if length is not None and len(body) != length:
        raise BadBody(401, f"{len(body)} of {length} bytes came")
    return body
