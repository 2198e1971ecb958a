"""Guilds.

See https://discord.com/developers/docs/resources/guild
"""

from __future__ import annotations

from disruption.rest.checks import between
from disruption.rest.core import RestCore
from disruption.rest.route import Route, SnowflakeLike, snowflake
from disruption.types import Channel, Guild, Member, Role

__all__ = ["GuildRoutes"]

_GET = Route("GET", "/guilds/{guild_id}")
_CHANNELS = Route("GET", "/guilds/{guild_id}/channels")
_MEMBER = Route("GET", "/guilds/{guild_id}/members/{user_id}")
_MEMBERS = Route("GET", "/guilds/{guild_id}/members")
_ROLES = Route("GET", "/guilds/{guild_id}/roles")


class GuildRoutes(RestCore):
    """Guilds."""

    def get_guild(
        self,
        guild_id: SnowflakeLike,
        *,
        with_counts: bool | None = None,
        timeout: float | None = None,
    ) -> Guild:
        """Get a guild.

        Args:
            guild_id: Which one.
            with_counts: Count members and presences.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/guild#get-guild
        """
        query = {"with_counts": with_counts}
        return self._fetch(Guild, _GET(guild_id), query=query, timeout=timeout)

    def get_guild_channels(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> list[Channel]:
        """Get the channels of a guild, without its threads.

        See https://discord.com/developers/docs/resources/guild#get-guild-channels
        """
        return self._fetch(list[Channel], _CHANNELS(guild_id), timeout=timeout)

    def get_guild_member(
        self,
        guild_id: SnowflakeLike,
        user_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> Member:
        """Get a member of a guild.

        Raises:
            NotFound: The user is no member.

        See https://discord.com/developers/docs/resources/guild#get-guild-member
        """
        return self._fetch(Member, _MEMBER(guild_id, user_id), timeout=timeout)

    def list_guild_members(
        self,
        guild_id: SnowflakeLike,
        *,
        limit: int | None = None,
        after: SnowflakeLike | None = None,
        timeout: float | None = None,
    ) -> list[Member]:
        """Get members of a guild, by id; needs the GUILD_MEMBERS intent.

        Args:
            guild_id: Which guild.
            limit: How many, 1 to 1000; Discord's default is 1.
            after: Members after this user.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/guild#list-guild-members
        """
        between("limit", limit, 1, 1000)
        query = {"limit": limit, "after": None if after is None else snowflake(after, "after")}
        return self._fetch(list[Member], _MEMBERS(guild_id), query=query, timeout=timeout)

    def get_guild_roles(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> list[Role]:
        """Get the roles of a guild.

        See https://discord.com/developers/docs/resources/guild#get-guild-roles
        """
        return self._fetch(list[Role], _ROLES(guild_id), timeout=timeout)
