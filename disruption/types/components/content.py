"""Components that show something: text, images, files.

See https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from ..core.base import Model, model
from ..core.enums import OpenFlag
from ..core.snowflake import Snowflake
from ..core.unset import UNSET, Unset
from .base import Component, ComponentType

__all__ = [
    "FileComponent",
    "MediaGallery",
    "MediaGalleryItem",
    "Separator",
    "TextDisplay",
    "Thumbnail",
    "UnfurledMediaItem",
    "UnfurledMediaItemFlags",
]


class UnfurledMediaItemFlags(OpenFlag):
    """See https://discord.com/developers/docs/components/reference#unfurled-media-item"""

    NONE = 0
    IS_ANIMATED = 1 << 0


@model
class TextDisplay(Component):
    """Text Display.

    See https://discord.com/developers/docs/components/reference#text-display
    """

    type: ComponentType = ComponentType.TEXT_DISPLAY
    content: str


@model
class Thumbnail(Component):
    """Thumbnail.

    See https://discord.com/developers/docs/components/reference#thumbnail
    """

    type: ComponentType = ComponentType.THUMBNAIL
    media: UnfurledMediaItem
    description: str | Unset | None = UNSET
    spoiler: bool | None = None


@model
class MediaGallery(Component):
    """Media Gallery.

    See https://discord.com/developers/docs/components/reference#media-gallery
    """

    type: ComponentType = ComponentType.MEDIA_GALLERY
    items: list[MediaGalleryItem]


@model
class MediaGalleryItem(Model):
    """Media Gallery Item.

    See https://discord.com/developers/docs/components/reference#media-gallery
    """

    media: UnfurledMediaItem
    description: str | Unset | None = UNSET
    spoiler: bool | None = None


@model
class FileComponent(Component):
    """File.

    See https://discord.com/developers/docs/components/reference#file
    """

    type: ComponentType = ComponentType.FILE
    file: UnfurledMediaItem
    spoiler: bool | None = None
    name: str | Unset | None = UNSET
    size: int | Unset | None = UNSET


@model
class Separator(Component):
    """Separator.

    See https://discord.com/developers/docs/components/reference#separator
    """

    type: ComponentType = ComponentType.SEPARATOR
    divider: bool | None = None
    spacing: int | None = None


@model
class UnfurledMediaItem(Model):
    """Unfurled Media Item.

    See https://discord.com/developers/docs/components/reference#unfurled-media-item
    """

    url: str
    proxy_url: str | None = None
    height: int | Unset | None = UNSET
    width: int | Unset | None = UNSET
    placeholder: str | None = None
    placeholder_version: int | None = None
    content_type: str | Unset | None = UNSET
    flags: UnfurledMediaItemFlags | None = None
    attachment_id: Snowflake | None = None
    id: Snowflake | None = None
