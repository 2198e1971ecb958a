"""What a Rest is made with: refused at once where it cannot be right."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from rest_fake import TOKEN, Answer, FakeDiscord

from disruption.errors import InvalidArgument, InvalidToken
from disruption.rest import Rest, Retries

BAD = [
    ("base_url", [5, b"http://a", "", "ftp://a", "http://[::1"]),
    ("timeout", ["x", 0, -1, math.nan, math.inf, True, 10**400]),
    ("attempt_timeout", [None, "x", 0]),
    ("connect_timeout", [None, "x", 0, math.nan]),
    ("retries", ["x", 5]),
    ("proxy", [5, "ftp://a:1", "http://[bad", "http://", "http://a:99999999"]),
    ("verify", [5, "/no/such/bundle"]),
    ("global_limit", ["x", 0, math.nan, 0.5]),
    ("counters", ["x"]),
    ("limiter", ["x"]),
    ("hooks", [5, "x", [5]]),
    ("allowed_mentions", ["x", 5, [], {"parse": ["x"]}, {"everyone": False}]),
]


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in BAD for value in values]
)
def test_what_cannot_be_right_is_refused_by_its_name(name: str, value: Any) -> None:
    options = {"base_url": "http://127.0.0.1:1"} | {name: value}
    with pytest.raises(InvalidArgument, match=name):
        Rest(TOKEN, **options)


def test_a_proxys_password_is_not_shown() -> None:
    with pytest.raises(InvalidArgument) as caught:
        Rest(TOKEN, base_url="http://127.0.0.1:1", proxy="ftp://me:s3cret@a:1")
    assert "s3cret" not in str(caught.value)


def test_a_proxy_needs_no_scheme(discord: FakeDiscord) -> None:
    discord.answer(Answer(json={"a": 1}))
    proxy = f"127.0.0.1:{discord.port}"
    with Rest(TOKEN, base_url="http://discord.test/api/v10", proxy=proxy) as rest:
        assert rest.request("GET", "/x") == {"a": 1}
    assert discord.requests[0].path == "http://discord.test/api/v10/x"


def test_what_the_environment_has_is_checked_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    with pytest.raises(InvalidArgument, match="REQUESTS_CA_BUNDLE"):
        Rest(TOKEN, base_url="http://127.0.0.1:1")
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    monkeypatch.setenv("http_proxy", "ftp://a:1")
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(InvalidArgument, match="the environment's proxy"):
        Rest(TOKEN, base_url="http://discord.test")


@pytest.mark.parametrize("token", [None, 5, "", "a b"])
def test_an_access_token_is_a_text(token: Any) -> None:
    with pytest.raises(InvalidToken, match="access token"):
        Rest.bearer(token, "http://127.0.0.1:1")


@pytest.mark.parametrize(
    "options", [{"attempts": "x"}, {"attempts": 1.5}, {"backoff": math.nan}, {"jitter": None}]
)
def test_retries_are_numbers(options: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument, match="must be a number"):
        Retries(**options)


def test_other_slips_are_told(rest: Rest) -> None:
    with pytest.raises(InvalidArgument, match="query must be a mapping"):
        rest.request("GET", "/x", query="a=b")  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument, match="takes a function"):
        rest.with_raw_response(5)  # type: ignore[arg-type]
