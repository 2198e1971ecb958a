"""Have every signal that asks a program to end raise KeyboardInterrupt, and miss none."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator

from ..waker import Waker, waker

__all__ = ["interruptible"]


@contextlib.contextmanager
def interruptible() -> Iterator[Waker]:
    """Raise KeyboardInterrupt at Ctrl-C, at SIGTERM and when the terminal goes.

    A shell that starts something in the background has Ctrl-C ignored in it, and in what that
    starts in turn; a handler of our own undoes both.
    """
    numbers = [signal.SIGINT, signal.SIGTERM]
    if sys.platform != "win32":
        numbers.append(signal.SIGHUP)
    with waker() as ours:
        before = {number: signal.signal(number, signal.default_int_handler) for number in numbers}
        try:
            yield ours
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
