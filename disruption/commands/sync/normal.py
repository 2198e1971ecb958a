"""One form for a command, whether the code says it or Discord: all fields, defaults filled in.

Discord leaves out some defaults, writes others, and gives null for a third kind; which it does
has changed over the years. Compared is what a command means, not how it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from ...types import to_plain

__all__ = ["CHAT_INPUT", "ENTRY_POINT", "FIELDS", "key_of", "normal", "sendable"]

CHAT_INPUT: Final = 1
ENTRY_POINT: Final = 4
_SUB_COMMANDS: Final = (1, 2)
_STRING: Final = 3
_INTEGER: Final = 4
_LONGEST: Final = 6000  # characters of an option's text, where no max_length says less

FIELDS: Final = (
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "default_member_permissions",
    "nsfw",
    "contexts",
    "integration_types",
    "handler",
)
"""The fields of a command that the code decides on, in the order in which they are shown."""

_GLOBAL_ONLY: Final = ("contexts", "integration_types")


def key_of(command: Mapping[str, Any]) -> tuple[int, str]:
    """Return what tells a command from the others of its place: its type and name."""
    return int(command.get("type") or CHAT_INPUT), command["name"]


def normal(command: Any, *, guild: bool = False) -> dict[str, Any]:
    """Return a command with all of `FIELDS` and its type; what is not said is None.

    Args:
        command: Its body, or an `ApplicationCommand`.
        guild: Whether it is one guild's; those have no contexts and integration types.
    """
    raw = _plain(command)
    kind = int(raw.get("type") or CHAT_INPUT)
    permissions = raw.get("default_member_permissions")
    made: dict[str, Any] = {
        "type": kind,
        "name": raw["name"],
        "name_localizations": _texts(raw.get("name_localizations")),
        "description": str(raw.get("description") or "").strip(),
        "description_localizations": _texts(raw.get("description_localizations")),
        "options": [_option(option) for option in raw.get("options") or ()],
        "default_member_permissions": None if permissions is None else str(int(permissions)),
        "nsfw": bool(raw.get("nsfw")),
        "contexts": None,
        "integration_types": None,
        "handler": raw.get("handler") if kind == ENTRY_POINT else None,
    }
    if not guild:
        made["contexts"] = _numbers(raw.get("contexts"))
        made["integration_types"] = _numbers(raw.get("integration_types"))
        if made["contexts"] is None and raw.get("dm_permission") is False:
            made["contexts"] = [0]  # what the deprecated field means
    return made


def sendable(command: Mapping[str, Any]) -> dict[str, Any]:
    """Return a normal command as the body of a request, without what is a default."""
    return {
        key: value
        for key, value in command.items()
        if value is not None and value != [] and value is not False
    }


def _plain(value: Any) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(value)
    return plain


def _texts(texts: Mapping[str, str] | None) -> dict[str, str] | None:
    return {str(locale): text for locale, text in sorted(texts.items())} if texts else None


def _numbers(values: Iterable[Any] | None) -> list[int] | None:
    found = sorted({int(value) for value in values or ()})
    return found or None


def _option(raw: Mapping[str, Any]) -> dict[str, Any]:
    kind = int(raw["type"])
    made: dict[str, Any] = {
        "type": kind,
        "name": raw["name"],
        "name_localizations": _texts(raw.get("name_localizations")),
        "description": str(raw.get("description") or "").strip(),
        "description_localizations": _texts(raw.get("description_localizations")),
    }
    if kind in _SUB_COMMANDS:
        made["options"] = [_option(option) for option in raw.get("options") or ()]
    else:
        made["required"] = bool(raw.get("required"))
        made["choices"] = [_choice(choice, kind) for choice in raw.get("choices") or ()]
        made["channel_types"] = _numbers(raw.get("channel_types"))
        made["file_types"] = sorted(raw.get("file_types") or ()) or None
        made["min_value"] = _number(raw.get("min_value"), kind)
        made["max_value"] = _number(raw.get("max_value"), kind)
        made["min_length"] = raw.get("min_length") or None  # none at all is what 0 means
        most = raw.get("max_length")
        made["max_length"] = None if most == _LONGEST else most
        made["autocomplete"] = bool(raw.get("autocomplete"))
    return sendable(made)


def _choice(raw: Mapping[str, Any], kind: int) -> dict[str, Any]:
    value = raw["value"]
    made = {
        "name": raw["name"],
        "name_localizations": _texts(raw.get("name_localizations")),
        "value": value if kind == _STRING else _number(value, kind),
    }
    return sendable(made)


def _number(value: Any, kind: int) -> Any:
    """Return a bound or a choice's value: JSON knows no difference of 1 and 1.0."""
    if value is None or (kind != _INTEGER and not isinstance(value, float)):
        return value
    return int(value) if value == int(value) else value
