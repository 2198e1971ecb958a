"""The requests a server has seen, for tests and the page to read."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, overload

#: How many requests are remembered.
KEPT = 5000


@dataclass(frozen=True)
class Seen:
    """One request and its answer.

    Args:
        method: HTTP method.
        path: Path as asked, without the API's prefix.
        route: Route in the documentation's notation; None when nothing matched.
        status: HTTP status of the answer; 0 when the connection was cut instead.
        code: Discord's JSON error code, None for a success.
        user_id: Who asked, None without a token.
        reason: The audit-log reason, if any.
        body: The request's JSON, None when it had none or it was unreadable.
        files: Names of uploaded files.
        error: The body of an answer that refused it, None for a success.
    """

    method: str
    path: str
    route: str | None
    status: int
    code: int | None = None
    user_id: str | None = None
    reason: str | None = None
    body: Any = None
    files: tuple[str, ...] = ()
    error: dict[str, Any] | None = None


class RequestLog:
    """The latest requests, oldest first; safe to read from any thread."""

    def __init__(self) -> None:
        self._seen: deque[Seen] = deque(maxlen=KEPT)
        self._changed = threading.Condition()
        self._listeners: tuple[Callable[[Seen], object], ...] = ()  # replaced, never changed

    def subscribe(self, listener: Callable[[Seen], object]) -> Callable[[], None]:
        """Call `listener` with every request from now on, in the thread that answers it.

        Returns:
            A function that ends it.
        """
        with self._changed:
            self._listeners = (*self._listeners, listener)

        def end() -> None:
            with self._changed:
                self._listeners = tuple(item for item in self._listeners if item is not listener)

        return end

    def add(self, seen: Seen) -> None:
        """Remember a request and wake who waits for it."""
        with self._changed:
            self._seen.append(seen)
            listeners = self._listeners
            self._changed.notify_all()
        for listener in listeners:
            listener(seen)

    @overload
    def __getitem__(self, index: int) -> Seen: ...

    @overload
    def __getitem__(self, index: slice) -> list[Seen]: ...

    def __getitem__(self, index: int | slice) -> Seen | list[Seen]:
        """Return the latest request as -1, the first ones as [:3]."""
        with self._changed:
            return list(self._seen)[index]

    def __iter__(self) -> Iterator[Seen]:
        with self._changed:
            return iter(list(self._seen))

    def __len__(self) -> int:
        return len(self._seen)

    def clear(self) -> None:
        """Forget all requests."""
        with self._changed:
            self._seen.clear()

    def find(self, method: str, route: str) -> list[Seen]:
        """Return the requests of one route, such as ("POST", "/channels/{channel_id}/messages")."""
        return [seen for seen in self if seen.method == method and seen.route == route]

    def wait_for(self, check: Callable[[list[Seen]], bool], timeout: float) -> bool:
        """Wait until `check` is true of all requests so far.

        Args:
            check: Called with the requests, oldest first, after each new one.
            timeout: Seconds to wait at most.

        Returns:
            Whether it became true in time.
        """
        deadline = time.monotonic() + timeout
        with self._changed:
            while not check(list(self._seen)):
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(left)
            return True
