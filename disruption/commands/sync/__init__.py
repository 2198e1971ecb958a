"""Letting Discord have the commands that the code defines, sending only what differs."""

from .compare import Create, Delete, Edit, Plan, compare
from .diff import describe, diff_lines
from .report import Refusal, SyncFailed, SyncReport
from .sync import SyncMode, sync_at_start, sync_commands

__all__ = [
    "Create",
    "Delete",
    "Edit",
    "Plan",
    "Refusal",
    "SyncFailed",
    "SyncMode",
    "SyncReport",
    "compare",
    "describe",
    "diff_lines",
    "sync_at_start",
    "sync_commands",
]
