"""Functions beside the handlers."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, wait

import pytest
from dispatch_bench import DEADLINE, Bench, Event, Gate, Happened, threads_named

from disruption.counters import Counters
from disruption.dispatch import Job, Submitter
from disruption.errors import ClientStopped, InvalidArgument, SubmitQueueFull


@pytest.fixture
def submitter() -> Iterator[Submitter]:
    submitter = Submitter("test", max_threads=3)
    yield submitter
    assert submitter.stop(DEADLINE) == []
    assert threads_named("test-submit") == []


def test_returns_a_future_of_the_result(submitter: Submitter) -> None:
    job = submitter.submit(divmod, 7, 2)
    assert job.result(DEADLINE) == (3, 1)
    assert submitter.submit(int, "11", base=2).result(DEADLINE) == 3


def test_runs_on_a_daemon_thread_of_its_own(submitter: Submitter) -> None:
    thread = submitter.submit(threading.current_thread).result(DEADLINE)
    assert thread.name == "test-submit-1"
    assert thread.daemon


def test_an_error_is_raised_where_the_result_is_asked_for(submitter: Submitter) -> None:
    job = submitter.submit(int, "x")
    with pytest.raises(ValueError, match="invalid literal"):
        job.result(DEADLINE)
    assert isinstance(job.exception(DEADLINE), ValueError)
    assert submitter.counters["dispatch.submit.errors"] == 1


def test_an_error_nobody_asks_for_is_logged(
    submitter: Submitter, caplog: pytest.LogCaptureFixture
) -> None:
    job = submitter.submit(int, "x")
    wait([job], DEADLINE)
    submitter.submit(int).result(DEADLINE)  # the first thread has let go of the job
    submitter.stop(DEADLINE)
    del job
    gc.collect()
    assert "submitted int failed, and nobody asked" in caplog.text


def test_runs_no_more_than_max_threads_at_once(submitter: Submitter) -> None:
    gate = Gate()
    jobs = [submitter.submit(gate) for _ in range(20)]
    gate.wait_inside(3)
    assert submitter.running == 3
    assert submitter.pending == 17
    gate.open()
    for job in jobs:
        job.result(DEADLINE)
    assert gate.most == 3


def test_jobs_that_wait_for_jobs_do_not_block_each_other(submitter: Submitter) -> None:
    def nested(depth: int) -> int:
        if depth == 0:
            return 0
        return submitter.submit(nested, depth - 1).result(DEADLINE) + 1

    assert [submitter.submit(nested, 20) for _ in range(5)][-1].result(DEADLINE) == 20


def test_a_handler_may_wait_for_a_result(bench: Callable[..., Bench], submitter: Submitter) -> None:
    b = bench(workers=1)
    seen = Happened()
    b.on(lambda event: seen.add(submitter.submit(abs, -event.number).result(DEADLINE)))
    b.push(*(Event(n) for n in range(10)))
    assert seen.wait_count(10) == list(range(10))


def test_a_full_queue_refuses() -> None:
    submitter = Submitter("full", max_threads=1, max_pending=1)
    gate = Gate()
    submitter.submit(gate)
    gate.wait_inside(1)
    submitter.submit(gate)
    with pytest.raises(SubmitQueueFull, match="1 submitted"):
        submitter.submit(gate)
    gate.open()
    submitter.stop(DEADLINE)


def test_refuses_what_is_no_function(submitter: Submitter) -> None:
    with pytest.raises(InvalidArgument):
        submitter.submit(3)  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument):
        Submitter(max_threads=0)


def test_stop_cancels_what_has_not_begun_and_names_what_is_stuck(
    caplog: pytest.LogCaptureFixture,
) -> None:
    counters = Counters()
    submitter = Submitter("end", max_threads=1, counters=counters)
    gate = Gate()

    def stubborn() -> None:
        gate()

    running = submitter.submit(stubborn)
    gate.wait_inside(1)
    waiting = submitter.submit(stubborn)
    (name,) = submitter.stop(0.0)
    assert "stubborn" in name
    assert "gate()" in caplog.text
    assert counters["dispatch.submit.cancelled"] == 1
    assert counters["dispatch.submit.stuck"] == 1
    with pytest.raises(CancelledError):
        waiting.result(DEADLINE)
    with pytest.raises(ClientStopped):
        submitter.submit(stubborn)
    gate.open()
    running.result(DEADLINE)
    submitter.start()
    assert submitter.submit(abs, -1).result(DEADLINE) == 1
    assert submitter.stop(DEADLINE) == []


def test_a_job_may_stop_the_submitter(submitter: Submitter) -> None:
    assert submitter.submit(submitter.stop, DEADLINE).result(DEADLINE) == []


def test_a_job_that_was_cancelled_does_not_run(submitter: Submitter) -> None:
    gate, ran = Gate(), Happened()
    jobs = [submitter.submit(gate) for _ in range(3)]
    gate.wait_inside(3)
    job: Job[None] = submitter.submit(ran.add, 1)
    assert job.cancel()
    gate.open()
    for held in jobs:
        held.result(DEADLINE)
    submitter.submit(ran.add, 2).result(DEADLINE)
    assert ran.items == [2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_child_runs_nothing_until_it_is_started(submitter: Submitter) -> None:
    submitter.submit(int).result(DEADLINE)
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            with pytest.raises(ClientStopped):
                submitter.submit(int)
            submitter.start()
            assert submitter.submit(abs, -5).result(DEADLINE) == 5
            assert submitter.stop(DEADLINE) == []
            code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
