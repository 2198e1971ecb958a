from __future__ import annotations

import pytest

from disruption.errors import InvalidArgument
from disruption.gateway import (
    presence_data,
    request_channel_info,
    request_guild_members,
    request_soundboard_sounds,
    update_presence,
    update_voice_state,
)
from disruption.gateway.commands import snowflake


class Thing:
    id = 7


def test_ids_may_be_numbers_texts_or_objects():
    assert [snowflake(value) for value in (7, "7", Thing())] == ["7", "7", "7"]


@pytest.mark.parametrize("value", [-1, 1 << 64, "", "x", "1.0", " 1", None, True, 1.5, "٣"])
def test_what_is_no_id_is_refused(value):
    with pytest.raises(InvalidArgument):
        snowflake(value)


def test_presence():
    assert update_presence(status="idle", activities=[{"name": "chess", "type": 5}], since=9) == {
        "op": 3,
        "d": {
            "status": "idle",
            "activities": [{"name": "chess", "type": 5}],
            "since": 9,
            "afk": False,
        },
    }
    with pytest.raises(InvalidArgument, match="busy"):
        presence_data(status="busy")
    with pytest.raises(InvalidArgument, match="name"):
        presence_data(activities=[{"type": 1}])


def test_voice_state():
    assert update_voice_state(Thing(), None)["d"] == {
        "guild_id": "7",
        "channel_id": None,
        "self_mute": False,
        "self_deaf": False,
    }


def test_members():
    assert request_guild_members(7, query="")["d"] == {"guild_id": "7", "query": "", "limit": 0}
    assert request_guild_members(7, user_ids=["1", 2], presences=True, nonce="n") == {
        "op": 8,
        "d": {
            "guild_id": "7",
            "limit": 0,
            "user_ids": ["1", "2"],
            "presences": True,
            "nonce": "n",
        },
    }


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"query": "", "user_ids": [1]},
        {"query": "a"},
        {"query": "a", "limit": 101},
        {"query": "", "limit": -1},
        {"user_ids": []},
        {"user_ids": range(101)},
        {"query": "", "nonce": "é" * 17},
    ],
)
def test_members_that_discord_would_refuse(options):
    with pytest.raises(InvalidArgument):
        request_guild_members(7, **options)


def test_soundboard_sounds_and_channel_info():
    assert request_soundboard_sounds([1, 2])["d"] == {"guild_ids": ["1", "2"]}
    assert request_channel_info(1, ["status"]) == {
        "op": 43,
        "d": {"guild_id": "1", "fields": ["status"]},
    }
    for bad in ("status", [], [""]):
        with pytest.raises(InvalidArgument):
            request_channel_info(1, bad)
    with pytest.raises(InvalidArgument):
        request_soundboard_sounds([])
