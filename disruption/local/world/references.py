"""What a message points to: the message it answers, or the one it forwards.

See https://discord.com/developers/docs/resources/message#message-reference-types
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import WorldError, form_error
from .ids import clone
from .parts import beside

if TYPE_CHECKING:
    from .messages import MessageRecord
    from .world import World

__all__ = ["reference_fields", "referenced_by"]

#: The flag of a message that forwards another.
HAS_SNAPSHOT = 1 << 14

#: What a forwarded message keeps.
_SNAPSHOT = (
    *("type", "content", "embeds", "attachments", "timestamp", "edited_timestamp", "flags"),
    *("mentions", "mention_roles", "components"),
)


def referenced_by(
    world: World, channel_id: str, reference: dict[str, Any] | None
) -> MessageRecord | None:
    """Return the message that a reference means, None where it may be missing and is."""
    if reference is None:
        return None
    where = str(reference.get("channel_id") or channel_id)
    try:
        return world.messages.state(where, str(reference.get("message_id")))
    except WorldError:
        if reference.get("fail_if_not_exists", True):
            text = "Unknown message"
            raise form_error("message_reference", "REPLIES_UNKNOWN_MESSAGE", text) from None
        return None


def reference_fields(
    world: World,
    channel_id: str,
    reference: dict[str, Any],
    referenced: MessageRecord | None,
    flags: int,
) -> dict[str, Any]:
    """Return the fields of a message with these flags that show its reference."""
    where = str(reference.get("channel_id") or channel_id)
    kind = reference.get("type") or 0
    whole: dict[str, Any] = {
        "type": kind,
        "channel_id": where,
        "message_id": str(reference.get("message_id")),
    }
    guild_id = None
    if world.channels.exists(where):
        guild_id = world.channels.state(where).get("guild_id")
    if guild_id is not None:
        whole["guild_id"] = guild_id
    if kind == 1 and referenced is not None:
        snapshot = {key: clone(referenced.data[key]) for key in _SNAPSHOT}
        snapshot["attachments"] = beside(snapshot)
        return {
            "message_reference": whole,
            "message_snapshots": [{"message": snapshot}],
            "flags": flags | HAS_SNAPSHOT,
        }
    fields: dict[str, Any] = {"message_reference": whole, "referenced_message": None}
    if referenced is not None:
        # One level only: the answered message's own reference is not followed.
        inner = world.messages.payload(referenced)
        inner.pop("referenced_message", None)
        fields["referenced_message"] = inner
    return fields
