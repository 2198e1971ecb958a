"""Check components: classic rows, components V2, and what a modal may hold.

See https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .form import CHANNEL_TYPES, Body

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
SELECTS = (3, 5, 6, 7, 8)
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 9, 10, 11, 12, 13, 14, 17
LABEL, UPLOAD, RADIO, CHECKBOXES, CHECKBOX = 18, 19, 21, 22, 23

_IN_ROW = (BUTTON, *SELECTS)
_IN_CONTAINER = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR)
_TOP_V1 = (ROW,)
_TOP_V2 = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR, CONTAINER)
_TOP_MODAL = (ROW, TEXT, LABEL)
_IN_LABEL = (TEXT_INPUT, *SELECTS, UPLOAD, RADIO, CHECKBOXES, CHECKBOX)

#: Components of a message of components V2, counted with all that is nested in them.
MAX_V2 = 40

#: Characters of all text displays of a message.
MAX_V2_TEXT = 4000

_MEDIA = ("http", "https", "attachment")


@dataclass
class _Tree:
    """What is counted over the whole tree."""

    modal: bool = False
    count: int = 0
    text: int = 0
    custom_ids: set[str] = field(default_factory=set)
    ids: set[int] = field(default_factory=set)


def clean_components(body: Body, *, v2: bool) -> None:
    """Check the field `components` of a message.

    Args:
        body: The message.
        v2: Whether its flag IS_COMPONENTS_V2 is set.
    """
    tree = _Tree()
    for child in body.children("components", high=None if v2 else 5):
        _clean(child, _TOP_V2 if v2 else _TOP_V1, tree)
    if v2 and tree.count > MAX_V2:
        text = f"Number of components exceeds maximum of {MAX_V2}"
        body.fail("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", text)
    if v2 and tree.text > MAX_V2_TEXT:
        text = f"The total size of displayable text exceeds maximum of {MAX_V2_TEXT}"
        body.fail("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", text)
    _number(body.clean.get("components") or [], tree.ids)


def clean_modal_components(body: Body) -> None:
    """Check the field `components` of a modal."""
    tree = _Tree(modal=True)
    for child in body.children("components", required=True, low=1, high=5):
        _clean(child, _TOP_MODAL, tree)
    _number(body.clean.get("components") or [], tree.ids)


def _number(components: list[dict[str, object]], taken: set[int]) -> None:
    """Give every component without an id the next free one, as Discord does."""
    following = 1
    for component in components:
        if not component.get("id"):
            while following in taken:
                following += 1
            component["id"] = following
            taken.add(following)
        for key in ("components", "items"):
            nested = component.get(key)
            if key == "components" and isinstance(nested, list):
                _number(nested, taken)
        for key in ("accessory", "component"):
            single = component.get(key)
            if isinstance(single, dict):
                _number([single], taken)


def _clean(component: Body, allowed: tuple[int, ...], tree: _Tree) -> None:
    kind = component.data.get("type")
    if kind not in allowed:
        listed = ", ".join(str(value) for value in allowed)
        if "type" in component.data:
            text = f'Value of field "type" must be one of ({listed}).'
            component.fail("type", "UNION_TYPE_CHOICES", text)
        elif component.data:
            component.fail("type", "BASE_TYPE_REQUIRED", "This field is required")
        return
    tree.count += 1
    component.integer("type")
    component.integer("id", low=0, high=2_147_483_647)
    number = component.clean.get("id")
    if number:
        if number in tree.ids:
            text = "Component id cannot be duplicated"
            component.fail("id", "COMPONENT_ID_DUPLICATED", text)
        tree.ids.add(number)
    _CLEANERS[kind](component, tree)
    if "custom_id" in component.clean:
        custom_id = component.clean["custom_id"]
        if custom_id in tree.custom_ids:
            text = "Component custom id cannot be duplicated"
            component.fail("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", text)
        tree.custom_ids.add(custom_id)


def _row(row: Body, tree: _Tree) -> None:
    width = 0
    allowed = (TEXT_INPUT,) if tree.modal else _IN_ROW
    for child in row.children("components", required=True, low=1, high=5):
        _clean(child, allowed, tree)
        width += 1 if child.data.get("type") == BUTTON else 5
    if width > 5:
        text = "The specified component exceeds the maximum width"
        row.fail("components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", text)


def _button(button: Body, tree: _Tree) -> None:
    button.integer("style", required=True, choices=(1, 2, 3, 4, 5, 6))
    button.string("label", high=80)
    _emoji(button)
    button.boolean("disabled")
    style = button.clean.get("style")
    if style == 5:
        button.url("url", required=True, schemes=("http", "https", "discord"), high=512)
    elif style == 6:
        button.snowflake("sku_id", required=True)
    else:
        button.string("custom_id", required=True, low=1, high=100)
    if style != 6 and not button.data.get("label") and not button.data.get("emoji"):
        text = "A button must have a label or an emoji"
        button.fail("label", "BUTTON_COMPONENT_MUST_HAVE_LABEL_OR_EMOJI", text)
    if style == 5 and button.data.get("custom_id"):
        text = "A custom id and url cannot both be specified"
        button.fail("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", text)


def _emoji(body: Body) -> None:
    emoji = body.child("emoji")
    if emoji is not None:
        emoji.snowflake("id")
        emoji.string("name")
        emoji.boolean("animated")


def _select(select: Body, tree: _Tree) -> None:
    select.string("custom_id", required=True, low=1, high=100)
    select.string("placeholder", high=150)
    select.integer("min_values", low=0, high=25)
    select.integer("max_values", low=1, high=25)
    select.clean.setdefault("min_values", 1)
    select.clean.setdefault("max_values", 1)
    select.boolean("required" if tree.modal else "disabled")
    if select.data.get("type") == STRING_SELECT:
        values: set[str] = set()
        # There must be as many options as may be chosen.
        fewest = max(1, select.clean["max_values"] or 1)
        for option in select.children("options", required=True, low=fewest, high=25):
            option.string("label", required=True, low=1, high=100)
            option.string("value", required=True, low=1, high=100)
            option.string("description", high=100)
            option.boolean("default")
            _emoji(option)
            _unique(option, values, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED")
        return
    if select.data.get("type") == 8:
        select.integers("channel_types", choices=CHANNEL_TYPES)
    for default in select.children("default_values", high=25):
        default.snowflake("id", required=True)
        default.string("type", required=True, choices=("user", "role", "channel"))


def _unique(option: Body, values: set[str], code: str) -> None:
    value = option.clean.get("value")
    if value is not None:
        if value in values:
            option.fail("value", code, "The specified option value is already used")
        values.add(value)


def _text_input(text: Body, tree: _Tree) -> None:
    text.string("custom_id", required=True, low=1, high=100)
    text.integer("style", required=True, choices=(1, 2))
    text.string("label", high=45)
    text.integer("min_length", low=0, high=4000)
    text.integer("max_length", low=1, high=4000)
    text.boolean("required")
    text.string("value", high=4000)
    text.string("placeholder", high=100)


def _section(section: Body, tree: _Tree) -> None:
    for child in section.children("components", required=True, low=1, high=3):
        _clean(child, (TEXT,), tree)
    accessory = section.child("accessory", required=True)
    if accessory is not None:
        _clean(accessory, (BUTTON, THUMBNAIL), tree)


def _text(text: Body, tree: _Tree) -> None:
    text.string("content", required=True, low=1, high=MAX_V2_TEXT)
    tree.text += len(text.clean.get("content") or "")


def _media(body: Body, key: str) -> None:
    item = body.child(key, required=True)
    if item is not None:
        schemes = ("attachment",) if key == "file" else _MEDIA
        item.url("url", required=True, schemes=schemes)


def _thumbnail(thumbnail: Body, tree: _Tree) -> None:
    _media(thumbnail, "media")
    thumbnail.string("description", high=1024)
    thumbnail.boolean("spoiler")


def _gallery(gallery: Body, tree: _Tree) -> None:
    for item in gallery.children("items", required=True, low=1, high=10):
        _thumbnail(item, tree)


def _file(file: Body, tree: _Tree) -> None:
    _media(file, "file")
    file.boolean("spoiler")


def _separator(separator: Body, tree: _Tree) -> None:
    separator.boolean("divider")
    separator.integer("spacing", choices=(1, 2))
    separator.clean.setdefault("divider", True)
    separator.clean.setdefault("spacing", 1)


def _container(container: Body, tree: _Tree) -> None:
    for child in container.children("components", required=True, low=1):
        _clean(child, _IN_CONTAINER, tree)
    container.integer("accent_color", low=0, high=0xFFFFFF)
    container.boolean("spoiler")


def _label(label: Body, tree: _Tree) -> None:
    label.string("label", required=True, low=1, high=45)
    label.string("description", high=100)
    child = label.child("component", required=True)
    if child is not None:
        _clean(child, _IN_LABEL, tree)


def _upload(upload: Body, tree: _Tree) -> None:
    upload.string("custom_id", required=True, low=1, high=100)
    upload.integer("min_values", low=0, high=10)
    upload.integer("max_values", low=1, high=10)
    upload.boolean("required")
    upload.strings("file_types")


def _options(group: Body, low: int) -> None:
    group.string("custom_id", required=True, low=1, high=100)
    group.boolean("required")
    values: set[str] = set()
    for option in group.children("options", required=True, low=low, high=10):
        option.string("label", required=True, low=1, high=100)
        option.string("value", required=True, low=1, high=100)
        option.string("description", high=100)
        option.boolean("default")
        _unique(option, values, "COMPONENT_OPTION_VALUE_DUPLICATED")


def _radio(group: Body, tree: _Tree) -> None:
    _options(group, 2)


def _checkboxes(group: Body, tree: _Tree) -> None:
    _options(group, 1)
    group.integer("min_values", low=0, high=10)
    group.integer("max_values", low=1, high=10)


def _checkbox(checkbox: Body, tree: _Tree) -> None:
    checkbox.string("custom_id", required=True, low=1, high=100)
    checkbox.boolean("default")


_CLEANERS: dict[int, Callable[[Body, _Tree], None]] = {
    ROW: _row,
    BUTTON: _button,
    TEXT_INPUT: _text_input,
    **dict.fromkeys(SELECTS, _select),
    SECTION: _section,
    TEXT: _text,
    THUMBNAIL: _thumbnail,
    GALLERY: _gallery,
    FILE: _file,
    SEPARATOR: _separator,
    CONTAINER: _container,
    LABEL: _label,
    UPLOAD: _upload,
    RADIO: _radio,
    CHECKBOXES: _checkboxes,
    CHECKBOX: _checkbox,
}
