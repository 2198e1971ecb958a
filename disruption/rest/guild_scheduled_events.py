"""Scheduled events of guilds, and who is interested in them.

See https://discord.com/developers/docs/resources/guild-scheduled-event
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from disruption.errors import InvalidArgument
from disruption.rest.checks import at_most, between, exclusive, mapped
from disruption.rest.core import RestCore
from disruption.rest.fields import When, put_id, put_image, put_text, put_time
from disruption.rest.images import FileSource
from disruption.rest.paging import After, Before, by_id, moment
from disruption.rest.payload import ids, put
from disruption.rest.route import Route, SnowflakeLike
from disruption.types import (
    UNSET,
    GuildScheduledEvent,
    GuildScheduledEventEntityType,
    GuildScheduledEventPrivacyLevel,
    GuildScheduledEventUser,
    GuildScheduledEventUserCounts,
    Unset,
)

if TYPE_CHECKING:
    from disruption.types import (
        GuildScheduledEventEntityMetadata,
        GuildScheduledEventRecurrenceRule,
    )

__all__ = ["GuildScheduledEventRoutes", "check_times", "users_query"]

_EVENTS: Final = "/guilds/{guild_id}/scheduled-events"
_EVENT: Final = _EVENTS + "/{event_id}"

_LIST = Route("GET", _EVENTS)
_GET = Route("GET", _EVENT)
_CREATE = Route("POST", _EVENTS)
_MODIFY = Route("PATCH", _EVENT)
_DELETE = Route("DELETE", _EVENT)
_USERS = Route("GET", _EVENT + "/users")
_COUNTS = Route("GET", _EVENT + "/users/counts")

USERS_PAGE: Final = 100
_EXTERNAL: Final = GuildScheduledEventEntityType.EXTERNAL


class GuildScheduledEventRoutes(RestCore):
    """Scheduled events of guilds."""

    def list_scheduled_events_for_guild(
        self,
        guild_id: SnowflakeLike,
        *,
        with_user_count: bool | None = None,
        timeout: float | None = None,
    ) -> list[GuildScheduledEvent]:
        """Get the scheduled events of a guild.

        Args:
            guild_id: Which guild.
            with_user_count: Count who is interested.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/guild-scheduled-event#list-scheduled-events-for-guild
        """
        query = {"with_user_count": with_user_count}
        target = _LIST(guild_id)
        return self._fetch(list[GuildScheduledEvent], target, query=query, timeout=timeout)

    def get_guild_scheduled_event(
        self,
        guild_id: SnowflakeLike,
        event_id: SnowflakeLike,
        *,
        with_user_count: bool | None = None,
        timeout: float | None = None,
    ) -> GuildScheduledEvent:
        """Get a scheduled event.

        Args:
            guild_id: Which guild.
            event_id: Which event.
            with_user_count: Count who is interested.
            timeout: Seconds for the whole call, waits included.

        Raises:
            NotFound: There is no such event.

        See https://discord.com/developers/docs/resources/guild-scheduled-event#get-guild-scheduled-event
        """
        query = {"with_user_count": with_user_count}
        target = _GET(guild_id, event_id)
        return self._fetch(GuildScheduledEvent, target, query=query, timeout=timeout)

    def create_guild_scheduled_event(
        self,
        guild_id: SnowflakeLike,
        *,
        name: str,
        entity_type: int,
        scheduled_start_time: When,
        scheduled_end_time: When | None = None,
        channel_id: SnowflakeLike | None = None,
        entity_metadata: GuildScheduledEventEntityMetadata | Mapping[str, Any] | None = None,
        privacy_level: int = GuildScheduledEventPrivacyLevel.GUILD_ONLY,
        description: str | None = None,
        image: FileSource | None = None,
        recurrence_rule: GuildScheduledEventRecurrenceRule | Mapping[str, Any] | None = None,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> GuildScheduledEvent:
        """Schedule an event.

        Args:
            guild_id: Where.
            name: 1 to 100 characters.
            entity_type: `GuildScheduledEventEntityType`: on a stage, in a voice channel, or
                elsewhere (EXTERNAL).
            scheduled_start_time: When it begins, or how long from now.
            scheduled_end_time: When it ends; EXTERNAL events need it.
            channel_id: Its stage or voice channel; None for EXTERNAL.
            entity_metadata: The ``location`` of an EXTERNAL event, 1 to 100 characters.
            privacy_level: `GuildScheduledEventPrivacyLevel`.
            description: At most 1000 characters.
            image: Its cover: a path, bytes or an open file.
            recurrence_rule: How it is repeated.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed, or something is missing for its type.
            Forbidden: CREATE_EVENTS is missing, or what the channel demands.

        See https://discord.com/developers/docs/resources/guild-scheduled-event#create-guild-scheduled-event
        """
        body: dict[str, Any] = {}
        put_text(body, "name", name, 100, least=1)
        put_text(body, "description", UNSET if description is None else description, 1000)
        put_id(body, "channel_id", UNSET if channel_id is None else channel_id)
        put_image(body, "image", UNSET if image is None else image)
        put_time(body, "scheduled_start_time", scheduled_start_time)
        put_time(
            body, "scheduled_end_time", UNSET if scheduled_end_time is None else scheduled_end_time
        )
        put(body, entity_type=entity_type, privacy_level=privacy_level)
        if entity_metadata is not None:
            put(body, entity_metadata=entity_metadata)
        if recurrence_rule is not None:
            put(body, recurrence_rule=recurrence_rule)
        check_times(body)
        if entity_type == _EXTERNAL:
            for field in ("entity_metadata", "scheduled_end_time"):
                if body.get(field) is None:
                    raise InvalidArgument(f"{field} must be given for an EXTERNAL event")
            if not body["entity_metadata"].get("location"):
                raise InvalidArgument("entity_metadata.location must be given, 1 to 100 characters")
            if channel_id is not None:
                raise InvalidArgument("channel_id must not be given for an EXTERNAL event")
        elif channel_id is None:
            raise InvalidArgument("channel_id must be given for an event on a stage or in voice")
        target = _CREATE(guild_id)
        return self._fetch(GuildScheduledEvent, target, body, reason=reason, timeout=timeout)

    def modify_guild_scheduled_event(
        self,
        guild_id: SnowflakeLike,
        event_id: SnowflakeLike,
        *,
        name: str | Unset = UNSET,
        entity_type: int | Unset = UNSET,
        status: int | Unset = UNSET,
        scheduled_start_time: When | Unset = UNSET,
        scheduled_end_time: When | Unset | None = UNSET,
        channel_id: SnowflakeLike | Unset | None = UNSET,
        entity_metadata: GuildScheduledEventEntityMetadata
        | Mapping[str, Any]
        | Unset
        | None = UNSET,
        privacy_level: int | Unset = UNSET,
        description: str | Unset | None = UNSET,
        image: FileSource | Unset | None = UNSET,
        recurrence_rule: GuildScheduledEventRecurrenceRule
        | Mapping[str, Any]
        | Unset
        | None = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> GuildScheduledEvent:
        """Change a scheduled event, begin it or end it; what is not given stays, None clears.

        Args:
            guild_id: Where it is.
            event_id: Which one.
            name: 1 to 100 characters.
            entity_type: `GuildScheduledEventEntityType`; to EXTERNAL needs channel_id None,
                entity_metadata and scheduled_end_time.
            status: `GuildScheduledEventStatus`: from SCHEDULED to ACTIVE or CANCELED, from
                ACTIVE to COMPLETED.
            scheduled_start_time: When it begins, or how long from now.
            scheduled_end_time: When it ends.
            channel_id: Its stage or voice channel; None for EXTERNAL.
            entity_metadata: The ``location`` of an EXTERNAL event, 1 to 100 characters.
            privacy_level: `GuildScheduledEventPrivacyLevel`.
            description: At most 1000 characters.
            image: Its cover: a path, bytes or an open file.
            recurrence_rule: How it is repeated.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed, or something is missing for its new type.
            Forbidden: MANAGE_EVENTS is missing, or for the bot's own events CREATE_EVENTS.

        See https://discord.com/developers/docs/resources/guild-scheduled-event#modify-guild-scheduled-event
        """
        body: dict[str, Any] = {}
        put_text(body, "name", name, 100, least=1)
        put_text(body, "description", description, 1000)
        put_id(body, "channel_id", channel_id)
        put_image(body, "image", image)
        put_time(body, "scheduled_start_time", scheduled_start_time)
        put_time(body, "scheduled_end_time", scheduled_end_time)
        put(
            body,
            entity_type=entity_type,
            status=status,
            entity_metadata=entity_metadata,
            privacy_level=privacy_level,
            recurrence_rule=recurrence_rule,
        )
        check_times(body)
        if entity_type == _EXTERNAL:
            body.setdefault("channel_id", None)
            if body["channel_id"] is not None:
                raise InvalidArgument("channel_id must be None for an EXTERNAL event")
        target = _MODIFY(guild_id, event_id)
        return self._fetch(GuildScheduledEvent, target, body, reason=reason, timeout=timeout)

    def delete_guild_scheduled_event(
        self, guild_id: SnowflakeLike, event_id: SnowflakeLike, *, timeout: float | None = None
    ) -> None:
        """Delete a scheduled event.

        Raises:
            Forbidden: MANAGE_EVENTS is missing, or for the bot's own events CREATE_EVENTS.

        See https://discord.com/developers/docs/resources/guild-scheduled-event#delete-guild-scheduled-event
        """
        self._do(_DELETE(guild_id, event_id), timeout=timeout)

    # Who is interested -----------------------------------------------------------------

    def get_guild_scheduled_event_users(
        self,
        guild_id: SnowflakeLike,
        event_id: SnowflakeLike,
        *,
        with_member: bool | None = None,
        before: SnowflakeLike | None = None,
        after: SnowflakeLike | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> list[GuildScheduledEventUser]:
        """Get who is interested in an event, by the user's id.

        Args:
            guild_id: Which guild.
            event_id: Which event.
            with_member: Get them as members, too.
            before: Users before this one.
            after: Users after this one.
            limit: How many, 1 to 100; Discord's default is 100.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: Both before and after, or a bad limit.

        See https://discord.com/developers/docs/resources/guild-scheduled-event#get-guild-scheduled-event-users
        """
        query = users_query(with_member, before, after, limit)
        target = _USERS(guild_id, event_id)
        return self._fetch(list[GuildScheduledEventUser], target, query=query, timeout=timeout)

    def iter_guild_scheduled_event_users(
        self,
        guild_id: SnowflakeLike,
        event_id: SnowflakeLike,
        *,
        with_member: bool | None = None,
        before: Before | None = None,
        after: After | None = None,
        oldest_first: bool | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Iterator[GuildScheduledEventUser]:
        """Go through those who are interested in an event, by the user's id.

        Args:
            guild_id: Which guild.
            event_id: Which event.
            with_member: Get them as members, too.
            before: Users before this one, or whose account is older than this.
            after: Users after this one, or whose account is younger than this.
            oldest_first: From the smallest id up, or (False) from the greatest down; by
                default down where only `before` is given, else up.
            limit: How many at most; None for all.
            timeout: Seconds for each page, waits included.

        See https://discord.com/developers/docs/resources/guild-scheduled-event#get-guild-scheduled-event-users
        """

        def fetch(
            before: int | None, after: int | None, size: int
        ) -> list[GuildScheduledEventUser]:
            return self.get_guild_scheduled_event_users(
                guild_id,
                event_id,
                with_member=with_member,
                before=before,
                after=after,
                limit=size,
                timeout=timeout,
            )

        return by_id(
            fetch,
            user_id_of,
            before=before,
            after=after,
            oldest_first=oldest_first,
            rising=True,
            limit=limit,
            page=USERS_PAGE,
        )

    def get_guild_scheduled_event_user_counts(
        self,
        guild_id: SnowflakeLike,
        event_id: SnowflakeLike,
        *,
        exception_ids: Sequence[SnowflakeLike] = (),
        timeout: float | None = None,
    ) -> GuildScheduledEventUserCounts:
        """Count who is interested in an event, and in exceptions of it.

        Discord's OpenAPI description has it, its documentation has not.

        Args:
            guild_id: Which guild.
            event_id: Which event.
            exception_ids: Which exceptions.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/guild-scheduled-event
        """
        listed = ids(exception_ids, "exception_ids")
        query = {"guild_scheduled_event_exception_ids": listed or None}
        target = _COUNTS(guild_id, event_id)
        return self._fetch(GuildScheduledEventUserCounts, target, query=query, timeout=timeout)


def check_times(body: Mapping[str, Any]) -> None:
    """Refuse a body that ends before it begins, or whose location is too long.

    Raises:
        InvalidArgument: With the field.
    """
    metadata = mapped("entity_metadata", body.get("entity_metadata") or {})
    location = metadata.get("location")
    at_most("entity_metadata.location", location, 100, least=1)
    start, end = body.get("scheduled_start_time"), body.get("scheduled_end_time")
    # Both are written in UTC and alike, so that they compare as texts.
    if start is not None and end is not None and end <= start:
        raise InvalidArgument("scheduled_end_time must be after scheduled_start_time")


def users_query(
    with_member: bool | None,
    before: SnowflakeLike | None,
    after: SnowflakeLike | None,
    limit: int | None,
) -> dict[str, Any]:
    """Return the query for a page of users.

    Raises:
        InvalidArgument: Both before and after, or a bad limit.
    """
    exclusive(before=before, after=after)
    between("limit", limit, 1, USERS_PAGE)
    return {
        "with_member": with_member,
        "before": moment(before, "before"),
        "after": moment(after, "after"),
        "limit": limit,
    }


def user_id_of(entry: GuildScheduledEventUser) -> int:
    """Return who an entry is about; pages are in the order of these ids."""
    if entry.user is not None:
        return entry.user.id
    return entry.user_id or 0
