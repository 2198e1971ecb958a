"""A stored job, as the store keeps it and as it is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from ..zones import UTC
from .codec import unpack

__all__ = ["JobRecord", "JobState", "StoredJob"]


class JobState(str, Enum):
    """Where a stored job stands. What is done is not kept."""

    WAITING = "waiting"
    """For its time, or for its next attempt."""

    RUNNING = "running"
    """In some process, or it was until that process died."""

    FAILED = "failed"
    """As often as it may; `Client.retry_job` lets it try again."""


@dataclass(frozen=True)
class JobRecord:
    """A job as a store keeps it.

    Attributes:
        id: Its number; 0 before it is stored.
        name: The name of its function.
        payload: The arguments, JSON.
        due: When it is to run, a timestamp.
        created: When it was stored, likewise.
        state: Where it stands.
        key: At most one job of a name has a key.
        every: Seconds after which it runs again; None: it runs once.
        attempts: How often it has begun for this time.
        most: How often at most.
        error: What the last attempt raised.
        owner: Who runs it.
        lease: Until when it is the owner's, a timestamp.
    """

    id: int
    name: str
    payload: str
    due: float
    created: float
    state: JobState = JobState.WAITING
    key: str | None = None
    every: float | None = None
    attempts: int = 0
    most: int = 1
    error: str | None = None
    owner: str | None = None
    lease: float | None = None

    def but(self, **changes: Any) -> JobRecord:
        """Return a copy with some fields changed."""
        return replace(self, **changes)


@dataclass(frozen=True)
class StoredJob:
    """A function that is to be called at a time, with these arguments.

    Attributes:
        id: Its number, for `Client.cancel_job`.
        name: The name of its function.
        args: The arguments.
        kwargs: Those with names.
        due: When it runs, or runs again, in UTC.
        state: Where it stands.
        key: The name by which it can be replaced.
        every: After what time it runs again; None: it runs once.
        attempts: How often it has begun for this time.
        max_attempts: How often at most.
        created_at: When it was stored, in UTC.
        last_error: What the last attempt raised, as text.
    """

    id: int
    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    due: datetime
    state: JobState
    key: str | None
    every: timedelta | None
    attempts: int
    max_attempts: int
    created_at: datetime
    last_error: str | None

    @classmethod
    def of(cls, record: JobRecord) -> StoredJob:
        """Return what a record says.

        Raises:
            ValueError: Its arguments cannot be read.
        """
        args, kwargs = unpack(record.payload)
        return cls(
            id=record.id,
            name=record.name,
            args=tuple(args),
            kwargs=kwargs,
            due=datetime.fromtimestamp(record.due, UTC),
            state=record.state,
            key=record.key,
            every=None if record.every is None else timedelta(seconds=record.every),
            attempts=record.attempts,
            max_attempts=record.most,
            created_at=datetime.fromtimestamp(record.created, UTC),
            last_error=record.error,
        )
