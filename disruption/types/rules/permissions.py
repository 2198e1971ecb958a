"""Who may do what: Discord's permission arithmetic, pure, with the reason for every bit.

One calculation serves the answer and its explanation: it works on numbers and writes
down each rule that changed something.

See https://discord.com/developers/docs/topics/permissions
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timezone
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from ...errors import InvalidArgument
from ..channel import ChannelType
from ..permissions import Permissions

if TYPE_CHECKING:
    from ..channel import Overwrite, PartialChannel
    from ..guild import PartialGuild
    from ..member import GuildMember
    from ..permissions import PartialRole

__all__ = ["PermissionExplanation", "PermissionRule", "PermissionStep", "applicable", "explain"]

_P = Permissions
_THREADS: Final = frozenset(
    (ChannelType.ANNOUNCEMENT_THREAD, ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD)
)
_TEXT: Final = frozenset(
    (
        ChannelType.GUILD_TEXT,
        ChannelType.GUILD_ANNOUNCEMENT,
        ChannelType.GUILD_FORUM,
        ChannelType.GUILD_MEDIA,
    )
)
_VOICE: Final = frozenset((ChannelType.GUILD_VOICE, ChannelType.GUILD_STAGE_VOICE))
_DIRECT: Final = frozenset((ChannelType.DM, ChannelType.GROUP_DM))

_GUILD_WIDE: Final = int(
    _P.KICK_MEMBERS
    | _P.BAN_MEMBERS
    | _P.ADMINISTRATOR
    | _P.MANAGE_GUILD
    | _P.VIEW_AUDIT_LOG
    | _P.VIEW_GUILD_INSIGHTS
    | _P.CHANGE_NICKNAME
    | _P.MANAGE_NICKNAMES
    | _P.MANAGE_GUILD_EXPRESSIONS
    | _P.MODERATE_MEMBERS
    | _P.VIEW_CREATOR_MONETIZATION_ANALYTICS
    | _P.CREATE_GUILD_EXPRESSIONS
)
_ONLY_TEXT: Final = int(
    _P.MANAGE_THREADS
    | _P.CREATE_PUBLIC_THREADS
    | _P.CREATE_PRIVATE_THREADS
    | _P.SEND_MESSAGES_IN_THREADS
    | _P.PIN_MESSAGES
)
_ONLY_VOICE: Final = int(
    _P.PRIORITY_SPEAKER
    | _P.SPEAK
    | _P.DEAFEN_MEMBERS
    | _P.USE_VAD
    | _P.USE_SOUNDBOARD
    | _P.USE_EXTERNAL_SOUNDS
    | _P.SET_VOICE_CHANNEL_STATUS
)
_ONLY_STAGE: Final = int(_P.REQUEST_TO_SPEAK)
_VOICE_AND_STAGE: Final = int(
    _P.STREAM | _P.CONNECT | _P.MUTE_MEMBERS | _P.MOVE_MEMBERS | _P.MANAGE_EVENTS | _P.CREATE_EVENTS
)
_NOT_STAGE: Final = int(_P.USE_EMBEDDED_ACTIVITIES)

_TALKING: Final = _ONLY_VOICE | _ONLY_STAGE | _VOICE_AND_STAGE
_KNOWN: Final = int(_P.all())
_NOT_TEXT: Final = _TALKING
_NOT_VOICE: Final = _ONLY_TEXT | _ONLY_STAGE
_NOT_IN_STAGE: Final = _ONLY_TEXT | _ONLY_VOICE | _NOT_STAGE

_KEPT_IN_TIMEOUT: Final = int(_P.VIEW_CHANNEL | _P.READ_MESSAGE_HISTORY)
_NEED_SEND: Final = int(
    _P.MENTION_EVERYONE | _P.SEND_TTS_MESSAGES | _P.ATTACH_FILES | _P.EMBED_LINKS
)
# Discord documents that who cannot connect to a voice channel can neither manage it nor read
# its messages; what is about talking means nothing then.
_NEED_CONNECT: Final = _TALKING | int(
    _P.MANAGE_CHANNELS | _P.MANAGE_ROLES | _P.READ_MESSAGE_HISTORY
)


class PermissionRule(str, Enum):
    """A rule that gave or took permissions; the text says how."""

    OWNER = "the owner of the guild may do everything"
    ADMINISTRATOR = "ADMINISTRATOR allows everything, whatever overwrites say"
    EVERYONE = "the @everyone role"
    ROLE = "a role of the member"
    EVERYONE_OVERWRITE = "the channel's overwrite for @everyone"
    ROLE_OVERWRITES = "the channel's overwrites for the member's roles"
    MEMBER_OVERWRITE = "the channel's overwrite for the member"
    NOT_IN_THREAD = "a private thread shows itself to its members and to MANAGE_THREADS only"
    THREAD = "in a thread SEND_MESSAGES_IN_THREADS stands for SEND_MESSAGES"
    CHANNEL_TYPE = "it means nothing in a channel of this type"
    NO_VIEW_CHANNEL = "who cannot see a channel can do nothing there (VIEW_CHANNEL)"
    NO_CONNECT = "who cannot connect to a voice channel cannot use it (CONNECT)"
    NO_SEND_MESSAGES = "who cannot send messages cannot send these either (SEND_MESSAGES)"
    TIMEOUT = "a member in a timeout can only look and read"
    NOTHING = "no role and no overwrite gives it"


class PermissionStep(NamedTuple):
    """What one rule changed."""

    rule: PermissionRule
    granted: Permissions
    denied: Permissions
    source_id: int | None
    """The role or user whose permissions or overwrite it was, where there is one."""


class PermissionExplanation:
    """The permissions of a member, and the rules that led there, in their order.

    Attributes:
        permissions: The outcome.
        steps: The rules that changed something.
    """

    __slots__ = ("permissions", "steps")

    def __init__(self, permissions: Permissions, steps: tuple[PermissionStep, ...]) -> None:
        self.permissions = permissions
        self.steps = steps

    def step_of(self, permission: int) -> PermissionStep:
        """Return the step that decided about one permission: the last that changed it.

        Raises:
            InvalidArgument: It is not exactly one bit.
        """
        bit = int(permission)
        if bit <= 0 or bit & (bit - 1):
            raise InvalidArgument(
                f"ask about one permission at a time, not about {Permissions(bit)}"
            )
        for step in reversed(self.steps):
            if (step.granted | step.denied) & bit:
                return step
        return PermissionStep(PermissionRule.NOTHING, _P.NONE, _P.NONE, None)

    def why(self, permission: int) -> str:
        """Say in a sentence whether the member has one permission, and by which rule.

        Raises:
            InvalidArgument: It is not exactly one bit.
        """
        step = self.step_of(permission)
        name = str(Permissions(int(permission)))
        has = "allowed" if int(self.permissions) & int(permission) else "denied"
        source = f" ({step.source_id})" if step.source_id is not None else ""
        return f"{name} is {has}: {step.rule.value}{source}"

    def __repr__(self) -> str:
        return f"<PermissionExplanation {self.permissions} in {len(self.steps)} steps>"


class _Sum:
    """A number of permission bits that remembers what changed it."""

    def __init__(self) -> None:
        self.bits = 0
        self.steps: list[PermissionStep] = []

    def change(
        self, rule: PermissionRule, *, grant: int = 0, deny: int = 0, source: int | None = None
    ) -> None:
        after = self.bits & ~deny | grant
        granted, denied = after & ~self.bits, self.bits & ~after
        self.bits = after
        if granted or denied:
            self.steps.append(PermissionStep(rule, _P(granted), _P(denied), source))

    def keep(self, rule: PermissionRule, kept: int) -> None:
        self.change(rule, deny=self.bits & ~kept)


def applicable(kind: int | None) -> int:
    """Return the permissions that mean something in a channel of a type.

    In a category everything does that does so in some channel, since channels take over
    its overwrites; so it is where the type is not known.
    """
    channel_wide = _KNOWN & ~_GUILD_WIDE
    if kind in _DIRECT:
        return 0
    if kind == ChannelType.GUILD_VOICE:
        return channel_wide & ~_NOT_VOICE
    if kind == ChannelType.GUILD_STAGE_VOICE:
        return channel_wide & ~_NOT_IN_STAGE
    if kind in _TEXT or kind in _THREADS:
        return channel_wide & ~_NOT_TEXT
    return channel_wide


def explain(
    member: GuildMember,
    guild: PartialGuild,
    channel: PartialChannel | None = None,
    *,
    roles: Iterable[PartialRole] | None = None,
    parent: PartialChannel | None = None,
    joined: bool | None = None,
    when: datetime | None = None,
) -> PermissionExplanation:
    """Return what a member may do in a guild, or in one of its channels, and why.

    Args:
        member: Whom it is about, with the user.
        guild: Its owner, and its roles where `roles` are not given.
        channel: The channel, with its overwrites; None asks about the guild.
        roles: The guild's roles, where `guild` has none.
        parent: The channel that a thread is in; threads have no overwrites.
        joined: Whether the member is in the thread; only a private thread asks for it.
        when: The moment a timeout is compared with; now by default.

    Raises:
        InvalidArgument: Something that is needed is not known; it says what.
    """
    total = _Sum()
    if member.user is None:
        raise InvalidArgument("this member came without its user: fetch the member")
    if guild.owner_id is None:
        raise InvalidArgument("the guild's owner_id is not known: fetch the guild")
    if channel is not None and channel.type in _DIRECT:
        raise InvalidArgument("there are no permissions in direct messages")
    if guild.owner_id == member.id:
        total.change(PermissionRule.OWNER, grant=_KNOWN, source=member.id)
    else:
        _add_roles(total, member, guild, roles)
    admin = bool(total.bits & _P.ADMINISTRATOR)
    if channel is not None:
        _enter(total, member, guild, channel, parent, joined, admin)
    if not admin and _is_timed_out(member, when):
        total.keep(PermissionRule.TIMEOUT, _KEPT_IN_TIMEOUT)
    return PermissionExplanation(_P(total.bits), tuple(total.steps))


def _add_roles(
    total: _Sum, member: GuildMember, guild: PartialGuild, roles: Iterable[PartialRole] | None
) -> None:
    known = {role.id: role for role in (guild.roles if roles is None else roles) or ()}
    everyone = known.get(guild.id)
    if everyone is None:
        raise InvalidArgument(
            "the guild's roles are not known (@everyone is not among them): "
            "fetch the guild, or give roles="
        )
    total.change(
        PermissionRule.EVERYONE, grant=int(everyone.permissions or 0), source=int(everyone.id)
    )
    for role_id in member.roles:
        role = known.get(role_id)  # one that was deleted a moment ago gives nothing
        if role is not None:
            total.change(PermissionRule.ROLE, grant=int(role.permissions or 0), source=int(role_id))
    if total.bits & _P.ADMINISTRATOR:
        total.change(PermissionRule.ADMINISTRATOR, grant=_KNOWN)


def _enter(
    total: _Sum,
    member: GuildMember,
    guild: PartialGuild,
    channel: PartialChannel,
    parent: PartialChannel | None,
    joined: bool | None,
    admin: bool,
) -> None:
    kind = channel.type
    is_thread = kind in _THREADS
    if is_thread and parent is None:
        raise InvalidArgument("a thread has the permissions of its channel: give parent=")
    if not admin:
        ruling = parent if is_thread and parent is not None else channel
        if ruling.permission_overwrites is None:
            raise InvalidArgument("the channel's permission_overwrites are not known: fetch it")
        _overwrite(total, ruling.permission_overwrites, member, guild.id)
    if kind == ChannelType.PRIVATE_THREAD and not total.bits & _P.MANAGE_THREADS:
        if joined is None:
            joined = _is_inside(member, channel)
        if not joined:
            total.keep(PermissionRule.NOT_IN_THREAD, 0)
    if is_thread:
        if total.bits & _P.SEND_MESSAGES_IN_THREADS:
            total.change(PermissionRule.THREAD, grant=int(_P.SEND_MESSAGES))
        else:
            total.change(PermissionRule.THREAD, deny=int(_P.SEND_MESSAGES))
    meaningless = _KNOWN & ~_GUILD_WIDE & ~applicable(kind)
    total.change(PermissionRule.CHANNEL_TYPE, deny=meaningless)
    if admin:
        return
    if not total.bits & _P.VIEW_CHANNEL:
        total.keep(PermissionRule.NO_VIEW_CHANNEL, 0)
    if kind in _VOICE and not total.bits & _P.CONNECT:
        total.change(PermissionRule.NO_CONNECT, deny=_NEED_CONNECT)
    if not total.bits & _P.SEND_MESSAGES:
        total.change(PermissionRule.NO_SEND_MESSAGES, deny=_NEED_SEND)


def _overwrite(
    total: _Sum, overwrites: Iterable[Overwrite], member: GuildMember, guild_id: int
) -> None:
    """Apply a channel's overwrites; what is guild-wide they can neither give nor take."""
    mine: Collection[int] = member.roles
    user_id = int(member.id)
    everyone = own = None
    allow = deny = 0
    for overwrite in overwrites:
        if overwrite.id == guild_id:
            everyone = overwrite
        elif overwrite.id == user_id:
            own = overwrite
        elif overwrite.id in mine:
            allow |= int(overwrite.allow)
            deny |= int(overwrite.deny)
    if everyone is not None:
        _apply(total, PermissionRule.EVERYONE_OVERWRITE, everyone.allow, everyone.deny, guild_id)
    _apply(total, PermissionRule.ROLE_OVERWRITES, allow, deny, None)
    if own is not None:
        _apply(total, PermissionRule.MEMBER_OVERWRITE, own.allow, own.deny, user_id)


def _apply(total: _Sum, rule: PermissionRule, allow: int, deny: int, source: int | None) -> None:
    total.change(
        rule, grant=int(allow) & ~_GUILD_WIDE, deny=int(deny) & ~_GUILD_WIDE, source=source
    )


def _is_inside(member: GuildMember, thread: PartialChannel) -> bool:
    inside = thread.member
    if inside is not None and inside.user_id == member.id:
        return True
    raise InvalidArgument(
        "whether the member is in the private thread is not known: give joined=True or False"
    )


def _is_timed_out(member: GuildMember, when: datetime | None) -> bool:
    until = member.communication_disabled_until
    if not until:
        return False
    now = when if when is not None else datetime.now(timezone.utc)
    if now.tzinfo is None:
        now = now.astimezone()
    return until > now
