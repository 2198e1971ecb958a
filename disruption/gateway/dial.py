"""Open the TCP connection: every address of the host, under one deadline."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

from .failures import TransportError

__all__ = ["dial"]

LEAST_SHARE = 2.0  # seconds given to an address even when many are to be tried


def dial(
    host: str, port: int, timeout: float, adopt: Callable[[socket.socket], None]
) -> socket.socket:
    """Return a connected socket; its timeout is still set.

    Args:
        host: A name or an address.
        port: The TCP port.
        timeout: Seconds for all addresses together; looking up the name is not counted,
            because nothing can interrupt it.
        adopt: Given each socket before it connects, so that another thread can shut it down;
            raises `TransportError` to stop.

    Raises:
        TransportError: No address could be reached.
    """
    try:
        found = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise TransportError(f"the address of {host} cannot be found: {error}") from error
    deadline = time.monotonic() + timeout
    failures: list[str] = []
    for tried, (family, kind, protocol, _, address) in enumerate(found):
        left = deadline - time.monotonic()
        if left <= 0:
            failures.append(f"{len(found) - tried} more were not tried in {timeout:g} s")
            break
        try:
            sock = socket.socket(family, kind, protocol)
        except OSError as error:  # IPv6 may be resolved but not built in
            failures.append(f"{address[0]}: {error}")
            continue
        try:
            adopt(sock)
            sock.settimeout(max(left / (len(found) - tried), min(left, LEAST_SHARE)))
            sock.connect(address)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            return sock
        except OSError as error:
            sock.close()
            failures.append(f"{address[0]}: {error}")
        except BaseException:
            sock.close()
            raise
    raise TransportError(f"{host}:{port} cannot be reached ({'; '.join(failures)})")
