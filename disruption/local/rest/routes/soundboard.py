"""The soundboard.

See https://discord.com/developers/docs/resources/soundboard
"""

from __future__ import annotations

from typing import Any

from ...world.permissions import BITS
from ...world.soundboard import DEFAULT_SOUNDS
from ..errors import missing_permissions
from ..routing import Call, Routes
from ..validate import Body, Form

routes = Routes()

_SOUNDS = "/guilds/{guild_id}/soundboard-sounds"
_SOUND = "/guilds/{guild_id}/soundboard-sounds/{sound_id}"


@routes.get("/soundboard-default-sounds")
def list_default_soundboard_sounds(call: Call) -> list[dict[str, Any]]:
    """Return the sounds that everyone has; one library is not ready before it has them."""
    return list(DEFAULT_SOUNDS)


@routes.get(_SOUNDS)
def list_guild_soundboard_sounds(call: Call, guild_id: str) -> dict[str, Any]:
    """Return the sounds of a guild."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    return {"items": call.world.soundboard.list(guild_id)}


@routes.get(_SOUND)
def get_guild_soundboard_sound(call: Call, guild_id: str, sound_id: str) -> dict[str, Any]:
    """Return one sound of a guild."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    return call.world.soundboard.get(guild_id, sound_id)


@routes.post(_SOUNDS)
def create_guild_soundboard_sound(call: Call, guild_id: str) -> tuple[dict[str, Any], int]:
    """Make a sound of an uploaded MP3 or Ogg file."""
    call.world.permissions.require_guild(call.user_id, guild_id, "CREATE_GUILD_EXPRESSIONS")
    fields = _fields(call, required=True)
    content_type, data = call.server.files.sound("sound", call.body.get("sound"))
    sound = call.world.soundboard.create(guild_id, user_id=call.user_id, **fields)
    call.server.files.put(("sound", sound["sound_id"]), content_type, data)
    return sound, 201


@routes.patch(_SOUND)
def modify_guild_soundboard_sound(call: Call, guild_id: str, sound_id: str) -> dict[str, Any]:
    """Change name, volume or emoji of a sound."""
    _manage(call, guild_id, sound_id)
    return call.world.soundboard.update(guild_id, sound_id, _fields(call, required=False))


@routes.delete(_SOUND)
def delete_guild_soundboard_sound(call: Call, guild_id: str, sound_id: str) -> None:
    """Delete a sound."""
    _manage(call, guild_id, sound_id)
    call.world.soundboard.delete(guild_id, sound_id)


@routes.post("/channels/{channel_id}/send-soundboard-sound")
def send_soundboard_sound(call: Call, channel_id: str) -> None:
    """Play a sound in the voice channel where the bot is."""
    form = Form()
    body = Body(call.body, form)
    body.snowflake("sound_id", required=True)
    body.snowflake("source_guild_id")
    form.check()
    permissions = call.world.permissions
    permissions.require(call.user_id, channel_id, "SPEAK", "USE_SOUNDBOARD")
    source = body.clean.get("source_guild_id")
    if source not in (None, call.world.channels.get(channel_id).get("guild_id")):
        permissions.require(call.user_id, channel_id, "USE_EXTERNAL_SOUNDS")
    call.world.soundboard.play(channel_id, call.user_id, body.clean["sound_id"], source)


def _fields(call: Call, *, required: bool) -> dict[str, Any]:
    form = Form()
    body = Body(call.body, form)
    body.string("name", required=required, low=2, high=32)
    body.number("volume", low=0, high=1)
    body.snowflake("emoji_id")
    body.string("emoji_name", low=1, high=32)
    form.check()
    fields = dict(body.clean)
    if fields.get("volume", 1) is None:
        fields["volume"] = 1.0
    return fields


def _manage(call: Call, guild_id: str, sound_id: str) -> None:
    """Raise unless the caller may change a sound: anyone's, or one they made."""
    permissions = call.world.permissions
    permissions.require_guild(call.user_id, guild_id)
    sound = call.world.soundboard.get(guild_id, sound_id)
    own = sound.get("user", {}).get("id") == call.user_id
    needed = BITS["MANAGE_GUILD_EXPRESSIONS"] | (BITS["CREATE_GUILD_EXPRESSIONS"] if own else 0)
    if not permissions.in_guild(guild_id, call.user_id) & needed:
        raise missing_permissions()
