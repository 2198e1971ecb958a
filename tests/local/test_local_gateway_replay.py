"""A session's replay: whatever is lost on the way, each event comes once and in order."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption.local.gateway.limits import IdentifyLimits, SendLimit
from disruption.local.gateway.outbox import Outbox
from disruption.local.gateway.session import Session
from disruption.local.world import Account


def new_session(replay_limit=1000, **options):
    options = {"intents": 0, "shard": (0, 1), "large_threshold": 50, **options}
    return Session("s", Account("1", "1"), replay_limit=replay_limit, **options)


class Client:
    """Takes events until its connection breaks, after which it has missed the rest."""

    def __init__(self) -> None:
        self.connected = True
        self.seq = 0
        self.got: list[int] = []

    def send_events(self, events):
        for name, payload in events:
            if self.connected:
                frame = json.loads(payload)
                self.seq = frame["s"]
                if name == "X":
                    self.got.append(frame["d"])


@given(st.lists(st.sampled_from(["event", "break", "resume"]), max_size=60))
def test_every_event_comes_once_and_in_order(steps):
    session, client, sent = new_session(), Client(), 0
    session.link = client
    for step in [*steps, "break", "resume"]:
        if step == "event":
            session.dispatch("X", str(sent).encode())
            sent += 1
        elif step == "break":
            client.connected = False
        else:
            assert session.can_replay(client.seq)
            client.connected = True
            missed = list(session.replay(client.seq))
            client.send_events([*missed, ("RESUMED", session.number("RESUMED", b"{}"))])
    assert client.got == list(range(sent))


@given(st.integers(1, 20), st.integers(0, 60), st.integers(0, 60))
def test_a_replay_is_whole_or_refused(limit, count, after):
    session = new_session(limit)
    for number in range(count):
        session.dispatch("X", str(number).encode())
    after = min(after, count)
    numbers = [json.loads(payload)["s"] for _, payload in session.replay(after)]
    assert session.can_replay(after) == (numbers == list(range(after + 1, count + 1)))


@pytest.mark.parametrize("count", [1, 2, 5])
def test_each_guild_is_served_by_one_shard(count):
    shards = [new_session(shard=(number, count)) for number in range(count)]
    for guild in range(50):
        guild_id = str(guild << 22)
        assert [shard.serves(guild_id) for shard in shards].count(True) == 1
    assert [shard.serves(None) for shard in shards].count(True) == 1


def test_the_send_limit_slides():
    limit = SendLimit(3, 10.0)
    assert [limit.allows(now) for now in (0.0, 1.0, 2.0, 3.0)] == [True, True, True, False]
    assert limit.allows(11.5)


def test_identifies_have_buckets_and_a_day():
    limits = IdentifyLimits(total=2, max_concurrency=2, window=5.0)
    limits.start(0, 0.0)
    assert limits.too_soon(2, 4.0)
    assert not limits.too_soon(1, 4.0)
    assert not limits.too_soon(2, 5.0)
    limits.start(1, 4.0)
    assert limits.remaining(5.0) == 0
    assert limits.reset_after(5.0) == 86_395.0
    assert limits.remaining(86_400.0) == 2


def test_an_outbox_takes_a_batch_while_it_is_below_its_limit():
    outbox = Outbox(limit=10)
    assert outbox.put(b"x" * 9)
    assert outbox.put(b"x" * 100, b"y")
    assert not outbox.put(b"x")
    assert len(outbox.take()) == 3
    assert outbox.put(b"x")
    outbox.close()
    assert not outbox.put(b"x")
    assert outbox.take() == [b"x"]
    assert outbox.take() == []
