"""Bans of guilds, and pruning of members who have been away.

See https://discord.com/developers/docs/resources/guild#ban-object
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, Final

from disruption.errors import InvalidArgument
from disruption.rest.checks import between, exclusive
from disruption.rest.core import RestCore
from disruption.rest.fields import Duration, at_most_items, whole_seconds
from disruption.rest.paging import After, Before, by_id, moment
from disruption.rest.payload import ids
from disruption.rest.route import Route, SnowflakeLike
from disruption.types import Ban, BulkBanResponse

__all__ = ["GuildBanRoutes"]

_BANS: Final = "/guilds/{guild_id}/bans"
_BAN: Final = _BANS + "/{user_id}"
_PRUNE: Final = "/guilds/{guild_id}/prune"

_LIST = Route("GET", _BANS)
_GET = Route("GET", _BAN)
_CREATE = Route("PUT", _BAN)
_REMOVE = Route("DELETE", _BAN)
# Who is banned already is reported, not banned again.
_BULK = Route("POST", "/guilds/{guild_id}/bulk-ban", repeatable=True)
_PRUNE_COUNT = Route("GET", _PRUNE)
_BEGIN_PRUNE = Route("POST", _PRUNE)

_PAGE: Final = 1000
_BULK_USERS: Final = 200
_WEEK: Final = 604800  # seconds
_PRUNE_ROLES: Final = 100


class GuildBanRoutes(RestCore):
    """Bans, and pruning."""

    def get_guild_bans(
        self,
        guild_id: SnowflakeLike,
        *,
        before: SnowflakeLike | None = None,
        after: SnowflakeLike | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> list[Ban]:
        """Get bans of a guild, by the user's id.

        Args:
            guild_id: Which guild.
            before: Users before this one.
            after: Users after this one.
            limit: How many, 1 to 1000; Discord's default is 1000.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: Both before and after, or a bad limit.
            Forbidden: BAN_MEMBERS is missing.

        See https://discord.com/developers/docs/resources/guild#get-guild-bans
        """
        exclusive(before=before, after=after)
        between("limit", limit, 1, _PAGE)
        query = {
            "before": moment(before, "before"),
            "after": moment(after, "after"),
            "limit": limit,
        }
        return self._fetch(list[Ban], _LIST(guild_id), query=query, timeout=timeout)

    def iter_guild_bans(
        self,
        guild_id: SnowflakeLike,
        *,
        before: Before | None = None,
        after: After | None = None,
        oldest_first: bool | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Iterator[Ban]:
        """Go through the bans of a guild, by the user's id.

        Args:
            guild_id: Which guild.
            before: Users before this one, or whose account is older than this.
            after: Users after this one, or whose account is younger than this.
            oldest_first: From the smallest id up, or (False) from the greatest down; by
                default down where `before` alone is given, else up.
            limit: How many at most; None for all.
            timeout: Seconds for each page, waits included.

        Raises:
            Forbidden: BAN_MEMBERS is missing.

        See https://discord.com/developers/docs/resources/guild#get-guild-bans
        """

        def fetch(before: int | None, after: int | None, size: int) -> list[Ban]:
            return self.get_guild_bans(
                guild_id, before=before, after=after, limit=size, timeout=timeout
            )

        return by_id(
            fetch,
            lambda ban: ban.user.id,
            before=before,
            after=after,
            oldest_first=oldest_first,
            rising=True,
            limit=limit,
            page=_PAGE,
        )

    def get_guild_ban(
        self, guild_id: SnowflakeLike, user_id: SnowflakeLike, *, timeout: float | None = None
    ) -> Ban:
        """Get the ban of a user, with its reason.

        Raises:
            NotFound: The user is not banned.
            Forbidden: BAN_MEMBERS is missing.

        See https://discord.com/developers/docs/resources/guild#get-guild-ban
        """
        return self._fetch(Ban, _GET(guild_id, user_id), timeout=timeout)

    def create_guild_ban(
        self,
        guild_id: SnowflakeLike,
        user_id: SnowflakeLike,
        *,
        delete_messages: Duration = 0,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Ban a user, member or not.

        Args:
            guild_id: From which guild.
            user_id: Whom.
            delete_messages: Delete the user's messages of the last so many seconds, at most
                7 days (Discord's ``delete_message_seconds``).
            reason: Shown in the audit log and with the ban, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: More than 7 days.
            Forbidden: BAN_MEMBERS is missing, or the bot ranks below the member.

        See https://discord.com/developers/docs/resources/guild#create-guild-ban
        """
        body = _deletion(delete_messages)
        self._do(_CREATE(guild_id, user_id), body, reason=reason, timeout=timeout)

    def remove_guild_ban(
        self,
        guild_id: SnowflakeLike,
        user_id: SnowflakeLike,
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Lift a ban.

        Raises:
            NotFound: The user is not banned.
            Forbidden: BAN_MEMBERS is missing.

        See https://discord.com/developers/docs/resources/guild#remove-guild-ban
        """
        self._do(_REMOVE(guild_id, user_id), reason=reason, timeout=timeout)

    def bulk_guild_ban(
        self,
        guild_id: SnowflakeLike,
        user_ids: Iterable[SnowflakeLike],
        *,
        delete_messages: Duration = 0,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> BulkBanResponse:
        """Ban up to 200 users at once.

        Args:
            guild_id: From which guild.
            user_ids: Whom.
            delete_messages: Delete their messages of the last so many seconds, at most
                7 days (Discord's ``delete_message_seconds``).
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Returns:
            Who was banned, and who was not or was already.

        Raises:
            InvalidArgument: Nobody, more than 200 users, or more than 7 days.
            Forbidden: BAN_MEMBERS or MANAGE_GUILD is missing.
            HTTPError: With code 500000, nobody could be banned.

        See https://discord.com/developers/docs/resources/guild#bulk-guild-ban
        """
        if isinstance(user_ids, str):
            raise InvalidArgument("user_ids must be a list of ids, not a str")
        listed = list(dict.fromkeys(ids(user_ids, "user_ids")))
        at_most_items("user_ids", listed, _BULK_USERS, least=1)
        body = {"user_ids": listed} | _deletion(delete_messages)
        target = _BULK(guild_id)
        return self._fetch(BulkBanResponse, target, body, reason=reason, timeout=timeout)

    # Pruning ---------------------------------------------------------------------------

    def get_guild_prune_count(
        self,
        guild_id: SnowflakeLike,
        *,
        days: int | timedelta | None = None,
        include_roles: Iterable[SnowflakeLike] = (),
        timeout: float | None = None,
    ) -> int:
        """Count the members that a prune would remove.

        Args:
            guild_id: From which guild.
            days: Who has been away for so long, 1 to 30 days; Discord's default is 7.
            include_roles: Count those with these roles and no others, too; at most 100.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.
            Forbidden: MANAGE_GUILD or KICK_MEMBERS is missing.

        See https://discord.com/developers/docs/resources/guild#get-guild-prune-count
        """
        roles = _roles(include_roles)
        query = {"days": _days(days), "include_roles": ",".join(roles) or None}
        target = _PRUNE_COUNT(guild_id)
        answer = self._fetch(dict[str, int | None], target, query=query, timeout=timeout)
        return answer.get("pruned") or 0

    def begin_guild_prune(
        self,
        guild_id: SnowflakeLike,
        *,
        days: int | timedelta | None = None,
        compute_prune_count: bool | None = None,
        include_roles: Iterable[SnowflakeLike] = (),
        reason: str | None = None,
        timeout: float | None = None,
    ) -> int | None:
        """Remove the members who have been away for long.

        Args:
            guild_id: From which guild.
            days: For how long, 1 to 30 days; Discord's default is 7.
            compute_prune_count: Whether to count them, as Discord does by default; better not
                in large guilds.
            include_roles: Remove those with these roles and no others, too; at most 100.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Returns:
            How many, None where they are not counted.

        Raises:
            InvalidArgument: A limit is passed.
            Forbidden: MANAGE_GUILD or KICK_MEMBERS is missing.

        See https://discord.com/developers/docs/resources/guild#begin-guild-prune
        """
        body: dict[str, Any] = {}
        if days is not None:
            body["days"] = _days(days)
        if compute_prune_count is not None:
            body["compute_prune_count"] = compute_prune_count
        if roles := _roles(include_roles):
            body["include_roles"] = roles
        target = _BEGIN_PRUNE(guild_id)
        answer = self._fetch(dict[str, int | None], target, body, reason=reason, timeout=timeout)
        return answer.get("pruned")


def _deletion(span: Duration) -> dict[str, Any]:
    seconds = whole_seconds("delete_messages", span, 0, _WEEK)
    return {"delete_message_seconds": seconds} if seconds else {}


def _days(days: int | timedelta | None) -> int | None:
    number = days.days if isinstance(days, timedelta) else days
    between("days", number, 1, 30)
    return number


def _roles(roles: Iterable[SnowflakeLike]) -> list[str]:
    if isinstance(roles, str):
        raise InvalidArgument("include_roles must be a list of ids, not a str")
    listed = list(dict.fromkeys(ids(roles, "include_roles")))
    at_most_items("include_roles", listed, _PRUNE_ROLES)
    return listed
