"""`Handler`: one method an event, each of which does nothing until it is overridden."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .client import Client
    from .gateway import Connected, Disconnected
    from .types import Emoji, Role, User
    from .types.events import (
        ApplicationCommandPermissionsUpdate,
        AutoModerationActionExecution,
        AutoModerationRuleCreate,
        AutoModerationRuleDelete,
        AutoModerationRuleUpdate,
        ChannelCreate,
        ChannelDelete,
        ChannelInfo,
        ChannelPinsUpdate,
        ChannelUpdate,
        EntitlementCreate,
        EntitlementDelete,
        EntitlementUpdate,
        Event,
        GuildAuditLogEntryCreate,
        GuildBanAdd,
        GuildBanRemove,
        GuildCreate,
        GuildEmojisUpdate,
        GuildIntegrationsUpdate,
        GuildMemberAdd,
        GuildMembersChunk,
        GuildMemberUpdate,
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
        IntegrationCreate,
        IntegrationDelete,
        IntegrationUpdate,
        InteractionCreate,
        InviteCreate,
        InviteDelete,
        MessageCreate,
        MessageDeleteBulk,
        MessagePollVoteAdd,
        MessagePollVoteRemove,
        MessageReactionRemoveAll,
        MessageReactionRemoveEmoji,
        MessageUpdate,
        PresenceUpdate,
        RateLimited,
        Ready,
        Resumed,
        SoundboardSounds,
        StageInstanceCreate,
        StageInstanceDelete,
        StageInstanceUpdate,
        SubscriptionCreate,
        SubscriptionDelete,
        SubscriptionUpdate,
        ThreadCreate,
        ThreadDelete,
        ThreadListSync,
        ThreadMembersUpdate,
        ThreadMemberUpdate,
        ThreadUpdate,
        TypingStart,
        UserUpdate,
        VoiceChannelEffectSend,
        VoiceChannelStartTimeUpdate,
        VoiceChannelStatusUpdate,
        VoiceServerUpdate,
        VoiceStateUpdate,
        WebhooksUpdate,
    )

__all__ = ["Handler"]

_log = logging.getLogger("disruption.handler")


class Handler:
    """What a bot does: override the methods of the events it wants.

    ```python
    class MyBot(Handler):
        def on_message(self, message: MessageCreate) -> None:
            if message.content == "!ping":
                message.reply("Pong!")
    ```

    Methods run on worker threads and may block for as long as they like. The
    client asks Discord only for the events whose methods are overridden.

    See https://discord.com/developers/docs/events/gateway-events#receive-events
    """

    def setup(self, client: Client) -> None:
        """Do what must be done once, before the client connects for the first time."""

    def on_event(self, event: Event) -> None:
        """Every event that comes, after its own method; asks for no privileged intent."""

    def on_error(self, error: BaseException, event: object) -> None:
        """A method or function raised `error` on `event`; by default it is logged."""
        name = getattr(event, "event_name", "") or type(event).__name__
        _log.error("A handler failed on %s", name, exc_info=error)

    def on_connect(self, event: Connected) -> None:
        """The gateway answered; a session is about to begin or to be resumed."""

    def on_disconnect(self, event: Disconnected) -> None:
        """The connection ended: `event` says why, and whether and when it is resumed."""

    def on_channel_create(self, channel: ChannelCreate) -> None:
        """A channel was made."""

    def on_channel_update(self, channel: ChannelUpdate) -> None:
        """A channel was changed."""

    def on_guild_create(self, guild: GuildCreate) -> None:
        """The bot joined a guild, or a guild is available (again)."""

    def on_guild_delete(self, guild_id: int, unavailable: bool) -> None:
        """The bot left a guild, or (`unavailable`) the guild has an outage."""

    def on_guild_member_add(self, guild_id: int, member: GuildMemberAdd) -> None:
        """Somebody joined a guild."""

    def on_guild_member_remove(self, guild_id: int, user: User) -> None:
        """Somebody left a guild, or was removed."""

    def on_guild_member_update(self, guild_id: int, member: GuildMemberUpdate) -> None:
        """A member was changed."""

    def on_guild_role_create(self, guild_id: int, role: Role) -> None:
        """A role was made."""

    def on_guild_role_delete(self, guild_id: int, role_id: int) -> None:
        """A role was deleted."""

    def on_guild_role_update(self, guild_id: int, role: Role) -> None:
        """A role was changed."""

    def on_guild_update(self, guild: GuildUpdate) -> None:
        """A guild was changed."""

    def on_interaction(self, interaction: InteractionCreate) -> None:
        """Somebody used a command, a component or a modal."""

    def on_message(self, message: MessageCreate) -> None:
        """A message was sent."""

    def on_message_delete(self, message_id: int, channel_id: int, guild_id: int | None) -> None:
        """A message was deleted."""

    def on_message_reaction_add(
        self, user_id: int, channel_id: int, message_id: int, guild_id: int | None, emoji: Emoji
    ) -> None:
        """Somebody reacted to a message."""

    def on_message_reaction_remove(
        self, user_id: int, channel_id: int, message_id: int, guild_id: int | None, emoji: Emoji
    ) -> None:
        """Somebody took a reaction back."""

    def on_message_update(self, message: MessageUpdate) -> None:
        """A message was edited."""

    def on_ready(self, ready: Ready) -> None:
        """A new session began; it carries the bot's user and its guilds, still unavailable."""

    def on_application_command_permissions_update(
        self, event: ApplicationCommandPermissionsUpdate
    ) -> None:
        """Discord sent APPLICATION_COMMAND_PERMISSIONS_UPDATE."""

    def on_auto_moderation_action_execution(self, event: AutoModerationActionExecution) -> None:
        """Discord sent AUTO_MODERATION_ACTION_EXECUTION."""

    def on_auto_moderation_rule_create(self, event: AutoModerationRuleCreate) -> None:
        """Discord sent AUTO_MODERATION_RULE_CREATE."""

    def on_auto_moderation_rule_delete(self, event: AutoModerationRuleDelete) -> None:
        """Discord sent AUTO_MODERATION_RULE_DELETE."""

    def on_auto_moderation_rule_update(self, event: AutoModerationRuleUpdate) -> None:
        """Discord sent AUTO_MODERATION_RULE_UPDATE."""

    def on_channel_delete(self, event: ChannelDelete) -> None:
        """Discord sent CHANNEL_DELETE."""

    def on_channel_info(self, event: ChannelInfo) -> None:
        """Discord sent CHANNEL_INFO."""

    def on_channel_pins_update(self, event: ChannelPinsUpdate) -> None:
        """Discord sent CHANNEL_PINS_UPDATE."""

    def on_entitlement_create(self, event: EntitlementCreate) -> None:
        """Discord sent ENTITLEMENT_CREATE."""

    def on_entitlement_delete(self, event: EntitlementDelete) -> None:
        """Discord sent ENTITLEMENT_DELETE."""

    def on_entitlement_update(self, event: EntitlementUpdate) -> None:
        """Discord sent ENTITLEMENT_UPDATE."""

    def on_guild_audit_log_entry_create(self, event: GuildAuditLogEntryCreate) -> None:
        """Discord sent GUILD_AUDIT_LOG_ENTRY_CREATE."""

    def on_guild_ban_add(self, event: GuildBanAdd) -> None:
        """Discord sent GUILD_BAN_ADD."""

    def on_guild_ban_remove(self, event: GuildBanRemove) -> None:
        """Discord sent GUILD_BAN_REMOVE."""

    def on_guild_emojis_update(self, event: GuildEmojisUpdate) -> None:
        """Discord sent GUILD_EMOJIS_UPDATE."""

    def on_guild_integrations_update(self, event: GuildIntegrationsUpdate) -> None:
        """Discord sent GUILD_INTEGRATIONS_UPDATE."""

    def on_guild_members_chunk(self, event: GuildMembersChunk) -> None:
        """Discord sent GUILD_MEMBERS_CHUNK."""

    def on_guild_scheduled_event_create(self, event: GuildScheduledEventCreate) -> None:
        """Discord sent GUILD_SCHEDULED_EVENT_CREATE."""

    def on_guild_scheduled_event_delete(self, event: GuildScheduledEventDelete) -> None:
        """Discord sent GUILD_SCHEDULED_EVENT_DELETE."""

    def on_guild_scheduled_event_update(self, event: GuildScheduledEventUpdate) -> None:
        """Discord sent GUILD_SCHEDULED_EVENT_UPDATE."""

    def on_guild_scheduled_event_user_add(self, event: GuildScheduledEventUserAdd) -> None:
        """Discord sent GUILD_SCHEDULED_EVENT_USER_ADD."""

    def on_guild_scheduled_event_user_remove(self, event: GuildScheduledEventUserRemove) -> None:
        """Discord sent GUILD_SCHEDULED_EVENT_USER_REMOVE."""

    def on_guild_soundboard_sounds_update(self, event: GuildSoundboardSoundsUpdate) -> None:
        """Discord sent GUILD_SOUNDBOARD_SOUNDS_UPDATE."""

    def on_guild_soundboard_sound_create(self, event: GuildSoundboardSoundCreate) -> None:
        """Discord sent GUILD_SOUNDBOARD_SOUND_CREATE."""

    def on_guild_soundboard_sound_delete(self, event: GuildSoundboardSoundDelete) -> None:
        """Discord sent GUILD_SOUNDBOARD_SOUND_DELETE."""

    def on_guild_soundboard_sound_update(self, event: GuildSoundboardSoundUpdate) -> None:
        """Discord sent GUILD_SOUNDBOARD_SOUND_UPDATE."""

    def on_guild_stickers_update(self, event: GuildStickersUpdate) -> None:
        """Discord sent GUILD_STICKERS_UPDATE."""

    def on_integration_create(self, event: IntegrationCreate) -> None:
        """Discord sent INTEGRATION_CREATE."""

    def on_integration_delete(self, event: IntegrationDelete) -> None:
        """Discord sent INTEGRATION_DELETE."""

    def on_integration_update(self, event: IntegrationUpdate) -> None:
        """Discord sent INTEGRATION_UPDATE."""

    def on_invite_create(self, event: InviteCreate) -> None:
        """Discord sent INVITE_CREATE."""

    def on_invite_delete(self, event: InviteDelete) -> None:
        """Discord sent INVITE_DELETE."""

    def on_message_delete_bulk(self, event: MessageDeleteBulk) -> None:
        """Discord sent MESSAGE_DELETE_BULK."""

    def on_message_poll_vote_add(self, event: MessagePollVoteAdd) -> None:
        """Discord sent MESSAGE_POLL_VOTE_ADD."""

    def on_message_poll_vote_remove(self, event: MessagePollVoteRemove) -> None:
        """Discord sent MESSAGE_POLL_VOTE_REMOVE."""

    def on_message_reaction_remove_all(self, event: MessageReactionRemoveAll) -> None:
        """Discord sent MESSAGE_REACTION_REMOVE_ALL."""

    def on_message_reaction_remove_emoji(self, event: MessageReactionRemoveEmoji) -> None:
        """Discord sent MESSAGE_REACTION_REMOVE_EMOJI."""

    def on_presence_update(self, event: PresenceUpdate) -> None:
        """Discord sent PRESENCE_UPDATE."""

    def on_rate_limited(self, event: RateLimited) -> None:
        """Discord sent RATE_LIMITED."""

    def on_resumed(self, event: Resumed) -> None:
        """The session goes on after an interruption; what was missed has been sent again."""

    def on_soundboard_sounds(self, event: SoundboardSounds) -> None:
        """Discord sent SOUNDBOARD_SOUNDS."""

    def on_stage_instance_create(self, event: StageInstanceCreate) -> None:
        """Discord sent STAGE_INSTANCE_CREATE."""

    def on_stage_instance_delete(self, event: StageInstanceDelete) -> None:
        """Discord sent STAGE_INSTANCE_DELETE."""

    def on_stage_instance_update(self, event: StageInstanceUpdate) -> None:
        """Discord sent STAGE_INSTANCE_UPDATE."""

    def on_subscription_create(self, event: SubscriptionCreate) -> None:
        """Discord sent SUBSCRIPTION_CREATE."""

    def on_subscription_delete(self, event: SubscriptionDelete) -> None:
        """Discord sent SUBSCRIPTION_DELETE."""

    def on_subscription_update(self, event: SubscriptionUpdate) -> None:
        """Discord sent SUBSCRIPTION_UPDATE."""

    def on_thread_create(self, event: ThreadCreate) -> None:
        """Discord sent THREAD_CREATE."""

    def on_thread_delete(self, event: ThreadDelete) -> None:
        """Discord sent THREAD_DELETE."""

    def on_thread_list_sync(self, event: ThreadListSync) -> None:
        """Discord sent THREAD_LIST_SYNC."""

    def on_thread_members_update(self, event: ThreadMembersUpdate) -> None:
        """Discord sent THREAD_MEMBERS_UPDATE."""

    def on_thread_member_update(self, event: ThreadMemberUpdate) -> None:
        """Discord sent THREAD_MEMBER_UPDATE."""

    def on_thread_update(self, event: ThreadUpdate) -> None:
        """Discord sent THREAD_UPDATE."""

    def on_typing_start(self, event: TypingStart) -> None:
        """Discord sent TYPING_START."""

    def on_user_update(self, event: UserUpdate) -> None:
        """Discord sent USER_UPDATE."""

    def on_voice_channel_effect_send(self, event: VoiceChannelEffectSend) -> None:
        """Discord sent VOICE_CHANNEL_EFFECT_SEND."""

    def on_voice_channel_start_time_update(self, event: VoiceChannelStartTimeUpdate) -> None:
        """Discord sent VOICE_CHANNEL_START_TIME_UPDATE."""

    def on_voice_channel_status_update(self, event: VoiceChannelStatusUpdate) -> None:
        """Discord sent VOICE_CHANNEL_STATUS_UPDATE."""

    def on_voice_server_update(self, event: VoiceServerUpdate) -> None:
        """Discord sent VOICE_SERVER_UPDATE."""

    def on_voice_state_update(self, event: VoiceStateUpdate) -> None:
        """Discord sent VOICE_STATE_UPDATE."""

    def on_webhooks_update(self, event: WebhooksUpdate) -> None:
        """Discord sent WEBHOOKS_UPDATE."""
