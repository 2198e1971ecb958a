"""The scheduler thread: what is due when, and that nothing ends it but a stop."""

from __future__ import annotations

import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption.counters import Counters
from disruption.timer import Timer, TimerHeap

DEADLINE = 20.0


def test_pops_what_is_due_in_order_of_time_then_of_adding() -> None:
    heap = TimerHeap()
    ran: list[str] = []
    heap.add(2.0, lambda: ran.append("second"))
    heap.add(1.0, lambda: ran.append("first"))
    heap.add(2.0, lambda: ran.append("third"))
    assert heap.pop(0.5) is None
    while (due := heap.pop(2.0)) is not None:
        due[1]()
    assert ran == ["first", "second", "third"]


def test_tells_whether_an_action_is_the_first_one_due() -> None:
    heap = TimerHeap()
    assert heap.add(2.0, lambda: None)[1]
    assert not heap.add(3.0, lambda: None)[1]
    assert heap.add(1.0, lambda: None)[1]
    assert heap.next_time() == 1.0


def test_a_cancelled_action_does_not_run_and_is_cancelled_once() -> None:
    heap = TimerHeap()
    handle, _ = heap.add(1.0, lambda: None)
    assert handle.pending
    assert handle.cancel()
    assert not handle.cancel()
    assert not handle.pending
    assert heap.pop(9.0) is None
    assert len(heap) == 0


def test_an_action_that_has_run_cannot_be_cancelled() -> None:
    heap = TimerHeap()
    handle, _ = heap.add(1.0, lambda: None)
    assert heap.pop(1.0) is not None
    assert not handle.cancel()


def test_cancelled_actions_do_not_fill_the_heap() -> None:
    heap = TimerHeap()
    heap.add(1.0, lambda: None)
    for _ in range(10_000):
        heap.add(5.0, lambda: None)[0].cancel()
    assert len(heap._heap) < 200
    assert len(heap) == 1


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans(), st.integers(0, 20))))
def test_every_action_runs_once_unless_cancelled_and_never_early(
    plan: list[tuple[int, bool, int]],
) -> None:
    heap = TimerHeap()
    ran: list[int] = []
    expected: set[int] = set()
    for number, (when, cancelled, now) in enumerate(plan):
        handle, _ = heap.add(when, lambda number=number: ran.append(number))  # type: ignore[misc]
        if cancelled:
            assert handle.cancel()
        else:
            expected.add(number)
        while (due := heap.pop(now)) is not None:
            assert due[0] <= now
            due[1]()
    while (due := heap.pop(100)) is not None:
        due[1]()
    assert sorted(ran) == sorted(expected)
    assert len(heap) == 0


class TestThread:
    def test_starts_when_first_needed_and_ends_with_stop(self) -> None:
        timer = Timer(name="timer-of-a-test")
        assert "timer-of-a-test" not in {t.name for t in threading.enumerate()}
        ran = threading.Event()
        timer.call_later(0.0, ran.set)
        assert ran.wait(DEADLINE)
        thread = next(t for t in threading.enumerate() if t.name == "timer-of-a-test")
        assert thread.daemon
        assert timer.stop(DEADLINE)
        assert not thread.is_alive()

    def test_an_earlier_action_wakes_the_thread(self) -> None:
        timer = Timer()
        ran = threading.Event()
        timer.call_later(3600.0, lambda: None)
        timer.call_later(0.0, ran.set)
        assert ran.wait(DEADLINE)
        assert timer.pending == 1
        timer.stop(DEADLINE)

    @pytest.mark.parametrize("error", [ValueError("no"), SystemExit(1)])
    def test_an_action_that_raises_is_logged_and_counted_and_the_thread_lives_on(
        self, error: BaseException, caplog: pytest.LogCaptureFixture
    ) -> None:
        counters = Counters()
        timer = Timer(counters=counters)
        ran = threading.Event()

        def fail() -> None:
            raise error

        timer.call_later(0.0, fail)
        timer.call_later(0.0, ran.set)
        assert ran.wait(DEADLINE)
        assert counters["timer.errors"] == 1
        assert "A timed action failed" in caplog.text
        timer.stop(DEADLINE)

    def test_runs_no_action_after_stop_and_again_after_start(self) -> None:
        counters = Counters()
        timer = Timer(counters=counters)
        timer.call_later(3600.0, lambda: None)
        timer.stop(DEADLINE)
        assert counters["timer.dropped"] == 1
        assert not timer.call_later(0.0, lambda: None).pending
        assert counters["timer.refused"] == 1
        timer.start()
        ran = threading.Event()
        timer.call_later(0.0, ran.set)
        assert ran.wait(DEADLINE)
        timer.stop(DEADLINE)

    def test_an_action_may_stop_its_own_timer(self) -> None:
        timer = Timer()
        stopped = threading.Event()

        def stop() -> None:
            assert timer.stop()
            stopped.set()

        timer.call_later(0.0, stop)
        assert stopped.wait(DEADLINE)

    def test_says_when_an_action_holds_up_the_stop(self, caplog: pytest.LogCaptureFixture) -> None:
        timer = Timer()
        inside, leave = threading.Event(), threading.Event()

        def hold() -> None:
            inside.set()
            leave.wait(DEADLINE)

        timer.call_later(0.0, hold)
        assert inside.wait(DEADLINE)
        assert not timer.stop(0.01)
        assert "still runs" in caplog.text
        leave.set()

    def test_reports_that_it_is_late(self, caplog: pytest.LogCaptureFixture) -> None:
        counters = Counters()
        timer = Timer(counters=counters, clock=lambda: 100.0)
        ran = threading.Event()
        timer.call_at(10.0, ran.set)
        assert ran.wait(DEADLINE)
        assert counters["timer.late"] == 1
        assert "90.0 s late" in caplog.text
        timer.stop(DEADLINE)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_child_has_a_stopped_timer_that_can_be_started() -> None:
    timer = Timer()
    timer.call_later(3600.0, lambda: None)
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            ran = threading.Event()
            if timer.pending == 0 and not timer.call_later(0.0, ran.set).pending:
                timer.start()
                timer.call_later(0.0, ran.set)
                if ran.wait(DEADLINE) and timer.stop(DEADLINE):
                    code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert timer.pending == 1
    timer.stop(DEADLINE)
