"""Wait on a condition so that Ctrl-C gets through everywhere."""

from __future__ import annotations

import threading

from ..slices import slice_of

__all__ = ["wait_on"]


def wait_on(condition: threading.Condition, timeout: float | None) -> None:
    """Wait for a notification or `timeout` seconds, perhaps less: callers loop anyway."""
    timeout = slice_of(timeout)
    if timeout is not None:
        timeout = min(max(timeout, 0.0), threading.TIMEOUT_MAX)
    condition.wait(timeout)
