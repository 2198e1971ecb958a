from __future__ import annotations

import gc
import logging
import math
import threading
import time
import weakref
from collections import defaultdict
from typing import Any

import pytest
from rest_fake import TOKEN, Answer, FakeDiscord, Request

from disruption.errors import ClientStopped
from disruption.rest import Rest, Retries
from disruption.rest.buckets import RateLimits
from disruption.rest.limiter import Limiter, WaitTooLong, limiter_of
from disruption.rest.limits import Limits, Outcome
from disruption.rest.route import Route
from disruption.rest.ticket import Ticket
from disruption.waits import is_rate_limited

ROUTE = Route("POST", "/channels/{channel_id}/messages")
TARGET = ROUTE(1)


def full(limiter: Limiter, *, after: float = 3600.0) -> None:
    """Use the bucket up."""
    permit = limiter.acquire(TARGET, deadline=math.inf, owner=None)
    said = Limits("b", 1, 0, 1e9, after)
    limiter.report(permit, Outcome(limits=said))


def in_thread(call: object) -> tuple[threading.Thread, list[BaseException]]:
    caught: list[BaseException] = []

    def run() -> None:
        try:
            call()  # type: ignore[operator]
        except BaseException as error:
            caught.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, caught


class Watched(RateLimits):
    """Rules that tell when somebody has entered."""

    def __init__(self) -> None:
        super().__init__()
        self.entered = threading.Semaphore(0)

    def enter(self, *args: Any, **options: Any) -> Ticket:
        ticket = super().enter(*args, **options)
        self.entered.release()
        return ticket

    def wait(self) -> None:
        assert self.entered.acquire(timeout=20)


def test_a_wait_is_cancelled_and_marked() -> None:
    marked = threading.Event()

    def clock() -> float:
        if is_rate_limited(threading.get_ident()):
            marked.set()
        return time.monotonic()

    limiter = Limiter(clock=clock)
    full(limiter)
    owner = object()
    thread, caught = in_thread(lambda: limiter.acquire(TARGET, deadline=math.inf, owner=owner))
    assert marked.wait(20)
    limiter.cancel(object())
    assert thread.is_alive()
    assert limiter.waiting(owner) == 1
    limiter.cancel(owner)
    thread.join(20)
    assert isinstance(caught[0], ClientStopped)
    assert thread.ident is not None
    assert not is_rate_limited(thread.ident)
    assert limiter.waiting(owner) == 0


def test_a_wait_that_looks_like_a_hang_is_told_of_before_it_begins(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told = threading.Event()

    class Tells(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.set()

    rules = Watched()
    limiter = Limiter(rules)
    # Longer than a lock can be waited for.
    full(limiter, after=threading.TIMEOUT_MAX * 10)
    handler = Tells()
    logging.getLogger("disruption.rest").addHandler(handler)
    try:
        threads = [
            in_thread(lambda: limiter.acquire(TARGET, deadline=math.inf, owner=limiter))
            for _ in range(3)
        ]
        assert told.wait(20)
    finally:
        logging.getLogger("disruption.rest").removeHandler(handler)
    for _ in range(4):
        rules.wait()
    limiter.cancel(limiter)
    for thread, caught in threads:
        thread.join(20)
        assert isinstance(caught[0], ClientStopped)
    assert caplog.text.count("POST /channels/{channel_id}/messages: waits ") == 1


def test_a_wait_that_is_too_long_is_not_begun() -> None:
    limiter = Limiter()
    full(limiter)
    with pytest.raises(WaitTooLong) as caught:
        limiter.acquire(TARGET, deadline=time.monotonic() + 60, owner=None)
    assert caught.value.seconds > 3500
    assert limiter.waiting(None) == 0


def test_a_wait_for_an_unknown_time_ends_at_the_deadline() -> None:
    limiter = Limiter()
    limiter.acquire(TARGET, deadline=math.inf, owner=None)  # probes, and is not answered
    with pytest.raises(WaitTooLong):
        limiter.acquire(TARGET, deadline=time.monotonic() + 0.05, owner=None)


def test_a_place_given_up_goes_to_the_next() -> None:
    rules = Watched()
    limiter = Limiter(rules)
    probe = limiter.acquire(TARGET, deadline=math.inf, owner=None)
    rules.wait()
    first, second = object(), object()
    one, _ = in_thread(lambda: limiter.acquire(TARGET, deadline=math.inf, owner=first))
    rules.wait()
    two, _ = in_thread(lambda: limiter.acquire(TARGET, deadline=math.inf, owner=second))
    rules.wait()
    limiter.cancel(first)
    one.join(20)
    limiter.report(probe, Outcome(limits=Limits("b", 5, 1, 1e9, 60.0)))
    two.join(20)
    assert not two.is_alive()


def test_clients_of_one_token_and_server_share_a_limiter() -> None:
    assert limiter_of("a", "http://x") is limiter_of("a", "http://x")
    assert limiter_of("a", "http://x") is not limiter_of("b", "http://x")
    assert limiter_of("a", "http://x") is not limiter_of("a", "http://y")


def test_limits_are_kept_for_the_next_client_but_not_for_ever() -> None:
    kept = weakref.ref(limiter_of("a", "http://x"))
    gc.collect()
    assert kept() is limiter_of("a", "http://x")
    used = limiter_of("used", "http://x")
    for number in range(300):
        limiter_of(f"visitor {number}", "http://x")
    gc.collect()
    assert kept() is None
    assert limiter_of("used", "http://x") is used


def test_a_bucket_is_first_come_first_served() -> None:
    rules = Watched()
    limiter = Limiter(rules)
    probe = limiter.acquire(TARGET, deadline=math.inf, owner=None)
    rules.wait()
    owner = object()
    order: list[int] = []

    def work(number: int) -> None:
        permit = limiter.acquire(TARGET, deadline=math.inf, owner=owner)
        order.append(number)  # alone: the window has room for one
        now = time.time() + 0.01
        limiter.report(permit, Outcome(limits=Limits("b", 1, 0, now, 0.01)))

    workers = []
    for number in range(30):
        worker = threading.Thread(target=work, args=(number,))
        worker.start()
        workers.append(worker)
        rules.wait()
    limiter.report(probe, Outcome(limits=Limits("b", 1, 0, time.time(), 0.0)))
    for worker in workers:
        worker.join(20)
    assert order == list(range(30))


class Counted(Watched):
    """Rules that count how often threads look whether it is their turn."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = 0

    def look(self, ticket: Ticket, now: float) -> None:
        self.looks += 1
        super().look(ticket, now)


def test_threads_wake_one_by_one_and_when_it_is_time() -> None:
    rules = Counted()
    limiter = Limiter(rules)
    probe = limiter.acquire(TARGET, deadline=math.inf, owner=None)
    rules.wait()
    count, lock = 100, threading.Lock()
    window = {"end": 0.0, "left": 0}

    def work() -> None:
        permit = limiter.acquire(TARGET, deadline=math.inf, owner=None)
        with lock:
            now = time.monotonic()
            if now >= window["end"]:
                window.update(end=now + 0.05, left=5)
            window["left"] -= 1
            left, after = window["left"], window["end"] - now
        assert left >= 0
        limits = Limits("b", 5, int(left), window["end"], after)
        limiter.report(permit, Outcome(limits=limits))

    threads = [in_thread(work) for _ in range(count)]
    for _ in threads:
        rules.wait()
    limiter.report(probe, Outcome(limits=Limits("b", 5, 0, 0.0, 0.0)))
    for thread, _ in threads:
        thread.join(60)
    assert [error for _, caught in threads for error in caught] == []
    # Twenty windows, and the global limit: the first in a queue looks when one ends.
    assert rules.looks <= 4 * count


class Buckets:
    """Discord's buckets on the fake server: a window starts with its first request."""

    def __init__(self, limit: int, period: float) -> None:
        self.limit, self.period = limit, period
        self.lock = threading.Lock()
        self.windows: dict[str, tuple[float, int]] = {}
        self.order: dict[str, list[str]] = defaultdict(list)
        self.refused = 0

    def __call__(self, request: Request) -> Answer:
        with self.lock:
            now = time.time()
            end, used = self.windows.get(request.path, (0.0, 0))
            if now >= end:
                end, used = now + self.period, 0
            ok = used < self.limit
            used += ok
            self.windows[request.path] = (end, used)
            self.refused += not ok
            self.order[request.path].append(request.json["content"])
        headers = {
            "X-RateLimit-Bucket": "messages",
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.limit - used),
            "X-RateLimit-Reset": f"{end:.3f}",
            "X-RateLimit-Reset-After": f"{end - now:.3f}",
        }
        if ok:
            return Answer(json={}, headers=headers)
        return Answer(status=429, json={"retry_after": end - now, "global": False}, headers=headers)


@pytest.mark.slow
@pytest.mark.parametrize(("threads", "channels"), [(200, 1), (64, 8)])
def test_many_threads_get_no_429_and_their_turn(
    discord: FakeDiscord, threads: int, channels: int
) -> None:
    buckets = Buckets(limit=10, period=0.2)
    discord.default = buckets
    numbers = iter(range(10**9))
    lock = threading.Lock()
    each = 2
    limiter = Limiter(RateLimits(global_limit=math.inf))
    errors: list[BaseException] = []

    with Rest(TOKEN, base_url=discord.url, limiter=limiter, retries=Retries.none()) as rest:
        go = threading.Event()

        def work(number: int) -> None:
            go.wait(20)
            try:
                for _ in range(each):
                    with lock:
                        mine = str(next(numbers))
                    channel = number % channels + 1
                    rest.request(
                        "POST", "/channels/{channel_id}/messages", channel, json={"content": mine}
                    )
            except BaseException as error:
                errors.append(error)

        workers = [threading.Thread(target=work, args=(n,)) for n in range(threads)]
        for worker in workers:
            worker.start()
        go.set()
        for worker in workers:
            worker.join(100)
    assert not errors
    assert buckets.refused == 0
    assert sum(map(len, buckets.order.values())) == threads * each


@pytest.mark.slow
def test_the_global_limit_holds_over_many_routes(discord: FakeDiscord) -> None:
    lock = threading.Lock()
    arrivals: list[float] = []

    def note(_: Request) -> Answer:
        with lock:
            arrivals.append(time.monotonic())
        return Answer(json={})

    discord.default = note
    limiter = Limiter(RateLimits(global_limit=20, jitter=math.inf))
    with Rest(TOKEN, base_url=discord.url, limiter=limiter) as rest:
        workers = [
            threading.Thread(target=rest.trigger_typing_indicator, args=(n + 1,)) for n in range(50)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(60)
    arrivals.sort()
    assert len(arrivals) == 50
    for first, later in zip(arrivals, arrivals[20:], strict=False):
        assert later - first >= 1.0
