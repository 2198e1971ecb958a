"""Message search.

The types of https://discord.com/developers/docs/resources/message#search-guild-messages
"""

from __future__ import annotations

from .core.enums import OpenStrEnum

__all__ = ["SearchAuthorType", "SearchEmbedType", "SearchHasType", "SearchSortMode"]


class SearchAuthorType(OpenStrEnum):
    """See https://discord.com/developers/docs/resources/message#search-guild-messages"""

    USER = "user"
    BOT = "bot"
    WEBHOOK = "webhook"


class SearchHasType(OpenStrEnum):
    """See https://discord.com/developers/docs/resources/message#search-guild-messages"""

    IMAGE = "image"
    SOUND = "sound"
    VIDEO = "video"
    FILE = "file"
    STICKER = "sticker"
    EMBED = "embed"
    LINK = "link"
    POLL = "poll"
    SNAPSHOT = "snapshot"


class SearchEmbedType(OpenStrEnum):
    """See https://discord.com/developers/docs/resources/message#search-guild-messages"""

    IMAGE = "image"
    VIDEO = "video"
    GIF = "gif"
    SOUND = "sound"
    ARTICLE = "article"


class SearchSortMode(OpenStrEnum):
    """See https://discord.com/developers/docs/resources/message#search-guild-messages"""

    TIMESTAMP = "timestamp"
    RELEVANCE = "relevance"
