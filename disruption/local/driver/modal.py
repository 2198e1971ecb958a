"""What a user fills into a modal, as a bot receives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .errors import DriverError

__all__ = ["chosen_option", "filled"]

_ROW, _LABEL = 1, 18
_TEXT_INPUT, _SELECT, _RADIOS, _BOXES, _BOX = 4, 3, 21, 22, 23

#: Components whose value is one of their options.
_OPTIONS = frozenset({_SELECT, _RADIOS, _BOXES})

Component = dict[str, Any]


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
        DriverError: There is no such field, or a field does not take what it is given.
    """
    known = list(_fields(modal))
    names = {name for component, label in known for name in _names(component, label)}
    unknown = [repr(name) for name in values if name not in names]
    if unknown:
        there = ", ".join(" or ".join(map(repr, _names(*field))) for field in known)
        raise DriverError(f"The modal has no field {', '.join(unknown)}; it has {there or 'none'}")
    number = 0
    result = []

    def field(component: Component, label: str | None) -> dict[str, Any]:
        nonlocal number
        number += 1
        given = [values[name] for name in _names(component, label) if name in values]
        kind, custom_id = component["type"], component["custom_id"]
        answer = {"type": kind, "id": component.get("id", number), "custom_id": custom_id}
        if kind == _TEXT_INPUT:
            return {**answer, "value": _text(component, given)}
        if kind == _BOX:
            return {**answer, "value": bool(given[0] if given else component.get("default"))}
        chosen = _chosen(component, given)
        if kind not in _OPTIONS:
            chosen = [chosen_id(kind, custom_id, item) for item in chosen]
        if kind == _RADIOS:
            return {**answer, "value": chosen[0] if chosen else None}
        return {**answer, "values": chosen}

    for component in modal["components"]:
        number += 1
        head = {"type": component["type"], "id": component.get("id", number)}
        if component["type"] == _ROW:
            head["components"] = [field(item, None) for item in component["components"]]
        elif component["type"] == _LABEL:
            head["component"] = field(component["component"], component.get("label"))
        result.append(head)
    return result


def chosen_option(component: Component, wanted: Any) -> str:
    """Return the value of the option that is meant, by its value or label.

    Raises:
        DriverError: There is none.
    """
    options = component.get("options") or ()
    for key in ("value", "label"):
        for option in options:
            if option[key] == str(wanted):
                return str(option["value"])
    known = ", ".join(option["label"] for option in options)
    raise DriverError(f"The menu has no option {str(wanted)!r}; it has {known}")


def _fields(modal: dict[str, Any]) -> Iterator[tuple[Component, str | None]]:
    """Yield what can be filled in, with the label around it."""
    for component in modal["components"]:
        if component["type"] == _ROW:
            for inner in component["components"]:
                yield inner, None
        elif component["type"] == _LABEL:
            yield component["component"], component.get("label")


def _names(component: Component, label: str | None) -> list[str]:
    names = (component["custom_id"], label, component.get("label"))
    return list(dict.fromkeys(name for name in names if name))


def _text(component: Component, given: list[Any]) -> str:
    text = str(given[0]) if given and given[0] is not None else str(component.get("value") or "")
    name = component["custom_id"]
    if not text:
        if component.get("required", True):
            raise DriverError(f"The modal's field {name!r} has to be filled in")
        return text
    low, high = component.get("min_length") or 0, component.get("max_length") or 4000
    if not low <= len(text) <= high:
        raise DriverError(
            f"The modal's field {name!r} takes {low} to {high} characters, not {len(text)}"
        )
    return text


def _chosen(component: Component, given: list[Any]) -> list[Any]:
    """Return what is chosen in a component, as many things as it takes."""
    kind, name = component["type"], component["custom_id"]
    options = component.get("options") or ()
    if given and given[0] is not None:
        wanted = list(given[0]) if isinstance(given[0], list | set | frozenset) else [given[0]]
        if kind in _OPTIONS:
            wanted = [chosen_option(component, item) for item in wanted]
    elif kind in _OPTIONS:
        wanted = [option["value"] for option in options if option.get("default")]
    else:
        wanted = [item["id"] for item in component.get("default_values") or ()]
    required = component.get("required")
    if not wanted and required is False:
        return wanted
    low, high = component.get("min_values"), component.get("max_values")
    low = 1 if low is None else low
    if high is None:
        high = len(options) if kind == _BOXES else 1
    if not low <= len(wanted) <= high:
        count = f"{low}" if low == high else f"{low} to {high}"
        raise DriverError(f"The modal's field {name!r} takes {count} values, not {len(wanted)}")
    return wanted
