"""What a store of jobs has to do. Ours are `sqlite` and `memory`; another one can be given."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from .record import JobRecord, JobState

__all__ = ["JobStore"]


class JobStore(Protocol):
    """Keeps jobs, for several threads and perhaps several processes at once.

    Each method is one step: it happens or it does not, and no other comes between. All but
    `interrupt` and `close` raise `JobStoreError` where the store cannot be used. Times are
    timestamps.
    """

    def add(self, record: JobRecord, *, replace: bool) -> JobRecord:
        """Store a job and return it with its number.

        Where a job of the same name has its key: if that one waits or has failed it is
        replaced; if it runs it loses key and repetition. Without `replace` nothing is stored
        while the other one waits or runs, and that is returned.
        """
        ...

    def claim(
        self, names: Collection[str], now: float, until: float, owner: str, limit: int
    ) -> list[JobRecord]:
        """Take jobs of these names that are due, those that have waited longest first.

        Due is also what runs by a lease that has passed. They are running then, the owner's
        until the lease ends, and their attempts are one more.
        """
        ...

    def renew(self, ids: Collection[int], owner: str, until: float) -> None:
        """Lengthen the lease of the jobs that are still the owner's."""
        ...

    def finish(self, job: int, owner: str, again: float | None, error: str | None = None) -> bool:
        """End a run: the job is gone, or waits for its next time without any attempts.

        Returns:
            False where it is not the owner's any more, and nothing happened.
        """
        ...

    def fail(self, job: int, owner: str, again: float | None, error: str) -> bool:
        """End a run that failed: the job waits for its next attempt, or (None) has failed."""
        ...

    def release(self, job: int, owner: str) -> bool:
        """Give a job back as if it had not been taken."""
        ...

    def next_due(self, names: Collection[str]) -> float | None:
        """Return when the next job of these names is due, or its lease ends; None: never."""
        ...

    def find(
        self,
        *,
        job: int | None = None,
        name: str | None = None,
        state: JobState | None = None,
        key: str | None = None,
    ) -> list[JobRecord]:
        """Return the jobs that fit, those that are due first first."""
        ...

    def names(self) -> dict[str, int]:
        """Return the names of all jobs, with how many there are of each."""
        ...

    def remove(self, job: int) -> bool:
        """Forget a job; False where there is none."""
        ...

    def revive(self, job: int, at: float) -> bool:
        """Let a failed job wait for this time, without any attempts; False where none has."""
        ...

    def interrupt(self) -> None:
        """The client stops: steps must end soon, also where they fail for it. May do nothing."""
        ...

    def close(self) -> None:
        """Free what is held open; a later call opens it again."""
        ...
