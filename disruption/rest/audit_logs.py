"""The audit log: who did what in a guild.

See https://discord.com/developers/docs/resources/audit-log
"""

from __future__ import annotations

from collections.abc import Iterator

from disruption.rest.checks import between, exclusive, integer
from disruption.rest.core import RestCore
from disruption.rest.paging import After, Before, by_id, moment
from disruption.rest.route import Route, SnowflakeLike
from disruption.types import AuditLog, AuditLogEntry

__all__ = ["AuditLogRoutes"]

_GET = Route("GET", "/guilds/{guild_id}/audit-logs")
_PAGE = 100


class AuditLogRoutes(RestCore):
    """The audit log."""

    def get_guild_audit_log(
        self,
        guild_id: SnowflakeLike,
        *,
        user_id: SnowflakeLike | None = None,
        target_id: SnowflakeLike | None = None,
        action_type: int | None = None,
        before: SnowflakeLike | None = None,
        after: SnowflakeLike | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> AuditLog:
        """Get entries of a guild's audit log, and what they are about.

        They come newest first, with `after` oldest first.

        Args:
            guild_id: Which guild.
            user_id: What this user did.
            target_id: What was done to this; undocumented by Discord.
            action_type: `AuditLogEvent`.
            before: Entries before this one.
            after: Entries after this one.
            limit: How many, 1 to 100; Discord's default is 50.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: Both before and after, or a bad limit.
            Forbidden: VIEW_AUDIT_LOG is missing.

        See https://discord.com/developers/docs/resources/audit-log#get-guild-audit-log
        """
        exclusive(before=before, after=after)
        between("limit", limit, 1, _PAGE)
        query = {
            "user_id": moment(user_id, "user_id"),
            "target_id": moment(target_id, "target_id"),
            "action_type": None if action_type is None else integer("action_type", action_type),
            "before": moment(before, "before"),
            "after": moment(after, "after"),
            "limit": limit,
        }
        return self._fetch(AuditLog, _GET(guild_id), query=query, timeout=timeout)

    def iter_guild_audit_log(
        self,
        guild_id: SnowflakeLike,
        *,
        user_id: SnowflakeLike | None = None,
        target_id: SnowflakeLike | None = None,
        action_type: int | None = None,
        before: Before | None = None,
        after: After | None = None,
        oldest_first: bool | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Iterator[AuditLogEntry]:
        """Go through a guild's audit log.

        Args:
            guild_id: Which guild.
            user_id: What this user did.
            target_id: What was done to this; undocumented by Discord.
            action_type: `AuditLogEvent`.
            before: Entries before this one, or this time.
            after: Entries after this one, or this time.
            oldest_first: From old to new, or (False) back; by default back, with `after`
                alone forward.
            limit: How many at most; None for all.
            timeout: Seconds for each page, waits included.

        Raises:
            Forbidden: VIEW_AUDIT_LOG is missing.

        See https://discord.com/developers/docs/resources/audit-log#get-guild-audit-log
        """

        def fetch(before: int | None, after: int | None, size: int) -> list[AuditLogEntry]:
            log = self.get_guild_audit_log(
                guild_id,
                user_id=user_id,
                target_id=target_id,
                action_type=action_type,
                before=before,
                after=after,
                limit=size,
                timeout=timeout,
            )
            return log.audit_log_entries

        return by_id(
            fetch,
            lambda entry: entry.id,
            before=before,
            after=after,
            oldest_first=oldest_first,
            limit=limit,
            page=_PAGE,
        )
