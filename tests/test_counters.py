"""Counters: sums, snapshots, many threads, forks."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from disruption.counters import Counters


def test_counts_sums_and_shows():
    counters = Counters()
    assert counters["gateway.resumes"] == 0
    assert counters.add("gateway.resumes") == 1
    assert counters.add("gateway.resumes", 2) == 3
    counters.add("gateway.closes.4000")
    counters.add("gateway.closes.1001", 2)
    counters.add("gateway.closest", 100)
    assert counters.total("gateway.closes") == 3
    assert list(counters.snapshot()) == [
        "gateway.closes.1001",
        "gateway.closes.4000",
        "gateway.closest",
        "gateway.resumes",
    ]
    assert "gateway.resumes" in repr(counters)


def test_no_count_of_many_threads_is_lost():
    counters = Counters()

    def count() -> None:
        for _ in range(2000):
            counters.add("x")

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counters["x"] == 16_000


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_child_can_count_though_the_lock_was_held():
    counters = Counters()
    counters.add("x")
    with counters._lock:  # as another thread might, in the moment of the fork
        child = os.fork()
        if child == 0:
            signal.alarm(30)
            os._exit(counters.add("x"))
    _, status = os.waitpid(child, 0)
    assert os.WEXITSTATUS(status) == 2
