"""Wait in the main thread for Ctrl-C, without missing it.

A thread that waits for a lock misses a signal that comes just before it begins to sleep: Python's
handler has run, and nothing wakes the thread (one Ctrl-C in fifteen, on a busy machine). What
Python writes into a socket for each signal is never missed.
"""

from __future__ import annotations

import contextlib
import signal
import socket
import sys
from collections.abc import Iterator

__all__ = ["Waker", "interruptible"]


class Waker:
    """Made by `interruptible`, for the main thread to wait on."""

    def __init__(self, sleeper: socket.socket, bell: socket.socket) -> None:
        self._sleeper = sleeper
        self._bell = bell

    def wait(self) -> None:
        """Wait until `wake` is called.

        Raises:
            KeyboardInterrupt: A signal came.
        """
        while True:
            byte = self._sleeper.recv(1)  # a signal's byte is its number, and it raises by itself
            if byte in (b"\0", b""):
                return

    def wake(self) -> None:
        """End the wait, from any thread; before it begins as well."""
        with contextlib.suppress(OSError):  # it is over
            self._bell.send(b"\0")


@contextlib.contextmanager
def interruptible() -> Iterator[Waker]:
    """Raise KeyboardInterrupt at Ctrl-C, at SIGTERM and when the terminal goes.

    A shell that starts something in the background has Ctrl-C ignored in it, and in what that
    starts in turn; a handler of our own undoes both.
    """
    numbers = [signal.SIGINT, signal.SIGTERM]
    if sys.platform != "win32":
        numbers.append(signal.SIGHUP)
    sleeper, bell = socket.socketpair()
    bell.setblocking(False)
    with sleeper, bell:
        rung = signal.set_wakeup_fd(bell.fileno(), warn_on_full_buffer=False)
        before = {number: signal.signal(number, signal.default_int_handler) for number in numbers}
        try:
            yield Waker(sleeper, bell)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(rung)
