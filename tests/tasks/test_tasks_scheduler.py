"""Tasks on real threads; time is moved on by `advance`."""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from disruption.errors import ClientStopped, InvalidArgument, InvalidHandler, TaskCancelled
from disruption.tasks import Interval, Task, TaskList, TaskRun, TimesOfDay, every

PATIENCE = 30.0


def make(scene: Any, function: Any, seconds: float = 60, **options: Any) -> Task[..., Any]:
    task = Task(function, Interval(seconds, options.pop("first", None)), **options)
    scene.tasks.add(task)
    return task


def test_nothing_runs_before_the_start(scene: Any) -> None:
    task = make(scene, lambda: scene.heard.add(1), first=0)
    assert task.next_run is None
    scene.advance(100)
    assert scene.heard.items == []
    scene.begin()
    scene.heard.wait_count(1)


def test_a_task_runs_at_each_of_its_times(scene: Any) -> None:
    task = make(scene, lambda: scene.heard.add(scene.tasks.clock.monotonic()))
    scene.begin()
    began = scene.tasks.clock.monotonic()
    scene.advance(20)
    assert scene.heard.items == []
    scene.advance(360)
    assert [round(at - began) // 60 for at in scene.heard.items] == [1, 2, 3, 4, 5, 6]
    assert (task.runs, task.failures, task.skipped, task.missed) == (6, 0, 0, 0)
    assert task.last_run is not None
    assert task.next_run is not None
    assert timedelta(0) < task.next_run - task.last_run <= timedelta(seconds=60)
    assert not task.running


def test_real_time_runs_tasks_too(scene: Any) -> None:
    make(scene, lambda: scene.heard.add(1), 0.02)
    scene.begin()
    scene.heard.wait_count(5)


def test_one_added_while_tasks_run_starts_at_once(scene: Any) -> None:
    scene.begin()
    make(scene, lambda: scene.heard.add(1), first=0)
    scene.heard.wait_count(1)


def test_threads_are_named_after_the_task(scene: Any) -> None:
    def tick() -> None:
        scene.heard.add(threading.current_thread().name)

    make(scene, tick, first=0)
    scene.begin()
    assert scene.heard.wait_count(1) == ["scene-task-tick"]


def test_a_function_may_take_its_run(scene: Any) -> None:
    def tick(run: TaskRun) -> None:
        scene.heard.add((run.task.name, run.number, run.late < 5, run.due.tzinfo, run.stopping))
        assert run.client is scene.client

    make(scene, tick, count=2)
    scene.begin()
    scene.advance(150)
    assert scene.heard.items == [
        ("tick", 1, True, timezone.utc, False),
        ("tick", 2, True, timezone.utc, False),
    ]


def test_a_task_can_be_called_like_its_function(scene: Any) -> None:
    task = make(scene, lambda: "called")
    assert task() == "called"
    assert task.runs == 0


def test_a_run_that_is_due_while_one_is_under_way_is_skipped(
    scene: Any, caplog: pytest.LogCaptureFixture
) -> None:
    release = threading.Event()

    def tick() -> None:
        scene.heard.add("begun")
        assert release.wait(PATIENCE)

    task = make(scene, tick, 0.02, first=0)
    make(scene, lambda: scene.heard.add("other"), 0.02)
    scene.begin()
    scene.heard.wait(lambda items: items.count("other") > 5)  # which it holds not up
    assert scene.heard.items.count("begun") == 1
    assert task.running
    release.set()
    scene.heard.wait(lambda items: items.count("begun") > 1)
    assert task.skipped >= 1
    assert scene.counters["tasks.skipped"] >= 1
    assert "skipped" in caplog.text


def test_runs_may_overlap_where_they_are_told_to(scene: Any) -> None:
    gate = threading.Barrier(3)

    def tick() -> None:
        gate.wait(PATIENCE)
        scene.heard.add(1)

    task = make(scene, tick, 0.02, overlap=True, count=3)
    scene.begin()
    scene.heard.wait_count(3)
    assert task.skipped == 0


def test_an_error_is_logged_and_counted_and_the_next_run_happens(
    scene: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def tick() -> None:
        scene.heard.add(1)
        raise ValueError("broken")

    task = make(scene, tick)
    scene.begin()
    scene.advance(121)
    assert len(scene.heard.items) == 2
    assert task.failures == 2
    assert isinstance(task.last_error, ValueError)
    assert scene.counters["tasks.errors"] == 2
    logged = [record.exc_info[1] for record in caplog.records if record.exc_info]
    assert [str(error) for error in logged] == ["broken", "broken"]


def test_an_error_goes_to_the_handler_of_the_task_or_of_all(
    scene: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> None:
        raise ValueError("broken")

    mine, others = make(scene, fails, name="mine"), make(scene, fails, name="other")

    @mine.error
    def failed(error: BaseException, run: TaskRun) -> None:
        scene.heard.add((run.task, str(error)))

    @scene.tasks.on_error
    def any_failed(error: BaseException) -> None:
        scene.heard.add(("any", str(error)))

    scene.begin()
    scene.advance(61)
    assert sorted(scene.heard.items, key=str) == [("any", "broken"), (mine, "broken")]
    assert others.failures == 1
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_an_error_handler_that_fails_hides_nothing(
    scene: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> None:
        raise ValueError("broken")

    task = make(scene, fails)

    @task.error
    def failed(error: BaseException) -> None:
        raise KeyError("handler")

    scene.begin()
    scene.advance(61)
    assert "broken" in caplog.text
    assert "handler" in caplog.text
    assert scene.counters["tasks.error_handler_errors"] == 1


def test_an_exit_stops_the_client(scene: Any) -> None:
    def tick() -> None:
        raise SystemExit(3)

    make(scene, tick)
    scene.begin()
    scene.advance(61)
    assert [type(error) for error in scene.exits] == [SystemExit]


# Steering ---------------------------------------------------------------------------------


def test_a_stopped_task_runs_no_more_until_it_is_started(scene: Any) -> None:
    task = make(scene, lambda: scene.heard.add(1))
    scene.begin()
    scene.advance(61)
    task.stop()
    assert task.next_run is None
    scene.advance(600)
    assert len(scene.heard.items) == 1
    task.start()
    task.start()
    scene.advance(61)
    assert len(scene.heard.items) == 2


def test_one_with_start_false_waits_for_it(scene: Any) -> None:
    task = make(scene, lambda: scene.heard.add(1), start=False, first=0)
    scene.begin()
    scene.advance(600)
    assert scene.heard.items == []
    task.start()
    scene.heard.wait_count(1)


def test_cancel_ends_a_run_at_its_sleep(scene: Any) -> None:
    def tick(run: TaskRun) -> None:
        try:
            scene.heard.add("begun")
            run.sleep(1e6)
        except TaskCancelled:
            scene.heard.add("cancelled")
            raise

    task = make(scene, tick, first=0)
    scene.begin()
    scene.heard.wait_count(1)
    task.cancel()
    scene.heard.wait_count(2)
    assert scene.tasks.settle(PATIENCE)
    assert task.failures == 0
    assert not task.running


def test_restart_counts_from_the_beginning(scene: Any) -> None:
    task = make(scene, lambda: scene.heard.add(1), count=2)
    scene.begin()
    scene.advance(600)
    assert len(scene.heard.items) == 2
    task.restart()
    scene.advance(600)
    assert len(scene.heard.items) == 4


def test_run_now_returns_a_future_and_leaves_the_schedule_alone(scene: Any) -> None:
    task = make(scene, lambda: "result")
    with pytest.raises(ClientStopped):
        task.run_now()
    scene.begin()
    before = task.next_run
    assert task.run_now().result(PATIENCE) == "result"
    assert before is not None
    assert abs(task.next_run - before) < timedelta(seconds=1)  # type: ignore[operator]


def test_run_now_waits_for_the_run_under_way(scene: Any) -> None:
    release = threading.Event()

    def tick() -> int:
        scene.heard.add(1)
        assert release.wait(PATIENCE)
        return len(scene.heard.items)

    task = make(scene, tick)
    scene.begin()
    first, second = task.run_now(), task.run_now()
    scene.heard.wait_count(1)
    assert not second.done()
    release.set()
    assert first.result(PATIENCE) == 1
    assert second.result(PATIENCE) == 2


def test_an_error_of_run_now_is_the_futures(scene: Any, caplog: pytest.LogCaptureFixture) -> None:
    def tick() -> None:
        raise ValueError("broken")

    task = make(scene, tick)
    scene.begin()
    with pytest.raises(ValueError, match="broken"):
        task.run_now().result(PATIENCE)
    assert task.failures == 1
    assert "broken" not in caplog.text


def test_a_changed_interval_counts_from_now(scene: Any) -> None:
    task = make(scene, lambda: scene.heard.add(1), 3600)
    scene.begin()
    scene.advance(1800)
    task.change_interval(minutes=5)
    scene.advance(200)
    assert scene.heard.items == []
    scene.advance(420)
    assert len(scene.heard.items) == 2
    task.reschedule(TimesOfDay("09:00"))
    assert task.next_run is not None
    assert (task.next_run.hour, task.next_run.minute) == (9, 0)


def test_a_removed_task_can_be_added_again(scene: Any) -> None:
    task = make(scene, lambda: scene.heard.add(1))
    scene.begin()
    scene.tasks.remove(task)
    scene.tasks.remove(task)
    assert list(scene.tasks) == []
    scene.advance(600)
    assert scene.heard.items == []
    with pytest.raises(ClientStopped, match="no client"):
        task.start()
    scene.tasks.add(task)
    scene.advance(61)
    assert len(scene.heard.items) == 1


def test_tasks_are_listed(scene: Any) -> None:
    task = make(scene, lambda: None, name="tick")
    assert len(scene.tasks) == 1
    assert list(scene.tasks) == [task]
    assert scene.tasks["tick"] is task
    with pytest.raises(KeyError, match="tick"):
        scene.tasks["tock"]
    assert "every 0:01:00" in repr(TaskList(scene.tasks))
    assert "test_tasks_scheduler.py" in task.where


# The wall clock ----------------------------------------------------------------------------


def test_times_of_day_run_on_their_day(scene: Any) -> None:
    task = Task(
        lambda: scene.heard.add(datetime.fromtimestamp(scene.tasks.clock.wall(), timezone.utc)),
        TimesOfDay("09:00", "18:30"),
        name="daily",
    )
    scene.tasks.add(task)
    scene.begin()
    scene.advance(3 * 86_400)
    assert len(scene.heard.items) == 6
    assert {(at.hour, at.minute) for at in scene.heard.items} == {(9, 0), (18, 30)}


def test_what_was_missed_while_asleep_runs_once(
    scene: Any, caplog: pytest.LogCaptureFixture
) -> None:
    task = make(scene, lambda run: scene.heard.add((run.missed, run.late > 500)))
    scene.begin()
    scene.tasks.clock.shift(600)  # in one step, as a computer sleeps
    scene.tasks.look()
    assert scene.heard.wait_count(1) == [(9, True)]
    assert scene.tasks.settle(PATIENCE)
    assert task.runs == 1
    assert task.missed == scene.counters["tasks.missed"] == 9
    assert "missed" in caplog.text


def test_a_clock_that_is_set_back_by_hours_is_gone_by(scene: Any) -> None:
    shift = 0.0
    clock = scene.tasks.clock
    real = clock._wall
    clock._wall = lambda: real() + shift
    task = Task(lambda: None, TimesOfDay("09:00"), name="daily")
    scene.tasks.add(task)
    scene.begin()
    shift = -400 * 86_400.0
    scene.tasks.look()
    assert task.next_run is not None
    now = datetime.fromtimestamp(clock.wall(), timezone.utc)
    assert now < task.next_run <= now + timedelta(days=1)
    assert scene.counters["tasks.clock_set_back"] == 1


# The end ----------------------------------------------------------------------------------


def test_a_stop_ends_sleep_and_lets_no_run_begin(scene: Any) -> None:
    def tick(run: TaskRun) -> None:
        scene.heard.add("begun")
        try:
            run.sleep(1e6)
        except ClientStopped:
            scene.heard.add(run.stopping)
            raise

    task = make(scene, tick, first=0)
    scene.begin()
    scene.heard.wait_count(1)
    assert scene.tasks.stop(PATIENCE) == []
    assert scene.heard.items == ["begun", True]
    assert task.failures == 0
    assert task.next_run is None
    scene.advance(600)
    assert len(scene.heard.items) == 2


def test_a_stop_waits_for_a_run_and_names_one_that_does_not_end(
    scene: Any, caplog: pytest.LogCaptureFixture
) -> None:
    release = threading.Event()

    def stubborn() -> None:
        scene.heard.add(1)
        release.wait(PATIENCE)

    make(scene, stubborn, first=0)
    scene.begin()
    scene.heard.wait_count(1)
    assert scene.tasks.stop(0.0) == ["stubborn"]
    assert "stubborn still runs" in caplog.text
    assert "release.wait" in caplog.text
    assert scene.counters["tasks.stuck"] == 1
    release.set()


def test_a_run_may_stop_the_client(scene: Any) -> None:
    def tick() -> None:
        scene.heard.add(scene.tasks.stop(PATIENCE))

    make(scene, tick, first=0)
    scene.begin()
    assert scene.heard.wait_count(1) == [[]]


def test_tasks_start_again_after_a_stop(scene: Any) -> None:
    task = make(scene, lambda: scene.heard.add(1), first=0, count=1)
    scene.begin()
    scene.heard.wait_count(1)
    scene.tasks.stop(PATIENCE)
    scene.timer.stop()
    scene.timer.start()
    scene.begin()
    scene.heard.wait_count(2)
    task.stop()
    scene.tasks.stop(PATIENCE)
    scene.begin()
    scene.advance(600)
    assert len(scene.heard.items) == 2


def test_a_run_by_hand_that_waits_is_cancelled_by_a_stop(scene: Any) -> None:
    def tick(run: TaskRun) -> None:
        scene.heard.add(1)
        run.sleep(1e6)

    task = make(scene, tick)
    scene.begin()
    task.run_now().add_done_callback(lambda future: None)
    scene.heard.wait_count(1)
    second = task.run_now()
    scene.tasks.stop(PATIENCE)
    assert second.cancelled()


# Sleeping and advancing ---------------------------------------------------------------------


def test_advance_wakes_what_sleeps_at_its_time(scene: Any) -> None:
    def tick(run: TaskRun) -> None:
        for number in range(3):
            scene.heard.add(number)
            run.sleep(100)
        scene.heard.add("end")

    make(scene, tick, 3600)
    scene.begin()
    scene.advance(3601)
    assert scene.heard.items == [0]
    scene.advance(100)
    assert scene.heard.items == [0, 1]
    scene.advance(200)
    assert scene.heard.items == [0, 1, 2, "end"]


def test_advance_says_what_does_not_end(scene: Any) -> None:
    release = threading.Event()
    make(scene, lambda: release.wait(PATIENCE), name="stubborn")
    scene.begin()
    with pytest.raises(TimeoutError, match="stubborn"):
        scene.tasks.advance(61, timeout=0.05)
    release.set()
    with pytest.raises(InvalidArgument):
        scene.advance(-1)


def test_anybody_may_sleep(scene: Any) -> None:
    scene.tasks.sleep(0.001)  # nothing runs
    scene.begin()
    scene.tasks.sleep(0.001)

    def sleeper() -> None:
        try:
            scene.heard.add("asleep")
            scene.tasks.sleep(1e6)
        except ClientStopped:
            scene.heard.add("stopped")

    thread = threading.Thread(target=sleeper, name="test-sleeper", daemon=True)
    thread.start()
    scene.heard.wait_count(1)
    scene.tasks.stop(PATIENCE)
    thread.join(PATIENCE)
    assert scene.heard.items == ["asleep", "stopped"]


# What is refused ------------------------------------------------------------------------------


async def coroutine() -> None: ...


@pytest.mark.parametrize(
    ("function", "options", "error"),
    [
        (coroutine, {}, InvalidHandler),
        (5, {}, InvalidHandler),
        (lambda a, b: None, {}, InvalidArgument),
        (lambda *, a: None, {}, InvalidArgument),
        (lambda: None, {"count": 0}, InvalidArgument),
        (lambda: None, {"count": True}, InvalidArgument),
        (lambda: None, {"jitter": -1}, InvalidArgument),
        (lambda: None, {"jitter": 60}, InvalidArgument),
    ],
)
def test_what_cannot_run_is_refused(
    function: Any, options: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        Task(function, Interval(60), **options)


def two(a: int, b: int) -> None: ...


def test_the_refusal_says_where_the_function_stands() -> None:
    with pytest.raises(InvalidArgument, match=r"\(a, b\) \(test_tasks_scheduler.py:\d+, in two\)"):
        Task(two, Interval(60))


@pytest.mark.parametrize(
    "options", [{}, {"seconds": -1}, {"minutes": 0}, {"seconds": "5"}, {"days": 10**12}]
)
def test_an_interval_must_be_given(options: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument):
        every(**options)
    with pytest.raises(InvalidArgument, match="a task already"):
        every(minutes=1)(every(minutes=1)(lambda: None))
