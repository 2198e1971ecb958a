"""Check embeds: the limit of each field, and 6,000 characters over all.

See https://discord.com/developers/docs/resources/message#embed-object-embed-limits
"""

from __future__ import annotations

from typing import Any

from .form import Body

_MEDIA = ("http", "https", "attachment")

#: An embed needs one of these.
_SHOWN = frozenset(
    {"title", "description", "fields", "footer", "author", "image", "thumbnail", "video"}
)

#: Characters over title, description, fields, footer and author of all embeds of a message.
TOTAL = 6000


def clean_embeds(body: Body) -> None:
    """Check the field `embeds` of a message."""
    total = 0
    for embed in body.children("embeds", high=10):
        _clean_embed(embed)
        total += _size(embed.clean)
        if total > TOTAL:
            text = f"Embed size exceeds maximum size of {TOTAL}"
            body.fail("embeds", "MAX_EMBED_SIZE_EXCEEDED", text)
            break
    if body.clean.get("embeds"):
        body.clean["embeds"] = [embed for embed in body.clean["embeds"] if embed]


def _clean_embed(embed: Body) -> None:
    embed.string("title", high=256)
    embed.string("description", high=4096)
    embed.url("url")
    embed.timestamp("timestamp")
    embed.integer("color", low=0, high=0xFFFFFF)
    footer = embed.child("footer")
    if footer is not None:
        footer.string("text", high=2048)
        footer.url("icon_url", schemes=_MEDIA)
    for name in ("image", "thumbnail"):
        media = embed.child(name)
        if media is not None:
            media.url("url", required=True, schemes=_MEDIA)
    author = embed.child("author")
    if author is not None:
        author.string("name", required=True, high=256)
        author.url("url")
        author.url("icon_url", schemes=_MEDIA)
    for field in embed.children("fields", high=25):
        field.string("name", required=True, low=1, high=256)
        field.string("value", required=True, low=1, high=1024)
        field.boolean("inline")
        field.clean.setdefault("inline", False)
    embed.clean = _without_nulls(embed.clean)
    given = {key for key, value in embed.data.items() if value not in (None, "", [], {})}
    if given and not given & _SHOWN:
        embed.fail("description", "BASE_TYPE_REQUIRED", "This field is required")


def _without_nulls(clean: dict[str, Any]) -> dict[str, Any]:
    """Take nulls out in place: Discord never answers with them in an embed."""
    for key in [key for key, value in clean.items() if value is None or value == {}]:
        del clean[key]
    for value in clean.values():
        if isinstance(value, dict):
            _without_nulls(value)
    return clean


def _size(embed: dict[str, Any]) -> int:
    texts = [embed.get("title"), embed.get("description")]
    texts.append(embed.get("footer", {}).get("text"))
    texts.append(embed.get("author", {}).get("name"))
    for field in embed.get("fields", ()):
        texts += [field.get("name"), field.get("value")]
    return sum(len(text) for text in texts if text)
