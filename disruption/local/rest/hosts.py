"""Refuse requests that a foreign web page sends: wrong Host (DNS rebinding) or foreign Origin."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

#: Hosts that mean every address of a machine.
WILDCARDS = frozenset({"0.0.0.0", "::"})

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def allowed_host(header: str | None, extra: frozenset[str] = frozenset()) -> bool:
    """Tell whether a Host header names this machine.

    Args:
        header: Its value, with or without a port.
        extra: Further names and addresses the server was told to be reachable at. One of
            `WILDCARDS` stands for every address, which no foreign page can put into this header.
    """
    name = _name(header or "")
    return name in _LOOPBACK or name in extra or (bool(WILDCARDS & extra) and _is_address(name))


def allowed_origin(
    header: str | None, extra: frozenset[str] = frozenset(), host: str | None = None
) -> bool:
    """Tell whether an Origin header is absent, as from every bot, or of this machine.

    Args:
        header: Its value.
        extra: As for `allowed_host`; every address is not meant here.
        host: The Host header, which has been found to name this machine.
    """
    if header is None:
        return True
    parts = urlsplit(header)
    name = _name(parts.netloc)
    known = name in _LOOPBACK or name in extra - WILDCARDS or name == _name(host or "")
    return parts.scheme in ("http", "https") and bool(name) and known


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _name(netloc: str) -> str:
    try:
        return (urlsplit(f"//{netloc}").hostname or "").lower()
    except ValueError:
        return ""
