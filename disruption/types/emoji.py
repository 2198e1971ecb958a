"""Emoji.

The types of https://discord.com/developers/docs/resources/emoji
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any

from .core.base import model
from .core.snowflake import Snowflake
from .user import User
from .verbs.expressions import EmojiVerbs

if TYPE_CHECKING:
    from datetime import datetime

    from typing_extensions import Self

    from .cdn import Asset

__all__ = ["Emoji", "as_emoji"]


@model
class Emoji(EmojiVerbs):
    """Emoji: a custom one has an id, one of Unicode has None there and itself as its name.

    ``str()`` gives what a message's text takes.

    See https://discord.com/developers/docs/resources/emoji#emoji-object
    """

    id: Snowflake | None
    name: str | None
    roles: list[Snowflake] | None = None
    user: User | None = None
    require_colons: bool | None = None
    managed: bool | None = None
    animated: bool | None = None
    available: bool | None = None
    guild_id: Snowflake | None = field(default=None, compare=False)
    """The guild that it came with; None for an emoji of Unicode or from elsewhere."""
    application_id: Snowflake | None = field(default=None, compare=False)
    """The application that it came with."""

    # Discord says whose it is beside the emoji, never in it.
    _filled = frozenset({"application_id", "guild_id"})

    @classmethod
    def _untold(cls, told: Any) -> dict[str, Any]:
        """Return the id that an emoji of Unicode leaves out in components and polls, as JSON."""
        return {"id": None} if "name" in told and "id" not in told else {}

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the emoji that a text is.

        Args:
            text: ``👍``, ``<:name:id>``, ``<a:name:id>``, ``name:id`` or ``a:name:id``.

        Raises:
            InvalidArgument: The text is none of these; ``:name:`` alone does not say which
                custom emoji is meant.
        """
        from .emoji_text import read_emoji

        name, emoji_id, animated = read_emoji(text)
        return cls(id=emoji_id, name=name, animated=animated or None)

    @property
    def is_custom(self) -> bool:
        """Whether somebody uploaded it, as opposed to one of Unicode."""
        return self.id is not None

    @property
    def reaction_key(self) -> str:
        """What a reaction's address takes: ``👍`` or ``name:id``."""
        return f"{self.name or '_'}:{self.id}" if self.id is not None else self.name or ""

    def is_same(self, other: Emoji | str) -> bool:
        """Return whether both are one emoji for a reaction.

        Custom emojis are the same by id, whatever they are called now; those of Unicode by
        their characters, with or without the selector U+FE0F that some keyboards leave out.
        """
        from .emoji_text import same_emoji

        return same_emoji(self, Emoji.parse(other) if isinstance(other, str) else other)

    @property
    def created_at(self) -> datetime | None:
        """When it was uploaded; None for one of Unicode."""
        from .core.snowflake import snowflake_time

        return None if self.id is None else snowflake_time(self.id)

    @property
    def asset(self) -> Asset | None:
        """Its image; None for one of Unicode, of which Discord has no address."""
        from . import cdn

        if self.id is None:
            return None
        return cdn.custom_emoji(self.id, animated=bool(self.animated))

    def __str__(self) -> str:
        if self.id is None:
            return self.name or ""
        return f"<{'a' if self.animated else ''}:{self.name or '_'}:{self.id}>"


def as_emoji(emoji: Emoji | str | None) -> Emoji | None:
    """Return the emoji that a parameter means, which may be its text.

    Raises:
        InvalidArgument: The text is no emoji.
    """
    return Emoji.parse(emoji) if isinstance(emoji, str) else emoji
