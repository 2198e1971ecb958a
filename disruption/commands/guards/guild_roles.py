"""The roles of guilds, kept for a while: names and ranks, which an interaction does not carry."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from ...client import Client
    from ...types import Role

__all__ = ["GuildRoles", "KnownRole", "roles_of_guild"]

_KEPT: Final = 60.0  # seconds
_GUILDS: Final = 1000


class KnownRole(NamedTuple):
    """What of a role is kept; the role itself would keep its client alive."""

    id: int
    name: str
    rank: tuple[int, int]


class GuildRoles:
    """The roles of the guilds that one client asked for of late; any thread may ask.

    Args:
        clock: Seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()  # guards _known
        self._known: dict[int, tuple[float, list[KnownRole]]] = {}  # until when; the oldest first

    def get(self, guild_id: int, fetch: Callable[[int], list[Role]]) -> list[KnownRole]:
        """Return the roles, asking `fetch` where they are not known or older than a minute."""
        with self._lock:
            until, roles = self._known.get(guild_id, (0.0, []))
        if roles and self._clock() < until:
            return roles
        roles = [  # two threads may ask at once, which does no harm
            KnownRole(int(role.id), role.name, role.rank) for role in fetch(guild_id)
        ]
        with self._lock:
            self._known.pop(guild_id, None)
            self._known[guild_id] = (self._clock() + _KEPT, roles)
            while len(self._known) > _GUILDS:
                del self._known[next(iter(self._known))]
        return roles


_of_clients: weakref.WeakKeyDictionary[Client, GuildRoles] = weakref.WeakKeyDictionary()
_lock = threading.Lock()  # guards _of_clients


def roles_of_guild(client: Client, guild_id: int) -> list[KnownRole]:
    """Return the roles of a guild, at most a minute old.

    Raises:
        HTTPError: Discord did not give them.
    """
    with _lock:
        known = _of_clients.get(client)
        if known is None:
            known = _of_clients[client] = GuildRoles()
    return known.get(guild_id, client.rest.get_guild_roles)
