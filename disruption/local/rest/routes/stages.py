"""Stage instances.

See https://discord.com/developers/docs/resources/stage-instance
"""

from __future__ import annotations

from typing import Any

from ..routing import Call, Routes
from ..validate import Body, Form

routes = Routes()

_STAGE = "/stage-instances/{channel_id}"
_MODERATOR = ("MANAGE_CHANNELS", "MUTE_MEMBERS", "MOVE_MEMBERS")


@routes.post("/stage-instances")
def create_stage_instance(call: Call) -> dict[str, Any]:
    """Open a stage."""
    form = Form()
    body = Body(call.body, form)
    body.snowflake("channel_id", required=True)
    body.string("topic", required=True, low=1, high=120)
    body.integer("privacy_level", choices=(1, 2))
    body.boolean("send_start_notification")
    body.snowflake("guild_scheduled_event_id")
    form.check()
    clean = body.clean
    channel_id = clean["channel_id"]
    call.world.permissions.require(call.user_id, channel_id, *_MODERATOR)
    if clean.get("send_start_notification"):
        call.world.permissions.require(call.user_id, channel_id, "MENTION_EVERYONE")
    return call.world.stages.create(
        channel_id,
        clean["topic"],
        privacy_level=clean.get("privacy_level") or 2,
        scheduled_event_id=clean.get("guild_scheduled_event_id"),
    )


@routes.get(_STAGE)
def get_stage_instance(call: Call, channel_id: str) -> dict[str, Any]:
    """Return the stage of a channel."""
    call.world.permissions.require(call.user_id, channel_id)
    return call.world.stages.get(channel_id)


@routes.patch(_STAGE)
def modify_stage_instance(call: Call, channel_id: str) -> dict[str, Any]:
    """Change a stage's topic or privacy level."""
    call.world.permissions.require(call.user_id, channel_id, *_MODERATOR)
    form = Form()
    body = Body(call.body, form)
    body.string("topic", low=1, high=120)
    body.integer("privacy_level", choices=(1, 2))
    form.check()
    return call.world.stages.update(channel_id, body.clean)


@routes.delete(_STAGE)
def delete_stage_instance(call: Call, channel_id: str) -> None:
    """Close a stage."""
    call.world.permissions.require(call.user_id, channel_id, *_MODERATOR)
    call.world.stages.delete(channel_id)
