"""Who owns the bot: the application's owner, or those of its team who may act for it.

See https://discord.com/developers/docs/topics/teams#team-member-roles
"""

from __future__ import annotations

import logging
import threading
import time
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from ...errors import DisruptionError
from ...types import MembershipState, TeamMemberRoleType
from ..errors import NotOwner
from ..texts import texts
from .guard import GuardDecorator

if TYPE_CHECKING:
    from ...client import Client
    from ...types import PartialApplication
    from ..context import Context

__all__ = ["OwnerOnly", "Owners", "owner_ids", "owner_only", "owners_of"]

_log = logging.getLogger("disruption.commands")

_KEPT: Final = 600.0  # seconds
_ROLES: Final = frozenset(
    (TeamMemberRoleType.OWNER, TeamMemberRoleType.ADMIN, TeamMemberRoleType.DEVELOPER)
)


def owners_of(application: PartialApplication) -> frozenset[int]:
    """Return the ids of those who own an application.

    In a team these are its owner and, of those who have accepted the invitation, its admins and
    developers; who may only read is none of them.
    """
    team = application.team
    if team:
        members = (
            int(member.user.id)
            for member in team.members
            if member.membership_state == MembershipState.ACCEPTED and member.role in _ROLES
        )
        return frozenset((int(team.owner_user_id), *members))
    return frozenset() if application.owner is None else frozenset((int(application.owner.id),))


class Owners:
    """The owners, kept for ten minutes; any thread may ask.

    Args:
        clock: Seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: tuple[float, frozenset[int]] | None = None  # until when; replaced as a whole

    def get(self, fetch: Callable[[], PartialApplication]) -> frozenset[int]:
        """Return their ids; `fetch` is asked where they are not known or too old.

        Where it fails, who was an owner a while ago is one still.

        Raises:
            DisruptionError: `fetch` failed, and they were never known.
        """
        known = self._known
        if known is not None and self._clock() < known[0]:
            return known[1]
        try:
            ids = owners_of(fetch())
        except DisruptionError as error:
            if known is None:
                raise
            _log.warning("Cannot ask who owns the application, so nothing changes: %s", error)
            ids = known[1]
        self._known = (self._clock() + _KEPT, ids)
        return ids


_of_clients: weakref.WeakKeyDictionary[Client, Owners] = weakref.WeakKeyDictionary()
_lock = threading.Lock()  # guards _of_clients


def owner_ids(client: Client) -> frozenset[int]:
    """Return the ids of those who own a client's application; asked anew every ten minutes.

    Raises:
        DisruptionError: Discord did not say.
    """
    with _lock:
        owners = _of_clients.get(client)
        if owners is None:
            owners = _of_clients[client] = Owners()
    return owners.get(client.rest.get_current_application)


class OwnerOnly:
    """Refuses all but the bot's owners."""

    def check(self, ctx: Context) -> None:
        if int(ctx.author.id) not in owner_ids(ctx.client):
            raise NotOwner(texts().not_owner(ctx))

    def __repr__(self) -> str:
        return "owner_only"


owner_only: Final = GuardDecorator(OwnerOnly)
"""Let only the owner use it: whose application it is, or the admins and developers of its team."""
