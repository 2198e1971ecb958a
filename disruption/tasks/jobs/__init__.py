"""Stored jobs: functions that are called at a time, also after a restart."""

from __future__ import annotations

from .definition import JobFunction, check_name, job
from .memory import MemoryJobs
from .record import JobRecord, JobState, StoredJob
from .run import current_job
from .runner import Jobs
from .store import JobStore

__all__ = [
    "JobFunction",
    "JobRecord",
    "JobState",
    "JobStore",
    "Jobs",
    "MemoryJobs",
    "StoredJob",
    "check_name",
    "current_job",
    "job",
]
