"""Bodies of application commands, and what is known to be wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypedDict

from disruption.errors import InvalidArgument
from disruption.types import Unset, to_plain
from disruption.types.core.base import Model
from disruption.types.rules.application_commands import check_command, check_size

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = ["CommandChanges", "CommandOptions", "command_body", "command_changes", "command_list"]

_CHAT_INPUT: Final = 1
_FIELDS: Final = frozenset(
    (
        "contexts",
        "default_member_permissions",
        "description",
        "description_localizations",
        "handler",
        "id",
        "integration_types",
        "name",
        "name_localizations",
        "nsfw",
        "options",
        "type",
    )
)


class _CommandFields(TypedDict, total=False):
    """A command, but for its name and type; without the deprecated ways to say who may use it."""

    name_localizations: Mapping[str, str] | Unset | None
    description: str | Unset
    description_localizations: Mapping[str, str] | Unset | None
    options: Sequence[Model | Mapping[str, Any]] | Unset
    default_member_permissions: int | Unset | None
    integration_types: Sequence[int] | Unset
    contexts: Sequence[int] | Unset
    nsfw: bool | Unset
    handler: int | Unset


class CommandOptions(_CommandFields, total=False):
    """A command, but for its name."""

    type: int | Unset


class CommandChanges(_CommandFields, total=False):
    """What of a command can be changed: all but its type."""

    name: str | Unset


class _Command(CommandOptions, total=False):
    name: str | Unset


def command_changes(**options: Unpack[CommandChanges]) -> dict[str, Any]:
    """Return the body that changes a command; what is UNSET is left out.

    Raises:
        InvalidArgument: A limit is passed, or the type is among it.
    """
    if "type" in options:
        raise InvalidArgument("the type of a command cannot be changed: make another command")
    return command_body(**options)


def command_body(**options: Unpack[_Command]) -> dict[str, Any]:
    """Return the body of a command; what is UNSET is left out.

    Raises:
        InvalidArgument: A limit is passed.
    """
    unknown = options.keys() - (_FIELDS - {"id"})
    if unknown:
        raise InvalidArgument(f"a command has no {', '.join(sorted(unknown))}")
    body: dict[str, Any] = {
        name: to_plain(value) for name, value in options.items() if not isinstance(value, Unset)
    }
    permissions = body.get("default_member_permissions")
    if isinstance(permissions, int):
        body["default_member_permissions"] = str(permissions)
    check_command(body)
    check_size(body)
    return body


def command_list(commands: Sequence[Model | Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the body of all commands together, without what Discord adds to each.

    Raises:
        InvalidArgument: A limit is passed, or two have the same type and name.
    """
    if isinstance(commands, str | Mapping) or not isinstance(commands, Sequence):
        raise InvalidArgument(f"commands must be a list, not {type(commands).__name__}")
    listed: list[dict[str, Any]] = []
    seen: set[tuple[int, str]] = set()
    for index, command in enumerate(commands):
        plain = to_plain(command)
        if not isinstance(plain, dict):
            raise InvalidArgument(f"commands[{index}] must be a command, not {plain!r:.40}")
        body = {name: value for name, value in plain.items() if name in _FIELDS}
        if isinstance(command, Mapping):
            body = plain
        if not body.get("name"):
            raise InvalidArgument(f"commands[{index}] has no name")
        check_command(body, f"commands[{index}].")
        check_size(body, f"commands[{index}]")
        key = (body.get("type") or _CHAT_INPUT, body["name"])
        if key in seen:
            raise InvalidArgument(f"commands[{index}]: there are two of the name {key[1]!r}")
        seen.add(key)
        listed.append(body)
    return listed
