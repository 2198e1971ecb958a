"""Serve the page where a person plays the users, with headers that hold it down.

The page's own endpoints are in `local/rest/control.py`; its parts are put together in
`local/rest/page_bundle.py`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import flask

from .page_bundle import BOOT, FOLDER, Scripts, policy_hash, scripts, styles
from .paths import Paths

if TYPE_CHECKING:
    from ..server import LocalDiscord

__all__ = ["add_routes"]

#: What a person's choice may be; without one the system's setting counts.
_THEMES = ("dark", "light")


def add_routes(paths: Paths, server: LocalDiscord) -> None:
    """Register the page and its files."""

    def index() -> flask.Response:
        # The theme is kept in a cookie: those of a host hold for all its ports, and each run of
        # a local Discord has others. The first paint has the right colours already.
        theme = flask.request.cookies.get("theme")
        values = {
            b"{{gateway_port}}": str(server.gateway.port).encode(),
            b"{{theme}}": f' data-theme="{theme}"'.encode() if theme in _THEMES else b"",
            b"{{styles}}": styles(),
            b"{{boot}}": BOOT.encode(),
        }
        data = (FOLDER / "index.html").read_bytes()
        for name, value in values.items():
            data = data.replace(name, value)
        return _answer(server, data, "text/html; charset=utf-8")

    paths.add("/", index)
    for name in Scripts._fields:
        paths.add(f"/page/{name}.js", partial(_script, server, name))
    paths.add(
        "/page/icon.svg",
        lambda: _answer(server, (FOLDER / "icon.svg").read_bytes(), "image/svg+xml"),
    )


def _script(server: LocalDiscord, name: str) -> flask.Response:
    text: str = getattr(scripts(), name)
    return _answer(server, text.encode(), "text/javascript; charset=utf-8")


def _answer(server: LocalDiscord, data: bytes, content_type: str) -> flask.Response:
    response = flask.Response(data, content_type=content_type)
    response.headers.update(
        {
            "Content-Security-Policy": _policy(server),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "no-cache",
        }
    )
    return response


def _policy(server: LocalDiscord) -> str:
    """Return a policy that lets the page load its own parts and nothing else."""
    # The Host header has passed the gate; its name is how the browser reaches this machine.
    name = urlsplit(f"//{flask.request.host}").hostname or "127.0.0.1"
    netloc = f"[{name}]" if ":" in name else name
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' '{policy_hash(BOOT.encode())}'",
            f"style-src '{policy_hash(styles())}'",
            "img-src 'self' data: blob:",
            "media-src 'self' blob:",
            f"connect-src 'self' ws://{netloc}:{server.gateway.port}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
