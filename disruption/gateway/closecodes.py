"""What to do after each close code, and what to tell a bot's author.

See https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
"""

from __future__ import annotations

from ..errors import AuthenticationFailed, DisallowedIntents, FatalClose

__all__ = [
    "END_SESSION",
    "FATAL",
    "KEEP_SESSION",
    "NEW_SESSION",
    "OWN_FAULT",
    "close_name",
    "fatal_error",
]

KEEP_SESSION = 4000  # what we close with when we mean to resume
END_SESSION = 1000  # what we close with when the session shall end

# Closes after which the session is gone and a new one must be started.
NEW_SESSION = frozenset({4007, 4009})

# Closes that only a mistake of this library, or of raw payloads given to it, can cause.
OWN_FAULT = frozenset({4001, 4002, 4005, 4008})

# Closes after which connecting again is useless, with advice.
FATAL = {
    4004: "The token is wrong or was reset: copy it again from the Bot page of your application "
    "at https://discord.com/developers/applications.",
    4010: "The shard is not valid: shard numbers start at 0 and must be below the shard count.",
    4011: "The bot is in too many guilds for one connection: use more shards "
    "(GET /gateway/bot tells how many).",
    4012: "Discord no longer serves this version of the gateway: update disruption.",
    4013: "The intents are not a valid combination of bits: use the Intents flags.",
    4014: "A privileged intent was asked for that is not switched on: enable it under "
    '"Privileged Gateway Intents" on the Bot page of your application at '
    "https://discord.com/developers/applications, or do not ask for it.",
}

_NAMES = {
    1000: "normal closure",
    1001: "going away",
    1006: "connection lost",
    4000: "unknown error",
    4001: "unknown opcode",
    4002: "decode error",
    4003: "not authenticated",
    4004: "authentication failed",
    4005: "already authenticated",
    4007: "invalid sequence",
    4008: "rate limited",
    4009: "session timed out",
    4010: "invalid shard",
    4011: "sharding required",
    4012: "invalid API version",
    4013: "invalid intents",
    4014: "disallowed intents",
}

_PRIVILEGED = {1 << 1: "GUILD_MEMBERS", 1 << 8: "GUILD_PRESENCES", 1 << 15: "MESSAGE_CONTENT"}


def close_name(code: int) -> str:
    """Return the documented name of a close code, empty where it has none."""
    return _NAMES.get(code, "")


def fatal_error(code: int, reason: str, intents: int) -> FatalClose:
    """Return the error to raise for a fatal close code.

    Args:
        code: One of `FATAL`, or of `OWN_FAULT` when it keeps coming.
        reason: Discord's text.
        intents: What was asked for, to name the privileged ones.
    """
    text = reason or close_name(code)
    if code == 4004:
        return AuthenticationFailed(code, text, FATAL[code])
    if code == 4014:
        names = tuple(name for bit, name in _PRIVILEGED.items() if intents & bit)
        advice = FATAL[code]
        if names:
            advice += f" This bot asked for {', '.join(names)}."
        return DisallowedIntents(code, text, advice, names)
    if code in FATAL:
        return FatalClose(code, text, FATAL[code])
    return FatalClose(
        code,
        text,
        "This close came three times in a row and is caused by what this side sent: a raw payload "
        "given to send(), or a fault of disruption that deserves a report.",
    )
