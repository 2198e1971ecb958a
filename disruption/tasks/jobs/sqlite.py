"""Jobs kept in an SQLite file, which survives the process and may be shared by several.

Each step is one transaction. Connections are kept for the next step, whatever thread takes it;
none is used by two at once. A child process never touches its parent's.
"""

from __future__ import annotations

import logging
import os
import random
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from ...errors import JobStoreError
from .damage import DAMAGED, DamagedRow, record_of, set_aside
from .record import JobRecord, JobState

__all__ = ["SQLiteJobs"]

log = logging.getLogger("disruption.tasks")

_T = TypeVar("_T")

_BUSY = 10.0  # seconds to wait for another process that writes
_SLICE = 0.25  # seconds of them at once
_HURRY = 0.5  # seconds that are left of them at a stop

# One entry for each version of the tables, the statements that lead there from the one before.
_VERSIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE disruption_jobs ("
        " id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, payload TEXT NOT NULL,"
        " due REAL NOT NULL, created REAL NOT NULL, state TEXT NOT NULL, key TEXT, every REAL,"
        " attempts INTEGER NOT NULL, most INTEGER NOT NULL, error TEXT, owner TEXT, lease REAL)",
        "CREATE UNIQUE INDEX disruption_jobs_key ON disruption_jobs (name, key)"
        " WHERE key IS NOT NULL",
        "CREATE INDEX disruption_jobs_due ON disruption_jobs (state, due)",
    ),
)

_COLUMNS = "id, name, payload, due, created, state, key, every, attempts, most, error, owner, lease"
_READ = f"{_COLUMNS}, {DAMAGED}"
_WAIT = "state = 'waiting', owner = NULL, lease = NULL"
# Apart, so that the index on state and due serves both, however many jobs there are.
_WAITS = "state = 'waiting' AND due <= ? AND name IN "
_LEFT = "state = 'running' AND lease <= ? AND name IN "


class SQLiteJobs:
    """A `JobStore` in a file.

    Its tables begin with ``disruption_jobs``, so that it may be a file of your own.

    Args:
        path: The file; it is made when first needed, for its owner alone to read.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._idle: deque[sqlite3.Connection] = deque()
        self._hurry: float | None = None  # monotonic; when waiting for others must end
        self._file: tuple[int, int] | None = None  # which file the connections have open
        self._pid = os.getpid()
        self.path = os.path.abspath(os.fspath(path))

    def __repr__(self) -> str:
        return f"SQLiteJobs({self.path!r})"

    # Steps ------------------------------------------------------------------------------------

    def add(self, record: JobRecord, *, replace: bool) -> JobRecord:
        """Store a job; see `JobStore.add`."""
        return self._whole(lambda: self._add(record, replace))

    def _add(self, record: JobRecord, replace: bool) -> JobRecord:
        with self._step() as run:
            if record.key is not None:
                rows = run(
                    f"SELECT {_READ} FROM disruption_jobs WHERE name = ? AND key = ?",
                    (record.name, record.key),
                )
                for other in map(record_of, rows.fetchall()):
                    if not replace and other.state is not JobState.FAILED:
                        return other
                    if other.state is JobState.RUNNING:
                        run(
                            "UPDATE disruption_jobs SET key = NULL, every = NULL WHERE id = ?",
                            (other.id,),
                        )
                    else:
                        run("DELETE FROM disruption_jobs WHERE id = ?", (other.id,))
            done = run(
                f"INSERT INTO disruption_jobs ({_COLUMNS}) VALUES"
                " (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
                (
                    record.name,
                    record.payload,
                    record.due,
                    record.created,
                    record.state.value,
                    record.key,
                    record.every,
                    record.attempts,
                    record.most,
                    record.error,
                ),
            )
            return record.but(id=done.lastrowid)

    def claim(
        self, names: Collection[str], now: float, until: float, owner: str, limit: int
    ) -> list[JobRecord]:
        """Take jobs that are due; see `JobStore.claim`."""
        return self._whole(lambda: self._claim(names, now, until, owner, limit))

    def _claim(
        self, names: Collection[str], now: float, until: float, owner: str, limit: int
    ) -> list[JobRecord]:
        some = _marks(names)
        with self._step(write=False) as run:  # most often there is none
            if not any(
                run(f"SELECT 1 FROM disruption_jobs WHERE {due} LIMIT 1", (now, *names)).fetchone()
                for due in (_WAITS + some, _LEFT + some)
            ):
                return []
        with self._step() as run:
            found: list[JobRecord] = []
            for due in (_WAITS + some, _LEFT + some):
                rows = run(
                    f"SELECT {_READ} FROM disruption_jobs WHERE {due} ORDER BY due, id LIMIT ?",
                    (now, *names, limit),
                )
                found += map(record_of, rows.fetchall())
            found.sort(key=lambda job: (job.due, job.id))
            taken = [
                job.but(state=JobState.RUNNING, attempts=job.attempts + 1, owner=owner, lease=until)
                for job in found[:limit]
            ]
            for job in taken:
                run(
                    "UPDATE disruption_jobs SET state = 'running', attempts = ?, owner = ?,"
                    " lease = ? WHERE id = ?",
                    (job.attempts, owner, until, job.id),
                )
            return taken

    def renew(self, ids: Collection[int], owner: str, until: float) -> None:
        """Lengthen leases."""
        with self._step() as run:
            run(
                f"UPDATE disruption_jobs SET lease = ? WHERE owner = ? AND id IN {_marks(ids)}",
                (until, owner, *ids),
            )

    def finish(self, job: int, owner: str, again: float | None, error: str | None = None) -> bool:
        """End a run."""
        with self._step() as run:
            done = run(
                f"UPDATE disruption_jobs SET {_WAIT}, due = ?, attempts = 0, error = ?"
                " WHERE id = ? AND owner = ? AND every IS NOT NULL AND ? IS NOT NULL",
                (again or 0.0, error, job, owner, again),
            )
            if not done.rowcount:
                done = run("DELETE FROM disruption_jobs WHERE id = ? AND owner = ?", (job, owner))
            return done.rowcount > 0

    def fail(self, job: int, owner: str, again: float | None, error: str) -> bool:
        """End a run that failed."""
        with self._step() as run:
            if again is None:
                done = run(
                    "UPDATE disruption_jobs SET state = 'failed', owner = NULL, lease = NULL,"
                    " error = ? WHERE id = ? AND owner = ?",
                    (error, job, owner),
                )
            else:
                done = run(
                    f"UPDATE disruption_jobs SET {_WAIT}, due = ?, error = ?"
                    " WHERE id = ? AND owner = ?",
                    (again, error, job, owner),
                )
            return done.rowcount > 0

    def release(self, job: int, owner: str) -> bool:
        """Give a job back."""
        with self._step() as run:
            done = run(
                f"UPDATE disruption_jobs SET {_WAIT}, attempts = attempts - 1"
                " WHERE id = ? AND owner = ?",
                (job, owner),
            )
            return done.rowcount > 0

    def next_due(self, names: Collection[str]) -> float | None:
        """Return when the next job is due."""
        with self._step(write=False) as run:
            some = _marks(names)
            first = run(
                f"SELECT due FROM disruption_jobs WHERE state = 'waiting' AND name IN {some}"
                " ORDER BY due LIMIT 1",
                (*names,),
            ).fetchone()
            left = run(
                "SELECT MIN(lease) FROM disruption_jobs"
                f" WHERE state = 'running' AND name IN {some}",
                (*names,),
            ).fetchone()
            times = [row[0] for row in (first, left) if row]
            # What is no number is a damaged row's, and comes after all numbers.
            return min((each for each in times if isinstance(each, (int, float))), default=None)

    def find(
        self,
        *,
        job: int | None = None,
        name: str | None = None,
        state: JobState | None = None,
        key: str | None = None,
    ) -> list[JobRecord]:
        """Return the jobs that fit."""
        return self._whole(lambda: self._find(job, name, state, key))

    def _find(
        self, job: int | None, name: str | None, state: JobState | None, key: str | None
    ) -> list[JobRecord]:
        wanted = {
            "id": job,
            "name": name,
            "state": None if state is None else state.value,
            "key": key,
        }
        given = {column: value for column, value in wanted.items() if value is not None}
        where = " AND ".join(f"{column} = ?" for column in given) or "1"
        with self._step(write=False) as run:
            rows = run(
                f"SELECT {_READ} FROM disruption_jobs WHERE {where} ORDER BY due, id",
                (*given.values(),),
            )
            return [record_of(row) for row in rows.fetchall()]

    def names(self) -> dict[str, int]:
        """Return the names of all jobs."""
        with self._step(write=False) as run:
            return dict(run("SELECT name, COUNT(*) FROM disruption_jobs GROUP BY name").fetchall())

    def remove(self, job: int) -> bool:
        """Forget a job."""
        with self._step() as run:
            return run("DELETE FROM disruption_jobs WHERE id = ?", (job,)).rowcount > 0

    def revive(self, job: int, at: float) -> bool:
        """Let a failed job wait again."""
        with self._step() as run:
            done = run(
                f"UPDATE disruption_jobs SET {_WAIT}, due = ?, attempts = 0"
                " WHERE id = ? AND state = 'failed'",
                (at, job),
            )
            return done.rowcount > 0

    def interrupt(self) -> None:
        """Let nobody wait long for another process any more; until `close`."""
        self._hurry = time.monotonic() + _HURRY

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self._hurry = None
        self._close_idle()

    def _close_idle(self) -> None:
        self._disown()
        with suppress(IndexError):
            while True:
                self._idle.pop().close()

    def __del__(self) -> None:
        self.close()  # a script that only schedules has no stop

    # Damage -----------------------------------------------------------------------------------

    def _whole(self, step: Callable[[], _T]) -> _T:
        """Do a step that reads jobs, and again without those that cannot be read."""
        try:
            return step()
        except DamagedRow:
            with self._step() as run:
                self._examine(run)
            return step()

    def _examine(self, run: Callable[..., sqlite3.Cursor]) -> None:
        count = set_aside(run)
        if count:
            log.error(
                "%d jobs in %s are damaged and cannot be run; they are kept as failed",
                count,
                self.path,
            )

    # Connections ------------------------------------------------------------------------------

    @contextmanager
    def _step(self, *, write: bool = True) -> Iterator[Callable[..., sqlite3.Cursor]]:
        """Yield what executes a statement; all of the block happens, or nothing.

        Raises:
            JobStoreError: The file cannot be used.
        """
        self._disown()
        self._follow()
        connection: sqlite3.Connection | None = None
        try:
            try:
                connection = self._idle.pop()
            except IndexError:
                connection = self._open()
            file = self._file
            self._execute(connection, "BEGIN IMMEDIATE" if write else "BEGIN")
            if not write:
                self._execute(connection, "SELECT 1 FROM disruption_jobs_version")
            yield connection.execute
            self._execute(connection, "COMMIT")
        except BaseException as error:
            if connection is not None:
                with suppress(sqlite3.Error):
                    connection.close()  # and with it, what was begun
            if isinstance(error, sqlite3.Error):
                raise JobStoreError(self._explain(error)) from error
            raise
        if file == self._file:
            self._idle.append(connection)
        else:
            connection.close()

    def _execute(self, connection: sqlite3.Connection, statement: str) -> None:
        self._insist(lambda: connection.execute(statement))

    def _insist(self, step: Callable[[], _T]) -> _T:
        """Do what may have to wait for others, in slices that `interrupt` can end."""
        end = time.monotonic() + _BUSY
        while True:
            try:
                return step()
            except sqlite3.OperationalError as error:
                hurry = self._hurry
                last = end if hurry is None else min(end, hurry)
                if not _is_locked(error) or time.monotonic() >= last:
                    raise
            time.sleep(random.uniform(0.001, 0.05))  # SQLite does not always wait by itself

    def _follow(self) -> None:
        """Let go of a file that is no longer at its path: nobody would find what is put there."""
        if self._file is None or self._file == _identity(self.path):
            return
        self._file = None
        log.warning(
            "The file of the stored jobs, %s, was removed or replaced while it was in use; going "
            "on with the one that is there now, or a new one",
            self.path,
        )
        self._close_idle()

    def _open(self) -> sqlite3.Connection:
        try:
            # Whoever reads it could read people's reminders.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise JobStoreError(
                f"the file of the stored jobs, {self.path}, cannot be opened: {error.strerror}. "
                "client.use_jobs(path) takes another one"
            ) from error
        # SQLite waits for locks by itself, but not while two make a new file theirs.
        return self._insist(self._connect_and_examine)

    def _connect_and_examine(self) -> sqlite3.Connection:
        connection = self._connect()
        if self._file is None:
            self._examine(connection.execute)
            self._file = _identity(self.path)
        return connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=_SLICE, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")  # what was scheduled is not lost
            self._migrate(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _migrate(self, connection: sqlite3.Connection) -> None:
        """Make the tables, or bring an older version's up to date."""
        version = _version(connection)
        if version == len(_VERSIONS):
            return
        connection.execute("BEGIN IMMEDIATE")
        version = _version(connection)  # another process may have been quicker
        if version > len(_VERSIONS):
            raise JobStoreError(
                f"{self.path} was written by a newer version of disruption (its tables are "
                f"version {version}, this one knows {len(_VERSIONS)}): update, or use another file"
            )
        for statements in _VERSIONS[version:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute("CREATE TABLE IF NOT EXISTS disruption_jobs_version (version INTEGER)")
        connection.execute("DELETE FROM disruption_jobs_version")
        connection.execute("INSERT INTO disruption_jobs_version VALUES (?)", (len(_VERSIONS),))
        connection.execute("COMMIT")

    def _disown(self) -> None:
        """In a forked child: leave the parent's connections alone, and open others."""
        if self._pid != os.getpid():
            _inherited.extend(self._idle)
            self._idle, self._pid = deque(), os.getpid()

    def _explain(self, error: sqlite3.Error) -> str:
        text = str(error)
        if "not a database" in text or "malformed" in text:
            advice = (
                "it is no SQLite file, or a damaged one. Move it away to begin with an empty one; "
                "'sqlite3 FILE .recover' may save what is in it"
            )
        elif _is_locked(error):
            advice = f"another program has kept it locked for {_BUSY:g} s"
        elif "readonly" in text:
            advice = "it, or its folder, may not be written to"
        elif "full" in text:
            advice = "the disk is full"
        else:
            advice = "client.use_jobs(path) takes another one"
        return f"the file of the stored jobs, {self.path}, cannot be used ({text}): {advice}"


_inherited: list[sqlite3.Connection] = []  # never closed: that would free the parent's locks


def _is_locked(error: sqlite3.Error) -> bool:
    return "locked" in str(error) or "busy" in str(error)


def _identity(path: str) -> tuple[int, int] | None:
    """Return what tells the file at `path` from another one, None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _version(connection: sqlite3.Connection) -> int:
    table = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'disruption_jobs_version'"
    ).fetchone()
    if table is None:
        return 0
    row = connection.execute("SELECT version FROM disruption_jobs_version").fetchone()
    return int(row[0])


def _marks(values: Collection[object]) -> str:
    return f"({', '.join('?' * len(values))})"
