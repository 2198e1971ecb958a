"""One thread waits, any other wakes it, and in the main thread no Ctrl-C is missed.

A thread that waits for a lock misses a signal that comes just before it begins to sleep: Python's
handler waits for the thread, and nothing wakes it (one Ctrl-C in fifteen, where other threads are
busy). What Python writes into a socket for each signal is never missed.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

from .slices import slice_of

__all__ = ["Waker", "waker"]


class Waker(Protocol):
    """Made by `waker`, for one thread to wait on."""

    def wait(self) -> None:
        """Wait until `wake` is called. Signal handlers run meanwhile, and may raise."""

    def wake(self) -> None:
        """End the wait, from any thread; one before it begins is not lost. Never blocks."""


@contextmanager
def waker() -> Iterator[Waker]:
    """Make what the calling thread is to wait on, for as long as the block runs.

    In the main thread Python's wakeup descriptor is ours meanwhile; the one that was set before
    comes back.
    """
    if threading.current_thread() is not threading.main_thread():
        yield _Plain()
        return
    sleeper, bell = _sockets()
    try:
        before = signal.set_wakeup_fd(bell.fileno(), warn_on_full_buffer=False)
    except ValueError:  # an interpreter inside another one gets no signals
        yield _Plain()
        return
    try:
        yield _Signalled(sleeper, bell)
    finally:
        signal.set_wakeup_fd(before)


class _Plain:
    def __init__(self) -> None:
        self._called = threading.Event()

    def wait(self) -> None:
        while not self._called.wait(slice_of(None)):
            pass
        self._called.clear()

    def wake(self) -> None:
        self._called.set()


class _Signalled:
    def __init__(self, sleeper: socket.socket, bell: socket.socket) -> None:
        self._sleeper = sleeper
        self._bell = bell
        self._called = False

    def wait(self) -> None:
        while not self._called:
            self._sleeper.recv(64)  # a byte for each signal and each `wake`, of other wakers too
        self._called = False

    def wake(self) -> None:
        self._called = True
        with suppress(OSError):  # no room: there is enough to read
            self._bell.send(b"\0")


_pairs: dict[int, tuple[socket.socket, socket.socket]] = {}  # by process: a fork needs its own


def _sockets() -> tuple[socket.socket, socket.socket]:
    """Return the process's pair.

    It stays open: where a Ctrl-C comes while the descriptor is put back, Python goes on writing.
    """
    pair = _pairs.get(os.getpid())
    if pair is None:
        pair = _pairs[os.getpid()] = socket.socketpair()
        pair[1].setblocking(False)
    return pair
