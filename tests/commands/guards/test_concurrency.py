from __future__ import annotations

import threading
from collections import deque
from typing import Any

import pytest
from guard_stand_in import FakeClient, context
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption.commands.errors import ConcurrencyReached
from disruption.commands.guards import MaxConcurrency, admitted, max_concurrency
from disruption.commands.guards.concurrency import Places
from disruption.errors import ClientStopped, InvalidArgument

WAIT = 20.0


def test_places_are_given_first_come_first_served() -> None:
    places: Places[str] = Places(1)
    assert places.take("a")
    assert not places.take("a")
    places.queue("a", "first")
    places.queue("a", "second")
    assert places.free("a") == "first"
    assert places.give_up("a", "second")
    assert not places.give_up("a", "first")
    assert places.free("a") is None
    assert len(places) == 0


@settings(deadline=None)
@given(st.integers(1, 3), st.lists(st.sampled_from(["take", "free", "give up"]), max_size=60))
def test_never_more_than_the_limit_and_nobody_is_forgotten(limit: int, steps: list[str]) -> None:
    places: Places[int] = Places(limit)
    inside, waiting = 0, deque[int]()
    for number, step in enumerate(steps):
        if step == "take":
            if places.take("key"):
                inside += 1
            else:
                places.queue("key", number)
                waiting.append(number)
        elif step == "free" and inside:
            ticket = places.free("key")
            assert ticket == (waiting.popleft() if waiting else None)
            inside -= ticket is None
        elif step == "give up" and waiting:
            assert places.give_up("key", waiting.pop())
        assert inside <= limit
        assert not waiting or inside == limit
        assert len(places) == bool(inside)


def test_refuses_a_second_run_of_one_user_and_forgets_it_at_the_end() -> None:
    guard = MaxConcurrency(1)
    with admitted([guard], context()):
        with admitted([guard], context(user=2)):
            pass
        with (
            pytest.raises(ConcurrencyReached, match="still running for you") as caught,
            admitted([guard], context()),
        ):
            pass
    assert (caught.value.limit, caught.value.by) == (1, "user")
    with pytest.raises(RuntimeError), admitted([guard], context()):
        raise RuntimeError
    with admitted([guard], context()):
        pass
    assert len(guard._places) == 0


def test_a_function_may_exempt() -> None:
    guard = MaxConcurrency(1, by=lambda ctx: None)
    with admitted([guard], context()), admitted([guard], context()):
        pass


class Waiter:
    """A thread that enters, says so, and stays until it is let go."""

    def __init__(self, guard: MaxConcurrency, client: Any) -> None:
        self.inside, self.leave, self.done = threading.Event(), threading.Event(), threading.Event()
        self.error: BaseException | None = None
        self._guard, self._ctx = guard, context(client)
        threading.Thread(target=self._run, name="test-waiter", daemon=True).start()

    def _run(self) -> None:
        try:
            with admitted([self._guard], self._ctx):
                self.inside.set()
                self.leave.wait(WAIT)
        except BaseException as error:
            self.error = error
        self.done.set()


class Watched:
    """Tells when a thread waits for a place; made before the thread is."""

    def __init__(self, client: Any) -> None:
        self._waits = threading.Event()
        waiters = client.dispatcher.waiters
        subscribe = waiters.subscribe

        def told(*args: Any, **kwargs: Any) -> Any:
            made = subscribe(*args, **kwargs)
            self._waits.set()
            return made

        waiters.subscribe = told

    def wait(self) -> bool:
        return self._waits.wait(WAIT)


def test_who_waits_gets_the_place_that_becomes_free() -> None:
    guard, client = MaxConcurrency(1, wait=True), FakeClient()
    first = Waiter(guard, client)
    assert first.inside.wait(WAIT)
    queue = Watched(client)
    second = Waiter(guard, client)
    assert queue.wait()
    assert not second.inside.is_set()
    first.leave.set()
    assert second.inside.wait(WAIT)
    second.leave.set()
    assert second.done.wait(WAIT)
    assert len(guard._places) == 0
    assert len(client.dispatcher.waiters) == 0


def test_waits_no_longer_than_told() -> None:
    guard, client = MaxConcurrency(1, wait=0.01), FakeClient()
    with admitted([guard], context(client)):
        second = Waiter(guard, client)
        assert second.done.wait(WAIT)
    assert isinstance(second.error, ConcurrencyReached)
    assert len(guard._places) == 0


def test_a_stop_of_the_client_ends_the_wait() -> None:
    guard, client = MaxConcurrency(1, wait=True), FakeClient()
    queue = Watched(client)
    with admitted([guard], context(client)):
        second = Waiter(guard, client)
        assert queue.wait()
        client.dispatcher.waiters.stop()
        assert second.done.wait(WAIT)
    assert isinstance(second.error, ClientStopped)
    assert len(guard._places) == 0


def test_many_threads_pass_one_place_one_at_a_time() -> None:
    guard, client = MaxConcurrency(2, by="global", wait=True), FakeClient()
    lock, inside, most = threading.Lock(), 0, 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(20):
            with admitted([guard], context(client)):
                with lock:
                    inside += 1
                    most = max(most, inside)
                with lock:
                    inside -= 1

    threads = [threading.Thread(target=work, name=f"test-{n}") for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
        assert not thread.is_alive()
    assert most <= 2
    assert len(guard._places) == 0


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": True}, {"limit": 1, "wait": -1}])
def test_wrong_numbers_are_refused_where_they_are_written(wrong: Any) -> None:
    with pytest.raises(InvalidArgument):
        max_concurrency(**wrong)


def test_an_unknown_by_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="'channel'"):
        max_concurrency(1, by="room")  # type: ignore[arg-type]
