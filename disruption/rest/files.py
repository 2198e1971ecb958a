"""Files to upload: from a path, from bytes, from an open file."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Final

from disruption.errors import InvalidArgument

__all__ = ["File", "VoiceMessage"]

_CHUNK: Final = 64 * 1024
_NAME_LIMIT: Final = 1024
_DESCRIPTION_LIMIT: Final = 1024


class File:
    """A file to upload with a message.

    Nothing is read before the request is sent, and never more than a piece at a time. A
    path or bytes can be sent any number of times, by any number of threads; an open file
    by one at a time, and repeatedly only if it can seek.

    Args:
        source: A path (str or PathLike), the content (bytes), or a file open for binary
            reading, which is read from where it stands and not closed.
        filename: The name shown; by default the path's last part.
        description: The alternative text, at most 1024 characters.
        spoiler: Hide it until it is clicked.
        content_type: The MIME type; Discord goes by the name.

    Raises:
        InvalidArgument: There is no such file, it is open for text or closed, or a limit is
            passed.

    See https://discord.com/developers/docs/reference#uploading-files
    """

    __slots__ = ("_source", "_start", "content_type", "description", "filename", "spoiler")

    def __init__(
        self,
        source: str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes],
        *,
        filename: str | None = None,
        description: str | None = None,
        spoiler: bool = False,
        content_type: str = "application/octet-stream",
    ) -> None:
        self._start: int | None = None  # where an open file that can seek stood
        self._source: Path | bytes | IO[bytes]
        name: object = None
        if isinstance(source, str | os.PathLike):
            self._source = Path(source)
            if not self._source.is_file():
                raise InvalidArgument(f"there is no file {os.fspath(source)!r} to upload")
            name = self._source.name
        elif isinstance(source, bytes | bytearray | memoryview):
            self._source = bytes(source)
        elif hasattr(source, "read"):
            if isinstance(source, io.TextIOBase):
                raise InvalidArgument("a file to upload must be opened in binary mode ('rb')")
            if getattr(source, "closed", False):
                raise InvalidArgument("a file to upload must be open, and this one is closed")
            self._source = source
            self._start = source.tell() if _can_seek(source) else None
            name = getattr(source, "name", None)
            name = os.path.basename(name) if isinstance(name, str) else None
        else:
            raise InvalidArgument(
                f"File takes a path, bytes or an open file, not {type(source).__name__}"
            )
        for what, text in (("filename", filename), ("description", description)):
            if text is not None and not isinstance(text, str):
                raise InvalidArgument(f"{what} must be a str, not {type(text).__name__}")
        self.filename = filename or str(name or "file")
        if len(self.filename) > _NAME_LIMIT or not self.filename.isprintable():
            raise InvalidArgument("filename must be printable and at most 1024 characters long")
        if description is not None and len(description) > _DESCRIPTION_LIMIT:
            raise InvalidArgument(
                f"description must be at most {_DESCRIPTION_LIMIT} characters, "
                f"not {len(description)}"
            )
        self.description = description
        self.spoiler = spoiler or self.filename.startswith("SPOILER_")
        if self.spoiler and not self.filename.startswith("SPOILER_"):
            self.filename = "SPOILER_" + self.filename
        plain = isinstance(content_type, str) and content_type.isascii()
        if not plain or not content_type.isprintable() or " " in content_type:
            raise InvalidArgument(f"content_type cannot be {content_type!r:.60}")
        self.content_type = content_type

    @property
    def rewindable(self) -> bool:
        """Whether the content can be sent a second time."""
        return isinstance(self._source, Path | bytes) or self._start is not None

    @property
    def size(self) -> int | None:
        """The size in bytes, None where only reading will tell.

        Raises:
            InvalidArgument: The file is gone, closed or cannot be read.
        """
        source = self._source
        if isinstance(source, bytes):
            return len(source)
        with self._reading():
            if isinstance(source, Path):
                return source.stat().st_size
            if self._start is None:
                return None
            end = source.seek(0, os.SEEK_END)
            source.seek(self._start)
            return max(0, end - self._start)

    def chunks(self) -> Iterator[bytes]:
        """Yield the content in pieces, from its beginning.

        Raises:
            InvalidArgument: The file is gone, closed or cannot be read.
        """
        source = self._source
        if isinstance(source, bytes):
            if source:
                yield source
            return
        with contextlib.ExitStack() as stack:
            with self._reading():
                if isinstance(source, Path):
                    opened: IO[bytes] = stack.enter_context(source.open("rb"))
                else:
                    opened = source
                    if self._start is not None:
                        opened.seek(self._start)
            while True:
                with self._reading():
                    piece = opened.read(_CHUNK)
                if not piece:
                    return
                if not isinstance(piece, bytes):
                    kind = type(piece).__name__
                    raise InvalidArgument(f"{self.filename!r} must give bytes, not {kind}")
                yield piece

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        """Let what the file itself raises be told from what the connection does."""
        try:
            yield
        except (OSError, ValueError) as error:
            raise InvalidArgument(f"{self.filename!r} cannot be read: {error}") from error

    def __repr__(self) -> str:
        return f"File(filename={self.filename!r})"


class VoiceMessage(File):
    """A recording to send as a voice message: alone, without text.

        channel.send(files=[VoiceMessage("note.ogg", duration=3.2, loudness=[0, 12, 90, 40])])

    Args:
        source: As for `File`; Ogg with Opus in it.
        duration: How long it is, in seconds.
        loudness: What is drawn as its waveform: at most 256 numbers from 0 to 255.
        filename: The name; by default the path's last part.

    Raises:
        InvalidArgument: As for `File`, or a number is out of range.

    See https://discord.com/developers/docs/resources/message#message-object-message-flags
    """

    __slots__ = ("duration", "waveform")

    def __init__(
        self,
        source: str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes],
        *,
        duration: float,
        loudness: Sequence[int],
        filename: str | None = None,
    ) -> None:
        from disruption.types import AttachmentRequest

        unnamed = isinstance(source, bytes | bytearray | memoryview) and filename is None
        super().__init__(
            source,
            filename="voice-message.ogg" if unnamed else filename,
            content_type="audio/ogg",
        )
        said = AttachmentRequest.voice(0, loudness, duration)
        self.duration = duration
        self.waveform = said.waveform


def _can_seek(source: IO[bytes]) -> bool:
    seekable = getattr(source, "seekable", None)
    return bool(seekable and seekable())
