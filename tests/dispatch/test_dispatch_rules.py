"""The rules of the managed pool, with a fake clock and no thread."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption.dispatch.rules import Call, PoolRules, Seat, State
from disruption.errors import InvalidArgument


class Sim:
    """Drives the rules as the pool does, one step at a time, and checks them after each."""

    def __init__(self, workers: int, max_threads: int) -> None:
        self.rules = PoolRules(workers, max_threads, patience=0.25)
        self.now = 0.0
        self.queued = 0
        self.handled = 0
        self.started: list[Seat] = []  # threads being started
        self.called: list[Seat] = []  # idle threads that were woken
        self.limited: set[Seat] = set()
        self.most_threads = 0

    # What the shell does

    def call(self) -> None:
        call = self.rules.call(self.queued)
        if call is Call.START:
            self.started.append(Seat())
        elif call is not None:
            self.called.append(call)

    def add(self, count: int = 1) -> None:
        self.queued += count
        self.call()
        self.check()

    def arrive(self) -> None:
        if self.started:
            seat = self.started.pop(0)
            self.rules.join(seat)
            self.next(seat)
        elif self.called:
            seat = self.called.pop(0)
            self.rules.arrive(seat)
            self.next(seat)

    def next(self, seat: Seat) -> None:
        rules = self.rules
        if not rules.keeps_place(seat):
            rules.leave_place(seat)
            placed = rules.take_place(seat)
        else:
            placed = True
        if placed and self.queued:
            assert rules.active <= rules.workers
            self.queued -= 1
            seat.since = self.now
        else:
            if placed:
                rules.leave_place(seat)
            rules.rest(seat)
        self.call()
        self.check()

    def finish(self, seat: Seat) -> None:
        self.limited.discard(seat)
        self.handled += 1
        self.next(seat)

    def wait(self, seat: Seat) -> None:
        self.limited.discard(seat)
        self.rules.wait(seat)
        self.call()
        self.check()

    def come_back(self, seat: Seat) -> None:
        self.rules.come_back(seat, self.now)
        self.check()

    def insist(self, seat: Seat) -> None:
        self.rules.insist(seat, self.now)
        self.check()

    def look(self) -> list[Seat]:
        lenders, _ = self.rules.lend(self.now, self.queued, self.limited.__contains__)
        self.call()
        self.check()
        return lenders

    def seats(self, state: State) -> list[Seat]:
        return [s for s in self.rules.seats if s.state is state]

    def work(self) -> list[Seat]:
        """Let everyone arrive who was called; return who works then."""
        while self.started or self.called:
            self.arrive()
        return self.seats(State.WORKING)

    # What must hold always

    def check(self) -> None:
        rules = self.rules
        working = self.seats(State.WORKING)
        waiting = self.seats(State.WAITING)
        holders = [s for s in working if not s.lent]
        if not rules.serial:
            assert rules.active == len(holders)
        assert rules.waiting == len(waiting)
        assert rules.threads == len(rules.seats) + len(self.started)
        assert rules.threads <= rules.max_threads
        assert set(rules.idle) | set(self.called) == set(self.seats(State.IDLE))
        assert set(rules.returning) == set(self.seats(State.RETURNING))
        if rules.returning:
            assert rules.active >= rules.workers
        if self.queued and rules.active < rules.workers:  # nobody is forgotten
            assert rules.coming is not None or rules.at_bound
        assert (rules.coming is not None) == bool(self.started or self.called)
        if rules.serial:
            assert rules.threads <= 1
        self.most_threads = max(self.most_threads, rules.threads)


def test_calls_one_thread_at_a_time() -> None:
    sim = Sim(8, 256)
    sim.add(5)
    assert len(sim.started) == 1
    sim.arrive()
    assert len(sim.started) == 1
    assert len(sim.work()) == 5
    assert sim.rules.threads == 5


def test_runs_no_more_than_there_are_places() -> None:
    sim = Sim(3, 256)
    sim.add(10)
    assert len(sim.work()) == 3
    assert sim.queued == 7


def test_wakes_an_idle_thread_before_starting_one() -> None:
    sim = Sim(8, 256)
    sim.add()
    (seat,) = sim.work()
    sim.finish(seat)
    assert seat.state is State.IDLE
    sim.add()
    assert sim.called == [seat]
    assert not sim.started


def test_a_fast_handler_needs_one_thread_only() -> None:
    sim = Sim(8, 256)
    for _ in range(100):
        sim.add()
        (seat,) = sim.work()
        sim.finish(seat)
    assert sim.rules.threads == 1
    assert sim.handled == 100


def test_waiting_gives_the_place_to_another_thread() -> None:
    sim = Sim(2, 256)
    sim.add(5)
    first, _ = sim.work()
    sim.wait(first)
    assert len(sim.work()) == 2
    assert sim.rules.threads == 3


def test_who_comes_back_goes_before_new_events() -> None:
    sim = Sim(1 + 1, 256)
    sim.add(6)
    first, _ = sim.work()
    sim.wait(first)
    working = sim.work()
    sim.come_back(first)
    assert first.state is State.RETURNING
    sim.finish(working[0])
    assert first.state is State.WORKING
    assert working[0].state is State.IDLE


def test_who_comes_back_does_not_wait_for_longer_than_patience() -> None:
    sim = Sim(2, 256)
    sim.add(6)
    first, _ = sim.work()
    sim.wait(first)
    others = sim.work()
    sim.come_back(first)
    sim.insist(first)
    assert first.state is State.WORKING
    assert sim.rules.active == 3
    sim.finish(others[0])  # one too many run: no new event starts
    assert others[0].state is State.IDLE
    assert sim.rules.active == 2


def test_impatience_lends_one_place_for_each_event_that_waits() -> None:
    sim = Sim(4, 256)
    sim.add(6)
    sim.work()
    assert sim.look() == []
    sim.now = 0.3
    assert len(sim.look()) == 2
    assert len(sim.work()) == 6
    assert sim.queued == 0
    sim.now = 0.6
    assert sim.look() == []  # nothing queues, so nobody lends


def test_waiting_for_a_rate_limit_lends_nothing() -> None:
    sim = Sim(4, 256)
    sim.add(100)
    sim.limited.update(sim.work())
    for _ in range(100):
        sim.now += 1.0
        assert sim.look() == []
        sim.work()
    assert sim.rules.threads == 4


def test_after_a_loan_the_thread_runs_on_only_if_a_place_is_free() -> None:
    sim = Sim(2, 256)
    sim.add(4)
    sim.work()
    sim.now = 0.3
    lenders = sim.look()
    sim.work()
    sim.add()
    sim.finish(lenders[0])
    assert lenders[0].state is State.IDLE
    assert sim.rules.active == 2


def test_growth_ends_at_the_bound() -> None:
    sim = Sim(2, 5)
    sim.add(100)
    for _ in range(50):
        sim.work()
        sim.now += 1.0
        sim.look()
    assert sim.rules.threads == 5
    assert sim.rules.at_bound


def test_waiters_at_the_bound_are_not_replaced() -> None:
    sim = Sim(2, 3)
    sim.add(10)
    for _ in range(3):
        for seat in sim.work():
            sim.wait(seat)
    assert sim.rules.threads == 3
    assert sim.rules.at_bound
    assert sim.rules.stalled
    sim.come_back(sim.seats(State.WAITING)[0])
    assert not sim.rules.stalled


def test_extra_threads_end_when_idle() -> None:
    sim = Sim(2, 256)
    sim.add(6)
    for _ in range(3):
        for seat in sim.work():
            sim.wait(seat)
    for seat in sim.seats(State.WAITING):
        sim.come_back(seat)
    while working := sim.seats(State.WORKING):
        sim.finish(working[0])
    assert sim.rules.threads == 6
    for seat in list(sim.rules.idle):
        sim.rules.retire(seat)
        sim.check()
    assert sim.rules.threads == 2


def test_one_worker_is_serial_it_never_grows_and_never_yields() -> None:
    sim = Sim(1, 256)
    sim.add(10)
    (seat,) = sim.work()
    sim.wait(seat)
    assert sim.work() == []
    sim.now = 100.0
    assert sim.look() == []
    assert sim.rules.stalled
    sim.come_back(seat)
    assert seat.state is State.WORKING
    assert sim.rules.threads == 1


def test_a_thread_that_cannot_be_started_is_asked_for_again() -> None:
    rules = PoolRules(8, 256)
    assert rules.call(1) is Call.START
    assert rules.call(1) is None
    rules.start_failed()
    assert rules.threads == 0
    assert rules.call(1) is Call.START


def test_looks_again_when_patience_runs_out() -> None:
    sim = Sim(2, 256)
    sim.now = 1.0
    sim.add(2)
    sim.work()
    assert sim.rules.next_look(1.1) == pytest.approx(1.25)
    sim.now = 5.0
    assert sim.rules.next_look(5.0) == pytest.approx(5.25)


@pytest.mark.parametrize(
    ("workers", "max_threads", "patience"), [(0, 1, 1.0), (4, 3, 1.0), (1, 1, 0.0), (1, 1, -1.0)]
)
def test_refuses_settings_that_make_no_sense(
    workers: int, max_threads: int, patience: float
) -> None:
    with pytest.raises(InvalidArgument):
        PoolRules(workers, max_threads, patience)


STEPS = [
    "add",
    "arrive",
    "finish",
    "wait",
    "come_back",
    "insist",
    "look",
    "limit",
    "retire",
    "time",
]


@settings(max_examples=300, deadline=None)
@given(
    st.integers(1, 4),
    st.integers(0, 6),
    st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 50)), max_size=120),
)
def test_the_rules_hold_whatever_happens_and_everything_is_handled(
    workers: int, more: int, steps: list[tuple[str, int]]
) -> None:
    sim = Sim(workers, workers + more)
    added = 0
    for step, pick in steps:
        working = sorted(sim.seats(State.WORKING), key=id)
        if step == "add":
            sim.add(1 + pick % 3)
            added += 1 + pick % 3
        elif step == "arrive":
            sim.arrive()
        elif step == "finish" and working:
            sim.finish(working[pick % len(working)])
        elif step == "wait" and working:
            sim.wait(working[pick % len(working)])
        elif step == "come_back" and (waiting := sim.seats(State.WAITING)):
            sim.come_back(waiting[pick % len(waiting)])
        elif step == "insist" and sim.rules.returning:
            sim.insist(sim.rules.returning[pick % len(sim.rules.returning)])
        elif step == "look":
            sim.look()
        elif step == "limit" and working:
            sim.limited.add(working[pick % len(working)])
        elif step == "retire" and sim.rules.idle:
            sim.rules.retire(sim.rules.idle[pick % len(sim.rules.idle)])
            sim.check()
        elif step == "time":
            sim.now += pick / 100
    # From any state: who waits comes back, who works ends, and the queue runs empty.
    for _ in range(3 * added + 200):
        sim.work()
        for seat in sim.seats(State.WAITING):
            sim.come_back(seat)
        if working := sim.seats(State.WORKING):
            sim.finish(working[0])
    assert sim.queued == 0
    assert sim.handled == added
    assert sim.rules.active == 0
    assert sim.seats(State.WORKING) == sim.seats(State.WAITING) == []
