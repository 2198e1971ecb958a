"""Permissions.

The types of https://discord.com/developers/docs/topics/permissions
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .core.base import Model, model
from .core.enums import OpenFlag, TextFlag
from .core.snowflake import Snowflake
from .core.unset import UNSET, Unset
from .verbs.role import RoleVerbs

if TYPE_CHECKING:
    from .cdn import Asset
    from .colour import Colour

__all__ = ["PartialRole", "Permissions", "Role", "RoleColors", "RoleFlags", "RoleTags"]


class Permissions(TextFlag):
    """See https://discord.com/developers/docs/topics/permissions#"""

    NONE = 0
    CREATE_INSTANT_INVITE = 1 << 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_AUDIT_LOG = 1 << 7
    PRIORITY_SPEAKER = 1 << 8
    STREAM = 1 << 9
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    VIEW_GUILD_INSIGHTS = 1 << 19
    CONNECT = 1 << 20
    SPEAK = 1 << 21
    MUTE_MEMBERS = 1 << 22
    DEAFEN_MEMBERS = 1 << 23
    MOVE_MEMBERS = 1 << 24
    USE_VAD = 1 << 25
    CHANGE_NICKNAME = 1 << 26
    MANAGE_NICKNAMES = 1 << 27
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    MANAGE_GUILD_EXPRESSIONS = 1 << 30
    USE_APPLICATION_COMMANDS = 1 << 31
    REQUEST_TO_SPEAK = 1 << 32
    MANAGE_EVENTS = 1 << 33
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    USE_EXTERNAL_STICKERS = 1 << 37
    SEND_MESSAGES_IN_THREADS = 1 << 38
    USE_EMBEDDED_ACTIVITIES = 1 << 39
    MODERATE_MEMBERS = 1 << 40
    VIEW_CREATOR_MONETIZATION_ANALYTICS = 1 << 41
    USE_SOUNDBOARD = 1 << 42
    CREATE_GUILD_EXPRESSIONS = 1 << 43
    CREATE_EVENTS = 1 << 44
    USE_EXTERNAL_SOUNDS = 1 << 45
    SEND_VOICE_MESSAGES = 1 << 46
    SET_VOICE_CHANNEL_STATUS = 1 << 48
    SEND_POLLS = 1 << 49
    USE_EXTERNAL_APPS = 1 << 50
    PIN_MESSAGES = 1 << 51
    BYPASS_SLOWMODE = 1 << 52

    @classmethod
    def all_for(cls, kind: int | None) -> Permissions:
        """Return the permissions that mean something in a channel of a `ChannelType`.

        A category has those of every type, since its channels take over its overwrites.
        """
        from .rules.permissions import applicable

        return cls(applicable(kind))

    @property
    def labels(self) -> tuple[str, ...]:
        """What Discord's client calls the permissions, in English: ``Manage Server``."""
        from .rules.permission_labels import label

        return tuple(label(name) for name in self.names)

    def missing(self, needed: int) -> Permissions:
        """Return which of these permissions are not there; ADMINISTRATOR stands for all."""
        if int(self) & Permissions.ADMINISTRATOR:
            return Permissions.NONE
        return Permissions(int(needed) & ~int(self))


class RoleFlags(OpenFlag):
    """See https://discord.com/developers/docs/topics/permissions#role-object"""

    NONE = 0
    IN_PROMPT = 1 << 0


@model
class PartialRole(RoleVerbs):
    """The part of a role that is known; what is not is None.

    See https://discord.com/developers/docs/topics/permissions#role-object
    """

    name: str | None = None
    color: int | None = None
    colors: RoleColors | None = None
    hoist: bool | None = None
    icon: str | Unset | None = UNSET
    unicode_emoji: str | Unset | None = UNSET
    position: int | None = None
    permissions: Permissions | None = None
    managed: bool | None = None
    mentionable: bool | None = None
    tags: RoleTags | None = None
    flags: RoleFlags | None = None
    guild_id: Snowflake | None = None

    # Discord says it beside the role, never in it.
    _filled = frozenset({"guild_id"})

    def __str__(self) -> str:
        """Return the name."""
        return self.name or str(self.id)

    @property
    def mention(self) -> str:
        """The text that shows as the role's name and pings its members."""
        return "@everyone" if self.is_default else f"<@&{self.id}>"

    @property
    def icon_asset(self) -> Asset | None:
        """The icon, where it has one that was uploaded."""
        from . import cdn

        return cdn.role_icon(self.id, self.icon) if self.icon else None

    @property
    def colour(self) -> Colour | None:
        """The first of its colours; None where it has none, so that the next role's shows."""
        from .colour import Colour

        number = self.colors.primary_color if self.colors is not None else self.color
        return Colour(number & 0xFFFFFF) if number else None

    @property
    def rank(self) -> tuple[int, int]:
        """What roles are ordered by: @everyone lowest, then position, then the older one.

        Raises:
            AttributeError: Its position is not known.
        """
        if self.is_default:
            return (-1, 0)
        if self.position is None:
            raise AttributeError("the role's position is not known")
        return (self.position, -int(self.id))

    @property
    def is_default(self) -> bool:
        """Whether it is @everyone, which has the id of its guild."""
        return self.guild_id is not None and self.id == self.guild_id

    @property
    def is_bot_managed(self) -> bool:
        """Whether it came with a bot and belongs to it."""
        return self.tags is not None and self.tags.bot_id is not None

    @property
    def is_integration(self) -> bool:
        """Whether an integration, Twitch for example, manages it."""
        return self.tags is not None and self.tags.integration_id is not None

    @property
    def is_premium_subscriber(self) -> bool:
        """Whether it is the role of those who boost the guild."""
        return self.tags is not None and self.tags.premium_subscriber is None

    @property
    def is_available_for_purchase(self) -> bool:
        """Whether people can buy it."""
        return self.tags is not None and self.tags.available_for_purchase is None

    @property
    def is_linked(self) -> bool:
        """Whether it is given for the accounts that people have linked."""
        return self.tags is not None and self.tags.guild_connections is None

    @property
    def is_assignable(self) -> bool:
        """Whether anybody can give it to members: it is neither @everyone nor managed."""
        return not self.is_default and not self.managed

    def __lt__(self, other: object) -> bool:
        return self.rank < other.rank if isinstance(other, PartialRole) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self.rank <= other.rank if isinstance(other, PartialRole) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self.rank > other.rank if isinstance(other, PartialRole) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self.rank >= other.rank if isinstance(other, PartialRole) else NotImplemented


@model
class Role(PartialRole):
    """Role.

    See https://discord.com/developers/docs/topics/permissions#role-object
    """

    name: str
    color: int
    colors: RoleColors
    hoist: bool
    position: int
    permissions: Permissions
    managed: bool
    mentionable: bool
    flags: RoleFlags


@model
class RoleTags(Model):
    """Role Tags.

    See https://discord.com/developers/docs/topics/permissions#role-object
    """

    bot_id: Snowflake | None = None
    integration_id: Snowflake | None = None
    premium_subscriber: Unset | None = UNSET
    subscription_listing_id: Snowflake | None = None
    available_for_purchase: Unset | None = UNSET
    guild_connections: Unset | None = UNSET


@model
class RoleColors(Model):
    """Role Colors.

    See https://discord.com/developers/docs/topics/permissions#role-object
    """

    primary_color: int
    secondary_color: int | None
    tertiary_color: int | None
