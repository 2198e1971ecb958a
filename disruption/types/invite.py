"""Invite.

The types of https://discord.com/developers/docs/resources/invite
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .application import PartialApplication
from .channel import PartialChannel
from .core.base import Bound, Model, model
from .core.enums import OpenFlag, OpenIntEnum
from .core.snowflake import Snowflake
from .core.timestamp import Timestamp
from .core.unset import UNSET, Unset
from .guild import PartialGuild
from .guild_scheduled_event import GuildScheduledEvent
from .member import GuildMember
from .permissions import PartialRole
from .user import User

if TYPE_CHECKING:
    from ..rest.invites import Targets

__all__ = [
    "GuildInviteFlags",
    "Invite",
    "InviteMetadata",
    "InviteStageInstance",
    "InviteTargetType",
    "InviteType",
    "TargetUsersJobStatus",
    "TargetUsersJobStatusCode",
]


class InviteType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/invite#invite-object"""

    GUILD = 0
    GROUP_DM = 1
    FRIEND = 2


class InviteTargetType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/invite#invite-object"""

    STREAM = 1
    EMBEDDED_APPLICATION = 2


class GuildInviteFlags(OpenFlag):
    """See https://discord.com/developers/docs/resources/invite#invite-object"""

    NONE = 0
    IS_GUEST_INVITE = 1 << 0


class TargetUsersJobStatusCode(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/invite#get-target-users-job-status"""

    UNSPECIFIED = 0
    PROCESSING = 1
    COMPLETED = 2
    FAILED = 3


@model
class Invite(Bound):
    """Invite.

    See https://discord.com/developers/docs/resources/invite#invite-object
    """

    type: InviteType
    code: str
    guild: PartialGuild | None = None
    channel: PartialChannel | None
    inviter: User | None = None
    target_type: InviteTargetType | None = None
    target_user: User | None = None
    target_application: PartialApplication | None = None
    approximate_presence_count: int | Unset | None = UNSET
    approximate_member_count: int | Unset | None = UNSET
    expires_at: Timestamp | None
    guild_scheduled_event: GuildScheduledEvent | None = None
    flags: GuildInviteFlags | None = None
    roles: list[PartialRole] | Unset | None = UNSET
    created_at: Timestamp | None = None
    friends_count: int | None = None
    guild_id: Snowflake | None = None
    is_contact: bool | None = None
    is_nickname_changeable: bool | None = None
    liveliness: dict[str, Any] | Unset | None = UNSET
    max_age: int | None = None
    max_uses: int | None = None
    target_channel_id: Snowflake | None = None
    target_message_id: Snowflake | None = None
    temporary: bool | None = None
    uses: int | None = None

    @property
    def url(self) -> str:
        """The link that people follow."""
        return f"https://discord.gg/{self.code}"

    def fetch(self, *, with_counts: bool | None = None) -> Invite:
        """Ask Discord for the invite as it is now.

        Args:
            with_counts: Count the guild's members.

        See https://discord.com/developers/docs/resources/invite#get-invite
        """
        return self._bound().rest.get_invite(self, with_counts=with_counts)

    def delete(self, *, reason: str | None = None) -> Invite:
        """Delete the invite, and return what it was.

        Args:
            reason: Shown in the audit log, at most 512 characters.

        See https://discord.com/developers/docs/resources/invite#delete-invite
        """
        return self._bound().rest.delete_invite(self, reason=reason)

    def fetch_target_users(self) -> list[Snowflake]:
        """Ask Discord for the ids of those who alone may use the invite.

        See https://discord.com/developers/docs/resources/invite#get-target-users
        """
        return self._bound().rest.get_target_users(self)

    def set_target_users(self, users: Targets) -> None:
        """Say anew who alone may use the invite; Discord takes some time to do it.

        Args:
            users: Ids or users, or a CSV `File` with a single column of ids.

        See https://discord.com/developers/docs/resources/invite#update-target-users
        """
        self._bound().rest.update_target_users(self, target_users=users)

    def fetch_target_users_status(self) -> TargetUsersJobStatus:
        """Ask Discord how far it is with the list of users.

        See https://discord.com/developers/docs/resources/invite#get-target-users-job-status
        """
        return self._bound().rest.get_target_users_job_status(self)


@model
class InviteMetadata(Model):
    """Invite Metadata.

    See https://discord.com/developers/docs/resources/invite#invite-metadata-object
    """

    uses: int
    max_uses: int
    max_age: int
    temporary: bool
    created_at: Timestamp


@model
class InviteStageInstance(Model):
    """Invite Stage Instance.

    See https://discord.com/developers/docs/resources/invite#invite-stage-instance-object
    """

    members: list[GuildMember]
    participant_count: int
    speaker_count: int
    topic: str


@model
class TargetUsersJobStatus(Model):
    """How far Discord is with the list of users that an invite is for.

    See https://discord.com/developers/docs/resources/invite#get-target-users-job-status
    """

    status: TargetUsersJobStatusCode
    total_users: int
    processed_users: int
    created_at: Timestamp | None
    completed_at: Timestamp | None
    error_message: str | Unset | None = UNSET
