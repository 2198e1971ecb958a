from __future__ import annotations

import email
import email.policy
import io
import json
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from rest_fake import Answer, FakeDiscord, Request, message
from rest_table import payload

from disruption.errors import InvalidArgument, RequestFailed
from disruption.rest import File, Rest, VoiceMessage
from disruption.rest.multipart import Multipart


def parts(request: Request) -> list[EmailMessage]:
    """Parse the form with the standard library."""
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    parsed = email.message_from_bytes(head + request.body, policy=email.policy.HTTP)
    assert isinstance(parsed, EmailMessage)
    assert parsed.is_multipart()
    return [part for part in parsed.iter_parts() if isinstance(part, EmailMessage)]


def content(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload


class Stream(io.RawIOBase):
    """A file that cannot seek."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._data.readinto(buffer)


def test_a_message_with_files(discord: FakeDiscord, rest: Rest, tmp_path: Path) -> None:
    path = tmp_path / "cät.png"
    path.write_bytes(b"\x89PNG" * 100)
    discord.answer(Answer(json=message()))
    with open(path, "rb") as opened:
        opened.seek(4)
        rest.create_message(
            2,
            content="look",
            files=[
                File(path, description="a cat"),
                File(b"data", filename='we"ird.txt', spoiler=True),
                File(opened),
            ],
        )
    request = discord.requests[0]
    assert int(request.headers["Content-Length"]) == len(request.body)
    payload, first, second, third = parts(request)
    body = json.loads(content(payload))
    assert body["content"] == "look"
    assert body["attachments"] == [
        {"id": 0, "filename": "cät.png", "description": "a cat"},
        {"id": 1, "filename": 'SPOILER_we"ird.txt'},
        {"id": 2, "filename": "cät.png"},
    ]
    assert b'name="payload_json"' in request.body
    assert b'name="files[0]"; filename="c\xc3\xa4t.png"' in request.body
    assert b'name="files[1]"; filename="SPOILER_we%22ird.txt"' in request.body
    assert content(first) == path.read_bytes()
    assert content(second) == b"data"
    assert content(third) == path.read_bytes()[4:]


def test_a_retry_sends_the_same_bytes(discord: FakeDiscord, rest: Rest) -> None:
    opened = io.BytesIO(b"0123456789")
    opened.seek(5)
    discord.answer(Answer(status=500, json={}), Answer(reset=True), Answer(json=message()))
    rest.create_message(2, files=[File(opened, filename="x")])
    one, two, three = (request.body for request in discord.requests)
    assert one == two == three
    assert b"56789" in one
    assert b"01234" not in one


def test_a_stream_is_sent_in_chunks_and_once(discord: FakeDiscord, rest: Rest) -> None:
    discord.answer(Answer(json=message()))
    rest.create_message(2, files=[File(Stream(b"x" * 200_000), filename="x")])
    assert discord.requests[0].headers["Transfer-Encoding"] == "chunked"
    assert content(parts(discord.requests[0])[1]) == b"x" * 200_000
    discord.answer(Answer(reset=True))
    with pytest.raises(RequestFailed):
        rest.create_message(2, files=[File(Stream(b"x"), filename="x")])


def test_a_large_file_is_never_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with open(path, "wb") as made:
        made.truncate(50_000_000)
    form = Multipart(b"{}", [File(path)])
    sizes = [len(piece) for piece in form]
    assert max(sizes) <= 65536
    assert sum(sizes) == form.length


def test_a_file_that_changes_meanwhile_is_an_error(
    discord: FakeDiscord, rest: Rest, tmp_path: Path
) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"12345")
    form = Multipart(b"{}", [File(path)])
    for new in (b"123456", b"1"):
        path.write_bytes(new)
        with pytest.raises(InvalidArgument, match="changed"):
            list(form)


@pytest.mark.parametrize(
    ("source", "options"),
    [
        ("/no/such/file", {}),
        (io.StringIO("text"), {}),
        (5, {}),
        (b"", {"filename": "a\nb"}),
        (b"", {"filename": "x" * 2000}),
        (b"", {"description": "x" * 1025}),
        (b"", {"content_type": "a\r\nb"}),
        (b"", {"content_type": "tëxt/plain"}),
        (b"", {"content_type": 5}),
        (b"", {"filename": 5}),
        (b"", {"description": 5}),
    ],
)
def test_bad_files_are_refused(source: Any, options: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument):
        File(source, **options)


def test_what_is_no_file_is_refused(rest: Rest) -> None:
    with pytest.raises(InvalidArgument, match=r"files\[0\]"):
        rest.create_message(2, files=["x.png"])  # type: ignore[list-item]
    with pytest.raises(InvalidArgument, match="at most 10"):
        rest.create_message(2, files=[File(b"")] * 11)


def test_a_voice_message_is_sent_alone(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(json=message())
    voice = VoiceMessage(b"OggS", duration=1.5, loudness=[0, 128, 255])
    rest.create_message(2, files=[voice])
    sent = payload(discord.requests[0].body)
    assert sent["flags"] == 1 << 13
    assert sent["attachments"] == [
        {"id": 0, "filename": "voice-message.ogg", "duration_secs": 1.5, "waveform": "AID/"}
    ]
    with pytest.raises(InvalidArgument, match="alone"):
        rest.create_message(2, content="x", files=[voice])
    with pytest.raises(InvalidArgument, match="alone"):
        rest.create_message(2, files=[voice, voice])
    with pytest.raises(InvalidArgument, match="loudness"):
        VoiceMessage(b"OggS", duration=1, loudness=[256])
    for loudness in ([1.5], "ab", 5, []):
        with pytest.raises(InvalidArgument, match="loudness"):
            VoiceMessage(b"OggS", duration=1, loudness=loudness)  # type: ignore[arg-type]
    for duration in (0, float("nan"), float("inf"), "x"):
        with pytest.raises(InvalidArgument, match="duration"):
            VoiceMessage(b"OggS", duration=duration, loudness=[1])  # type: ignore[arg-type]


class Broken(io.BytesIO):
    """A file on a disk that fails."""

    def read(self, size: int | None = -1) -> bytes:
        raise OSError("the disk fails")


def test_a_file_that_cannot_be_read_is_no_broken_connection(
    discord: FakeDiscord, rest: Rest, tmp_path: Path
) -> None:
    gone = tmp_path / "gone.txt"
    gone.write_bytes(b"x")
    opened = io.BytesIO(b"x")
    files = [File(gone), File(opened, filename="closed"), File(Broken(b"x"), filename="broken")]
    gone.unlink()
    opened.close()
    for file in files:
        with pytest.raises(InvalidArgument, match=f"'{file.filename}' cannot be read"):
            rest.create_message(2, files=[file])
    with pytest.raises(InvalidArgument, match="closed"):
        File(opened)
    assert rest.counters["rest.retries"] == 0
    discord.default = Answer(json=message())
    rest.create_message(2, content="goes on")
    assert discord.requests[-1].json["content"] == "goes on"


def test_a_file_that_gives_texts_is_refused(discord: FakeDiscord, rest: Rest) -> None:
    class Texts:
        def read(self, size: int) -> str:
            return "text"

    with pytest.raises(InvalidArgument, match="must give bytes, not str"):
        rest.create_message(2, files=[File(Texts(), filename="a")])  # type: ignore[arg-type]
