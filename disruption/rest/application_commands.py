"""Application commands: global ones, those of a guild, and who may use them.

See https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from disruption.errors import InvalidArgument
from disruption.rest.checks import several
from disruption.rest.command_body import (
    CommandChanges,
    CommandOptions,
    command_body,
    command_changes,
    command_list,
)
from disruption.rest.core import RestCore
from disruption.rest.route import Route, SnowflakeLike
from disruption.types import ApplicationCommand, GuildApplicationCommandPermissions, to_plain
from disruption.types.core.base import Model

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = ["ApplicationCommandRoutes"]

_GLOBAL: Final = "/applications/{application_id}/commands"
_GLOBAL_ONE: Final = _GLOBAL + "/{command_id}"
_GUILD: Final = "/applications/{application_id}/guilds/{guild_id}/commands"
_GUILD_ONE: Final = _GUILD + "/{command_id}"

# One with the name of another takes its place, so that twice is as good as once.
_LIST = Route("GET", _GLOBAL)
_CREATE = Route("POST", _GLOBAL, repeatable=True)
_OVERWRITE = Route("PUT", _GLOBAL)
_GET = Route("GET", _GLOBAL_ONE)
_EDIT = Route("PATCH", _GLOBAL_ONE)
_DELETE = Route("DELETE", _GLOBAL_ONE)
_GUILD_LIST = Route("GET", _GUILD)
_GUILD_CREATE = Route("POST", _GUILD, repeatable=True)
_GUILD_OVERWRITE = Route("PUT", _GUILD)
_GUILD_GET = Route("GET", _GUILD_ONE)
_GUILD_EDIT = Route("PATCH", _GUILD_ONE)
_GUILD_DELETE = Route("DELETE", _GUILD_ONE)
_ALL_PERMISSIONS = Route("GET", _GUILD + "/permissions")
_PERMISSIONS = Route("GET", _GUILD_ONE + "/permissions")
_EDIT_PERMISSIONS = Route("PUT", _GUILD_ONE + "/permissions")

_MOST_PERMISSIONS: Final = 100


class ApplicationCommandRoutes(RestCore):
    """Application commands."""

    # Global ----------------------------------------------------------------------------

    def get_global_application_commands(
        self,
        application_id: SnowflakeLike,
        *,
        with_localizations: bool | None = None,
        timeout: float | None = None,
    ) -> list[ApplicationCommand]:
        """Get the commands that an application has everywhere.

        Args:
            application_id: The application.
            with_localizations: Give all translations, not only those for the request's language.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/interactions/application-commands#get-global-application-commands
        """
        query = {"with_localizations": with_localizations}
        target = _LIST(application_id)
        return self._fetch(list[ApplicationCommand], target, query=query, timeout=timeout)

    def create_global_application_command(
        self,
        application_id: SnowflakeLike,
        *,
        name: str,
        timeout: float | None = None,
        **options: Unpack[CommandOptions],
    ) -> ApplicationCommand:
        """Make a command that an application has everywhere; one of its name is overwritten.

        Args:
            application_id: The application.
            name: 1 to 32 characters; for slash commands lower-case and without spaces.
            timeout: Seconds for the whole call, waits included.
            options: The rest of the command: `description` (1 to 100 characters, for slash
                commands), `name_localizations`, `description_localizations`, `options` (at
                most 25), `default_member_permissions` (None for everybody, 0 for
                administrators alone), `integration_types`, `contexts`, `type`, `nsfw`,
                `handler`.

        Raises:
            InvalidArgument: A limit is passed.

        See https://discord.com/developers/docs/interactions/application-commands#create-global-application-command
        """
        body = command_body(name=name, **options)
        return self._fetch(ApplicationCommand, _CREATE(application_id), body, timeout=timeout)

    def get_global_application_command(
        self,
        application_id: SnowflakeLike,
        command_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> ApplicationCommand:
        """Get a command that an application has everywhere.

        See https://discord.com/developers/docs/interactions/application-commands#get-global-application-command
        """
        target = _GET(application_id, command_id)
        return self._fetch(ApplicationCommand, target, timeout=timeout)

    def edit_global_application_command(
        self,
        application_id: SnowflakeLike,
        command_id: SnowflakeLike,
        *,
        timeout: float | None = None,
        **options: Unpack[CommandChanges],
    ) -> ApplicationCommand:
        """Change a command that an application has everywhere; what is not given stays.

        Args:
            application_id: The application.
            command_id: The command.
            timeout: Seconds for the whole call, waits included.
            options: What to change, as for `create_global_application_command`, but for `type`.

        Raises:
            InvalidArgument: A limit is passed.

        See https://discord.com/developers/docs/interactions/application-commands#edit-global-application-command
        """
        target = _EDIT(application_id, command_id)
        return self._fetch(ApplicationCommand, target, command_changes(**options), timeout=timeout)

    def delete_global_application_command(
        self,
        application_id: SnowflakeLike,
        command_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> None:
        """Delete a command that an application has everywhere.

        See https://discord.com/developers/docs/interactions/application-commands#delete-global-application-command
        """
        self._do(_DELETE(application_id, command_id), timeout=timeout)

    def bulk_overwrite_global_application_commands(
        self,
        application_id: SnowflakeLike,
        commands: Sequence[Model | Mapping[str, Any]],
        *,
        timeout: float | None = None,
    ) -> list[ApplicationCommand]:
        """Replace all commands that an application has everywhere; others are deleted.

        Args:
            application_id: The application.
            commands: All that there are to be, of all types.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed, or two have the same type and name.

        See https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-global-application-commands
        """
        body = command_list(commands)
        target = _OVERWRITE(application_id)
        return self._fetch(list[ApplicationCommand], target, body, timeout=timeout)

    # Of a guild ------------------------------------------------------------------------

    def get_guild_application_commands(
        self,
        application_id: SnowflakeLike,
        guild_id: SnowflakeLike,
        *,
        with_localizations: bool | None = None,
        timeout: float | None = None,
    ) -> list[ApplicationCommand]:
        """Get the commands that an application has in one guild alone.

        Args:
            application_id: The application.
            guild_id: The guild.
            with_localizations: Give all translations, not only those for the request's language.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/interactions/application-commands#get-guild-application-commands
        """
        query = {"with_localizations": with_localizations}
        target = _GUILD_LIST(application_id, guild_id)
        return self._fetch(list[ApplicationCommand], target, query=query, timeout=timeout)

    def create_guild_application_command(
        self,
        application_id: SnowflakeLike,
        guild_id: SnowflakeLike,
        *,
        name: str,
        timeout: float | None = None,
        **options: Unpack[CommandOptions],
    ) -> ApplicationCommand:
        """Make a command in one guild alone; one of its name is overwritten.

        Args:
            application_id: The application.
            guild_id: The guild.
            name: 1 to 32 characters; for slash commands lower-case and without spaces.
            timeout: Seconds for the whole call, waits included.
            options: The rest of the command, as for `create_global_application_command`.

        Raises:
            InvalidArgument: A limit is passed.

        See https://discord.com/developers/docs/interactions/application-commands#create-guild-application-command
        """
        body = command_body(name=name, **options)
        target = _GUILD_CREATE(application_id, guild_id)
        return self._fetch(ApplicationCommand, target, body, timeout=timeout)

    def get_guild_application_command(
        self,
        application_id: SnowflakeLike,
        guild_id: SnowflakeLike,
        command_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> ApplicationCommand:
        """Get a command that an application has in one guild alone.

        See https://discord.com/developers/docs/interactions/application-commands#get-guild-application-command
        """
        target = _GUILD_GET(application_id, guild_id, command_id)
        return self._fetch(ApplicationCommand, target, timeout=timeout)

    def edit_guild_application_command(
        self,
        application_id: SnowflakeLike,
        guild_id: SnowflakeLike,
        command_id: SnowflakeLike,
        *,
        timeout: float | None = None,
        **options: Unpack[CommandChanges],
    ) -> ApplicationCommand:
        """Change a command that an application has in one guild; what is not given stays.

        Args:
            application_id: The application.
            guild_id: The guild.
            command_id: The command.
            timeout: Seconds for the whole call, waits included.
            options: What to change, as for `create_global_application_command`, but for `type`.

        Raises:
            InvalidArgument: A limit is passed.

        See https://discord.com/developers/docs/interactions/application-commands#edit-guild-application-command
        """
        target = _GUILD_EDIT(application_id, guild_id, command_id)
        return self._fetch(ApplicationCommand, target, command_changes(**options), timeout=timeout)

    def delete_guild_application_command(
        self,
        application_id: SnowflakeLike,
        guild_id: SnowflakeLike,
        command_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> None:
        """Delete a command that an application has in one guild.

        See https://discord.com/developers/docs/interactions/application-commands#delete-guild-application-command
        """
        self._do(_GUILD_DELETE(application_id, guild_id, command_id), timeout=timeout)

    def bulk_overwrite_guild_application_commands(
        self,
        application_id: SnowflakeLike,
        guild_id: SnowflakeLike,
        commands: Sequence[Model | Mapping[str, Any]],
        *,
        timeout: float | None = None,
    ) -> list[ApplicationCommand]:
        """Replace all commands that an application has in one guild; others are deleted.

        Args:
            application_id: The application.
            guild_id: The guild.
            commands: All that there are to be, of all types.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed, or two have the same type and name.

        See https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-guild-application-commands
        """
        body = command_list(commands)
        target = _GUILD_OVERWRITE(application_id, guild_id)
        return self._fetch(list[ApplicationCommand], target, body, timeout=timeout)

    # Permissions -----------------------------------------------------------------------

    def get_guild_application_command_permissions(
        self,
        application_id: SnowflakeLike,
        guild_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> list[GuildApplicationCommandPermissions]:
        """Get who may use which of an application's commands in a guild.

        See https://discord.com/developers/docs/interactions/application-commands#get-guild-application-command-permissions
        """
        target = _ALL_PERMISSIONS(application_id, guild_id)
        return self._fetch(list[GuildApplicationCommandPermissions], target, timeout=timeout)

    def get_application_command_permissions(
        self,
        application_id: SnowflakeLike,
        guild_id: SnowflakeLike,
        command_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> GuildApplicationCommandPermissions:
        """Get who may use a command in a guild.

        Raises:
            NotFound: Nothing was set for it (code 10066).

        See https://discord.com/developers/docs/interactions/application-commands#get-application-command-permissions
        """
        target = _PERMISSIONS(application_id, guild_id, command_id)
        return self._fetch(GuildApplicationCommandPermissions, target, timeout=timeout)

    def edit_application_command_permissions(
        self,
        application_id: SnowflakeLike,
        guild_id: SnowflakeLike,
        command_id: SnowflakeLike,
        *,
        permissions: Sequence[Model | Mapping[str, Any]],
        timeout: float | None = None,
    ) -> GuildApplicationCommandPermissions:
        """Say anew who may use a command in a guild; for bearer tokens, not for bots.

        Args:
            application_id: The application.
            guild_id: The guild.
            command_id: The command; the application's id for all commands without their own.
            permissions: `ApplicationCommandPermissions`, at most 100.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: There are too many.
            Forbidden: The token lacks ``applications.commands.permissions.update``, or its user
                may not manage the guild and its roles.

        See https://discord.com/developers/docs/interactions/application-commands#edit-application-command-permissions
        """
        listed = several("permissions", permissions)
        if len(listed) > _MOST_PERMISSIONS:
            raise InvalidArgument(f"permissions: at most {_MOST_PERMISSIONS}, not {len(listed)}")
        body = {"permissions": to_plain(listed)}
        target = _EDIT_PERMISSIONS(application_id, guild_id, command_id)
        return self._fetch(GuildApplicationCommandPermissions, target, body, timeout=timeout)
