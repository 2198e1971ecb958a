from __future__ import annotations

import logging

import pytest
from rest_fake import Answer, FakeDiscord, message
from rest_table import CHANNEL

from disruption.errors import InvalidArgument, NotFound
from disruption.rest import Rest
from disruption.rest.hooks import Exchange


def test_each_attempt_is_shown(discord: FakeDiscord, rest: Rest) -> None:
    seen: list[Exchange] = []
    rest.hooks.append(seen.append)
    bucket = {"X-RateLimit-Bucket": "b"}
    discord.answer(Answer(status=502, json={}), Answer(json=message(), headers=bucket))
    rest.create_message(2, content="hello")
    assert [(e.attempt, e.status, e.bucket) for e in seen] == [(1, 502, None), (2, 200, "b")]
    assert {(e.method, e.route) for e in seen} == {("POST", "/channels/{channel_id}/messages")}
    assert seen[1].sent == len(discord.requests[1].body)
    assert seen[1].received > 100
    assert seen[1].seconds > 0


def test_a_failure_is_shown(discord: FakeDiscord, rest: Rest) -> None:
    seen: list[Exchange] = []
    rest.hooks.append(seen.append)
    discord.answer(Answer(reset=True), Answer(json=CHANNEL))
    rest.get_channel(2)
    assert seen[0].status is None
    assert seen[0].failure


def test_downloads_are_shown(discord: FakeDiscord, rest: Rest) -> None:
    seen: list[Exchange] = []
    rest.hooks.append(seen.append)
    kind = {"Content-Type": "image/png"}
    discord.answer(Answer(reset=True), Answer(503), Answer(body=b"x" * 500, headers=kind))
    address = f"http://127.0.0.1:{discord.port}/attachments/1/2/a.png?ex=1&hm=s3cret"
    assert rest.cdn.read(address) == b"x" * 500
    assert [(each.attempt, each.status, each.route) for each in seen] == [
        (1, None, "https://127.0.0.1"),
        (2, 503, "https://127.0.0.1"),
        (3, 200, "https://127.0.0.1"),
    ]
    assert seen[0].failure
    assert seen[2].received == 500
    assert "s3cret" not in repr(seen)


def test_no_token_is_shown(discord: FakeDiscord, rest: Rest) -> None:
    seen: list[Exchange] = []
    rest.hooks.append(seen.append)
    discord.answer(Answer(status=204))
    rest.execute_webhook(1, "s3cret", content="x")
    assert "s3cret" not in repr(seen)


def test_a_hook_that_raises_takes_nothing_away(
    discord: FakeDiscord, rest: Rest, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[Exchange] = []

    def broken(exchange: Exchange) -> None:
        raise RuntimeError("broken")

    rest.hooks += [broken, seen.append]
    discord.default = Answer(json=CHANNEL)
    with caplog.at_level(logging.ERROR, "disruption.rest"):
        assert rest.get_channel(2).id == 2
    assert len(seen) == 1
    assert rest.counters["rest.hook_errors"] == 1
    assert "broken" in caplog.text


def test_an_answer_comes_with_its_http(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(json=CHANNEL, headers={"X-Thing": "7"})
    raw = rest.with_raw_response(rest.get_channel, 2, timeout=5)
    assert raw.value.id == 2
    assert raw.status == 200
    assert raw.headers["x-thing"] == "7"
    assert raw.body.startswith(b"{")
    channel = raw.value
    assert rest.with_raw_response(channel.fetch).headers["X-Thing"] == "7"


def test_what_makes_no_request_has_no_answer(rest: Rest) -> None:
    with pytest.raises(InvalidArgument, match="no request"):
        rest.with_raw_response(len, "x")


def test_errors_pass(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(status=404, json={})
    with pytest.raises(NotFound):
        rest.with_raw_response(rest.get_channel, 2)
