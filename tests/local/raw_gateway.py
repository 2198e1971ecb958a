"""A gateway client that knows nothing: it sends what it is told and keeps what it gets."""

from __future__ import annotations

import contextlib
import json
import zlib
from collections.abc import Iterator
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

#: Seconds to wait for anything before a test gives up.
PATIENCE = 10.0

ALL_INTENTS = 53608447


class RawClient:
    """One connection."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.seq: int | None = None
        self._zlib = zlib.decompressobj()

    def send(self, op: Any, d: Any = None) -> None:
        self.socket.send(json.dumps({"op": op, "d": d}))

    def raw(self) -> str | bytes:
        return self.socket.recv(PATIENCE)

    def recv(self) -> dict[str, Any]:
        frame = self.raw()
        if isinstance(frame, bytes):
            assert frame.endswith(b"\x00\x00\xff\xff")
            frame = self._zlib.decompress(frame).decode()
        payload: dict[str, Any] = json.loads(frame)
        if payload.get("s") is not None:
            self.seq = payload["s"]
        return payload

    def until(self, name: str) -> dict[str, Any]:
        """Return the data of the next event of this name, skipping others."""
        while True:
            payload = self.recv()
            if payload["t"] == name:
                return payload["d"]

    def beat(self) -> list[dict[str, Any]]:
        """Heartbeat, and return everything that came before the ACK."""
        self.send(1, self.seq)
        before = []
        while (payload := self.recv())["op"] != 11:
            before.append(payload)
        return before

    def names(self) -> list[str]:
        """Return the names of the events that are already on their way."""
        return [payload["t"] for payload in self.beat() if payload["op"] == 0]

    def identify(self, token: str, intents: int = ALL_INTENTS, **fields: Any) -> dict[str, Any]:
        self.send(2, {"token": token, "intents": intents, "properties": {}, **fields})
        return self.until("READY")

    def resume(self, token: str, session_id: str, seq: int) -> None:
        self.send(6, {"token": token, "session_id": session_id, "seq": seq})

    def close_code(self) -> int | None:
        """Wait until the server closes, and return its code; None for no close frame."""
        try:
            while True:
                self.raw()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd is not None else None


@contextlib.contextmanager
def raw(url: str, query: str = "?v=10&encoding=json", hello: bool = True) -> Iterator[RawClient]:
    options = {"compression": None, "max_size": None, "close_timeout": 1}
    with connect(f"{url}/{query}", **options) as socket:
        client = RawClient(socket)
        if hello:
            assert client.recv()["op"] == 10
        yield client
