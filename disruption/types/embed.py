"""Embed.

The types of https://discord.com/developers/docs/resources/message#embed-object
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .core.base import Model, model
from .core.enums import OpenFlag, OpenStrEnum
from .core.timestamp import Timestamp
from .core.unset import UNSET, Unset

if TYPE_CHECKING:
    from .colour import Colour

__all__ = [
    "Embed",
    "EmbedAuthor",
    "EmbedField",
    "EmbedFlags",
    "EmbedFooter",
    "EmbedImage",
    "EmbedMedia",
    "EmbedMediaFlags",
    "EmbedProvider",
    "EmbedType",
    "EmbedVideo",
]


class EmbedType(OpenStrEnum):
    """See https://discord.com/developers/docs/resources/message#embed-object"""

    RICH = "rich"
    IMAGE = "image"
    VIDEO = "video"
    GIFV = "gifv"
    ARTICLE = "article"
    LINK = "link"
    POLL_RESULT = "poll_result"


class EmbedFlags(OpenFlag):
    """See https://discord.com/developers/docs/resources/message#embed-object"""

    NONE = 0
    IS_CONTENT_INVENTORY_ENTRY = 1 << 5


class EmbedMediaFlags(OpenFlag):
    """See https://discord.com/developers/docs/resources/message#embed-object"""

    NONE = 0
    IS_ANIMATED = 1 << 5


@model
class EmbedMedia(Model):
    """What the images and videos of embeds have in common."""

    url: str | None = None
    proxy_url: str | None = None
    height: int | None = None
    width: int | None = None
    content_type: str | None = None
    placeholder: str | None = None
    placeholder_version: int | None = None
    description: str | None = None
    flags: EmbedMediaFlags | None = None


@model
class EmbedImage(EmbedMedia):
    """Embed Image.

    See https://discord.com/developers/docs/resources/message#embed-object
    """


@model
class EmbedVideo(EmbedMedia):
    """Embed Video.

    See https://discord.com/developers/docs/resources/message#embed-object
    """


@model
class EmbedProvider(Model):
    """Embed Provider.

    See https://discord.com/developers/docs/resources/message#embed-object
    """

    name: str | None = None
    url: str | None = None


@model
class EmbedAuthor(Model):
    """Embed Author.

    See https://discord.com/developers/docs/resources/message#embed-object
    """

    name: str
    url: str | None = None
    icon_url: str | None = None
    proxy_icon_url: str | None = None


@model
class EmbedFooter(Model):
    """Embed Footer.

    See https://discord.com/developers/docs/resources/message#embed-object
    """

    text: str
    icon_url: str | None = None
    proxy_icon_url: str | None = None


@model
class EmbedField(Model):
    """Embed Field.

    See https://discord.com/developers/docs/resources/message#embed-object
    """

    name: str
    value: str
    inline: bool | None = None


@model
class Embed(Model):
    """Embed.

    See https://discord.com/developers/docs/resources/message#embed-object
    """

    title: str | None = None
    type: EmbedType | None = None
    description: str | None = None
    url: str | None = None
    timestamp: Timestamp | None = None
    color: int | None = None
    footer: EmbedFooter | None = None
    image: EmbedImage | None = None
    thumbnail: EmbedImage | None = None
    video: EmbedVideo | None = None
    provider: EmbedProvider | None = None
    author: EmbedAuthor | None = None
    fields: list[EmbedField] | None = None
    flags: EmbedFlags | Unset | None = UNSET
    components: list[dict[str, Any]] | None = None

    @property
    def colour(self) -> Colour | None:
        """The colour of the bar at its side, where it has one."""
        from .colour import Colour

        return None if self.color is None else Colour(self.color & 0xFFFFFF)
