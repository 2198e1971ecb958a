"""Refuse requests that a foreign web page sends: wrong Host (DNS rebinding) or foreign Origin."""

from __future__ import annotations

from urllib.parse import urlsplit

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def allowed_host(header: str | None, extra: frozenset[str] = frozenset()) -> bool:
    """Tell whether a Host header names this machine.

    Args:
        header: Its value, with or without a port.
        extra: Further names and addresses the server was told to be reachable at.
    """
    name = _name(header or "")
    return name in _LOOPBACK or name in extra


def allowed_origin(header: str | None, extra: frozenset[str] = frozenset()) -> bool:
    """Tell whether an Origin header is absent, as from every bot, or of this machine."""
    if header is None:
        return True
    parts = urlsplit(header)
    return parts.scheme in ("http", "https") and allowed_host(parts.netloc, extra)


def _name(netloc: str) -> str:
    try:
        return (urlsplit(f"//{netloc}").hostname or "").lower()
    except ValueError:
        return ""
