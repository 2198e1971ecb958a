"""`JobRun`: one attempt at a stored job, and which one a thread makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..runs import Run, current_run
from .record import JobRecord, StoredJob

if TYPE_CHECKING:
    from ..scheduler import Tasks

__all__ = ["JobRun", "current_job"]


class JobRun(Run):
    """One attempt at a stored job.

    Attributes:
        record: The job as it was taken from the store.
        job: The job, once its arguments are read.
    """

    def __init__(self, record: JobRecord, tasks: Tasks) -> None:
        super().__init__(f"the job {record.id} ({record.name})", tasks)
        self.record = record
        self.job: StoredJob | None = None


def current_job() -> StoredJob | None:
    """Return the stored job that the calling thread runs, None in any other thread."""
    run = current_run()
    return run.job if isinstance(run, JobRun) else None
