"""Webhooks, and the messages they send with nothing but their token.

The paths with a token are also those of an interaction's follow-ups; what an application id leads
to is in `interactions.py`.

See https://discord.com/developers/docs/resources/webhook
"""

from __future__ import annotations

from typing import Any

from ...world.channels import THREADS
from ..compose import EPHEMERAL, changed_message, new_message
from ..errors import WorldError, form_error, unknown
from ..routing import Call, Routes
from ..validate import Body, Form
from . import interactions

routes = Routes()

_TOKEN = "/webhooks/{webhook_id}/{webhook_token}"
_FORUMS = frozenset({15, 16})

#: Webhooks of one channel.
MOST = 15


@routes.post("/channels/{channel_id}/webhooks")
def create_webhook(call: Call, channel_id: str) -> dict[str, Any]:
    """Make a webhook in a channel."""
    world = call.world
    world.permissions.require(call.user_id, channel_id, "MANAGE_WEBHOOKS")
    if world.channels.is_thread(channel_id):
        raise WorldError(400, 50024, "Cannot execute action on this channel type")
    form = Form()
    body = Body(call.body, form)
    body.string("name", required=True, low=1, high=80)
    form.check()
    _check_name(body.clean["name"])
    if len(world.webhooks.of_channel(channel_id)) >= MOST:
        raise WorldError(400, 30007, f"Maximum number of webhooks reached ({MOST})")
    avatar = call.server.files.image("avatar", body.data.get("avatar"))
    return _with_url(
        call, world.webhooks.create(channel_id, body.clean["name"], call.user_id, avatar=avatar)
    )


@routes.get("/channels/{channel_id}/webhooks")
def get_channel_webhooks(call: Call, channel_id: str) -> list[dict[str, Any]]:
    """Return the webhooks of a channel."""
    call.world.permissions.require(call.user_id, channel_id, "MANAGE_WEBHOOKS")
    return [_with_url(call, item) for item in call.world.webhooks.of_channel(channel_id)]


@routes.get("/guilds/{guild_id}/webhooks")
def get_guild_webhooks(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Return the webhooks of a guild."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_WEBHOOKS")
    return [_with_url(call, item) for item in call.world.webhooks.of_guild(guild_id)]


@routes.get("/webhooks/{webhook_id}")
def get_webhook(call: Call, webhook_id: str) -> dict[str, Any]:
    """Return a webhook."""
    return _with_url(call, _managed(call, webhook_id))


@routes.get(_TOKEN, auth="optional")
def get_webhook_with_token(call: Call, webhook_id: str, webhook_token: str) -> dict[str, Any]:
    """Return a webhook, without who made it."""
    return _with_url(call, call.world.webhooks.get(webhook_id, webhook_token))


@routes.patch("/webhooks/{webhook_id}")
def modify_webhook(call: Call, webhook_id: str) -> dict[str, Any]:
    """Change name, avatar or channel of a webhook."""
    _managed(call, webhook_id)
    changes = _changes(call)
    channel_id = changes.get("channel_id")
    if channel_id is not None:
        call.world.permissions.require(call.user_id, channel_id, "MANAGE_WEBHOOKS")
    return _with_url(call, call.world.webhooks.update(webhook_id, changes))


@routes.patch(_TOKEN, auth="optional")
def modify_webhook_with_token(call: Call, webhook_id: str, webhook_token: str) -> dict[str, Any]:
    """Change name or avatar of a webhook."""
    call.world.webhooks.get(webhook_id, webhook_token)
    changes = _changes(call)
    changes.pop("channel_id", None)
    call.world.webhooks.update(webhook_id, changes)
    return _with_url(call, call.world.webhooks.get(webhook_id, webhook_token))


@routes.delete("/webhooks/{webhook_id}")
def delete_webhook(call: Call, webhook_id: str) -> None:
    """Delete a webhook."""
    _managed(call, webhook_id)
    call.world.webhooks.delete(webhook_id)


@routes.delete(_TOKEN, auth="optional")
def delete_webhook_with_token(call: Call, webhook_id: str, webhook_token: str) -> None:
    """Delete a webhook."""
    call.world.webhooks.get(webhook_id, webhook_token)
    call.world.webhooks.delete(webhook_id)


def _managed(call: Call, webhook_id: str) -> dict[str, Any]:
    webhook = call.world.webhooks.get(webhook_id)
    call.world.permissions.require(call.user_id, webhook["channel_id"], "MANAGE_WEBHOOKS")
    return webhook


def _changes(call: Call) -> dict[str, Any]:
    form = Form()
    body = Body(call.body, form)
    body.string("name", low=1, high=80)
    body.snowflake("channel_id")
    form.check()
    changes = dict(body.clean)
    if changes.get("name"):
        _check_name(changes["name"])
    if "avatar" in body.data:
        changes["avatar"] = call.server.files.image("avatar", body.data["avatar"])
    return changes


def _check_name(name: str) -> None:
    for word in ("clyde", "discord"):
        if word in name.lower():
            text = f'Username cannot contain "{word}"'
            raise form_error("name", "USERNAME_INVALID_CONTAINS", text)


def _with_url(call: Call, webhook: dict[str, Any]) -> dict[str, Any]:
    if "token" not in webhook:
        return webhook  # one that follows a channel, which nobody can post to
    base = call.server.rest_url.rstrip("/")
    return {**webhook, "url": f"{base}/webhooks/{webhook['id']}/{webhook['token']}"}


@routes.post(_TOKEN, auth="optional")
def execute_webhook(call: Call, webhook_id: str, webhook_token: str) -> dict[str, Any] | None:
    """Send a message as a webhook, or an interaction's follow-up; without `wait` 204."""
    world = call.world
    if world.applications.exists(webhook_id):
        return interactions.follow_up(call, webhook_id, webhook_token)
    webhook = world.webhooks.get(webhook_id, webhook_token)
    with world.lock:
        thread_id = call.snowflake("thread_id")
        fields = new_message(call, call.body, thread_id or webhook["channel_id"])
        author = _author(call, webhook_id)
        channel_id = _target(call, webhook, thread_id)
        sent = world.messages.create(channel_id, webhook_id, webhook_author=author, **fields)
    return sent if call.flag("wait") else None


def _author(call: Call, webhook_id: str) -> dict[str, Any]:
    form = Form()
    body = Body(call.body, form)
    body.string("username", low=1, high=80)
    body.url("avatar_url")
    form.check()
    if body.clean.get("username"):
        _check_name(body.clean["username"])
    avatar = None
    if body.clean.get("avatar_url"):
        # Discord copies the picture and gives its hash.
        avatar = call.server.files.borrowed(body.clean["avatar_url"])
    return call.world.webhooks.author(webhook_id, body.clean.get("username"), avatar)


def _target(call: Call, webhook: dict[str, Any], thread_id: str | None) -> str:
    """Return the channel or thread to send to, starting a post of a forum when asked."""
    world, body = call.world, call.body
    channel_id: str = webhook["channel_id"]
    name = body.get("thread_name")
    if thread_id is not None and name:
        text = "Webhooks posted to forum channels cannot have both a thread_name and thread_id"
        raise WorldError(400, 220002, text)
    if thread_id is not None:
        if not world.channels.exists(thread_id):
            raise unknown("channel")
        thread = world.channels.get(thread_id)
        if thread["type"] not in THREADS or thread["parent_id"] != channel_id:
            raise unknown("channel")
        return thread_id
    is_forum = world.channels.get(channel_id)["type"] in _FORUMS
    if not name:
        if is_forum:
            text = "Webhooks posted to forum channels must have a thread_name or thread_id"
            raise WorldError(400, 220001, text)
        return channel_id
    if not is_forum:
        raise WorldError(400, 220003, "Webhooks can only create threads in forum channels")
    owner = world.webhooks.get(webhook["id"])["user"]["id"]
    tags = body.get("applied_tags") or []
    thread = world.threads.create(channel_id, owner, str(name)[:100], applied_tags=tags)
    new_id: str = thread["id"]
    return new_id


@routes.get(_TOKEN + "/messages/{message_id}", auth="optional")
def get_webhook_message(
    call: Call, webhook_id: str, webhook_token: str, message_id: str
) -> dict[str, Any]:
    """Return a message of a webhook or of an interaction."""
    if call.world.applications.exists(webhook_id):
        return call.world.interactions.message(webhook_id, webhook_token, message_id)
    return _own_message(call, webhook_id, webhook_token, message_id)


@routes.patch(_TOKEN + "/messages/{message_id}", auth="optional")
def edit_webhook_message(
    call: Call, webhook_id: str, webhook_token: str, message_id: str
) -> dict[str, Any]:
    """Change a message of a webhook or of an interaction."""
    if call.world.applications.exists(webhook_id):
        return interactions.edit(call, webhook_id, webhook_token, message_id)
    message = _own_message(call, webhook_id, webhook_token, message_id)
    changes, allowed = changed_message(call, call.body, message)
    return call.world.messages.edit(
        message["channel_id"], message_id, changes, allowed_mentions=allowed
    )


@routes.delete(_TOKEN + "/messages/{message_id}", auth="optional")
def delete_webhook_message(
    call: Call, webhook_id: str, webhook_token: str, message_id: str
) -> None:
    """Delete a message of a webhook or of an interaction."""
    if call.world.applications.exists(webhook_id):
        call.world.interactions.delete_message(webhook_id, webhook_token, message_id)
        return
    message = _own_message(call, webhook_id, webhook_token, message_id)
    call.world.messages.delete(message["channel_id"], message_id)


def _own_message(call: Call, webhook_id: str, token: str, message_id: str) -> dict[str, Any]:
    """Return a webhook's own message, in its channel or the thread that was named."""
    webhook = call.world.webhooks.get(webhook_id, token)
    thread_id = call.snowflake("thread_id")
    channel_id = webhook["channel_id"] if thread_id is None else _target(call, webhook, thread_id)
    message = call.world.messages.get(channel_id, message_id)
    if message.get("webhook_id") != webhook_id or message["flags"] & EPHEMERAL:
        raise unknown("message")
    return message
