from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from rest_fake import Answer, FakeDiscord

from disruption.errors import InvalidArgument, NotFound, RequestFailed
from disruption.rest import Rest, Retries
from disruption.rest.cdn import CDNClient, clean_name

CONTENT = os.urandom(300_000)


@pytest.fixture
def cdn() -> CDNClient:
    return CDNClient(retries=Retries(backoff=0.001))


def address(discord: FakeDiscord, name: str = "picture.png") -> str:
    return f"http://127.0.0.1:{discord.port}/attachments/1/2/{name}?ex=1&hm=s3cret"


def test_a_file_is_read_with_its_progress(discord: FakeDiscord, cdn: CDNClient) -> None:
    discord.default = Answer(body=CONTENT)
    seen: list[tuple[int, int | None]] = []
    assert cdn.read(address(discord), progress=lambda *at: seen.append(at)) == CONTENT
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert len(seen) > 1
    request = discord.requests[0]
    assert request.path == "/attachments/1/2/picture.png?ex=1&hm=s3cret"
    assert "Authorization" not in request.headers


def test_a_bot_reads_without_its_token(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(body=b"x")
    assert rest.cdn.read(address(discord)) == b"x"
    assert "Authorization" not in discord.requests[0].headers


def test_a_folder_keeps_the_name_and_overwrites_nothing(
    discord: FakeDiscord, cdn: CDNClient, tmp_path: Path
) -> None:
    discord.default = Answer(body=CONTENT)
    (tmp_path / "picture.png").write_bytes(b"mine")
    first = cdn.save(address(discord), tmp_path)
    second = cdn.save(address(discord), tmp_path)
    third = cdn.save(address(discord), tmp_path, filename="../../other\n.png")
    assert first == tmp_path / "picture (1).png"
    assert second == tmp_path / "picture (2).png"
    assert third == tmp_path / "other_.png"
    assert first.read_bytes() == CONTENT
    assert (tmp_path / "picture.png").read_bytes() == b"mine"


def test_a_path_is_not_overwritten(discord: FakeDiscord, cdn: CDNClient, tmp_path: Path) -> None:
    discord.default = Answer(body=CONTENT)
    path = tmp_path / "x.png"
    assert cdn.save(address(discord), path) == path
    with pytest.raises(InvalidArgument, match="already"):
        cdn.save(address(discord), str(path))
    with pytest.raises(InvalidArgument, match="cannot be written"):
        cdn.save(address(discord), tmp_path / "nowhere" / "x.png")
    opened = io.BytesIO()
    assert cdn.save(address(discord), opened) is None
    assert opened.getvalue() == CONTENT


def test_what_comes_in_half_is_deleted(
    discord: FakeDiscord, cdn: CDNClient, tmp_path: Path
) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n"
    discord.default = Answer(raw=head + CONTENT[:1000])
    with pytest.raises(RequestFailed) as caught:
        cdn.save(address(discord), tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert "s3cret" not in str(caught.value)
    assert "picture.png" in caught.value.route


def test_a_file_that_is_too_large_is_not_taken(
    discord: FakeDiscord, cdn: CDNClient, tmp_path: Path
) -> None:
    discord.default = Answer(body=CONTENT)
    with pytest.raises(InvalidArgument, match="max_bytes"):
        cdn.save(address(discord), tmp_path, max_bytes=1000)
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n" + b"x" * 2048
    discord.default = Answer(raw=chunked + b"\r\n0\r\n\r\n")
    with pytest.raises(InvalidArgument, match="max_bytes"):
        cdn.read(address(discord), max_bytes=1000)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_chunks_that_make_no_sense_is_a_failure(
    discord: FakeDiscord, cdn: CDNClient
) -> None:
    discord.default = Answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nx")
    with pytest.raises(RequestFailed):
        cdn.read(address(discord))


def test_failures_before_the_first_byte_are_tried_again(
    discord: FakeDiscord, cdn: CDNClient
) -> None:
    discord.answer(Answer(status=503), Answer(reset=True), Answer(body=b"x"))
    assert cdn.read(address(discord)) == b"x"
    assert len(discord.requests) == 3


def test_a_file_that_is_gone_is_not_found(discord: FakeDiscord, cdn: CDNClient) -> None:
    discord.default = Answer(
        status=404,
        body=b"This content is no longer available.",
        headers={"Content-Type": "text/plain"},
    )
    with pytest.raises(NotFound, match="no longer available") as caught:
        cdn.read(address(discord))
    assert "s3cret" not in str(caught.value)
    assert len(discord.requests) == 1


def test_a_redirect_is_not_followed(discord: FakeDiscord, cdn: CDNClient) -> None:
    discord.default = Answer(status=302, headers={"Location": "http://169.254.169.254/"})
    with pytest.raises(Exception, match="redirect"):
        cdn.read(address(discord))


@pytest.mark.parametrize(
    "url",
    [
        "http://cdn.discordapp.com/x.png",
        "https://cdn.discordapp.com.evil.example/x.png",
        "https://evil.example/x.png",
        "https://cdn.discordapp.com@evil.example/x.png",
        "https://me:pw@cdn.discordapp.com/x.png",
        "https://cdn.discordapp.com:8443/x.png",
        "https://[::1/x.png",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "http://127.0.0.1/a b",
        "",
    ],
)
def test_only_the_cdn_is_asked(cdn: CDNClient, url: str) -> None:
    with pytest.raises(InvalidArgument):
        cdn.read(url)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("picture.png", "picture.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\x.dll", "x.dll"),
        ("..", "file"),
        ("", "file"),
        (".bashrc", "bashrc"),
        ("con.txt", "_con.txt"),
        ("COM1", "_COM1"),
        ("a\x00b\u202egnp.exe", "a_b_gnp.exe"),
        ("x" * 300 + ".png", "x" * 146 + ".png"),
        ("grüße 👍.txt", "grüße 👍.txt"),
    ],
)
def test_names_are_cleaned(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@pytest.mark.parametrize(
    "options",
    [
        {"timeout": None},
        {"timeout": "x"},
        {"timeout": 0},
        {"max_bytes": -1},
        {"max_bytes": "x"},
        {"progress": 5},
    ],
)
def test_bad_arguments_are_refused(
    discord: FakeDiscord, cdn: CDNClient, options: dict[str, Any], tmp_path: Path
) -> None:
    (name,) = options
    with pytest.raises(InvalidArgument, match=name):
        cdn.read(f"http://127.0.0.1:{discord.port}/x.png", **options)
    for target in (5, io.StringIO()):
        with pytest.raises(InvalidArgument, match="target must be"):
            cdn.save(f"http://127.0.0.1:{discord.port}/x.png", target)  # type: ignore[arg-type]
    assert discord.requests == []
