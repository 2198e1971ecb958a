"""Error answers that only REST gives; what the world refuses is in `local/world/errors.py`.

See https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
"""

from __future__ import annotations

from typing import Any

from ..world.errors import WorldError, form_error, missing_access, missing_permissions, unknown

__all__ = [
    "WorldError",
    "already_acknowledged",
    "empty_message",
    "error_body",
    "form_error",
    "method_not_allowed",
    "missing_access",
    "missing_permissions",
    "not_found",
    "not_implemented",
    "unauthorized",
    "unknown",
]


def error_body(error: WorldError) -> dict[str, Any]:
    """Return the JSON object Discord sends for an error."""
    body: dict[str, Any] = {"message": error.message, "code": error.code}
    if error.errors is not None:
        body["errors"] = error.errors
    if error.retry_after is not None:
        body.update({"retry_after": error.retry_after, "global": False})
    return body


def not_found() -> WorldError:
    """Return the 404 for a path that is not in Discord's API."""
    return WorldError(404, 0, "404: Not Found")


def method_not_allowed() -> WorldError:
    """Return the 405 for a known path asked with a method it does not have."""
    return WorldError(405, 0, "405: Method Not Allowed")


def not_implemented(method: str, route: str) -> WorldError:
    """Return the 501 for a route that Discord has and this server does not."""
    text = f"{method} {route} is a route of Discord's that the local Discord does not have yet."
    return WorldError(501, 0, text)


def unauthorized() -> WorldError:
    """Return the 401 for a missing or wrong token."""
    return WorldError(401, 0, "401: Unauthorized")


def empty_message() -> WorldError:
    """Return 50006, for a message with nothing in it."""
    return WorldError(400, 50006, "Cannot send an empty message")


def already_acknowledged() -> WorldError:
    """Return 40060, for a second callback to one interaction."""
    return WorldError(400, 40060, "Interaction has already been acknowledged.")
