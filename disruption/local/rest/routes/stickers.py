"""Stickers of guilds, and the standard packs.

See https://discord.com/developers/docs/resources/sticker
"""

from __future__ import annotations

import json
from typing import Any

from ...world.permissions import BITS
from ...world.stickers import PACKS
from ..errors import WorldError, form_error, missing_permissions, unknown
from ..routing import Call, Routes
from ..validate import Body, Form

routes = Routes()

_STICKERS = "/guilds/{guild_id}/stickers"
_STICKER = "/guilds/{guild_id}/stickers/{sticker_id}"

#: Largest file in bytes.
LARGEST = 512 * 1024

PNG, APNG, LOTTIE, GIF = 1, 2, 3, 4


@routes.get("/stickers/{sticker_id}")
def get_sticker(call: Call, sticker_id: str) -> dict[str, Any]:
    """Return any sticker."""
    return call.world.stickers.find(sticker_id)


@routes.get("/sticker-packs", auth="optional")
def list_sticker_packs(call: Call) -> dict[str, Any]:
    """Return the packs of standard stickers."""
    return {"sticker_packs": list(PACKS)}


@routes.get("/sticker-packs/{pack_id}")
def get_sticker_pack(call: Call, pack_id: str) -> dict[str, Any]:
    """Return one pack."""
    for pack in PACKS:
        if pack["id"] == pack_id:
            return pack
    raise unknown("sticker pack")


@routes.get(_STICKERS)
def list_guild_stickers(call: Call, guild_id: str) -> list[dict[str, Any]]:
    """Return the guild's own stickers."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    return call.world.stickers.list(guild_id, with_user=_sees_makers(call, guild_id))


@routes.get(_STICKER)
def get_guild_sticker(call: Call, guild_id: str, sticker_id: str) -> dict[str, Any]:
    """Return one sticker of a guild."""
    call.world.permissions.require_guild(call.user_id, guild_id)
    with_user = _sees_makers(call, guild_id)
    return call.world.stickers.get(guild_id, sticker_id, with_user=with_user)


@routes.post(_STICKERS)
def create_guild_sticker(call: Call, guild_id: str) -> tuple[dict[str, Any], int]:
    """Make a sticker of an uploaded file: PNG, APNG, GIF or Lottie."""
    call.world.permissions.require_guild(call.user_id, guild_id, "CREATE_GUILD_EXPRESSIONS")
    form = Form()
    body = Body(call.body, form)
    body.string("name", required=True, low=2, high=30)
    body.string("description", high=100)
    body.string("tags", required=True, low=1, high=200)
    form.check()
    if not call.files:
        raise form_error("file", "BASE_TYPE_REQUIRED", "This field is required")
    upload = call.files[0]
    if len(upload.data) > LARGEST:
        raise WorldError(400, 50045, "File uploaded exceeds the maximum size")
    kind, content_type = _format(call, guild_id, upload.data)
    sticker = call.world.stickers.create(
        guild_id,
        body.clean["name"],
        tags=body.clean["tags"],
        description=body.clean.get("description") or None,
        format_type=kind,
        user_id=call.user_id,
    )
    call.server.files.put(("image", sticker["id"]), content_type, upload.data)
    return sticker, 201


def _format(call: Call, guild_id: str, data: bytes) -> tuple[int, str]:
    """Tell what kind of sticker a file is; Lottie is for guilds that are verified or partners."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return (APNG if b"acTL" in data[:4096] else PNG), "image/png"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return GIF, "image/gif"
    try:
        lottie = json.loads(data)
    except ValueError:
        raise WorldError(400, 50046, "Invalid file uploaded") from None
    if not isinstance(lottie, dict) or "layers" not in lottie:
        raise WorldError(400, 170001, "Invalid JSON for uploaded Lottie file")
    features = call.world.guilds.get(guild_id)["features"]
    if not {"VERIFIED", "PARTNERED"} & set(features):
        raise WorldError(400, 50046, "Invalid file uploaded")
    return LOTTIE, "application/json"


@routes.patch(_STICKER)
def modify_guild_sticker(call: Call, guild_id: str, sticker_id: str) -> dict[str, Any]:
    """Change a sticker's name, description or tags."""
    _manage(call, guild_id, sticker_id)
    form = Form()
    body = Body(call.body, form)
    body.string("name", low=2, high=30)
    body.string("description", high=100)
    body.string("tags", low=1, high=200)
    form.check()
    changes = {
        key: value for key, value in body.clean.items() if value is not None or key == "description"
    }
    return call.world.stickers.update(guild_id, sticker_id, changes)


@routes.delete(_STICKER)
def delete_guild_sticker(call: Call, guild_id: str, sticker_id: str) -> None:
    """Delete a sticker."""
    _manage(call, guild_id, sticker_id)
    call.world.stickers.delete(guild_id, sticker_id)


def _sees_makers(call: Call, guild_id: str) -> bool:
    needed = BITS["CREATE_GUILD_EXPRESSIONS"] | BITS["MANAGE_GUILD_EXPRESSIONS"]
    return bool(call.world.permissions.in_guild(guild_id, call.user_id) & needed)


def _manage(call: Call, guild_id: str, sticker_id: str) -> None:
    """Raise unless the caller may change a sticker: anyone's, or one they made."""
    permissions = call.world.permissions
    permissions.require_guild(call.user_id, guild_id)
    sticker = call.world.stickers.get(guild_id, sticker_id, with_user=True)
    allowed = permissions.in_guild(guild_id, call.user_id)
    own = sticker.get("user", {}).get("id") == call.user_id
    needed = BITS["MANAGE_GUILD_EXPRESSIONS"] | (BITS["CREATE_GUILD_EXPRESSIONS"] if own else 0)
    if not allowed & needed:
        raise missing_permissions()
