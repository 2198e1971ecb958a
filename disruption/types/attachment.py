"""Attachment.

The types of https://discord.com/developers/docs/resources/message#attachment-object
"""

from __future__ import annotations

from .application import PartialApplication
from .core.base import Entity, Model, model
from .core.enums import OpenFlag
from .core.snowflake import Snowflake
from .core.timestamp import Timestamp
from .core.unset import UNSET, Unset
from .created import Created
from .user import User

__all__ = ["Attachment", "AttachmentFlags", "AttachmentRequest"]


class AttachmentFlags(OpenFlag):
    """See https://discord.com/developers/docs/resources/message#attachment-object"""

    NONE = 0
    IS_CLIP = 1 << 0
    IS_THUMBNAIL = 1 << 1
    IS_REMIX = 1 << 2
    IS_SPOILER = 1 << 3
    IS_ANIMATED = 1 << 5


@model
class Attachment(Entity, Created):
    """Attachment.

    See https://discord.com/developers/docs/resources/message#attachment-object
    """

    filename: str
    title: str | Unset | None = UNSET
    description: str | None = None
    content_type: str | None = None
    size: int
    url: str
    proxy_url: str
    height: int | Unset | None = UNSET
    width: int | Unset | None = UNSET
    placeholder: str | None = None
    placeholder_version: int | None = None
    ephemeral: bool | None = None
    duration_secs: float | None = None
    waveform: str | None = None
    flags: AttachmentFlags | None = None
    clip_participants: list[User] | None = None
    clip_created_at: Timestamp | None = None
    application: PartialApplication | Unset | None = UNSET


@model
class AttachmentRequest(Model):
    """Attachment Request.

    See https://discord.com/developers/docs/resources/message#attachment-object
    """

    id: Snowflake
    filename: str | None = None
    title: str | None = None
    description: str | None = None
    duration_secs: float | None = None
    waveform: str | None = None
    is_spoiler: bool | None = None
