"""Complete embeds and components: addresses of uploaded files, and what Discord adds by itself.

See https://discord.com/developers/docs/components/reference#unfurled-media-item
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .errors import form_error

_SCHEME = "attachment://"

#: Fields of an embed that show a picture, with the field of its address.
_PICTURES = (
    ("image", "url"),
    ("thumbnail", "url"),
    ("author", "icon_url"),
    ("footer", "icon_url"),
)

THUMBNAIL, GALLERY, FILE, CONTAINER = 11, 12, 13, 17


def complete_embeds(embeds: list[dict[str, Any]], attachments: list[dict[str, Any]]) -> None:
    """Give every picture of some embeds its real address, in place.

    Args:
        embeds: The embeds of a message.
        attachments: Its attachments, to which `attachment://name` refers.
    """
    for embed in embeds:
        for key, address in _PICTURES:
            picture = embed.get(key)
            if not picture or not picture.get(address):
                continue
            found = _find(picture[address], attachments)
            if found is not None:
                picture[address] = found["url"]
                if address == "url":
                    picture.update(_size(found), content_type=found["content_type"])
            picture[f"proxy_{address}"] = picture[address]


def complete_components(
    components: list[dict[str, Any]],
    attachments: list[dict[str, Any]],
    new_id: Callable[[], str],
    path: str = "components",
) -> None:
    """Give every component all the fields that Discord answers with, in place.

    Args:
        components: The components of a message.
        attachments: Its attachments, to which `attachment://name` refers.
        new_id: Makes the ids of media.
        path: Where in the request they are, with dots.

    Raises:
        WorldError: 50035 for media that refer to no attachment of the message.
    """
    for index, component in enumerate(components):
        _complete(component, attachments, new_id, f"{path}.{index}")


def _complete(
    component: dict[str, Any],
    attachments: list[dict[str, Any]],
    new_id: Callable[[], str],
    path: str,
) -> None:
    for key in [key for key, value in component.items() if value is None]:
        del component[key]
    kind = component.get("type")
    if kind == THUMBNAIL:
        _complete_item(component, attachments, new_id, path)
    elif kind == GALLERY:
        for index, item in enumerate(component["items"]):
            _complete_item(item, attachments, new_id, f"{path}.items.{index}")
    elif kind == FILE:
        found = _complete_media(component["file"], attachments, new_id, f"{path}.file")
        component["name"] = found["filename"] if found else component.get("name")
        component["size"] = found["size"] if found else component.get("size")
        component.setdefault("spoiler", False)
    elif kind == CONTAINER:
        component.setdefault("accent_color", None)
        component.setdefault("spoiler", False)
    inner = component.get("components", [])
    complete_components(inner, attachments, new_id, f"{path}.components")
    if "accessory" in component:
        _complete(component["accessory"], attachments, new_id, f"{path}.accessory")


def _complete_item(
    item: dict[str, Any], attachments: list[dict[str, Any]], new_id: Callable[[], str], path: str
) -> None:
    _complete_media(item["media"], attachments, new_id, f"{path}.media")
    item.setdefault("description", None)
    if item.get("spoiler") is None:
        item["spoiler"] = False


def _complete_media(
    media: dict[str, Any], attachments: list[dict[str, Any]], new_id: Callable[[], str], path: str
) -> dict[str, Any] | None:
    found = _find(media["url"], attachments)
    if found is None and media["url"].startswith(_SCHEME):
        code = "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"
        text = "The referenced attachment was not found in the message attachments"
        raise form_error(f"{path}.url", code, text)
    if found is not None:
        media.update(
            _size(found),
            url=found["url"],
            content_type=found["content_type"],
            attachment_id=found["id"],
        )
    media.setdefault("id", new_id())
    media["proxy_url"] = media["url"]
    return found


def _find(url: str, attachments: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the attachment an address means, by its name or by its own address."""
    name = url.removeprefix(_SCHEME) if url.startswith(_SCHEME) else None
    for item in attachments:
        if item["filename"] == name or item["url"] == url:
            return item
    return None


def _size(attachment: dict[str, Any]) -> dict[str, Any]:
    return {key: attachment[key] for key in ("width", "height") if key in attachment}
