"""The small parts: signal, times, stacks."""

from __future__ import annotations

import threading

import pytest
from dispatch_bench import DEADLINE, Gate

from disruption.dispatch import signal as signal_module
from disruption.dispatch.signal import Signal
from disruption.dispatch.stacks import where
from disruption.dispatch.times import HandlerTimes


class TestSignal:
    def test_set_before_the_wait_is_not_lost_and_counts_once(self) -> None:
        signal = Signal()
        signal.set()
        signal.set()
        assert signal.wait(DEADLINE)
        assert not signal.wait(0.0)
        assert not signal.wait(-1.0)

    def test_a_huge_timeout_is_one(self) -> None:
        signal = Signal()
        signal.set()
        assert signal.wait(1e300)

    def test_wakes_a_thread_that_waits_for_ever(self) -> None:
        signal = Signal()
        thread = threading.Thread(target=signal.wait)
        thread.start()
        signal.set()
        thread.join(DEADLINE)
        assert not thread.is_alive()

    def test_the_main_thread_waits_in_slices_so_that_ctrl_c_gets_through(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(signal_module, "SLICE", 0.001)
        signal = Signal()
        assert not signal.wait(0.005)
        assert not signal.wait(0.0)
        setter = threading.Thread(target=signal.set)
        setter.start()
        assert signal.wait()
        setter.join(DEADLINE)


class TestTimes:
    def test_merges_the_records_of_all_threads(self) -> None:
        times = HandlerTimes()
        first, second = times.record(), times.record()
        first.add("a", 0.0005)
        first.add("a", 5.0)
        second.add("a", 0.05)
        second.add("b", 100.0)
        times.retire(first)
        times.retire(first)
        rows = times.snapshot()
        assert list(rows) == ["a", "b"]
        assert rows["a"].count == 3
        assert rows["a"].total == pytest.approx(5.0505)
        assert rows["a"].longest == 5.0
        assert rows["a"].histogram == (1, 0, 1, 0, 1, 0)
        assert rows["b"].histogram == (0, 0, 0, 0, 0, 1)

    def test_bounds_belong_to_the_next_class(self) -> None:
        record = HandlerTimes().record()
        for seconds in (0.001, 0.01, 0.1, 1.0, 10.0):
            record.add("a", seconds)
        assert record.rows["a"][2:] == [0, 1, 1, 1, 1, 1]


def test_shows_where_a_thread_is_stuck() -> None:
    gate = Gate()
    thread = threading.Thread(target=gate)
    thread.start()
    gate.wait_inside(1)
    assert "wait_for" in where(thread.ident)
    gate.open()
    thread.join(DEADLINE)
    assert "has ended" in where(None)
