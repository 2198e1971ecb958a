"""Users.

See https://discord.com/developers/docs/resources/user
"""

from __future__ import annotations

from typing import Any

from disruption.rest.checks import at_most, between, exclusive
from disruption.rest.core import RestCore
from disruption.rest.payload import put
from disruption.rest.route import Route, SnowflakeLike, snowflake
from disruption.types import UNSET, Channel, PartialGuild, Unset, User

__all__ = ["UserRoutes"]

_GET_CURRENT = Route("GET", "/users/@me")
_MODIFY_CURRENT = Route("PATCH", "/users/@me")
_GET = Route("GET", "/users/{user_id}")
_GUILDS = Route("GET", "/users/@me/guilds")
_LEAVE = Route("DELETE", "/users/@me/guilds/{guild_id}")
# Discord answers with the channel that is there already.
_CREATE_DM = Route("POST", "/users/@me/channels", repeatable=True)


class UserRoutes(RestCore):
    """Users."""

    def get_current_user(self, *, timeout: float | None = None) -> User:
        """Get the bot's own user.

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
        avatar: str | Unset | None = UNSET,
        banner: str | Unset | None = UNSET,
        timeout: float | None = None,
    ) -> User:
        """Change the bot's own user.

        Args:
            username: 2 to 32 characters.
            avatar: A data URI of an image; None removes it.
            banner: A data URI of an image; None removes it.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/user#modify-current-user
        """
        at_most("username", username or None, 32, least=2)
        body: dict[str, Any] = {}
        put(body, username=username, avatar=avatar, banner=banner)
        return self._fetch(User, _MODIFY_CURRENT(), body, timeout=timeout)

    def get_current_user_guilds(
        self,
        *,
        before: SnowflakeLike | None = None,
        after: SnowflakeLike | None = None,
        limit: int | None = None,
        with_counts: bool | None = None,
        timeout: float | None = None,
    ) -> list[PartialGuild]:
        """Get the guilds that the bot is in, without their details.

        Args:
            before: Guilds before this one.
            after: Guilds after this one.
            limit: How many, 1 to 200; Discord's default is 200.
            with_counts: Count members and presences.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/user#get-current-user-guilds
        """
        exclusive(before=before, after=after)
        between("limit", limit, 1, 200)
        query = {
            "before": None if before is None else snowflake(before, "before"),
            "after": None if after is None else snowflake(after, "after"),
            "limit": limit,
            "with_counts": with_counts,
        }
        return self._fetch(list[PartialGuild], _GUILDS(), query=query, timeout=timeout)

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
