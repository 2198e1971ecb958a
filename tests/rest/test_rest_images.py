"""Images and sounds as data URIs."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import pytest

from disruption.errors import InvalidArgument
from disruption.rest import File
from disruption.rest.images import EMOJI_BYTES, data_uri, sound_uri

PNG = b"\x89PNG\r\n\x1a\n" + b"rest"


def uri(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0 jpeg", "image/jpeg"),
        (b"GIF89a gif", "image/gif"),
        (b"GIF87a gif", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x1cftypavif", "image/avif"),
    ],
)
def test_the_type_is_told_by_the_content(content: bytes, kind: str) -> None:
    assert data_uri(content, "icon") == uri(kind, content)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"OggS...", "audio/ogg"),
        (b"ID3\x04...", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
    ],
)
def test_sounds_are_told_too(content: bytes, kind: str) -> None:
    assert sound_uri(content, "sound") == uri(kind, content)


def test_every_kind_of_source(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(PNG)
    wanted = uri("image/png", PNG)
    seeked = io.BytesIO(b"xx" + PNG)
    seeked.seek(2)
    for source in (path, str(path), PNG, bytearray(PNG), memoryview(PNG), seeked, File(PNG)):
        assert data_uri(source, "icon") == wanted
    assert data_uri(wanted, "icon") == wanted
    with path.open("rb") as opened:
        assert data_uri(opened, "icon") == wanted


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (b"", "icon is empty"),
        (b"<svg>", "icon must be a PNG"),
        ("/no/such/file.png", "icon: there is no file"),
        (io.StringIO("x"), "binary mode"),
        (5, "icon must be a path, bytes or an open file, not int"),
        ("data:text/html;base64,AAAA", "icon must be a PNG"),
        (PNG + b"x" * EMOJI_BYTES, "icon must have at most 256 KiB"),
        (io.BytesIO(PNG + b"x" * EMOJI_BYTES), "icon must have at most 256 KiB"),
        (uri("image/png", b"x" * (EMOJI_BYTES + 9)), "icon must have at most 256 KiB"),
        ("a\0b", "icon cannot be read|there is no file"),
    ],
)
def test_what_is_no_image_is_refused(source: Any, text: str) -> None:
    with pytest.raises(InvalidArgument, match=text):
        data_uri(source, "icon", limit=EMOJI_BYTES)


def test_a_closed_file_is_refused() -> None:
    closed = io.BytesIO(PNG)
    closed.close()
    with pytest.raises(InvalidArgument, match="cannot be read"):
        data_uri(closed, "icon")
