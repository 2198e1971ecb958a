"""Custom emojis of guilds and applications.

See https://discord.com/developers/docs/resources/emoji
"""

from __future__ import annotations

import re
from typing import Any

from ..errors import WorldError, form_error
from ..routing import Call, Routes
from ..validate import Body, Form
from .applications import own_application

routes = Routes()

_EMOJIS = "/guilds/{guild_id}/emojis"
_EMOJI = "/guilds/{guild_id}/emojis/{emoji_id}"
_OWN = "/applications/{application_id}/emojis"

#: Largest picture in bytes.
LARGEST = 256 * 1024

_NAME = re.compile(r"\w{2,32}", re.ASCII)


@routes.get(_EMOJIS)
def list_guild_emojis(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Return the guild's own emojis."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    return call.world.emojis.list(guild_id)


@routes.get(_EMOJI)
def get_guild_emoji(call: Call, guild_id: str, emoji_id: str) -> dict[str, Any]:
    """Return one emoji."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    return call.world.emojis.get(guild_id, emoji_id)


@routes.post(_EMOJIS)
def create_guild_emoji(call: Call, guild_id: str) -> tuple[dict[str, Any], int]:
    """Make an emoji of an uploaded picture."""
    call.world.permissions.require_guild(call.user_id, guild_id, "CREATE_GUILD_EXPRESSIONS")
    return _create(call, guild_id), 201


@routes.patch(_EMOJI)
def modify_guild_emoji(call: Call, guild_id: str, emoji_id: str) -> dict[str, Any]:
    """Change an emoji's name and who may use it; one's own needs less."""
    _manage(call, guild_id, emoji_id)
    fields = _fields(call, required=False)
    if "roles" in fields:
        fields["roles"] = fields["roles"] or []
    return call.world.emojis.update(guild_id, emoji_id, fields)


@routes.delete(_EMOJI)
def delete_guild_emoji(call: Call, guild_id: str, emoji_id: str) -> None:
    """Delete an emoji."""
    _manage(call, guild_id, emoji_id)
    call.world.emojis.delete(guild_id, emoji_id)


@routes.get(_OWN)
def list_application_emojis(call: Call, application_id: str) -> dict[str, Any]:
    """Return the application's own emojis."""
    own_application(call, application_id)
    return {"items": call.world.emojis.list(application_id)}


@routes.get(_OWN + "/{emoji_id}")
def get_application_emoji(call: Call, application_id: str, emoji_id: str) -> dict[str, Any]:
    """Return one emoji of the application."""
    own_application(call, application_id)
    return call.world.emojis.get(application_id, emoji_id)


@routes.post(_OWN)
def create_application_emoji(call: Call, application_id: str) -> tuple[dict[str, Any], int]:
    """Make an emoji that the application can use everywhere."""
    own_application(call, application_id)
    return _create(call, application_id), 201


@routes.patch(_OWN + "/{emoji_id}")
def modify_application_emoji(call: Call, application_id: str, emoji_id: str) -> dict[str, Any]:
    """Change an emoji's name."""
    own_application(call, application_id)
    name = _fields(call, required=False).get("name")
    changes = {} if name is None else {"name": name}
    return call.world.emojis.update(application_id, emoji_id, changes)


@routes.delete(_OWN + "/{emoji_id}")
def delete_application_emoji(call: Call, application_id: str, emoji_id: str) -> None:
    """Delete an emoji of the application."""
    own_application(call, application_id)
    call.world.emojis.delete(application_id, emoji_id)


def _create(call: Call, owner_id: str) -> dict[str, Any]:
    fields = _fields(call, required=True)
    files = call.server.files
    picture = files.image("image", call.body.get("image"))
    if picture is None:
        raise form_error("image", "BASE_TYPE_REQUIRED", "This field is required")
    kept = files.get(("image", picture))
    if kept is not None and len(kept[1]) > LARGEST:
        text = f"File cannot be larger than {LARGEST / 1024} kb."
        raise form_error("image", "BINARY_TYPE_MAX_SIZE", text)
    emoji = call.world.emojis.create(
        owner_id,
        fields["name"],
        user_id=call.user_id,
        roles=fields.get("roles") or (),
        animated=picture.startswith("a_"),
    )
    if kept is not None:
        # The CDN knows an emoji by its id.
        files.put(("image", emoji["id"]), *kept)
    return emoji


def _fields(call: Call, *, required: bool) -> dict[str, Any]:
    form = Form()
    body = Body(call.body, form)
    body.string("name", required=required, low=2, high=32, pattern=_NAME)
    body.snowflakes("roles")
    form.check()
    return body.clean


def _manage(call: Call, guild_id: str, emoji_id: str) -> None:
    """Raise unless the caller may change an emoji: anyone's, or one they made."""
    permissions = call.world.permissions
    permissions.require_guild(call.user_id, guild_id)
    emoji = call.world.emojis.get(guild_id, emoji_id)
    own = emoji.get("user", {}).get("id") == call.user_id
    try:
        permissions.require_guild(call.user_id, guild_id, "MANAGE_GUILD_EXPRESSIONS")
    except WorldError:
        if not own:
            raise
        permissions.require_guild(call.user_id, guild_id, "CREATE_GUILD_EXPRESSIONS")
