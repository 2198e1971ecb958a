"""Stored jobs that run: once, at their time, again when they fail, one process for each."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from disruption.errors import ClientStopped, InvalidArgument, JobStoreError
from disruption.tasks.jobs import (
    JobFunction,
    Jobs,
    JobState,
    JobStore,
    MemoryJobs,
    StoredJob,
    current_job,
    job,
)

PATIENCE = 30.0


def remind(scene: Any, jobs: Jobs, **options: Any) -> JobFunction[..., Any]:
    def remind(*args: Any, **kwargs: Any) -> None:
        scene.heard.add((args, kwargs))

    function = JobFunction(remind, **options)
    jobs.define(function)
    return function


def test_a_job_runs_at_its_time_and_is_gone(scene: Any, store: JobStore) -> None:
    jobs = scene.with_jobs(store)
    remind(scene, jobs)
    scene.begin()
    stored = jobs.schedule(timedelta(hours=1), "remind", (5, "Tea!"), {"loud": True})
    assert (stored.args, stored.kwargs, stored.state) == ((5, "Tea!"), {"loud": True}, "waiting")
    assert abs(stored.due - datetime.now(timezone.utc) - timedelta(hours=1)) < timedelta(minutes=1)
    scene.advance(3000)
    assert scene.heard.items == []
    scene.advance(700)
    assert scene.heard.items == [((5, "Tea!"), {"loud": True})]
    assert jobs.find(None, None, None, None) == []


def test_real_time_runs_jobs_too(scene: Any, store: JobStore) -> None:
    jobs = scene.with_jobs(store)
    function = remind(scene, jobs)
    scene.begin()
    function.schedule(0.05, "soon")
    function.schedule(0, "now")
    scene.heard.wait_count(2)
    assert function("called") is None
    assert sorted(args for args, _ in scene.heard.items) == [("called",), ("now",), ("soon",)]


def test_what_is_overdue_at_the_start_runs_oldest_first(scene: Any, store: JobStore) -> None:
    jobs = scene.with_jobs(store, concurrency=1)
    remind(scene, jobs)
    for late in (10, 30, 20):
        jobs.schedule(-late, "remind", (late,), {})
    assert scene.heard.items == []
    scene.begin()
    scene.heard.wait_count(3)
    assert [args for args, _ in scene.heard.items] == [(30,), (20,), (10,)]


def test_no_more_run_at_once_than_are_allowed(scene: Any) -> None:
    jobs = scene.with_jobs(concurrency=3)
    release = threading.Event()

    def work(number: int) -> None:
        scene.heard.add(number)
        assert release.wait(PATIENCE)

    jobs.define(JobFunction(work))
    for number in range(10):
        jobs.schedule(-100 + number, "work", (number,), {})
    scene.begin()
    scene.heard.wait_count(3)
    assert len([name for name in scene.threads() if name.startswith("scene-job-work")]) == 3
    assert sorted(scene.heard.items) == [0, 1, 2]
    release.set()
    scene.heard.wait_count(10)


def test_a_job_that_fails_is_tried_again_further_and_further_apart(
    scene: Any, store: JobStore, caplog: pytest.LogCaptureFixture
) -> None:
    jobs = scene.with_jobs(store)

    def fails() -> None:
        found = current_job()
        assert found is not None
        scene.heard.add(found.attempts)
        raise ValueError("broken")

    jobs.define(JobFunction(fails, attempts=3, delay=1000))
    scene.begin()
    stored = jobs.schedule(1, "fails", (), {})
    scene.advance(500)
    assert scene.heard.items == [1]
    scene.advance(1000)
    assert scene.heard.items == [1, 2]
    scene.advance(1000)
    assert scene.heard.items == [1, 2]
    scene.advance(3600)
    assert scene.heard.items == [1, 2, 3]
    (kept,) = jobs.find(None, None, JobState.FAILED, None)
    assert (kept.id, kept.attempts, kept.last_error) == (stored.id, 3, "ValueError: broken")
    assert scene.counters["jobs.errors"] == 3
    assert scene.counters["jobs.failed"] == 1
    assert f"client.retry_job({stored.id})" in caplog.text
    assert current_job() is None
    assert jobs.retry(stored.id)
    assert not jobs.retry(stored.id + 1)
    scene.advance(1)
    assert scene.heard.items == [1, 2, 3, 1]


def test_errors_go_to_the_functions_handler(scene: Any, caplog: pytest.LogCaptureFixture) -> None:
    jobs = scene.with_jobs()

    def fails() -> None:
        raise ValueError("broken")

    function = JobFunction(fails, attempts=1)
    jobs.define(function)

    @function.error
    def failed(error: BaseException, stored: StoredJob) -> None:
        scene.heard.add((str(error), stored.name))

    scene.begin()
    function.schedule(0)
    assert scene.heard.wait_count(1) == [("broken", "fails")]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_a_repeated_job_keeps_to_its_grid_and_outlives_an_error(
    scene: Any, store: JobStore
) -> None:
    jobs = scene.with_jobs(store)

    def work() -> None:
        scene.heard.add(1)
        if len(scene.heard.items) == 2:
            raise ValueError("broken")

    jobs.define(JobFunction(work, attempts=1))
    scene.begin()
    first = jobs.schedule(60, "work", (), {}, every=timedelta(minutes=1))
    scene.advance(241)
    assert len(scene.heard.items) == 4
    (waiting,) = jobs.find(None, None, None, None)
    assert waiting.due - first.due == timedelta(minutes=4)
    assert (waiting.attempts, waiting.every) == (0, timedelta(minutes=1))
    assert jobs.cancel(first.id)
    scene.advance(600)
    assert len(scene.heard.items) == 4


def test_a_repeated_job_that_was_missed_runs_once(scene: Any) -> None:
    jobs = scene.with_jobs()
    remind(scene, jobs)
    jobs.schedule(-1000, "remind", (), {}, every=60)
    scene.begin()
    scene.heard.wait_count(1)
    assert jobs.settle(PATIENCE)
    assert len(scene.heard.items) == 1


def test_a_job_that_is_cancelled_while_it_runs_is_not_repeated(
    scene: Any, caplog: pytest.LogCaptureFixture
) -> None:
    jobs = scene.with_jobs()
    release = threading.Event()

    def work() -> None:
        scene.heard.add(1)
        assert release.wait(PATIENCE)

    jobs.define(JobFunction(work))
    scene.begin()
    stored = jobs.schedule(0, "work", (), {}, every=60)
    scene.heard.wait_count(1)
    assert jobs.cancel(stored.id)
    release.set()
    assert jobs.settle(PATIENCE)
    assert jobs.find(None, None, None, None) == []
    assert "was cancelled meanwhile" in caplog.text


def test_a_key_replaces_or_keeps(scene: Any, store: JobStore) -> None:
    jobs = scene.with_jobs(store)
    remind(scene, jobs)
    first = jobs.schedule(100, "remind", (1,), {}, key="k")
    assert jobs.schedule(200, "remind", (2,), {}, key="k", replace=False) == first
    second = jobs.schedule(200, "remind", (2,), {}, key="k")
    assert jobs.find(None, None, None, "k") == [second]


def test_a_name_without_a_function_waits_and_is_told_of_once(
    scene: Any, store: JobStore, caplog: pytest.LogCaptureFixture
) -> None:
    jobs = scene.with_jobs(store)
    stored = jobs.schedule(-5, "remind", (1,), {})
    scene.begin()
    assert jobs.settle(PATIENCE)
    scene.advance(60)
    assert caplog.text.count("@client.job('remind')") == 1
    assert jobs.find(stored.id, None, None, None)[0].state is JobState.WAITING
    remind(scene, jobs)
    scene.heard.wait_count(1)


def test_a_stop_ends_a_sleeping_job_which_runs_again(scene: Any, store: JobStore) -> None:
    jobs = scene.with_jobs(store)

    def work() -> None:
        scene.heard.add("begun")
        scene.tasks.sleep(1e6)

    jobs.define(JobFunction(work, attempts=1))
    scene.begin()
    jobs.schedule(0, "work", (), {})
    scene.heard.wait_count(1)
    scene.stop()
    (waiting,) = jobs.find(None, None, None, None)
    assert (waiting.state, waiting.attempts) == (JobState.WAITING, 0)
    scene.timer.start()
    scene.begin()
    scene.heard.wait_count(2)


def test_a_stop_waits_for_a_job_and_none_begins_after_it(scene: Any) -> None:
    jobs = scene.with_jobs(concurrency=1)
    release = threading.Event()

    def work(number: int) -> None:
        scene.heard.add(number)
        assert release.wait(PATIENCE)
        scene.heard.add("end")

    jobs.define(JobFunction(work))
    scene.begin()
    for number in range(3):
        jobs.schedule(number - 100, "work", (number,), {})
    scene.heard.wait_count(1)
    jobs.interrupt()
    release.set()
    assert jobs.stop(PATIENCE) == []
    assert scene.heard.items == [0, "end"]
    assert len(jobs.find(None, None, None, None)) == 2


def test_a_job_that_does_not_end_is_named(scene: Any, caplog: pytest.LogCaptureFixture) -> None:
    jobs = scene.with_jobs()
    release = threading.Event()

    def stubborn() -> None:
        scene.heard.add(1)
        release.wait(PATIENCE)

    jobs.define(JobFunction(stubborn))
    scene.begin()
    jobs.schedule(0, "stubborn", (), {})
    scene.heard.wait_count(1)
    assert jobs.stop(0.0) == ["the job 1 (stubborn)"]
    assert "release.wait" in caplog.text
    release.set()


def test_an_exit_in_a_job_stops_the_client_and_is_an_attempt(scene: Any) -> None:
    jobs = scene.with_jobs()

    def leave() -> None:
        raise SystemExit(1)

    jobs.define(JobFunction(leave, attempts=2))
    scene.begin()
    jobs.schedule(0, "leave", (), {})
    assert jobs.settle(PATIENCE)
    assert [type(error) for error in scene.exits] == [SystemExit]
    assert jobs.find(None, None, None, None)[0].attempts == 1


def test_two_clients_on_one_store_run_each_job_once(scene: Any, store: JobStore) -> None:
    one, other = scene.with_jobs(store), scene.with_jobs(store)
    for jobs in (one, other):
        remind(scene, jobs)
    scene.begin()
    for number in range(30):
        (one, other)[number % 2].schedule(0.01, "remind", (number,), {})
    scene.heard.wait_count(30)
    scene.stop()
    assert sorted(args[0] for args, _ in scene.heard.items) == list(range(30))


def test_a_job_whose_owner_died_each_time_is_kept_as_failed(scene: Any, store: JobStore) -> None:
    jobs = scene.with_jobs(store)
    remind(scene, jobs, attempts=2)
    stored = jobs.schedule(-500, "remind", (), {})
    for now in (100.0, 200.0):  # taken by processes that ended, long ago
        store.claim(["remind"], scene.tasks.clock.wall(), now, "dead", 9)
    scene.begin()
    assert jobs.settle(PATIENCE)
    (kept,) = jobs.find(stored.id, None, None, None)
    assert kept.state is JobState.FAILED
    assert kept.last_error is not None
    assert "ended during it" in kept.last_error
    assert scene.heard.items == []


def test_a_long_job_keeps_its_lease(scene: Any, store: JobStore) -> None:
    jobs = scene.with_jobs(store)
    release = threading.Event()

    def work() -> None:
        scene.heard.add(1)
        assert release.wait(PATIENCE)

    jobs.define(JobFunction(work))
    scene.begin()
    jobs.schedule(0, "work", (), {})
    scene.heard.wait_count(1)
    (before,) = store.find()
    for seconds in (11, 3600, 11):  # also if the computer sleeps
        scene.tasks.clock.shift(seconds)
        jobs.look()
        assert looked(jobs)
        (after,) = store.find()
        assert after.lease is not None
        assert before.lease is not None
        assert after.lease >= before.lease + seconds - 1
        assert after.attempts == 1
        before = after
    release.set()
    assert jobs.settle(PATIENCE)
    assert scene.heard.items == [1]


def looked(jobs: Jobs) -> bool:
    """Wait until the store was looked at."""
    with jobs._changed:
        return jobs._changed.wait_for(lambda: jobs._looked >= jobs._wanted, PATIENCE)


class Broken(MemoryJobs):
    """A store that can fail."""

    error: Exception | None = None

    def claim(self, *args: Any) -> Any:
        if self.error is not None:
            raise self.error
        return super().claim(*args)


@pytest.mark.parametrize("error", [JobStoreError("the disk is full"), KeyError("a bug")])
def test_a_store_that_fails_is_tried_again(
    scene: Any, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    store = Broken()
    store.error = error
    jobs = scene.with_jobs(store)
    remind(scene, jobs)
    scene.begin()
    assert jobs.settle(PATIENCE)
    assert scene.counters["jobs.store_errors"] >= 1
    assert str(error) in caplog.text
    store.error = None
    jobs.schedule(0, "remind", (), {})
    scene.heard.wait_count(1)


def test_a_store_that_answers_nonsense_does_not_end_the_thread(
    scene: Any, caplog: pytest.LogCaptureFixture
) -> None:
    class Odd(MemoryJobs):
        answer: object = "tomorrow"

        def next_due(self, names: Any) -> Any:
            return self.answer or super().next_due(names)

    store = Odd()
    jobs = scene.with_jobs(store)
    remind(scene, jobs)
    scene.begin()
    assert jobs.settle(PATIENCE)
    assert scene.counters["jobs.store_errors"] >= 1
    store.answer = None
    jobs.schedule(0, "remind", (), {})
    scene.heard.wait_count(1)


def test_an_error_is_told_of_though_the_store_fails(
    scene: Any, caplog: pytest.LogCaptureFixture
) -> None:
    class Forgetful(MemoryJobs):
        def fail(self, *args: Any) -> bool:
            raise JobStoreError("the disk is full")

    jobs = scene.with_jobs(Forgetful())

    def work() -> None:
        raise ValueError("broken")

    jobs.define(JobFunction(work))
    scene.begin()
    jobs.schedule(0, "work", (), {})
    assert jobs.settle(PATIENCE)
    assert "ValueError: broken" in caplog.text
    assert "could not be stored, so it runs again: the disk is full" in caplog.text


def test_arguments_that_cannot_be_read_fail_the_job(
    scene: Any, store: JobStore, caplog: pytest.LogCaptureFixture
) -> None:
    from disruption.tasks.jobs import JobRecord

    jobs = scene.with_jobs(store)
    remind(scene, jobs, attempts=1)
    store.add(JobRecord(id=0, name="remind", payload="rubbish", due=0.0, created=0.0), replace=True)
    scene.begin()
    assert jobs.settle(PATIENCE)
    (record,) = store.find()
    assert record.state is JobState.FAILED
    assert jobs.find(None, None, None, None) == []
    assert "is not listed" in caplog.text


# What is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "kwargs", "options", "text"),
    [
        ((1, 2), {}, {}, "too many positional"),
        ((), {}, {}, "missing a required"),
        ((1,), {"nope": 1}, {}, "nope"),
        ((object(),), {}, {}, "argument 1 is an object"),
        ((1,), {}, {"every": 0.5}, "at least 1 s"),
        ((1,), {}, {"attempts": 0}, "1 or more"),
        ((1,), {}, {"key": ""}, "a text"),
        ((1,), {}, {"key": 5}, "a text"),
    ],
)
def test_what_cannot_be_stored_is_refused(
    scene: Any, args: Any, kwargs: Any, options: Any, text: str
) -> None:
    jobs = scene.with_jobs()

    def one(value: int) -> None: ...

    jobs.define(JobFunction(one))
    with pytest.raises(InvalidArgument, match=text):
        jobs.schedule(1, "one", args, kwargs, **options)
    assert jobs.find(None, None, None, None) == []


def test_names_are_checked(scene: Any) -> None:
    jobs = scene.with_jobs()
    for name in ("", None, 5):
        with pytest.raises(InvalidArgument):
            jobs.schedule(1, name, (), {})  # type: ignore[arg-type]
    remind(scene, jobs)
    with pytest.raises(InvalidArgument, match="two functions for jobs named 'remind'"):
        remind(scene, jobs)
    with pytest.raises(InvalidArgument, match="no name"):
        job(5)  # type: ignore[call-overload]
    with pytest.raises(InvalidArgument):
        jobs.use(MemoryJobs(), 0.0, 8)
    with pytest.raises(InvalidArgument):
        jobs.use(MemoryJobs(), 30.0, 0)
    for options in ({"attempts": 0}, {"delay": -1}, {"delay": "x"}):
        with pytest.raises(InvalidArgument):
            JobFunction(lambda: None, "x", **options)  # type: ignore[arg-type]


def test_the_store_is_chosen_before_it_is_used(scene: Any) -> None:
    jobs = scene.with_jobs()
    jobs.use(MemoryJobs(), 30.0, 8)
    jobs.schedule(1, "remind", (), {})
    with pytest.raises(InvalidArgument, match="before the first one"):
        jobs.use(MemoryJobs(), 30.0, 8)


def test_a_forgotten_functions_jobs_wait(scene: Any) -> None:
    jobs = scene.with_jobs()
    function = remind(scene, jobs)
    scene.begin()
    jobs.forget(function)
    with pytest.raises(ClientStopped, match="no client"):
        function.schedule(0)
    jobs.schedule(0, "remind", (), {})
    assert jobs.settle(PATIENCE)
    assert len(jobs.find(None, None, None, None)) == 1
    assert scene.heard.items == []
