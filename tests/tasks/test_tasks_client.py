"""Tasks and stored jobs of a client on the local Discord."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import disruption
from disruption import Client, ClientStopped, Handler, InvalidArgument, MessageCreate
from disruption.gateway import Timeouts
from disruption.local import LocalDiscord
from disruption.tasks import Task, TaskDefinition, TaskRun, at, cron, every
from disruption.tasks.jobs import JobFunction, job

PATIENCE = 30.0


@pytest.fixture
def client(
    local: LocalDiscord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Client]:
    local.limits.enabled = False
    monkeypatch.setattr("disruption.gateway.identify.WINDOW", 0.0)
    monkeypatch.setattr("disruption.gateway.identify.SLACK", 0.0)
    monkeypatch.setattr("disruption.gateway.backoff.Backoff.STEPS", (0.02,))
    made = Client(
        token=local.add_bot("bot").token,
        rest_url=local.rest_url,
        name="tasked",
        timeouts=Timeouts(close=0.2),
    )
    made.use_jobs(tmp_path / "jobs.sqlite3")
    yield made
    made.stop()
    left = [t.name for t in threading.enumerate() if t.name.startswith("tasked-")]
    assert left == []


def test_tasks_begin_when_there_is_a_session_and_end_with_it(client: Client, scene: Any) -> None:
    @client.every(minutes=5, first=0)
    def tick() -> None:
        scene.heard.add(client.is_ready)

    assert tick.next_run is None
    client.connect()
    assert scene.heard.wait_count(1) == [True]
    client.tasks.advance(601)
    assert len(scene.heard.items) == 3
    client.stop()
    assert tick.next_run is None
    client.tasks.advance(3600)
    assert len(scene.heard.items) == 3


def test_a_reconnect_does_not_start_tasks_again(
    client: Client, scene: Any, local: LocalDiscord
) -> None:
    @client.every(hours=1, first=0)
    def tick() -> None:
        scene.heard.add(1)

    back = threading.Event()

    @client.on(disruption.Resumed)
    def resumed(event: object) -> None:
        back.set()

    client.connect()
    scene.heard.wait_count(1)
    local.faults.now("drop")
    assert back.wait(PATIENCE)
    assert client.tasks.settle(PATIENCE)
    assert tick.runs == 1


def test_a_client_that_is_started_again_starts_its_tasks_again(client: Client, scene: Any) -> None:
    @client.every(hours=1, first=0, count=1)
    def tick() -> None:
        scene.heard.add(1)

    client.connect()
    scene.heard.wait_count(1)
    client.stop()
    client.connect()
    scene.heard.wait_count(2)


def test_tasks_may_use_the_client(client: Client, scene: Any, local: LocalDiscord) -> None:
    general = local.world.channel("#general")

    @client.every(minutes=1, first=0)
    def tick(run: TaskRun) -> None:
        run.client.channel(int(general.id)).send("tick")

    client.connect()
    general.expect("tick", timeout=PATIENCE)


def test_a_wait_for_an_event_in_a_task_ends_with_the_client(
    client: Client, scene: Any, caplog: pytest.LogCaptureFixture
) -> None:
    @client.every(minutes=1, first=0)
    def tick() -> None:
        scene.heard.add("waits")
        client.wait_for(disruption.GuildCreate)

    client.connect()
    scene.heard.wait_count(1)
    client.stop()
    assert tick.failures == 0
    assert "Traceback" not in caplog.text


def test_a_task_that_stops_the_client(client: Client) -> None:
    @client.every(minutes=1, first=0)
    def tick() -> None:
        client.stop()

    client.start()
    assert not client.is_ready


def test_a_task_that_exits_stops_the_client(client: Client) -> None:
    @client.every(minutes=1, first=0)
    def tick() -> None:
        raise SystemExit

    client.start()
    assert not client.is_ready


def test_handlers_may_sleep(client: Client, scene: Any, local: LocalDiscord) -> None:
    @client.on(MessageCreate)
    def heard(message: MessageCreate) -> None:
        try:
            scene.heard.add("asleep")
            client.sleep(1e6)
        except ClientStopped:
            scene.heard.add("stopped")

    client.connect()
    local.world.user("ann").say(local.world.channel("#general"), "hello")
    scene.heard.wait_count(1)
    client.stop()
    assert scene.heard.items == ["asleep", "stopped"]


def test_errors_can_go_to_one_function(client: Client, scene: Any) -> None:
    @client.task_error
    def failed(error: BaseException) -> None:
        scene.heard.add(str(error))

    @client.every(minutes=1, first=0)
    def tick() -> None:
        raise ValueError("task")

    @client.job(attempts=1)
    def work() -> None:
        raise ValueError("job")

    client.schedule(0, work)
    client.connect()
    assert sorted(scene.heard.wait_count(2)) == ["job", "task"]


# Stored jobs -------------------------------------------------------------------------------


def test_jobs_are_scheduled_before_the_connection_and_run_after_it(
    client: Client, scene: Any
) -> None:
    @client.job("remind")
    def remind(user_id: int, text: str, *, loud: bool = False) -> None:
        scene.heard.add((user_id, text, loud))

    client.schedule(timedelta(seconds=-1), "remind", 5, "Tea!", loud=True)
    stored = remind.schedule(3600, 6, text="Later")
    assert [found.id for found in client.jobs("remind", state="waiting")][-1] == stored.id
    assert scene.heard.items == []
    client.connect()
    assert scene.heard.wait_count(1) == [(5, "Tea!", True)]
    client.tasks.advance(3601)
    assert scene.heard.items[1:] == [(6, "Later", False)]
    assert client.jobs() == []


def test_jobs_can_be_found_cancelled_and_replaced(client: Client) -> None:
    @client.job
    def remind(text: str) -> None: ...

    first = client.schedule(60, remind, "a", job_key="mine", job_every=3600)
    other = client.schedule(60, "remind", "b", job_attempts=2)
    assert client.schedule(99, "remind", "c", job_key="mine", job_replace=False) == first
    assert client.jobs(key="mine") == client.jobs(id=first.id) == [first]
    assert client.jobs("remind", state="failed") == []
    assert other.max_attempts == 2
    assert client.cancel_job(first)
    assert not client.cancel_job(first.id)
    assert client.jobs() == [other]
    assert not client.retry_job(other)
    with pytest.raises(InvalidArgument, match="'waiting', 'running' or 'failed'"):
        client.jobs(state="done")
    with pytest.raises(InvalidArgument, match="before the first"):
        client.use_jobs()


def test_a_second_client_finds_the_jobs_of_the_first(
    client: Client, tmp_path: Path, scene: Any
) -> None:
    script = Client(token="x." * 20)
    script.use_jobs(tmp_path / "jobs.sqlite3")
    script.schedule(0, "remind", "from a script")
    client.job("remind")(scene.heard.add)
    client.connect()
    assert scene.heard.wait_count(1) == ["from a script"]
    script._job_runner().store.close()


def test_the_file_is_made_in_the_working_directory_once_it_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    plain = Client(token="x." * 20)
    plain.job("remind")(lambda: None)
    assert list(tmp_path.iterdir()) == []
    plain.schedule(1, "remind")
    plain._job_runner().store.close()
    assert [path.name for path in tmp_path.iterdir()] == ["disruption-jobs.sqlite3"]


def test_jobs_can_be_kept_in_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    plain = Client(token="x." * 20)
    plain.use_jobs(":memory:", lease=60, concurrency=1)
    plain.schedule(1, "remind")
    assert len(plain.jobs()) == 1
    assert list(tmp_path.iterdir()) == []


# Outside of the client -----------------------------------------------------------------------


class Fun:
    """As plugins have them."""

    def __init__(self, heard: Any) -> None:
        self.heard = heard

    @every(minutes=5, first=0)
    def tick(self) -> None:
        self.heard.add("tick")
        raise ValueError

    @tick.error
    def failed(self, error: BaseException, run: TaskRun) -> None:
        self.heard.add(("failed", run.number))

    @at("09:00", tz="Europe/Vienna")
    def morning(self, run: TaskRun) -> str:
        return "morning"

    @job("fun")
    def work(self, number: int) -> int:
        self.heard.add(number)
        raise ValueError

    @work.error
    def work_failed(self, error: BaseException) -> None:
        self.heard.add("work failed")


def test_methods_are_tasks_of_their_object(client: Client, scene: Any) -> None:
    one, other = Fun(scene.heard), Fun(scene.heard)
    assert isinstance(Fun.tick, TaskDefinition)
    assert isinstance(Fun.work, JobFunction)
    assert isinstance(one.tick, Task)
    assert one.tick is one.tick
    assert one.tick is not other.tick
    for value in (one.tick, one.morning, one.work):
        client.add_task(value)
    assert [task.name for task in client.tasks] == ["Fun.tick", "Fun.morning"]
    client.connect()
    assert scene.heard.wait_count(2) == ["tick", ("failed", 1)]
    one.work.schedule(0, 7)
    assert scene.heard.wait_count(4)[2:] == [7, "work failed"]
    for value in (one.tick, one.morning, one.work, other.tick):
        client.remove_task(value)
    assert list(client.tasks) == []
    client.add_task(one.tick)
    scene.heard.wait_count(6)
    with pytest.raises(InvalidArgument, match="another client"):
        Client(token="x." * 20).add_task(one.tick)


def test_functions_of_a_module_are_added(client: Client, scene: Any) -> None:
    pytest.importorskip("cronsim")

    @every(minutes=5, first=0)
    def tick() -> None:
        scene.heard.add("tick")

    @cron("0 9 * * *")
    def morning() -> str:
        return "morning"

    assert morning() == "morning"
    client.add_task(tick)
    client.add_task(morning)
    client.connect()
    scene.heard.wait_count(1)
    assert client.tasks[["test_functions_of_a_module_are_added", "<locals>", "tick"][-1]].runs
    client.remove_task(tick)
    client.remove_task(morning)
    assert list(client.tasks) == []


def test_what_is_on_a_client_is_a_task(client: Client) -> None:
    pytest.importorskip("cronsim")

    @client.at("09:00", weekdays=["mon"], name="morning")
    def greet() -> str:
        return "hello"

    @client.cron("*/5 * * * 1-5", tz="Europe/Vienna", start=False)
    def tick() -> None: ...

    assert greet() == "hello"
    assert [task.name for task in client.tasks] == ["morning", "tick"]
    client.connect()
    assert greet.next_run is not None
    assert greet.next_run.weekday() == 0
    assert tick.next_run is None


def test_a_client_without_tasks_loads_none_of_it() -> None:
    code = """
import sys
from disruption import Client, Handler
client = Client(Handler(), "x." * 20)
assert not [name for name in sys.modules if name.startswith("disruption.tasks")]
client.every(minutes=5)(lambda: None)
assert "sqlite3" not in sys.modules and "disruption.tasks.jobs" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_the_tests_fixture_shows_what_tasks_raise() -> None:
    from disruption.testing import Discord

    class Bot(Handler):
        pass

    def make(token: str, rest_url: str) -> Client:
        client = Client(Bot(), token, rest_url=rest_url, name="shown")

        @client.every(minutes=5)
        def tick() -> None:
            raise ValueError("broken task")

        return client

    with Discord() as discord, discord.running(make) as bot:
        bot.tasks.advance(301)
        assert str(discord.expect_error(ValueError)) == "broken task"


def test_a_plugin_brings_its_tasks_and_takes_them_away(client: Client, scene: Any) -> None:
    class Lively(disruption.Plugin):
        @every(minutes=5, first=0)
        def tick(self) -> None:
            scene.heard.add("tick")

        @job("lively")
        def work(self, number: int) -> None:
            scene.heard.add(number)

    plugin = Lively()
    client.add_plugin(plugin)
    client.connect()
    scene.heard.wait_count(1)
    plugin.work.schedule(0, 7)
    scene.heard.wait_count(2)
    client.remove_plugin(plugin)
    assert list(client.tasks) == []
    client.add_plugin(plugin)
    assert scene.heard.wait_count(3) == ["tick", 7, "tick"]
