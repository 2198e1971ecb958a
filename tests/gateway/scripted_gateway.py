"""A gateway that does what a test tells it to, on a real socket of 127.0.0.1."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import queue
import socket
import struct
import threading
import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from disruption.gateway import Gateway

PATIENCE = 30.0  # seconds; generous, nothing is timed with it
TOKEN = "fake.token.for-tests"
SESSION = "0123456789abcdef"


class Peer:
    """The server's side of one connection; every method is called by the test."""

    def __init__(self, sock: socket.socket, target: str, headers: dict[str, str], url: str) -> None:
        self.sock = sock
        self.target = target
        self.headers = headers
        self.url = url
        self.query = {k: v[0] for k, v in parse_qs(urlsplit(target).query).items()}
        self.sequence = 0
        self.closed_with: int | None = None
        self._deflate = zlib.compressobj() if self.query.get("compress") == "zlib-stream" else None
        self._buffer = b""

    # Frames

    def raw(self, data: bytes) -> None:
        self.sock.sendall(data)

    def frame(self, opcode: int, data: bytes, *, fin: bool = True, reserved: int = 0) -> None:
        head = bytes([(0x80 if fin else 0) | reserved | opcode])
        if len(data) < 126:
            head += bytes([len(data)])
        elif len(data) < 1 << 16:
            head += b"\x7e" + struct.pack("!H", len(data))
        else:
            head += b"\x7f" + struct.pack("!Q", len(data))
        self.raw(head + data)

    def deflate(self, data: bytes) -> bytes:
        assert self._deflate is not None
        return self._deflate.compress(data) + self._deflate.flush(zlib.Z_SYNC_FLUSH)

    def text(self, data: bytes) -> None:
        """Send one payload as the client has asked for it."""
        if self._deflate is None:
            self.frame(1, data)
        else:
            self.frame(2, self.deflate(data))

    def payload(self, op: int, d: Any = None, **more: Any) -> None:
        self.text(json.dumps({"op": op, "d": d, "s": None, "t": None, **more}).encode())

    def event(self, name: str, d: Any) -> int:
        self.sequence += 1
        self.payload(0, d, s=self.sequence, t=name)
        return self.sequence

    def receive_frame(self) -> tuple[int, bytes]:
        head = self._exactly(2)
        length = head[1] & 0x7F
        if length == 126:
            length = struct.unpack("!H", self._exactly(2))[0]
        elif length == 127:
            length = struct.unpack("!Q", self._exactly(8))[0]
        assert head[1] & 0x80, "clients must mask"
        mask = self._exactly(4)
        data = self._exactly(length)
        return head[0] & 0x0F, bytes(b ^ mask[i % 4] for i, b in enumerate(data))

    def _exactly(self, size: int) -> bytes:
        while len(self._buffer) < size:
            data = self.sock.recv(65536)
            if not data:
                raise EOFError
            self._buffer += data
        taken, self._buffer = self._buffer[:size], self._buffer[size:]
        return taken

    def receive(self) -> dict[str, Any]:
        """Return the next payload of the client."""
        while True:
            opcode, data = self.receive_frame()
            if opcode in (1, 2):
                payload: dict[str, Any] = json.loads(data)
                return payload
            if opcode == 8:
                self.closed_with = struct.unpack("!H", data[:2])[0]
                raise EOFError

    def expect(self, op: int) -> Any:
        """Return the data of the next payload that is no beat, or is asked for."""
        while True:
            payload = self.receive()
            if payload["op"] == op:
                return payload["d"]
            assert payload["op"] == 1, payload

    def until_end(self) -> int | None:
        """Read until the client ends the connection; return its close code."""
        try:
            while True:
                self.receive()
        except (EOFError, OSError):
            return self.closed_with

    # Discord's side of the protocol

    def hello(self, interval: float = 45.0) -> None:
        self.payload(10, {"heartbeat_interval": int(interval * 1000)})

    def ready(self, **more: Any) -> None:
        data = {
            "v": 10,
            "user": {"id": "1", "username": "bot", "discriminator": "0", "avatar": None},
            "guilds": [],
            "session_id": SESSION,
            "resume_gateway_url": self.url,
            "application": {"id": "1", "flags": 0},
        }
        self.event("READY", {**data, **more})

    def identify(self, interval: float = 45.0, **more: Any) -> dict[str, Any]:
        """Do everything up to READY and return what the client identified with."""
        self.hello(interval)
        data: dict[str, Any] = self.expect(2)
        self.ready(**more)
        return data

    def resume(self, interval: float = 45.0, replay: int = 0) -> dict[str, Any]:
        """Do everything up to RESUMED, with `replay` events before it."""
        self.hello(interval)
        data: dict[str, Any] = self.expect(6)
        self.sequence = data["seq"]
        for _ in range(replay):
            self.message()
        self.event("RESUMED", {})
        return data

    def message(self, content: str = "hello") -> int:
        return self.event(
            "TYPING_START",
            {"channel_id": "2", "user_id": "3", "timestamp": 1, "content": content},
        )

    def close(self, code: int, reason: str = "") -> None:
        self.frame(8, struct.pack("!H", code) + reason.encode())

    def drop(self) -> None:
        """Cut the connection without a word."""
        self.sock.shutdown(socket.SHUT_RDWR)
        self.sock.close()


class FakeGateway:
    """Accepts connections and hands each to the test as a `Peer`."""

    def __init__(self, upgrade: Callable[[str], bytes | None] | None = None) -> None:
        self.upgrade = upgrade  # returns an answer of its own, or None for the right one
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.url = f"ws://127.0.0.1:{self.port}"
        self._peers: queue.Queue[Peer] = queue.Queue()
        self._sockets: list[socket.socket] = []
        self._thread = threading.Thread(target=self._accept, name="fake-gateway", daemon=True)
        self._thread.start()

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            sock.settimeout(PATIENCE)
            self._sockets.append(sock)
            try:
                self._shake_hands(sock)
            except OSError:
                sock.close()

    def _shake_hands(self, sock: socket.socket) -> None:
        request = b""
        while not request.endswith(b"\r\n\r\n"):
            data = sock.recv(4096)
            if not data:
                return
            request += data
        first, *lines = request.decode().strip().split("\r\n")
        headers = {k.strip().lower(): v.strip() for k, v in (x.split(":", 1) for x in lines)}
        answer = self.upgrade(first) if self.upgrade is not None else None
        if answer is not None:
            sock.sendall(answer)
            sock.close()
            return
        digest = hashlib.sha1(
            headers["sec-websocket-key"].encode() + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        ).digest()
        sock.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + base64.b64encode(digest) + b"\r\n\r\n"
        )
        self._peers.put(Peer(sock, first.split(" ")[1], headers, self.url))

    def accept(self) -> Peer:
        """Return the next connection."""
        return self._peers.get(timeout=PATIENCE)

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for sock in self._sockets:
            sock.close()
        self._thread.join(PATIENCE)


def until(gateway: Gateway, kind: type[Any]) -> Any:
    """Take events until one of `kind` comes; return it."""
    while True:
        event = gateway.next_event(PATIENCE)
        if isinstance(event, kind):
            return event
