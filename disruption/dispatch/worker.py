"""A thread of the pool, and how it gives way while it waits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from ..waits import is_rate_limited
from .ordering import Lane
from .rules import Seat
from .signal import Signal
from .times import TimeRecord

__all__ = ["Owner", "Worker", "become", "blocking", "current_worker"]


class Owner(Protocol):
    """The pool, as its workers see it."""

    def give_way(self, worker: Worker) -> None:
        """Give the place and the lane of a worker away; called by its thread."""

    def come_back(self, worker: Worker) -> None:
        """Take lane and place again, waiting for them; called by the worker's thread."""


class Worker(Seat):
    """A thread of the pool.

    Attributes:
        event: The event it handles, None between events; written by the thread itself.
        handler: The name of the function it runs, likewise.
        runs: The number of its present run.
    """

    __slots__ = (
        "depth",
        "event",
        "handler",
        "holds_lane",
        "lane",
        "pool",
        "runs",
        "signal",
        "thread",
        "times",
    )

    def __init__(
        self, pool: Owner, name: str, work: Callable[[Worker], None], times: TimeRecord
    ) -> None:
        super().__init__()
        self.pool = pool
        self.times = times
        self.event: Any = None
        self.handler = ""
        self.runs = 0
        self.lane: Lane | None = None  # the lane of the event; guarded by the pool's lock
        self.holds_lane = False  # whether it is ours, or lent while we wait; likewise
        self.depth = 0  # how many `blocking` blocks the thread is in
        self.signal = Signal()  # called, given a place, given the lane back, or ended
        self.thread = threading.Thread(target=work, args=(self,), name=name, daemon=True)

    @property
    def rate_limited(self) -> bool:
        """Whether the thread waits for a rate limit."""
        ident = self.thread.ident
        return ident is not None and is_rate_limited(ident)


_here = threading.local()  # .worker: the pool's worker that this thread is


def become(worker: Worker) -> None:
    """Note that the calling thread is this worker."""
    _here.worker = worker


def current_worker() -> Worker | None:
    """Return the worker that the calling thread is, None for any other thread."""
    return getattr(_here, "worker", None)


@contextmanager
def blocking() -> Iterator[None]:
    """Give this worker's place, and its ordering key, to others while the block waits.

    After the block the thread takes its key back, when its present holder ends or waits
    itself, and a place, for which it waits no longer than `patience`. In a thread that is
    no worker, and with ``workers=1``, the block runs as if this were not there.
    """
    worker = current_worker()
    if worker is None:
        yield
        return
    worker.depth += 1
    try:
        if worker.depth == 1:
            worker.pool.give_way(worker)
        yield
    finally:
        worker.depth -= 1
        if worker.depth == 0:
            worker.pool.come_back(worker)
