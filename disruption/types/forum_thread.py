"""Forum thread.

The types of https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel
"""

from __future__ import annotations

from .allowed_mentions import AllowedMentions
from .attachment import AttachmentRequest
from .components import AnyComponent
from .core.base import Model, model
from .core.snowflake import Snowflake
from .embed import Embed
from .message import MessageFlags

__all__ = ["ForumThreadMessageParams"]


@model
class ForumThreadMessageParams(Model):
    """Forum and Media Thread Message Params.

    See https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel
    """

    content: str | None = None
    embeds: list[Embed] | None = None
    allowed_mentions: AllowedMentions | None = None
    components: list[AnyComponent] | None = None
    sticker_ids: list[Snowflake] | None = None
    attachments: list[AttachmentRequest] | None = None
    flags: MessageFlags | None = None
