"""Stickers.

See https://discord.com/developers/docs/resources/sticker
"""

from __future__ import annotations

from typing import Any, Final

from disruption.errors import InvalidArgument
from disruption.rest.checks import at_most
from disruption.rest.core import RestCore
from disruption.rest.fields import put_text
from disruption.rest.files import File
from disruption.rest.images import STICKER_BYTES, FileSource, read
from disruption.rest.multipart import Multipart
from disruption.rest.route import Route, SnowflakeLike
from disruption.types import UNSET, Sticker, StickerPack, StickerPackList, Unset

__all__ = ["StickerRoutes"]

_STICKERS: Final = "/guilds/{guild_id}/stickers"
_STICKER: Final = _STICKERS + "/{sticker_id}"

_GET = Route("GET", "/stickers/{sticker_id}")
_PACKS = Route("GET", "/sticker-packs")
_PACK = Route("GET", "/sticker-packs/{pack_id}")
_LIST = Route("GET", _STICKERS)
_GET_OF_GUILD = Route("GET", _STICKER)
_CREATE = Route("POST", _STICKERS)
_MODIFY = Route("PATCH", _STICKER)
_DELETE = Route("DELETE", _STICKER)

_TAGS: Final = 200


class StickerRoutes(RestCore):
    """Stickers."""

    def get_sticker(self, sticker_id: SnowflakeLike, *, timeout: float | None = None) -> Sticker:
        """Get a sticker, whosever it is.

        Raises:
            NotFound: There is no such sticker.

        See https://discord.com/developers/docs/resources/sticker#get-sticker
        """
        return self._fetch(Sticker, _GET(sticker_id), timeout=timeout)

    def list_sticker_packs(self, *, timeout: float | None = None) -> list[StickerPack]:
        """Get the packs of stickers that Discord offers.

        See https://discord.com/developers/docs/resources/sticker#list-sticker-packs
        """
        return self._fetch(StickerPackList, _PACKS(), timeout=timeout).sticker_packs

    def get_sticker_pack(
        self, pack_id: SnowflakeLike, *, timeout: float | None = None
    ) -> StickerPack:
        """Get a pack of stickers.

        Raises:
            NotFound: There is no such pack.

        See https://discord.com/developers/docs/resources/sticker#get-sticker-pack
        """
        return self._fetch(StickerPack, _PACK(pack_id), timeout=timeout)

    def list_guild_stickers(
        self, guild_id: SnowflakeLike, *, timeout: float | None = None
    ) -> list[Sticker]:
        """Get the stickers of a guild.

        See https://discord.com/developers/docs/resources/sticker#list-guild-stickers
        """
        return self._fetch(list[Sticker], _LIST(guild_id), timeout=timeout)

    def get_guild_sticker(
        self, guild_id: SnowflakeLike, sticker_id: SnowflakeLike, *, timeout: float | None = None
    ) -> Sticker:
        """Get a sticker of a guild.

        Raises:
            NotFound: There is no such sticker.

        See https://discord.com/developers/docs/resources/sticker#get-guild-sticker
        """
        return self._fetch(Sticker, _GET_OF_GUILD(guild_id, sticker_id), timeout=timeout)

    def create_guild_sticker(
        self,
        guild_id: SnowflakeLike,
        *,
        name: str,
        tags: str,
        file: FileSource,
        description: str = "",
        reason: str | None = None,
        timeout: float | None = None,
    ) -> Sticker:
        """Create a sticker of a guild.

        Args:
            guild_id: Where.
            name: 2 to 30 characters.
            tags: What it is suggested for, an emoji's name say; at most 200 characters.
            file: A PNG, APNG, GIF or Lottie JSON: a path, bytes or an open file; at most
                512 KiB, 320 pixels and 5 seconds.
            description: Empty, or 2 to 100 characters.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed, or the file cannot be a sticker.
            Forbidden: CREATE_GUILD_EXPRESSIONS is missing.

        See https://discord.com/developers/docs/resources/sticker#create-guild-sticker
        """
        at_most("name", name, 30, least=2)
        at_most("tags", tags, _TAGS, least=1)
        at_most("description", description, 100, least=2 if description else 0)
        form = Multipart(
            None,
            [_upload(file)],
            names=["file"],
            fields={"name": name, "description": description, "tags": tags},
        )
        return self._fetch(Sticker, _CREATE(guild_id), form, reason=reason, timeout=timeout)

    def modify_guild_sticker(
        self,
        guild_id: SnowflakeLike,
        sticker_id: SnowflakeLike,
        *,
        name: str | Unset = UNSET,
        description: str | Unset | None = UNSET,
        tags: str | Unset = UNSET,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> Sticker:
        """Change a sticker of a guild; what is not given stays.

        Args:
            guild_id: Where it is.
            sticker_id: Which one.
            name: 2 to 30 characters.
            description: 2 to 100 characters; None for none.
            tags: What it is suggested for; at most 200 characters.
            reason: Shown in the audit log, at most 512 characters.
            timeout: Seconds for the whole call, waits included.

        Raises:
            InvalidArgument: A limit is passed.
            Forbidden: MANAGE_GUILD_EXPRESSIONS is missing, or for a sticker of the bot's own
                CREATE_GUILD_EXPRESSIONS.

        See https://discord.com/developers/docs/resources/sticker#modify-guild-sticker
        """
        body: dict[str, Any] = {}
        put_text(body, "name", name, 30, least=2)
        put_text(body, "description", description, 100, least=2)
        put_text(body, "tags", tags, _TAGS, least=1)
        target = _MODIFY(guild_id, sticker_id)
        return self._fetch(Sticker, target, body, reason=reason, timeout=timeout)

    def delete_guild_sticker(
        self,
        guild_id: SnowflakeLike,
        sticker_id: SnowflakeLike,
        *,
        reason: str | None = None,
        timeout: float | None = None,
    ) -> None:
        """Delete a sticker of a guild.

        Raises:
            Forbidden: MANAGE_GUILD_EXPRESSIONS is missing, or for a sticker of the bot's own
                CREATE_GUILD_EXPRESSIONS.

        See https://discord.com/developers/docs/resources/sticker#delete-guild-sticker
        """
        self._do(_DELETE(guild_id, sticker_id), reason=reason, timeout=timeout)


def _upload(file: FileSource) -> File:
    """Return the file of a sticker with the name and type that Discord goes by."""
    content = read(file, "file", STICKER_BYTES)
    for start, ending, kind in (
        (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
        (b"GIF8", "gif", "image/gif"),
        (b"{", "json", "application/json"),
    ):
        if content.lstrip()[: len(start)] == start:
            return File(content, filename=f"sticker.{ending}", content_type=kind)
    raise InvalidArgument("file must be a PNG, APNG, GIF or Lottie JSON file")
