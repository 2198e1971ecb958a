"""What guilds can do against trouble: bans, pruning, audit log, auto moderation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.base import Entity
from ..core.unset import UNSET

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import timedelta
    from typing import Any

    from ...rest.fields import Duration, When
    from ...rest.paging import After, Before
    from ...rest.route import SnowflakeLike
    from ..audit_log import AuditLogEntry
    from ..auto_moderation import (
        AutoModerationAction,
        AutoModerationRule,
        AutoModerationTriggerMetadata,
    )
    from ..core.unset import Unset
    from ..guild import IncidentsData
    from ..join_request import GuildJoinRequest
    from ..member import Ban, BulkBanResponse

__all__ = ["GuildModerationVerbs"]


class GuildModerationVerbs(Entity):
    """What guilds can do against trouble."""

    def kick(self, user_id: SnowflakeLike, *, reason: str | None = None) -> None:
        """Remove a member, who can come back with an invite.

        Raises:
            Forbidden: KICK_MEMBERS is missing, or the bot ranks below the member.

        See https://discord.com/developers/docs/resources/guild#remove-guild-member
        """
        self._bound().rest.remove_guild_member(self.id, user_id, reason=reason)

    def ban(
        self,
        user_id: SnowflakeLike,
        *,
        delete_messages: Duration = 0,
        reason: str | None = None,
    ) -> None:
        """Ban a user, member or not.

        Args:
            user_id: Whom.
            delete_messages: Delete their messages of the last so many seconds, at most 7 days.
            reason: Shown in the audit log, at most 512 characters.

        Raises:
            Forbidden: BAN_MEMBERS is missing, or the bot ranks below the member.

        See https://discord.com/developers/docs/resources/guild#create-guild-ban
        """
        self._bound().rest.create_guild_ban(
            self.id, user_id, delete_messages=delete_messages, reason=reason
        )

    def bulk_ban(
        self,
        user_ids: Iterable[SnowflakeLike],
        *,
        delete_messages: Duration = 0,
        reason: str | None = None,
    ) -> BulkBanResponse:
        """Ban up to 200 users at once.

        Args:
            user_ids: Whom.
            delete_messages: Delete their messages of the last so many seconds, at most 7 days.
            reason: Shown in the audit log, at most 512 characters.

        Raises:
            Forbidden: BAN_MEMBERS or MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/guild#bulk-guild-ban
        """
        return self._bound().rest.bulk_guild_ban(
            self.id, user_ids, delete_messages=delete_messages, reason=reason
        )

    def unban(self, user_id: SnowflakeLike, *, reason: str | None = None) -> None:
        """Lift a ban.

        Raises:
            NotFound: The user is not banned.

        See https://discord.com/developers/docs/resources/guild#remove-guild-ban
        """
        self._bound().rest.remove_guild_ban(self.id, user_id, reason=reason)

    def fetch_ban(self, user_id: SnowflakeLike) -> Ban:
        """Ask Discord for the ban of a user, with its reason.

        Raises:
            NotFound: The user is not banned.

        See https://discord.com/developers/docs/resources/guild#get-guild-ban
        """
        return self._bound().rest.get_guild_ban(self.id, user_id)

    def bans(
        self,
        *,
        before: Before | None = None,
        after: After | None = None,
        limit: int | None = None,
    ) -> Iterator[Ban]:
        """Go through its bans, by the user's id, a page at a time.

        Args:
            before: Users before this one; alone, it goes down from there.
            after: Users after this one.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/guild#get-guild-bans
        """
        return self._bound().rest.iter_guild_bans(self.id, before=before, after=after, limit=limit)

    def prune(
        self,
        *,
        days: int | timedelta | None = None,
        include_roles: Iterable[SnowflakeLike] = (),
        compute_prune_count: bool | None = None,
        reason: str | None = None,
    ) -> int | None:
        """Remove the members who have been away for long.

        Args:
            days: For how long, 1 to 30 days; Discord's default is 7.
            include_roles: Remove those with these roles and no others, too.
            compute_prune_count: Whether to count them; better not in large guilds.
            reason: Shown in the audit log, at most 512 characters.

        See https://discord.com/developers/docs/resources/guild#begin-guild-prune
        """
        return self._bound().rest.begin_guild_prune(
            self.id,
            days=days,
            include_roles=include_roles,
            compute_prune_count=compute_prune_count,
            reason=reason,
        )

    def count_prune(
        self, *, days: int | timedelta | None = None, include_roles: Iterable[SnowflakeLike] = ()
    ) -> int:
        """Ask Discord how many members `prune` would remove.

        See https://discord.com/developers/docs/resources/guild#get-guild-prune-count
        """
        rest = self._bound().rest
        return rest.get_guild_prune_count(self.id, days=days, include_roles=include_roles)

    def audit_log(
        self,
        *,
        user_id: SnowflakeLike | None = None,
        action_type: int | None = None,
        before: Before | None = None,
        after: After | None = None,
        oldest_first: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[AuditLogEntry]:
        """Go through its audit log, newest first, a page at a time.

        Args:
            user_id: What this user did.
            action_type: `AuditLogEvent`.
            before: Entries before this one, or this time.
            after: Entries after this one, or this time; alone, it goes on to the newest.
            oldest_first: From old to new, or (False) back.
            limit: How many at most; None for all.

        Raises:
            Forbidden: VIEW_AUDIT_LOG is missing.

        See https://discord.com/developers/docs/resources/audit-log#get-guild-audit-log
        """
        return self._bound().rest.iter_guild_audit_log(
            self.id,
            user_id=user_id,
            action_type=action_type,
            before=before,
            after=after,
            oldest_first=oldest_first,
            limit=limit,
        )

    def set_incident_actions(
        self,
        *,
        invites_disabled_until: When | Unset | None = UNSET,
        dms_disabled_until: When | Unset | None = UNSET,
    ) -> IncidentsData:
        """Stop invites or DMs between members for a while, or (None) let them go on.

        Args:
            invites_disabled_until: A moment, or how long from now; at most 24 hours.
            dms_disabled_until: A moment, or how long from now; at most 24 hours.

        See https://discord.com/developers/docs/resources/guild#modify-guild-incident-actions
        """
        return self._bound().rest.modify_guild_incident_actions(
            self.id,
            invites_disabled_until=invites_disabled_until,
            dms_disabled_until=dms_disabled_until,
        )

    # Auto moderation -------------------------------------------------------------------

    def fetch_auto_moderation_rules(self) -> list[AutoModerationRule]:
        """Ask Discord for its rules of auto moderation.

        See https://discord.com/developers/docs/resources/auto-moderation#list-auto-moderation-rules-for-guild
        """
        return self._bound().rest.list_auto_moderation_rules_for_guild(self.id)

    def fetch_auto_moderation_rule(self, rule_id: SnowflakeLike) -> AutoModerationRule:
        """Ask Discord for one rule of auto moderation.

        See https://discord.com/developers/docs/resources/auto-moderation#get-auto-moderation-rule
        """
        return self._bound().rest.get_auto_moderation_rule(self.id, rule_id)

    def create_auto_moderation_rule(
        self,
        name: str,
        *,
        event_type: int,
        trigger_type: int,
        actions: Sequence[AutoModerationAction | Mapping[str, Any]],
        trigger_metadata: AutoModerationTriggerMetadata | Mapping[str, Any] | Unset = UNSET,
        enabled: bool = True,
        exempt_roles: Iterable[SnowflakeLike] | Unset = UNSET,
        exempt_channels: Iterable[SnowflakeLike] | Unset = UNSET,
        reason: str | None = None,
    ) -> AutoModerationRule:
        """Create a rule of auto moderation, which is at work at once.

        Args:
            name: At most 100 characters.
            event_type: When it is checked, `AutoModerationEventType`.
            trigger_type: What it looks for, `AutoModerationTriggerType`.
            actions: What it does then, 1 to 5.
            trigger_metadata: The words, patterns or limits that it looks for.
            enabled: Whether it is at work.
            exempt_roles: For whom it is not, at most 20.
            exempt_channels: Where it is not, at most 50.
            reason: Shown in the audit log, at most 512 characters.

        See https://discord.com/developers/docs/resources/auto-moderation#create-auto-moderation-rule
        """
        return self._bound().rest.create_auto_moderation_rule(
            self.id,
            name=name,
            event_type=event_type,
            trigger_type=trigger_type,
            actions=actions,
            trigger_metadata=trigger_metadata,
            enabled=enabled,
            exempt_roles=exempt_roles,
            exempt_channels=exempt_channels,
            reason=reason,
        )

    # Requests to join ------------------------------------------------------------------

    def join_requests(
        self,
        *,
        status: str | None = None,
        before: Before | None = None,
        after: After | None = None,
        limit: int | None = None,
    ) -> Iterator[GuildJoinRequest]:
        """Go through the requests to become a member, a page at a time.

        Args:
            status: Only those that stand so, `GuildJoinRequestStatus`.
            before: Requests before this one, or before a time.
            after: Requests after this one, or after a time; alone, it goes up from there.
            limit: How many at most; None for all.

        Raises:
            Forbidden: KICK_MEMBERS is missing.

        See https://discord.com/developers/docs/resources/guild
        """
        return self._bound().rest.iter_guild_join_requests(
            self.id, status=status, before=before, after=after, limit=limit
        )
