"""What goes over the wire, kept for the page's inspector: gateway payloads, REST requests, and
what is posted to endpoints.

Only references to bytes that exist anyway are kept, and nothing is parsed before somebody looks,
so that a server nobody watches pays next to nothing for it.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections import deque
from typing import Any, NamedTuple

__all__ = ["Record", "Traffic"]

#: How many records are remembered.
KEPT = 1000

#: Bytes of one payload that are remembered; of a longer one the beginning.
LONGEST = 64 * 1024


class Record(NamedTuple):
    """One thing that went over the wire.

    Args:
        number: Grows by one with each record.
        at: Seconds since the Unix epoch, of the machine's clock.
        kind: "received" and "sent" of the gateway, as the server sees it; "closed"; "request";
            "posted" to the endpoint of an application.
        user_id: Whose connection or request it was, None if nobody is known yet.
        connection: The gateway connection's number; 0 for requests.
        payload: What was sent or received; a request's or an endpoint's answer.
        size: Length of the whole payload in bytes.
        facts: What is known of a request besides its answer, or of a close; of what was posted
            the `body` as it is, in bytes.
    """

    number: int
    at: float
    kind: str
    user_id: str | None
    connection: int
    payload: bytes
    size: int
    facts: dict[str, Any] | None = None


class Traffic:
    """The latest records, oldest first; safe to use from any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition(threading.Lock())  # guards everything below
        self._records: deque[Record] = deque(maxlen=KEPT)
        self._numbers = itertools.count(1)
        self._watchers = 0
        self._closed = False

    def add(
        self,
        kind: str,
        payload: bytes | str,
        *,
        user_id: str | None = None,
        connection: int = 0,
        facts: dict[str, Any] | None = None,
    ) -> None:
        """Remember something and wake who watches; the arguments are `Record`'s."""
        raw = payload.encode(errors="replace") if isinstance(payload, str) else payload
        kept = raw if len(raw) <= LONGEST else raw[:LONGEST]
        with self._changed:
            self._records.append(
                Record(
                    next(self._numbers),
                    time.time(),
                    kind,
                    user_id,
                    connection,
                    kept,
                    len(raw),
                    facts,
                )
            )
            if self._watchers:
                self._changed.notify_all()

    def after(self, number: int, timeout: float = 0.0) -> list[Record]:
        """Return the records after one, waiting for the first if there is none yet.

        Args:
            number: The last record that is known; 0 for none.
            timeout: Seconds to wait at most.
        """
        with self._changed:
            self._watchers += 1
            try:
                self._changed.wait_for(lambda: self._closed or self._newest() > number, timeout)
            finally:
                self._watchers -= 1
            return [record for record in self._records if record.number > number]

    def close(self) -> None:
        """Let nobody wait any longer."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def open(self) -> None:
        """Let watchers wait again."""
        with self._changed:
            self._closed = False

    def _newest(self) -> int:
        return self._records[-1].number if self._records else 0
