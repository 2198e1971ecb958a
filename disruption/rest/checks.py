"""What can be known to be wrong before anything is sent.

Discord answers a bad argument with a 400 that costs a round trip and a place in the
rate limit; these checks name the field and the rule instead.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

from disruption.errors import InvalidArgument

__all__ = ["at_most", "between", "check_embeds", "exclusive", "younger_than"]

_EMBEDS: Final = 10
_EMBED_TOTAL: Final = 6000
_EMBED_FIELDS: Final = 25
_EMBED_LIMITS: Final = (
    ("title", 256),
    ("description", 4096),
    ("footer.text", 2048),
    ("author.name", 256),
)
_DISCORD_EPOCH: Final = 1_420_070_400.0  # seconds


def at_most(name: str, value: str | None, limit: int, *, least: int = 0) -> None:
    """Refuse a text that is no str or longer than `limit` characters.

    Raises:
        InvalidArgument: With the name and the limit.
    """
    if value is None:
        return
    if not isinstance(value, str):
        raise InvalidArgument(f"{name} must be a str, not {type(value).__name__}")
    if len(value) > limit:
        raise InvalidArgument(f"{name} must be at most {limit} characters, not {len(value)}")
    if len(value) < least:
        raise InvalidArgument(f"{name} must be at least {least} characters, not {len(value)}")


def between(name: str, value: int | None, least: int, most: int) -> None:
    """Refuse a number that is none or out of its range.

    Raises:
        InvalidArgument: With the name and the range.
    """
    if value is None:
        return
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidArgument(f"{name} must be an int, not {type(value).__name__}")
    if not least <= value <= most:
        raise InvalidArgument(f"{name} must be between {least} and {most}, not {value}")


def exclusive(**values: object) -> None:
    """Refuse more than one argument where Discord takes one of them.

    Raises:
        InvalidArgument: With the names.
    """
    given = [name for name, value in values.items() if value is not None]
    if len(given) > 1:
        raise InvalidArgument(f"give only one of {', '.join(given)}")


def younger_than(name: str, number: int, seconds: float, why: str) -> None:
    """Refuse the id of a thing that is too old.

    Raises:
        InvalidArgument: With the reason.
    """
    made = (number >> 22) / 1000 + _DISCORD_EPOCH
    if time.time() - made > seconds:
        raise InvalidArgument(f"{name} {number} is too old: {why}")


def _text(embed: Mapping[str, Any], path: str) -> str:
    value: Any = embed
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else ""


def check_embeds(embeds: Sequence[Mapping[str, Any]]) -> None:
    """Refuse embeds, as JSON-ready data, that break a limit.

    Raises:
        InvalidArgument: With the path and the limit.

    See https://discord.com/developers/docs/resources/message#embed-object-embed-limits
    """
    if len(embeds) > _EMBEDS:
        raise InvalidArgument(f"embeds: at most {_EMBEDS}, not {len(embeds)}")
    total = 0
    for index, embed in enumerate(embeds):
        if not isinstance(embed, Mapping):
            raise InvalidArgument(f"embeds.{index} must be an Embed, not {type(embed).__name__}")
        for path, limit in _EMBED_LIMITS:
            text = _text(embed, path)
            at_most(f"embeds.{index}.{path}", text, limit)
            total += len(text)
        fields = embed.get("fields") or ()
        if len(fields) > _EMBED_FIELDS:
            raise InvalidArgument(
                f"embeds.{index}.fields: at most {_EMBED_FIELDS}, not {len(fields)}"
            )
        for number, field in enumerate(fields):
            name, value = _text(field, "name"), _text(field, "value")
            at_most(f"embeds.{index}.fields.{number}.name", name, 256, least=1)
            at_most(f"embeds.{index}.fields.{number}.value", value, 1024, least=1)
            total += len(name) + len(value)
    if total > _EMBED_TOTAL:
        raise InvalidArgument(
            f"embeds: at most {_EMBED_TOTAL} characters in all of them together, not {total}"
        )
