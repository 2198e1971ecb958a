"""The parts of a message, completed as Discord completes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .ids import clone

__all__ = ["beside", "moved", "numbered", "whole_embed"]

_SUPPRESS_EMBEDS = 1 << 2

#: What has the address of a picture or a file, in embeds and in components.
_SHOWING = ("image", "thumbnail", "media", "file")


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


def beside(message: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the attachments of a message but for those that its embeds or components show."""
    shown = _addresses(message["components"])
    if not message["flags"] & _SUPPRESS_EMBEDS:
        shown |= _addresses(message["embeds"])
    return [item for item in message["attachments"] if item["url"] not in shown]


def _addresses(value: Any) -> set[str | None]:
    """Return the addresses of all pictures and files in embeds or components."""
    if isinstance(value, list):
        return {url for item in value for url in _addresses(item)}
    if not isinstance(value, dict):
        return set()
    found = {url for item in value.values() for url in _addresses(item)}
    found.update((value.get(key) or {}).get("url") for key in _SHOWING)
    return found | {value.get("icon_url")}


def moved(value: Any, old: str, new: str) -> Any:
    """Return a copy in which every address under `old` is one under `new`."""
    if isinstance(value, str):
        return new + value[len(old) :] if value.startswith(f"{old}/") else value
    if isinstance(value, dict):
        return {key: moved(item, old, new) for key, item in value.items()}
    if isinstance(value, list):
        return [moved(item, old, new) for item in value]
    return value
