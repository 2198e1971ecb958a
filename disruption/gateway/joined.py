"""Several payloads in one message, which Discord never sends and a proxy might."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator

__all__ = ["one_by_one", "take_apart"]

_SPACE = " \t\n\r"
_MOST = 1000  # payloads of one message; more are a way to fill the memory


def take_apart(data: bytes) -> list[bytes]:
    """Return the payloads in a message that is not one; empty where it does not begin with any.

    Each ends where its JSON object does. What follows the last and is none comes at the end, and
    so does all that follows the thousandth.
    """
    # Undecodable bytes are kept, so that each part is what came.
    text = data.decode("utf-8", "surrogateescape")
    decode = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str).raw_decode
    parts: list[bytes] = []
    start = len(text) - len(text.lstrip(_SPACE))
    while start < len(text):
        end = len(text)
        if text.startswith("{", start) and len(parts) < _MOST:
            try:
                _, end = decode(text, start)
            except (ValueError, RecursionError):
                if not parts:
                    return []
        elif not parts:
            return []
        parts.append(text[start:end].encode("utf-8", "surrogateescape"))
        while end < len(text) and text[end] in _SPACE:
            end += 1
        start = end
    return parts if len(parts) > 1 else []


def one_by_one(parts: deque[bytes], receive: Callable[[], bytes]) -> Iterator[bytes]:
    """Yield what is in `parts`, whenever there is something, and else what `receive` returns."""
    while True:
        yield parts.popleft() if parts else receive()
