"""Serve the page where a person plays the users: static files, with headers that hold it down.

The page's own endpoints are in `local/rest/control.py`.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import flask

from .errors import not_found
from .paths import Paths

if TYPE_CHECKING:
    from ..server import LocalDiscord

__all__ = ["add_routes"]

_FOLDER = resources.files("disruption.local") / "page"

_NAME = re.compile(r"[a-z_-]+\.(?:css|html|js|svg)\Z")

_TYPES = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


def add_routes(paths: Paths, server: LocalDiscord) -> None:
    """Register the page and its files."""

    def index() -> flask.Response:
        return _file(server, "index.html")

    def part(name: str) -> flask.Response:
        return _file(server, name)

    paths.add("/", index)
    paths.add("/page/<name>", part)


def _file(server: LocalDiscord, name: str) -> flask.Response:
    if not _NAME.match(name):
        raise not_found()
    try:
        data = _styles() if name == "style.css" else (_FOLDER / name).read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise not_found() from None
    if name == "index.html":
        data = data.replace(b"{{gateway_port}}", str(server.gateway.port).encode())
        data = data.replace(b"{{modules}}", _preloads())
    response = flask.Response(data, content_type=_TYPES[name.rpartition(".")[2]])
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


def _styles() -> bytes:
    """Put the style sheets together, so that the first paint waits for one request."""
    sheets = sorted(
        (item for item in _FOLDER.iterdir() if item.name.endswith(".css")),
        key=lambda item: item.name,
    )
    return b"\n".join(item.read_bytes() for item in sheets)


def _preloads() -> bytes:
    """Name every module, so that a browser need not find them one after another."""
    names = sorted(item.name for item in _FOLDER.iterdir() if item.name.endswith(".js"))
    # What is only needed when the inspector opens can wait until then.
    wanted = [name for name in names if not name.startswith("inspect")]
    return "\n".join(f'<link rel="modulepreload" href="/page/{name}">' for name in wanted).encode()


def _policy(server: LocalDiscord) -> str:
    """Return a policy that lets the page load its own parts and nothing else."""
    # The Host header has passed the gate; its name is how the browser reaches this machine.
    name = urlsplit(f"//{flask.request.host}").hostname or "127.0.0.1"
    netloc = f"[{name}]" if ":" in name else name
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "media-src 'self' blob:",
            f"connect-src 'self' ws://{netloc}:{server.gateway.port}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
