"""What a type checker sees in a user's tasks and jobs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

ROOT = Path(__file__).parents[2]

GOOD = """
from concurrent.futures import Future
from datetime import datetime, time, timedelta
from disruption import Client, StoredJob, Task, TaskRun, TimesOfDay
from disruption import at, cron, current_job, every, job

client = Client(token="x")

@client.every(minutes=5, first=0, count=3, jitter=timedelta(seconds=2))
def tick() -> int:
    tick.sleep(3)
    return 5

@tick.error
def failed(error: Exception, run: TaskRun) -> None: ...

@client.at(time(9), "18:30", tz="Europe/Vienna", weekdays=["mon", 3])
def morning(run: TaskRun) -> None:
    run.sleep(1)
    owner: Client = run.client

@client.cron("*/5 * * * *")
def often() -> None: ...

@client.job("remind", attempts=3)
def remind(user_id: int, text: str, *, loud: bool = False) -> None: ...

@client.job
def plain(number: int) -> str:
    found: StoredJob | None = current_job()
    return str(number)

@client.task_error
def any_failed(error: BaseException) -> None: ...

class Fun:
    @every(hours=1)
    def tick(self) -> str:
        return ""

    @at("09:00")
    def morning(self, run: TaskRun) -> None: ...

    @cron("* * * * *")
    def often(self) -> None: ...

    @job("fun")
    def work(self, number: int) -> str:
        return ""

@every(minutes=1)
def alone() -> int:
    return 1

number: int = tick()
future: Future[int] = tick.run_now()
following: datetime | None = tick.next_run
tick.change_interval(minutes=3)
tick.reschedule(TimesOfDay("09:00"))
task: Task[[], str] = Fun().tick
text: str = Fun().tick()
word: str = Fun().work(5)
alone_number: int = alone()
stored: StoredJob = remind.schedule(timedelta(hours=1), 5, "x", loud=True)
Fun().work.schedule(5, 7)
other: StoredJob = client.schedule(5, "remind", 5, text="x", job_key="k", job_every=timedelta(1))
client.schedule(datetime.now().astimezone(), remind, 5, "x")
again: str = plain(3)
found: list[StoredJob] = client.jobs("remind", state="failed")
client.add_task(alone)
client.add_task(Fun().tick)
client.add_task(Fun().work)
for each in client.tasks:
    print(each.name, each.next_run)
"""

BAD = {
    "tick(5)": "Too many arguments",
    "tick().upper()": "has no attribute",
    "remind.schedule(5, 'x', 'y')": "incompatible type",
    "remind.schedule(5, 5)": "Missing positional argument",
    "remind(5, 'x', noisy=True)": "Unexpected keyword argument",
    "client.every(minute=5)": "Unexpected keyword argument",
    "client.schedule('tomorrow', 'remind')": "incompatible type",
}


def mypy(code: str, folder: Path) -> list[str]:
    """Return the errors that a strict type checker finds in the code."""
    (folder / "snippet.py").write_text(code)
    done = subprocess.run(
        [
            sys.executable, "-m", "mypy", "--strict", "--no-error-summary",
            f"--cache-dir={folder / 'cache'}", str(folder / "snippet.py"),
        ],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return [line for line in done.stdout.splitlines() if "snippet.py" in line and "error" in line]


def test_a_type_checker_knows_tasks_and_jobs(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    assert mypy(GOOD, tmp_path) == []
    lines = mypy(GOOD + "\n".join(BAD), tmp_path)
    first = GOOD.count("\n") + 1
    for number, text in enumerate(BAD.values(), start=first):
        assert any(f":{number}:" in line and text in line for line in lines), (text, lines)
