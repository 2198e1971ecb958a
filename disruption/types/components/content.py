"""Components that show something: text, images, files.

See https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..core.base import Model, model
from ..core.enums import OpenFlag
from ..core.snowflake import Snowflake
from ..core.unset import UNSET, Unset
from .base import Component, ComponentType

if TYPE_CHECKING:
    from typing_extensions import Self

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


class HasFilename(Protocol):
    """A file to upload, which components speak of by its name."""

    filename: str


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

    @classmethod
    def of(cls, content: str) -> Self:
        """Return a text, with Markdown and mentions as in a message."""
        return cls(content=content)


@model
class Thumbnail(Component):
    """Thumbnail.

    See https://discord.com/developers/docs/components/reference#thumbnail
    """

    type: ComponentType = ComponentType.THUMBNAIL
    media: UnfurledMediaItem
    description: str | Unset | None = UNSET
    spoiler: bool | None = None

    @classmethod
    def of(
        cls,
        media: str | HasFilename,
        *,
        description: str | None = None,
        spoiler: bool | None = None,
    ) -> Self:
        """Return a small picture for a section; `media` is as in `UnfurledMediaItem.of`."""
        return cls(
            media=UnfurledMediaItem.of(media), description=description or UNSET, spoiler=spoiler
        )


@model
class MediaGallery(Component):
    """Media Gallery.

    See https://discord.com/developers/docs/components/reference#media-gallery
    """

    type: ComponentType = ComponentType.MEDIA_GALLERY
    items: list[MediaGalleryItem]

    @classmethod
    def of(cls, *items: MediaGalleryItem | str | HasFilename) -> Self:
        """Return a gallery of 1 to 10 items, each as in `MediaGalleryItem.of`."""
        return cls(
            items=[i if isinstance(i, MediaGalleryItem) else MediaGalleryItem.of(i) for i in items]
        )


@model
class MediaGalleryItem(Model):
    """Media Gallery Item.

    See https://discord.com/developers/docs/components/reference#media-gallery
    """

    media: UnfurledMediaItem
    description: str | Unset | None = UNSET
    spoiler: bool | None = None

    @classmethod
    def of(
        cls,
        media: str | HasFilename,
        *,
        description: str | None = None,
        spoiler: bool | None = None,
    ) -> Self:
        """Return a picture or film of a gallery; `media` is as in `UnfurledMediaItem.of`."""
        return cls(
            media=UnfurledMediaItem.of(media), description=description or UNSET, spoiler=spoiler
        )


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

    @classmethod
    def of(cls, file: str | HasFilename, *, spoiler: bool | None = None) -> Self:
        """Return a file that is uploaded with the message, given as itself or by its name."""
        return cls(file=UnfurledMediaItem.of(file), spoiler=spoiler)


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

    @classmethod
    def of(cls, media: str | HasFilename) -> Self:
        """Return a picture, film or file.

        Args:
            media: Its address, or a file that is uploaded with the message: the
                `disruption.File` or its name.
        """
        name = media if isinstance(media, str) else media.filename
        return cls(url=name if "://" in name else f"attachment://{name}")
