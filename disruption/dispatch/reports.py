"""What the pool tells: its state, the handlers it leaves behind, the events it drops."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..counters import Counters
from .item import Item, event_name
from .stacks import where
from .worker import Worker

__all__ = ["PoolStats", "StuckHandler", "name_handlers", "report_dropped", "report_stuck"]

log = logging.getLogger("disruption.dispatch")


@dataclass(frozen=True)
class StuckHandler:
    """A handler that was still running when the client stopped.

    Attributes:
        thread: The name of its thread, a daemon that is left behind.
        handler: The function's name.
        event: The event's name.
        seconds: How long it has been running (since its last wait for an event).
        stack: Where it is stuck.
    """

    thread: str
    handler: str
    event: str
    seconds: float
    stack: str


@dataclass(frozen=True)
class PoolStats:
    """What the pool is doing.

    Attributes:
        queued: Events in the queue.
        queued_bytes: Their size on the wire.
        queued_bytes_most: The most that has been queued.
        threads: Threads there are.
        busy: Threads in a handler that do not wait for an event.
        idle: Threads with nothing to do.
        blocked: Threads that wait for an event inside a handler, or to go on after that.
        lent: Busy threads that have lent their place, being in a handler for long.
        rate_limited: Busy threads that wait for a rate limit.
        extra: Threads beyond `workers`.
    """

    queued: int = 0
    queued_bytes: int = 0
    queued_bytes_most: int = 0
    threads: int = 0
    busy: int = 0
    idle: int = 0
    blocked: int = 0
    lent: int = 0
    rate_limited: int = 0
    extra: int = 0


def name_handlers(workers: Iterable[Worker]) -> str:
    """Return which handlers run, and how often, as text."""
    names = Counter(worker.handler for worker in workers if worker.event is not None)
    return ", ".join(f"{count} in {name}" for name, count in names.most_common())


def report_dropped(items: Iterable[Item], why: str, counters: Counters) -> None:
    """Log and count events that will not be handled."""
    names = Counter(event_name(item[1]) for item in items)
    for name, count in names.items():
        counters.add(f"dispatch.dropped.{name}", count)
    listed = ", ".join(f"{count} {name}" for name, count in names.most_common())
    log.warning("Dropped %d events, because %s: %s", names.total(), why, listed)


def report_stuck(worker: Worker, event: object, now: float, counters: Counters) -> StuckHandler:
    """Log and count a handler that cannot be ended."""
    stuck = StuckHandler(
        thread=worker.thread.name,
        handler=worker.handler,
        event=event_name(event),
        seconds=now - worker.since,
        stack=where(worker.thread.ident),
    )
    counters.add("dispatch.stuck")
    log.error(
        "%s still runs for %s after the stop (for %.1f s); its thread %s is left behind:\n%s",
        stuck.handler,
        stuck.event,
        stuck.seconds,
        stuck.thread,
        stuck.stack,
    )
    return stuck
