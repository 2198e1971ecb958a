"""Wait on a condition so that Ctrl-C gets through everywhere."""

from __future__ import annotations

import sys
import threading

__all__ = ["wait_on"]

_SLICE = 0.5  # seconds; Windows does not interrupt a lock's wait for Ctrl-C


def wait_on(condition: threading.Condition, timeout: float | None) -> None:
    """Wait for a notification or `timeout` seconds, perhaps less: callers loop anyway."""
    if sys.platform == "win32" and threading.current_thread() is threading.main_thread():
        timeout = _SLICE if timeout is None else min(timeout, _SLICE)
    if timeout is not None:
        timeout = min(max(timeout, 0.0), threading.TIMEOUT_MAX)
    condition.wait(timeout)
