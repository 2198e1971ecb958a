"""SIGINT and SIGTERM while `Client.run` is in charge."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

__all__ = ["StopRequested", "raise_on_signals"]


class StopRequested(BaseException):
    """A signal asked the program to stop; raised in the main thread, as KeyboardInterrupt is.

    Attributes:
        number: The signal.
    """

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


@contextmanager
def raise_on_signals() -> Iterator[None]:
    """Raise `StopRequested` at the first SIGINT or SIGTERM; a second one has its old effect.

    Handlers that the program had installed are called first, and are back at the end. Outside
    the main thread, where Python allows no signal handlers, this does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before: dict[int, Any] = {}

    def restore() -> None:
        for number, old in before.items():
            signal.signal(number, signal.SIG_DFL if old is None else old)

    def handle(number: int, frame: FrameType | None) -> None:
        restore()  # the next Ctrl-C is not ours
        old = before[number]
        if callable(old) and old is not signal.default_int_handler:
            old(number, frame)
        raise StopRequested(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        before[number] = signal.signal(number, handle)
    try:
        yield
    finally:
        restore()
