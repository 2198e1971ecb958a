"""What can be done with the bot's application, what it sells, and its commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import InvalidArgument
from ..core.base import Entity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from typing_extensions import Unpack

    from ...rest.applications import ApplicationOptions
    from ...rest.command_body import CommandChanges
    from ...rest.images import FileSource
    from ...rest.paging import After, Before
    from ...rest.route import SnowflakeLike
    from ..application import Application
    from ..application_command import ApplicationCommand, GuildApplicationCommandPermissions
    from ..application_role_connection import ApplicationRoleConnectionMetadata
    from ..core.snowflake import Snowflake
    from ..emoji import Emoji
    from ..entitlement import Entitlement
    from ..sku import SKU
    from ..subscription import Subscription

__all__ = ["ApplicationVerbs", "CommandVerbs", "SKUVerbs"]


class ApplicationVerbs(Entity):
    """What can be done with the bot's application; of others Discord tells nothing."""

    def fetch(self) -> Application:
        """Ask Discord for the application as it is now.

        See https://discord.com/developers/docs/resources/application
        """
        return self._bound().rest.get_application(self.id)

    def edit(self, **changes: Unpack[ApplicationOptions]) -> Application:
        """Change the application; what is not given stays, None clears.

        Args:
            changes: As `Rest.edit_current_application` takes them: description, icon, tags, ….

        See https://discord.com/developers/docs/resources/application#edit-current-application
        """
        return self._bound().rest.edit_application(self.id, **changes)

    # Emojis ----------------------------------------------------------------------------

    def fetch_emojis(self) -> list[Emoji]:
        """Ask Discord for the application's emojis, at most 2000.

        See https://discord.com/developers/docs/resources/emoji#list-application-emojis
        """
        return self._bound().rest.list_application_emojis(self.id)

    def fetch_emoji(self, emoji_id: SnowflakeLike) -> Emoji:
        """Ask Discord for one of the application's emojis.

        Raises:
            NotFound: There is no such emoji.

        See https://discord.com/developers/docs/resources/emoji#get-application-emoji
        """
        return self._bound().rest.get_application_emoji(self.id, emoji_id)

    def create_emoji(self, name: str, image: FileSource) -> Emoji:
        """Make an emoji that the bot can use everywhere.

        Args:
            name: 2 to 32 letters, digits or underscores.
            image: A path, bytes or an open file; at most 256 KiB.

        Raises:
            InvalidArgument: The name or the image cannot be right.

        See https://discord.com/developers/docs/resources/emoji#create-application-emoji
        """
        return self._bound().rest.create_application_emoji(self.id, name=name, image=image)

    # Commands --------------------------------------------------------------------------

    def fetch_commands(
        self, guild: SnowflakeLike | None = None, *, with_localizations: bool | None = None
    ) -> list[ApplicationCommand]:
        """Ask Discord for the commands that the application has everywhere, or in a guild.

        Args:
            guild: Which guild; None for those that are everywhere.
            with_localizations: Give all translations, not only those for the request's language.

        See https://discord.com/developers/docs/interactions/application-commands#get-global-application-commands
        """
        rest = self._bound().rest
        if guild is None:
            return rest.get_global_application_commands(
                self.id, with_localizations=with_localizations
            )
        return rest.get_guild_application_commands(
            self.id, guild, with_localizations=with_localizations
        )

    def fetch_command_permissions(
        self, guild: SnowflakeLike
    ) -> list[GuildApplicationCommandPermissions]:
        """Ask Discord who may use which of the application's commands in a guild.

        See https://discord.com/developers/docs/interactions/application-commands#get-guild-application-command-permissions
        """
        return self._bound().rest.get_guild_application_command_permissions(self.id, guild)

    # Monetization ----------------------------------------------------------------------

    def fetch_skus(self) -> list[SKU]:
        """Ask Discord for what the application sells.

        See https://discord.com/developers/docs/resources/sku#list-skus
        """
        return self._bound().rest.list_skus(self.id)

    def entitlements(
        self,
        *,
        user: SnowflakeLike | None = None,
        guild: SnowflakeLike | None = None,
        skus: Sequence[SnowflakeLike] | None = None,
        before: Before | None = None,
        after: After | None = None,
        oldest_first: bool | None = None,
        limit: int | None = None,
        exclude_ended: bool | None = None,
        exclude_deleted: bool | None = None,
        only_active: bool | None = None,
    ) -> Iterator[Entitlement]:
        """Go through what users and guilds are entitled to.

        Args:
            user: Only this user's.
            guild: Only this guild's.
            skus: Only to these.
            before: Those before this one, or before a time.
            after: Those after this one, or after a time.
            oldest_first: In which direction.
            limit: How many at most; None for all.
            exclude_ended: Leave out those that have ended.
            exclude_deleted: Leave out those that were deleted; Discord does by default.
            only_active: Only those that hold now.

        See https://discord.com/developers/docs/resources/entitlement#list-entitlements
        """
        return self._bound().rest.iter_entitlements(
            self.id,
            user_id=user,
            guild_id=guild,
            sku_ids=skus,
            before=before,
            after=after,
            oldest_first=oldest_first,
            limit=limit,
            exclude_ended=exclude_ended,
            exclude_deleted=exclude_deleted,
            only_active=only_active,
        )

    def fetch_entitlement(self, entitlement_id: SnowflakeLike) -> Entitlement:
        """Ask Discord for one entitlement.

        See https://discord.com/developers/docs/resources/entitlement#get-entitlement
        """
        return self._bound().rest.get_entitlement(self.id, entitlement_id)

    def create_test_entitlement(
        self,
        sku: SnowflakeLike,
        *,
        user: SnowflakeLike | None = None,
        guild: SnowflakeLike | None = None,
    ) -> Entitlement:
        """Let a user or a guild have something without paying, to try it.

        Args:
            sku: What.
            user: Who has it; give one of user and guild.
            guild: Which guild has it.

        Raises:
            InvalidArgument: Not exactly one of user and guild.

        See https://discord.com/developers/docs/resources/entitlement#create-test-entitlement
        """
        owner = guild if user is None else user
        if owner is None or (guild is not None and user is not None):
            raise InvalidArgument("give one of user and guild")
        return self._bound().rest.create_test_entitlement(
            self.id, sku_id=sku, owner_id=owner, owner_type=1 if user is None else 2
        )

    # Linked roles ----------------------------------------------------------------------

    def fetch_role_connection_metadata(self) -> list[ApplicationRoleConnectionMetadata]:
        """Ask Discord for what linked roles of the application can be made of.

        See https://discord.com/developers/docs/resources/application-role-connection-metadata#get-application-role-connection-metadata-records
        """
        rest = self._bound().rest
        return rest.get_application_role_connection_metadata_records(self.id)

    def set_role_connection_metadata(
        self, records: Sequence[ApplicationRoleConnectionMetadata | Mapping[str, Any]]
    ) -> list[ApplicationRoleConnectionMetadata]:
        """Say anew what linked roles of the application can be made of.

        Args:
            records: All of them, at most 5.

        See https://discord.com/developers/docs/resources/application-role-connection-metadata#update-application-role-connection-metadata-records
        """
        rest = self._bound().rest
        return rest.update_application_role_connection_metadata_records(self.id, records)


class CommandVerbs(Entity):
    """What can be done with commands, of a guild or everywhere."""

    if TYPE_CHECKING:
        application_id: Snowflake
        guild_id: Snowflake | None

    def fetch(self) -> ApplicationCommand:
        """Ask Discord for the command as it is now.

        See https://discord.com/developers/docs/interactions/application-commands#get-global-application-command
        """
        rest = self._bound().rest
        if self.guild_id is None:
            return rest.get_global_application_command(self.application_id, self.id)
        return rest.get_guild_application_command(self.application_id, self.guild_id, self.id)

    def edit(self, **changes: Unpack[CommandChanges]) -> ApplicationCommand:
        """Change the command; what is not given stays.

        Args:
            changes: As `Rest.edit_global_application_command` takes them: name, description,
                options, default_member_permissions, ….

        Raises:
            InvalidArgument: A limit is passed.

        See https://discord.com/developers/docs/interactions/application-commands#edit-global-application-command
        """
        rest = self._bound().rest
        if self.guild_id is None:
            return rest.edit_global_application_command(self.application_id, self.id, **changes)
        return rest.edit_guild_application_command(
            self.application_id, self.guild_id, self.id, **changes
        )

    def delete(self) -> None:
        """Delete the command.

        See https://discord.com/developers/docs/interactions/application-commands#delete-global-application-command
        """
        rest = self._bound().rest
        if self.guild_id is None:
            rest.delete_global_application_command(self.application_id, self.id)
        else:
            rest.delete_guild_application_command(self.application_id, self.guild_id, self.id)

    def fetch_permissions(self, guild: SnowflakeLike) -> GuildApplicationCommandPermissions:
        """Ask Discord who may use the command in a guild.

        Raises:
            NotFound: Nothing was set for the command there.

        See https://discord.com/developers/docs/interactions/application-commands#get-application-command-permissions
        """
        return self._bound().rest.get_application_command_permissions(
            self.application_id, guild, self.id
        )


class SKUVerbs(Entity):
    """What can be done with what an application sells."""

    def subscriptions(
        self,
        user: SnowflakeLike | None = None,
        *,
        before: Before | None = None,
        after: After | None = None,
        oldest_first: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[Subscription]:
        """Go through the subscriptions to it.

        Args:
            user: Whose; Discord wants to be told, but for a user's own token.
            before: Those before this one, or before a time.
            after: Those after this one, or after a time.
            oldest_first: In which direction.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/subscription#list-sku-subscriptions
        """
        return self._bound().rest.iter_sku_subscriptions(
            self.id,
            user_id=user,
            before=before,
            after=after,
            oldest_first=oldest_first,
            limit=limit,
        )

    def fetch_subscription(
        self, subscription_id: SnowflakeLike, *, user: SnowflakeLike | None = None
    ) -> Subscription:
        """Ask Discord for one subscription to it.

        See https://discord.com/developers/docs/resources/subscription#get-sku-subscription
        """
        return self._bound().rest.get_sku_subscription(self.id, subscription_id, user_id=user)
