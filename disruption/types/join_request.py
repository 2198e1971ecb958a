"""Join requests: people who want to become members of a guild that is asked first.

Discord's OpenAPI description has them, its documentation has not.
"""

from __future__ import annotations

from typing import Any

from .core.base import Model, model
from .core.enums import OpenStrEnum
from .core.snowflake import Snowflake
from .core.timestamp import Timestamp
from .core.unset import UNSET, Unset
from .user import User
from .verbs.guild_parts import JoinRequestVerbs

__all__ = ["GuildJoinRequest", "GuildJoinRequestList", "GuildJoinRequestStatus", "JoinFormField"]


class GuildJoinRequestStatus(OpenStrEnum):
    """Where a request stands."""

    STARTED = "STARTED"
    SUBMITTED = "SUBMITTED"
    REJECTED = "REJECTED"
    APPROVED = "APPROVED"


@model
class JoinFormField(Model):
    """A question to the applicant with its answer; each type has the fields that it needs."""

    field_type: str
    label: str | None = None
    description: str | None = None
    required: bool | None = None
    choices: list[str] | None = None
    values: list[str] | None = None
    placeholder: str | None = None
    response: Any = UNSET


@model
class GuildJoinRequest(JoinRequestVerbs):
    """Somebody's request to become a member."""

    created_at: Timestamp
    reviewed_at: Timestamp | None
    application_status: GuildJoinRequestStatus | None
    rejection_reason: str | None
    guild_id: Snowflake
    user_id: Snowflake
    user: User | Unset | None = UNSET
    form_responses: list[JoinFormField] | Unset | None = UNSET
    actioned_by_user: User | Unset | None = UNSET


@model
class GuildJoinRequestList(Model):
    """One page of the requests to a guild."""

    total: int | None = None
    guild_join_requests: list[GuildJoinRequest] | None = None
