"""Permissions.

The types of https://discord.com/developers/docs/topics/permissions
"""

from __future__ import annotations

from .core.base import Entity, Model, model
from .core.enums import OpenFlag, TextFlag
from .core.snowflake import Snowflake
from .core.unset import UNSET, Unset
from .created import Created

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


class RoleFlags(OpenFlag):
    """See https://discord.com/developers/docs/topics/permissions#role-object"""

    NONE = 0
    IN_PROMPT = 1 << 0


@model
class PartialRole(Entity, Created):
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
