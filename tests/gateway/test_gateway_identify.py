from __future__ import annotations

import threading

import pytest

from disruption.gateway import GatewayInfo
from disruption.gateway.identify import IdentifyGate, budget_wait, gate_for

PATIENCE = 30.0


class Clock:
    """A clock that the test moves; the gate is woken so that it looks."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def never() -> bool:
    return False


def acquire_in_background(gate: IdentifyGate, shard: int, concurrency: int) -> threading.Event:
    got = threading.Event()

    def run() -> None:
        if gate.acquire(shard, concurrency, never) is not None:
            got.set()

    threading.Thread(target=run, daemon=True).start()
    return got


@pytest.mark.parametrize(
    ("remaining", "wait"), [(1000, 0), (100, 0), (99, 60.0), (1, 60.0), (0, 60.0)]
)
def test_below_a_tenth_of_the_budget_we_wait_for_the_reset(remaining: int, wait: float):
    info = GatewayInfo("wss://x", total=1000, remaining=remaining, reset_after=60.0)
    assert budget_wait(info) == wait


@pytest.mark.parametrize("reset_after", [1e15, 1e300, float("inf")])
def test_a_reset_is_never_further_away_than_a_day(reset_after: float):
    info = GatewayInfo("wss://x", total=1000, remaining=0, reset_after=reset_after)
    assert budget_wait(info) == 86400


def test_shards_of_different_buckets_do_not_wait_for_each_other():
    gate = IdentifyGate(Clock())
    assert all(gate.acquire(shard, 16, never) for shard in range(16))


def test_a_bucket_rests_for_five_seconds_after_an_identify():
    clock = Clock()
    gate = IdentifyGate(clock)
    permit = gate.acquire(0, 1, never)
    assert permit is not None
    permit.used()
    got = acquire_in_background(gate, 1, 1)
    clock.now = 4.9
    gate.wake()
    assert not got.is_set()
    clock.now = 5.2
    gate.wake()
    assert got.wait(PATIENCE)


def test_an_unused_permit_costs_nothing():
    gate = IdentifyGate(Clock())
    permit = gate.acquire(0, 1, never)
    assert permit is not None
    permit.give_back()
    permit.give_back()
    assert gate.acquire(1, 1, never) is not None


def test_giving_back_a_used_permit_does_not_free_the_next_holders_one():
    clock = Clock()
    gate = IdentifyGate(clock)
    first = gate.acquire(0, 1, never)
    assert first is not None
    first.used()
    clock.now = 6.0
    second = gate.acquire(1, 1, never)
    assert second is not None
    first.give_back()
    got = acquire_in_background(gate, 2, 1)
    gate.wake()
    assert not got.is_set()
    second.give_back()
    assert got.wait(PATIENCE)


def test_a_cancelled_shard_leaves_the_queue():
    gate = IdentifyGate(Clock())
    held = gate.acquire(0, 1, never)
    assert held is not None
    assert gate.acquire(1, 1, lambda: True) is None
    got = acquire_in_background(gate, 2, 1)
    held.give_back()
    assert got.wait(PATIENCE)


def test_all_shards_of_a_token_share_a_gate():
    assert gate_for("a") is gate_for("a")
    assert gate_for("a") is not gate_for("b")
