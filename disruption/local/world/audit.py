"""The audit log of a guild: who changed what, and why.

See https://discord.com/developers/docs/resources/audit-log
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .acting import actor
from .ids import clone
from .permissions import BITS

if TYPE_CHECKING:
    from .world import World

__all__ = ["ACTIONS", "AuditLog", "differences"]

#: The number of every kind of entry by its name.
ACTIONS: dict[str, int] = {
    "GUILD_UPDATE": 1,
    "CHANNEL_CREATE": 10,
    "CHANNEL_UPDATE": 11,
    "CHANNEL_DELETE": 12,
    "CHANNEL_OVERWRITE_CREATE": 13,
    "CHANNEL_OVERWRITE_UPDATE": 14,
    "CHANNEL_OVERWRITE_DELETE": 15,
    "MEMBER_KICK": 20,
    "MEMBER_PRUNE": 21,
    "MEMBER_BAN_ADD": 22,
    "MEMBER_BAN_REMOVE": 23,
    "MEMBER_UPDATE": 24,
    "MEMBER_ROLE_UPDATE": 25,
    "MEMBER_MOVE": 26,
    "MEMBER_DISCONNECT": 27,
    "BOT_ADD": 28,
    "ROLE_CREATE": 30,
    "ROLE_UPDATE": 31,
    "ROLE_DELETE": 32,
    "INVITE_CREATE": 40,
    "INVITE_UPDATE": 41,
    "INVITE_DELETE": 42,
    "WEBHOOK_CREATE": 50,
    "WEBHOOK_UPDATE": 51,
    "WEBHOOK_DELETE": 52,
    "EMOJI_CREATE": 60,
    "EMOJI_UPDATE": 61,
    "EMOJI_DELETE": 62,
    "MESSAGE_DELETE": 72,
    "MESSAGE_BULK_DELETE": 73,
    "MESSAGE_PIN": 74,
    "MESSAGE_UNPIN": 75,
    "INTEGRATION_CREATE": 80,
    "INTEGRATION_UPDATE": 81,
    "INTEGRATION_DELETE": 82,
    "STAGE_INSTANCE_CREATE": 83,
    "STAGE_INSTANCE_UPDATE": 84,
    "STAGE_INSTANCE_DELETE": 85,
    "STICKER_CREATE": 90,
    "STICKER_UPDATE": 91,
    "STICKER_DELETE": 92,
    "GUILD_SCHEDULED_EVENT_CREATE": 100,
    "GUILD_SCHEDULED_EVENT_UPDATE": 101,
    "GUILD_SCHEDULED_EVENT_DELETE": 102,
    "THREAD_CREATE": 110,
    "THREAD_UPDATE": 111,
    "THREAD_DELETE": 112,
    "APPLICATION_COMMAND_PERMISSION_UPDATE": 121,
    "SOUNDBOARD_SOUND_CREATE": 130,
    "SOUNDBOARD_SOUND_UPDATE": 131,
    "SOUNDBOARD_SOUND_DELETE": 132,
    "AUTO_MODERATION_RULE_CREATE": 140,
    "AUTO_MODERATION_RULE_UPDATE": 141,
    "AUTO_MODERATION_RULE_DELETE": 142,
    "AUTO_MODERATION_BLOCK_MESSAGE": 143,
    "AUTO_MODERATION_FLAG_TO_CHANNEL": 144,
    "AUTO_MODERATION_USER_COMMUNICATION_DISABLED": 145,
    "AUTO_MODERATION_QUARANTINE_USER": 146,
    "CREATOR_MONETIZATION_REQUEST_CREATED": 150,
    "CREATOR_MONETIZATION_TERMS_ACCEPTED": 151,
    "ONBOARDING_PROMPT_CREATE": 163,
    "ONBOARDING_PROMPT_UPDATE": 164,
    "ONBOARDING_PROMPT_DELETE": 165,
    "ONBOARDING_CREATE": 166,
    "ONBOARDING_UPDATE": 167,
    "HOME_SETTINGS_CREATE": 190,
    "HOME_SETTINGS_UPDATE": 191,
    "VOICE_CHANNEL_STATUS_CREATE": 192,
    "VOICE_CHANNEL_STATUS_DELETE": 193,
}

#: What no entry lists among its changes.
_UNLISTED = frozenset(
    {"id", "guild_id", "user", "creator", "version", "application_id", "sound_id"}
)


def differences(
    before: dict[str, Any] | None, after: dict[str, Any] | None
) -> list[dict[str, Any]]:
    """Return the changes between two states of a thing; None is before it was, or after."""
    old, new = before or {}, after or {}
    changes = []
    for key in dict.fromkeys((*old, *new)):
        if key in _UNLISTED or key[0] == "_" or old.get(key) == new.get(key):
            continue
        change: dict[str, Any] = {"key": key}
        if new.get(key) is not None:
            change["new_value"] = clone(new[key])
        if old.get(key) is not None:
            change["old_value"] = clone(old[key])
        changes.append(change)
    return changes


class AuditLog:
    """The audit logs of all guilds; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._entries: dict[str, list[dict[str, Any]]] = {}  # by guild id, oldest first

    def record(
        self,
        guild_id: str | None,
        action: str,
        target_id: str | None,
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
        changes: list[dict[str, Any]] | None = None,
        options: dict[str, str] | None = None,
        user_id: str | None = None,
    ) -> None:
        """Write an entry, unless nobody is behind the change or nothing changed.

        Args:
            guild_id: Where; None (direct messages) has no audit log.
            action: The name of the kind of entry.
            target_id: What was changed.
            before: The thing as it was; None for a new one.
            after: The thing as it is; None for one that is gone.
            changes: What changed, instead of `before` and `after`.
            options: Further facts.
            user_id: Who did it, where that is not who acts.
        """
        who = actor()
        if guild_id is None or (who is None and user_id is None):
            return
        listed = changes if changes is not None else differences(before, after)
        if not listed and (changes is not None or (before is not None and after is not None)):
            return
        entry: dict[str, Any] = {
            "id": self._world.ids.next(),
            "action_type": ACTIONS[action],
            "user_id": user_id if user_id is not None else (who.user_id if who else None),
            "target_id": target_id,
        }
        if listed:
            entry["changes"] = clone(listed)
        if options is not None:
            entry["options"] = dict(options)
        if who is not None and who.reason and user_id in (None, who.user_id):
            entry["reason"] = who.reason
        self._entries.setdefault(guild_id, []).append(entry)
        self._world.announce(
            "GUILD_AUDIT_LOG_ENTRY_CREATE",
            {**clone(entry), "guild_id": guild_id},
            guild_id=guild_id,
            needed=BITS["VIEW_AUDIT_LOG"],
        )

    def list(
        self,
        guild_id: str,
        *,
        limit: int = 50,
        before: str | None = None,
        after: str | None = None,
        user_id: str | None = None,
        action_type: int | None = None,
        target_id: str | None = None,
    ) -> list[dict[str, Any]]:
        """Return entries, newest first; with `after`, those that follow it, oldest first."""
        with self._world.lock:
            self._world.guilds.state(guild_id)
            chosen = [
                entry
                for entry in self._entries.get(guild_id, ())
                if (user_id is None or entry["user_id"] == user_id)
                and (action_type is None or entry["action_type"] == action_type)
                and (target_id is None or entry["target_id"] == target_id)
                and (before is None or int(entry["id"]) < int(before))
                and (after is None or int(entry["id"]) > int(after))
            ]
            page = chosen[:limit] if after is not None else chosen[::-1][:limit]
            return [clone(entry) for entry in page]

    def forget(self, guild_id: str) -> None:
        """Drop the audit log of a guild."""
        self._entries.pop(guild_id, None)
