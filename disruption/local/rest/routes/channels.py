"""Channels, their overwrites, and typing.

See https://discord.com/developers/docs/resources/channel
"""

from __future__ import annotations

from typing import Any

from ...world.channels import CATEGORY, DM, FORUM, GROUP_DM, MEDIA, THREADS
from ...world.permissions import BITS
from ..errors import WorldError, form_error, missing_permissions
from ..routing import Call, Routes
from ..validate import Body, Form
from .threads import check_tags

routes = Routes()

_TEXTUAL = frozenset({0, 5, 15, 16})
_TYPES = (0, 2, 4, 5, 13, 15, 16)

#: Types that can be turned into each other: text and announcement.
_CONVERTIBLE = frozenset({0, 5})

#: Channels that a guild cannot do without as long as it is a community.
COMMUNITY_CHANNELS = ("rules_channel_id", "public_updates_channel_id")

#: The flag of a post that stays on top of its forum.
PINNED = 1 << 1


@routes.get("/channels/{channel_id}")
def get_channel(call: Call, channel_id: str) -> dict[str, Any]:
    """Return a channel or thread."""
    world = call.world
    world.permissions.require(call.user_id, channel_id)
    if world.channels.is_thread(channel_id):
        return world.threads.get(channel_id, call.user_id)
    return world.channels.get(channel_id, call.user_id)


@routes.patch("/channels/{channel_id}")
def modify_channel(call: Call, channel_id: str) -> dict[str, Any]:
    """Change a channel or thread."""
    world = call.world
    channel = world.channels.get(channel_id)
    if channel["type"] == DM:
        raise WorldError(403, 50003, "Cannot execute action on a DM channel")
    if channel["type"] == GROUP_DM:
        return _modify_group(call, channel_id)
    if channel["type"] in THREADS:
        return _modify_thread(call, channel)
    world.permissions.require(call.user_id, channel_id, "MANAGE_CHANNELS")
    changes = channel_fields(call, call.body, channel["guild_id"], channel["type"])
    if changes.get("type") not in (None, channel["type"]):
        _check_conversion(channel["type"], changes["type"])
    if "permission_overwrites" in changes:
        check_overwrites(call, channel["guild_id"], changes["permission_overwrites"], channel_id)
    for part in ("name", "topic"):
        if part in changes and changes[part] != channel.get(part):
            call.spend(part)
    return world.channels.update(channel_id, changes)


def _check_conversion(before: int, after: int) -> None:
    """Raise where a channel of one type cannot become one of the other."""
    if not {before, after} <= _CONVERTIBLE:
        text = "This channel cannot be converted to that type"
        raise form_error("type", "CHANNEL_TYPE_CONVERSION_INVALID", text)


def channel_fields(
    call: Call, data: Any, guild_id: str, type: int, *, create: bool = False
) -> dict[str, Any]:
    """Return a guild channel's fields from a request, checked.

    Args:
        call: The request.
        data: Its JSON.
        guild_id: The guild of the channel.
        type: What the channel is now, or will be.
        create: True where a name is needed.
    """
    form = Form()
    body = Body(data, form)
    body.string("name", required=create, low=1, high=100)
    body.integer("type", choices=_TYPES)
    body.integer("position", low=0)
    body.string("topic", high=4096 if type in (15, 16) else 1024)
    body.boolean("nsfw")
    body.integer("rate_limit_per_user", low=0, high=21600)
    body.integer("bitrate", low=8000, high=384000)
    body.integer("user_limit", low=0, high=10000 if type == 13 else 99)
    body.snowflake("parent_id")
    body.integer("video_quality_mode", choices=(1, 2))
    body.integer("default_auto_archive_duration", choices=(60, 1440, 4320, 10080))
    body.integer("default_thread_rate_limit_per_user", low=0, high=21600)
    body.integer("default_sort_order", choices=(0, 1))
    body.integer("default_forum_layout", choices=(0, 1, 2))
    body.integer("flags", low=0)
    body.string("rtc_region")
    body.keep("default_reaction_emoji")
    _overwrites(body)
    for tag in body.children("available_tags", high=20):
        tag.snowflake("id")
        tag.string("name", required=True, low=0, high=20)
        tag.boolean("moderated")
        tag.snowflake("emoji_id")
        tag.string("emoji_name")
    form.check()
    names = [tag["name"] for tag in body.clean.get("available_tags") or ()]
    if len(set(names)) < len(names):
        raise WorldError(400, 40061, "Tag names must be unique")
    clean = body.clean
    parent_id = clean.get("parent_id")
    if parent_id is not None:
        world = call.world
        known = world.channels.exists(parent_id)
        parent = world.channels.get(parent_id) if known else {}
        if parent.get("guild_id") != guild_id or parent.get("type") != CATEGORY:
            text = "Category does not exist"
            raise form_error("parent_id", "CHANNEL_PARENT_INVALID", text)
    if clean.get("name") and type in _TEXTUAL:
        clean["name"] = "-".join(clean["name"].lower().split())
    return clean


def _overwrites(body: Body) -> None:
    for item in body.children("permission_overwrites"):
        item.snowflake("id", required=True)
        item.integer("type", choices=(0, 1))
        item.bits("allow")
        item.bits("deny")


def check_overwrites(
    call: Call, guild_id: str, overwrites: list[dict[str, Any]] | None, channel_id: str | None
) -> None:
    """Raise 50013 where a bot would allow or deny what it may not do itself."""
    permissions = call.world.permissions
    if channel_id is None:
        own = permissions.in_guild(guild_id, call.user_id)
    else:
        own = permissions.in_channel(channel_id, call.user_id)
    for item in overwrites or ():
        touched = int(item.get("allow") or 0) | int(item.get("deny") or 0)
        if touched & ~own:
            raise missing_permissions()
    if overwrites and not own & BITS["MANAGE_ROLES"]:
        raise missing_permissions()


def _modify_group(call: Call, channel_id: str) -> dict[str, Any]:
    call.world.permissions.require(call.user_id, channel_id)
    form = Form()
    body = Body(call.body, form)
    body.string("name", low=1, high=100)
    form.check()
    changes = body.clean
    if "icon" in body.data:
        changes["icon"] = call.world.files.image("icon", body.data["icon"])
    return call.world.group_dms.update(channel_id, changes)


def _modify_thread(call: Call, thread: dict[str, Any]) -> dict[str, Any]:
    form = Form()
    body = Body(call.body, form)
    body.string("name", low=1, high=100)
    body.boolean("archived")
    body.boolean("locked")
    body.boolean("invitable")
    body.integer("auto_archive_duration", choices=(60, 1440, 4320, 10080))
    body.integer("rate_limit_per_user", low=0, high=21600)
    body.integer("flags", low=0)
    body.snowflakes("applied_tags", high=5)
    form.check()
    world, changes, metadata = call.world, body.clean, thread["thread_metadata"]
    world.permissions.require(call.user_id, thread["id"])
    allowed = world.permissions.in_channel(thread["id"], call.user_id)
    manages = bool(allowed & BITS["MANAGE_THREADS"])
    only_opens = changes == {"archived": False} and not metadata["locked"]
    owns = thread.get("owner_id") == call.user_id and "locked" not in changes
    if not (manages or owns or (only_opens and allowed & BITS["SEND_MESSAGES"])):
        raise missing_permissions()
    only_closed = changes.keys() <= {"archived", "locked"}
    if metadata["archived"] and changes.get("archived") is not False and not only_closed:
        raise WorldError(400, 50083, "Thread is archived")
    if (changes.get("flags") or 0) & ~thread["flags"] & PINNED:
        _check_pinned(call, thread)
    new = set(changes.get("applied_tags") or ()) - set(thread.get("applied_tags") or ())
    if new:
        check_tags(call, thread["parent_id"], new)
    return world.channels.update(thread["id"], changes)


def _check_pinned(call: Call, thread: dict[str, Any]) -> None:
    """Raise where a post cannot be pinned: outside of forums, and beside another one."""
    world, parent_id = call.world, thread["parent_id"]
    if world.channels.get(parent_id)["type"] not in (FORUM, MEDIA):
        raise WorldError(400, 50024, "Cannot execute action on this channel type")
    others = world.threads.of_channel(parent_id, archived=False)
    others += world.threads.of_channel(parent_id, archived=True)
    if any(other["flags"] & PINNED for other in others if other["id"] != thread["id"]):
        text = "Maximum number of pinned threads in a forum channel has been reached"
        raise WorldError(400, 30047, text)


@routes.delete("/channels/{channel_id}")
def delete_channel(call: Call, channel_id: str) -> dict[str, Any]:
    """Delete a channel or thread, or close a direct message."""
    world = call.world
    channel = world.channels.get(channel_id, call.user_id)
    if channel["type"] in (DM, GROUP_DM):
        world.permissions.require(call.user_id, channel_id)
        return channel
    needed = "MANAGE_THREADS" if channel["type"] in THREADS else "MANAGE_CHANNELS"
    world.permissions.require(call.user_id, channel_id, needed)
    guild = world.guilds.get(channel["guild_id"])
    if "COMMUNITY" in guild["features"] and channel_id in [
        guild[key] for key in COMMUNITY_CHANNELS
    ]:
        text = "Cannot delete a channel required for Community guilds"
        raise WorldError(400, 50074, text)
    return world.channels.delete(channel_id)


@routes.put("/channels/{channel_id}/permissions/{overwrite_id}")
def edit_channel_permissions(call: Call, channel_id: str, overwrite_id: str) -> None:
    """Set what a role or member may do in a channel."""
    world = call.world
    world.permissions.require(call.user_id, channel_id, "MANAGE_ROLES")
    form = Form()
    body = Body(call.body, form)
    body.integer("type", required=True, choices=(0, 1))
    body.bits("allow")
    body.bits("deny")
    form.check()
    channel = world.channels.get(channel_id)
    guild_id = channel["guild_id"]
    known = (
        overwrite_id in {role["id"] for role in world.roles.list(guild_id)}
        if body.clean["type"] == 0
        else world.users.exists(overwrite_id)
    )
    if not known:
        raise WorldError(404, 10009, "Unknown Overwrite")
    check_overwrites(call, guild_id, [body.clean], channel_id)
    world.channels.set_overwrite(
        channel_id,
        overwrite_id,
        type=body.clean["type"],
        allow=str(body.clean.get("allow") or 0),
        deny=str(body.clean.get("deny") or 0),
    )


@routes.delete("/channels/{channel_id}/permissions/{overwrite_id}")
def delete_channel_permission(call: Call, channel_id: str, overwrite_id: str) -> None:
    """Remove what was set for a role or member."""
    call.world.permissions.require(call.user_id, channel_id, "MANAGE_ROLES")
    call.world.channels.delete_overwrite(channel_id, overwrite_id)


@routes.post("/channels/{channel_id}/typing")
def trigger_typing_indicator(call: Call, channel_id: str) -> None:
    """Show the bot as typing for ten seconds."""
    call.world.permissions.require(call.user_id, channel_id, "SEND_MESSAGES")
    call.world.channels.typing(channel_id, call.user_id)


@routes.post("/channels/{channel_id}/followers")
def follow_announcement_channel(call: Call, channel_id: str) -> dict[str, Any]:
    """Let what is published in an announcement channel appear in another channel too."""
    world = call.world
    world.permissions.require(call.user_id, channel_id)
    form = Form()
    body = Body(call.body, form)
    body.snowflake("webhook_channel_id", required=True)
    form.check()
    target_id = body.clean["webhook_channel_id"]
    world.permissions.require(call.user_id, target_id, "MANAGE_WEBHOOKS")
    return world.webhooks.follow(channel_id, target_id, call.user_id)


@routes.put("/channels/{channel_id}/recipients/{user_id}")
def group_dm_add_recipient(
    call: Call, channel_id: str, user_id: str
) -> tuple[dict[str, Any], int] | None:
    """Let a user who has allowed it into the direct messages of a group."""
    world = call.world
    world.permissions.require(call.user_id, channel_id)
    world.group_dms.state(channel_id)
    form = Form()
    body = Body(call.body, form)
    body.string("access_token", required=True)
    body.string("nick", high=32)
    form.check()
    if group_dm_user(call, body.clean["access_token"]) != user_id:
        raise WorldError(403, 50025, "Invalid OAuth2 access token")
    if not world.group_dms.add(channel_id, user_id, body.clean.get("nick")):
        return None
    return world.channels.get(channel_id, call.user_id), 201


@routes.delete("/channels/{channel_id}/recipients/{user_id}")
def group_dm_remove_recipient(call: Call, channel_id: str, user_id: str) -> None:
    """Send a user away from the direct messages of a group."""
    call.world.permissions.require(call.user_id, channel_id)
    call.world.group_dms.remove(channel_id, user_id)


def group_dm_user(call: Call, token: str) -> str:
    """Return who has allowed the bot's application by a token to put them into a group.

    Raises:
        WorldError: 50025 for a token that is unknown or another application's, 50026 without the
            scope `gdm.join`.
    """
    grant = call.world.oauth.by_token(token)
    if grant is None or call.account is None or grant.application_id != call.account.application_id:
        raise WorldError(403, 50025, "Invalid OAuth2 access token")
    if "gdm.join" not in grant.scopes:
        raise WorldError(403, 50026, "Missing required OAuth2 scope")
    return grant.user_id
