"""Serve a WSGI app on 127.0.0.1: threads, keep-alive, and a stop that leaves nothing behind.

Python's own `http.server` reads the requests and Werkzeug makes the WSGI environment of them.
What is added here is what both leave out: connections that stay open, an accept loop that can be
woken, and a way for a fault to cut a response in the middle.
"""

from __future__ import annotations

import contextlib
import io
import logging
import selectors
import socket
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any, BinaryIO

from werkzeug.serving import WSGIRequestHandler

from ..sockets import reset_on_close

_log = logging.getLogger("disruption.local.rest")

#: Largest request body in bytes: ten files as large as they may be, and the form around them.
MAX_BODY = 128 * 1024 * 1024

#: Seconds an idle connection, or a client that stops in the middle, is kept.
IDLE_TIMEOUT = 120.0

#: Key of the WSGI environment with a function that resets the connection: after so many bytes of
#: the body, or, given None, before anything of the response.
CUT_KEY = "disruption.cut"

#: Key of a function that waits so many seconds, less when the server stops.
WAIT_KEY = "disruption.wait"

#: Key of a list of functions to call when the response is on its way.
SENT_KEY = "disruption.sent"

WSGIApp = Callable[..., Iterable[bytes]]


class RestServer:
    """A running server; made by `serve`.

    Threads: `disruption-local-rest-accept` takes connections, and each connection has a
    `disruption-local-rest-<n>`; all are owned by this object and joined by `stop`.
    """

    #: What `werkzeug.serving.WSGIRequestHandler` asks its server for.
    multithread = True
    multiprocess = False
    ssl_context = None

    def __init__(self, app: WSGIApp, host: str, port: int) -> None:
        self.app = app
        self._listener = socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=512
        )
        self._listener.setblocking(False)
        self.server_address: tuple[str, int] = self._listener.getsockname()[:2]
        self.host, self.port = self.server_address
        self._wake_out, self._wake_in = socket.socketpair()
        self._lock = threading.Lock()  # guards what is below, besides the acceptor
        self._stopping = threading.Event()
        self._connections: dict[threading.Thread, socket.socket] = {}
        self._count = 0
        self._acceptor = threading.Thread(
            target=self._accept, name="disruption-local-rest-accept", daemon=True
        )
        self._acceptor.start()

    def stop(self) -> None:
        """Close every connection and end every thread; calling it again does nothing."""
        with self._lock:
            if self._stopping.is_set():
                return
            self._stopping.set()
        self._wake_in.send(b"x")
        self._acceptor.join()
        with self._lock:
            connections = list(self._connections.items())
        for _, connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread, _ in connections:
            if thread is not threading.current_thread():
                thread.join(timeout=5.0)
                if thread.is_alive():
                    _log.warning("%s is still busy with a request at stop", thread.name)
        for ours in (self._listener, self._wake_in, self._wake_out):
            ours.close()

    def wait(self, seconds: float) -> None:
        """Wait in a connection's thread; `stop` ends it early."""
        self._stopping.wait(seconds)

    def log(self, type: str, message: str, *args: Any) -> None:
        """Take what Werkzeug's handler wants to print to the terminal."""
        _log.warning(message, *args)

    def _accept(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._listener, selectors.EVENT_READ)
            selector.register(self._wake_out, selectors.EVENT_READ)
            while not self._stopping.is_set():
                selector.select()
                while not self._stopping.is_set():
                    try:
                        connection, address = self._listener.accept()
                    except BlockingIOError:
                        break
                    except OSError as error:
                        _log.warning("A connection could not be taken: %s", error)
                        break
                    self._start(connection, address)

    def _start(self, connection: socket.socket, address: Any) -> None:
        connection.setblocking(True)
        with self._lock:
            self._count += 1
            thread = threading.Thread(
                target=self._serve_connection,
                args=(connection, address),
                name=f"disruption-local-rest-{self._count}",
                daemon=True,
            )
            self._connections[thread] = connection
        thread.start()

    def _serve_connection(self, connection: socket.socket, address: Any) -> None:
        try:
            _Handler(connection, address, self)  # type: ignore[arg-type]
        except OSError as error:
            _log.debug("Connection with %s ended: %s", address, error)
        except Exception:
            _log.exception("Connection with %s failed", address)
        finally:
            with self._lock:
                self._connections.pop(threading.current_thread(), None)
            connection.close()


class _Handler(WSGIRequestHandler):
    """Reads requests off one connection until either side has had enough."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 64 * 1024
    timeout = IDLE_TIMEOUT
    server_version = "disruption-local"

    def run_wsgi(self) -> None:
        """Answer one request."""
        if self.headers.get("Expect", "").strip().lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.wfile.flush()
        environ: dict[str, Any] = self.make_environ()
        body = self._read_body(environ)
        if body is None:
            return
        environ["wsgi.input"] = body
        environ["wsgi.input_terminated"] = True
        cuts: list[int | None] = []
        sent: list[Callable[[], object]] = []
        environ[CUT_KEY] = cuts.append
        environ[WAIT_KEY] = self.server.wait  # type: ignore[attr-defined]
        environ[SENT_KEY] = sent
        started: list[tuple[str, list[tuple[str, str]]]] = []
        written: list[bytes] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None, /
        ) -> Callable[[bytes], object]:
            started[:] = [(status, headers)]
            return written.append

        answer = self.server.app(environ, start_response)
        try:
            content = b"".join([*written, *answer])
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()
        status, headers = started[0]
        if cuts:
            self._cut(status, headers, content, cuts[0])
        else:
            self._write(status, headers, content)
        for callback in sent:
            callback()

    def _read_body(self, environ: dict[str, Any]) -> BinaryIO | None:
        """Read the whole body, so that the next request on this connection starts cleanly."""
        if "wsgi.input_terminated" in environ:
            data = io.BytesIO()
            while chunk := environ["wsgi.input"].read(64 * 1024):
                data.write(chunk)
                if data.tell() > MAX_BODY:
                    self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
                    return None
            environ["CONTENT_LENGTH"] = str(data.tell())
            data.seek(0)
            return data
        try:
            length = int(environ.get("CONTENT_LENGTH") or 0)
        except ValueError:
            self._refuse(HTTPStatus.BAD_REQUEST)
            return None
        if length < 0:
            self._refuse(HTTPStatus.BAD_REQUEST)
            return None
        if length > MAX_BODY:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return None
        read = self.rfile.read(length)
        if len(read) < length:
            raise ConnectionResetError("the client left in the middle of its body")
        return io.BytesIO(read)

    def _refuse(self, status: HTTPStatus) -> None:
        self.close_connection = True
        body = f'{{"message": "{status.value}: {status.phrase}", "code": 0}}'.encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        self._write(f"{status.value} {status.phrase}", headers, body)

    def _write(self, status: str, headers: list[tuple[str, str]], content: bytes) -> None:
        code, _, phrase = status.partition(" ")
        self.send_response_only(int(code), phrase)
        if not any(name.lower() == "date" for name, _ in headers):
            self.send_header("Date", self.date_time_string())
        for name, value in headers:
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        self.wfile.flush()

    def _cut(
        self, status: str, headers: list[tuple[str, str]], content: bytes, after: int | None
    ) -> None:
        """Send the beginning of a response and reset the connection."""
        self.close_connection = True
        if after is not None:
            self._write(status, headers, content[:after])
        reset_on_close(self.connection)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what `http.server` could not read in the form Discord's errors have."""
        self._refuse(HTTPStatus(code))

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Stay quiet: the request log of the server knows all requests."""

    def log(self, type: str, message: str, *args: Any) -> None:
        """Log what went wrong with a connection, such as a read that timed out."""
        _log.debug(message, *args)

    def handle(self) -> None:
        """Answer requests until the connection ends."""
        BaseHTTPRequestHandler.handle(self)


def serve(app: WSGIApp, host: str = "127.0.0.1", port: int = 0) -> RestServer:
    """Serve `app` in background threads.

    Args:
        app: Any WSGI application.
        host: Address to listen on.
        port: Port; 0 for any free one, then told by `.port`.

    Raises:
        OSError: The port is taken.
    """
    return RestServer(app, host, port)
