"""Custom emojis of a guild.

See https://discord.com/developers/docs/resources/emoji
"""

from __future__ import annotations

import re
from typing import Any

from ...world.ids import clone
from ..errors import WorldError, form_error, unknown
from ..routing import Call, Routes
from ..validate import Body, Form

routes = Routes()

_EMOJIS = "/guilds/{guild_id}/emojis"
_EMOJI = "/guilds/{guild_id}/emojis/{emoji_id}"

#: Emojis of one kind (still, animated) of a guild without boosts.
MOST = 50

#: Largest picture in bytes.
LARGEST = 256 * 1024

_NAME = re.compile(r"\w{2,32}", re.ASCII)


@routes.get(_EMOJIS)
def list_guild_emojis(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Return the guild's own emojis."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    emojis: list[dict[str, Any]] = call.world.guilds.get(guild_id)["emojis"]
    return emojis


@routes.get(_EMOJI)
def get_guild_emoji(call: Call, guild_id: str, emoji_id: str) -> dict[str, Any]:
    """Return one emoji."""
    for emoji in list_guild_emojis(call, guild_id):
        if emoji["id"] == emoji_id:
            return emoji
    raise unknown("emoji")


@routes.post(_EMOJIS)
def create_guild_emoji(call: Call, guild_id: str) -> tuple[dict[str, Any], int]:
    """Make an emoji of an uploaded picture."""
    world = call.world
    world.permissions.require_guild(call.user_id, guild_id, "CREATE_GUILD_EXPRESSIONS")
    fields = _fields(call, required=True)
    image = call.body.get("image")
    picture = call.server.files.image("image", image)
    if picture is None:
        raise form_error("image", "BASE_TYPE_REQUIRED", "This field is required")
    kept = call.server.files.get(("image", picture))
    if kept is not None and len(kept[1]) > LARGEST:
        text = f"File cannot be larger than {LARGEST / 1024} kb."
        raise form_error("image", "BINARY_TYPE_MAX_SIZE", text)
    animated = picture.startswith("a_")
    with world.lock:
        emojis = list_guild_emojis(call, guild_id)
        if sum(emoji["animated"] == animated for emoji in emojis) >= MOST:
            code, kind = (30018, "animated emojis") if animated else (30008, "emojis")
            raise WorldError(400, code, f"Maximum number of {kind} reached ({MOST})")
        emoji = {
            "id": world.ids.next(),
            "name": fields["name"],
            "roles": fields.get("roles") or [],
            "user": world.users.get(call.user_id),
            "require_colons": True,
            "managed": False,
            "animated": animated,
            "available": True,
        }
        if kept is not None:
            # The CDN knows an emoji by its id.
            call.server.files.put(("image", emoji["id"]), *kept)
        _replace(call, guild_id, [*emojis, emoji])
    return emoji, 201


@routes.patch(_EMOJI)
def modify_guild_emoji(call: Call, guild_id: str, emoji_id: str) -> dict[str, Any]:
    """Change an emoji's name and who may use it."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD_EXPRESSIONS")
    fields = _fields(call, required=False)
    with call.world.lock:
        changed = get_guild_emoji(call, guild_id, emoji_id)
        changed["name"] = fields.get("name") or changed["name"]
        if "roles" in fields:
            changed["roles"] = fields["roles"] or []
        emojis = list_guild_emojis(call, guild_id)
        _replace(call, guild_id, [changed if item["id"] == emoji_id else item for item in emojis])
    return changed


@routes.delete(_EMOJI)
def delete_guild_emoji(call: Call, guild_id: str, emoji_id: str) -> None:
    """Delete an emoji."""
    call.world.permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD_EXPRESSIONS")
    with call.world.lock:
        get_guild_emoji(call, guild_id, emoji_id)
        emojis = list_guild_emojis(call, guild_id)
        _replace(call, guild_id, [item for item in emojis if item["id"] != emoji_id])


def _fields(call: Call, *, required: bool) -> dict[str, Any]:
    form = Form()
    body = Body(call.body, form)
    body.string("name", required=required, low=2, high=32, pattern=_NAME)
    body.snowflakes("roles")
    form.check()
    return body.clean


def _replace(call: Call, guild_id: str, emojis: list[dict[str, Any]]) -> None:
    """Make these the guild's emojis and tell everyone; under the world's lock."""
    world = call.world
    world.guilds.state(guild_id).data["emojis"] = clone(emojis)
    data = {"guild_id": guild_id, "emojis": clone(emojis)}
    world.announce("GUILD_EMOJIS_UPDATE", data, guild_id=guild_id)
