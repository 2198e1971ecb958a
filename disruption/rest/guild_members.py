"""Members of guilds: finding, adding, changing and removing them.

See https://discord.com/developers/docs/resources/guild#guild-member-object
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, Final

from disruption.errors import InvalidArgument
from disruption.rest.checks import at_most, between
from disruption.rest.core import RestCore
from disruption.rest.fields import When, put_id, put_ids, put_image, put_text, put_time
from disruption.rest.images import FileSource
from disruption.rest.paging import After, by_id, moment
from disruption.rest.payload import put
from disruption.rest.route import Route, SnowflakeLike, snowflake
from disruption.types import UNSET, Member, Unset
from disruption.types.core.base import place

__all__ = ["GuildMemberRoutes"]

_MEMBERS: Final = "/guilds/{guild_id}/members"
_MEMBER: Final = _MEMBERS + "/{user_id}"
_ROLE: Final = _MEMBER + "/roles/{role_id}"

_LIST = Route("GET", _MEMBERS)
_SEARCH = Route("GET", _MEMBERS + "/search")
_GET = Route("GET", _MEMBER)
_ADD = Route("PUT", _MEMBER)
_MODIFY = Route("PATCH", _MEMBER)
_MODIFY_CURRENT = Route("PATCH", _MEMBERS + "/@me")
_REMOVE = Route("DELETE", _MEMBER)
_ADD_ROLE = Route("PUT", _ROLE)
_REMOVE_ROLE = Route("DELETE", _ROLE)

_NICK: Final = 32  # characters
_PAGE: Final = 1000
_TIMEOUT: Final = timedelta(days=28)


class GuildMemberRoutes(RestCore):
    """Members of guilds."""

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
        member = self._fetch(Member, _GET(guild_id, user_id), timeout=timeout)
        return place(member, snowflake(guild_id, "guild_id"))

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
        between("limit", limit, 1, _PAGE)
        query = {"limit": limit, "after": moment(after, "after")}
        members = self._fetch(list[Member], _LIST(guild_id), query=query, timeout=timeout)
        return _placed(members, guild_id)

    def iter_guild_members(
        self,
        guild_id: SnowflakeLike,
        *,
        after: After | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Iterator[Member]:
        """Go through the members of a guild, by id; needs the GUILD_MEMBERS intent.

        Args:
            guild_id: Which guild.
            after: Members after this user, or whose account is younger than this.
            limit: How many at most; None for all.
            timeout: Seconds for each page, waits included.

        Raises:
            Forbidden: The GUILD_MEMBERS intent is not switched on.

        See https://discord.com/developers/docs/resources/guild#list-guild-members
        """

        def fetch(_: int | None, after: int | None, size: int) -> list[Member]:
            return self.list_guild_members(guild_id, limit=size, after=after, timeout=timeout)

        start = 0 if after is None else after
        return by_id(fetch, _id_of, after=start, oldest_first=True, limit=limit, page=_PAGE)

    def search_guild_members(
        self,
        guild_id: SnowflakeLike,
        query: str,
        *,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> list[Member]:
        """Get members whose username or nickname begins with a text.

        Args:
            guild_id: Which guild.
            query: The text, 1 to 100 characters.
            limit: How many, 1 to 1000; Discord's default is 1.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: The text is empty or too long, or a bad limit.

        See https://discord.com/developers/docs/resources/guild#search-guild-members
        """
        at_most("query", query, 100, least=1)
        between("limit", limit, 1, _PAGE)
        asked = {"query": query, "limit": limit}
        members = self._fetch(list[Member], _SEARCH(guild_id), query=asked, timeout=timeout)
        return _placed(members, guild_id)

    def add_guild_member(
        self,
        guild_id: SnowflakeLike,
        user_id: SnowflakeLike,
        *,
        access_token: str,
        nick: str | Unset = UNSET,
        roles: Iterable[SnowflakeLike] | Unset = UNSET,
        mute: bool | Unset = UNSET,
        deaf: bool | Unset = UNSET,
        flags: int | Unset = UNSET,
        timeout: float | None = None,
    ) -> Member | None:
        """Add a user who allowed it to a guild.

        Args:
            guild_id: Which guild.
            user_id: Who.
            access_token: The user's OAuth2 token, with the scope ``guilds.join``.
            nick: At most 32 characters; needs MANAGE_NICKNAMES.
            roles: Needs MANAGE_ROLES.
            mute: In voice channels; needs MUTE_MEMBERS.
            deaf: In voice channels; needs DEAFEN_MEMBERS.
            flags: `GuildMemberFlags`.
            timeout: Seconds for the whole call, waits included.

        Returns:
            The new member, None where the user was one already.

        Raises:
            InvalidArgument: A limit is passed.
            Forbidden: CREATE_INSTANT_INVITE is missing, or one of those above.

        See https://discord.com/developers/docs/resources/guild#add-guild-member
        """
        if not isinstance(access_token, str) or not access_token:
            raise InvalidArgument("access_token must be the user's token, a str")
        body: dict[str, Any] = {"access_token": access_token}
        put_text(body, "nick", nick, _NICK)
        put_ids(body, "roles", roles, 250)
        put(body, mute=mute, deaf=deaf, flags=flags)

        target = _ADD(guild_id, user_id)
        member = self._fetch_any(Member, target, body, timeout=timeout)
        return place(member, snowflake(guild_id, "guild_id"))

    def modify_guild_member(
        self,
        guild_id: SnowflakeLike,
        user_id: SnowflakeLike,
        *,
        nick: str | Unset | None = UNSET,
        roles: Iterable[SnowflakeLike] | Unset | None = UNSET,
        mute: bool | Unset | None = UNSET,
        deaf: bool | Unset | None = UNSET,
        channel_id: SnowflakeLike | Unset | None = UNSET,
        communication_disabled_until: When | Unset | None = UNSET,
        flags: int | Unset | None = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> Member:
        """Change a member; what is not given stays, None clears.

        Args:
            guild_id: Which guild.
            user_id: Who.
            nick: At most 32 characters; needs MANAGE_NICKNAMES.
            roles: All that the member is to have; needs MANAGE_ROLES.
            mute: In voice channels, which the member must be in; needs MUTE_MEMBERS.
            deaf: In voice channels, which the member must be in; needs DEAFEN_MEMBERS.
            channel_id: The voice channel to move to, None to disconnect; needs MOVE_MEMBERS.
            communication_disabled_until: The end of a timeout, or how long it lasts; at most
                28 days. Needs MODERATE_MEMBERS.
            flags: `GuildMemberFlags`.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.
            Forbidden: A permission is missing, or the bot ranks below the member.

        See https://discord.com/developers/docs/resources/guild#modify-guild-member
        """
        body: dict[str, Any] = {}
        put_text(body, "nick", nick, _NICK)
        put_ids(body, "roles", roles)
        put_id(body, "channel_id", channel_id)
        put_time(
            body, "communication_disabled_until", communication_disabled_until, within=_TIMEOUT
        )
        put(body, mute=mute, deaf=deaf, flags=flags)
        target = _MODIFY(guild_id, user_id)
        member = self._fetch_any(Member, target, body, reason=reason, timeout=timeout)
        if member is None:  # done, but Discord does not say what became of the member
            return self.get_guild_member(guild_id, user_id, timeout=timeout)
        return place(member, snowflake(guild_id, "guild_id"))

    def modify_current_member(
        self,
        guild_id: SnowflakeLike,
        *,
        nick: str | Unset | None = UNSET,
        avatar: FileSource | Unset | None = UNSET,
        banner: FileSource | Unset | None = UNSET,
        bio: str | Unset | None = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> Member:
        """Change how the bot looks in a guild; what is not given stays, None clears.

        Args:
            guild_id: Which guild.
            nick: At most 32 characters; needs CHANGE_NICKNAME.
            avatar: An image: a path, bytes or an open file.
            banner: An image.
            bio: At most 190 characters.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed, or an image is none.

        See https://discord.com/developers/docs/resources/guild#modify-current-member
        """
        body: dict[str, Any] = {}
        put_text(body, "nick", nick, _NICK)
        put_image(body, "avatar", avatar)
        put_image(body, "banner", banner)
        put_text(body, "bio", bio, 190)
        target = _MODIFY_CURRENT(guild_id)
        member = self._fetch(Member, target, body, reason=reason, timeout=timeout)
        return place(member, snowflake(guild_id, "guild_id"))

    def remove_guild_member(
        self,
        guild_id: SnowflakeLike,
        user_id: SnowflakeLike,
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Kick a member; an invite lets them come back.

        Raises:
            Forbidden: KICK_MEMBERS is missing, or the bot ranks below the member.

        See https://discord.com/developers/docs/resources/guild#remove-guild-member
        """
        self._do(_REMOVE(guild_id, user_id), reason=reason, timeout=timeout)

    def add_guild_member_role(
        self,
        guild_id: SnowflakeLike,
        user_id: SnowflakeLike,
        role_id: SnowflakeLike,
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Give a member a role.

        Raises:
            Forbidden: MANAGE_ROLES is missing, or the role is not below the bot's highest.

        See https://discord.com/developers/docs/resources/guild#add-guild-member-role
        """
        self._do(_ADD_ROLE(guild_id, user_id, role_id), reason=reason, timeout=timeout)

    def remove_guild_member_role(
        self,
        guild_id: SnowflakeLike,
        user_id: SnowflakeLike,
        role_id: SnowflakeLike,
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Take a role from a member.

        Raises:
            Forbidden: MANAGE_ROLES is missing, or the role is not below the bot's highest.

        See https://discord.com/developers/docs/resources/guild#remove-guild-member-role
        """
        self._do(_REMOVE_ROLE(guild_id, user_id, role_id), reason=reason, timeout=timeout)


def _id_of(member: Member) -> int:
    return member.id


def _placed(members: list[Member], guild_id: SnowflakeLike) -> list[Member]:
    number = snowflake(guild_id, "guild_id")
    for member in members:
        place(member, number)
    return members
