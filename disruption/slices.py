"""How long the main thread may wait at once, so that Ctrl-C gets through.

On Windows a lock that the main thread waits for holds back Ctrl-C, so it waits in slices.
"""

from __future__ import annotations

import sys
import threading

__all__ = ["SLICE", "SLICED", "slice_of"]

SLICE = 0.5
"""Seconds."""

SLICED = sys.platform == "win32"
"""Whether waits of the main thread need it here."""


def slice_of(timeout: float | None) -> float | None:
    """Return how much of `timeout` the calling thread may wait at once; callers loop."""
    if not SLICED or threading.current_thread() is not threading.main_thread():
        return timeout
    return SLICE if timeout is None else min(timeout, SLICE)
