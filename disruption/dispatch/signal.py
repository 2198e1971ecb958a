"""The wake-up of one thread: a flag that a wait takes down again."""

from __future__ import annotations

import threading
import time

from ..slices import SLICE

__all__ = ["Signal"]


class Signal:
    """A flag that any thread sets and one thread waits for.

    A bare lock, which costs a tenth of a `threading.Condition`. Set before the wait it is
    not lost; set twice it counts once. The owner looks at the shared state again after
    each wait, so one wake-up too many does no harm.
    """

    __slots__ = ("_lock",)

    def __init__(self) -> None:
        self._lock = threading.Lock()  # locked: not set
        self._lock.acquire()

    def set(self) -> None:
        """Wake the thread that waits, or the next one that will."""
        try:
            self._lock.release()
        except RuntimeError:
            return  # it was set already

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the flag is set and take it down.

        Args:
            timeout: Seconds to wait at most; None waits for ever.

        Returns:
            False where the timeout came first.
        """
        if threading.current_thread() is threading.main_thread():
            return self._wait_sliced(timeout)
        if timeout is None:
            return self._lock.acquire()
        return self._lock.acquire(True, min(max(timeout, 0.0), threading.TIMEOUT_MAX))

    def _wait_sliced(self, timeout: float | None) -> bool:
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            left = SLICE if end is None else min(SLICE, end - time.monotonic())
            if self._lock.acquire(True, max(left, 0.0)):
                return True
            if end is not None and time.monotonic() >= end:
                return False
