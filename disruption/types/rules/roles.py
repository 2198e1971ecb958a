"""Who ranks above whom.

See https://discord.com/developers/docs/topics/permissions#permission-hierarchy
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import InvalidArgument
from ..permissions import PartialRole, Permissions, Role

if TYPE_CHECKING:
    from ..guild import PartialGuild
    from ..member import GuildMember

__all__ = ["can_assign", "can_interact", "roles_of", "top_role"]


def roles_of(member: GuildMember, guild: PartialGuild) -> list[Role]:
    """Return a member's roles, the highest first, @everyone last.

    Raises:
        InvalidArgument: The guild's roles are not known.
    """
    if not guild.roles:
        raise InvalidArgument("the guild's roles are not known: fetch the guild")
    mine = set(member.roles)
    others = (role for role in guild.roles if role.id in mine and role.id != guild.id)
    everyone = [role for role in guild.roles if role.id == guild.id]
    return sorted(others, key=_rank, reverse=True) + everyone


def top_role(member: GuildMember, guild: PartialGuild) -> Role:
    """Return a member's highest role, which is @everyone where they have no other.

    Raises:
        InvalidArgument: The guild's roles are not known.
    """
    mine = roles_of(member, guild)
    if not mine:
        raise InvalidArgument("@everyone is not among the guild's roles: fetch the guild")
    return mine[0]


def can_interact(
    member: GuildMember, other: GuildMember | PartialRole, guild: PartialGuild
) -> bool:
    """Tell whether a member ranks above another one, or above a role.

    The owner ranks above all. Permissions are another question.

    Raises:
        InvalidArgument: The guild's roles, its owner or a member's user are not known.
    """
    owner = guild.owner_id
    if owner is None:
        raise InvalidArgument("the guild's owner_id is not known: fetch the guild")
    user_id = _user_id(member)
    if isinstance(other, PartialRole):
        if user_id == owner:
            return True
        mine = top_role(member, guild)
        return mine.id != guild.id and (other.id == guild.id or mine > other)
    other_id = _user_id(other)
    if other_id in (owner, user_id):
        return False
    if user_id == owner:
        return True
    mine, theirs = top_role(member, guild), top_role(other, guild)
    return mine.id != guild.id and (theirs.id == guild.id or mine > theirs)


def can_assign(member: GuildMember, role: PartialRole, guild: PartialGuild) -> bool:
    """Tell whether a member, with MANAGE_ROLES, could give a role to others.

    Raises:
        InvalidArgument: The guild's roles, its owner or the member's user are not known.
    """
    from .permissions import explain

    is_default = role.id == guild.id
    if is_default or not role.is_assignable or not can_interact(member, role, guild):
        return False
    return Permissions.MANAGE_ROLES in explain(member, guild).permissions


def _rank(role: PartialRole) -> tuple[int, int]:
    return role.rank


def _user_id(member: GuildMember) -> int:
    if member.user is None:
        raise InvalidArgument("this member came without its user: fetch the member")
    return member.user.id
