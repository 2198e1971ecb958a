"""Websocket frames made in advance, plain or as parts of one zlib stream.

A zlib stream has one context for each connection, so frames made in advance would only fit one
place of one connection. Frames are therefore made in runs: each run starts with an empty
dictionary at a byte boundary, which a decompressor cannot tell from a stream that goes on. Runs
may then be sent in any order and again, and a heartbeat's answer fits between any two. Inside a
run, messages refer back to one another as Discord's do.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

from benchmarks.payloads import Json, dumps

RUN = 64
_ZLIB_HEADER = b"\x78\x9c"
_TEXT, _BINARY = 0x81, 0x82


def websocket_frame(payload: bytes, *, binary: bool) -> bytes:
    """One unmasked, unfragmented frame, as a server sends it."""
    first = _BINARY if binary else _TEXT
    size = len(payload)
    if size < 126:
        return bytes((first, size)) + payload
    if size < 1 << 16:
        return bytes((first, 126)) + size.to_bytes(2, "big") + payload
    return bytes((first, 127)) + size.to_bytes(8, "big") + payload


class Wire:
    """Turns payloads into frames.

    Args:
        compressed: zlib-stream (binary frames) rather than plain text frames.
    """

    def __init__(self, *, compressed: bool) -> None:
        self.compressed = compressed

    def first(self, payload: bytes) -> bytes:
        """The frame that opens a connection: the stream's header is in it."""
        if not self.compressed:
            return websocket_frame(payload, binary=False)
        body = _deflate(zlib.compressobj(wbits=-15), payload)
        return websocket_frame(_ZLIB_HEADER + body, binary=True)

    def run(self, payloads: Iterable[bytes]) -> list[bytes]:
        """Frames that must follow each other without anything in between."""
        if not self.compressed:
            return [websocket_frame(payload, binary=False) for payload in payloads]
        compressor = zlib.compressobj(wbits=-15)
        return [websocket_frame(_deflate(compressor, payload), binary=True) for payload in payloads]

    def one(self, payload: bytes) -> bytes:
        """A run of one frame."""
        return self.run([payload])[0]


def _deflate(compressor: zlib._Compress, payload: bytes) -> bytes:
    return compressor.compress(payload) + compressor.flush(zlib.Z_SYNC_FLUSH)


class Template:
    """An event's frame whose sequence, id and index can be filled in cheaply.

    The index stands at the beginning of a message's content, or of a command's last option.

    All three have a fixed number of digits, so every frame made from a template has its size.
    """

    _SEQUENCE, _ID, _INDEX = 7_654_321, 1_999_999_999_999_999_999, 9_876_543

    def __init__(self, data: Json) -> None:
        data = data | {"id": str(self._ID)}
        if "content" in data:
            name = "MESSAGE_CREATE"
            words = data["content"].split(" ", 1)[1]
            data["content"] = f"{self._INDEX:07d} {words}"
        else:
            name = "INTERACTION_CREATE"
            *others, last = data["data"]["options"]
            last = last | {"value": f"{self._INDEX:07d} {last['value']}"}
            data["data"] = data["data"] | {"options": [*others, last]}
        text = dumps({"t": name, "s": self._SEQUENCE, "op": 0, "d": data})
        self._head, rest = text.split(b"%d" % self._SEQUENCE, 1)
        self._to_id, rest = rest.split(b"%d" % self._ID, 1)
        self._to_index, self._tail = rest.split(b"%d" % self._INDEX, 1)

    def fill(self, sequence: int, index: int) -> bytes:
        """The payload with this sequence (seven digits) and index (at most seven)."""
        return b"".join(
            (
                self._head,
                b"%07d" % sequence,
                self._to_id,
                b"%d" % (1_400_000_000_000_000_000 + (sequence << 22)),
                self._to_index,
                b"%07d" % index,
                self._tail,
            )
        )


def fill_run(templates: Sequence[Template], sequence: int, index: int, count: int) -> list[bytes]:
    """Payloads of `count` consecutive events, taking the templates in turn."""
    size = len(templates)
    return [templates[(index + i) % size].fill(sequence + i, index + i) for i in range(count)]
