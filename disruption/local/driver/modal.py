"""What a user fills into a modal, as a bot receives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .errors import DriverError

__all__ = ["filled"]

_ROW, _TEXT_INPUT, _TEXT_DISPLAY, _LABEL = 1, 4, 10, 18
_CHECKBOX, _RADIO_GROUP = 23, 21


def filled(
    modal: dict[str, Any],
    values: dict[str, Any],
    chosen_id: Callable[[int, str, Any], str] = lambda kind, custom_id, item: str(item),
) -> list[dict[str, Any]]:
    """Return the components of a submitted modal.

    Args:
        modal: As the bot sent it.
        values: By custom id or label; a list for menus. What is not given keeps its default.
        chosen_id: Makes the text for one thing chosen in a component of a type and custom id.

    Raises:
        DriverError: There is no such field, or a required one was left empty.
    """
    left = dict(values)
    number = 0
    result = []

    def field(component: dict[str, Any], label: str | None) -> dict[str, Any]:
        nonlocal number
        number += 1
        custom_id = component["custom_id"]
        names = [name for name in (custom_id, label, component.get("label")) if name in left]
        given = left.pop(names[0]) if names else None
        kind = component["type"]
        answer = {"type": kind, "id": component.get("id", number), "custom_id": custom_id}
        if kind == _TEXT_INPUT:
            text = str(given) if given is not None else str(component.get("value") or "")
            if component.get("required", True) and not text:
                raise DriverError(f"The modal's field {custom_id!r} has to be filled in")
            return {**answer, "value": text}
        if kind in (_CHECKBOX, _RADIO_GROUP):
            return {**answer, "value": given if given is not None else component.get("default")}
        chosen = [] if given is None else given
        return {
            **answer,
            "values": [
                chosen_id(kind, custom_id, item)
                for item in (chosen if isinstance(chosen, list) else [chosen])
            ],
        }

    for component in modal["components"]:
        number += 1
        head = {"type": component["type"], "id": component.get("id", number)}
        if component["type"] == _ROW:
            head["components"] = [field(item, None) for item in component["components"]]
        elif component["type"] == _LABEL:
            head["component"] = field(component["component"], component.get("label"))
        result.append(head)
    if left:
        raise DriverError(f"The modal has no field {', '.join(map(repr, left))}")
    return result
