"""Which addresses the gateway may be reached at, and how they are completed."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlencode, urlsplit

from ..errors import InvalidArgument

__all__ = ["check_gateway_url", "connection_url", "is_loopback", "resume_url_allowed"]

API_VERSION = 10


def check_gateway_url(url: str) -> str:
    """Return `url` where it can be a gateway's address.

    Raises:
        InvalidArgument: It is not a ``wss://`` or ``ws://`` address.
    """
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("ws", "wss") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.username is not None or parts.password is not None:
        raise InvalidArgument(
            f"{url!r} is not a gateway address; it looks like 'wss://gateway.discord.gg'"
        )
    return url


def connection_url(base: str, compress: str | None) -> str:
    """Return `base` with the query that every connection needs, resumes included."""
    parts = urlsplit(base)
    query = {"v": str(API_VERSION), "encoding": "json"}
    if compress:
        query["compress"] = compress
    return parts._replace(path=parts.path or "/", query=urlencode(query), fragment="").geturl()


def is_loopback(host: str | None) -> bool:
    """Tell whether `host` is this machine, by name or by number."""
    if not host:
        return False
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def resume_url_allowed(url: str, base: str) -> bool:
    """Tell whether a session's token may be sent to a `resume_gateway_url`.

    Allowed are wss under discord.gg or at the host of `base` (the address from
    /gateway/bot), and plain ws on this machine.
    """
    try:
        parts = urlsplit(url)
        home = urlsplit(base)
        return _allowed(parts, home)
    except ValueError:
        return False


def _allowed(parts: SplitResult, home: SplitResult) -> bool:
    host = (parts.hostname or "").rstrip(".")
    if not host or parts.username is not None or parts.password is not None or parts.port == 0:
        return False
    if parts.scheme == "wss":
        return host == "discord.gg" or host.endswith(".discord.gg") or host == home.hostname
    return parts.scheme == "ws" and is_loopback(host)
