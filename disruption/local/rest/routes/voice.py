"""Voice states and regions.

See https://discord.com/developers/docs/resources/voice
"""

from __future__ import annotations

from typing import Any

from ..errors import WorldError, unknown
from ..routing import Call, Routes
from ..validate import Body, Form

routes = Routes()

_OWN = "/guilds/{guild_id}/voice-states/@me"
_OTHER = "/guilds/{guild_id}/voice-states/{user_id}"


@routes.get("/voice/regions")
def list_voice_regions(call: Call) -> list[dict[str, Any]]:
    """Return the voice regions."""
    return [{"id": "local", "name": "Local", "optimal": True, "deprecated": False, "custom": False}]


@routes.get("/guilds/{guild_id}/regions")
def get_guild_voice_regions(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Return the voice regions of a guild."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    return list_voice_regions(call)


@routes.get(_OTHER)
def get_user_voice_state(call: Call, guild_id: str, user_id: str) -> dict[str, Any]:
    """Return where a member is in voice."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    state = call.world.voice.get(guild_id, user_id)
    if state is None:
        raise unknown("voice state")
    return state


@routes.get(_OWN)
def get_current_user_voice_state(call: Call, guild_id: str) -> dict[str, Any]:
    """Return where the bot is in voice."""
    return get_user_voice_state(call, guild_id, call.user_id)


@routes.patch(_OWN)
def modify_current_user_voice_state(call: Call, guild_id: str) -> None:
    """Speak or listen on a stage, or ask to speak."""
    form = Form()
    body = Body(call.body, form)
    body.snowflake("channel_id")
    body.boolean("suppress")
    body.timestamp("request_to_speak_timestamp")
    form.check()
    changes = _changes(call, guild_id, call.user_id, body.clean)
    if changes.get("suppress") is False:
        _require(call, guild_id, call.user_id, "MUTE_MEMBERS")
    if changes.get("request_to_speak_timestamp") is not None:
        _require(call, guild_id, call.user_id, "REQUEST_TO_SPEAK")
    call.world.voice.modify(guild_id, call.user_id, changes)


@routes.patch(_OTHER)
def modify_user_voice_state(call: Call, guild_id: str, user_id: str) -> None:
    """Let somebody speak on a stage, or send them back to the audience."""
    form = Form()
    body = Body(call.body, form)
    body.snowflake("channel_id")
    body.boolean("suppress")
    form.check()
    changes = _changes(call, guild_id, user_id, body.clean)
    _require(call, guild_id, user_id, "MUTE_MEMBERS")
    call.world.voice.modify(guild_id, user_id, changes)


def _changes(call: Call, guild_id: str, user_id: str, clean: dict[str, Any]) -> dict[str, Any]:
    """Return the changes; a `channel_id` only says where the user is expected to be."""
    state = get_user_voice_state(call, guild_id, user_id)
    if clean.get("channel_id") not in (None, state["channel_id"]):
        raise WorldError(400, 40032, "Target user is not connected to voice.")
    return {key: value for key, value in clean.items() if key != "channel_id"}


def _require(call: Call, guild_id: str, user_id: str, permission: str) -> None:
    state = get_user_voice_state(call, guild_id, user_id)
    call.world.permissions.require(call.user_id, state["channel_id"], permission)


@routes.put("/channels/{channel_id}/voice-status")
def set_voice_channel_status(call: Call, channel_id: str) -> None:
    """Set the status line of a voice channel."""
    call.world.permissions.require(call.user_id, channel_id, "SET_VOICE_CHANNEL_STATUS")
    form = Form()
    body = Body(call.body, form)
    body.string("status", high=500)
    form.check()
    call.world.voice.set_status(channel_id, body.clean.get("status"))
