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
from .verbs.application import CommandVerbs

__all__ = [
    "ApplicationCommand",
    "ApplicationCommandOption",
    "ApplicationCommandOptionChoice",
    "ApplicationCommandOptionType",
    "ApplicationCommandPermissionType",
    "ApplicationCommandPermissions",
    "ApplicationCommandType",
    "AttachmentCommandOption",
    "BooleanCommandOption",
    "ChannelCommandOption",
    "EntryPointCommandHandlerType",
    "GuildApplicationCommandPermissions",
    "IntegerCommandOption",
    "MentionableCommandOption",
    "NumberCommandOption",
    "RoleCommandOption",
    "StringCommandOption",
    "SubcommandCommandOption",
    "SubcommandGroupCommandOption",
    "UserCommandOption",
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
class ApplicationCommand(CommandVerbs):
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

    @property
    def mention(self) -> str:
        """The text that shows as the command, to click on."""
        return f"</{self.name}:{self.id}>"

    def mention_subcommand(self, path: str) -> str:
        """Return the text that shows as one of its subcommands, to click on.

        Args:
            path: The subcommand, with its group before it where it has one: ``"tag add"``.

        Raises:
            InvalidArgument: That is no name of a subcommand.
        """
        from .markup import mention_command

        return mention_command(f"{self.name} {path}", self.id)


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

    def __post_init__(self) -> None:
        kind = _KINDS.get(self.type)
        if kind is not None:
            self.__class__ = kind


@model
class SubcommandCommandOption(ApplicationCommandOption):
    """A command inside a command; `options` are its parameters."""

    type: ApplicationCommandOptionType = ApplicationCommandOptionType.SUB_COMMAND


@model
class SubcommandGroupCommandOption(ApplicationCommandOption):
    """A group of commands inside a command; `options` are the commands."""

    type: ApplicationCommandOptionType = ApplicationCommandOptionType.SUB_COMMAND_GROUP


@model
class StringCommandOption(ApplicationCommandOption):
    """A parameter that takes text."""

    type: ApplicationCommandOptionType = ApplicationCommandOptionType.STRING


@model
class IntegerCommandOption(ApplicationCommandOption):
    """A parameter that takes a whole number."""

    type: ApplicationCommandOptionType = ApplicationCommandOptionType.INTEGER


@model
class BooleanCommandOption(ApplicationCommandOption):
    """A parameter that is true or false."""

    type: ApplicationCommandOptionType = ApplicationCommandOptionType.BOOLEAN


@model
class UserCommandOption(ApplicationCommandOption):
    """A parameter that takes a user."""

    type: ApplicationCommandOptionType = ApplicationCommandOptionType.USER


@model
class ChannelCommandOption(ApplicationCommandOption):
    """A parameter that takes a channel."""

    type: ApplicationCommandOptionType = ApplicationCommandOptionType.CHANNEL


@model
class RoleCommandOption(ApplicationCommandOption):
    """A parameter that takes a role."""

    type: ApplicationCommandOptionType = ApplicationCommandOptionType.ROLE


@model
class MentionableCommandOption(ApplicationCommandOption):
    """A parameter that takes a user or a role."""

    type: ApplicationCommandOptionType = ApplicationCommandOptionType.MENTIONABLE


@model
class NumberCommandOption(ApplicationCommandOption):
    """A parameter that takes any number."""

    type: ApplicationCommandOptionType = ApplicationCommandOptionType.NUMBER


@model
class AttachmentCommandOption(ApplicationCommandOption):
    """A parameter that takes a file."""

    type: ApplicationCommandOptionType = ApplicationCommandOptionType.ATTACHMENT


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


_KINDS: dict[int, type[ApplicationCommandOption]] = {
    ApplicationCommandOptionType.SUB_COMMAND: SubcommandCommandOption,
    ApplicationCommandOptionType.SUB_COMMAND_GROUP: SubcommandGroupCommandOption,
    ApplicationCommandOptionType.STRING: StringCommandOption,
    ApplicationCommandOptionType.INTEGER: IntegerCommandOption,
    ApplicationCommandOptionType.BOOLEAN: BooleanCommandOption,
    ApplicationCommandOptionType.USER: UserCommandOption,
    ApplicationCommandOptionType.CHANNEL: ChannelCommandOption,
    ApplicationCommandOptionType.ROLE: RoleCommandOption,
    ApplicationCommandOptionType.MENTIONABLE: MentionableCommandOption,
    ApplicationCommandOptionType.NUMBER: NumberCommandOption,
    ApplicationCommandOptionType.ATTACHMENT: AttachmentCommandOption,
}
