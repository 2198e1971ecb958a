"""The parts of a message, completed as Discord completes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .ids import clone

__all__ = ["moved", "numbered", "whole_embed"]


def whole_embed(embed: dict[str, Any]) -> dict[str, Any]:
    """Return an embed as Discord gives it back."""
    whole: dict[str, Any] = {"type": "rich"}
    whole.update({key: clone(value) for key, value in embed.items() if value is not None})
    for item in whole.get("fields") or ():
        item.setdefault("inline", False)
    return whole


def numbered(components: Iterable[dict[str, Any]]) -> list[Any]:
    """Copy components, and number those that came without an id."""
    whole: list[Any] = clone([*components])
    taken: set[int] = set()
    unnumbered: list[dict[str, Any]] = []
    waiting = list(reversed(whole))
    while waiting:
        component = waiting.pop()
        if component.get("id"):
            taken.add(component["id"])
        else:
            unnumbered.append(component)
        inside = [*(component.get("components") or ())]
        inside += [component[key] for key in ("component", "accessory") if component.get(key)]
        waiting.extend(reversed(inside))
    number = 0
    for component in unnumbered:
        number += 1
        while number in taken:
            number += 1
        component["id"] = number
    return whole


def moved(value: Any, old: str, new: str) -> Any:
    """Return a copy in which every address under `old` is one under `new`."""
    if isinstance(value, str):
        return new + value[len(old) :] if value.startswith(f"{old}/") else value
    if isinstance(value, dict):
        return {key: moved(item, old, new) for key, item in value.items()}
    if isinstance(value, list):
        return [moved(item, old, new) for item in value]
    return value
