"""Jobs in an SQLite file: who may read it, what can be wrong with it, who shares it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from disruption.errors import JobStoreError
from disruption.tasks.jobs import JobRecord, JobState
from disruption.tasks.jobs import sqlite as module
from disruption.tasks.jobs.sqlite import SQLiteJobs

ROOT = str(Path(__file__).parents[2])


def new(name: str = "remind") -> JobRecord:
    return JobRecord(id=0, name=name, payload="[[],{}]", due=1.0, created=1.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jobs.sqlite3"


def test_the_file_is_made_when_first_needed_for_its_owner_alone(path: Path) -> None:
    store = SQLiteJobs(path)
    assert not path.exists()
    store.add(new(), replace=True)
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
    store.close()
    again = SQLiteJobs(str(path))
    assert [job.name for job in again.find()] == ["remind"]
    again.close()
    assert str(path) in repr(again)


def test_it_may_be_a_file_of_the_users_own(path: Path) -> None:
    mine = sqlite3.connect(path)
    mine.executescript("PRAGMA user_version = 7; CREATE TABLE mine (x)")
    mine.close()
    store = SQLiteJobs(path)
    store.add(new(), replace=True)
    store.close()
    mine = sqlite3.connect(path)
    assert mine.execute("PRAGMA user_version").fetchone() == (7,)
    assert mine.execute("SELECT COUNT(*) FROM mine").fetchone() == (0,)
    mine.close()


def test_what_is_no_database_is_left_alone(path: Path) -> None:
    path.write_text("my diary, which nobody shall overwrite\n" * 100)
    store = SQLiteJobs(path)
    with pytest.raises(JobStoreError, match="no SQLite file"):
        store.add(new(), replace=True)
    assert path.read_text().startswith("my diary")


def test_a_damaged_file_is_told_of(path: Path) -> None:
    store = SQLiteJobs(path)
    for _ in range(200):
        store.add(new(), replace=True)
    store.close()
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(bytes(data))
    with pytest.raises(JobStoreError, match="damaged"):
        SQLiteJobs(path).find()


def test_a_folder_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(JobStoreError, match="use_jobs"):
        SQLiteJobs(tmp_path / "nowhere" / "jobs.sqlite3").find()
    with pytest.raises(JobStoreError):
        SQLiteJobs(tmp_path).find()


def test_a_newer_version_is_left_alone(path: Path) -> None:
    store = SQLiteJobs(path)
    store.find()
    store.close()
    mine = sqlite3.connect(path)
    mine.execute("UPDATE disruption_jobs_version SET version = 99")
    mine.commit()
    mine.close()
    with pytest.raises(JobStoreError, match="newer version"):
        SQLiteJobs(path).find()


def test_an_older_version_is_brought_up_to_date(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SQLiteJobs(path)
    store.add(new(), replace=True)
    store.close()
    later = (*module._VERSIONS, ("ALTER TABLE disruption_jobs ADD COLUMN note TEXT",))
    monkeypatch.setattr(module, "_VERSIONS", later)
    again = SQLiteJobs(path)
    assert len(again.find()) == 1
    again.close()
    mine = sqlite3.connect(path)
    assert mine.execute("SELECT note FROM disruption_jobs").fetchall() == [(None,)]
    assert mine.execute("SELECT version FROM disruption_jobs_version").fetchall() == [(2,)]
    mine.close()


def test_a_file_that_stays_locked_is_told_of(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SQLiteJobs(path)
    store.find()
    store.close()
    monkeypatch.setattr(module, "_BUSY", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(JobStoreError, match="another program has kept it locked"):
        store.add(new(), replace=True)
    other.execute("COMMIT")
    other.close()
    store.add(new(), replace=True)
    store.close()


def test_a_stop_does_not_wait_for_another_program(path: Path) -> None:
    store = SQLiteJobs(path)
    store.find()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = threading.Event()
    outcome: list[object] = []

    def add() -> None:
        began.set()
        with pytest.raises(JobStoreError, match="locked") as caught:
            store.add(new(), replace=True)
        outcome.append(caught.value)

    thread = threading.Thread(target=add)
    thread.start()
    assert began.wait(30)
    store.interrupt()
    thread.join(module._BUSY - 2)
    assert outcome
    other.execute("COMMIT")
    other.close()
    store.close()
    store.add(new(), replace=True)
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a file in use cannot be removed there")
@pytest.mark.parametrize("replaced", [False, True])
def test_what_is_stored_after_the_file_was_removed_is_not_lost(
    path: Path, replaced: bool, caplog: pytest.LogCaptureFixture
) -> None:
    store = SQLiteJobs(path)
    store.add(new("old"), replace=True)
    for each in path.parent.iterdir():
        each.unlink()
    if replaced:
        backup = SQLiteJobs(path)
        backup.add(new("backed up"), replace=True)
        backup.close()
    store.add(new("later"), replace=True)
    store.close()
    assert "removed or replaced" in caplog.text
    again = SQLiteJobs(path)
    assert [job.name for job in again.find()] == ["backed up", "later"][not replaced :]
    again.close()


DAMAGE = [
    "due = 'tomorrow'",
    "due = x'ff'",
    "state = 'asleep'",
    "attempts = 'many'",
    "payload = x'ff00'",
    "name = x'ff'",
    "every = 'day'",
    "every = 0",
    "lease = 'long', state = 'running'",
    "created = ''",
    "key = x'00'",
]


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("opened", [False, True], ids=["before it is opened", "while it is open"])
def test_a_damaged_row_is_set_aside_and_stops_no_other(
    path: Path, damage: str, opened: bool, caplog: pytest.LogCaptureFixture
) -> None:
    store = SQLiteJobs(path)
    store.add(new("damaged"), replace=True)
    store.add(new(), replace=True)
    if not opened:
        store.close()
        store = SQLiteJobs(path)
    other = sqlite3.connect(path)
    other.execute(f"UPDATE disruption_jobs SET {damage} WHERE name = 'damaged'")
    other.commit()
    other.close()
    names = ["damaged", "remind"]
    assert "remind" in [job.name for job in store.claim(names, 2.0, 9.0, "me", 8)]
    store.next_due(names)
    states = {job.name: job.state for job in store.find()}
    assert states.pop("remind") is JobState.RUNNING
    assert set(states.values()) == {JobState.FAILED}
    assert "are damaged" in caplog.text
    store.close()


def test_threads_that_begin_at_once_share_a_new_file(tmp_path: Path) -> None:
    for number in range(10):
        store = SQLiteJobs(tmp_path / f"{number}.sqlite3")
        gate = threading.Barrier(6)
        failed: list[BaseException] = []

        def work(
            store: SQLiteJobs = store,
            gate: threading.Barrier = gate,
            failed: list[BaseException] = failed,
        ) -> None:
            gate.wait(30)
            try:
                store.add(new(), replace=True)
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=work, name="test-adder", daemon=True) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert failed == []
        assert len(store.find()) == 6
        store.close()


def test_an_error_in_a_step_undoes_it(path: Path) -> None:
    store = SQLiteJobs(path)
    store.add(new(), replace=True)
    with suppress(KeyError), store._step() as run:
        run("DELETE FROM disruption_jobs")
        raise KeyError
    assert len(store.find()) == 1
    store.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_opens_connections_of_its_own(path: Path) -> None:
    code = f"""
import os
from disruption.tasks.jobs import JobRecord, JobState
from disruption.tasks.jobs.sqlite import SQLiteJobs
store = SQLiteJobs({str(path)!r})
new = JobRecord(id=0, name="n", payload="[[],{{}}]", due=1.0, created=1.0)
store.add(new, replace=True)
child = os.fork()
if not child:
    store.add(new, replace=True)
    store.close()
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
store.add(new, replace=True)
assert len(store.find()) == 3
store.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_processes_that_begin_at_once_share_a_file(path: Path) -> None:
    code = f"""
import sys
from disruption.tasks.jobs import JobRecord, JobState
from disruption.tasks.jobs.sqlite import SQLiteJobs
sys.stdin.readline()
store = SQLiteJobs({str(path)!r})
for _ in range(10):
    store.add(JobRecord(id=0, name="n", payload="[[],{{}}]", due=1.0, created=1.0), replace=True)
store.close()
"""
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    for program in programs:
        _, errors = program.communicate(timeout=60)
        assert program.returncode == 0, errors
    store = SQLiteJobs(path)
    assert len(store.find()) == 40
    store.close()
