"""Whose an object is, and what it downloads with, for verbs that need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import InvalidArgument

if TYPE_CHECKING:
    from ...rest.cdn import CDNClient
    from ..core.base import Api

__all__ = ["cdn_of", "guild_of"]


def cdn_of(api: Api | None) -> CDNClient:
    """Return what downloads go through: the client's, or else the process's own."""
    if api is not None:
        return api.rest.cdn
    from ...rest.cdn import default_cdn

    return default_cdn()


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
