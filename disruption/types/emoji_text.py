"""Emojis read from what people write, and compared as reactions are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import InvalidArgument
from .core.snowflake import Snowflake
from .unicode_emoji import is_unicode_emoji, plain_emoji

if TYPE_CHECKING:
    from .emoji import Emoji

__all__ = ["read_emoji", "same_emoji"]

_NAMED = re.compile(r"(?P<animated>a:)?:?(?P<name>[A-Za-z0-9_]{1,32}):(?P<id>[0-9]{1,20})")


def read_emoji(text: str) -> tuple[str, Snowflake | None, bool]:
    """Return name, id (None for one of Unicode) and whether it moves.

    Raises:
        InvalidArgument: The text is no emoji.
    """
    plain = text.strip()
    if is_unicode_emoji(plain):
        return plain, None, False
    if plain.startswith("<") and plain.endswith(">"):
        plain = plain[1:-1]
    found = _NAMED.fullmatch(plain)
    if found is None or int(found["id"]) >= 1 << 64:
        raise InvalidArgument(
            f"an emoji is one of Unicode, <:name:id> or name:id of a custom one, not {text[:40]!r}"
        )
    return found["name"], Snowflake(int(found["id"])), found["animated"] is not None


def same_emoji(one: Emoji, two: Emoji) -> bool:
    """Return whether two emojis make one reaction."""
    if one.id is not None or two.id is not None:
        return one.id == two.id
    return plain_emoji(one.name or "") == plain_emoji(two.name or "")
