"""What can be done with roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.base import Entity
from ..core.unset import UNSET
from .owner import guild_of

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ..core.unset import Unset
    from ..permissions import Role
    from .options import RoleOptions

__all__ = ["RoleVerbs"]


class RoleVerbs(Entity):
    """What can be done with roles."""

    def fetch(self) -> Role:
        """Ask Discord for the role as it is now.

        See https://discord.com/developers/docs/resources/guild#get-guild-role
        """
        return self._bound().rest.get_guild_role(guild_of(self), self.id)

    def edit(self, *, name: str | Unset = UNSET, **changes: Unpack[RoleOptions]) -> Role:
        """Change the role; what is not given stays, None clears.

        Args:
            name: 1 to 100 characters.
            changes: As `Rest.modify_guild_role` takes them: permissions, color, hoist, icon,
                mentionable, reason, ….

        Raises:
            Forbidden: MANAGE_ROLES is missing, or the role is not below the bot's highest.

        See https://discord.com/developers/docs/resources/guild#modify-guild-role
        """
        rest = self._bound().rest
        return rest.modify_guild_role(guild_of(self), self.id, name=name, **changes)

    def move(self, position: int, *, reason: str | None = None) -> list[Role]:
        """Move the role up or down; return all roles of the guild.

        Args:
            position: Its new place, from 1, the lowest.
            reason: Shown in the audit log, at most 512 characters.

        Raises:
            Forbidden: MANAGE_ROLES is missing, or the role is not below the bot's highest.

        See https://discord.com/developers/docs/resources/guild#modify-guild-role-positions
        """
        return self._bound().rest.modify_guild_role_positions(
            guild_of(self), {self.id: position}, reason=reason
        )

    def delete(self, *, reason: str | None = None) -> None:
        """Delete the role.

        Raises:
            Forbidden: MANAGE_ROLES is missing, or the role is not below the bot's highest.

        See https://discord.com/developers/docs/resources/guild#delete-guild-role
        """
        self._bound().rest.delete_guild_role(guild_of(self), self.id, reason=reason)
