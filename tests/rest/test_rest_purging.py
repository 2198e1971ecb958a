from __future__ import annotations

import time

import pytest
from rest_fake import Answer, FakeDiscord, Request, message

from disruption.errors import Forbidden, InvalidArgument, Unbound
from disruption.rest import Rest
from disruption.rest.purging import delete_many, purge
from disruption.types import PartialChannel

NOW = int((time.time() - 1_420_070_400) * 1000) << 22
OLD = int((time.time() - 1_420_070_400 - 15 * 86400) * 1000) << 22
NONE = Answer(status=204)


def asked(discord: FakeDiscord) -> list[str]:
    return [f"{r.method} {r.path.removeprefix('/api/v10/channels/2')}" for r in discord.requests]


def test_young_ones_go_in_hundreds_and_old_ones_alone(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = NONE
    seen: list[int] = []
    numbers = [NOW - n for n in range(102)] + [OLD, OLD - 1]
    assert delete_many(rest, 2, numbers, reason="why", progress=seen.append) == 104
    assert asked(discord) == [
        "POST /messages/bulk-delete",
        f"DELETE /messages/{OLD}",
        f"DELETE /messages/{OLD - 1}",
        "POST /messages/bulk-delete",
    ]
    assert [len(r.json["messages"]) for r in discord.requests if r.method == "POST"] == [100, 2]
    assert all(r.headers["X-Audit-Log-Reason"] == "why" for r in discord.requests)
    assert seen == [100, 101, 102, 104]


def test_a_single_one_is_not_sent_in_bulk(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = NONE
    assert delete_many(rest, 2, [NOW, NOW]) == 1
    assert asked(discord) == [f"DELETE /messages/{NOW}"]


def test_what_discord_finds_too_old_goes_one_by_one(discord: FakeDiscord, rest: Rest) -> None:
    discord.answer(Answer(status=400, json={"code": 50034, "message": "too old"}))
    discord.default = NONE
    assert delete_many(rest, 2, [NOW, NOW - 1]) == 2
    assert len(discord.requests) == 3


def test_those_gone_already_are_not_counted(discord: FakeDiscord, rest: Rest) -> None:
    discord.answer(Answer(status=404, json={"code": 10008}))
    discord.default = NONE
    assert delete_many(rest, 2, [NOW, NOW - 1], bulk=False) == 1


def test_other_errors_end_it(discord: FakeDiscord, rest: Rest) -> None:
    discord.default = Answer(status=403, json={"code": 50013})
    with pytest.raises(Forbidden):
        delete_many(rest, 2, [NOW, NOW - 1])


def test_a_purge_deletes_what_it_is_told(discord: FakeDiscord, rest: Rest) -> None:
    def answer(request: Request) -> Answer:
        if request.method != "GET":
            return NONE
        texts = [message(id=str(NOW - n), content=f"text {n}") for n in range(5)]
        return Answer(json=texts)

    discord.default = answer
    assert purge(rest, 2, limit=10, check=lambda m: m.content in ("text 1", "text 3")) == 2
    assert asked(discord) == ["GET /messages?limit=10", "POST /messages/bulk-delete"]
    assert discord.requests[1].json == {"messages": [str(NOW - 1), str(NOW - 3)]}


def test_a_rest_alone_deletes_nothing_later(discord: FakeDiscord, rest: Rest) -> None:
    channel = rest.bind(PartialChannel(id=2))
    with pytest.raises(InvalidArgument, match="needs a running Client"):
        channel.send("x", delete_after=5)
    with pytest.raises(InvalidArgument, match="delete_after"):
        channel.send("x", delete_after=-1)
    with pytest.raises(Unbound):
        PartialChannel(id=2).send("x", delete_after=5)
    assert discord.requests == []
