"""What `Gateway` says before anything is connected."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from disruption.errors import (
    ClientStopped,
    InvalidArgument,
    InvalidToken,
    MissingExtra,
    NotConnected,
)
from disruption.gateway import Gateway, SessionState


def test_a_token_that_cannot_be_one_is_refused_without_being_shown():
    with pytest.raises(InvalidToken) as info:
        Gateway("my secret\n", intents=1)
    assert "secret" not in str(info.value)


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"shard": (1, 1)}, "shard"),
        ({"shard": (-1, 2)}, "shard"),
        ({"large_threshold": 10}, "large_threshold"),
        ({"compress": "gzip"}, "gzip"),
        ({"url": "https://discord.com"}, "gateway address"),
    ],
)
def test_arguments_that_cannot_be_right(options: dict[str, Any], match: str):
    with pytest.raises(InvalidArgument, match=match):
        Gateway("token", intents=1, **options)


def test_zstd_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(MissingExtra, match=r"disruption\[zstd\]"):
        Gateway("token", intents=1, compress="zstd-stream")


def test_before_connect_and_after_close():
    gateway = Gateway("token", intents=1)
    with pytest.raises(NotConnected):
        gateway.update_voice_state(1, None)
    with pytest.raises(NotConnected):
        gateway.fetch_members(1, user_ids=[1])
    assert gateway.close()
    assert gateway.close()
    with pytest.raises(ClientStopped):
        gateway.connect()
    assert "token" not in repr(gateway)


@pytest.mark.parametrize("data", [{}, {"session_id": "x"}, {"shard": 7}])
def test_a_saved_session_that_is_none_is_refused(data: dict[str, Any]):
    with pytest.raises(InvalidArgument):
        SessionState.from_dict(data)


@pytest.mark.parametrize(
    "change",
    [
        {"session_id": ""},
        {"sequence": -1},
        {"sequence": float("inf")},
        {"resume_url": 5},
        {"shard": [0]},
        {"intents": None},
        {"user": "?"},
        {"user": "W10="},
        {"application": "eyI="},
        {"application": None},
        {"resumed": -1},
        {"resumed": None},
    ],
    ids=repr,
)
def test_a_saved_session_that_was_damaged_is_refused(change: dict[str, Any]):
    saved = SessionState("abc", 7, None, (0, 1), 513, b'{"id":"1"}', b"null").to_dict()
    assert SessionState.from_dict(saved).sequence == 7
    assert SessionState.from_dict({k: v for k, v in saved.items() if k != "resumed"}).resumed == 0
    with pytest.raises(InvalidArgument, match="start without one"):
        SessionState.from_dict({**saved, **change})


def test_a_session_is_not_shown_in_its_repr():
    state = SessionState("secret-session", 1, None, (0, 1), 1, b"{}", b"{}")
    assert "secret-session" not in repr(state)
