"""Application commands.

The types of https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

from .application import ApplicationIntegrationType
from .channel import ChannelType
from .core.base import Entity, Model, model
from .core.enums import OpenIntEnum
from .core.snowflake import Snowflake
from .core.unset import UNSET, Unset
from .interaction_metadata import InteractionContextType
from .locales import Locale
from .permissions import Permissions

__all__ = [
    "ApplicationCommand",
    "ApplicationCommandOption",
    "ApplicationCommandOptionChoice",
    "ApplicationCommandOptionType",
    "ApplicationCommandPermissionType",
    "ApplicationCommandPermissions",
    "ApplicationCommandType",
    "EntryPointCommandHandlerType",
    "GuildApplicationCommandPermissions",
]


class ApplicationCommandType(OpenIntEnum):
    """See https://discord.com/developers/docs/interactions/application-commands#application-command-object"""

    CHAT_INPUT = 1
    USER = 2
    MESSAGE = 3
    PRIMARY_ENTRY_POINT = 4


class ApplicationCommandOptionType(OpenIntEnum):
    """See https://discord.com/developers/docs/interactions/application-commands#application-command-object"""

    SUB_COMMAND = 1
    SUB_COMMAND_GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


class EntryPointCommandHandlerType(OpenIntEnum):
    """See https://discord.com/developers/docs/interactions/application-commands#application-command-object"""

    APP_HANDLER = 1
    DISCORD_LAUNCH_ACTIVITY = 2


class ApplicationCommandPermissionType(OpenIntEnum):
    """See https://discord.com/developers/docs/interactions/application-commands#application-command-permissions-object"""

    ROLE = 1
    USER = 2
    CHANNEL = 3


@model
class ApplicationCommand(Entity):
    """Application Command.

    See https://discord.com/developers/docs/interactions/application-commands#application-command-object
    """

    type: ApplicationCommandType | None = None
    application_id: Snowflake
    guild_id: Snowflake | None = None
    name: str
    name_localizations: dict[Locale, str] | Unset | None = UNSET
    description: str
    description_localizations: dict[Locale, str] | Unset | None = UNSET
    options: list[ApplicationCommandOption] | None = None
    default_member_permissions: Permissions | None
    dm_permission: bool | None = None
    default_permission: bool | Unset | None = UNSET
    nsfw: bool | None = None
    integration_types: list[ApplicationIntegrationType] | None = None
    contexts: list[InteractionContextType] | Unset | None = UNSET
    version: Snowflake
    handler: EntryPointCommandHandlerType | None = None
    description_localized: str | None = None
    name_localized: str | None = None


@model
class ApplicationCommandOption(Model):
    """Application Command Option.

    See https://discord.com/developers/docs/interactions/application-commands#application-command-object
    """

    type: ApplicationCommandOptionType
    name: str
    name_localizations: dict[Locale, str] | Unset | None = UNSET
    description: str
    description_localizations: dict[Locale, str] | Unset | None = UNSET
    required: bool | None = None
    choices: list[ApplicationCommandOptionChoice] | None = None
    options: list[ApplicationCommandOption] | None = None
    channel_types: list[ChannelType] | None = None
    min_value: int | float | None = None
    max_value: int | float | None = None
    min_length: int | None = None
    max_length: int | None = None
    autocomplete: bool | None = None
    file_types: list[str] | None = None
    description_localized: str | None = None
    name_localized: str | None = None


@model
class ApplicationCommandOptionChoice(Model):
    """Application Command Option Choice.

    See https://discord.com/developers/docs/interactions/application-commands#application-command-object
    """

    name: str
    name_localizations: dict[Locale, str] | Unset | None = UNSET
    value: str | int | float
    name_localized: str | None = None


@model
class GuildApplicationCommandPermissions(Entity):
    """Guild Application Command Permissions.

    See https://discord.com/developers/docs/interactions/application-commands#application-command-permissions-object
    """

    application_id: Snowflake
    guild_id: Snowflake
    permissions: list[ApplicationCommandPermissions]


@model
class ApplicationCommandPermissions(Entity):
    """Application Command Permissions.

    See https://discord.com/developers/docs/interactions/application-commands#application-command-permissions-object
    """

    type: ApplicationCommandPermissionType
    permission: bool
