from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from typing import Any

import pytest
from scripted_gateway import PATIENCE, FakeGateway, Peer, until

from disruption.errors import (
    ClientStopped,
    DecodeError,
    IntentNotRequested,
    InvalidArgument,
    WaitTimeout,
)
from disruption.gateway import Gateway, SessionResumed
from disruption.gateway.members import NEVER, MemberQuery, MemberRequest, MemberRequests

Connect = Callable[..., Gateway]

WHOLE = MemberQuery("1", query="")
SOME = MemberQuery("1", user_ids=("5", "6"))


def chunk(nonce: str, index: int = 0, count: int = 1) -> bytes:
    data = {"guild_id": "1", "members": [], "chunk_index": index, "chunk_count": count}
    return json.dumps({**data, "nonce": nonce}).encode()


def sent(requests: MemberRequests, now: float) -> list[str]:
    nonces = [payload["d"]["nonce"] for payload in requests.due(now)]
    for nonce in nonces:
        requests.sent(nonce, requests._generation, now)
    return nonces


def test_a_request_is_complete_when_all_chunks_are_there_in_any_order():
    requests = MemberRequests()
    request = requests.ask(WHOLE, 0.0)
    (nonce,) = sent(requests, 0.0)
    assert not requests.chunk(chunk(nonce, 2, 3))
    assert not requests.chunk(chunk(nonce, 0, 3))
    assert not requests.chunk(chunk(nonce, 0, 3))
    assert requests.chunk(chunk(nonce, 1, 3))
    assert request.complete
    assert len(requests) == 0


def test_numbers_of_chunks_may_be_strings():
    requests = MemberRequests()
    request = requests.ask(SOME, 0.0)
    (nonce,) = sent(requests, 0.0)
    data = {"chunk_index": "0", "chunk_count": "1", "nonce": nonce}
    assert requests.chunk(json.dumps(data).encode())
    assert request.complete


@pytest.mark.parametrize(
    "data",
    [b"null", b"{}", b'{"chunk_index":0,"chunk_count":null}', b'{"meta":' + b"[" * 100_000],
    ids=lambda data: repr(data[:20]),
)
def test_an_answer_that_cannot_be_read_changes_nothing(data: bytes):
    requests = MemberRequests()
    requests.ask(SOME, 0.0)
    sent(requests, 0.0)
    with pytest.raises(DecodeError):
        requests.chunk(data)
    with pytest.raises(DecodeError):
        requests.rate_limited(data, 0.0)
    assert requests.next_at() == NEVER


def test_equal_queries_are_asked_once():
    requests = MemberRequests()
    assert requests.ask(SOME, 0.0) is requests.ask(SOME, 1.0)
    assert len(sent(requests, 1.0)) == 1
    assert sent(requests, 2.0) == []


def test_all_members_of_a_guild_are_asked_for_once_in_thirty_seconds():
    requests = MemberRequests()
    requests.ask(WHOLE, 0.0)
    (nonce,) = sent(requests, 0.0)
    requests.chunk(chunk(nonce))
    requests.ask(WHOLE, 1.0)
    other = MemberQuery("2", query="")
    requests.ask(other, 1.0)
    requests.ask(SOME, 1.0)
    assert len(sent(requests, 1.0)) == 2
    assert 30 <= requests.next_at() <= 31
    assert len(sent(requests, requests.next_at())) == 1


@pytest.mark.parametrize("with_nonce", [True, False])
def test_a_rate_limit_puts_the_request_off(with_nonce: bool):
    requests = MemberRequests()
    requests.ask(WHOLE, 0.0)
    (nonce,) = sent(requests, 0.0)
    meta = {"guild_id": "1", **({"nonce": nonce} if with_nonce else {})}
    event = {"opcode": 8, "retry_after": 12.5, "meta": meta}
    assert requests.rate_limited(json.dumps(event).encode(), 1.0)
    assert sent(requests, 13.4) == []
    assert len(sent(requests, 13.8)) == 1


def test_a_rate_limit_of_another_opcode_or_an_unknown_chunk_changes_nothing():
    requests = MemberRequests()
    requests.ask(WHOLE, 0.0)
    sent(requests, 0.0)
    assert not requests.rate_limited(b'{"opcode":3,"retry_after":1,"meta":{}}', 1.0)
    assert not requests.chunk(chunk("unknown"))


def test_after_a_reconnect_what_is_not_complete_is_asked_again_with_a_new_nonce():
    requests = MemberRequests()
    request = requests.ask(SOME, 0.0)
    (old,) = sent(requests, 0.0)
    requests.chunk(chunk(old, 0, 2))
    requests.began(1, 5.0)
    (new,) = sent(requests, 5.0)
    assert new != old
    assert not requests.chunk(chunk(old, 1, 2))
    requests.chunk(chunk(new, 0, 1))
    assert request.complete


def test_a_replay_may_complete_a_request_before_it_is_asked_again():
    requests = MemberRequests()
    request = requests.ask(WHOLE, 0.0)
    (nonce,) = sent(requests, 0.0)
    requests.began(1, 1.0)
    assert sent(requests, 1.0) == []  # thirty seconds are not over
    assert requests.chunk(chunk(nonce))
    assert request.complete


def test_a_request_that_waits_for_a_session_is_asked_once():
    requests = MemberRequests()
    requests.ask(WHOLE, 0.0)
    (payload,) = requests.due(0.0)
    requests.began(1, 5.0)
    requests.sent(payload["d"]["nonce"], 1, 5.0)
    assert requests.next_at() == NEVER


def test_a_request_that_went_to_a_session_that_is_gone_is_asked_again():
    requests = MemberRequests()
    requests.ask(SOME, 0.0)
    (payload,) = requests.due(0.0)
    requests.began(2, 5.0)
    requests.sent(payload["d"]["nonce"], 1, 5.0)
    assert requests.next_at() == 5.0


def test_nobody_waiting_means_nothing_is_kept():
    requests = MemberRequests()
    request = requests.ask(SOME, 0.0)
    requests.leave(request)
    assert len(requests) == 0
    assert requests.next_at() == NEVER


def test_nonces_fit():
    request = MemberRequests().ask(SOME, 0.0)
    assert isinstance(request, MemberRequest)
    requests = MemberRequests()
    for number in range(50):
        requests.ask(MemberQuery("1", user_ids=(str(number),)), 0.0)
    nonces = sent(requests, 0.0)
    assert len(set(nonces)) == 50
    assert max(map(len, nonces)) <= 32


# On a connection


def member(number: int) -> dict[str, Any]:
    user = {"id": str(number), "username": "x", "discriminator": "0", "avatar": None}
    return {
        "user": user,
        "roles": [],
        "joined_at": "2020-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
    }


def answer(peer: Peer, asked: dict[str, Any], members: list[int], size: int = 2) -> None:
    parts = [members[i : i + size] for i in range(0, len(members), size)] or [[]]
    for index, part in enumerate(parts):
        peer.event(
            "GUILD_MEMBERS_CHUNK",
            {
                "guild_id": asked["guild_id"],
                "members": [member(number) for number in part],
                "chunk_index": index,
                "chunk_count": len(parts),
                "nonce": asked["nonce"],
            },
        )


def in_background(call: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    results: list[Any] = []

    def run() -> None:
        try:
            results.append(call())
        except Exception as error:
            results.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, results


def test_fetches_all_members(server: FakeGateway, connect: Connect):
    gateway = connect(intents=3)
    peer = server.accept()
    peer.identify()
    thread, results = in_background(lambda: gateway.fetch_members(1, timeout=PATIENCE))
    asked = peer.expect(8)
    assert asked["query"] == ""
    assert asked["limit"] == 0
    answer(peer, asked, [1, 2, 3, 4, 5])
    thread.join(PATIENCE)
    assert [found.user.id for found in results[0]] == [1, 2, 3, 4, 5]
    assert {found.guild_id for found in results[0]} == {1}


def test_more_than_a_hundred_ids_are_asked_in_parts(server: FakeGateway, connect: Connect):
    gateway = connect()
    peer = server.accept()
    peer.identify()
    ids = list(range(1, 251))
    thread, results = in_background(
        lambda: gateway.fetch_members(1, user_ids=ids, timeout=PATIENCE)
    )
    for _ in range(3):
        asked = peer.expect(8)
        assert len(asked["user_ids"]) <= 100
        answer(peer, asked, [int(i) for i in asked["user_ids"]], size=50)
    thread.join(PATIENCE)
    assert [found.user.id for found in results[0]] == ids


def test_asks_again_after_a_reconnect(server: FakeGateway, connect: Connect):
    gateway = connect()
    peer = server.accept()
    peer.identify()
    thread, results = in_background(
        lambda: gateway.fetch_members(1, user_ids=[7], timeout=PATIENCE)
    )
    first = peer.expect(8)
    peer.drop()
    peer = server.accept()
    peer.resume()
    until(gateway, SessionResumed)
    again = peer.expect(8)
    assert again["nonce"] != first["nonce"]
    answer(peer, again, [7])
    thread.join(PATIENCE)
    assert len(results[0]) == 1


def test_answers_that_cannot_be_read_are_told_of_while_no_lock_is_held(
    server: FakeGateway, connect: Connect
):
    gateway = connect()
    lock = gateway._members._changed
    texts: list[str] = []

    def take() -> None:
        with lock:
            pass

    class Asks(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            thread, _ = in_background(take)
            thread.join(PATIENCE)
            texts.append(record.getMessage() if not thread.is_alive() else "stuck")

    handler = Asks(logging.WARNING)
    logging.getLogger("disruption.gateway").addHandler(handler)
    try:
        peer = server.accept()
        peer.identify()
        thread, results = in_background(
            lambda: gateway.fetch_members(1, user_ids=[7], timeout=PATIENCE)
        )
        asked = peer.expect(8)
        peer.event("GUILD_MEMBERS_CHUNK", {"chunk_index": "?"})
        peer.event("RATE_LIMITED", None)
        answer(peer, asked, [7])
        thread.join(PATIENCE)
    finally:
        logging.getLogger("disruption.gateway").removeHandler(handler)
    assert len(results[0]) == 1
    assert len(texts) == 1  # a minute of the same kind
    assert "GUILD_MEMBERS_CHUNK answers no request for members" in texts[0]
    assert gateway.counters["gateway.bad_payloads"] == 2


def test_a_full_buffer_does_not_starve_the_request(server: FakeGateway, connect: Connect):
    gateway = connect(buffer_bytes=500, connection_events=False)
    peer = server.accept()
    peer.identify()
    for _ in range(5):
        peer.message("x" * 1000)
    thread, results = in_background(
        lambda: gateway.fetch_members(1, user_ids=[7], timeout=PATIENCE)
    )
    answer(peer, peer.expect(8), [7])
    thread.join(PATIENCE)
    assert len(results[0]) == 1


def test_gives_up_in_time(server: FakeGateway, connect: Connect):
    gateway = connect()
    server.accept().identify()
    gateway.connect(PATIENCE)
    with pytest.raises(WaitTimeout):
        gateway.fetch_members(1, user_ids=[7], timeout=0.1)


def test_a_close_wakes_who_waits(server: FakeGateway, connect: Connect):
    gateway = connect()
    peer = server.accept()
    peer.identify()
    thread, results = in_background(lambda: gateway.fetch_members(1, user_ids=[7], timeout=None))
    peer.expect(8)
    gateway.close()
    thread.join(PATIENCE)
    assert isinstance(results[0], ClientStopped)


def test_what_discord_would_refuse_is_not_asked(server: FakeGateway, connect: Connect):
    gateway = connect(intents=1)
    with pytest.raises(IntentNotRequested, match="GUILD_MEMBERS"):
        gateway.fetch_members(1)
    with pytest.raises(IntentNotRequested, match="GUILD_PRESENCES"):
        gateway.fetch_members(1, user_ids=[1], presences=True)
    with pytest.raises(InvalidArgument):
        gateway.fetch_members(1, query="a", limit=500)
