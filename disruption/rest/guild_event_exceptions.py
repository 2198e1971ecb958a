"""Exceptions of recurring events: one time of an event that is moved or left out.

Discord's OpenAPI description has them, its documentation has not.

See https://discord.com/developers/docs/resources/guild-scheduled-event
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from disruption.rest.core import RestCore
from disruption.rest.fields import When, put_time
from disruption.rest.guild_scheduled_events import (
    USERS_PAGE,
    check_times,
    user_id_of,
    users_query,
)
from disruption.rest.paging import After, Before, by_id
from disruption.rest.payload import put
from disruption.rest.route import Route, SnowflakeLike
from disruption.types import UNSET, GuildScheduledEventException, GuildScheduledEventUser, Unset

__all__ = ["GuildEventExceptionRoutes"]

_EVENT: Final = "/guilds/{guild_id}/scheduled-events/{event_id}"
_EXCEPTION: Final = _EVENT + "/exceptions/{exception_id}"

_CREATE = Route("POST", _EVENT + "/exceptions")
_MODIFY = Route("PATCH", _EXCEPTION)
_DELETE = Route("DELETE", _EXCEPTION)
_USERS = Route("GET", _EVENT + "/{exception_id}/users")


class GuildEventExceptionRoutes(RestCore):
    """Exceptions of recurring events."""

    def create_guild_scheduled_event_exception(
        self,
        guild_id: SnowflakeLike,
        event_id: SnowflakeLike,
        *,
        original_scheduled_start_time: When,
        scheduled_start_time: When | Unset | None = UNSET,
        scheduled_end_time: When | Unset | None = UNSET,
        is_canceled: bool | Unset | None = UNSET,
        timeout: float | None = None,
    ) -> GuildScheduledEventException:
        """Move or cancel one time of a recurring event.

        Args:
            guild_id: Where it is.
            event_id: Which event.
            original_scheduled_start_time: When that time would begin.
            scheduled_start_time: When it begins instead.
            scheduled_end_time: When it ends instead.
            is_canceled: Whether it is left out.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/guild-scheduled-event
        """
        body: dict[str, Any] = {}
        put_time(body, "original_scheduled_start_time", original_scheduled_start_time)
        _put(body, scheduled_start_time, scheduled_end_time, is_canceled)
        target = _CREATE(guild_id, event_id)
        return self._fetch(GuildScheduledEventException, target, body, timeout=timeout)

    def modify_guild_scheduled_event_exception(
        self,
        guild_id: SnowflakeLike,
        event_id: SnowflakeLike,
        exception_id: SnowflakeLike,
        *,
        scheduled_start_time: When | Unset | None = UNSET,
        scheduled_end_time: When | Unset | None = UNSET,
        is_canceled: bool | Unset | None = UNSET,
        timeout: float | None = None,
    ) -> GuildScheduledEventException:
        """Change what is different about one time of a recurring event.

        Args:
            guild_id: Where it is.
            event_id: Which event.
            exception_id: Which exception.
            scheduled_start_time: When it begins instead.
            scheduled_end_time: When it ends instead.
            is_canceled: Whether it is left out.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/guild-scheduled-event
        """
        body: dict[str, Any] = {}
        _put(body, scheduled_start_time, scheduled_end_time, is_canceled)
        target = _MODIFY(guild_id, event_id, exception_id)
        return self._fetch(GuildScheduledEventException, target, body, timeout=timeout)

    def delete_guild_scheduled_event_exception(
        self,
        guild_id: SnowflakeLike,
        event_id: SnowflakeLike,
        exception_id: SnowflakeLike,
        *,
        timeout: float | None = None,
    ) -> None:
        """Let one time of a recurring event be like the others again.

        See https://discord.com/developers/docs/resources/guild-scheduled-event
        """
        self._do(_DELETE(guild_id, event_id, exception_id), timeout=timeout)

    def get_guild_scheduled_event_exception_users(
        self,
        guild_id: SnowflakeLike,
        event_id: SnowflakeLike,
        exception_id: SnowflakeLike,
        *,
        with_member: bool | None = None,
        before: SnowflakeLike | None = None,
        after: SnowflakeLike | None = None,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> list[GuildScheduledEventUser]:
        """Get who is interested in one time of a recurring event, by the user's id.

        Args:
            guild_id: Which guild.
            event_id: Which event.
            exception_id: Which exception.
            with_member: Get them as members, too.
            before: Users before this one.
            after: Users after this one.
            limit: How many, 1 to 100.
            timeout: Seconds for the whole call, waits included.

        See https://discord.com/developers/docs/resources/guild-scheduled-event
        """
        query = users_query(with_member, before, after, limit)
        target = _USERS(guild_id, event_id, exception_id)
        return self._fetch(list[GuildScheduledEventUser], target, query=query, timeout=timeout)

    def iter_guild_scheduled_event_exception_users(
        self,
        guild_id: SnowflakeLike,
        event_id: SnowflakeLike,
        exception_id: SnowflakeLike,
        *,
        with_member: bool | None = None,
        before: Before | None = None,
        after: After | None = None,
        oldest_first: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[GuildScheduledEventUser]:
        """Go through those who are interested in one time of a recurring event, by their ids.

        Args:
            guild_id: Which guild.
            event_id: Which event.
            exception_id: Which exception.
            with_member: Get them as members, too.
            before: Users before this one.
            after: Users after this one.
            oldest_first: In which direction, where `before` and `after` do not say.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/guild-scheduled-event
        """

        def fetch(
            before: int | None, after: int | None, size: int
        ) -> list[GuildScheduledEventUser]:
            return self.get_guild_scheduled_event_exception_users(
                guild_id,
                event_id,
                exception_id,
                with_member=with_member,
                before=before,
                after=after,
                limit=size,
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


def _put(
    body: dict[str, Any],
    scheduled_start_time: When | Unset | None,
    scheduled_end_time: When | Unset | None,
    is_canceled: bool | Unset | None,
) -> None:
    put_time(body, "scheduled_start_time", scheduled_start_time)
    put_time(body, "scheduled_end_time", scheduled_end_time)
    put(body, is_canceled=is_canceled)
    check_times(body)
