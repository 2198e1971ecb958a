"""One WebSocket connection as the gateway uses it, and the rude things faults do to it."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

from websockets.exceptions import ConnectionClosed, WebSocketException

from ..sockets import reset_on_close

if TYPE_CHECKING:
    from websockets.sync.server import ServerConnection

__all__ = ["Gone", "Wire"]

#: Seconds a closing handshake may take before the socket is closed.
CLOSE_TIMEOUT = 2.0


class Gone(Exception):
    """The connection is no more."""


class Wire:
    """Reads and writes one WebSocket; each direction has one thread, the rest is for any."""

    def __init__(self, connection: ServerConnection) -> None:
        self._connection = connection
        self._thaw = threading.Event()  # set to end a freeze early, and for good
        self._dropped = False

    def read(self, timeout: float) -> str | bytes:
        """Return the next message.

        Raises:
            TimeoutError: None came within so many seconds.
            Gone: The connection ended.
        """
        try:
            return self._connection.recv(timeout)
        except TimeoutError:
            raise
        except (WebSocketException, OSError) as error:
            raise Gone(str(error)) from error

    def write(self, body: bytes, text: bool) -> None:
        """Send one message.

        Raises:
            Gone: The connection ended.
        """
        try:
            with self._connection.send_context():
                if text:
                    self._connection.protocol.send_text(body)
                else:
                    self._connection.protocol.send_binary(body)
        except (ConnectionClosed, WebSocketException, OSError) as error:
            raise Gone(str(error)) from error

    def close(self, code: int, reason: str) -> None:
        """Send a close frame and wait for the peer's, at most `CLOSE_TIMEOUT`."""
        with contextlib.suppress(WebSocketException, OSError):
            self._connection.close(code, reason)

    def drop(self, reset: bool = False) -> None:
        """Cut the TCP connection, without a close frame; with `reset` by RST instead of FIN."""
        self._dropped = True
        self._thaw.set()
        with contextlib.suppress(OSError):
            if reset:
                self._reset()
            else:
                self._connection.socket.shutdown(socket.SHUT_RDWR)

    def _reset(self) -> None:
        reset_on_close(self._connection.socket)
        # The library says goodbye with a FIN when it closes its socket: it is left without one.
        own = socket.socket(fileno=self._connection.socket.detach())
        with own:
            own.shutdown(socket.SHUT_RD)  # sends nothing, and wakes whoever reads
        self._connection.close_socket()

    def freeze(self, seconds: float | None) -> None:
        """Stop reading and writing; blocks until it is over or the connection is dropped.

        Without the protocol's lock the library can neither take in what arrives nor answer pings
        and close frames, while the socket stays open: what a hung machine looks like.
        """
        with self._connection.protocol_mutex:
            self._thaw.wait(seconds)

    @property
    def close_code(self) -> int | None:
        """The code with which the peer closed; None if it did not, or only answered us."""
        protocol = self._connection.protocol
        if protocol.close_rcvd is None or not protocol.close_rcvd_then_sent:
            return None
        return protocol.close_rcvd.code

    @property
    def dropped(self) -> bool:
        """Whether it was cut from this side."""
        return self._dropped

    def pause(self, seconds: float) -> None:
        """Wait, but not longer than the connection lives."""
        self._thaw.wait(seconds)
