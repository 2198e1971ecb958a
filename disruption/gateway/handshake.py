"""The WebSocket upgrade by websocket-client, on a socket of ours and within bounds."""

from __future__ import annotations

import socket
from typing import Any

import websocket

from .. import __version__
from .failures import TransportError

__all__ = ["upgrade"]

MOST_HEADERS = 1 << 17  # bytes of an answer to the upgrade, an error page included
USER_AGENT = f"DiscordBot (https://pypi.org/project/disruption, {__version__})"


class _Bounded:
    """A socket during the upgrade: an endless answer ends in an error, close is left to us."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._left = MOST_HEADERS

    def recv(self, size: int) -> bytes:
        data = self._sock.recv(size)
        self._left -= len(data)
        if self._left < 0:
            raise TransportError("the answer to the WebSocket upgrade does not end")
        return data

    def send(self, data: bytes) -> int:
        return self._sock.send(data)

    def gettimeout(self) -> float | None:
        return self._sock.gettimeout()

    def fileno(self) -> int:
        return self._sock.fileno()

    def close(self) -> None:
        """Leave the socket open: only the reader closes it, at its end."""


def upgrade(sock: socket.socket, url: str) -> Any:
    """Make `sock` a WebSocket and return websocket-client's object for it.

    Redirects are not followed: the next thing sent would be the token.

    Raises:
        TransportError: The server refused, or did not answer as a WebSocket server does.
    """
    # Text is not checked for UTF-8 here: JSON decoding does, a hundred times faster.
    ws: Any = websocket.WebSocket(skip_utf8_validation=True, enable_multithread=True)
    try:
        ws.connect(
            url,
            socket=_Bounded(sock),
            timeout=sock.gettimeout(),
            redirect_limit=0,
            suppress_origin=True,
            header=[f"User-Agent: {USER_AGENT}"],
        )
    except websocket.WebSocketBadStatusException as error:
        raise TransportError(
            f"the WebSocket upgrade was refused with HTTP status {error.status_code}",
            "gateway.upgrades_refused",
        ) from error
    except (websocket.WebSocketException, OSError, ValueError, UnicodeError) as error:
        raise TransportError(
            f"the WebSocket upgrade failed: {error}", "gateway.upgrades_refused"
        ) from error
    ws.sock = sock
    return ws
