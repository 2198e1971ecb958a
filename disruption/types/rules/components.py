"""What may nest in what among components, and how much of it.

One walk over JSON-ready data serves messages, components V2 and modals. Components of
a kind that Discord added after this library was made are counted and let through.

See https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from ...errors import InvalidArgument
from ..components.base import ComponentType
from .component_fields import FIELDS
from .limits import at_most, listed, shown

__all__ = ["MOST", "MOST_TEXT", "check_components", "check_modal", "looks_like_v2"]

MOST: Final = 40
"""Components of a message of components V2, nested ones and accessories too."""

MOST_TEXT: Final = 4000
"""Characters of all text displays of a message."""

_ROWS: Final = 5
_ROW_WIDTH: Final = 5
_IN_MODAL: Final = 5
_IDS: Final = (1 << 31) - 1

_T = ComponentType
_SELECTS: Final = (
    _T.STRING_SELECT,
    _T.USER_SELECT,
    _T.ROLE_SELECT,
    _T.MENTIONABLE_SELECT,
    _T.CHANNEL_SELECT,
)
_IN_CONTAINER: Final = (
    _T.ACTION_ROW,
    _T.TEXT_DISPLAY,
    _T.SECTION,
    _T.MEDIA_GALLERY,
    _T.SEPARATOR,
    _T.FILE,
)
_IN_LABEL: Final = (
    _T.TEXT_INPUT,
    *_SELECTS,
    _T.FILE_UPLOAD,
    _T.RADIO_GROUP,
    _T.CHECKBOX_GROUP,
    _T.CHECKBOX,
)
_TOP_V1: Final = (_T.ACTION_ROW,)
_TOP_V2: Final = (*_IN_CONTAINER, _T.CONTAINER)
_TOP_MODAL: Final = (_T.LABEL, _T.TEXT_DISPLAY, _T.ACTION_ROW)
_KNOWN: Final = frozenset(_T)


class _Tree:
    """What is counted over a whole message or modal."""

    def __init__(self, *, modal: bool) -> None:
        self.modal = modal
        self.count = 0
        self.text = 0
        self.custom_ids: dict[str, str] = {}
        self.ids: dict[int, str] = {}


def looks_like_v2(components: Sequence[Any]) -> bool:
    """Tell whether one of these top-level components needs the flag IS_COMPONENTS_V2."""
    return any(
        isinstance(component, Mapping) and component.get("type") != _T.ACTION_ROW
        for component in components
    )


def needs_v2(components: Sequence[Any]) -> bool:
    """Tell whether one of these top-level components is of a kind that has to have that flag."""
    return any(
        isinstance(component, Mapping)
        and component.get("type") in _TOP_V2
        and component.get("type") not in _TOP_V1
        for component in components
    )


def check_components(components: Any, *, v2: bool | None, path: str = "components") -> None:
    """Refuse the components of a message, as JSON-ready data, that break a rule.

    Args:
        components: The top-level components.
        v2: Whether the message has the flag IS_COMPONENTS_V2; None where that is not known,
            so that the components tell.
        path: Where they are.

    Raises:
        InvalidArgument: With the path of the component or field, and the rule.
    """
    components = listed(path, components, 0, None)
    is_v2 = looks_like_v2(components) if v2 is None else v2
    tree = _Tree(modal=False)
    if not is_v2:
        listed(path, components, 0, _ROWS)
    for index, component in enumerate(components):
        kind = component.get("type") if isinstance(component, Mapping) else None
        if not is_v2 and kind in _TOP_V2 and kind not in _TOP_V1:
            raise InvalidArgument(
                f"{path}.{index} is {_name(kind)}, which needs flags=MessageFlags.IS_COMPONENTS_V2"
            )
        _check(component, _TOP_V2 if is_v2 else _TOP_V1, f"{path}.{index}", tree)
    if tree.count > MOST:
        raise InvalidArgument(
            f"{path}: at most {MOST} components, nested ones too, not {tree.count}"
        )
    if tree.text > MOST_TEXT:
        raise InvalidArgument(
            f"{path}: at most {MOST_TEXT} characters in all text displays, not {tree.text}"
        )


def check_modal(modal: Mapping[str, Any], path: str = "") -> None:
    """Refuse a modal, as JSON-ready data, that breaks a rule.

    Raises:
        InvalidArgument: With the path of the component or field, and the rule.
    """
    if not isinstance(modal, Mapping):
        raise InvalidArgument(f"{path or 'modal'} must be a modal, not {type(modal).__name__}")
    before = f"{path}." if path else ""
    at_most(f"{before}custom_id", modal.get("custom_id") or "", 100, least=1)
    shown(f"{before}title", modal.get("title") or "", 45, least=1)
    components = listed(f"{before}components", modal.get("components"), 1, _IN_MODAL)
    tree = _Tree(modal=True)
    for index, component in enumerate(components):
        _check(component, _TOP_MODAL, f"{before}components.{index}", tree)


def _check(component: Any, allowed: Sequence[int], path: str, tree: _Tree) -> None:
    if not isinstance(component, Mapping):
        raise InvalidArgument(f"{path} must be a component, not {type(component).__name__}")
    kind = component.get("type")
    tree.count += 1
    if not isinstance(kind, int):
        raise InvalidArgument(f"{path}.type must be a ComponentType, not {kind!r}")
    if kind not in _KNOWN:
        return
    if kind not in allowed:
        taken = ", ".join(_name(single) for single in allowed)
        raise InvalidArgument(f"{path} cannot be {_name(kind)}; it can be {taken}")
    _unique(component, path, tree)
    check_fields = FIELDS.get(kind)
    if check_fields is not None:
        check_fields(component, path, tree.modal)
    check_inside = _INSIDE.get(kind)
    if check_inside is not None:
        check_inside(component, path, tree)


def _unique(component: Mapping[str, Any], path: str, tree: _Tree) -> None:
    number = component.get("id")
    if number:  # 0 stands for none
        if not isinstance(number, int) or not 0 < number <= _IDS:
            raise InvalidArgument(f"{path}.id must be a number of at most 31 bits")
        if tree.ids.setdefault(number, path) != path:
            raise InvalidArgument(f"{path}.id is {number}, which {tree.ids[number]} has already")
    custom_id = component.get("custom_id")
    if custom_id and tree.custom_ids.setdefault(custom_id, path) != path:
        raise InvalidArgument(
            f"{path}.custom_id is {custom_id!r}, which {tree.custom_ids[custom_id]} has already"
        )


def _row(row: Mapping[str, Any], path: str, tree: _Tree) -> None:
    children = listed(f"{path}.components", row.get("components"), 1, _ROW_WIDTH)
    allowed = (_T.TEXT_INPUT,) if tree.modal else (_T.BUTTON, *_SELECTS)
    buttons = 0
    for index, child in enumerate(children):
        _check(child, allowed, f"{path}.components.{index}", tree)
        buttons += child.get("type") == _T.BUTTON
    if len(children) > 1 and buttons < len(children):
        raise InvalidArgument(f"{path}.components takes up to 5 buttons or a single select")


def _section(section: Mapping[str, Any], path: str, tree: _Tree) -> None:
    children = listed(f"{path}.components", section.get("components"), 1, 3)
    for index, child in enumerate(children):
        _check(child, (_T.TEXT_DISPLAY,), f"{path}.components.{index}", tree)
    _check(section.get("accessory"), (_T.BUTTON, _T.THUMBNAIL), f"{path}.accessory", tree)


def _container(container: Mapping[str, Any], path: str, tree: _Tree) -> None:
    children = listed(f"{path}.components", container.get("components"), 1, None)
    for index, child in enumerate(children):
        _check(child, _IN_CONTAINER, f"{path}.components.{index}", tree)


def _label(label: Mapping[str, Any], path: str, tree: _Tree) -> None:
    _check(label.get("component"), _IN_LABEL, f"{path}.component", tree)


def _text(text: Mapping[str, Any], path: str, tree: _Tree) -> None:
    tree.text += len(text["content"])


_INSIDE: Final[dict[int, Callable[[Mapping[str, Any], str, _Tree], None]]] = {
    _T.ACTION_ROW: _row,
    _T.SECTION: _section,
    _T.CONTAINER: _container,
    _T.LABEL: _label,
    _T.TEXT_DISPLAY: _text,
}


def _name(kind: int) -> str:
    name = ComponentType(kind).name.replace("_", " ").lower()
    return f"an {name}" if kind == ComponentType.ACTION_ROW else f"a {name}"
