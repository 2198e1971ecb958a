"""The gateway's listening socket, and the connections on it.

Threads: `disruption-local-gateway` accepts; each connection has a reader
(`disruption-local-reader-<n>`), a writer (`disruption-local-writer-<n>`) and one of `websockets`
that moves bytes (`disruption-local-socket-<n>`). `stop` cuts the connections and joins them all.
"""

from __future__ import annotations

import inspect
import logging
import os
import socket
import threading
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve

from ..faults import Fault, Faults
from ..rest.hosts import allowed_host, allowed_origin
from ..traffic import Traffic
from ..world import World
from .compression import make_encoder
from .connection import Connection
from .hub import Hub
from .options import GatewayOptions
from .wire import CLOSE_TIMEOUT, Wire

__all__ = ["GatewayServer"]

_log = logging.getLogger("disruption.local.gateway")

#: Seconds a client may take for the opening handshake.
_OPEN_TIMEOUT = 10.0

#: Seconds for which `stop` waits for clients to take their close frame.
_FAREWELL = 1.0

#: Bytes of one message that are read at all; payloads above 4096 are refused by their rule.
_MAX_MESSAGE = 1 << 20


class GatewayServer:
    """Accepts connections and serves them on a hub.

    Attributes:
        hub: The sessions.
        port: Where it listens, known after `start`.
    """

    def __init__(
        self,
        world: World,
        faults: Faults,
        options: GatewayOptions,
        *,
        host: str,
        port: int,
        hosts: frozenset[str] = frozenset(),
        shown: str | None = None,
        traffic: Traffic | None = None,
    ) -> None:
        self.hub = Hub(world, faults, options, traffic)
        self.port = port
        self._host = host
        self._hosts = hosts
        self._shown = shown if shown is not None else host
        self._faults = faults
        self._server: Server | None = None
        self._acceptor: threading.Thread | None = None
        self._changed = threading.Condition(threading.Lock())  # guards the four below
        self._threads: dict[threading.Thread, ServerConnection] = {}
        self._connections: dict[Connection, Wire] = {}
        self._number = 0
        self._stopping = False

    def start(self) -> None:
        """Listen; returns when connections are taken."""
        listener = socket.create_server((self._host, self.port), backlog=512)
        self.port = listener.getsockname()[1]
        shown = f"[{self._shown}]" if ":" in self._shown else self._shown
        self.hub.url = f"ws://{shown}:{self.port}"
        self._server = serve(
            self._serve,
            sock=listener,
            compression=None,
            process_request=self._admit,
            open_timeout=_OPEN_TIMEOUT,
            close_timeout=CLOSE_TIMEOUT,
            max_size=_MAX_MESSAGE,
            logger=logging.getLogger("disruption.local.gateway.websockets"),
            create_connection=self._create,  # type: ignore[arg-type]
            **_no_pings(),
        )
        self._acceptor = threading.Thread(
            target=self._server.serve_forever, name="disruption-local-gateway", daemon=True
        )
        self._acceptor.start()
        self._faults.on_strike(self._strike)

    def stop(self) -> None:
        """Say 1001 to every client, cut the connections, and join every thread."""
        if self._server is None or self._acceptor is None:
            return
        self._faults.on_strike(None)
        with self._changed:
            self._stopping = True
            connections = list(self._connections)
        for connection in connections:
            connection.close(1001)
        with self._changed:
            # Those that live answer within milliseconds; the others are not waited for.
            self._changed.wait_for(lambda: not self._connections, _FAREWELL)
            threads = dict(self._threads)
        for socket_connection in threads.values():
            Wire(socket_connection).drop()
        _close(self._server)
        self._acceptor.join()
        _close_pipe(self._server)
        with self._changed:
            threads.update(self._threads)
        for thread, socket_connection in threads.items():
            thread.join()
            socket_connection.recv_events_thread.join()
        self.hub.close()
        self._server = self._acceptor = None

    def _strike(self, fault: Fault, user_id: str | None) -> int:
        with self.hub.world.lock:
            links = self.hub.links(user_id)
            for link in links:
                assert isinstance(link, Connection)
                link.strike(fault)
                self._faults.count(fault.kind)
        return len(links)

    def _create(self, *args: Any, **kwargs: Any) -> ServerConnection:
        connection = ServerConnection(*args, **kwargs)
        with self._changed:
            for thread in [item for item in self._threads if not item.is_alive()]:
                del self._threads[thread]
            self._threads[threading.current_thread()] = connection
            stopping = self._stopping
        if stopping:
            Wire(connection).drop()
        return connection

    def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        if not allowed_host(request.headers.get("Host"), self._hosts):
            return connection.respond(HTTPStatus.FORBIDDEN, "This Host is not served here.\n")
        if not allowed_origin(
            request.headers.get("Origin"), self._hosts, request.headers.get("Host")
        ):
            return connection.respond(HTTPStatus.FORBIDDEN, "Foreign pages may not connect.\n")
        fault = self._faults.for_gateway("connect")
        if fault is not None:
            status = HTTPStatus(int(fault.get("status", 503)))
            return connection.respond(status, "A fault refused this connection.\n")
        query = parse_qs(urlsplit(request.path).query)
        if query.get("encoding", ["json"])[-1] != "json":
            return connection.respond(
                HTTPStatus.BAD_REQUEST, "Only encoding=json is spoken here.\n"
            )
        if make_encoder(query.get("compress", [None])[-1]) is None:
            return connection.respond(
                HTTPStatus.BAD_REQUEST,
                "compress is zlib-stream, or zstd-stream if zstandard is installed.\n",
            )
        return None

    def _serve(self, socket_connection: ServerConnection) -> None:
        assert socket_connection.request is not None
        query = parse_qs(urlsplit(socket_connection.request.path).query)
        encoder = make_encoder(query.get("compress", [None])[-1])
        assert encoder is not None
        wire = Wire(socket_connection)
        with self._changed:
            self._number += 1
            number = self._number
        threading.current_thread().name = f"disruption-local-reader-{number}"
        socket_connection.recv_events_thread.name = f"disruption-local-socket-{number}"
        connection = Connection(self.hub, wire, encoder, query.get("v", [None])[-1], number)
        with self._changed:
            self._connections[connection] = wire
            stopping = self._stopping
        try:
            if not stopping:
                connection.serve()
        except Exception:
            _log.exception("A connection failed")
        finally:
            wire.drop()
            with self._changed:
                del self._connections[connection]
                self._changed.notify_all()


def _no_pings() -> dict[str, Any]:
    """Return the options that keep `websockets` from pinging, which Discord does not do."""
    if "ping_interval" in inspect.signature(serve).parameters:
        return {"ping_interval": None}
    return {}


def _close_pipe(server: Server) -> None:
    """Close what a stopped server was woken with; older versions of `websockets` leave it open."""
    for name in ("shutdown_watcher", "shutdown_notifier"):
        descriptor = getattr(server, name, None)
        if isinstance(descriptor, int):
            os.close(descriptor)


def _close(server: Server) -> None:
    """Stop accepting; newer versions of `websockets` are told to leave the rest to us."""
    if "close_connections" in inspect.signature(server.shutdown).parameters:
        server.shutdown(close_connections=False)
    else:
        server.shutdown()
