"""Logging to a channel, through a webhook.

```python
logging.getLogger().addHandler(WebhookLogHandler(url, level=logging.ERROR))
```
"""

from __future__ import annotations

import logging
import math
import os
import sys
import threading
import time
import weakref
from collections import deque
from typing import TYPE_CHECKING, Final

from disruption.errors import DisruptionError, InvalidArgument, NotFound
from disruption.slices import join, slice_of

if TYPE_CHECKING:
    from disruption.types import PartialWebhook

__all__ = ["WebhookLogHandler"]

_LIMIT: Final = 2000  # characters of a message
_JOIN: Final = 10.0  # seconds
_REPORT: Final = 60.0  # seconds between two lines about failures on standard error


class WebhookLogHandler(logging.Handler):
    """Sends log records to a webhook, from a thread of its own.

    Whoever logs never waits. Records that come close together share a message; long ones
    are split at 2000 characters. What does not fit into the queue is dropped, counted, and
    told of in the next message. Nobody is pinged. At the interpreter's exit, `logging`
    closes it, which sends what is left.

    What its own thread logs, about its own requests above all, it does not take.

    Args:
        webhook: The webhook, or its address.
        level: As for every handler.
        capacity: How many records wait at most.
        delay: Seconds to wait for others to go into the same message.
        username: Shown instead of the webhook's name.
        timeout: Seconds that sending a message may take, waits for rate limits included.

    Raises:
        InvalidArgument: That is no webhook's address, or another argument cannot be right.

    Attributes:
        dropped: Records that did not fit into the queue or could not be sent, so far.
    """

    def __init__(
        self,
        webhook: PartialWebhook | str,
        *,
        level: int | str = logging.NOTSET,
        capacity: int = 1000,
        delay: float = 0.5,
        username: str | None = None,
        timeout: float = 30.0,
    ) -> None:
        super().__init__(level)
        if isinstance(webhook, str):
            from disruption.types import PartialWebhook

            webhook = PartialWebhook.from_url(webhook)
        for name, value in (("capacity", capacity), ("delay", delay), ("timeout", timeout)):
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not number or not 0 <= value < math.inf or (value == 0 and name != "delay"):
                raise InvalidArgument(f"{name} must be a number above 0, not {value!r}")
        if not hasattr(webhook, "_secret"):
            raise InvalidArgument(
                f"webhook must be a webhook or its address, not {type(webhook).__name__}"
            )
        webhook._secret()
        self.dropped = 0
        self._webhook = webhook
        self._capacity = capacity
        self._delay = delay
        self._username = username
        self._timeout = timeout
        self._changed = threading.Condition(threading.Lock())  # guards what follows
        self._waiting: deque[str] = deque()
        self._unsaid = 0  # of those dropped, how many no message has told of
        self._busy = False  # a message is under way
        self._closing = False
        self._gone = False  # the webhook was deleted
        self._thread: threading.Thread | None = None
        self._reported = -_REPORT  # when a failure was last told; its thread only
        _handlers.add(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Take a record; never waits and never raises."""
        if threading.current_thread() is self._thread:
            return
        try:
            text = self.format(record)
        except Exception:
            self.handleError(record)
            return
        with self._changed:
            if self._gone or self._closing or len(self._waiting) >= self._capacity:
                self.dropped += 1
                self._unsaid += 1
                return
            self._waiting.append(text)
            if self._thread is None:
                # Ours until `close`, which ends and joins it; a daemon, so that it keeps no
                # interpreter: logging closes its handlers at exit.
                thread = threading.Thread(target=self._work, name="disruption-log", daemon=True)
                try:
                    thread.start()
                except RuntimeError:
                    pass  # the interpreter ends: `close` sends it
                else:
                    self._thread = thread
            self._changed.notify_all()

    def flush(self, timeout: float = _JOIN) -> None:
        """Wait until everything that was logged so far is sent, at most so many seconds."""
        deadline = time.monotonic() + timeout
        with self._changed:
            if self._thread is None or threading.current_thread() is self._thread:
                return
            self._changed.notify_all()
            while (self._waiting or self._busy) and self._thread.is_alive():
                left = deadline - time.monotonic()
                if left <= 0:
                    return
                self._changed.wait(slice_of(left))

    def close(self, timeout: float = _JOIN) -> None:
        """Send what is left, at most so many seconds, and end the thread."""
        with self._changed:
            self._closing = True
            thread = self._thread
            if thread is None:
                self._thread = threading.current_thread()  # what it logs itself is not taken
            self._changed.notify_all()
        if thread is None:
            self._work()  # ends when nothing is left
        elif thread is not threading.current_thread():
            join(thread, timeout)
        super().close()

    # The thread ------------------------------------------------------------------------

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._waiting:
                    if self._closing:
                        return
                    self._changed.wait()
                self._gather()
                message, count = self._take()
                self._busy = True
            try:
                self._send(message, count)
            finally:
                with self._changed:
                    self._busy = False
                    self._changed.notify_all()

    def _gather(self) -> None:
        """Wait a moment for others, with the lock held."""
        deadline = time.monotonic() + self._delay
        while not self._closing and sum(map(len, self._waiting)) < _LIMIT:
            left = deadline - time.monotonic()
            if left <= 0:
                return
            self._changed.wait(left)

    def _take(self) -> tuple[str, int]:
        """Return the text of as many records as fit into a message, at least one."""
        text, count = "", 0
        if self._unsaid:
            text = f"(dropped before this: {self._unsaid})"
            self._unsaid = 0
        while self._waiting:
            longer = f"{text}\n{self._waiting[0]}" if text else self._waiting[0]
            if count and len(longer) > _LIMIT:
                break
            text = longer
            self._waiting.popleft()
            count += 1
        return text, count

    def _send(self, text: str, count: int) -> None:
        from disruption.types.text import split_text

        for part in split_text(text):
            if not part.strip() or self._gone:
                continue
            try:
                self._webhook._bound().rest.execute_webhook(
                    self._webhook.id,
                    self._webhook._secret(),
                    content=part,
                    username=self._username,
                    allowed_mentions={"parse": []},
                    timeout=self._timeout,
                )
            except NotFound as error:
                self._fail(error, count, gone=True)
                return
            except DisruptionError as error:
                self._fail(error, count)
                return

    def _fail(self, error: Exception, count: int, *, gone: bool = False) -> None:
        """Count what was lost and tell of it where logging cannot come back to us."""
        with self._changed:
            self.dropped += count
            self._unsaid += count
            if gone:
                self._gone = True
                self.dropped += len(self._waiting)
                self._waiting.clear()
        now = time.monotonic()
        if now - self._reported >= _REPORT and logging.raiseExceptions and sys.stderr:
            self._reported = now
            print(f"WebhookLogHandler: records were lost: {error}", file=sys.stderr)

    def _after_fork(self) -> None:
        """Forget the thread and what it was to send, which the parent sends."""
        self._changed = threading.Condition(threading.Lock())
        self._waiting.clear()
        self._thread = None
        self._busy = False


_handlers: weakref.WeakSet[WebhookLogHandler] = weakref.WeakSet()


def _after_fork() -> None:
    for handler in list(_handlers):
        handler._after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
