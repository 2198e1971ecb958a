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
    "integration": (10005, "Unknown Integration"),
    "invite": (10006, "Unknown Invite"),
    "member": (10007, "Unknown Member"),
    "message": (10008, "Unknown Message"),
    "overwrite": (10009, "Unknown Overwrite"),
    "role": (10011, "Unknown Role"),
    "user": (10013, "Unknown User"),
    "emoji": (10014, "Unknown Emoji"),
    "webhook": (10015, "Unknown Webhook"),
    "ban": (10026, "Unknown Ban"),
    "sku": (10027, "Unknown SKU"),
    "entitlement": (10029, "Unknown Entitlement"),
    "lobby": (10031, "Unknown Lobby"),
    "template": (10057, "Unknown Guild Template"),
    "sticker": (10060, "Unknown Sticker"),
    "sticker pack": (10061, "Unknown Sticker Pack"),
    "interaction": (10062, "Unknown interaction"),
    "command": (10063, "Unknown application command"),
    "voice state": (10065, "Unknown Voice State"),
    "command permissions": (10066, "Unknown application command permissions"),
    "stage": (10067, "Unknown Stage Instance"),
    "welcome screen": (10069, "Unknown Guild Welcome Screen"),
    "scheduled event": (10070, "Unknown Guild Scheduled Event"),
    # The documentation has no code of its own for these.
    "auto moderation rule": (0, "404: Not Found"),
    "join request": (0, "404: Not Found"),
    "tag": (10087, "Unknown tag"),
    "sound": (10097, "Unknown Sound"),
    "target users job": (10124, "Unknown invite target users job"),
    "target users": (10129, "Unknown invite target users"),
}


class WorldError(Exception):
    """A change that Discord would refuse.

    Attributes:
        status: The HTTP status that answers it.
        code: Discord's JSON error code.
        message: Discord's text for the code.
        errors: Form errors, nested as in Discord's answers, or None.
        retry_after: Seconds after which it may be tried again, or None.
    """

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        errors: dict[str, Any] | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{message} (HTTP {status}, code {code})")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[Any, ...]:
        parts = (self.status, self.code, self.message, self.errors, self.retry_after)
        return type(self), parts


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
