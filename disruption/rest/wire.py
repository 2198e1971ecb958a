"""Connections that keep one deadline for a whole exchange.

urllib3 gives each address, each send and each read the full timeout, so that a second
can become many. The connection classes here ask the running exchange how much time is
left before each of them. An exchange belongs to the thread that makes it, and so does
its connection while it lasts; that is why a thread-local is enough to pass it on.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import math
import socket
import threading
import time
from typing import Any, Final

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

__all__ = ["PlainPool", "Running", "SecurePool", "exchange"]

# Servers close idle connections after a minute or more, without a word to a request
# that is on its way; one that idled longer than this is not used again.
_IDLE_SECONDS: Final = 45.0
_HEADERS, _LINE = 100, 65536  # how many, and how long, as http.client has it


class Running:
    """The sockets of exchanges that are under way, so that another thread can end them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # guards what follows
        self._sockets: dict[int, list[tuple[socket.socket, bool]]] = {}  # by thread
        self._broken_off = False

    def add(self, sock: socket.socket, *, ours: bool = False) -> None:
        """Note a socket of this thread's exchange; `ours` is closed at its end.

        Raises:
            OSError: All exchanges were broken off.
        """
        with self._lock:
            self._sockets.setdefault(threading.get_ident(), []).append((sock, ours))
            if self._broken_off:
                raise ConnectionAbortedError("broken off")

    def done(self) -> None:
        """This thread's exchange is over."""
        with self._lock:
            for sock, ours in self._sockets.pop(threading.get_ident(), ()):
                if ours:
                    sock.close()

    def break_off(self) -> None:
        """End every exchange, and each that begins before `allow`."""
        with self._lock:
            self._broken_off = True
            for sockets in self._sockets.values():
                for sock, _ in sockets:
                    # Not SSLSocket.shutdown, which switches encryption off first.
                    with contextlib.suppress(OSError):
                        socket.socket.shutdown(sock, socket.SHUT_RDWR)

    def allow(self) -> None:
        """Let exchanges begin again."""
        with self._lock:
            self._broken_off = False


class _Exchange(threading.local):
    """What the connection needs to know of the exchange that the thread is in."""

    running: Running | None = None  # where its sockets are noted

    deadline: float = 0.0  # monotonic; when all of it must be over
    connect_deadline: float = 0.0  # monotonic; when the connection must stand
    sent: bool = False  # the last byte of the request was handed to the system
    idle: float = math.inf  # seconds that a single read may last


exchange = _Exchange()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the deadline passed")
    return left


def _connect(host: str, port: int, options: Any, source: Any) -> socket.socket:
    """Connect to one of the host's addresses, giving each its share of the time left."""
    addresses = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
    error: OSError = OSError(f"{host} has no address")
    for position, (family, kind, protocol, _, address) in enumerate(addresses):
        share = _left(exchange.connect_deadline) / (len(addresses) - position)
        try:
            sock = socket.socket(family, kind, protocol)
        except OSError as new:  # a family that the system does not have
            error = new
            continue
        try:
            for option in options or ():
                sock.setsockopt(*option)
            if source:
                sock.bind(source)
            if exchange.running is not None:
                # A copy: TLS is going to take the descriptor out of this one.
                exchange.running.add(sock.dup(), ours=True)
            sock.settimeout(share)
            sock.connect(address)
            sock.settimeout(_left(exchange.connect_deadline))
            return sock
        except OSError as new:
            error = new
            sock.close()
    raise error


class _Reader(io.RawIOBase):
    """The reading side of a socket; each read may last until the deadline, or be idle so long."""

    def __init__(self, sock: socket.socket, deadline: float, idle: float) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._deadline = deadline
        self._idle = idle

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(min(self._idle, _left(self._deadline)))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
            super().close()


class _Source:
    """Stands in for the socket where `http.client` only wants something to read from."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self._sock, exchange.deadline, exchange.idle))


class _Response(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(_Source(sock), *args, **kwargs)  # type: ignore[arg-type]

    def _read_status(self) -> Any:
        """Read the status line of the answer, past those that only announce one.

        http.client does so for 100 alone; after a 103 it would leave the answer itself on
        the connection, for the next request.
        """
        while True:
            line = super()._read_status()  # type: ignore[misc]
            if not 102 <= line[1] < 200:
                return line
            for _ in range(_HEADERS):
                if self.fp.readline(_LINE) in (b"\r\n", b"\n", b""):
                    break


class _Deadlined(HTTPConnection):
    """A connection that keeps the exchange's deadline and tells when all was sent."""

    response_class = _Response
    _used = 0.0  # monotonic; when the last request was made on it
    _hold = False  # the next thing to send is a head whose body follows at once
    _held = b""  # that head: one packet with the body is half the work of two

    def _new_conn(self) -> socket.socket:
        host = getattr(self, "_dns_host", self.host)
        try:
            return _connect(host, self.port or 80, self.socket_options, self.source_address)
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"connecting to {host} timed out") from error
        except OSError as error:
            raise NewConnectionError(self, f"could not connect to {host}: {error}") from error

    def request(
        self, method: str, url: str, body: Any = None, headers: Any = None, **kwargs: Any
    ) -> None:
        now = time.monotonic()
        if self.sock is not None and self._used and now - self._used > _IDLE_SECONDS:
            self.close()  # http.client opens it anew
        self._used = now
        if self.sock is not None and exchange.running is not None:
            exchange.running.add(self.sock)
        self._held = b""
        self._hold = isinstance(body, bytes) and bool(body)
        super().request(method, url, body, headers, **kwargs)
        exchange.sent = True

    def send(self, data: Any) -> None:
        if self._hold:
            self._hold = False
            self._held = data
            return
        if self._held:
            data, self._held = self._held + data, b""
        if self.sock is not None:
            self.sock.settimeout(_left(exchange.deadline))
        super().send(data)


class _SecureDeadlined(_Deadlined, HTTPSConnection):
    """The same over TLS."""


class PlainPool(HTTPConnectionPool):
    """A pool of connections that keep deadlines."""

    ConnectionCls = _Deadlined


class SecurePool(HTTPSConnectionPool):
    """A pool of TLS connections that keep deadlines."""

    ConnectionCls = _SecureDeadlined
