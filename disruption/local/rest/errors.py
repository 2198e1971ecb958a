"""Discord's error answers: a status, a JSON code, a message, and form errors where there are any.

See https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_UNKNOWN = {
    "application": 10002,
    "channel": 10003,
    "guild": 10004,
    "integration": 10005,
    "invite": 10006,
    "member": 10007,
    "message": 10008,
    "permission overwrite": 10009,
    "role": 10011,
    "user": 10013,
    "emoji": 10014,
    "webhook": 10015,
    "ban": 10026,
    "sticker": 10060,
    "interaction": 10062,
    "application command": 10063,
    "voice state": 10065,
}


class ApiError(Exception):
    """A refusal in Discord's own words; the app turns it into the response.

    Args:
        status: HTTP status.
        code: Discord's JSON error code; 0 for a general error.
        message: What Discord says.
        errors: Nested form errors, for code 50035.
        headers: Further response headers.
    """

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        *,
        errors: dict[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors
        self.headers = dict(headers or {})

    def body(self) -> dict[str, Any]:
        """Return the JSON object Discord sends for this error."""
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.errors is not None:
            body["errors"] = self.errors
        return body


def unknown(what: str) -> ApiError:
    """Return the 404 for a thing that is not there, such as "message" or "ban"."""
    title = "interaction" if what == "interaction" else what.title()
    if what == "application command":
        title = what
    return ApiError(404, _UNKNOWN[what], f"Unknown {title}")


def not_found() -> ApiError:
    """Return the 404 for a path that is not in Discord's API."""
    return ApiError(404, 0, "404: Not Found")


def method_not_allowed() -> ApiError:
    """Return the 405 for a known path asked with a method it does not have."""
    return ApiError(405, 0, "405: Method Not Allowed")


def not_implemented(method: str, route: str) -> ApiError:
    """Return the 501 for a route that Discord has and this server does not."""
    return ApiError(
        501,
        0,
        f"{method} {route} is a route of Discord's that the local Discord does not have yet.",
    )


def unauthorized() -> ApiError:
    """Return the 401 for a missing or wrong token."""
    return ApiError(401, 0, "401: Unauthorized")


def missing_permissions() -> ApiError:
    """Return 50013, for an action the bot has no permission for."""
    return ApiError(403, 50013, "Missing Permissions")


def missing_access() -> ApiError:
    """Return 50001, for a resource the bot cannot see."""
    return ApiError(403, 50001, "Missing Access")


def empty_message() -> ApiError:
    """Return 50006, for a message with nothing in it."""
    return ApiError(400, 50006, "Cannot send an empty message")


def already_acknowledged() -> ApiError:
    """Return 40060, for a second callback to one interaction."""
    return ApiError(400, 40060, "Interaction has already been acknowledged.")


def form_error(path: str, code: str, message: str) -> ApiError:
    """Return 50035 with one error at a dotted `path` such as "embeds.0.title"."""
    errors: dict[str, Any] = {"_errors": [{"code": code, "message": message}]}
    for part in reversed(path.split(".")):
        errors = {part: errors}
    return ApiError(400, 50035, "Invalid Form Body", errors=errors)
