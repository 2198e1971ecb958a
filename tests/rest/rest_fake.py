"""A small scripted HTTP server on a real socket, for the tests of REST."""

from __future__ import annotations

import contextlib
import http.server
import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

TOKEN = "MTMxMDAwMDAwMDAwMDAwMDAwMQ.GabcDE.s3cret-s3cret-s3cret-s3cret-s3cret"


@dataclass
class Request:
    """What the server received."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    connection: int

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Answer:
    """What the server sends: `json` or `body` with headers, or `raw` bytes as they are."""

    status: int = 200
    json: Any = None
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    reset: bool = False  # end with a TCP reset
    close: bool = False  # close the connection afterwards
    wait: threading.Event | None = None  # before answering


Script = Callable[[Request], Answer]


def message(**changes: Any) -> dict[str, Any]:
    """Return a message as Discord sends it."""
    author = {"id": "3", "username": "bot", "discriminator": "0", "avatar": None}
    return {
        "id": "10",
        "channel_id": "2",
        "type": 0,
        "content": "hello",
        "timestamp": "2026-11-24T20:00:00.123000+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "author": author | {"global_name": None},
    } | changes


class FakeDiscord:
    """Answers what the script says, and remembers what it was asked."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.answers: list[Answer | Script] = []
        self.default: Answer | Script = Answer(json={})
        self.arrived = threading.Condition()  # guards requests and answers
        self.connections = 0
        self.closed = 0
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def setup(self) -> None:
                super().setup()
                with outer.arrived:
                    outer.connections += 1
                    self.number = outer.connections

            def _serve(self) -> None:
                if self.headers.get("Transfer-Encoding") == "chunked":
                    body = b""
                    while size := int(self.rfile.readline(), 16):
                        body += self.rfile.read(size)
                        self.rfile.readline()
                    self.rfile.readline()
                else:
                    length = int(self.headers.get("Content-Length", "0"))
                    body = self.rfile.read(length)
                    if len(body) < length:
                        self.close_connection = True  # given up under way: it has not arrived
                        return
                request = Request(self.command, self.path, dict(self.headers), body, self.number)
                with outer.arrived:
                    outer.requests.append(request)
                    entry = outer.answers.pop(0) if outer.answers else outer.default
                    outer.arrived.notify_all()
                answer = entry if isinstance(entry, Answer) else entry(request)
                if answer.wait is not None:
                    answer.wait.wait(30)
                self._answer(answer)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve

            def _answer(self, answer: Answer) -> None:
                if answer.raw is not None:
                    self.wfile.write(answer.raw)
                elif not answer.reset:
                    body = answer.body
                    if body is None:
                        body = b"" if answer.status == 204 else json.dumps(answer.json).encode()
                    self.send_response(answer.status)
                    headers = {"Content-Type": "application/json"} | answer.headers
                    for name, value in headers.items():
                        self.send_header(name, value)
                    if answer.status != 204:
                        self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                if answer.reset:
                    linger = struct.pack("ii", 1, 0)
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    self.wfile.flush()
                    self.close_connection = True
                    self.connection.close()
                if answer.close or answer.raw is not None:
                    self.close_connection = True

            def log_message(self, *_: Any) -> None:
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, *_: Any) -> None:
                pass  # a connection that we reset

            def shutdown_request(self, request: Any) -> None:
                with contextlib.suppress(OSError):
                    super().shutdown_request(request)
                with outer.arrived:
                    outer.closed += 1
                    outer.arrived.notify_all()

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/api/v10"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="fake-discord"
        )
        self._thread.start()

    def answer(self, *answers: Answer | Script) -> None:
        """Give these answers next, one each; afterwards the default."""
        with self.arrived:
            self.answers.extend(answers)

    def wait_for(self, count: int, timeout: float = 30.0) -> None:
        """Wait until so many requests have come."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.requests) >= count, timeout)

    def wait_for_close(self, timeout: float = 30.0) -> None:
        """Wait until the server has closed a connection."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: self.closed > 0, timeout)

    def use_tls(self, context: ssl.SSLContext) -> None:
        """Speak TLS from now on."""
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.url = f"https://127.0.0.1:{self.port}/api/v10"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)
