"""Messages of a channel, and its pins.

See https://discord.com/developers/docs/resources/message
"""

from __future__ import annotations

from typing import Any

from ...world.channels import DM
from ...world.permissions import BITS, bits
from ..compose import VOICE, changed_message, limit_pings, new_message
from ..errors import WorldError, form_error, missing_permissions
from ..routing import Call, Routes
from ..validate import Body, Form

routes = Routes()

_MESSAGES = "/channels/{channel_id}/messages"
_MESSAGE = "/channels/{channel_id}/messages/{message_id}"

#: Whoever may do one of these writes as fast as they like.
_UNHURRIED = bits("MANAGE_CHANNELS", "MANAGE_MESSAGES", "BYPASS_SLOWMODE")

#: What somebody wrote, which cannot be changed in the message of a poll.
_WRITTEN = frozenset({"content", "embeds", "attachments", "poll"})


@routes.get(_MESSAGES)
def get_channel_messages(call: Call, channel_id: str) -> list[dict[str, Any]]:
    """Return messages of a channel, newest first."""
    call.world.permissions.require(call.user_id, channel_id)
    limit = call.integer("limit", 50, 1, 100)
    around, before, after = (call.snowflake(key) for key in ("around", "before", "after"))
    if not _has(call, channel_id, "READ_MESSAGE_HISTORY"):
        return []
    return call.world.messages.list(
        channel_id,
        limit=limit,
        around=around,
        before=before,
        after=after,
        viewer_id=call.user_id,
    )


@routes.get(_MESSAGE)
def get_channel_message(call: Call, channel_id: str, message_id: str) -> dict[str, Any]:
    """Return one message."""
    call.world.permissions.require(call.user_id, channel_id, "READ_MESSAGE_HISTORY")
    return _visible(call, channel_id, message_id)


def _visible(call: Call, channel_id: str, message_id: str) -> dict[str, Any]:
    """Return a message that everyone in its channel sees.

    Raises:
        WorldError: 10008; ephemeral messages are in no channel as far as this page goes.
    """
    message = call.world.messages.get(channel_id, message_id, call.user_id)
    if message["flags"] & (1 << 6):
        raise WorldError(404, 10008, "Unknown Message")
    return message


@routes.post(_MESSAGES)
def create_message(call: Call, channel_id: str) -> dict[str, Any]:
    """Send a message."""
    world = call.world
    world.permissions.require(call.user_id, channel_id, "SEND_MESSAGES")
    _check_mutual(call, channel_id)
    _check_slowmode(call, channel_id)
    fields = new_message(call, call.body, channel_id)
    if fields["attachments"]:
        world.permissions.require(call.user_id, channel_id, "ATTACH_FILES")
    if fields["flags"] & VOICE and not _has(call, channel_id, "SEND_VOICE_MESSAGES"):
        raise WorldError(403, 50173, "You cannot send voice messages in this channel.")
    if fields["embeds"] and not _has(call, channel_id, "EMBED_LINKS"):
        raise missing_permissions()
    if fields["tts"] and not _has(call, channel_id, "SEND_TTS_MESSAGES"):
        fields["tts"] = False
    if fields.get("poll"):
        world.permissions.require(call.user_id, channel_id, "SEND_POLLS")
    reference = fields["reference"]
    if reference is not None:
        _check_reference(call, channel_id, reference)
    limit_pings(world, fields, channel_id, call.user_id)
    return world.messages.create(channel_id, call.user_id, **fields)


def _check_mutual(call: Call, channel_id: str) -> None:
    """Raise where a bot writes to somebody whom it shares no guild with, and who did not ask."""
    world, account = call.world, call.account
    if world.channels.get(channel_id)["type"] != DM or account is None:
        return
    if account.application_id is None:
        return
    own = set(world.guilds.of_user(call.user_id))
    for other in world.channels.dm_members(channel_id) or ():
        if other == call.user_id:
            continue
        shared = own & set(world.guilds.of_user(other))
        if not shared and not world.oauth.knows(account.application_id, other):
            text = "Cannot send messages to this user due to having no mutual guilds"
            raise WorldError(403, 50278, text)


def _check_slowmode(call: Call, channel_id: str) -> None:
    """Raise where a person writes again too soon; bots and moderators are not held up."""
    world, seconds = call.world, call.world.channels.get(channel_id).get("rate_limit_per_user")
    if not seconds or (call.account is not None and call.account.is_bot):
        return
    if world.permissions.in_channel(channel_id, call.user_id) & _UNHURRIED:
        return
    left = world.messages.last_of(channel_id, call.user_id) + seconds - world.clock.now()
    if left > 0:
        text = "This action cannot be performed due to slowmode rate limit."
        raise WorldError(429, 20016, text, retry_after=round(left, 3))


def _check_reference(call: Call, channel_id: str, reference: dict[str, Any]) -> None:
    """Check that what is answered or forwarded may be read."""
    if reference.get("type") == 1:
        source = str(reference["channel_id"])
        call.world.permissions.require(call.user_id, source)
        if not _has(call, source, "READ_MESSAGE_HISTORY"):
            text = "You cannot forward a message whose content you cannot read"
            raise WorldError(400, 160014, text)
    elif reference.get("channel_id") not in (None, channel_id):
        text = "Cannot reply to a message in a different channel"
        raise form_error("message_reference", "REPLIES_CANNOT_REPLY_TO_OTHER_CHANNEL", text)
    elif not _has(call, channel_id, "READ_MESSAGE_HISTORY"):
        text = "Cannot reply without permission to read message history"
        raise WorldError(400, 160002, text)


@routes.patch(_MESSAGE)
def edit_message(call: Call, channel_id: str, message_id: str) -> dict[str, Any]:
    """Change a message; of another's, only whether its embeds are shown."""
    world = call.world
    world.permissions.require(call.user_id, channel_id)
    message = _visible(call, channel_id, message_id)
    if message["author"]["id"] != call.user_id:
        if not isinstance(call.body, dict) or set(call.body) - {"flags"}:
            raise WorldError(403, 50005, "Cannot edit a message authored by another user")
        world.permissions.require(call.user_id, channel_id, "MANAGE_MESSAGES")
    if message["type"] not in (0, 19, 20, 23):
        raise WorldError(403, 50021, "Cannot execute action on a system message")
    if message["flags"] & VOICE:
        raise WorldError(400, 50162, "Voice messages cannot be edited.")
    if message.get("poll") and isinstance(call.body, dict) and call.body.keys() & _WRITTEN:
        raise WorldError(400, 520003, "Cannot edit a poll message")
    changes, allowed = changed_message(call, call.body, message)
    return world.messages.edit(
        channel_id, message_id, changes, allowed_mentions=allowed, viewer_id=call.user_id
    )


@routes.delete(_MESSAGE)
def delete_message(call: Call, channel_id: str, message_id: str) -> None:
    """Delete a message; another's with MANAGE_MESSAGES."""
    world = call.world
    world.permissions.require(call.user_id, channel_id)
    message = _visible(call, channel_id, message_id)
    if message["author"]["id"] != call.user_id:
        if world.channels.get(channel_id).get("guild_id") is None:
            raise WorldError(403, 50003, "Cannot execute action on a DM channel")
        world.permissions.require(call.user_id, channel_id, "MANAGE_MESSAGES")
    world.messages.delete(channel_id, message_id)


@routes.post("/channels/{channel_id}/messages/bulk-delete")
def bulk_delete_messages(call: Call, channel_id: str) -> None:
    """Delete 2 to 100 messages that are not too old."""
    world = call.world
    if world.channels.get(channel_id).get("guild_id") is None:
        raise WorldError(403, 50003, "Cannot execute action on a DM channel")
    world.permissions.require(call.user_id, channel_id, "MANAGE_MESSAGES")
    form = Form()
    body = Body(call.body, form)
    body.snowflakes("messages", required=True)
    chosen = body.clean.get("messages") or []
    if len(set(chosen)) < len(chosen):
        text = "The set already contains this value"
        body.fail("messages", "SET_TYPE_ALREADY_CONTAINS_VALUE", text)
    form.check()
    world.messages.bulk_delete(channel_id, chosen)


@routes.post("/channels/{channel_id}/messages/{message_id}/crosspost")
def crosspost_message(call: Call, channel_id: str, message_id: str) -> dict[str, Any]:
    """Publish a message of an announcement channel."""
    world = call.world
    world.permissions.require(call.user_id, channel_id, "SEND_MESSAGES")
    if world.channels.get(channel_id)["type"] != 5:
        raise WorldError(403, 50024, "Cannot execute action on this channel type")
    message = _visible(call, channel_id, message_id)
    if message["author"]["id"] != call.user_id:
        world.permissions.require(call.user_id, channel_id, "MANAGE_MESSAGES")
    return world.messages.crosspost(channel_id, message_id)


@routes.get("/channels/{channel_id}/messages/pins")
def get_channel_pins(call: Call, channel_id: str) -> dict[str, Any]:
    """Return pinned messages, the latest pin first."""
    limit = call.integer("limit", 50, 1, 50)
    before = call.text("before")
    pins = _pins(call, channel_id)
    if before is not None:
        pins = [pin for pin in pins if _before(pin["pinned_at"], before)]
    return {"items": pins[:limit], "has_more": len(pins) > limit}


def _before(pinned_at: str, limit: str) -> bool:
    """Compare two times, whatever zone and precision the client wrote its one in."""
    form = Form()
    body = Body({"before": limit.replace(" ", "+")}, form)
    body.timestamp("before")
    form.check()
    return Body.moment(pinned_at) < Body.moment(body.clean["before"])


@routes.get("/channels/{channel_id}/pins")
def get_pinned_messages(call: Call, channel_id: str) -> list[dict[str, Any]]:
    """Return pinned messages the old way: a plain list."""
    return [pin["message"] for pin in _pins(call, channel_id)[:50]]


def _pins(call: Call, channel_id: str) -> list[dict[str, Any]]:
    call.world.permissions.require(call.user_id, channel_id)
    if not _has(call, channel_id, "READ_MESSAGE_HISTORY"):
        return []
    return call.world.messages.pins(channel_id, call.user_id)


@routes.put("/channels/{channel_id}/messages/pins/{message_id}")
def pin_message(call: Call, channel_id: str, message_id: str) -> None:
    """Pin a message."""
    _check_pin(call, channel_id, message_id)
    call.world.messages.pin(channel_id, message_id, call.user_id)


@routes.put("/channels/{channel_id}/pins/{message_id}")
def pin_message_deprecated(call: Call, channel_id: str, message_id: str) -> None:
    """Pin a message at the old path."""
    pin_message(call, channel_id, message_id)


@routes.delete("/channels/{channel_id}/messages/pins/{message_id}")
def unpin_message(call: Call, channel_id: str, message_id: str) -> None:
    """Unpin a message."""
    _check_pin(call, channel_id, message_id)
    call.world.messages.unpin(channel_id, message_id)


@routes.delete("/channels/{channel_id}/pins/{message_id}")
def unpin_message_deprecated(call: Call, channel_id: str, message_id: str) -> None:
    """Unpin a message at the old path."""
    unpin_message(call, channel_id, message_id)


def _check_pin(call: Call, channel_id: str, message_id: str) -> None:
    call.world.permissions.require(call.user_id, channel_id, "PIN_MESSAGES")
    _visible(call, channel_id, message_id)


def _has(call: Call, channel_id: str, permission: str) -> bool:
    allowed = call.world.permissions.in_channel(channel_id, call.user_id)
    return bool(allowed & BITS[permission])
