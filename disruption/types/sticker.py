"""Sticker.

The types of https://discord.com/developers/docs/resources/sticker
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .core.base import Entity, model
from .core.enums import OpenIntEnum
from .core.snowflake import Snowflake
from .user import User
from .verbs.expressions import StickerVerbs

if TYPE_CHECKING:
    from .cdn import Asset

__all__ = ["Sticker", "StickerFormatType", "StickerItem", "StickerPack", "StickerType"]


class StickerType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/sticker#sticker-object"""

    STANDARD = 1
    GUILD = 2


class StickerFormatType(OpenIntEnum):
    """See https://discord.com/developers/docs/resources/sticker#sticker-object"""

    PNG = 1
    APNG = 2
    LOTTIE = 3
    GIF = 4


@model
class Sticker(StickerVerbs):
    """Sticker.

    See https://discord.com/developers/docs/resources/sticker#sticker-object
    """

    pack_id: Snowflake | None = None
    name: str
    description: str | None
    tags: str
    type: StickerType
    format_type: StickerFormatType | None
    available: bool | None = None
    guild_id: Snowflake | None = None
    user: User | None = None
    sort_value: int | None = None

    @property
    def asset(self) -> Asset:
        """Its image."""
        from . import cdn

        return cdn.sticker(self.id, self.format_type)


@model
class StickerItem(Entity):
    """Sticker Item.

    See https://discord.com/developers/docs/resources/sticker#sticker-item-object
    """

    name: str
    format_type: StickerFormatType

    @property
    def asset(self) -> Asset:
        """Its image."""
        from . import cdn

        return cdn.sticker(self.id, self.format_type)


@model
class StickerPack(Entity):
    """Sticker Pack.

    See https://discord.com/developers/docs/resources/sticker#sticker-pack-object
    """

    stickers: list[Sticker]
    name: str
    sku_id: Snowflake
    cover_sticker_id: Snowflake | None = None
    description: str | None
    banner_asset_id: Snowflake | None = None

    @property
    def banner_asset(self) -> Asset | None:
        """The banner in the shop, where there is one."""
        from . import cdn

        return cdn.sticker_pack_banner(self.banner_asset_id) if self.banner_asset_id else None
