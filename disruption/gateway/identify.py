"""When a shard may IDENTIFY: once in 5 s for each bucket, and within the day's budget.

See https://discord.com/developers/docs/events/gateway#session-start-limit-object
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

__all__ = ["GatewayInfo", "IdentifyGate", "IdentifyPermit", "budget_wait", "gate_for"]

WINDOW = 5.0  # seconds between identifies of one bucket
SLACK = 0.1  # seconds on top: they may bunch up on their way
DAY = 86400.0  # seconds; no budget lasts longer


@dataclass(frozen=True)
class GatewayInfo:
    """What ``GET /gateway/bot`` tells.

    Attributes:
        url: The gateway's address.
        shards: How many shards Discord recommends.
        total: Session starts a day.
        remaining: Session starts left.
        reset_after: Seconds until `remaining` is back at `total`.
        max_concurrency: How many shards may identify at once.
    """

    url: str
    shards: int = 1
    total: int = 1000
    remaining: int = 1000
    reset_after: float = 0.0
    max_concurrency: int = 1


def budget_wait(info: GatewayInfo) -> float:
    """Return the seconds to wait before an identify so that the day's budget is not used up.

    Below a tenth of it we wait for its reset: at zero Discord resets the token.
    """
    if info.total > 0 and info.remaining < info.total / 10:
        return min(max(info.reset_after, 0.0), DAY)
    return 0.0


class _Bucket:
    """The shards with the same number modulo max_concurrency."""

    def __init__(self) -> None:
        self.waiting: deque[object] = deque()  # first come, first served
        self.holder: object | None = None  # who may identify now
        self.free_at = 0.0  # monotonic seconds; 5 s after the last identify


class IdentifyGate:
    """Lets one shard of each bucket identify at a time, then none for 5 s.

    Args:
        clock: Returns monotonic seconds; replaceable for tests.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._changed = threading.Condition()  # guards the buckets
        self._buckets: dict[int, _Bucket] = {}

    def acquire(
        self, shard: int, max_concurrency: int, cancelled: Callable[[], bool]
    ) -> IdentifyPermit | None:
        """Wait until `shard` may connect and identify; None when `cancelled` says so.

        `cancelled` is asked again whenever `wake` is called.
        """
        ticket = object()
        with self._changed:
            bucket = self._buckets.setdefault(shard % max(max_concurrency, 1), _Bucket())
            bucket.waiting.append(ticket)
            while not cancelled():
                wait: float | None = None
                if bucket.holder is None and bucket.waiting[0] is ticket:
                    wait = bucket.free_at - self._clock()
                    if wait <= 0:
                        bucket.waiting.popleft()
                        bucket.holder = ticket
                        return IdentifyPermit(self, bucket, ticket)
                self._changed.wait(wait)
            bucket.waiting.remove(ticket)
            self._changed.notify_all()
            return None

    def wake(self) -> None:
        """Let every waiting shard ask again whether it is cancelled."""
        with self._changed:
            self._changed.notify_all()

    def _release(self, bucket: _Bucket, ticket: object, used: bool) -> None:
        with self._changed:
            if bucket.holder is not ticket:
                return
            bucket.holder = None
            if used:
                bucket.free_at = self._clock() + WINDOW + SLACK
            self._changed.notify_all()


class IdentifyPermit:
    """The right to identify once. A context manager: it is given back when unused."""

    def __init__(self, gate: IdentifyGate, bucket: _Bucket, ticket: object) -> None:
        self._gate = gate
        self._bucket = bucket
        self._ticket = ticket

    def used(self) -> None:
        """IDENTIFY has been sent: the bucket rests for 5 s."""
        self._gate._release(self._bucket, self._ticket, used=True)

    def give_back(self) -> None:
        """Nothing was sent, or `used` was called: the next shard may go."""
        self._gate._release(self._bucket, self._ticket, used=False)

    def __enter__(self) -> IdentifyPermit:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.give_back()


_gates: dict[bytes, IdentifyGate] = {}  # digest of a token -> the gate of all its shards
_gates_lock = threading.Lock()  # guards _gates


def gate_for(token: str) -> IdentifyGate:
    """Return the gate that all shards of `token` in this process share."""
    key = hashlib.sha256(token.encode()).digest()
    with _gates_lock:
        return _gates.setdefault(key, IdentifyGate())


def forget_gates() -> None:
    """Start anew in a forked child, where the locks may be held by threads that are gone."""
    global _gates_lock
    _gates.clear()
    _gates_lock = threading.Lock()
