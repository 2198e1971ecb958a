"""Member.

The types of https://discord.com/developers/docs/resources/guild#guild-member-object
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .core.base import Model, model
from .core.enums import OpenFlag
from .core.snowflake import Snowflake
from .core.timestamp import Timestamp
from .core.unset import UNSET, Unset
from .permissions import Permissions
from .user import AvatarDecorationData, Collectibles, User
from .verbs.member import MemberVerbs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from .cdn import Asset
    from .channel import PartialChannel
    from .colour import Colour
    from .guild import PartialGuild
    from .permissions import PartialRole, Role
    from .rules.permissions import PermissionExplanation

__all__ = ["Ban", "BulkBanResponse", "GuildMember", "GuildMemberFlags", "Member", "PartialMember"]


class GuildMemberFlags(OpenFlag):
    """See https://discord.com/developers/docs/resources/guild#guild-member-object"""

    NONE = 0
    DID_REJOIN = 1 << 0
    COMPLETED_ONBOARDING = 1 << 1
    BYPASSES_VERIFICATION = 1 << 2
    STARTED_ONBOARDING = 1 << 3
    IS_GUEST = 1 << 4
    STARTED_HOME_ACTIONS = 1 << 5
    COMPLETED_HOME_ACTIONS = 1 << 6
    AUTOMOD_QUARANTINED_USERNAME = 1 << 7
    DM_SETTINGS_UPSELL_ACKNOWLEDGED = 1 << 9
    AUTOMOD_QUARANTINED_GUILD_TAG = 1 << 10


@model
class GuildMember(MemberVerbs):
    """Guild Member.

    See https://discord.com/developers/docs/resources/guild#guild-member-object
    """

    user: User | None = None
    nick: str | Unset | None = UNSET
    avatar: str | Unset | None = UNSET
    banner: str | Unset | None = UNSET
    roles: list[Snowflake]
    joined_at: Timestamp | None
    premium_since: Timestamp | Unset | None = UNSET
    deaf: bool | None = None
    mute: bool | None = None
    flags: GuildMemberFlags | None = None
    pending: bool | None = None
    permissions: Permissions | None = None
    communication_disabled_until: Timestamp | Unset | None = UNSET
    avatar_decoration_data: AvatarDecorationData | Unset | None = UNSET
    collectibles: Collectibles | Unset | None = UNSET
    guild_id: Snowflake | None = None

    # Discord says it beside the member, never in it; events that carry it override this.
    _filled = frozenset({"guild_id"})

    @property
    def id(self) -> Snowflake:
        """The id of the user.

        Raises:
            AttributeError: Discord did not send the user with this member.
        """
        if self.user is None:
            raise AttributeError("this member came without its user")
        return Snowflake(self.user.id)

    def __str__(self) -> str:
        """Return the username."""
        return repr(self) if self.user is None else str(self.user)

    @property
    def display_name(self) -> str:
        """The name to show: the nickname, else the user's display name."""
        return self.nick or (self.user.display_name if self.user is not None else "")

    @property
    def created_at(self) -> datetime:
        """When the user's account was made.

        Raises:
            AttributeError: Discord did not send the user with this member.
        """
        from .core.snowflake import snowflake_time

        return snowflake_time(self.id)

    @property
    def avatar_asset(self) -> Asset | None:
        """The avatar of this guild alone; None where there is none or the guild is not known."""
        from . import cdn

        if not self.avatar or self.guild_id is None or self.user is None:
            return None
        return cdn.member_avatar(self.guild_id, self.user.id, self.avatar)

    @property
    def display_avatar(self) -> Asset:
        """The avatar to show: the guild's, else the user's, else the default one.

        Raises:
            AttributeError: Discord did not send the user with this member.
        """
        if self.user is None:
            raise AttributeError("this member came without its user")
        return self.avatar_asset or self.user.display_avatar

    @property
    def banner_asset(self) -> Asset | None:
        """The banner of this guild alone; None where there is none or the guild is not known."""
        from . import cdn

        if not self.banner or self.guild_id is None or self.user is None:
            return None
        return cdn.member_banner(self.guild_id, self.user.id, self.banner)

    @property
    def avatar_decoration_asset(self) -> Asset | None:
        """What frames the avatar: in this guild, else everywhere."""
        if self.avatar_decoration_data:
            return self.avatar_decoration_data.image
        return self.user.avatar_decoration_asset if self.user is not None else None

    @property
    def nameplate_asset(self) -> Asset | None:
        """The background of the name in the member list: in this guild, else everywhere."""
        plate = self.collectibles.nameplate if self.collectibles else None
        if plate:
            return plate.image
        return self.user.nameplate_asset if self.user is not None else None

    @property
    def mention(self) -> str:
        """The text that shows as the member's name and pings."""
        return f"<@{self.id}>"

    def permissions_in(
        self,
        channel: PartialChannel,
        guild: PartialGuild,
        *,
        roles: Iterable[PartialRole] | None = None,
        parent: PartialChannel | None = None,
        joined: bool | None = None,
        when: datetime | None = None,
    ) -> Permissions:
        """Return what the member may do in a channel.

        Roles, overwrites and timeouts count, and so does what one permission needs of others;
        permissions that mean nothing in a channel of its type are left out. In a thread
        SEND_MESSAGES says whether the member may send there.

        Args:
            channel: The channel, with its overwrites.
            guild: Its guild, with the owner and the roles.
            roles: The guild's roles, where `guild` has none.
            parent: The channel that a thread is in.
            joined: Whether the member is in the thread; only a private thread asks for it.
            when: The moment a timeout is compared with; now by default.

        Raises:
            InvalidArgument: Something that is needed is not known; it says what.

        See https://discord.com/developers/docs/topics/permissions
        """
        return self.explain_permissions(
            guild, channel, roles=roles, parent=parent, joined=joined, when=when
        ).permissions

    def permissions_of_roles(
        self,
        guild: PartialGuild,
        *,
        roles: Iterable[PartialRole] | None = None,
        when: datetime | None = None,
    ) -> Permissions:
        """Return what the member may do in the guild, leaving channels aside.

        Args:
            guild: The guild, with the owner and the roles.
            roles: The guild's roles, where `guild` has none.
            when: The moment a timeout is compared with; now by default.

        Raises:
            InvalidArgument: Something that is needed is not known; it says what.

        See https://discord.com/developers/docs/topics/permissions
        """
        return self.explain_permissions(guild, roles=roles, when=when).permissions

    def explain_permissions(
        self,
        guild: PartialGuild,
        channel: PartialChannel | None = None,
        *,
        roles: Iterable[PartialRole] | None = None,
        parent: PartialChannel | None = None,
        joined: bool | None = None,
        when: datetime | None = None,
    ) -> PermissionExplanation:
        """Return the permissions of `permissions_in` with the rules that led to them.

        ```python
        print(member.explain_permissions(guild, channel).why(Permissions.ATTACH_FILES))
        ```

        Raises:
            InvalidArgument: Something that is needed is not known; it says what.
        """
        from .rules.permissions import explain

        return explain(self, guild, channel, roles=roles, parent=parent, joined=joined, when=when)

    def top_role(self, guild: PartialGuild) -> Role:
        """Return the member's highest role, which is @everyone where they have no other.

        Raises:
            InvalidArgument: The guild's roles are not known.
        """
        from .rules.roles import top_role

        return top_role(self, guild)

    def color_in(self, guild: PartialGuild) -> Colour:
        """Return the colour of the member's name: of the highest role that has one, else 0.

        Raises:
            InvalidArgument: The guild's roles are not known.
        """
        from .colour import Colour
        from .rules.roles import roles_of

        colours = (role.colors.primary_color or role.color for role in roles_of(self, guild))
        return Colour(next((colour for colour in colours if colour), 0))

    def can_interact(self, other: GuildMember | PartialRole, guild: PartialGuild) -> bool:
        """Tell whether the member ranks above another one, or above a role.

        Kicks, bans, nicknames and roles ask for it, besides their permission. The owner
        ranks above all, and nobody above themselves.

        Raises:
            InvalidArgument: The guild's roles, its owner or a member's user are not known.

        See https://discord.com/developers/docs/topics/permissions#permission-hierarchy
        """
        from .rules.roles import can_interact

        return can_interact(self, other, guild)

    def can_assign(self, role: PartialRole, guild: PartialGuild) -> bool:
        """Tell whether the member may give the role to others: MANAGE_ROLES, and ranks above it.

        Raises:
            InvalidArgument: The guild's roles, its owner or the member's user are not known.
        """
        from .rules.roles import can_assign

        return can_assign(self, role, guild)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, GuildMember):
            return self.guild_id == other.guild_id and self.user == other.user
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self.guild_id, self.user))


@model
class PartialMember(MemberVerbs):
    """A handle of a member: of whom only the ids are known.

    See https://discord.com/developers/docs/resources/guild#guild-member-object
    """

    id: Snowflake
    guild_id: Snowflake


@model
class Ban(Model):
    """Ban.

    See https://discord.com/developers/docs/resources/guild#ban-object
    """

    reason: str | None
    user: User


@model
class BulkBanResponse(Model):
    """Whom a bulk ban reached, and whom it did not.

    See https://discord.com/developers/docs/resources/guild#bulk-guild-ban
    """

    banned_users: list[Snowflake]
    failed_users: list[Snowflake]


Member = GuildMember
"""The short name."""
