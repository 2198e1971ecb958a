"""Ending a TCP connection rudely, on purpose, and what address this machine is known by."""

from __future__ import annotations

import os
import socket
import struct

__all__ = ["known_address", "reset_on_close"]


def reset_on_close(connection: socket.socket) -> None:
    """Let the socket's close send a RST instead of a FIN."""
    # That is what lingering for zero seconds means; Windows has shorter fields.
    linger = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)


def known_address() -> str:
    """Return the address by which other machines know this one; loopback's if there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # of the documentation's network: nothing is sent
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
