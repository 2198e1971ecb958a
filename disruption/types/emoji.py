"""Emoji.

The types of https://discord.com/developers/docs/resources/emoji
"""

from __future__ import annotations

from .core.base import Model, model
from .core.snowflake import Snowflake
from .user import User

__all__ = ["Emoji"]


@model
class Emoji(Model):
    """Emoji.

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
