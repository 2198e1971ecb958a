"""Files that are too large for where they go are refused before anything of them is sent."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from rest_fake import Answer, FakeDiscord, Request, message
from rest_guild_answers import GUILD
from rest_table import CHANNEL

from disruption.errors import InvalidArgument, RequestFailed
from disruption.rest import File, Rest
from disruption.rest.upload_limits import UploadLimits
from disruption.types import Channel, ChannelType, PartialChannel, PartialMessage, Webhook, convert

MIB = 1 << 20


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(rest: Rest) -> Clock:
    """The clock of the client's memory."""
    made = Clock()
    rest._upload_limits = UploadLimits(made)
    return made


def file(tmp_path: Path, size: int) -> File:
    """Return a file that has a size, but no bytes on the disk."""
    path = tmp_path / "x.bin"
    with path.open("wb") as made:
        made.truncate(size)
    return File(path)


def answers(tier: int, **channel: Any) -> Any:
    """Return a server with one channel in one guild."""

    def answer(request: Request) -> Answer:
        if request.method == "GET" and "/channels/" in request.path:
            return Answer(json=CHANNEL | {"guild_id": "1"} | channel)
        if request.method == "GET":
            return Answer(json=GUILD | {"premium_tier": tier})
        return Answer(json=message())

    return answer


def asked(discord: FakeDiscord) -> list[str]:
    """Return what was asked since the last time, and forget it."""
    found = [f"{each.method} {each.path.removeprefix('/api/v10')}" for each in discord.requests]
    discord.requests.clear()
    return found


def test_what_fits_everywhere_needs_no_question(
    discord: FakeDiscord, rest: Rest, tmp_path: Path
) -> None:
    discord.default = answers(0)
    rest.create_message(2, files=[file(tmp_path, 1000)])
    assert asked(discord) == ["POST /channels/2/messages"]


def test_what_fits_nowhere_needs_none_either(
    discord: FakeDiscord, rest: Rest, tmp_path: Path
) -> None:
    with pytest.raises(InvalidArgument, match=r"'x.bin' has 104857601 bytes; 104857600 can"):
        rest.create_message(2, files=[file(tmp_path, 100 * MIB + 1)])
    with pytest.raises(InvalidArgument, match="104857600 can"):
        rest.execute_webhook(2, "token", files=[file(tmp_path, 100 * MIB + 1)])
    assert asked(discord) == []


def test_the_guild_of_a_channel_is_asked_for_in_between(
    discord: FakeDiscord, rest: Rest, tmp_path: Path
) -> None:
    discord.default = answers(1)
    large = file(tmp_path, 11 * MIB)
    with pytest.raises(InvalidArgument, match="10485760 can be uploaded there"):
        rest.create_message(2, files=[large])
    assert asked(discord) == ["GET /channels/2", "GET /guilds/1"]
    for send in (
        lambda: rest.create_message(2, files=[large]),
        lambda: rest.edit_message(2, 5, files=[large]),
        lambda: rest.start_thread_in_forum_or_media_channel(2, name="n", files=[large]),
    ):
        with pytest.raises(InvalidArgument, match="10485760"):
            send()
    assert asked(discord) == []


def test_boosts_let_more_through(discord: FakeDiscord, rest: Rest, tmp_path: Path) -> None:
    discord.default = answers(2)
    for _ in range(2):
        rest.create_message(2, files=[file(tmp_path, 11 * MIB)])
    assert asked(discord) == [
        "GET /channels/2",
        "GET /guilds/1",
        "POST /channels/2/messages",
        "POST /channels/2/messages",
    ]
    with pytest.raises(InvalidArgument, match="52428800"):
        rest.create_message(2, files=[file(tmp_path, 51 * MIB)])


def test_a_refusal_is_not_for_ever(
    discord: FakeDiscord, rest: Rest, clock: Clock, tmp_path: Path
) -> None:
    discord.default = answers(0)
    large = file(tmp_path, 11 * MIB)
    with pytest.raises(InvalidArgument):
        rest.create_message(2, files=[large])
    discord.default = answers(3)
    clock.now = 59
    with pytest.raises(InvalidArgument):
        rest.create_message(2, files=[large])
    clock.now = 60
    rest.create_message(2, files=[large])
    assert asked(discord)[-2:] == ["GET /guilds/1", "POST /channels/2/messages"]


def test_what_is_known_of_the_place_is_not_asked(
    discord: FakeDiscord, rest: Rest, tmp_path: Path
) -> None:
    discord.default = answers(0)
    large = file(tmp_path, 11 * MIB)
    channel = rest.bind(convert(Channel, CHANNEL | {"guild_id": "1"}))
    with pytest.raises(InvalidArgument, match="10485760"):
        channel.send(files=[large])
    with pytest.raises(InvalidArgument, match="10485760"):
        rest.bind(PartialMessage(id=5, channel_id=2, guild_id=1)).reply(files=[large])
    assert asked(discord) == ["GET /guilds/1"]


def test_direct_messages_take_what_is_usual(
    discord: FakeDiscord, rest: Rest, tmp_path: Path
) -> None:
    discord.default = answers(3, type=1, guild_id=None)
    direct = rest.bind(PartialChannel(id=2, type=ChannelType.DM))
    with pytest.raises(InvalidArgument, match="10485760"):
        direct.send(files=[file(tmp_path, 11 * MIB)])
    assert asked(discord) == []
    with pytest.raises(InvalidArgument, match="10485760"):
        rest.create_message(2, files=[file(tmp_path, 11 * MIB)])
    assert asked(discord) == ["GET /channels/2"]


def test_webhooks_are_in_guilds_too(discord: FakeDiscord, rest: Rest, tmp_path: Path) -> None:
    discord.default = answers(0)
    large = file(tmp_path, 11 * MIB)
    hook = {"id": "1", "type": 1, "name": None, "avatar": None, "application_id": None}
    known = convert(Webhook, hook | {"token": "t", "guild_id": "1", "channel_id": "2"})
    with pytest.raises(InvalidArgument, match="10485760"):
        rest.bind(known).send(files=[large])
    assert asked(discord) == ["GET /guilds/1"]
    rest.execute_webhook(1, "t", files=[large])  # which guild it is in is not known
    assert asked(discord) == ["POST /webhooks/1/t"]


def test_a_client_without_a_bot_asks_nothing(discord: FakeDiscord, tmp_path: Path) -> None:
    discord.default = answers(0)
    with Rest.anonymous(discord.url) as rest:
        known = convert(
            Webhook,
            {"id": "1", "type": 1, "channel_id": None, "guild_id": "1"}
            | {"name": None, "avatar": None, "application_id": None, "token": "t"},
        )
        rest.bind(known).send(files=[file(tmp_path, 11 * MIB)])
    assert asked(discord) == ["POST /webhooks/1/t?wait=true"]


def test_a_question_without_an_answer_refuses_nothing(
    discord: FakeDiscord, rest: Rest, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "disruption.rest")
    refused = Answer(403, {"code": 50001, "message": "Missing Access"})
    discord.answer(refused, Answer(json=message()))
    rest.create_message(2, files=[file(tmp_path, 11 * MIB)])
    assert "how large files may be in channel 2 is not known" in caplog.text
    discord.default = answers(0)
    discord.answer(Answer(json=CHANNEL | {"guild_id": "1"}), refused)
    rest.create_message(2, files=[file(tmp_path, 11 * MIB)])
    assert "in guild 1 is not known" in caplog.text
    assert rest.counters["rest.unknown_upload_limits"] == 2


def test_questions_take_from_the_calls_timeout(
    discord: FakeDiscord, rest: Rest, tmp_path: Path
) -> None:
    never = threading.Event()
    discord.default = Answer(json=CHANNEL, wait=never)
    with pytest.raises(RequestFailed, match="the timeout passed before it was sent"):
        rest.create_message(2, files=[file(tmp_path, 11 * MIB)], timeout=0.2)
    never.set()
    assert "POST" not in " ".join(asked(discord))
