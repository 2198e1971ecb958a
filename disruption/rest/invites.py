"""Invites; how one is made is with the channels.

See https://discord.com/developers/docs/resources/invite
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, Protocol

from disruption.errors import InvalidArgument
from disruption.rest.core import RestCore
from disruption.rest.files import File
from disruption.rest.multipart import Multipart
from disruption.rest.payload import ids
from disruption.rest.route import Route, SnowflakeLike, snowflake
from disruption.types import Invite, Snowflake, TargetUsersJobStatus

if TYPE_CHECKING:
    from typing import TypeAlias

__all__ = ["InviteLike", "InviteRoutes", "Targets", "invite_code", "targets_file"]

_INVITE: Final = "/invites/{code}"

_GET = Route("GET", _INVITE)
_DELETE = Route("DELETE", _INVITE)
_TARGETS = Route("GET", _INVITE + "/target-users")
_SET_TARGETS = Route("PUT", _INVITE + "/target-users")
_TARGETS_JOB = Route("GET", _INVITE + "/target-users/job-status")

_URL: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?:discord\.gg|discord(?:app)?\.com/invite)/([\w-]+)/?(?:[?#].*)?\Z",
    re.ASCII,
)


class _HasCode(Protocol):
    @property
    def code(self) -> str: ...


InviteLike: TypeAlias = "str | _HasCode"
"""An invite, its code, or its address."""

Targets: TypeAlias = "Iterable[SnowflakeLike] | File"
"""Who may use an invite: ids or users, or a CSV file with a single column of ids."""


def invite_code(value: InviteLike) -> str:
    """Return the code of an invite.

    Raises:
        InvalidArgument: It is none, and no address of one.
    """
    code: object = value if isinstance(value, str) else getattr(value, "code", None)
    if not isinstance(code, str):
        raise InvalidArgument(
            f"code must be an invite, its code or its address, not {type(value).__name__}"
        )
    found = _URL.match(code.strip())
    return found[1] if found else code.strip()


def targets_file(targets: Targets) -> File:
    """Return the CSV file that Discord takes; each id is in it once.

    Raises:
        InvalidArgument: There is none in it, or one is no id.
    """
    if isinstance(targets, File):
        return targets
    if isinstance(targets, str | bytes):
        raise InvalidArgument("target_users must be ids or users, or a File with CSV in it")
    listed = list(dict.fromkeys(ids(targets, "target_users")))
    if not listed:
        raise InvalidArgument("target_users must have at least one user")
    text = "".join(f"{line}\n" for line in ("user_id", *listed))
    return File(text.encode(), filename="target_users.csv", content_type="text/csv")


class InviteRoutes(RestCore):
    """Invites."""

    def get_invite(
        self,
        code: InviteLike,
        *,
        with_counts: bool | None = None,
        guild_scheduled_event_id: SnowflakeLike | None = None,
        target_channel_id: SnowflakeLike | None = None,
        target_message_id: SnowflakeLike | None = None,
        timeout: float | None = None,
    ) -> Invite:
        """Get an invite.

        Args:
            code: The code, the address, or an `Invite`.
            with_counts: Count the guild's members.
            guild_scheduled_event_id: The event to show with it.
            target_channel_id: The channel to show with it.
            target_message_id: The message to show with it.
            timeout: Seconds for the whole call, waits included.

        Raises:
            NotFound: There is no such invite, or it has ended.

        See https://discord.com/developers/docs/resources/invite#get-invite
        """
        query: dict[str, Any] = {"with_counts": with_counts}
        for name, value in (
            ("guild_scheduled_event_id", guild_scheduled_event_id),
            ("target_channel_id", target_channel_id),
            ("target_message_id", target_message_id),
        ):
            query[name] = None if value is None else snowflake(value, name)
        return self._fetch(Invite, _GET(invite_code(code)), query=query, timeout=timeout)

    def delete_invite(
        self, code: InviteLike, *, reason: str | None = None, timeout: float | None = None
    ) -> Invite:
        """Delete an invite, and return what it was.

        Raises:
            Forbidden: MANAGE_CHANNELS in its channel and MANAGE_GUILD are missing.

        See https://discord.com/developers/docs/resources/invite#delete-invite
        """
        return self._fetch(Invite, _DELETE(invite_code(code)), reason=reason, timeout=timeout)

    def get_target_users(
        self, code: InviteLike, *, timeout: float | None = None
    ) -> list[Snowflake]:
        """Get the ids of those who alone may use an invite.

        Raises:
            Forbidden: It is somebody else's, and MANAGE_GUILD and VIEW_AUDIT_LOG are missing.

        See https://discord.com/developers/docs/resources/invite#get-target-users
        """
        return self._call(_parse_targets, _TARGETS(invite_code(code)), None, timeout=timeout)

    def update_target_users(
        self, code: InviteLike, *, target_users: Targets, timeout: float | None = None
    ) -> None:
        """Say anew who alone may use an invite; Discord takes some time to do it.

        Args:
            code: The code, the address, or an `Invite`.
            target_users: Ids or users, or a CSV `File` with a single column of ids.
            timeout: Seconds for the whole call, waits included.

        Raises:
            BadRequest: An id is not one of a user.
            Forbidden: It is somebody else's, and MANAGE_GUILD is missing.

        See https://discord.com/developers/docs/resources/invite#update-target-users
        """
        form = Multipart(None, [targets_file(target_users)], names=["target_users_file"])
        self._do(_SET_TARGETS(invite_code(code)), form, timeout=timeout)

    def get_target_users_job_status(
        self, code: InviteLike, *, timeout: float | None = None
    ) -> TargetUsersJobStatus:
        """Get how far Discord is with the list of users that an invite is for.

        See https://discord.com/developers/docs/resources/invite#get-target-users-job-status
        """
        return self._fetch(TargetUsersJobStatus, _TARGETS_JOB(invite_code(code)), timeout=timeout)


def _parse_targets(body: bytes) -> list[Snowflake]:
    # A header, then one id a line.
    cells = (line.strip().strip('"') for line in body.decode("utf-8", "replace").splitlines())
    return [Snowflake(int(cell)) for cell in cells if cell.isascii() and cell.isdigit()]
