"""Onboarding.

The types of https://discord.com/developers/docs/resources/guild#guild-onboarding-object
"""

from __future__ import annotations

from .core.base import Entity, Model, model
from .core.enums import OpenIntEnum
from .core.snowflake import Snowflake
from .emoji import Emoji

__all__ = [
    "GuildOnboarding",
    "OnboardingMode",
    "OnboardingPrompt",
    "OnboardingPromptOption",
    "OnboardingPromptType",
]


class OnboardingMode(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/guild#guild-onboarding-object"""

    ONBOARDING_DEFAULT = 0
    ONBOARDING_ADVANCED = 1


class OnboardingPromptType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/guild#guild-onboarding-object"""

    MULTIPLE_CHOICE = 0
    DROPDOWN = 1


@model
class OnboardingPromptOption(Entity):
    """Prompt Option.

    See https://discord.com/developers/docs/resources/guild#guild-onboarding-object
    """

    channel_ids: list[Snowflake]
    role_ids: list[Snowflake]
    emoji: Emoji | None = None
    emoji_id: Snowflake | None = None
    emoji_name: str | None = None
    emoji_animated: bool | None = None
    title: str
    description: str | None


@model
class OnboardingPrompt(Entity):
    """Onboarding Prompt.

    See https://discord.com/developers/docs/resources/guild#guild-onboarding-object
    """

    type: OnboardingPromptType
    options: list[OnboardingPromptOption]
    title: str
    single_select: bool
    required: bool
    in_onboarding: bool


@model
class GuildOnboarding(Model):
    """Guild Onboarding.

    See https://discord.com/developers/docs/resources/guild#guild-onboarding-object
    """

    guild_id: Snowflake
    prompts: list[OnboardingPrompt]
    default_channel_ids: list[Snowflake]
    enabled: bool
    mode: OnboardingMode | None = None
