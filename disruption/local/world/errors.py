"""What the world refuses, with Discord's codes.

See https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "UNKNOWN",
    "WorldError",
    "form_error",
    "missing_access",
    "missing_permissions",
    "unknown",
]

#: JSON error code and message of "Unknown X", by X.
UNKNOWN: dict[str, tuple[int, str]] = {
    "account": (10001, "Unknown Account"),
    "application": (10002, "Unknown Application"),
    "channel": (10003, "Unknown Channel"),
    "guild": (10004, "Unknown Guild"),
    "invite": (10006, "Unknown Invite"),
    "member": (10007, "Unknown Member"),
    "message": (10008, "Unknown Message"),
    "overwrite": (10009, "Unknown Overwrite"),
    "role": (10011, "Unknown Role"),
    "user": (10013, "Unknown User"),
    "emoji": (10014, "Unknown Emoji"),
    "webhook": (10015, "Unknown Webhook"),
    "ban": (10026, "Unknown Ban"),
    "interaction": (10062, "Unknown interaction"),
    "command": (10063, "Unknown application command"),
}


class WorldError(Exception):
    """A change that Discord would refuse.

    Attributes:
        status: The HTTP status that answers it.
        code: Discord's JSON error code.
        message: Discord's text for the code.
        errors: Form errors, nested as in Discord's answers, or None.
    """

    def __init__(
        self, status: int, code: int, message: str, errors: dict[str, Any] | None = None
    ) -> None:
        super().__init__(f"{message} (HTTP {status}, code {code})")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.status, self.code, self.message, self.errors)


def unknown(kind: str) -> WorldError:
    """Return the 404 for a thing that is not there."""
    code, message = UNKNOWN[kind]
    return WorldError(404, code, message)


def missing_permissions() -> WorldError:
    """Return the 403 for an action that the actor may not do."""
    return WorldError(403, 50013, "Missing Permissions")


def missing_access() -> WorldError:
    """Return the 403 for a thing that the actor may not even see."""
    return WorldError(403, 50001, "Missing Access")


def form_error(field: str, code: str, message: str) -> WorldError:
    """Return the 400 for one field; dots in `field` nest (`embeds.0.title`)."""
    errors: dict[str, Any] = {"_errors": [{"code": code, "message": message}]}
    for part in reversed(field.split(".")):
        errors = {part: errors}
    return WorldError(400, 50035, "Invalid Form Body", errors)
