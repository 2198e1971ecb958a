"""Requests as Discord signs them, and what a WSGI app makes of them."""

from __future__ import annotations

import io
import json
import time
from dataclasses import dataclass
from typing import Any
from wsgiref.util import setup_testing_defaults

from nacl.signing import SigningKey

from disruption import WSGIApp

KEY = SigningKey(bytes(range(32)))
PUBLIC_KEY = KEY.verify_key.encode().hex()


@dataclass
class Response:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def sign(body: bytes, timestamp: str, key: SigningKey = KEY) -> str:
    return key.sign(timestamp.encode() + body).signature.hex()


def environ_of(
    body: bytes,
    *,
    timestamp: str | None = None,
    signature: str | None = None,
    method: str = "POST",
    **changes: Any,
) -> dict[str, Any]:
    """Return the WSGI environment of a request; changes of None take something away."""
    timestamp = str(int(time.time())) if timestamp is None else timestamp
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": "/",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/json",
        "HTTP_X_SIGNATURE_ED25519": sign(body, timestamp) if signature is None else signature,
        "HTTP_X_SIGNATURE_TIMESTAMP": timestamp,
        "wsgi.input": io.BytesIO(body),
    }
    setup_testing_defaults(environ)
    environ.update(changes)
    return {name: value for name, value in environ.items() if value is not None}


def call(app: WSGIApp, environ: dict[str, Any]) -> Response:
    """Call the app as a server does."""
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]]) -> None:
        started.append((status, headers))

    result = app(environ, start_response)
    try:
        body = b"".join(result)
    finally:
        result.close()
    ((status, headers),) = started
    return Response(int(status.split()[0]), dict(headers), body)


def post(app: WSGIApp, payload: object, **changes: Any) -> Response:
    """Post signed JSON."""
    return call(app, environ_of(json.dumps(payload).encode(), **changes))


_numbers = iter(range(1, 1 << 20))


def interaction(**changes: Any) -> dict[str, Any]:
    """Return a slash command as Discord posts it, each with an id of its own."""
    made = int(time.time() * 1000 - 1_420_070_400_000) << 22
    return {
        "id": str(made + next(_numbers)),
        "application_id": "7",
        "type": 2,
        "token": "t0ken",
        "version": 1,
        "channel_id": "2",
        "app_permissions": "0",
        "user": {"id": "3", "username": "ann", "discriminator": "0", "avatar": None},
        "data": {"id": "4", "name": "roll", "type": 1},
    } | changes
