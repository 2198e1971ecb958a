"""What can be done with scheduled events, stages, templates, rules and join requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.base import Bound, Entity
from ..core.unset import UNSET
from .owner import guild_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from typing_extensions import Unpack

    from ...rest.fields import When
    from ...rest.paging import After, Before
    from ...rest.route import SnowflakeLike
    from ..auto_moderation import AutoModerationRule
    from ..core.unset import Unset
    from ..guild_scheduled_event import (
        GuildScheduledEvent,
        GuildScheduledEventException,
        GuildScheduledEventUser,
        GuildScheduledEventUserCounts,
    )
    from ..guild_template import GuildTemplate
    from ..join_request import GuildJoinRequest
    from ..stage_instance import StageInstance
    from .options import AutoModerationRuleOptions, EventEdits

__all__ = [
    "AutoModerationRuleVerbs",
    "JoinRequestVerbs",
    "ScheduledEventVerbs",
    "StageInstanceVerbs",
    "TemplateVerbs",
]


class ScheduledEventVerbs(Entity):
    """What can be done with scheduled events."""

    def fetch(self, *, with_user_count: bool | None = None) -> GuildScheduledEvent:
        """Ask Discord for the event as it is now.

        See https://discord.com/developers/docs/resources/guild-scheduled-event#get-guild-scheduled-event
        """
        return self._bound().rest.get_guild_scheduled_event(
            guild_of(self), self.id, with_user_count=with_user_count
        )

    def edit(self, **changes: Unpack[EventEdits]) -> GuildScheduledEvent:
        """Change the event; what is not given stays, None clears.

        Args:
            changes: As `Rest.modify_guild_scheduled_event` takes them: name,
                scheduled_start_time, description, image, reason, ….

        See https://discord.com/developers/docs/resources/guild-scheduled-event#modify-guild-scheduled-event
        """
        rest = self._bound().rest
        return rest.modify_guild_scheduled_event(guild_of(self), self.id, **changes)

    def start(self, *, reason: str | None = None) -> GuildScheduledEvent:
        """Begin the event.

        See https://discord.com/developers/docs/resources/guild-scheduled-event#modify-guild-scheduled-event
        """
        return self.edit(status=2, reason=reason)

    def end(self, *, reason: str | None = None) -> GuildScheduledEvent:
        """End the event, which has begun.

        See https://discord.com/developers/docs/resources/guild-scheduled-event#modify-guild-scheduled-event
        """
        return self.edit(status=3, reason=reason)

    def cancel(self, *, reason: str | None = None) -> GuildScheduledEvent:
        """Call the event off, which has not begun.

        See https://discord.com/developers/docs/resources/guild-scheduled-event#modify-guild-scheduled-event
        """
        return self.edit(status=4, reason=reason)

    def delete(self) -> None:
        """Delete the event.

        See https://discord.com/developers/docs/resources/guild-scheduled-event#delete-guild-scheduled-event
        """
        self._bound().rest.delete_guild_scheduled_event(guild_of(self), self.id)

    def users(
        self,
        *,
        with_member: bool | None = None,
        before: Before | None = None,
        after: After | None = None,
        limit: int | None = None,
    ) -> Iterator[GuildScheduledEventUser]:
        """Go through those who are interested, by the user's id, a page at a time.

        Args:
            with_member: Get them as members, too.
            before: Users before this one; alone, it goes down from there.
            after: Users after this one.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/guild-scheduled-event#get-guild-scheduled-event-users
        """
        return self._bound().rest.iter_guild_scheduled_event_users(
            guild_of(self),
            self.id,
            with_member=with_member,
            before=before,
            after=after,
            limit=limit,
        )

    def fetch_user_counts(
        self, exceptions: Sequence[GuildScheduledEventException | SnowflakeLike] = ()
    ) -> GuildScheduledEventUserCounts:
        """Ask Discord how many are interested, in all and in single times of the event.

        Args:
            exceptions: Which times, where they are exceptions.

        See https://discord.com/developers/docs/resources/guild-scheduled-event
        """
        from ...rest.checks import several

        numbers = [_exception(each) for each in several("exceptions", exceptions)]
        return self._bound().rest.get_guild_scheduled_event_user_counts(
            guild_of(self), self.id, exception_ids=numbers
        )

    # One time of a recurring event -------------------------------------------------------

    def create_exception(
        self,
        original_start: When,
        *,
        start: When | Unset | None = UNSET,
        end: When | Unset | None = UNSET,
        is_canceled: bool | Unset | None = UNSET,
    ) -> GuildScheduledEventException:
        """Move or cancel one time of the recurring event.

        Args:
            original_start: When that time would begin.
            start: When it begins instead.
            end: When it ends instead.
            is_canceled: Whether it is left out.

        See https://discord.com/developers/docs/resources/guild-scheduled-event
        """
        return self._bound().rest.create_guild_scheduled_event_exception(
            guild_of(self),
            self.id,
            original_scheduled_start_time=original_start,
            scheduled_start_time=start,
            scheduled_end_time=end,
            is_canceled=is_canceled,
        )

    def edit_exception(
        self,
        exception: GuildScheduledEventException | SnowflakeLike,
        *,
        start: When | Unset | None = UNSET,
        end: When | Unset | None = UNSET,
        is_canceled: bool | Unset | None = UNSET,
    ) -> GuildScheduledEventException:
        """Change what is different about one time of the event; what is not given stays.

        Args:
            exception: Which exception.
            start: When it begins instead.
            end: When it ends instead.
            is_canceled: Whether it is left out.

        See https://discord.com/developers/docs/resources/guild-scheduled-event
        """
        return self._bound().rest.modify_guild_scheduled_event_exception(
            guild_of(self),
            self.id,
            _exception(exception),
            scheduled_start_time=start,
            scheduled_end_time=end,
            is_canceled=is_canceled,
        )

    def delete_exception(self, exception: GuildScheduledEventException | SnowflakeLike) -> None:
        """Let one time of the event be like the others again.

        See https://discord.com/developers/docs/resources/guild-scheduled-event
        """
        self._bound().rest.delete_guild_scheduled_event_exception(
            guild_of(self), self.id, _exception(exception)
        )

    def exception_users(
        self,
        exception: GuildScheduledEventException | SnowflakeLike,
        *,
        with_member: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[GuildScheduledEventUser]:
        """Go through those who are interested in one time of the event, by the user's id.

        Args:
            exception: Which exception.
            with_member: Get them as members, too.
            limit: How many at most; None for all.

        See https://discord.com/developers/docs/resources/guild-scheduled-event
        """
        return self._bound().rest.iter_guild_scheduled_event_exception_users(
            guild_of(self), self.id, _exception(exception), with_member=with_member, limit=limit
        )


def _exception(value: GuildScheduledEventException | SnowflakeLike) -> SnowflakeLike:
    """Return the id of an exception, which is not called ``id``."""
    number: SnowflakeLike | None = getattr(value, "event_exception_id", None)
    return value if number is None else number  # type: ignore[return-value]  # it has no id then


class StageInstanceVerbs(Entity):
    """What can be done with a stage that is live."""

    def edit(
        self,
        *,
        topic: str | Unset = UNSET,
        privacy_level: int | Unset = UNSET,
        reason: str | None = None,
    ) -> StageInstance:
        """Change it; what is not given stays.

        Args:
            topic: 1 to 120 characters.
            privacy_level: `StagePrivacyLevel`.
            reason: Shown in the audit log, at most 512 characters.

        See https://discord.com/developers/docs/resources/stage-instance#modify-stage-instance
        """
        return self._bound().rest.modify_stage_instance(
            self._stage(), topic=topic, privacy_level=privacy_level, reason=reason
        )

    def delete(self, *, reason: str | None = None) -> None:
        """End it.

        See https://discord.com/developers/docs/resources/stage-instance#delete-stage-instance
        """
        self._bound().rest.delete_stage_instance(self._stage(), reason=reason)

    def _stage(self) -> int:
        number: int = self.channel_id  # type: ignore[attr-defined]  # a field of the class below
        return number


class TemplateVerbs(Bound):
    """What can be done with the template of a guild."""

    def fetch(self) -> GuildTemplate:
        """Ask Discord for the template as it is now.

        See https://discord.com/developers/docs/resources/guild-template#get-guild-template
        """
        return self._bound().rest.get_guild_template(self._place()[1])

    def edit(
        self, *, name: str | Unset = UNSET, description: str | Unset | None = UNSET
    ) -> GuildTemplate:
        """Change it; what is not given stays.

        Args:
            name: 1 to 100 characters.
            description: At most 120 characters; None for none.

        See https://discord.com/developers/docs/resources/guild-template#modify-guild-template
        """
        return self._bound().rest.modify_guild_template(
            *self._place(), name=name, description=description
        )

    def sync(self) -> GuildTemplate:
        """Bring it to what its guild is now.

        See https://discord.com/developers/docs/resources/guild-template#sync-guild-template
        """
        return self._bound().rest.sync_guild_template(*self._place())

    def delete(self) -> GuildTemplate:
        """Delete it, and return what it was.

        See https://discord.com/developers/docs/resources/guild-template#delete-guild-template
        """
        return self._bound().rest.delete_guild_template(*self._place())

    def _place(self) -> tuple[int, str]:
        return self.source_guild_id, self.code  # type: ignore[attr-defined]  # fields


class AutoModerationRuleVerbs(Entity):
    """What can be done with a rule of auto moderation."""

    def edit(self, **changes: Unpack[AutoModerationRuleOptions]) -> AutoModerationRule:
        """Change the rule; what is not given stays.

        Args:
            changes: As `Rest.modify_auto_moderation_rule` takes them: name, actions,
                enabled, trigger_metadata, reason, ….

        See https://discord.com/developers/docs/resources/auto-moderation#modify-auto-moderation-rule
        """
        rest = self._bound().rest
        return rest.modify_auto_moderation_rule(guild_of(self), self.id, **changes)

    def delete(self, *, reason: str | None = None) -> None:
        """Delete the rule.

        See https://discord.com/developers/docs/resources/auto-moderation#delete-auto-moderation-rule
        """
        self._bound().rest.delete_auto_moderation_rule(guild_of(self), self.id, reason=reason)


class JoinRequestVerbs(Entity):
    """What can be done with a request to become a member."""

    def approve(self) -> GuildJoinRequest:
        """Let them in."""
        rest = self._bound().rest
        return rest.action_guild_join_request(guild_of(self), self.id, action="APPROVED")

    def reject(self, rejection_reason: str | None = None) -> GuildJoinRequest:
        """Do not let them in.

        Args:
            rejection_reason: Why not.
        """
        return self._bound().rest.action_guild_join_request(
            guild_of(self), self.id, action="REJECTED", rejection_reason=rejection_reason
        )
