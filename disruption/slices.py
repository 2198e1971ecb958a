"""How long the main thread may wait at once, so that Ctrl-C gets through.

A thread that waits for a lock misses a signal that comes just before it begins to sleep, and on
Windows any. So the main thread waits in slices, and a Ctrl-C that was missed is heard half a
second later. Where it waits for long `waker` is better: it needs no slices.
"""

from __future__ import annotations

import threading
import time

__all__ = ["SLICE", "join", "left_until", "pause", "slice_of"]

SLICE = 0.5
"""Seconds."""


def left_until(deadline: float | None) -> float | None:
    """Return the seconds until a monotonic deadline, not below 0; None where there is none."""
    return None if deadline is None else max(0.0, deadline - time.monotonic())


def slice_of(timeout: float | None) -> float | None:
    """Return how much of `timeout` the calling thread may wait at once; callers loop."""
    if threading.current_thread() is not threading.main_thread():
        return timeout
    return SLICE if timeout is None else min(timeout, SLICE)


def join(thread: threading.Thread, timeout: float) -> None:
    """Wait until a thread has ended or `timeout` seconds are over."""
    end = time.monotonic() + timeout
    while thread.is_alive():
        left = end - time.monotonic()
        if left <= 0:
            return
        thread.join(slice_of(left))


def pause(over: threading.Event, seconds: float) -> bool:
    """Wait so many seconds, or until the event is set; return whether it is."""
    end = time.monotonic() + seconds
    while not over.is_set():
        left = end - time.monotonic()
        if left <= 0:
            return False
        over.wait(slice_of(left))
    return True
