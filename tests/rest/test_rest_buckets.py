from __future__ import annotations

import heapq
import itertools
import math
import random
from collections import defaultdict
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption.rest.buckets import RateLimits
from disruption.rest.limits import Limits, Outcome
from disruption.rest.ticket import Ticket, TicketState

KEY = "POST /channels/{channel_id}/messages"


def limits(
    remaining: int, *, limit: int = 5, reset: float = 100.0, after: float = 5.0, bucket: str = "b"
) -> Limits:
    return Limits(bucket, limit, remaining, reset, after)


def granted(ticket: Ticket) -> bool:
    return ticket.state is TicketState.GRANTED


def learn(rules: RateLimits, now: float = 0.0, key: str = KEY, **said: object) -> None:
    """Make the bucket of `key` known: one request, answered."""
    ticket = rules.enter(key, "1", now)
    assert granted(ticket)
    rules.report(ticket, Outcome(limits=limits(**said)), now)  # type: ignore[arg-type]


class TestABucket:
    def test_that_is_unknown_is_probed_by_one_request(self) -> None:
        rules = RateLimits()
        first, second, third = (rules.enter(KEY, "1", 0.0) for _ in range(3))
        assert granted(first)
        assert not granted(second)
        assert second.due == math.inf
        rules.report(first, Outcome(limits=limits(1)), 0.1)
        assert granted(second)
        assert not granted(third)

    def test_without_limits_lets_everything_pass(self) -> None:
        rules = RateLimits()
        first, second, third = (rules.enter(KEY, "1", 0.0) for _ in range(3))
        rules.report(first, Outcome(), 0.1)
        assert granted(second)
        assert granted(third)

    def test_waits_before_sending(self) -> None:
        rules = RateLimits()
        learn(rules, remaining=1)
        one, two = rules.enter(KEY, "1", 1.0), rules.enter(KEY, "1", 1.0)
        assert granted(one)
        assert not granted(two)
        assert two.due == pytest.approx(5.0, abs=0.02)
        rules.look(two, 4.9)
        assert not granted(two)
        rules.look(two, 5.01)
        assert granted(two)

    def test_is_first_come_first_served(self) -> None:
        rules = RateLimits()
        learn(rules, remaining=0)
        tickets = [rules.enter(KEY, "1", 1.0) for _ in range(12)]
        rules.look(tickets[0], 5.01)
        assert [granted(t) for t in tickets] == [True] * 5 + [False] * 7
        assert tickets[5].due == math.inf  # until an answer tells the window

    def test_keeps_its_major_parameters_apart(self) -> None:
        rules = RateLimits()
        learn(rules, remaining=0)
        assert granted(rules.enter(KEY, "2", 1.0))

    def test_is_shared_by_the_routes_that_discord_says(self) -> None:
        rules = RateLimits()
        learn(rules, key="GET a", remaining=3)
        learn(rules, key="GET b", remaining=0)
        assert not granted(rules.enter("GET a", "1", 1.0))

    def test_is_guessed_for_routes_that_are_known_to_be_kin(self) -> None:
        rules = RateLimits()
        first = rules.enter("PUT a", "1", 0.0, kin="k")
        second = rules.enter("DELETE a", "1", 0.0, kin="k")
        assert granted(first)
        assert not granted(second)
        rules.report(first, Outcome(limits=limits(0, limit=1, after=0.25)), 0.1)
        assert second.due == pytest.approx(0.355)
        third = rules.enter("DELETE b", "1", 0.2, kin="k")
        other = rules.enter("DELETE b", "2", 0.2, kin="k")
        assert not granted(third)
        assert granted(other)

    def test_that_was_guessed_wrong_is_put_right(self) -> None:
        rules = RateLimits()
        first = rules.enter("PUT a", "1", 0.0, kin="k")
        rules.report(first, Outcome(limits=limits(0)), 0.1)
        second = rules.enter("DELETE a", "1", 6.0, kin="k")
        assert granted(second)
        rules.report(second, Outcome(limits=limits(3, bucket="another")), 6.1)
        assert granted(rules.enter("DELETE a", "1", 6.2, kin="k"))
        rules.report(rules.enter("PUT a", "1", 6.2, kin="k"), Outcome(limits=limits(0)), 6.3)
        assert not granted(rules.enter("PUT a", "1", 6.4, kin="k"))
        assert granted(rules.enter("DELETE a", "1", 6.5, kin="k"))

    def test_that_two_routes_find_at_once_joins_their_queues_in_order(self) -> None:
        rules = RateLimits()
        a1 = rules.enter("GET a", "1", 0.0)
        b1 = rules.enter("GET b", "1", 0.0)
        a2 = rules.enter("GET a", "1", 0.0)
        b2 = rules.enter("GET b", "1", 0.0)
        a3 = rules.enter("GET a", "1", 0.0)
        rules.report(a1, Outcome(limits=limits(0)), 0.1)
        rules.report(b1, Outcome(limits=limits(0)), 0.1)
        assert not any(map(granted, (a2, b2, a3)))
        rules.look(a2, 5.2)
        assert [granted(t) for t in (a2, b2, a3)] == [True, True, True]
        assert [t.number for t in (a2, b2, a3)] == [3, 4, 5]

    def test_ignores_answers_of_an_older_window(self) -> None:
        rules = RateLimits()
        learn(rules, remaining=4)
        late = rules.enter(KEY, "1", 4.0)
        learn(rules, now=5.1, remaining=1, reset=105.0)
        rules.report(late, Outcome(limits=limits(0, reset=100.0)), 5.2)
        assert granted(rules.enter(KEY, "1", 5.3))

    def test_takes_answers_out_of_order(self) -> None:
        rules = RateLimits()
        learn(rules, remaining=4)
        tickets = [rules.enter(KEY, "1", 1.0) for _ in range(4)]
        assert all(map(granted, tickets))
        for ticket, remaining in zip(reversed(tickets), (0, 1, 2, 3), strict=True):
            rules.report(ticket, Outcome(limits=limits(remaining, after=4.0)), 1.1)
        assert not granted(rules.enter(KEY, "1", 1.2))

    def test_waits_for_the_earliest_reset_that_was_told(self) -> None:
        rules = RateLimits()
        learn(rules, remaining=2)
        one, two = rules.enter(KEY, "1", 1.0), rules.enter(KEY, "1", 1.0)
        rules.report(one, Outcome(limits=limits(1, after=3.9)), 1.1)
        rules.report(two, Outcome(limits=limits(0, after=3.9)), 3.0)  # this thread was late
        assert rules.enter(KEY, "1", 3.1).due == pytest.approx(5.0, abs=0.02)

    def test_counts_a_request_under_way_at_the_turn_in_the_new_window(self) -> None:
        rules = RateLimits()
        learn(rules, remaining=2)
        straddler = rules.enter(KEY, "1", 4.9)
        tickets = [rules.enter(KEY, "1", 5.1) for _ in range(5)]
        assert [granted(t) for t in tickets] == [True] * 4 + [False]
        # Its answer says that it was counted in the old one.
        rules.report(straddler, Outcome(limits=limits(0, reset=100.0, after=0.0)), 5.2)
        assert granted(tickets[4])

    def test_lives_on_when_answers_get_lost(self) -> None:
        rules = RateLimits()
        learn(rules, remaining=0, limit=1)
        lost, waiting = rules.enter(KEY, "1", 5.1), rules.enter(KEY, "1", 5.1)
        assert granted(lost)
        rules.report(lost, Outcome(answered=False), 6.0)
        assert waiting.due < math.inf
        rules.look(waiting, waiting.due)
        assert granted(waiting)

    def test_survives_a_server_clock_that_is_set_back(self) -> None:
        rules = RateLimits()
        learn(rules, remaining=0, limit=1)
        one = rules.enter(KEY, "1", 5.1)
        rules.report(one, Outcome(limits=limits(0, limit=1, reset=50.0)), 5.2)
        two = rules.enter(KEY, "1", 5.3)
        assert two.due == pytest.approx(10.2, abs=0.02)
        rules.look(two, 10.3)
        assert granted(two)

    def test_takes_the_place_of_a_cancelled_request_back(self) -> None:
        rules = RateLimits()
        learn(rules, remaining=1)
        one, two = rules.enter(KEY, "1", 1.0), rules.enter(KEY, "1", 1.0)
        rules.report(one, Outcome(answered=False, sent=False), 1.1)
        assert granted(two)

    def test_that_nobody_uses_is_forgotten(self) -> None:
        rules = RateLimits()
        for number in range(5000):
            ticket = rules.enter(KEY, str(number), number * 1.0, exempt=True)
            rules.report(ticket, Outcome(limits=limits(4)), number * 1.0)
        assert len(rules) < 1200


class TestA429:
    def test_of_a_user_stops_the_bucket_and_keeps_its_place(self) -> None:
        rules = RateLimits()
        learn(rules, remaining=3)
        one, two = rules.enter(KEY, "1", 1.0), rules.enter(KEY, "1", 1.0)
        rules.report(one, Outcome(limits=limits(0), retry_after=3.0), 1.1)
        later = rules.enter(KEY, "1", 1.2)
        again = rules.enter(KEY, "1", 1.2, number=one.number)
        rules.report(two, Outcome(limits=limits(0), retry_after=3.0), 1.2)
        assert not granted(again)
        assert not granted(later)
        rules.look(again, 7.0)
        assert granted(again)
        assert again.number < later.number

    def test_while_the_headers_promise_room_is_believed(self) -> None:
        rules = RateLimits()
        one = rules.enter(KEY, "1", 0.0)
        rules.report(one, Outcome(limits=limits(4), retry_after=30.0), 0.1)
        assert rules.enter(KEY, "1", 6.0).due == pytest.approx(30.1, abs=0.02)

    def test_that_is_shared_stops_only_its_bucket(self) -> None:
        rules = RateLimits()
        one = rules.enter(KEY, "1", 0.0)
        rules.report(one, Outcome(limits=limits(4), retry_after=9.0, scope="shared"), 0.1)
        assert not granted(rules.enter(KEY, "1", 1.0))
        assert granted(rules.enter(KEY, "2", 1.0))

    def test_that_is_global_stops_all_but_interactions(self) -> None:
        rules = RateLimits()
        one = rules.enter(KEY, "1", 0.0)
        rules.report(one, Outcome(retry_after=2.0, scope="global"), 0.1)
        other = rules.enter("GET other", "", 1.0)
        assert not granted(other)
        assert granted(rules.enter("POST callback", "x", 1.0, exempt=True))
        rules.look(other, 2.2)
        assert granted(other)

    def test_of_the_address_stops_everything(self) -> None:
        rules = RateLimits()
        one = rules.enter(KEY, "1", 0.0)
        rules.report(one, Outcome(retry_after=60.0, scope="address"), 0.1)
        assert not granted(rules.enter("POST callback", "x", 1.0, exempt=True))


class TestTheGlobalLimit:
    def test_holds_in_every_second(self) -> None:
        rules = RateLimits(global_limit=3)
        tickets = [rules.enter(f"GET {n}", "", 0.0) for n in range(5)]
        assert [granted(t) for t in tickets] == [True] * 3 + [False] * 2
        for ticket in tickets[:3]:
            rules.report(ticket, Outcome(), 0.1)
        assert tickets[3].due == pytest.approx(1.1)
        rules.look(tickets[3], 1.1)
        assert granted(tickets[3])
        assert granted(tickets[4])

    def test_does_not_wait_for_a_slow_answer_for_ever(self) -> None:
        rules = RateLimits(global_limit=1, jitter=0.25)
        rules.enter("GET a", "", 0.0)
        two = rules.enter("GET b", "", 0.0)
        assert two.due == pytest.approx(1.25)
        rules.look(two, 1.26)
        assert granted(two)

    def test_leaves_interactions_out(self) -> None:
        rules = RateLimits(global_limit=1)
        rules.enter("GET a", "", 0.0)
        assert granted(rules.enter("POST callback", "x", 0.0, exempt=True))

    def test_can_be_changed(self) -> None:
        rules = RateLimits(global_limit=1)
        rules.enter("GET a", "", 0.0)
        rules.set_global_limit(2)
        assert granted(rules.enter("GET b", "", 0.0))


def test_an_estimate_is_never_too_long() -> None:
    rules = RateLimits()
    learn(rules, remaining=0)
    tickets = [rules.enter(KEY, "1", 1.0) for _ in range(11)]
    assert rules.estimate(tickets[0], 1.0) == pytest.approx(4.0, abs=0.02)
    assert rules.estimate(tickets[5], 1.0) == pytest.approx(9.0, abs=0.02)
    assert rules.estimate(tickets[10], 1.0) == pytest.approx(14.0, abs=0.02)


# Against a model of Discord -----------------------------------------------------------


@dataclass
class _Window:
    end: float = -math.inf
    used: int = 0


class _Server:
    """Buckets as Discord counts them: a window starts with its first request."""

    def __init__(self, limit: int, period: float, skew: float) -> None:
        self.limit, self.period, self.skew = limit, period, skew
        self.windows: dict[tuple[str, str], _Window] = defaultdict(_Window)

    def handle(self, bucket: str, major: str, now: float) -> tuple[bool, Limits]:
        window = self.windows[bucket, major]
        if now >= window.end:
            window.end, window.used = now + self.period, 0
        ok = window.used < self.limit
        window.used += ok
        left = self.limit - window.used
        after = math.floor((window.end - now) * 1000) / 1000
        reset = round(window.end + self.skew, 3)
        return ok, Limits(bucket, self.limit, left, reset, after)


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    limit=st.integers(1, 6),
    period=st.sampled_from([0.25, 1.0, 5.0]),
    latency=st.sampled_from([0.001, 0.05, 0.4]),
    skew=st.sampled_from([0.0, -3600.0, 86400.0]),
    majors=st.integers(1, 3),
    losses=st.booleans(),
    everywhere=st.sampled_from([3, 50]),
    kin=st.sampled_from(["", "right", "wrong"]),
)
def test_no_429_and_first_come_first_served_whatever_the_network_does(
    seed: int,
    limit: int,
    period: float,
    latency: float,
    skew: float,
    majors: int,
    losses: bool,
    everywhere: int,
    kin: str,
) -> None:
    rand = random.Random(seed)
    rules = RateLimits(global_limit=everywhere)
    server = _Server(limit, period, skew)
    order = itertools.count()
    agenda: list[tuple[float, int, str, object]] = []
    now = 0.0
    total = 60
    done = 0
    refused = 0
    asked: dict[str, list[int]] = defaultdict(list)
    waiting: set[Ticket] = set()

    def schedule(at: float, what: str, data: object) -> None:
        heapq.heappush(agenda, (at, next(order), what, data))

    def drain(*also: Ticket) -> None:
        for ticket in sorted({*rules.wakes, *also}, key=lambda each: each.number):
            if ticket not in waiting:
                continue
            if ticket.state is TicketState.GRANTED:
                waiting.discard(ticket)
                asked[ticket.major].append(ticket.number)
                schedule(now + rand.random() * latency, "arrive", ticket)
            elif ticket.due < math.inf:
                assert ticket.due > now, "due and not granted"
                schedule(ticket.due, "look", ticket)
        rules.wakes.clear()

    for _ in range(total):
        schedule(rand.random() * 3, "enter", str(rand.randrange(majors)))
    steps = 0
    while agenda:
        steps += 1
        assert steps < 5_000, "the queues stand still or spin"
        now, _, what, data = heapq.heappop(agenda)
        if what == "enter":
            assert isinstance(data, str)
            key = f"{KEY} {rand.randrange(2)}" if kin else KEY
            waiting.add(rules.enter(key, data, now, kin=kin))
        elif what == "look":
            assert isinstance(data, Ticket)
            if data in waiting:
                rules.look(data, now)
                drain(data)
        elif what == "arrive":
            assert isinstance(data, Ticket)
            bucket = data.key if kin == "wrong" else KEY
            ok, said = server.handle(bucket, data.major, now)
            refused += not ok
            lost = losses and rand.random() < 0.1
            schedule(now + rand.random() * latency, "answer", (data, ok, None if lost else said))
        else:
            assert isinstance(data, tuple)
            ticket, ok, said = data
            if said is None:
                rules.report(ticket, Outcome(answered=False), now)
            else:
                rules.report(ticket, Outcome(limits=said, retry_after=None if ok else 1.0), now)
            done += 1
        drain()
        # A thread sleeps until its ticket is due: with one that was due long ago it would spin.
        assert all(ticket.due >= now for ticket in waiting)
    assert done == total
    assert not waiting
    if kin == "wrong":
        return  # what waited in one queue before it was known to be two is not in order
    for numbers in asked.values():
        assert numbers == sorted(numbers)
    if not losses:
        assert refused == 0
