"""Background tasks, and stored jobs that survive a restart.

`every`, `at` and `cron` here are for modules and for the bodies of plugin classes; a client has
methods of the same names. What loads with this is small: cronsim and sqlite3 load when used.
"""

from __future__ import annotations

from .cron_strings import Cron
from .declare import TaskDefinition, at, cron, every
from .listing import TaskList
from .schedules import Interval, Schedule, TimesOfDay
from .task import Task, TaskRun

__all__ = [
    "Cron",
    "Interval",
    "Schedule",
    "Task",
    "TaskDefinition",
    "TaskList",
    "TaskRun",
    "TimesOfDay",
    "at",
    "cron",
    "every",
]
