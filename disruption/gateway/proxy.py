"""Reach the gateway through the HTTP proxy that the environment names.

Read are ``HTTPS_PROXY`` (for wss), ``HTTP_PROXY`` (for ws) and ``NO_PROXY``,
as everywhere; this machine itself is never reached through a proxy.
"""

from __future__ import annotations

import base64
import logging
import socket
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from .failures import TransportError
from .urls import is_loopback

__all__ = ["Proxy", "open_tunnel", "proxy_for"]

log = logging.getLogger("disruption.gateway")

MOST_HEADERS = 1 << 16  # bytes of a proxy's answer


@dataclass(frozen=True)
class Proxy:
    """Where the proxy is, and what it wants to know.

    Attributes:
        host: Its name or address.
        port: Its TCP port.
        authorization: The value of the Proxy-Authorization header, empty for none.
    """

    host: str
    port: int
    authorization: str = field(default="", repr=False)


def proxy_for(url: str) -> Proxy | None:
    """Return the proxy for a gateway address, None for a direct connection."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_loopback(host):
        return None
    address = getproxies().get("https" if parts.scheme == "wss" else "http")
    if not address or proxy_bypass(host):
        return None
    proxy = urlsplit(address if "://" in address else f"http://{address}")
    try:
        port = proxy.port or 80
    except ValueError:
        port = 0
    if proxy.scheme != "http" or not proxy.hostname or not port:
        log.warning("the environment's proxy is no HTTP proxy; the gateway is reached without it")
        return None
    authorization = ""
    if proxy.username is not None:
        login = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
        authorization = "Basic " + base64.b64encode(login.encode()).decode()
    return Proxy(proxy.hostname, port, authorization)


def open_tunnel(sock: socket.socket, host: str, port: int, proxy: Proxy) -> None:
    """Make a connection to `proxy` one to `host`.

    Raises:
        TransportError: The proxy refused, or is none.
    """
    target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    if proxy.authorization:
        lines.append(f"Proxy-Authorization: {proxy.authorization}")
    answer = b""
    try:
        sock.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
        while b"\r\n\r\n" not in answer:
            data = sock.recv(4096)
            answer += data
            if not data or len(answer) > MOST_HEADERS:
                raise OSError("it does not answer as a proxy does")
    except OSError as error:
        raise TransportError(f"the proxy {proxy.host}:{proxy.port} failed: {error}") from error
    status = answer.split(b"\r\n", 1)[0].split(b" ", 2)
    if len(status) < 2 or status[1] != b"200":
        shown = status[1].decode("ascii", "replace") if len(status) > 1 else "nothing"
        raise TransportError(
            f"the proxy {proxy.host}:{proxy.port} refused to connect to {target} ({shown})"
        )
