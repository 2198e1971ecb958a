"""The limits of each component's own fields.

See https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from ...errors import InvalidArgument
from ..components.base import ComponentType
from ..components.buttons import ButtonStyle
from .limits import at_most, between, link, listed, shown

__all__ = ["FIELDS"]

_Component = Mapping[str, Any]

_CUSTOM_ID: Final = 100
_OPTION: Final = 100
_INPUT: Final = 4000
_WEB: Final = ("http", "https", "discord")
_MEDIA: Final = ("http", "https", "attachment")
_DEFAULTS: Final = {
    ComponentType.USER_SELECT: ("user",),
    ComponentType.ROLE_SELECT: ("role",),
    ComponentType.MENTIONABLE_SELECT: ("user", "role"),
    ComponentType.CHANNEL_SELECT: ("channel",),
}
# What Discord adds to a file it has taken; sent back, its address is another one.
_TAKEN: Final = ("proxy_url", "attachment_id", "id")


def _custom_id(component: _Component, path: str) -> None:
    at_most(f"{path}.custom_id", component.get("custom_id") or "", _CUSTOM_ID, least=1)


def _button(button: _Component, path: str, modal: bool) -> None:
    style = button.get("style")
    if style == ButtonStyle.LINK:
        _only(button, path, "a link button", "url", ("custom_id", "sku_id"))
        link(f"{path}.url", button["url"], _WEB, 512)
    elif style == ButtonStyle.PREMIUM:
        without = ("custom_id", "label", "url", "emoji")
        _only(button, path, "a premium button", "sku_id", without)
        return
    elif style in ButtonStyle.__members__.values():
        _only(button, path, "a button", "custom_id", ("url", "sku_id"))
        _custom_id(button, path)
    else:  # a style that Discord added
        return
    at_most(f"{path}.label", button.get("label"), 80)
    _emoji(button, path)
    if not button.get("label") and not button.get("emoji"):
        raise InvalidArgument(f"{path} needs a label or an emoji")


def _emoji(holder: _Component, path: str) -> None:
    emoji = holder.get("emoji")
    if emoji is not None and not isinstance(emoji, Mapping):
        raise InvalidArgument(
            f"{path}.emoji must be an Emoji, not {type(emoji).__name__}: Emoji.parse(…)"
        )


def _only(button: _Component, path: str, what: str, needed: str, without: tuple[str, ...]) -> None:
    if not button.get(needed):
        raise InvalidArgument(f"{path}.{needed} is missing: {what} needs it")
    for name in without:
        if button.get(name):
            raise InvalidArgument(f"{path}.{name} cannot be given: {what} has none")


def _select(select: _Component, path: str, modal: bool) -> None:
    _custom_id(select, path)
    at_most(f"{path}.placeholder", select.get("placeholder"), 150)
    least, most = _range(select, path, modal, 25)
    if modal and select.get("disabled"):
        raise InvalidArgument(f"{path}.disabled cannot be set in a modal")
    if select.get("type") == ComponentType.STRING_SELECT:
        _options(select, path, 1, 25)
        return
    defaults = listed(f"{path}.default_values", select.get("default_values") or (), 0, 25)
    if not defaults:
        return
    if not least <= len(defaults) <= most:
        raise InvalidArgument(
            f"{path}.default_values: {len(defaults)} are not between min_values ({least}) "
            f"and max_values ({most})"
        )
    taken = _DEFAULTS[ComponentType(select["type"])]
    for index, default in enumerate(defaults):
        kind = default.get("type") if isinstance(default, Mapping) else default
        if kind not in taken:
            raise InvalidArgument(
                f"{path}.default_values.{index}.type must be {' or '.join(taken)}, not {kind!r}"
            )


def _range(component: _Component, path: str, modal: bool, limit: int) -> tuple[int, int]:
    """Check how many values may be chosen; return the fewest and the most."""
    least, most = component.get("min_values"), component.get("max_values")
    between(f"{path}.min_values", least, 0, limit)
    between(f"{path}.max_values", most, 1, limit)
    if modal and least == 0 and component.get("required", True):
        raise InvalidArgument(f"{path}.min_values can only be 0 with required=False")
    if least is not None and most is not None and least > most:
        raise InvalidArgument(f"{path}.min_values ({least}) is more than max_values ({most})")
    return 1 if least is None else least, most or 1


def _options(component: _Component, path: str, least: int, most: int) -> None:
    values: dict[str, int] = {}
    options = listed(f"{path}.options", component.get("options"), least, most)
    for index, option in enumerate(options):
        at = f"{path}.options.{index}"
        if not isinstance(option, Mapping):
            raise InvalidArgument(f"{at} must be an option, not {type(option).__name__}")
        at_most(f"{at}.label", option.get("label") or "", _OPTION, least=1)
        value = option.get("value") or ""
        at_most(f"{at}.value", value, _OPTION, least=1)
        at_most(f"{at}.description", option.get("description"), _OPTION)
        _emoji(option, at)
        if values.setdefault(value, index) != index:
            raise InvalidArgument(f"{at}.value is {value!r}, as that of option {values[value]}")


def _text_input(text: _Component, path: str, modal: bool) -> None:
    _custom_id(text, path)
    at_most(f"{path}.label", text.get("label"), 45)
    at_most(f"{path}.placeholder", text.get("placeholder"), 100)
    at_most(f"{path}.value", text.get("value"), _INPUT)
    least, most = text.get("min_length"), text.get("max_length")
    between(f"{path}.min_length", least, 0, _INPUT)
    between(f"{path}.max_length", most, 1, _INPUT)
    if least is not None and most is not None and least > most:
        raise InvalidArgument(f"{path}.min_length ({least}) is more than max_length ({most})")


def _upload(upload: _Component, path: str, modal: bool) -> None:
    _custom_id(upload, path)
    _range(upload, path, modal, 10)
    listed(f"{path}.file_types", upload.get("file_types") or (), 0, 10)


def _radio_group(group: _Component, path: str, modal: bool) -> None:
    _custom_id(group, path)
    _options(group, path, 2, 10)


def _checkbox_group(group: _Component, path: str, modal: bool) -> None:
    _custom_id(group, path)
    _options(group, path, 1, 10)
    _range(group, path, modal, 10)


def _checkbox(checkbox: _Component, path: str, modal: bool) -> None:
    _custom_id(checkbox, path)


def _text_display(text: _Component, path: str, modal: bool) -> None:
    at_most(f"{path}.content", text.get("content") or "", 4000, least=1)


def _label(label: _Component, path: str, modal: bool) -> None:
    shown(f"{path}.label", label.get("label") or "", 45, least=1)
    at_most(f"{path}.description", label.get("description"), 100)


def _media(holder: _Component, path: str, name: str) -> None:
    media = holder.get(name)
    url = media.get("url") if isinstance(media, Mapping) else None
    if not url:
        raise InvalidArgument(f"{path}.{name}.url is missing")
    link(f"{path}.{name}.url", url, _MEDIA)
    at_most(f"{path}.description", holder.get("description"), 1024)


def _thumbnail(thumbnail: _Component, path: str, modal: bool) -> None:
    _media(thumbnail, path, "media")


def _gallery(gallery: _Component, path: str, modal: bool) -> None:
    for index, item in enumerate(listed(f"{path}.items", gallery.get("items"), 1, 10)):
        at = f"{path}.items.{index}"
        if not isinstance(item, Mapping):
            raise InvalidArgument(f"{at} must be a MediaGalleryItem, not {type(item).__name__}")
        _media(item, at, "media")


def _file(file: _Component, path: str, modal: bool) -> None:
    _media(file, path, "file")
    media = file["file"]
    if not any(media.get(name) for name in _TAKEN):
        link(f"{path}.file.url", media["url"], ("attachment",))


def _separator(separator: _Component, path: str, modal: bool) -> None:
    between(f"{path}.spacing", separator.get("spacing"), 1, 2)


def _container(container: _Component, path: str, modal: bool) -> None:
    between(f"{path}.accent_color", container.get("accent_color"), 0, 0xFFFFFF)


FIELDS: Final[dict[int, Callable[[_Component, str, bool], None]]] = {
    ComponentType.BUTTON: _button,
    ComponentType.STRING_SELECT: _select,
    **dict.fromkeys(_DEFAULTS, _select),
    ComponentType.TEXT_INPUT: _text_input,
    ComponentType.FILE_UPLOAD: _upload,
    ComponentType.RADIO_GROUP: _radio_group,
    ComponentType.CHECKBOX_GROUP: _checkbox_group,
    ComponentType.CHECKBOX: _checkbox,
    ComponentType.TEXT_DISPLAY: _text_display,
    ComponentType.LABEL: _label,
    ComponentType.THUMBNAIL: _thumbnail,
    ComponentType.MEDIA_GALLERY: _gallery,
    ComponentType.FILE: _file,
    ComponentType.SEPARATOR: _separator,
    ComponentType.CONTAINER: _container,
}
"""Kind → the check of its own fields; what is nested in it is not theirs."""
