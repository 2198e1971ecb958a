"""Ending a TCP connection rudely, on purpose."""

from __future__ import annotations

import os
import socket
import struct

__all__ = ["reset_on_close"]


def reset_on_close(connection: socket.socket) -> None:
    """Let the socket's close send a RST instead of a FIN."""
    # That is what lingering for zero seconds means; Windows has shorter fields.
    linger = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
