"""Users.

See https://discord.com/developers/docs/resources/user
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from disruption.errors import InvalidArgument
from disruption.rest.checks import at_most, between, exclusive, mapped, several, utc
from disruption.rest.core import RestCore
from disruption.rest.fields import put_image, put_text
from disruption.rest.images import FileSource
from disruption.rest.paging import After, Before, by_id, moment
from disruption.rest.route import Route, SnowflakeLike, snowflake
from disruption.types import (
    UNSET,
    ApplicationRoleConnection,
    Channel,
    Connection,
    Member,
    PartialGuild,
    Unset,
    User,
)

__all__ = ["UserRoutes"]

_GET_CURRENT = Route("GET", "/users/@me")
_MODIFY_CURRENT = Route("PATCH", "/users/@me")
_GET = Route("GET", "/users/{user_id}")
_GUILDS = Route("GET", "/users/@me/guilds")
_GUILD_MEMBER = Route("GET", "/users/@me/guilds/{guild_id}/member")
_LEAVE = Route("DELETE", "/users/@me/guilds/{guild_id}")
# Discord answers with the channel that is there already.
_CREATE_DM = Route("POST", "/users/@me/channels", repeatable=True)
_CONNECTIONS = Route("GET", "/users/@me/connections")
_ROLE_CONNECTION: Final = "/users/@me/applications/{application_id}/role-connection"
_GET_ROLE_CONNECTION = Route("GET", _ROLE_CONNECTION)
_SET_ROLE_CONNECTION = Route("PUT", _ROLE_CONNECTION)
_DELETE_ROLE_CONNECTION = Route("DELETE", _ROLE_CONNECTION)

_PAGE: Final = 200
_GROUP: Final = 10


class UserRoutes(RestCore):
    """Users."""

    def get_current_user(self, *, timeout: float | None = None) -> User:
        """Get the bot's own user; with a bearer token, the one whom it is of.

        See https://discord.com/developers/docs/resources/user#get-current-user
        """
        return self._fetch(User, _GET_CURRENT(), timeout=timeout)

    def get_user(self, user_id: SnowflakeLike, *, timeout: float | None = None) -> User:
        """Get a user.

        Raises:
            NotFound: There is no such user.

        See https://discord.com/developers/docs/resources/user#get-user
        """
        return self._fetch(User, _GET(user_id), timeout=timeout)

    def modify_current_user(
        self,
        *,
        username: str | Unset = UNSET,
        avatar: FileSource | Unset | None = UNSET,
        banner: FileSource | Unset | None = UNSET,
        timeout: float | None = None,
    ) -> User:
        """Change the bot's own user.

        Args:
            username: 2 to 32 characters.
            avatar: An image: a path, bytes or an open file; None removes it.
            banner: An image, as the avatar; None removes it.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/user#modify-current-user
        """
        body: dict[str, Any] = {}
        put_text(body, "username", username, 32, least=2)
        put_image(body, "avatar", avatar)
        put_image(body, "banner", banner)
        return self._fetch(User, _MODIFY_CURRENT(), body, timeout=timeout)

    def get_current_user_guilds(
        self,
        *,
        before: Before | None = None,
        after: After | None = None,
        limit: int | None = None,
        with_counts: bool | None = None,
        timeout: float | None = None,
    ) -> list[PartialGuild]:
        """Get the guilds that the bot is in, without their details.

        Args:
            before: Guilds before this one, or made before a time.
            after: Guilds after this one, or made after a time.
            limit: How many, 1 to 200; Discord's default is 200.
            with_counts: Count members and presences.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/user#get-current-user-guilds
        """
        exclusive(before=before, after=after)
        between("limit", limit, 1, _PAGE)
        query = {
            "before": moment(before, "before"),
            "after": moment(after, "after", high=True),
            "limit": limit,
            "with_counts": with_counts,
        }
        return self._fetch(list[PartialGuild], _GUILDS(), query=query, timeout=timeout)

    def iter_current_user_guilds(
        self,
        *,
        before: Before | None = None,
        after: After | None = None,
        oldest_first: bool | None = True,
        limit: int | None = None,
        with_counts: bool | None = None,
    ) -> Iterator[PartialGuild]:
        """Go through the guilds that the bot is in, by id, without their details.

        Args:
            before: Guilds before this one, or made before a time.
            after: Guilds after this one, or made after a time.
            oldest_first: In which direction.
            limit: How many at most; None for all.
            with_counts: Count members and presences.

        See https://discord.com/developers/docs/resources/user#get-current-user-guilds
        """

        def fetch(before: int | None, after: int | None, size: int) -> list[PartialGuild]:
            return self.get_current_user_guilds(
                before=before, after=after, limit=size, with_counts=with_counts
            )

        return by_id(
            fetch,
            lambda guild: guild.id,
            before=before,
            after=after,
            oldest_first=oldest_first,
            limit=limit,
            page=_PAGE,
        )

    def get_current_user_guild_member(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> Member:
        """Get what the user is in a guild; for bearer tokens with ``guilds.members.read``.

        See https://discord.com/developers/docs/resources/user#get-current-user-guild-member
        """
        return self._fetch(Member, _GUILD_MEMBER(guild_id), timeout=timeout)

    def leave_guild(self, guild_id: SnowflakeLike, *, timeout: float | None = None) -> None:
        """Leave a guild.

        See https://discord.com/developers/docs/resources/user#leave-guild
        """
        self._do(_LEAVE(guild_id), timeout=timeout)

    def create_dm(self, recipient_id: SnowflakeLike, *, timeout: float | None = None) -> Channel:
        """Open the DM channel with a user, or get it where it is open already.

        See https://discord.com/developers/docs/resources/user#create-dm
        """
        body = {"recipient_id": str(snowflake(recipient_id, "recipient_id"))}
        return self._fetch(Channel, _CREATE_DM(), body, timeout=timeout)

    def create_group_dm(
        self,
        *,
        access_tokens: Sequence[str],
        nicks: Mapping[Any, str] | None = None,
        timeout: float | None = None,
    ) -> Channel:
        """Open a group DM with several users; 10 at most are open at once.

        Args:
            access_tokens: Those of the users, with the scope ``gdm.join``; each is sent once.
            nicks: User or id → nickname.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/user#create-group-dm
        """
        tokens = several("access_tokens", access_tokens)
        if not 1 <= len(tokens) <= _GROUP or not all(isinstance(one, str) for one in tokens):
            raise InvalidArgument(f"access_tokens must be a list of 1 to {_GROUP} tokens")
        body: dict[str, Any] = {"access_tokens": list(dict.fromkeys(tokens))}
        if nicks is not None:
            body["nicks"] = {
                str(snowflake(key, "nicks")): nick for key, nick in mapped("nicks", nicks).items()
            }
        return self._fetch(Channel, _CREATE_DM(), body, timeout=timeout, repeatable=False)

    def get_current_user_connections(self, *, timeout: float | None = None) -> list[Connection]:
        """Get the user's accounts elsewhere; for bearer tokens with ``connections``.

        See https://discord.com/developers/docs/resources/user#get-current-user-connections
        """
        return self._fetch(list[Connection], _CONNECTIONS(), timeout=timeout)

    def get_current_user_application_role_connection(
        self, application_id: SnowflakeLike, *, timeout: float | None = None
    ) -> ApplicationRoleConnection:
        """Get what an application says of the user for linked roles.

        For bearer tokens with ``role_connections.write``.

        See https://discord.com/developers/docs/resources/user#get-current-user-application-role-connection
        """
        target = _GET_ROLE_CONNECTION(application_id)
        return self._fetch(ApplicationRoleConnection, target, timeout=timeout)

    def update_current_user_application_role_connection(
        self,
        application_id: SnowflakeLike,
        *,
        platform_name: str | Unset | None = UNSET,
        platform_username: str | Unset | None = UNSET,
        metadata: Mapping[str, object] | Unset = UNSET,
        timeout: float | None = None,
    ) -> ApplicationRoleConnection:
        """Say what the user is elsewhere, for linked roles.

        For bearer tokens with ``role_connections.write``.

        Args:
            application_id: The application.
            platform_name: What the platform is called, at most 50 characters.
            platform_username: The user's name there, at most 100 characters.
            metadata: Key of a metadata record → value: a str, int, bool or datetime.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.

        See https://discord.com/developers/docs/resources/user#update-current-user-application-role-connection
        """
        body: dict[str, Any] = {}
        put_text(body, "platform_name", platform_name, 50)
        put_text(body, "platform_username", platform_username, 100)
        if not isinstance(metadata, Unset):
            body["metadata"] = {
                key: _metadata(key, value) for key, value in mapped("metadata", metadata).items()
            }
        target = _SET_ROLE_CONNECTION(application_id)
        return self._fetch(ApplicationRoleConnection, target, body, timeout=timeout)

    def delete_current_user_application_role_connection(
        self, application_id: SnowflakeLike, *, timeout: float | None = None
    ) -> None:
        """Take back what an application says of the user for linked roles.

        For bearer tokens with ``role_connections.write``.

        See https://discord.com/developers/docs/resources/user#delete-current-user-application-role-connection
        """
        self._do(_DELETE_ROLE_CONNECTION(application_id), timeout=timeout)


def _metadata(key: str, value: object) -> str:
    """Return a value as Discord stores it: numbers as digits, booleans as 1 and 0."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime):
        return utc(f"metadata.{key}", value).isoformat()
    text = str(value)
    at_most(f"metadata.{key}", text, 100)
    return text
