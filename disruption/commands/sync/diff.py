"""A plan as text that a person reads: ``+`` is made, ``-`` deleted, ``~`` changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from ...types import (
    ApplicationCommandOptionType,
    ApplicationIntegrationType,
    ChannelType,
    InteractionContextType,
    Permissions,
)
from .compare import Edit, Plan
from .normal import CHAT_INPUT, ENTRY_POINT, sendable

__all__ = ["describe", "diff_lines", "shown_name"]

_NAMED: Final = ("options", "choices")  # lists whose members have names
_COLOURS: Final = {"+": "\x1b[32m", "-": "\x1b[31m", "~": "\x1b[33m"}
_RESET: Final = "\x1b[0m"
_MENUS: Final = {2: "user menu", 3: "message menu", ENTRY_POINT: "entry point"}
_NAMES: Final[dict[str, Callable[[int], Any]]] = {
    "channel_types": ChannelType,
    "contexts": InteractionContextType,
    "integration_types": ApplicationIntegrationType,
}


def shown_name(key: tuple[int, str]) -> str:
    """Return how a person would name a command: ``/roll``, ``user menu "Say hello"``."""
    kind, name = key
    return f"/{name}" if kind == CHAT_INPUT else f'{_MENUS.get(kind, f"type {kind}")} "{name}"'


def describe(
    plan: Plan,
    where: Mapping[tuple[int, str], str] | None = None,
    *,
    place: str | None = None,
    colour: bool = False,
) -> str:
    """Return a plan as lines of text.

    Args:
        plan: The plan.
        where: In which file and line a command is defined, by type and name.
        place: What to call the guild; None for its id.
        colour: Whether a terminal is to show it.
    """
    if place is None:
        place = "All guilds" if plan.guild_id is None else f"Guild {plan.guild_id}"
    lines = [f"{place}: {_summary(plan)}"]
    lines += (f"  {_coloured(line, colour)}" for line in diff_lines(plan, where))
    return "\n".join(lines)


def diff_lines(plan: Plan, where: Mapping[tuple[int, str], str] | None = None) -> Iterator[str]:
    """Iterate over what a plan does: a line a command, deeper ones for what of it differs."""
    places = where or {}
    for delete in plan.deletes:
        yield f"- {shown_name(delete.key)}"
    for edit in plan.edits:
        was = edit.renamed_from
        renamed = "" if was is None else f" (was {shown_name((edit.key[0], was))})"
        yield f"~ {shown_name(edit.key)}{renamed}{_at(places, edit.key)}"
        for line in _edit_lines(edit):
            yield f"    {line}"
    for create in plan.creates:
        description = create.command.get("description", "")
        text = f"  {description}" if description else ""
        yield f"+ {shown_name(create.key)}{text}{_at(places, create.key)}"


def _summary(plan: Plan) -> str:
    counts = (
        (len(plan.creates), "to create"),
        (len(plan.edits), "to change"),
        (len(plan.deletes), "to delete"),
        (len(plan.unchanged), "unchanged"),
        (len(plan.kept), "not defined here and kept"),
    )
    return ", ".join(f"{count} {text}" for count, text in counts if count) or "no commands"


def _at(where: Mapping[tuple[int, str], str], key: tuple[int, str]) -> str:
    place = where.get(key)
    return f"  ({place})" if place else ""


def _edit_lines(edit: Edit) -> Iterator[str]:
    old = {key: edit.registered.get(key) for key in edit.changes}
    yield from _fields("", sendable(old), sendable(edit.changes))


def _fields(path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for key in dict.fromkeys((*old, *new)):
        here = f"{path}{key}"
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        if key in _NAMED:
            yield from _members(here, before or [], after or [])
        elif isinstance(before, dict) or isinstance(after, dict):
            yield from _fields(f"{here}.", before or {}, after or {})
        elif before is None:
            yield f"+ {here}: {_value(key, after)}"
        elif after is None:
            yield f"- {here}: {_value(key, before)}"
        else:
            yield f"~ {here}: {_value(key, before)} → {_value(key, after)}"


def _members(path: str, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[str]:
    """Compare options or choices by their names, and then their order."""
    before = {member["name"]: member for member in old}
    after = {member["name"]: member for member in new}
    for name, member in before.items():
        if name not in after:
            yield f"- {path}.{name} {_member(member)}"
    for name, member in after.items():
        if name not in before:
            yield f"+ {path}.{name} {_member(member)}"
        else:
            yield from _fields(f"{path}.{name}.", before[name], member)
    order = [name for name in before if name in after]
    changed = [name for name in after if name in before]
    if order != changed:
        yield f"~ {path} in another order: {', '.join(order)} → {', '.join(changed)}"


def _member(member: Mapping[str, Any]) -> str:
    """Return an option or a choice in a few words."""
    if "type" not in member:
        return f"= {_value('value', member['value'])}"
    kind = _value("type", member["type"])
    needed = ", required" if member.get("required") else ""
    return f"({kind}{needed}) {_value('description', member['description'])}"


def _value(key: str, value: Any) -> str:
    if key == "type":
        return ApplicationCommandOptionType(value).name or str(value)
    if key == "default_member_permissions":
        return str(Permissions(int(value))) if int(value) else "administrators only"
    if key in _NAMES:
        return ", ".join(str(_NAMES[key](each).name or each) for each in value)
    return json.dumps(value, ensure_ascii=False)


def _coloured(line: str, colour: bool) -> str:
    paint = _COLOURS.get(line.lstrip()[:1]) if colour else None
    return line if paint is None else f"{paint}{line}{_RESET}"
