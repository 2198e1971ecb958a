"""The first answer of an interaction as the HTTP response that its request waits for."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ..rest import File
from ..slices import slice_of

__all__ = ["InlineResponse"]

_SENT: Final = 1.0  # seconds within which a server has written the response, or never says


class InlineResponse:
    """Takes one answer, from any thread, until its request gives up."""

    def __init__(self) -> None:
        self._changed = threading.Condition()  # guards what follows
        self._answer: tuple[Mapping[str, Any], Sequence[File]] | None = None
        self._open = True
        self._is_sent = False

    def offer(self, body: Mapping[str, Any], files: Sequence[File]) -> bool:
        """Answer the request with this; False where it has its answer, or has given up."""
        with self._changed:
            if not self._open:
                return False
            self._open = False
            self._answer = (body, files)
            self._changed.notify_all()
            return True

    def wait(self, until: float) -> bool:
        """Wait for an answer; return whether there is one.

        Args:
            until: Monotonic seconds.
        """
        with self._changed:
            while self._open:
                left = until - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(slice_of(left))
            return self._answer is not None

    def close(self) -> tuple[Mapping[str, Any], Sequence[File]] | None:
        """Take no answer any more; return the one that came."""
        with self._changed:
            self._open = False
            return self._answer

    def sent(self) -> None:
        """Note that the response has been written."""
        with self._changed:
            self._is_sent = True
            self._changed.notify_all()

    def wait_sent(self) -> None:
        """Wait until the response has been written, not for long."""
        until = time.monotonic() + _SENT
        with self._changed:
            while not self._is_sent:
                left = until - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(slice_of(left))
