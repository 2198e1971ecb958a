"""Roles of guilds.

See https://discord.com/developers/docs/topics/permissions#role-object
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

from disruption.errors import InvalidArgument
from disruption.rest.checks import integer
from disruption.rest.core import RestCore
from disruption.rest.fields import moves, put_image, put_number, put_text
from disruption.rest.images import EMOJI_BYTES, FileSource
from disruption.rest.payload import put
from disruption.rest.route import Route, SnowflakeLike, snowflake
from disruption.types import UNSET, Role, Snowflake, Unset
from disruption.types.core.base import place

if TYPE_CHECKING:
    from disruption.types import RoleColors

__all__ = ["GuildRoleRoutes"]

_Key = TypeVar("_Key", bound=SnowflakeLike)  # dict[Role, int] is no Mapping[SnowflakeLike, int]

_ROLES: Final = "/guilds/{guild_id}/roles"
_ROLE: Final = _ROLES + "/{role_id}"

_LIST = Route("GET", _ROLES)
_COUNTS = Route("GET", _ROLES + "/member-counts")
_GET = Route("GET", _ROLE)
_CREATE = Route("POST", _ROLES)
_MODIFY = Route("PATCH", _ROLE)
_MOVE = Route("PATCH", _ROLES)
_DELETE = Route("DELETE", _ROLE)

_COLOUR: Final = 0xFFFFFF


class GuildRoleRoutes(RestCore):
    """Roles of guilds."""

    def get_guild_roles(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> list[Role]:
        """Get the roles of a guild.

        See https://discord.com/developers/docs/resources/guild#get-guild-roles
        """
        return _placed(self._fetch(list[Role], _LIST(guild_id), timeout=timeout), guild_id)

    def get_guild_role(
        self, guild_id: SnowflakeLike, role_id: SnowflakeLike, *, timeout: float | None = None
    ) -> Role:
        """Get a role.

        Raises:
            NotFound: There is no such role.

        See https://discord.com/developers/docs/resources/guild#get-guild-role
        """
        role = self._fetch(Role, _GET(guild_id, role_id), timeout=timeout)
        return place(role, snowflake(guild_id, "guild_id"))

    def get_guild_role_member_counts(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> dict[Snowflake, int]:
        """Count the members of each role, by the role's id; @everyone is left out.

        See https://discord.com/developers/docs/resources/guild#get-guild-role-member-counts
        """
        return self._fetch(dict[Snowflake, int], _COUNTS(guild_id), timeout=timeout)

    def create_guild_role(
        self,
        guild_id: SnowflakeLike,
        *,
        name: str | Unset = UNSET,
        permissions: int | Unset = UNSET,
        color: int | Unset = UNSET,
        colors: RoleColors | Mapping[str, Any] | Unset = UNSET,
        hoist: bool | Unset = UNSET,
        icon: FileSource | Unset | None = UNSET,
        unicode_emoji: str | Unset | None = UNSET,
        mentionable: bool | Unset = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> Role:
        """Create a role.

        Args:
            guild_id: Where.
            name: 1 to 100 characters, "new role" by default.
            permissions: `Permissions`; by default those of @everyone.
            color: One colour, as 0xRRGGBB; sent as the primary one of `colors`.
            colors: `RoleColors`; more than one needs ENHANCED_ROLE_COLORS.
            hoist: Whether its members are listed apart.
            icon: An image of at most 256 KiB (needs ROLE_ICONS).
            unicode_emoji: An emoji for an icon (needs ROLE_ICONS).
            mentionable: Whether everybody can ping it.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed, or both of two were given that exclude each other.
            Forbidden: MANAGE_ROLES is missing, or a permission that it would give.

        See https://discord.com/developers/docs/resources/guild#create-guild-role
        """
        body = _body(name, permissions, color, colors, hoist, icon, unicode_emoji, mentionable)
        target = _CREATE(guild_id)
        role = self._fetch(Role, target, body, reason=reason, timeout=timeout)
        return place(role, snowflake(guild_id, "guild_id"))

    def modify_guild_role(
        self,
        guild_id: SnowflakeLike,
        role_id: SnowflakeLike,
        *,
        name: str | Unset | None = UNSET,
        permissions: int | Unset | None = UNSET,
        color: int | Unset | None = UNSET,
        colors: RoleColors | Mapping[str, Any] | Unset | None = UNSET,
        hoist: bool | Unset | None = UNSET,
        icon: FileSource | Unset | None = UNSET,
        unicode_emoji: str | Unset | None = UNSET,
        mentionable: bool | Unset | None = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> Role:
        """Change a role; what is not given stays, None clears.

        Args:
            guild_id: Where it is.
            role_id: Which one.
            name: 1 to 100 characters.
            permissions: `Permissions`, all of them.
            color: One colour, as 0xRRGGBB; sent as the primary one of `colors`.
            colors: `RoleColors`; more than one needs ENHANCED_ROLE_COLORS.
            hoist: Whether its members are listed apart.
            icon: An image of at most 256 KiB (needs ROLE_ICONS).
            unicode_emoji: An emoji for an icon (needs ROLE_ICONS).
            mentionable: Whether everybody can ping it.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed, or both of two were given that exclude each other.
            Forbidden: MANAGE_ROLES is missing, or the role is not below the bot's highest.

        See https://discord.com/developers/docs/resources/guild#modify-guild-role
        """
        body = _body(name, permissions, color, colors, hoist, icon, unicode_emoji, mentionable)
        target = _MODIFY(guild_id, role_id)
        role = self._fetch(Role, target, body, reason=reason, timeout=timeout)
        return place(role, snowflake(guild_id, "guild_id"))

    def modify_guild_role_positions(
        self,
        guild_id: SnowflakeLike,
        positions: Iterable[Mapping[str, Any]] | Mapping[_Key, int],
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> list[Role]:
        """Move roles up or down.

        Args:
            guild_id: Where.
            positions: The new position of each role: ``{role_id: 3}``, or a list of
                ``{"id": role_id, "position": 3}``.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Returns:
            All roles of the guild.

        Raises:
            InvalidArgument: There is none, or one has no id.
            Forbidden: MANAGE_ROLES is missing, or a role is not below the bot's highest.

        See https://discord.com/developers/docs/resources/guild#modify-guild-role-positions
        """
        if isinstance(positions, Mapping):
            positions = [{"id": role, "position": place} for role, place in positions.items()]
        body = moves(positions, ("position",))
        target = _MOVE(guild_id)
        roles = self._fetch(list[Role], target, body, reason=reason, timeout=timeout)
        return _placed(roles, guild_id)

    def delete_guild_role(
        self,
        guild_id: SnowflakeLike,
        role_id: SnowflakeLike,
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Delete a role.

        Raises:
            Forbidden: MANAGE_ROLES is missing, or the role is not below the bot's highest.

        See https://discord.com/developers/docs/resources/guild#delete-guild-role
        """
        self._do(_DELETE(guild_id, role_id), reason=reason, timeout=timeout)


def _body(
    name: str | Unset | None,
    permissions: int | Unset | None,
    color: int | Unset | None,
    colors: RoleColors | Mapping[str, Any] | Unset | None,
    hoist: bool | Unset | None,
    icon: FileSource | Unset | None,
    unicode_emoji: str | Unset | None,
    mentionable: bool | Unset | None,
) -> dict[str, Any]:
    body: dict[str, Any] = {}
    put_text(body, "name", name, 100, least=1)
    if not isinstance(permissions, Unset):
        body["permissions"] = (
            None if permissions is None else str(integer("permissions", permissions))
        )
    if color is not UNSET and colors is not UNSET:
        raise InvalidArgument("give only one of color, colors")
    if icon and unicode_emoji:
        raise InvalidArgument("give only one of icon, unicode_emoji")
    if color is not UNSET:
        checked: dict[str, Any] = {}
        put_number(checked, "color", color, 0, _COLOUR)
        number = 0 if color is None else checked["color"]
        colors = {"primary_color": int(number), "secondary_color": None, "tertiary_color": None}
    put_image(body, "icon", icon, EMOJI_BYTES)
    put_text(body, "unicode_emoji", unicode_emoji, 100)
    put(body, colors=colors, hoist=hoist, mentionable=mentionable)
    return body


def _placed(roles: list[Role], guild_id: SnowflakeLike) -> list[Role]:
    number = snowflake(guild_id, "guild_id")
    for role in roles:
        place(role, number)
    return roles
