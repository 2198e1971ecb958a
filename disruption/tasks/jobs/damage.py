"""Damaged rows of the SQLite file: they are set aside, so that they do not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from .record import JobRecord, JobState

if TYPE_CHECKING:
    import sqlite3

__all__ = ["DAMAGED", "DamagedRow", "record_of", "set_aside"]

_NUMBER = ("real", "integer")
DAMAGED = (
    "(typeof(name) != 'text' OR typeof(payload) != 'text'"
    f" OR typeof(due) NOT IN {_NUMBER} OR typeof(created) NOT IN {_NUMBER}"
    " OR typeof(attempts) != 'integer' OR typeof(most) != 'integer'"
    " OR state NOT IN ('waiting', 'running', 'failed')"
    f" OR (every IS NOT NULL AND (typeof(every) NOT IN {_NUMBER} OR every < 1))"
    f" OR (lease IS NOT NULL AND typeof(lease) NOT IN {_NUMBER})"
    " OR typeof(key) NOT IN ('null', 'text') OR typeof(error) NOT IN ('null', 'text')"
    " OR typeof(owner) NOT IN ('null', 'text'))"
)
"""An expression in SQL: whether a row is damaged."""

# What can be kept of the row is kept: somebody may want to know what it was.
_SET_ASIDE = (
    "UPDATE disruption_jobs SET state = 'failed', owner = NULL, lease = NULL,"
    " error = 'its row in the file was damaged', every = NULL, key = NULL,"
    " attempts = CAST(attempts AS INTEGER), most = CAST(most AS INTEGER),"
    " name = CASE WHEN typeof(name) = 'text' THEN name ELSE hex(name) END,"
    " payload = CASE WHEN typeof(payload) = 'text' THEN payload ELSE hex(payload) END,"
    f" due = CASE WHEN typeof(due) IN {_NUMBER} THEN due ELSE 0 END,"
    f" created = CASE WHEN typeof(created) IN {_NUMBER} THEN created ELSE 0 END"
    f" WHERE {DAMAGED}"
)


class DamagedRow(Exception):
    """A row that is no job."""


def record_of(row: Sequence[Any]) -> JobRecord:
    """Return what a row says; its columns are in the order of the fields, and `DAMAGED` last.

    Raises:
        DamagedRow: It cannot be read.
    """
    *values, damaged = row
    if damaged:
        raise DamagedRow
    record = JobRecord(*values)
    return record.but(state=JobState(record.state))


def set_aside(run: Callable[..., sqlite3.Cursor]) -> int:
    """Let damaged rows count as failed, and return how many there were."""
    if run(f"SELECT 1 FROM disruption_jobs WHERE {DAMAGED} LIMIT 1").fetchone() is None:
        return 0
    return run(_SET_ASIDE).rowcount
