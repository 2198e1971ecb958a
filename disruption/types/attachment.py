"""Attachment.

The types of https://discord.com/developers/docs/resources/message#attachment-object
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import InvalidArgument
from .application import PartialApplication
from .core.base import Entity, Model, model
from .core.enums import OpenFlag
from .core.snowflake import Snowflake
from .core.timestamp import Timestamp
from .core.unset import UNSET, Unset
from .user import User
from .verbs.owner import cdn_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from typing_extensions import Self

    from ..rest import File
    from ..rest.cdn import Target

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
class Attachment(Entity):
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

    def read(
        self,
        *,
        proxied: bool = False,
        progress: Callable[[int, int | None], object] | None = None,
        timeout: float = 600.0,
    ) -> bytes:
        """Return the file's content.

        Args:
            proxied: Take it from Discord's media proxy, which keeps images a little longer.
            progress: Called with the bytes that have come, and how many there are.
            timeout: Seconds for all of it; half a minute without a byte ends it, too.

        Raises:
            NotFound: It is gone; addresses are good for about a day, then fetch the message.
            RequestFailed: It did not come whole, or not in time.

        See https://discord.com/developers/docs/reference#signed-attachment-cdn-urls
        """
        url = self.proxy_url if proxied else self.url
        return cdn_of(self._api).read(url, progress=progress, timeout=timeout)

    def save(
        self,
        target: Target,
        *,
        proxied: bool = False,
        progress: Callable[[int, int | None], object] | None = None,
        timeout: float = 600.0,
    ) -> Path | None:
        """Save the file, never over another one.

        Args:
            target: A folder, where it keeps its name (cleaned, and with a number if there is
                one of that name); a path where no file is yet; or a file open for writing.
            proxied: Take it from Discord's media proxy, which keeps images a little longer.
            progress: Called with the bytes that have come, and how many there are.
            timeout: Seconds for all of it; half a minute without a byte ends it, too.

        Returns:
            Where it is now, None for an open file.

        Raises:
            InvalidArgument: There is a file at that path.
            NotFound: It is gone; addresses are good for about a day, then fetch the message.
            RequestFailed: It did not come whole, or not in time; what came is deleted.

        See https://discord.com/developers/docs/reference#signed-attachment-cdn-urls
        """
        return cdn_of(self._api).save(
            self.proxy_url if proxied else self.url,
            target,
            filename=self.filename,
            progress=progress,
            timeout=timeout,
        )

    def to_file(self, *, description: str | None = None, spoiler: bool = False) -> File:
        """Download the file and return it ready to be sent again.

        Args:
            description: The alternative text; by default this one's.
            spoiler: Hide it until it is clicked.
        """
        from ..rest import File

        return File(
            self.read(),
            filename=self.filename,
            description=description or self.description,
            spoiler=spoiler,
        )


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

    @classmethod
    def upload(
        cls,
        index: int,
        filename: str,
        *,
        title: str | None = None,
        description: str | None = None,
        is_spoiler: bool | None = None,
    ) -> Self:
        """Return what is said about a file that is uploaded with the message.

        `disruption.File` does it for the files of this library's own REST client.

        Args:
            index: The number in the part's name: ``files[0]`` is 0.
            filename: The name shown.
            title: What stands in the place of the name.
            description: The alternative text, at most 1024 characters.
            is_spoiler: Hide it until it is clicked.

        Raises:
            InvalidArgument: A limit is passed.
        """
        made = cls(
            id=Snowflake(index),
            filename=filename,
            title=title,
            description=description,
            is_spoiler=is_spoiler,
        )
        made.validate()
        return made

    @classmethod
    def keep(
        cls,
        attachment: Attachment | int | str,
        *,
        description: str | None = None,
        is_spoiler: bool | None = None,
    ) -> Self:
        """Return what keeps an attachment in an edit, which drops all that it does not list.

        Args:
            attachment: The attachment or its id.
            description: Another alternative text, at most 1024 characters.
            is_spoiler: Hide it from now on, or no longer.

        Raises:
            InvalidArgument: It is no id, or a limit is passed.
        """
        from .snowflakes import snowflake_of

        made = cls(
            id=snowflake_of(attachment, "attachment"),
            description=description,
            is_spoiler=is_spoiler,
        )
        made.validate()
        return made

    @classmethod
    def voice(
        cls, index: int, loudness: Sequence[int], duration: float, *, filename: str = "voice.ogg"
    ) -> Self:
        """Return what is said about the file of a voice message.

        Args:
            index: The number in the part's name: ``files[0]`` is 0.
            loudness: Up to 256 samples from 0 to 255 over the whole recording.
            duration: How long it is, in seconds.
            filename: The name of the file.

        Raises:
            InvalidArgument: A limit is passed.

        See https://discord.com/developers/docs/resources/message#voice-messages
        """
        from base64 import b64encode

        try:
            samples = bytes(loudness)
        except (TypeError, ValueError):
            samples = b""
        if isinstance(loudness, int) or not 1 <= len(samples) <= 256:
            raise InvalidArgument("loudness takes 1 to 256 samples from 0 to 255")
        if not isinstance(duration, int | float) or not 0 < duration < 1e9:
            raise InvalidArgument(f"duration must be more than 0 seconds, not {duration!r}")
        return cls(
            id=Snowflake(index),
            filename=filename,
            duration_secs=duration,
            waveform=b64encode(samples).decode(),
        )

    def validate(self, path: str = "attachments.0") -> None:
        """Refuse what Discord would refuse.

        Args:
            path: What the error calls it.

        Raises:
            InvalidArgument: With the path of the field and the limit.
        """
        from .rules.limits import at_most

        at_most(f"{path}.filename", self.filename, 1024, least=1)
        at_most(f"{path}.description", self.description, 1024)
