"""Stage instance.

The types of https://discord.com/developers/docs/resources/stage-instance
"""

from __future__ import annotations

from .core.base import model
from .core.enums import OpenIntEnum
from .core.snowflake import Snowflake
from .verbs.guild_parts import StageInstanceVerbs

__all__ = ["StageInstance", "StagePrivacyLevel"]


class StagePrivacyLevel(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/stage-instance#stage-instance-object"""

    PUBLIC = 1
    GUILD_ONLY = 2


@model
class StageInstance(StageInstanceVerbs):
    """Stage Instance.

    See https://discord.com/developers/docs/resources/stage-instance#stage-instance-object
    """

    guild_id: Snowflake
    channel_id: Snowflake
    topic: str
    privacy_level: StagePrivacyLevel
    discoverable_disabled: bool
    guild_scheduled_event_id: Snowflake | None
