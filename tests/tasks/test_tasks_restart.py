"""Stored jobs of programs that are killed, started again, and run side by side."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from disruption.local import LocalDiscord
from disruption.tasks.jobs import JobState
from disruption.tasks.jobs.sqlite import SQLiteJobs

ROOT = str(Path(__file__).parents[2])

_HEAD = """
import os, sys, threading
from disruption import Client
from disruption.gateway import Timeouts
from disruption.tasks.jobs import current_job

def say(*words):
    os.write(1, (" ".join(map(str, words)) + "\\n").encode())  # in one piece

def bot():
    made = Client(timeouts=Timeouts(close=0.2))
    made.use_jobs(os.environ["TEST_JOBS"], lease=1.0)
    return made

client = bot()
"""

pytestmark = pytest.mark.slow

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jobs.sqlite3"


@pytest.fixture
def start(local: LocalDiscord, path: Path) -> Iterator[Start]:
    """Start programs of a bot each; whoever still runs in the end is killed."""
    local.limits.enabled = False
    programs: list[subprocess.Popen[str]] = []

    def new(code: str, stdout: int = subprocess.PIPE) -> subprocess.Popen[str]:
        environment = {
            **os.environ,
            "PYTHONPATH": ROOT,
            "DISCORD_TOKEN": local.add_bot(f"bot{len(programs)}").token,
            "DISRUPTION_REST_URL": local.rest_url,
            "TEST_JOBS": str(path),
        }
        program = subprocess.Popen(
            [sys.executable, "-c", _HEAD + textwrap.dedent(code)],
            stdin=subprocess.PIPE,
            stdout=stdout,
            text=True,
            env=environment,
        )
        programs.append(program)
        return program

    yield new
    for program in programs:
        if program.poll() is None:
            program.kill()
        program.communicate()


def line(program: subprocess.Popen[str]) -> str:
    """Wait for the next line that a program prints."""
    assert program.stdout is not None
    return program.stdout.readline().strip()


def rest(program: subprocess.Popen[str]) -> list[str]:
    """Tell a program to end, and return what it has still printed."""
    output, _ = program.communicate("\n", timeout=60)
    return output.splitlines()


WORK = """
@client.job
def work(number):
    say("begun", number, current_job().attempts)
    if current_job().attempts == 1:
        threading.Event().wait()
    say("done", number)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_a_job_whose_process_is_killed_runs_again_and_then_no_more(
    start: Start, path: Path
) -> None:
    first = start(WORK + 'client.connect()\nclient.schedule(0, "work", 5)\nsys.stdin.readline()')
    assert line(first) == "begun 5 1"
    first.send_signal(signal.SIGKILL)
    first.wait(60)
    store = SQLiteJobs(path)
    assert [job.state for job in store.find()] == [JobState.RUNNING]

    second = start(WORK + "client.connect()\nsys.stdin.readline()\nclient.stop()")
    assert line(second) == "begun 5 2"
    assert line(second) == "done 5"
    assert rest(second) == []
    assert store.find() == []
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_a_job_that_kills_its_process_each_time_is_given_up(start: Start, path: Path) -> None:
    code = """
    @client.job(attempts=2)
    def work():
        say("begun")
        os.kill(os.getpid(), 9)
    client.connect()
    if not client.jobs():
        client.schedule(0, "work")
    sys.stdin.readline()
    """
    for _ in range(2):
        program = start(code)
        assert line(program) == "begun"
        program.wait(60)
    settled = """
    @client.job(attempts=2)
    def work():
        say("begun")
    @work.error
    def failed(error):
        say(error)
    client.connect()
    sys.stdin.readline()
    client.stop()
    """
    program = start(settled)
    assert line(program) == "each time the process ended during it"
    assert rest(program) == []
    store = SQLiteJobs(path)
    assert [job.state for job in store.find()] == [JobState.FAILED]
    store.close()


def test_a_script_that_never_connects_schedules_for_the_bot(start: Start) -> None:
    script = start('client.schedule(0.05, "work", "from a script")')
    assert rest(script) == []
    program = start(
        "client.job('work')(say)\nclient.connect()\nsys.stdin.readline()\nclient.stop()"
    )
    assert line(program) == "from a script"
    assert rest(program) == []


def test_a_bot_hears_of_what_another_process_schedules(start: Start) -> None:
    program = start(
        "client.job('work')(say)\nclient.connect()\nsay('ready')\n"
        "sys.stdin.readline()\nclient.stop()"
    )
    assert line(program) == "ready"
    assert rest(start('client.schedule(0, "work", "hello")')) == []
    assert line(program) == "hello"
    assert rest(program) == []


def test_two_bots_on_one_file_run_each_job_once(start: Start, path: Path) -> None:
    code = """
    @client.job
    def work(number):
        say(number)
    client.connect()
    say("ready")
    sys.stdin.readline()
    client.stop()
    """
    reading, writing = os.pipe()
    bots = [start(code, writing), start(code, writing)]
    os.close(writing)
    with os.fdopen(reading) as output:
        assert [output.readline().strip() for _ in bots] == ["ready", "ready"]
        script = start('for number in range(60):\n    client.schedule(0, "work", number)')
        assert rest(script) == []
        numbers = [int(output.readline()) for _ in range(60)]
        for program in bots:
            program.communicate("\n", timeout=60)
        assert output.read() == ""
    assert sorted(numbers) == list(range(60))
    store = SQLiteJobs(path)
    assert store.find() == []
    store.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_schedules_for_its_parent(start: Start) -> None:
    code = """
    import signal
    client.job('work')(say)
    client.schedule(3600, "work", "later")
    client.connect()
    child = os.fork()
    if not child:
        signal.alarm(60)
        client.schedule(0, "work", "from the child")
        os._exit(0)
    say("child ended with", os.waitpid(child, 0)[1])
    sys.stdin.readline()
    client.stop()
    """
    program = start(code)
    assert {line(program), line(program)} == {"child ended with 0", "from the child"}
    assert rest(program) == []
