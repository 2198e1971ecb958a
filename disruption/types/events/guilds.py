"""Events: guilds."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from ..audit_log import AuditLogEntry
from ..channel import Channel
from ..core.base import AbsentList, Bound, model
from ..core.codec import to_plain
from ..core.plan import model_plan
from ..core.snowflake import Snowflake
from ..core.timestamp import Timestamp
from ..emoji import Emoji
from ..guild import Guild, UnavailableGuild
from ..guild_scheduled_event import GuildScheduledEvent
from ..member import GuildMember
from ..permissions import Role
from ..presence import Presence
from ..soundboard import SoundboardSound
from ..stage_instance import StageInstance
from ..sticker import Sticker
from ..user import User
from ..voice import VoiceState
from .base import Event

__all__ = [
    "GuildAuditLogEntryCreate",
    "GuildBanAdd",
    "GuildBanRemove",
    "GuildCreate",
    "GuildDelete",
    "GuildEmojisUpdate",
    "GuildIntegrationsUpdate",
    "GuildMemberAdd",
    "GuildMemberRemove",
    "GuildMemberUpdate",
    "GuildMembersChunk",
    "GuildRoleCreate",
    "GuildRoleDelete",
    "GuildRoleUpdate",
    "GuildScheduledEventCreate",
    "GuildScheduledEventDelete",
    "GuildScheduledEventUpdate",
    "GuildScheduledEventUserAdd",
    "GuildScheduledEventUserRemove",
    "GuildSoundboardSoundCreate",
    "GuildSoundboardSoundDelete",
    "GuildSoundboardSoundUpdate",
    "GuildSoundboardSoundsUpdate",
    "GuildStickersUpdate",
    "GuildUpdate",
    "SoundboardSounds",
]

_COMPLETED = frozenset({"guild_id"})
"""What a guild gives to the things in it."""


@model
class GuildAuditLogEntryCreate(AuditLogEntry, Event):
    """Guild Audit Log Entry Create.

    See https://discord.com/developers/docs/events/gateway-events#guild-audit-log-entry-create
    """

    guild_id: Snowflake


@model
class GuildBanAdd(Bound, Event):
    """Guild Ban Add.

    See https://discord.com/developers/docs/events/gateway-events#guild-ban-add
    """

    guild_id: Snowflake
    user: User


@model
class GuildBanRemove(Bound, Event):
    """Guild Ban Remove.

    See https://discord.com/developers/docs/events/gateway-events#guild-ban-remove
    """

    guild_id: Snowflake
    user: User


@model
class GuildCreate(Guild, Event):
    """Guild Create.

    Of a guild that has an outage, `unavailable` and `id` are told alone; all else is empty.

    See https://discord.com/developers/docs/events/gateway-events#guild-create
    """

    joined_at: Timestamp | None = None
    large: bool | None = None
    unavailable: bool | None = None
    member_count: int | None = None
    voice_states: list[VoiceState] = field(default_factory=AbsentList)
    members: list[GuildMember] = field(default_factory=AbsentList)
    channels: list[Channel] = field(default_factory=AbsentList)
    threads: list[Channel] = field(default_factory=AbsentList)
    presences: list[Presence] = field(default_factory=AbsentList)
    stage_instances: list[StageInstance] = field(default_factory=AbsentList)
    guild_scheduled_events: list[GuildScheduledEvent] = field(default_factory=AbsentList)
    soundboard_sounds: list[SoundboardSound] = field(default_factory=AbsentList)

    @classmethod
    def _untold(cls, told: object) -> dict[str, Any]:
        """Return what an unavailable guild leaves out, as JSON; nothing for anything else."""
        if not isinstance(told, dict) or told.get("unavailable") is not True or "name" in told:
            return {}
        return {
            plan.name: to_plain(plan.empty())
            for plan in model_plan(cls)
            if plan.required and plan.name != "id" and plan.name not in told
        }

    def __post_init__(self) -> None:
        super().__post_init__()
        guild_id = Snowflake(self.id)
        for member in self.members:
            member.guild_id = guild_id
        inside: tuple[Channel | VoiceState | Presence, ...] = (
            *self.channels,
            *self.threads,
            *self.voice_states,
            *self.presences,
        )
        for inner in inside:
            if inner.guild_id is type(inner).guild_id:  # the default: Discord left it out
                inner.guild_id = guild_id
                inner._filled = _COMPLETED


@model
class GuildDelete(UnavailableGuild, Event):
    """Guild Delete.

    See https://discord.com/developers/docs/events/gateway-events#guild-delete
    """


@model
class GuildEmojisUpdate(Bound, Event):
    """Guild Emojis Update.

    See https://discord.com/developers/docs/events/gateway-events#guild-emojis-update
    """

    guild_id: Snowflake
    emojis: list[Emoji]

    def __post_init__(self) -> None:
        for emoji in self.emojis:
            emoji.guild_id = self.guild_id


@model
class GuildIntegrationsUpdate(Bound, Event):
    """Guild Integrations Update.

    See https://discord.com/developers/docs/events/gateway-events#guild-integrations-update
    """

    guild_id: Snowflake


@model
class GuildMembersChunk(Bound, Event):
    """Guild Members Chunk.

    See https://discord.com/developers/docs/events/gateway-events#guild-members-chunk
    """

    guild_id: Snowflake
    members: list[GuildMember]
    chunk_index: int
    chunk_count: int
    not_found: list[Snowflake] | None = None
    presences: list[Presence] | None = None
    nonce: str | None = None

    def __post_init__(self) -> None:
        for member in self.members:
            member.guild_id = self.guild_id
        for presence in self.presences or ():
            if presence.guild_id is None:
                presence.guild_id = self.guild_id
                presence._filled = _COMPLETED


@model
class GuildMemberAdd(GuildMember, Event):
    """Guild Member Add.

    See https://discord.com/developers/docs/events/gateway-events#guild-member-add
    """

    guild_id: Snowflake

    _filled = frozenset()


@model
class GuildMemberRemove(Bound, Event):
    """Guild Member Remove.

    See https://discord.com/developers/docs/events/gateway-events#guild-member-remove
    """

    guild_id: Snowflake
    user: User


@model
class GuildMemberUpdate(GuildMember, Event):
    """Guild Member Update.

    See https://discord.com/developers/docs/events/gateway-events#guild-member-update
    """

    guild_id: Snowflake
    user: User

    _filled = frozenset()


@model
class GuildRoleCreate(Bound, Event):
    """Guild Role Create.

    See https://discord.com/developers/docs/events/gateway-events#guild-role-create
    """

    guild_id: Snowflake
    role: Role

    def __post_init__(self) -> None:
        self.role.guild_id = self.guild_id


@model
class GuildRoleDelete(Bound, Event):
    """Guild Role Delete.

    See https://discord.com/developers/docs/events/gateway-events#guild-role-delete
    """

    guild_id: Snowflake
    role_id: Snowflake


@model
class GuildRoleUpdate(Bound, Event):
    """Guild Role Update.

    See https://discord.com/developers/docs/events/gateway-events#guild-role-update
    """

    guild_id: Snowflake
    role: Role

    def __post_init__(self) -> None:
        self.role.guild_id = self.guild_id


@model
class GuildScheduledEventCreate(GuildScheduledEvent, Event):
    """Guild Scheduled Event Create.

    See https://discord.com/developers/docs/events/gateway-events#guild-scheduled-event-create
    """


@model
class GuildScheduledEventDelete(GuildScheduledEvent, Event):
    """Guild Scheduled Event Delete.

    See https://discord.com/developers/docs/events/gateway-events#guild-scheduled-event-delete
    """


@model
class GuildScheduledEventUpdate(GuildScheduledEvent, Event):
    """Guild Scheduled Event Update.

    See https://discord.com/developers/docs/events/gateway-events#guild-scheduled-event-update
    """


@model
class GuildScheduledEventUserAdd(Bound, Event):
    """Guild Scheduled Event User Add.

    See https://discord.com/developers/docs/events/gateway-events#guild-scheduled-event-user-add
    """

    guild_scheduled_event_id: Snowflake
    user_id: Snowflake
    guild_id: Snowflake


@model
class GuildScheduledEventUserRemove(Bound, Event):
    """Guild Scheduled Event User Remove.

    See https://discord.com/developers/docs/events/gateway-events#guild-scheduled-event-user-remove
    """

    guild_scheduled_event_id: Snowflake
    user_id: Snowflake
    guild_id: Snowflake


@model
class GuildSoundboardSoundsUpdate(Bound, Event):
    """Guild Soundboard Sounds Update.

    See https://discord.com/developers/docs/events/gateway-events#guild-soundboard-sounds-update
    """

    soundboard_sounds: list[SoundboardSound]
    guild_id: Snowflake


@model
class GuildSoundboardSoundCreate(SoundboardSound, Event):
    """Guild Soundboard Sound Create.

    See https://discord.com/developers/docs/events/gateway-events#guild-soundboard-sound-create
    """


@model
class GuildSoundboardSoundDelete(Bound, Event):
    """Guild Soundboard Sound Delete.

    See https://discord.com/developers/docs/events/gateway-events#guild-soundboard-sound-delete
    """

    sound_id: Snowflake
    guild_id: Snowflake


@model
class GuildSoundboardSoundUpdate(SoundboardSound, Event):
    """Guild Soundboard Sound Update.

    See https://discord.com/developers/docs/events/gateway-events#guild-soundboard-sound-update
    """


@model
class GuildStickersUpdate(Bound, Event):
    """Guild Stickers Update.

    See https://discord.com/developers/docs/events/gateway-events#guild-stickers-update
    """

    guild_id: Snowflake
    stickers: list[Sticker]


@model
class GuildUpdate(Guild, Event):
    """Guild Update.

    See https://discord.com/developers/docs/events/gateway-events#guild-update
    """


@model
class SoundboardSounds(Bound, Event):
    """Soundboard Sounds.

    See https://discord.com/developers/docs/events/gateway-events#soundboard-sounds
    """

    soundboard_sounds: list[SoundboardSound]
    guild_id: Snowflake
