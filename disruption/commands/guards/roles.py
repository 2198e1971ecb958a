"""Which roles a command takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from ...errors import InvalidArgument
from ..errors import GuildOnly, MissingRole
from ..texts import texts
from .guard import GuardDecorator
from .guild_roles import roles_of_guild

if TYPE_CHECKING:
    from ...types import PartialRole, Snowflake
    from ..context import Context

    RoleLike: TypeAlias = PartialRole | Snowflake | int | str

__all__ = ["HasRole", "has_any_role", "has_role"]


class HasRole:
    """Refuses members who have none of some roles.

    Attributes:
        roles: Ids (int) and names (str).
    """

    def __init__(self, roles: Sequence[int | str]) -> None:
        self.roles = tuple(roles)
        self._ids = frozenset(role for role in self.roles if isinstance(role, int))
        self._names = frozenset(role for role in self.roles if isinstance(role, str))

    def check(self, ctx: Context) -> None:
        member, guild_id = ctx.member, ctx.guild_id
        if guild_id is None or member is None:
            raise GuildOnly(texts().guild_only(ctx))
        mine = {int(role) for role in member.roles}
        if mine & self._ids:
            return
        if self._names and mine:
            named = roles_of_guild(ctx.client, guild_id)
            if any(role.id in mine and role.name in self._names for role in named):
                return
        raise MissingRole(texts().missing_role(ctx, self.roles))

    def __repr__(self) -> str:
        return f"has_any_role({', '.join(map(repr, self.roles))})"


def has_role(role: RoleLike) -> GuardDecorator:
    """Let only members with this role use it.

    Args:
        role: The role, its id (also as text of digits), or its name. Names are looked up through
            REST, at most once a minute for each guild; an id outlives a renaming.

    Raises:
        InvalidArgument: That is no role.
    """
    return has_any_role(role)


def has_any_role(*roles: RoleLike) -> GuardDecorator:
    """Let only members with at least one of these roles use it.

    Args:
        roles: As for `has_role`.

    Raises:
        InvalidArgument: None is given, or something is no role.
    """
    if not roles:
        raise InvalidArgument("has_any_role takes at least one role, by id or name")
    wanted = [_id_or_name(role) for role in roles]
    return GuardDecorator(lambda: HasRole(wanted))


def _id_or_name(role: object) -> int | str:
    if isinstance(role, str) and role.strip():
        # Ids have 17 digits or more; a role may be called "2024".
        return int(role) if role.isdecimal() and len(role) >= 15 else role
    id = getattr(role, "id", role)
    if isinstance(id, int) and not isinstance(id, bool) and id > 0:
        return int(id)
    raise InvalidArgument(f"a role is given by its id or its name, not as {role!r:.60}")
