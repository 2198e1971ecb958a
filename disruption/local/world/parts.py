"""The parts of a message, completed as Discord completes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .ids import clone

__all__ = ["numbered", "whole_embed"]


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
