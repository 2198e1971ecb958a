"""Soundboard.

The types of https://discord.com/developers/docs/resources/soundboard
"""

from __future__ import annotations

from .core.base import Model, model
from .core.snowflake import Snowflake
from .user import User

__all__ = ["SoundboardSound"]


@model
class SoundboardSound(Model):
    """Soundboard Sound.

    See https://discord.com/developers/docs/resources/soundboard#soundboard-sound-object
    """

    name: str
    sound_id: Snowflake
    volume: float
    emoji_id: Snowflake | None
    emoji_name: str | None
    guild_id: Snowflake | None = None
    available: bool
    user: User | None = None
