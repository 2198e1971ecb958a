"""Threads and who is in them.

See https://discord.com/developers/docs/resources/channel#start-thread-from-message
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ...world.permissions import BITS
from ..compose import limit_pings, new_message
from ..errors import WorldError, missing_permissions, unknown
from ..routing import Call, Routes
from ..validate import Body, Form

routes = Routes()

_FORUMS = frozenset({15, 16})

#: Flag of a forum whose posts need a tag.
_REQUIRE_TAG = 1 << 4
_DURATIONS = (60, 1440, 4320, 10080)


@routes.post("/channels/{channel_id}/messages/{message_id}/threads")
def start_thread_from_message(
    call: Call, channel_id: str, message_id: str
) -> tuple[dict[str, Any], int]:
    """Start a thread on a message."""
    world = call.world
    world.permissions.require(call.user_id, channel_id, "CREATE_PUBLIC_THREADS")
    name, fields = _thread_fields(call)
    announcement = world.channels.get(channel_id)["type"] == 5
    thread = world.threads.create(
        channel_id,
        call.user_id,
        name,
        type=10 if announcement else 11,
        message_id=message_id,
        **fields,
    )
    return thread, 201


@routes.post("/channels/{channel_id}/threads")
def start_thread_without_message(call: Call, channel_id: str) -> tuple[dict[str, Any], int]:
    """Start a thread of its own, or a post in a forum."""
    world = call.world
    kind = world.channels.get(channel_id)["type"]
    if kind in _FORUMS:
        return _start_post(call, channel_id), 201
    name, fields = _thread_fields(call)
    form = Form()
    body = Body(call.body, form)
    body.integer("type", choices=(10, 11, 12))
    form.check()
    type = body.clean.get("type") or 12
    needed = "CREATE_PRIVATE_THREADS" if type == 12 else "CREATE_PUBLIC_THREADS"
    world.permissions.require(call.user_id, channel_id, needed)
    return world.threads.create(channel_id, call.user_id, name, type=type, **fields), 201


def _start_post(call: Call, channel_id: str) -> dict[str, Any]:
    world = call.world
    world.permissions.require(call.user_id, channel_id, "SEND_MESSAGES")
    name, fields = _thread_fields(call)
    data = call.body.get("message") if isinstance(call.body, dict) else None
    if data is None and not call.files:
        form = Form()
        form.fail(("message",), "BASE_TYPE_REQUIRED", "This field is required")
        form.check()
    with world.lock:
        check_tags(call, channel_id, fields.get("applied_tags") or ())
        # Checked against the forum first: a message that is refused must not leave a thread.
        message = new_message(call, data or {}, channel_id, path=("message",))
        thread = world.threads.create(channel_id, call.user_id, name, type=11, **fields)
        limit_pings(world, message, thread["id"], call.user_id)
        sent = world.messages.create(thread["id"], call.user_id, **message)
        return {**world.threads.get(thread["id"], call.user_id), "message": sent}


def check_tags(call: Call, forum_id: str, tags: Collection[str]) -> None:
    """Refuse tags that a post in a forum cannot have.

    Raises:
        WorldError: 40067 for none where one is required, 10087 for one the forum does not have,
            50013 for one that only moderators give.
    """
    forum = call.world.channels.get(forum_id)
    if not tags and forum["flags"] & _REQUIRE_TAG:
        text = "A tag is required to create a forum post in this channel"
        raise WorldError(400, 40067, text)
    known = {tag["id"]: tag for tag in forum.get("available_tags") or ()}
    for tag_id in tags:
        if tag_id not in known:
            raise unknown("tag")
        if known[tag_id]["moderated"]:
            call.world.permissions.require(call.user_id, forum_id, "MANAGE_THREADS")


def _thread_fields(call: Call) -> tuple[str, dict[str, Any]]:
    form = Form()
    body = Body(call.body, form)
    body.string("name", required=True, low=1, high=100)
    body.integer("auto_archive_duration", choices=_DURATIONS)
    body.integer("rate_limit_per_user", low=0, high=21600)
    body.boolean("invitable")
    body.snowflakes("applied_tags", high=5)
    form.check()
    fields = dict(body.clean)
    return fields.pop("name"), fields


@routes.put("/channels/{channel_id}/thread-members/@me")
def join_thread(call: Call, channel_id: str) -> None:
    """Join a thread."""
    call.world.permissions.require(call.user_id, channel_id)
    call.world.threads.join(channel_id, call.user_id)


@routes.put("/channels/{channel_id}/thread-members/{user_id}")
def add_thread_member(call: Call, channel_id: str, user_id: str) -> None:
    """Take somebody into a thread."""
    world = call.world
    world.permissions.require(call.user_id, channel_id, "SEND_MESSAGES")
    if not world.channels.is_thread(channel_id):
        raise WorldError(400, 50024, "Cannot execute action on this channel type")
    world.members.get(world.channels.get(channel_id)["guild_id"], user_id)
    world.threads.join(channel_id, user_id)


@routes.delete("/channels/{channel_id}/thread-members/@me")
def leave_thread(call: Call, channel_id: str) -> None:
    """Leave a thread."""
    call.world.permissions.require(call.user_id, channel_id)
    _refuse_archived(call, channel_id)
    call.world.threads.leave(channel_id, call.user_id)


@routes.delete("/channels/{channel_id}/thread-members/{user_id}")
def remove_thread_member(call: Call, channel_id: str, user_id: str) -> None:
    """Put somebody out of a thread; the owner of a private one may."""
    world = call.world
    world.permissions.require(call.user_id, channel_id)
    thread = world.threads.get(channel_id)
    allowed = world.permissions.in_channel(channel_id, call.user_id)
    owns = thread["type"] == 12 and thread["owner_id"] == call.user_id
    if not (owns or allowed & BITS["MANAGE_THREADS"]):
        raise missing_permissions()
    _refuse_archived(call, channel_id)
    world.threads.leave(channel_id, user_id)


def _refuse_archived(call: Call, thread_id: str) -> None:
    if call.world.threads.is_archived(thread_id):
        raise WorldError(400, 50083, "Thread is archived")


@routes.get("/channels/{channel_id}/thread-members")
def list_thread_members(call: Call, channel_id: str) -> list[dict[str, Any]]:
    """Return who is in a thread."""
    call.world.permissions.require(call.user_id, channel_id)
    whole = call.flag("with_member")
    limit = call.integer("limit", 100, 1, 100)
    after = int(call.snowflake("after") or 0)
    members = call.world.threads.members(channel_id, with_member=whole)
    if not whole:
        return members
    return [item for item in members if int(item["user_id"]) > after][:limit]


@routes.get("/channels/{channel_id}/thread-members/{user_id}")
def get_thread_member(call: Call, channel_id: str, user_id: str) -> dict[str, Any]:
    """Return somebody's membership in a thread."""
    call.world.permissions.require(call.user_id, channel_id)
    return call.world.threads.member(channel_id, user_id, with_member=call.flag("with_member"))


@routes.get("/channels/{channel_id}/thread-members/@me")
def get_own_thread_member(call: Call, channel_id: str) -> dict[str, Any]:
    """Return the bot's own membership."""
    return get_thread_member(call, channel_id, call.user_id)


@routes.get("/guilds/{guild_id}/threads/active")
def list_active_guild_threads(call: Call, guild_id: str) -> dict[str, Any]:
    """Return the threads of a guild that are not archived."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    return _listing(call, call.world.threads.of_guild(guild_id), None)


@routes.get("/channels/{channel_id}/threads/archived/public")
def list_public_archived_threads(call: Call, channel_id: str) -> dict[str, Any]:
    """Return archived public threads, the latest archived first."""
    return _archived(call, channel_id, private=False)


@routes.get("/channels/{channel_id}/threads/archived/private")
def list_private_archived_threads(call: Call, channel_id: str) -> dict[str, Any]:
    """Return archived private threads, the latest archived first."""
    call.world.permissions.require(call.user_id, channel_id, "MANAGE_THREADS")
    return _archived(call, channel_id, private=True)


@routes.get("/channels/{channel_id}/users/@me/threads/archived/private")
def list_joined_private_archived_threads(call: Call, channel_id: str) -> dict[str, Any]:
    """Return archived private threads that the bot is in, newest first."""
    world = call.world
    world.permissions.require(call.user_id, channel_id, "READ_MESSAGE_HISTORY")
    before = call.snowflake("before")
    threads = [
        thread
        for thread in world.threads.of_channel(channel_id, archived=True)
        if thread["type"] == 12
        and call.user_id in world.threads.member_ids(thread["id"])
        and (before is None or int(thread["id"]) < int(before))
    ]
    return _listing(call, threads, call.integer("limit", 50, 1, 100))


def _archived(call: Call, channel_id: str, *, private: bool) -> dict[str, Any]:
    world = call.world
    world.permissions.require(call.user_id, channel_id, "READ_MESSAGE_HISTORY")
    threads = world.threads.of_channel(channel_id, archived=True)
    threads = [thread for thread in threads if (thread["type"] == 12) == private]
    threads.sort(key=_archived_at, reverse=True)
    before = call.text("before")
    if before is not None:
        limit = Body.moment(before.replace(" ", "+"))
        threads = [item for item in threads if Body.moment(_archived_at(item)) < limit]
    return _listing(call, threads, call.integer("limit", 50, 1, 100))


def _archived_at(thread: dict[str, Any]) -> str:
    archived_at: str = thread["thread_metadata"]["archive_timestamp"]
    return archived_at


def _listing(call: Call, threads: list[dict[str, Any]], limit: int | None) -> dict[str, Any]:
    """Return those threads the bot sees, with its memberships in them."""
    world = call.world
    seen = [item for item in threads if world.permissions.sees(item["id"], call.user_id)]
    chosen = seen[:limit]
    members = [
        world.threads.member(item["id"], call.user_id)
        for item in chosen
        if call.user_id in world.threads.member_ids(item["id"])
    ]
    return {"threads": chosen, "members": members, "has_more": len(seen) > len(chosen)}
