"""What Discord's client calls the permissions, where that is not their name in the API.

See https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags
"""

from __future__ import annotations

from typing import Final

__all__ = ["label"]

_LABELS: Final = {
    "CREATE_INSTANT_INVITE": "Create Invite",
    "MANAGE_GUILD": "Manage Server",
    "STREAM": "Video",
    "VIEW_CHANNEL": "View Channels",
    "SEND_TTS_MESSAGES": "Send Text-to-Speech Messages",
    "MENTION_EVERYONE": "Mention @everyone, @here, and All Roles",
    "USE_EXTERNAL_EMOJIS": "Use External Emoji",
    "VIEW_GUILD_INSIGHTS": "View Server Insights",
    "USE_VAD": "Use Voice Activity",
    "MANAGE_GUILD_EXPRESSIONS": "Manage Expressions",
    "CREATE_GUILD_EXPRESSIONS": "Create Expressions",
    "SEND_MESSAGES_IN_THREADS": "Send Messages in Threads",
    "USE_EMBEDDED_ACTIVITIES": "Use Activities",
    "MODERATE_MEMBERS": "Timeout Members",
    "SEND_POLLS": "Create Polls",
}


def label(name: str) -> str:
    """Return the words for the name of a permission."""
    return _LABELS.get(name) or name.replace("_", " ").title()
