"""What can be done with scheduled events, stages, templates, rules and join requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.base import Bound, Entity
from ..core.unset import UNSET
from .owner import guild_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import Unpack

    from ...rest.paging import After, Before
    from ..auto_moderation import AutoModerationRule
    from ..core.unset import Unset
    from ..guild_scheduled_event import GuildScheduledEvent, GuildScheduledEventUser
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
