"""Teams.

The types of https://discord.com/developers/docs/topics/teams
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .core.base import Entity, Model, model
from .core.enums import OpenIntEnum, OpenStrEnum
from .core.snowflake import Snowflake
from .user import PartialUser

if TYPE_CHECKING:
    from .cdn import Asset

__all__ = ["MembershipState", "Team", "TeamMember", "TeamMemberRoleType"]


class TeamMemberRoleType(OpenStrEnum):
    """See https://discord.com/developers/docs/topics/teams#team-member-roles"""

    OWNER = ""
    ADMIN = "admin"
    DEVELOPER = "developer"
    READ_ONLY = "read_only"


class MembershipState(OpenIntEnum):
    """See https://discord.com/developers/docs/topics/teams#data-models"""

    INVITED = 1
    ACCEPTED = 2


@model
class Team(Entity):
    """Team.

    See https://discord.com/developers/docs/topics/teams#data-models
    """

    icon: str | None
    members: list[TeamMember]
    name: str
    owner_user_id: Snowflake

    @property
    def icon_asset(self) -> Asset | None:
        """The icon, where there is one."""
        from . import cdn

        return cdn.team_icon(self.id, self.icon) if self.icon else None


@model
class TeamMember(Model):
    """Team Member.

    See https://discord.com/developers/docs/topics/teams#data-models
    """

    membership_state: MembershipState
    team_id: Snowflake
    user: PartialUser
    role: TeamMemberRoleType | None = None
    permissions: list[str] | None = None
