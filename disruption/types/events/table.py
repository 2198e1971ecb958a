"""The table of events: wire name, class, intents, handler method. One line an event."""

from __future__ import annotations

from dataclasses import dataclass

from ..gateway import Intents
from .auto_moderation import (
    AutoModerationActionExecution,
    AutoModerationRuleCreate,
    AutoModerationRuleDelete,
    AutoModerationRuleUpdate,
)
from .base import Event
from .channels import (
    ChannelCreate,
    ChannelDelete,
    ChannelInfo,
    ChannelPinsUpdate,
    ChannelUpdate,
    ThreadCreate,
    ThreadDelete,
    ThreadListSync,
    ThreadMembersUpdate,
    ThreadMemberUpdate,
    ThreadUpdate,
    VoiceChannelStartTimeUpdate,
    VoiceChannelStatusUpdate,
)
from .connection import RateLimited, Ready, Resumed
from .guilds import (
    GuildAuditLogEntryCreate,
    GuildBanAdd,
    GuildBanRemove,
    GuildCreate,
    GuildDelete,
    GuildEmojisUpdate,
    GuildIntegrationsUpdate,
    GuildMemberAdd,
    GuildMemberRemove,
    GuildMembersChunk,
    GuildMemberUpdate,
    GuildRoleCreate,
    GuildRoleDelete,
    GuildRoleUpdate,
    GuildScheduledEventCreate,
    GuildScheduledEventDelete,
    GuildScheduledEventUpdate,
    GuildScheduledEventUserAdd,
    GuildScheduledEventUserRemove,
    GuildSoundboardSoundCreate,
    GuildSoundboardSoundDelete,
    GuildSoundboardSoundsUpdate,
    GuildSoundboardSoundUpdate,
    GuildStickersUpdate,
    GuildUpdate,
    SoundboardSounds,
)
from .integrations import (
    IntegrationCreate,
    IntegrationDelete,
    IntegrationUpdate,
    InviteCreate,
    InviteDelete,
    WebhooksUpdate,
)
from .interactions import ApplicationCommandPermissionsUpdate, InteractionCreate
from .messages import (
    MessageCreate,
    MessageDelete,
    MessageDeleteBulk,
    MessagePollVoteAdd,
    MessagePollVoteRemove,
    MessageReactionAdd,
    MessageReactionRemove,
    MessageReactionRemoveAll,
    MessageReactionRemoveEmoji,
    MessageUpdate,
)
from .monetization import (
    EntitlementCreate,
    EntitlementDelete,
    EntitlementUpdate,
    SubscriptionCreate,
    SubscriptionDelete,
    SubscriptionUpdate,
)
from .users import PresenceUpdate, TypingStart, UserUpdate
from .voice import (
    StageInstanceCreate,
    StageInstanceDelete,
    StageInstanceUpdate,
    VoiceChannelEffectSend,
    VoiceServerUpdate,
    VoiceStateUpdate,
)

__all__ = ["EVENTS", "EventSpec"]


@dataclass(frozen=True)
class EventSpec:
    """What the library knows about one dispatch event."""

    name: str
    """The wire name, ``MESSAGE_CREATE``."""
    cls: type[Event]
    intents: Intents
    """The intents any of which makes Discord send it; none where it needs none."""

    @property
    def method(self) -> str:
        """The name of the handler method."""
        return _METHODS.get(self.name, "on_" + self.name.lower())


# The methods whose names were asked for; every other event X_Y has on_x_y.
_METHODS = {"MESSAGE_CREATE": "on_message", "INTERACTION_CREATE": "on_interaction"}

_I = Intents

_TABLE: tuple[tuple[str, type[Event], Intents], ...] = (
    ("APPLICATION_COMMAND_PERMISSIONS_UPDATE", ApplicationCommandPermissionsUpdate, _I(0)),
    (
        "AUTO_MODERATION_ACTION_EXECUTION",
        AutoModerationActionExecution,
        _I.AUTO_MODERATION_EXECUTION,
    ),
    ("AUTO_MODERATION_RULE_CREATE", AutoModerationRuleCreate, _I.AUTO_MODERATION_CONFIGURATION),
    ("AUTO_MODERATION_RULE_DELETE", AutoModerationRuleDelete, _I.AUTO_MODERATION_CONFIGURATION),
    ("AUTO_MODERATION_RULE_UPDATE", AutoModerationRuleUpdate, _I.AUTO_MODERATION_CONFIGURATION),
    ("CHANNEL_CREATE", ChannelCreate, _I.GUILDS),
    ("CHANNEL_DELETE", ChannelDelete, _I.GUILDS),
    ("CHANNEL_INFO", ChannelInfo, _I(0)),
    ("CHANNEL_PINS_UPDATE", ChannelPinsUpdate, _I.GUILDS | _I.DIRECT_MESSAGES),
    ("CHANNEL_UPDATE", ChannelUpdate, _I.GUILDS),
    ("ENTITLEMENT_CREATE", EntitlementCreate, _I(0)),
    ("ENTITLEMENT_DELETE", EntitlementDelete, _I(0)),
    ("ENTITLEMENT_UPDATE", EntitlementUpdate, _I(0)),
    ("GUILD_AUDIT_LOG_ENTRY_CREATE", GuildAuditLogEntryCreate, _I.GUILD_MODERATION),
    ("GUILD_BAN_ADD", GuildBanAdd, _I.GUILD_MODERATION),
    ("GUILD_BAN_REMOVE", GuildBanRemove, _I.GUILD_MODERATION),
    ("GUILD_CREATE", GuildCreate, _I.GUILDS),
    ("GUILD_DELETE", GuildDelete, _I.GUILDS),
    ("GUILD_EMOJIS_UPDATE", GuildEmojisUpdate, _I.GUILD_EXPRESSIONS),
    ("GUILD_INTEGRATIONS_UPDATE", GuildIntegrationsUpdate, _I.GUILD_INTEGRATIONS),
    ("GUILD_MEMBERS_CHUNK", GuildMembersChunk, _I(0)),
    ("GUILD_MEMBER_ADD", GuildMemberAdd, _I.GUILD_MEMBERS),
    ("GUILD_MEMBER_REMOVE", GuildMemberRemove, _I.GUILD_MEMBERS),
    ("GUILD_MEMBER_UPDATE", GuildMemberUpdate, _I.GUILD_MEMBERS),
    ("GUILD_ROLE_CREATE", GuildRoleCreate, _I.GUILDS),
    ("GUILD_ROLE_DELETE", GuildRoleDelete, _I.GUILDS),
    ("GUILD_ROLE_UPDATE", GuildRoleUpdate, _I.GUILDS),
    ("GUILD_SCHEDULED_EVENT_CREATE", GuildScheduledEventCreate, _I.GUILD_SCHEDULED_EVENTS),
    ("GUILD_SCHEDULED_EVENT_DELETE", GuildScheduledEventDelete, _I.GUILD_SCHEDULED_EVENTS),
    ("GUILD_SCHEDULED_EVENT_UPDATE", GuildScheduledEventUpdate, _I.GUILD_SCHEDULED_EVENTS),
    ("GUILD_SCHEDULED_EVENT_USER_ADD", GuildScheduledEventUserAdd, _I.GUILD_SCHEDULED_EVENTS),
    ("GUILD_SCHEDULED_EVENT_USER_REMOVE", GuildScheduledEventUserRemove, _I.GUILD_SCHEDULED_EVENTS),
    ("GUILD_SOUNDBOARD_SOUNDS_UPDATE", GuildSoundboardSoundsUpdate, _I.GUILD_EXPRESSIONS),
    ("GUILD_SOUNDBOARD_SOUND_CREATE", GuildSoundboardSoundCreate, _I.GUILD_EXPRESSIONS),
    ("GUILD_SOUNDBOARD_SOUND_DELETE", GuildSoundboardSoundDelete, _I.GUILD_EXPRESSIONS),
    ("GUILD_SOUNDBOARD_SOUND_UPDATE", GuildSoundboardSoundUpdate, _I.GUILD_EXPRESSIONS),
    ("GUILD_STICKERS_UPDATE", GuildStickersUpdate, _I.GUILD_EXPRESSIONS),
    ("GUILD_UPDATE", GuildUpdate, _I.GUILDS),
    ("INTEGRATION_CREATE", IntegrationCreate, _I.GUILD_INTEGRATIONS),
    ("INTEGRATION_DELETE", IntegrationDelete, _I.GUILD_INTEGRATIONS),
    ("INTEGRATION_UPDATE", IntegrationUpdate, _I.GUILD_INTEGRATIONS),
    ("INTERACTION_CREATE", InteractionCreate, _I(0)),
    ("INVITE_CREATE", InviteCreate, _I.GUILD_INVITES),
    ("INVITE_DELETE", InviteDelete, _I.GUILD_INVITES),
    ("MESSAGE_CREATE", MessageCreate, _I.GUILD_MESSAGES | _I.DIRECT_MESSAGES),
    ("MESSAGE_DELETE", MessageDelete, _I.GUILD_MESSAGES | _I.DIRECT_MESSAGES),
    ("MESSAGE_DELETE_BULK", MessageDeleteBulk, _I.GUILD_MESSAGES),
    ("MESSAGE_POLL_VOTE_ADD", MessagePollVoteAdd, _I.GUILD_MESSAGE_POLLS | _I.DIRECT_MESSAGE_POLLS),
    (
        "MESSAGE_POLL_VOTE_REMOVE",
        MessagePollVoteRemove,
        _I.GUILD_MESSAGE_POLLS | _I.DIRECT_MESSAGE_POLLS,
    ),
    (
        "MESSAGE_REACTION_ADD",
        MessageReactionAdd,
        _I.GUILD_MESSAGE_REACTIONS | _I.DIRECT_MESSAGE_REACTIONS,
    ),
    (
        "MESSAGE_REACTION_REMOVE",
        MessageReactionRemove,
        _I.GUILD_MESSAGE_REACTIONS | _I.DIRECT_MESSAGE_REACTIONS,
    ),
    (
        "MESSAGE_REACTION_REMOVE_ALL",
        MessageReactionRemoveAll,
        _I.GUILD_MESSAGE_REACTIONS | _I.DIRECT_MESSAGE_REACTIONS,
    ),
    (
        "MESSAGE_REACTION_REMOVE_EMOJI",
        MessageReactionRemoveEmoji,
        _I.GUILD_MESSAGE_REACTIONS | _I.DIRECT_MESSAGE_REACTIONS,
    ),
    ("MESSAGE_UPDATE", MessageUpdate, _I.GUILD_MESSAGES | _I.DIRECT_MESSAGES),
    ("PRESENCE_UPDATE", PresenceUpdate, _I.GUILD_PRESENCES),
    ("RATE_LIMITED", RateLimited, _I(0)),
    ("READY", Ready, _I(0)),
    ("RESUMED", Resumed, _I(0)),
    ("SOUNDBOARD_SOUNDS", SoundboardSounds, _I(0)),
    ("STAGE_INSTANCE_CREATE", StageInstanceCreate, _I.GUILDS),
    ("STAGE_INSTANCE_DELETE", StageInstanceDelete, _I.GUILDS),
    ("STAGE_INSTANCE_UPDATE", StageInstanceUpdate, _I.GUILDS),
    ("SUBSCRIPTION_CREATE", SubscriptionCreate, _I(0)),
    ("SUBSCRIPTION_DELETE", SubscriptionDelete, _I(0)),
    ("SUBSCRIPTION_UPDATE", SubscriptionUpdate, _I(0)),
    ("THREAD_CREATE", ThreadCreate, _I.GUILDS),
    ("THREAD_DELETE", ThreadDelete, _I.GUILDS),
    ("THREAD_LIST_SYNC", ThreadListSync, _I.GUILDS),
    ("THREAD_MEMBERS_UPDATE", ThreadMembersUpdate, _I.GUILDS | _I.GUILD_MEMBERS),
    ("THREAD_MEMBER_UPDATE", ThreadMemberUpdate, _I.GUILDS),
    ("THREAD_UPDATE", ThreadUpdate, _I.GUILDS),
    ("TYPING_START", TypingStart, _I.GUILD_MESSAGE_TYPING | _I.DIRECT_MESSAGE_TYPING),
    ("USER_UPDATE", UserUpdate, _I(0)),
    ("VOICE_CHANNEL_EFFECT_SEND", VoiceChannelEffectSend, _I.GUILD_VOICE_STATES),
    ("VOICE_CHANNEL_START_TIME_UPDATE", VoiceChannelStartTimeUpdate, _I.GUILDS),
    ("VOICE_CHANNEL_STATUS_UPDATE", VoiceChannelStatusUpdate, _I.GUILDS),
    ("VOICE_SERVER_UPDATE", VoiceServerUpdate, _I(0)),
    ("VOICE_STATE_UPDATE", VoiceStateUpdate, _I.GUILD_VOICE_STATES),
    ("WEBHOOKS_UPDATE", WebhooksUpdate, _I.GUILD_WEBHOOKS),
)

EVENTS: dict[str, EventSpec] = {}
for _name, _cls, _intents in _TABLE:
    EVENTS[_name] = EventSpec(_name, _cls, _intents)
    _cls.event_name = _name
