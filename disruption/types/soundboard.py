"""Soundboard.

The types of https://discord.com/developers/docs/resources/soundboard
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .core.base import model
from .core.snowflake import Snowflake
from .user import User
from .verbs.expressions import SoundVerbs

if TYPE_CHECKING:
    from datetime import datetime

    from .cdn import Asset

__all__ = ["SoundboardSound"]


@model
class SoundboardSound(SoundVerbs):
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

    @property
    def created_at(self) -> datetime:
        """When it was uploaded; the sounds that everybody has were there in 2015."""
        from .core.snowflake import snowflake_time

        return snowflake_time(self.sound_id)

    @property
    def asset(self) -> Asset:
        """The file with the sound."""
        from . import cdn

        return cdn.soundboard_sound(self.sound_id)
