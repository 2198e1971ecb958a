"""Which events an intent lets through.

See https://discord.com/developers/docs/events/gateway#gateway-intents
"""

from __future__ import annotations

__all__ = ["ALL", "EVENTS", "INTENTS", "intents_of"]

#: Every intent's bit by its name.
INTENTS: dict[str, int] = {
    "GUILDS": 1 << 0,
    "GUILD_MEMBERS": 1 << 1,
    "GUILD_MODERATION": 1 << 2,
    "GUILD_EXPRESSIONS": 1 << 3,
    "GUILD_INTEGRATIONS": 1 << 4,
    "GUILD_WEBHOOKS": 1 << 5,
    "GUILD_INVITES": 1 << 6,
    "GUILD_VOICE_STATES": 1 << 7,
    "GUILD_PRESENCES": 1 << 8,
    "GUILD_MESSAGES": 1 << 9,
    "GUILD_MESSAGE_REACTIONS": 1 << 10,
    "GUILD_MESSAGE_TYPING": 1 << 11,
    "DIRECT_MESSAGES": 1 << 12,
    "DIRECT_MESSAGE_REACTIONS": 1 << 13,
    "DIRECT_MESSAGE_TYPING": 1 << 14,
    "MESSAGE_CONTENT": 1 << 15,
    "GUILD_SCHEDULED_EVENTS": 1 << 16,
    "AUTO_MODERATION_CONFIGURATION": 1 << 20,
    "AUTO_MODERATION_EXECUTION": 1 << 21,
    "GUILD_MESSAGE_POLLS": 1 << 24,
    "DIRECT_MESSAGE_POLLS": 1 << 25,
}

#: Bits that are taken without complaint. Bits 17 to 19 are not documented, but clients in the
#: field send bit 17 and are served.
ALL = sum(INTENTS.values()) | 0b111 << 17

_GUILDS = INTENTS["GUILDS"]

#: Events with one gate, in guilds and elsewhere.
_GUILD_EVENTS: dict[str, int] = {
    **dict.fromkeys(
        (
            *("GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE"),
            *("GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE", "GUILD_ROLE_DELETE"),
            *("CHANNEL_CREATE", "CHANNEL_UPDATE", "CHANNEL_DELETE"),
            *("THREAD_CREATE", "THREAD_UPDATE", "THREAD_DELETE", "THREAD_LIST_SYNC"),
            *("THREAD_MEMBER_UPDATE", "VOICE_CHANNEL_STATUS_UPDATE"),
            *("VOICE_CHANNEL_START_TIME_UPDATE", "STAGE_INSTANCE_CREATE"),
            *("STAGE_INSTANCE_UPDATE", "STAGE_INSTANCE_DELETE"),
        ),
        _GUILDS,
    ),
    **dict.fromkeys(
        ("GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE", "GUILD_MEMBER_REMOVE", "THREAD_MEMBERS_UPDATE"),
        INTENTS["GUILD_MEMBERS"],
    ),
    **dict.fromkeys(
        ("GUILD_AUDIT_LOG_ENTRY_CREATE", "GUILD_BAN_ADD", "GUILD_BAN_REMOVE"),
        INTENTS["GUILD_MODERATION"],
    ),
    **dict.fromkeys(
        (
            *("GUILD_EMOJIS_UPDATE", "GUILD_STICKERS_UPDATE", "GUILD_SOUNDBOARD_SOUNDS_UPDATE"),
            *("GUILD_SOUNDBOARD_SOUND_CREATE", "GUILD_SOUNDBOARD_SOUND_UPDATE"),
            "GUILD_SOUNDBOARD_SOUND_DELETE",
        ),
        INTENTS["GUILD_EXPRESSIONS"],
    ),
    **dict.fromkeys(
        (
            *("GUILD_INTEGRATIONS_UPDATE", "INTEGRATION_CREATE"),
            *("INTEGRATION_UPDATE", "INTEGRATION_DELETE"),
        ),
        INTENTS["GUILD_INTEGRATIONS"],
    ),
    "WEBHOOKS_UPDATE": INTENTS["GUILD_WEBHOOKS"],
    **dict.fromkeys(("INVITE_CREATE", "INVITE_DELETE"), INTENTS["GUILD_INVITES"]),
    **dict.fromkeys(
        ("VOICE_STATE_UPDATE", "VOICE_CHANNEL_EFFECT_SEND"), INTENTS["GUILD_VOICE_STATES"]
    ),
    "PRESENCE_UPDATE": INTENTS["GUILD_PRESENCES"],
    **dict.fromkeys(
        (
            *("GUILD_SCHEDULED_EVENT_CREATE", "GUILD_SCHEDULED_EVENT_UPDATE"),
            *("GUILD_SCHEDULED_EVENT_DELETE", "GUILD_SCHEDULED_EVENT_USER_ADD"),
            "GUILD_SCHEDULED_EVENT_USER_REMOVE",
        ),
        INTENTS["GUILD_SCHEDULED_EVENTS"],
    ),
    **dict.fromkeys(
        (
            *("AUTO_MODERATION_RULE_CREATE", "AUTO_MODERATION_RULE_UPDATE"),
            "AUTO_MODERATION_RULE_DELETE",
        ),
        INTENTS["AUTO_MODERATION_CONFIGURATION"],
    ),
    "AUTO_MODERATION_ACTION_EXECUTION": INTENTS["AUTO_MODERATION_EXECUTION"],
}

#: Events whose gate differs between guilds and direct messages.
_MESSAGE_EVENTS: dict[str, tuple[int, int]] = {
    **dict.fromkeys(
        ("MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK"),
        (INTENTS["GUILD_MESSAGES"], INTENTS["DIRECT_MESSAGES"]),
    ),
    **dict.fromkeys(
        (
            *("MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE"),
            *("MESSAGE_REACTION_REMOVE_ALL", "MESSAGE_REACTION_REMOVE_EMOJI"),
        ),
        (INTENTS["GUILD_MESSAGE_REACTIONS"], INTENTS["DIRECT_MESSAGE_REACTIONS"]),
    ),
    "TYPING_START": (INTENTS["GUILD_MESSAGE_TYPING"], INTENTS["DIRECT_MESSAGE_TYPING"]),
    **dict.fromkeys(
        ("MESSAGE_POLL_VOTE_ADD", "MESSAGE_POLL_VOTE_REMOVE"),
        (INTENTS["GUILD_MESSAGE_POLLS"], INTENTS["DIRECT_MESSAGE_POLLS"]),
    ),
    "CHANNEL_PINS_UPDATE": (_GUILDS, INTENTS["DIRECT_MESSAGES"]),
}


#: Every dispatch of Discord's; those of the last lines need no intent.
EVENTS: tuple[str, ...] = (
    *_GUILD_EVENTS,
    *_MESSAGE_EVENTS,
    *("READY", "RESUMED", "RATE_LIMITED", "USER_UPDATE", "INTERACTION_CREATE"),
    *("GUILD_MEMBERS_CHUNK", "SOUNDBOARD_SOUNDS", "CHANNEL_INFO", "VOICE_SERVER_UPDATE"),
    *("ENTITLEMENT_CREATE", "ENTITLEMENT_UPDATE", "ENTITLEMENT_DELETE"),
    *("SUBSCRIPTION_CREATE", "SUBSCRIPTION_UPDATE", "SUBSCRIPTION_DELETE"),
    "APPLICATION_COMMAND_PERMISSIONS_UPDATE",
)


def intents_of(event: str, in_guild: bool) -> int:
    """Return the intents of which a session needs one to receive an event; 0 for none."""
    both = _MESSAGE_EVENTS.get(event)
    if both is not None:
        return both[0] if in_guild else both[1]
    return _GUILD_EVENTS.get(event, 0)
