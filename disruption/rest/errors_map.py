"""From what Discord (or something on the way) answered to an error of our tree.

See https://discord.com/developers/docs/reference#error-messages
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from disruption import errors
from disruption.rest.http import Reply
from disruption.rest.redact import redact

__all__ = [
    "ErrorBody",
    "asked_pause",
    "flatten",
    "http_error",
    "parse_body",
    "retry_after",
    "scope_of",
]

_BY_STATUS: Final[dict[int, type[errors.HTTPError]]] = {
    400: errors.BadRequest,
    401: errors.Unauthorized,
    403: errors.Forbidden,
    404: errors.NotFound,
}
_TITLE: Final = re.compile(rb"<title[^>]*>\s*(.{1,200}?)\s*</title>", re.IGNORECASE | re.DOTALL)
_DEPTH: Final = 32  # of nested form errors; Discord's have about six
_MOST: Final = 200  # paths that are kept of an answer
_DEFAULT_WAIT: Final = 5.0  # seconds, for a 429 that does not say
_MILLISECONDS: Final = 100  # times the header's seconds: the body's number is not in seconds


class ErrorBody:
    """What an error's body says.

    Attributes:
        code: Discord's JSON error code, 0 where there is none.
        message: Discord's message, or what can be said of a body that is not Discord's.
        errors: Form errors by path.
        retry_after: Seconds, of a 429.
        is_global: The 429 is of the global limit.
        is_json: The body is one of Discord's.
    """

    __slots__ = ("code", "errors", "is_global", "is_json", "message", "retry_after")

    def __init__(self, code: int, message: str, *, is_json: bool) -> None:
        self.code = code
        self.message = message
        self.errors: dict[str, tuple[str, ...]] = {}
        self.retry_after: float | None = None
        self.is_global = False
        self.is_json = is_json


def flatten(nested: object) -> dict[str, tuple[str, ...]]:
    """Return nested form errors by path.

    ``{"embeds": {"0": {"title": {"_errors": [{"code": "C", "message": "M"}]}}}}`` gives
    ``{"embeds.0.title": ("M (C)",)}``; errors of the whole form have the path ``""``.
    """
    found: dict[str, tuple[str, ...]] = {}
    todo: list[tuple[tuple[str, ...], object]] = [((), nested)]
    while todo and len(found) < _MOST:
        path, node = todo.pop()
        if not isinstance(node, dict) or len(path) > _DEPTH:
            continue
        listed = node.get("_errors")
        if isinstance(listed, list):
            texts = tuple(_text(entry) for entry in listed[:_MOST])
            if texts:
                found[".".join(path)] = texts
        children = [(key, child) for key, child in node.items() if key != "_errors"]
        # From a stack, so that they come out in the order in which they came in.
        todo += [((*path, str(key)), child) for key, child in reversed(children)]
    return found


def _text(entry: object) -> str:
    if not isinstance(entry, dict):
        return str(entry)[:500]
    message = str(entry.get("message", "")).strip()
    code = str(entry.get("code", "")).strip()
    return f"{message} ({code})".strip() if code else message


def parse_body(reply: Reply) -> ErrorBody:
    """Read an error's body, whatever it is: Discord's JSON, HTML, half of either, nothing."""
    data: Any = None
    try:
        data = msgspec.json.decode(reply.body) if reply.body else None
    except (ValueError, RecursionError):  # not JSON, not UTF-8, too deep
        data = None
    if isinstance(data, dict):
        code = data.get("code")
        message = data.get("message")
        if message is None:  # as OAuth2 has it
            message = data.get("error_description") or data.get("error")
        body = ErrorBody(
            code if isinstance(code, int) and not isinstance(code, bool) else 0,
            redact(message) if isinstance(message, str) else "",
            is_json=True,
        )
        body.errors = flatten(data.get("errors"))
        wait = data.get("retry_after")
        if isinstance(wait, int | float) and not isinstance(wait, bool) and 0 <= wait < 1e7:
            body.retry_after = float(wait)
        body.is_global = data.get("global") is True
        return body
    if data is not None or reply.body == b"null":
        text = reply.body[:100].decode("utf-8", "replace")
        return ErrorBody(0, redact(f"(JSON, but no object: {text})"), is_json=False)
    return ErrorBody(0, _foreign(reply), is_json=False)


def _foreign(reply: Reply) -> str:
    """Say in a few words what a body is that is not Discord's."""
    kind = reply.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if not reply.body:
        return "(empty body)"
    if title := _TITLE.search(reply.body[:8192]):
        text = " ".join(title[1].decode("utf-8", "replace").split())
        return redact(f"(not from Discord's API: {text})")
    if kind == "application/json":
        return f"(JSON that is cut off or broken, {len(reply.body)} bytes)"
    text = " ".join(reply.body[:100].decode("utf-8", "replace").split())
    return redact(f"({kind or 'no content type'}: {text})")


def retry_after(reply: Reply, body: ErrorBody) -> float:
    """Return the seconds that a 429 asks to wait."""
    wait = body.retry_after
    if wait is not None:  # exact; the header is rounded up to seconds
        told = _seconds(reply, "Retry-After")
        return told if told and wait > _MILLISECONDS * told else wait
    for name in ("Retry-After", "X-RateLimit-Reset-After"):
        seconds = _seconds(reply, name)
        if seconds is not None:
            return seconds
    return _DEFAULT_WAIT


def asked_pause(reply: Reply) -> float:
    """Return the seconds that a 5xx asks to wait, 0 where it does not."""
    return _seconds(reply, "Retry-After") or 0.0


def _seconds(reply: Reply, name: str) -> float | None:
    try:
        seconds = float(reply.headers.get(name, ""))
    except ValueError:  # none, or a date, which clocks that differ make useless
        return None
    return seconds if 0 <= seconds < 1e7 else None


def scope_of(reply: Reply, body: ErrorBody) -> str:
    """Return whom a 429 concerns: ``user``, ``shared``, ``global`` or ``address``.

    ``address`` is one that is not Discord's own but Cloudflare's.
    """
    if body.is_global or reply.headers.get("X-RateLimit-Global", "").lower() == "true":
        return "global"
    scope = reply.headers.get("X-RateLimit-Scope", "").lower()
    if scope in ("user", "shared", "global"):
        return scope
    return "user" if body.is_json else "address"


def http_error(
    reply: Reply,
    *,
    body: ErrorBody | None = None,
    method: str,
    route: str,
    reason: str | None,
) -> errors.HTTPError:
    """Return the error for an answer that is none of success."""
    body = body or parse_body(reply)
    status = reply.status
    message = body.message
    facts: Mapping[str, Any] = {
        "errors": body.errors,
        "method": method,
        "route": route,
        "bucket": reply.headers.get("X-RateLimit-Bucket"),
        "reason": reason,
    }
    if status == 429:
        return errors.RateLimitExceeded(
            status,
            body.code,
            message,
            retry_after=retry_after(reply, body),
            scope=scope_of(reply, body),
            **facts,
        )
    if status >= 500:
        return errors.ServerError(status, body.code, message, **facts)
    if 300 <= status < 400:
        message = f"(a redirect, which is not followed) {message}"
    return _BY_STATUS.get(status, errors.HTTPError)(status, body.code, message, **facts)
