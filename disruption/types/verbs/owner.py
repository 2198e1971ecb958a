"""Whose an object is, for verbs that need to say it."""

from __future__ import annotations

from ...errors import InvalidArgument

__all__ = ["guild_of"]


def guild_of(thing: object) -> int:
    """Return the id of the guild that an object is of.

    Raises:
        InvalidArgument: It came without, or is of none.
    """
    guild_id: int | None = getattr(thing, "guild_id", None)
    if not guild_id:
        raise InvalidArgument(
            f"this {type(thing).__name__} does not know its guild: fetch it from the guild, or "
            "use the method of rest that takes the guild's id"
        )
    return guild_id
