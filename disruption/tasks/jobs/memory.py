"""Jobs kept in memory: for tests, and where nothing needs to survive."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Collection

from .record import JobRecord, JobState

__all__ = ["MemoryJobs"]


class MemoryJobs:
    """A `JobStore` that ends with the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # guards what follows
        self._jobs: dict[int, JobRecord] = {}
        self._number = 0

    def add(self, record: JobRecord, *, replace: bool) -> JobRecord:
        """Store a job; see `JobStore.add`."""
        with self._lock:
            for other in self._find(name=record.name, key=record.key) if record.key else ():
                if not replace and other.state is not JobState.FAILED:
                    return other
                if other.state is JobState.RUNNING:
                    self._jobs[other.id] = other.but(key=None, every=None)
                else:
                    del self._jobs[other.id]
            self._number += 1
            self._jobs[self._number] = record.but(id=self._number)
            return self._jobs[self._number]

    def claim(
        self, names: Collection[str], now: float, until: float, owner: str, limit: int
    ) -> list[JobRecord]:
        """Take jobs that are due; see `JobStore.claim`."""
        with self._lock:
            due = [job for job in self._find() if job.name in names and _due(job) <= now]
            taken = [
                job.but(state=JobState.RUNNING, attempts=job.attempts + 1, owner=owner, lease=until)
                for job in due[:limit]
            ]
            self._jobs.update({job.id: job for job in taken})
            return taken

    def renew(self, ids: Collection[int], owner: str, until: float) -> None:
        """Lengthen leases."""
        with self._lock:
            for job in ids:
                found = self._owned(job, owner)
                if found is not None:
                    self._jobs[job] = found.but(lease=until)

    def finish(self, job: int, owner: str, again: float | None, error: str | None = None) -> bool:
        """End a run."""
        with self._lock:
            found = self._owned(job, owner)
            if found is None:
                return False
            if again is None or found.every is None:
                del self._jobs[job]
            else:
                self._jobs[job] = _waiting(found, again).but(error=error)
            return True

    def fail(self, job: int, owner: str, again: float | None, error: str) -> bool:
        """End a run that failed."""
        with self._lock:
            found = self._owned(job, owner)
            if found is None:
                return False
            if again is None:
                changed = found.but(state=JobState.FAILED, owner=None, lease=None)
            else:
                changed = _waiting(found, again).but(attempts=found.attempts)
            self._jobs[job] = changed.but(error=error)
            return True

    def release(self, job: int, owner: str) -> bool:
        """Give a job back."""
        with self._lock:
            found = self._owned(job, owner)
            if found is not None:
                self._jobs[job] = _waiting(found, found.due).but(attempts=found.attempts - 1)
            return found is not None

    def next_due(self, names: Collection[str]) -> float | None:
        """Return when the next job is due."""
        with self._lock:
            times = [
                _due(job)
                for job in self._jobs.values()
                if job.name in names and job.state is not JobState.FAILED
            ]
            return min(times, default=None)

    def find(
        self,
        *,
        job: int | None = None,
        name: str | None = None,
        state: JobState | None = None,
        key: str | None = None,
    ) -> list[JobRecord]:
        """Return the jobs that fit."""
        with self._lock:
            return [
                found
                for found in self._find(name=name, key=key)
                if job in (None, found.id) and state in (None, found.state)
            ]

    def names(self) -> dict[str, int]:
        """Return the names of all jobs."""
        with self._lock:
            return dict(Counter(job.name for job in self._jobs.values()))

    def remove(self, job: int) -> bool:
        """Forget a job."""
        with self._lock:
            return self._jobs.pop(job, None) is not None

    def revive(self, job: int, at: float) -> bool:
        """Let a failed job wait again."""
        with self._lock:
            found = self._jobs.get(job)
            if found is None or found.state is not JobState.FAILED:
                return False
            self._jobs[job] = _waiting(found, at)
            return True

    def interrupt(self) -> None:
        """Do nothing: no step waits."""

    def close(self) -> None:
        """Do nothing: the jobs are there until the process ends."""

    def _find(self, name: str | None = None, key: str | None = None) -> list[JobRecord]:
        found = [
            job
            for job in self._jobs.values()
            if name in (None, job.name) and key in (None, job.key)
        ]
        return sorted(found, key=lambda job: (job.due, job.id))

    def _owned(self, job: int, owner: str) -> JobRecord | None:
        found = self._jobs.get(job)
        return found if found is not None and found.owner == owner else None


def _due(job: JobRecord) -> float:
    """Return when a job can be taken; a failed one never."""
    if job.state is JobState.WAITING:
        return job.due
    return float("inf") if job.lease is None else job.lease


def _waiting(job: JobRecord, due: float) -> JobRecord:
    return job.but(state=JobState.WAITING, due=due, attempts=0, owner=None, lease=None)
