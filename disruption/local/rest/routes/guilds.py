"""Guilds and the lists of what is in them.

See https://discord.com/developers/docs/resources/guild
"""

from __future__ import annotations

from typing import Any

from ..errors import missing_permissions, unknown
from ..routing import Call, Routes
from ..validate import Body, Form
from .channels import channel_fields, check_overwrites

routes = Routes()


@routes.get("/guilds/{guild_id}")
def get_guild(call: Call, guild_id: str) -> dict[str, Any]:
    """Return a guild."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    return call.world.guilds.get(guild_id, with_counts=call.flag("with_counts"))


@routes.get("/guilds/{guild_id}/preview")
def get_guild_preview(call: Call, guild_id: str) -> dict[str, Any]:
    """Return what may be known of a guild from outside."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    return call.world.guilds.preview(guild_id)


@routes.patch("/guilds/{guild_id}")
def modify_guild(call: Call, guild_id: str) -> dict[str, Any]:
    """Change a guild."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    form = Form()
    body = Body(call.body, form)
    body.string("name", low=2, high=100)
    body.integer("verification_level", choices=(0, 1, 2, 3, 4))
    body.integer("default_message_notifications", choices=(0, 1))
    body.integer("explicit_content_filter", choices=(0, 1, 2))
    body.integer("afk_timeout", choices=(60, 300, 900, 1800, 3600))
    body.integer("system_channel_flags", low=0)
    body.string("description", high=300)
    body.string("preferred_locale")
    body.boolean("premium_progress_bar_enabled")
    body.strings("features")
    for key in ("afk", "system", "rules", "public_updates", "safety_alerts"):
        body.snowflake(f"{key}_channel_id")
    form.check()
    changes = dict(body.clean)
    for key in ("icon", "splash", "discovery_splash", "banner"):
        if key in body.data:
            changes[key] = call.server.files.image(key, body.data[key])
    for key in ("name", "preferred_locale", "features", "afk_timeout", "system_channel_flags"):
        if key in changes and changes[key] is None:
            del changes[key]
    return world.guilds.update(guild_id, changes)


@routes.get("/guilds/{guild_id}/channels")
def get_guild_channels(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Return the channels of a guild, without threads."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    return call.world.channels.list(guild_id)


@routes.post("/guilds/{guild_id}/channels")
def create_guild_channel(call: Call, guild_id: str) -> tuple[dict[str, Any], int]:
    """Make a channel."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id, "MANAGE_CHANNELS")
    form = Form()
    body = Body(call.body, form)
    body.integer("type", choices=(0, 2, 4, 5, 13, 15, 16))
    form.check()
    kind = body.clean.get("type") or 0
    fields = channel_fields(call, call.body, guild_id, kind, create=True)
    fields = {key: value for key, value in fields.items() if value is not None}
    check_overwrites(call, guild_id, fields.get("permission_overwrites"), None)
    fields.pop("type", None)
    return world.channels.create(guild_id, fields.pop("name"), kind, **fields), 201


@routes.patch("/guilds/{guild_id}/channels")
def modify_guild_channel_positions(call: Call, guild_id: str) -> None:
    """Move channels."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id, "MANAGE_CHANNELS")
    form = Form()
    positions = []
    for item in Body({"items": call.body}, form).children("items", required=True):
        item.snowflake("id", required=True)
        item.integer("position", low=0)
        item.snowflake("parent_id")
        positions.append(item.clean)
    form.check()
    world.channels.move(guild_id, positions)


@routes.get("/guilds/{guild_id}/stickers")
def list_guild_stickers(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Return the guild's own stickers."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    stickers: list[dict[str, Any]] = call.world.guilds.get(guild_id)["stickers"]
    return stickers


@routes.get("/guilds/{guild_id}/voice-states/{user_id}")
def get_user_voice_state(call: Call, guild_id: str, user_id: str) -> dict[str, Any]:
    """Return where a member is in voice."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    state = call.world.voice.get(guild_id, user_id)
    if state is None:
        raise unknown("voice state")
    return state


@routes.get("/guilds/{guild_id}/voice-states/@me")
def get_current_user_voice_state(call: Call, guild_id: str) -> dict[str, Any]:
    """Return where the bot is in voice."""
    return get_user_voice_state(call, guild_id, call.user_id)


@routes.get("/soundboard-default-sounds")
def list_default_soundboard_sounds(call: Call) -> list[dict[str, Any]]:
    """Return the sounds that everyone has; one library is not ready before it has them."""
    sounds = (("quack", "🦆"), ("airhorn", "🔊"), ("cricket", "🦗"), ("golf clap", "👏"))
    return [
        {
            "sound_id": str(number),
            "name": name,
            "volume": 1.0,
            "emoji_id": None,
            "emoji_name": emoji,
            "available": True,
        }
        for number, (name, emoji) in enumerate(sounds, start=1)
    ]


@routes.get("/voice/regions")
def list_voice_regions(call: Call) -> list[dict[str, Any]]:
    """Return the voice regions."""
    return [{"id": "local", "name": "Local", "optimal": True, "deprecated": False, "custom": False}]


@routes.get("/guilds/{guild_id}/regions")
def get_guild_voice_regions(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Return the voice regions of a guild."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    return list_voice_regions(call)


@routes.get("/guilds/{guild_id}/vanity-url")
def get_guild_vanity_url(call: Call, guild_id: str) -> dict[str, Any]:
    """Return the guild's own invite code; none has any here."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD")
    if "VANITY_URL" not in call.world.guilds.get(guild_id)["features"]:
        raise missing_permissions()
    return {"code": call.world.guilds.get(guild_id)["vanity_url_code"], "uses": 0}
