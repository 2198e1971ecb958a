"""What embeds may hold.

See https://discord.com/developers/docs/resources/message#embed-object-embed-limits
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ...errors import InvalidArgument
from .limits import between, link, listed, shown

__all__ = ["check_alone", "check_embed", "check_embeds", "embed_length"]

_EMBEDS: Final = 10
_TOTAL: Final = 6000
_FIELDS: Final = 25
_LIMITS: Final = (
    ("title", 256),
    ("description", 4096),
    ("footer.text", 2048),
    ("author.name", 256),
)
_NAME: Final = 256
_VALUE: Final = 1024
_WEB: Final = ("http", "https")
_MEDIA: Final = ("http", "https", "attachment")
_LINKS: Final = (
    ("url", _WEB),
    ("author.url", _WEB),
    ("author.icon_url", _MEDIA),
    ("footer.icon_url", _MEDIA),
    ("image.url", _MEDIA),
    ("thumbnail.url", _MEDIA),
)


def check_embed(embed: Mapping[str, Any], path: str) -> int:
    """Refuse an embed, as JSON-ready data, that breaks a limit.

    Returns:
        How many of its characters count towards the 6,000 of a message.

    Raises:
        InvalidArgument: With the path of the field and the limit.
    """
    if not isinstance(embed, Mapping):
        raise InvalidArgument(f"{path} must be an Embed, not {type(embed).__name__}")
    total = 0
    for name, limit in _LIMITS:
        total += shown(f"{path}.{name}", _at(embed, name), limit)
    for name, schemes in _LINKS:
        link(f"{path}.{name}", _at(embed, name), schemes)
    between(f"{path}.color", embed.get("color"), 0, 0xFFFFFF)
    fields = listed(f"{path}.fields", embed.get("fields") or (), 0, _FIELDS)
    for number, field in enumerate(fields):
        at = f"{path}.fields.{number}"
        if not isinstance(field, Mapping):
            raise InvalidArgument(f"{at} must be an EmbedField, not {type(field).__name__}")
        total += shown(f"{at}.name", field.get("name", ""), _NAME, least=1)
        total += shown(f"{at}.value", field.get("value", ""), _VALUE, least=1)
    return total


def check_embeds(embeds: Sequence[Mapping[str, Any]], path: str = "embeds") -> None:
    """Refuse the embeds of a message, as JSON-ready data, that break a limit.

    Raises:
        InvalidArgument: With the path of the field and the limit.
    """
    listed(path, embeds, 0, _EMBEDS)
    total = sum(check_embed(embed, f"{path}.{index}") for index, embed in enumerate(embeds))
    _check_total(total, path)


def check_alone(embed: Mapping[str, Any], path: str) -> None:
    """Refuse an embed that could not even be a message's only one.

    Raises:
        InvalidArgument: With the path of the field and the limit.
    """
    _check_total(check_embed(embed, path), path)


def embed_length(embed: Mapping[str, Any]) -> int:
    """Return how many of its characters count towards the 6,000 of a message."""
    texts = [_at(embed, name) for name, _ in _LIMITS]
    for field in embed.get("fields") or ():
        texts += [field.get("name"), field.get("value")]
    return sum(len(text.strip()) for text in texts if text)


def _check_total(total: int, path: str) -> None:
    if total > _TOTAL:
        raise InvalidArgument(
            f"{path}: at most {_TOTAL} characters in all embeds of a message together, not {total}"
        )


def _at(embed: Mapping[str, Any], name: str) -> Any:
    value: Any = embed
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
