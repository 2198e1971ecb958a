"""Embed.

The types of https://discord.com/developers/docs/resources/message#embed-object
"""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from ..errors import InvalidArgument
from .core.base import Model, model
from .core.enums import OpenFlag, OpenStrEnum
from .core.timestamp import Timestamp
from .core.unset import UNSET, Unset

if TYPE_CHECKING:
    from typing_extensions import Self

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
    """A box with a title, text, fields and images.

    The methods that change it return it, so that they can be chained. Spaces at both ends
    of a text are not counted by Discord, which cuts them off.

    ```python
    Embed(title="Scores", color=0x57F287).add_field("ann", "12").add_field("bob", "9")
    ```

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

    def set_color(self, color: int | str | None) -> Self:
        """Colour the bar at its side.

        Args:
            color: A `Colour`, a number, text as in ``#5865F2`` or ``blurple``; None for none.

        Raises:
            InvalidArgument: It is no colour.
        """
        from .colour import Colour

        if color is None:
            self.color = None
        else:
            self.color = int(Colour.parse(color) if isinstance(color, str) else Colour(color))
        return self

    def set_timestamp(self, moment: datetime | None = None) -> Self:
        """Show a moment at its foot, everybody in their own time.

        Args:
            moment: By default now; one without a zone is taken as local time.
        """
        if moment is None:
            moment = datetime.now(timezone.utc)
        self.timestamp = moment if moment.tzinfo is not None else moment.astimezone()
        return self

    def set_author(
        self, name: str | None, *, url: str | None = None, icon_url: str | None = None
    ) -> Self:
        """Put a name above the title, with a link and a small picture; None takes it away."""
        self.author = None if name is None else EmbedAuthor(name=name, url=url, icon_url=icon_url)
        return self

    def set_footer(self, text: str | None, *, icon_url: str | None = None) -> Self:
        """Put a text at its foot, with a small picture; None takes it away."""
        self.footer = None if text is None else EmbedFooter(text=text, icon_url=icon_url)
        return self

    def set_image(self, url: str | None) -> Self:
        """Show a large picture: an address, ``attachment://name.png``, or None for none."""
        self.image = None if url is None else EmbedImage(url=url)
        return self

    def set_thumbnail(self, url: str | None) -> Self:
        """Show a small picture: an address, ``attachment://name.png``, or None for none."""
        self.thumbnail = None if url is None else EmbedImage(url=url)
        return self

    def add_field(self, name: str, value: str, *, inline: bool = False) -> Self:
        """Add a field as the last of at most 25.

        Args:
            name: Its heading, at most 256 characters.
            value: Its text, at most 1024 characters.
            inline: Whether it may stand beside others.
        """
        return self.insert_field_at(len(self.fields or ()), name, value, inline=inline)

    def insert_field_at(self, index: int, name: str, value: str, *, inline: bool = False) -> Self:
        """Add a field before another one; `index` counts as in ``list.insert``."""
        if self.fields is None:
            self.fields = []
        self.fields.insert(index, EmbedField(name=name, value=value, inline=inline))
        return self

    def set_field_at(self, index: int, name: str, value: str, *, inline: bool = False) -> Self:
        """Put a field in the place of another one.

        Raises:
            InvalidArgument: There is none at `index`.
        """
        fields = self._fields_with(index)
        fields[index] = EmbedField(name=name, value=value, inline=inline)
        return self

    def remove_field(self, index: int) -> Self:
        """Take a field away.

        Raises:
            InvalidArgument: There is none at `index`.
        """
        del self._fields_with(index)[index]
        return self

    def clear_fields(self) -> Self:
        """Take all fields away."""
        self.fields = None
        return self

    def _fields_with(self, index: int) -> list[EmbedField]:
        fields = self.fields or []
        if not -len(fields) <= index < len(fields):
            raise InvalidArgument(f"the embed has no field {index}: it has {len(fields)}")
        return fields

    def copy(self) -> Self:
        """Return an embed like this one that shares nothing with it."""
        return deepcopy(self)

    def validate(self, path: str = "embeds.0") -> None:
        """Refuse what Discord would refuse; sending does so too.

        Args:
            path: What the error calls the embed.

        Raises:
            InvalidArgument: With the path of the field (``embeds.0.fields.3.value``) and the
                limit.

        See https://discord.com/developers/docs/resources/message#embed-object-embed-limits
        """
        from .core.codec import to_plain
        from .rules.embeds import check_alone

        check_alone(to_plain(self), path)

    def __len__(self) -> int:
        """Return how many of its characters count towards the 6,000 of a message."""
        from .core.codec import to_plain
        from .rules.embeds import embed_length

        return embed_length(to_plain(self))

    def __bool__(self) -> bool:
        """Be true, also without a character."""
        return True
