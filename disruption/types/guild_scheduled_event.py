"""Guild scheduled event.

The types of https://discord.com/developers/docs/resources/guild-scheduled-event
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .core.base import Model, model
from .core.enums import OpenIntEnum
from .core.snowflake import Snowflake
from .core.timestamp import Timestamp
from .core.unset import UNSET, Unset
from .member import GuildMember
from .user import User
from .verbs.guild_parts import ScheduledEventVerbs

if TYPE_CHECKING:
    from .cdn import Asset

__all__ = [
    "GuildScheduledEvent",
    "GuildScheduledEventEntityMetadata",
    "GuildScheduledEventEntityType",
    "GuildScheduledEventException",
    "GuildScheduledEventPrivacyLevel",
    "GuildScheduledEventRecurrenceRule",
    "GuildScheduledEventRecurrenceRuleFrequency",
    "GuildScheduledEventRecurrenceRuleMonth",
    "GuildScheduledEventRecurrenceRuleNWeekday",
    "GuildScheduledEventRecurrenceRuleWeekday",
    "GuildScheduledEventStatus",
    "GuildScheduledEventUser",
    "GuildScheduledEventUserCounts",
]


class GuildScheduledEventPrivacyLevel(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/guild-scheduled-event#guild-scheduled-event-object"""

    GUILD_ONLY = 2


class GuildScheduledEventEntityType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/guild-scheduled-event#guild-scheduled-event-object"""

    STAGE_INSTANCE = 1
    VOICE = 2
    EXTERNAL = 3


class GuildScheduledEventStatus(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/guild-scheduled-event#guild-scheduled-event-object"""

    SCHEDULED = 1
    ACTIVE = 2
    COMPLETED = 3
    CANCELED = 4


class GuildScheduledEventRecurrenceRuleFrequency(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object"""

    YEARLY = 0
    MONTHLY = 1
    WEEKLY = 2
    DAILY = 3


class GuildScheduledEventRecurrenceRuleWeekday(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object"""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class GuildScheduledEventRecurrenceRuleMonth(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object"""

    JANUARY = 1
    FEBRUARY = 2
    MARCH = 3
    APRIL = 4
    MAY = 5
    JUNE = 6
    JULY = 7
    AUGUST = 8
    SEPTEMBER = 9
    OCTOBER = 10
    NOVEMBER = 11
    DECEMBER = 12


@model
class GuildScheduledEvent(ScheduledEventVerbs):
    """Guild Scheduled Event.

    See https://discord.com/developers/docs/resources/guild-scheduled-event#guild-scheduled-event-object
    """

    guild_id: Snowflake
    channel_id: Snowflake | None
    creator_id: Snowflake | Unset | None = UNSET
    name: str
    description: str | Unset | None = UNSET
    scheduled_start_time: Timestamp
    scheduled_end_time: Timestamp | None
    privacy_level: GuildScheduledEventPrivacyLevel
    status: GuildScheduledEventStatus
    entity_type: GuildScheduledEventEntityType
    entity_id: Snowflake | None
    entity_metadata: GuildScheduledEventEntityMetadata | Unset | None = UNSET
    creator: User | None = None
    user_count: int | None = None
    image: str | Unset | None = UNSET
    recurrence_rule: GuildScheduledEventRecurrenceRule | None
    guild_scheduled_event_exceptions: list[GuildScheduledEventException] | None = None
    user_rsvp: dict[str, Any] | Unset | None = UNSET

    @property
    def image_asset(self) -> Asset | None:
        """The cover, where there is one."""
        from . import cdn

        return cdn.scheduled_event_cover(self.id, self.image) if self.image else None

    @property
    def url(self) -> str:
        """The link that shows it in Discord."""
        return f"https://discord.com/events/{self.guild_id}/{self.id}"


@model
class GuildScheduledEventEntityMetadata(Model):
    """Guild Scheduled Event Entity Metadata.

    See https://discord.com/developers/docs/resources/guild-scheduled-event#guild-scheduled-event-object
    """

    location: str | None = None


@model
class GuildScheduledEventUser(Model):
    """Guild Scheduled Event User.

    See https://discord.com/developers/docs/resources/guild-scheduled-event#guild-scheduled-event-user-object
    """

    guild_scheduled_event_id: Snowflake
    user: User | None = None
    member: GuildMember | None = None
    guild_scheduled_event_exception_id: Snowflake | Unset | None = UNSET
    response: int | None = None
    user_id: Snowflake | None = None


@model
class GuildScheduledEventUserCounts(Model):
    """How many users are interested in an event, and in each exception of it, by id."""

    guild_scheduled_event_count: int
    guild_scheduled_event_exception_counts: dict[Snowflake, int]


@model
class GuildScheduledEventException(Model):
    """One time of a recurring event that is not as the others: moved, or canceled."""

    event_id: Snowflake
    event_exception_id: Snowflake
    scheduled_start_time: Timestamp | None
    scheduled_end_time: Timestamp | None
    is_canceled: bool


@model
class GuildScheduledEventRecurrenceRule(Model):
    """Guild Scheduled Event Recurrence Rule.

    See https://discord.com/developers/docs/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object
    """

    start: Timestamp
    end: Timestamp | Unset | None = UNSET
    frequency: GuildScheduledEventRecurrenceRuleFrequency
    interval: int
    by_weekday: list[GuildScheduledEventRecurrenceRuleWeekday] | None
    by_n_weekday: list[GuildScheduledEventRecurrenceRuleNWeekday] | None
    by_month: list[GuildScheduledEventRecurrenceRuleMonth] | None
    by_month_day: list[int] | None
    by_year_day: list[int] | Unset | None = UNSET
    count: int | Unset | None = UNSET


@model
class GuildScheduledEventRecurrenceRuleNWeekday(Model):
    """Guild Scheduled Event Recurrence Rule - N_Weekday.

    See https://discord.com/developers/docs/resources/guild-scheduled-event#guild-scheduled-event-recurrence-rule-object
    """

    n: int
    day: GuildScheduledEventRecurrenceRuleWeekday
