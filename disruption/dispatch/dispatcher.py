"""From the readers to the user's functions: waiters, queue, pool, router, watchdog.

A reader calls `push` for each event it has decoded and `flush` when it has read all there
was; the rest happens on threads of the dispatcher's own. See `pool` for the threads.
"""

from __future__ import annotations

import logging
import os
import time
import weakref
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any, TypeVar

from ..counters import Counters
from ..errors import InvalidArgument
from ..timer import Timer
from .expected import Expected
from .item import URGENT, Item, event_name
from .ordering import Ordering, key_function
from .pool import Pool
from .progress import SessionProgress
from .queue import DROPPABLE
from .reports import PoolStats, StuckHandler
from .router import Router, Target, name_of
from .rules import PoolRules
from .stream import Stream
from .times import HandlerTime, HandlerTimes
from .waiters import Waiters
from .watchdog import Watchdog
from .worker import Worker, blocking

__all__ = ["DispatchStats", "Dispatcher"]

log = logging.getLogger("disruption.dispatch")

E = TypeVar("E")


class _Middleware(Target):
    """A function around the handling of every event; it takes what to call inside too."""

    __slots__ = ()
    call: Callable[..., object]

    def __init__(self, name: str, call: Callable[..., object]) -> None:
        super().__init__(name, call)


@dataclass(frozen=True)
class DispatchStats:
    """What the dispatcher is doing.

    Attributes:
        pool: Queue and threads.
        waiting: How many threads wait for events.
        handlers: Times by handler name.
    """

    pool: PoolStats = field(default_factory=PoolStats)
    waiting: int = 0
    handlers: dict[str, HandlerTime] = field(default_factory=dict)


class Dispatcher:
    """Hands events to those who wait for them and to the functions that the router names.

    For one event the functions run one after another on one worker; what one of them
    raises goes to `on_error` and the next one runs. An exit asked for in a handler
    (``sys.exit()``, KeyboardInterrupt) cannot end the program from a worker thread: it
    goes to `on_exit`, which stops the client; the thread lives on.

    Args:
        router: Says what an event goes to.
        name: Threads are named ``{name}-worker-{n}``.
        timer: The scheduler; it belongs to the caller, who stops it after the dispatcher.
        counters: Where drops, errors and slow handlers are counted (``dispatch.…``).
        workers: Handlers that run at once; 1 is strictly serial.
        max_threads: Threads at most, those included that wait inside a handler.
        patience: Seconds in one handler after which another thread may run beside it.
        ordering: None, "channel", "guild" or a function from an event to its key: events
            of one key run in order and one at a time.
        queue_bytes: Bytes queued past which typing and presence events are dropped; past
            twice that the readers are to pause.
        slow_handler: Seconds after which a running handler is logged; None: never.
        on_error: Called with what a handler raised and the event; None logs it.
        on_exit: Called with a SystemExit or KeyboardInterrupt raised in a handler.
        clock: The clock of handler times and patience, in seconds.

    Raises:
        InvalidArgument: A setting makes no sense.
    """

    def __init__(
        self,
        router: Router,
        *,
        name: str = "disruption",
        timer: Timer,
        counters: Counters | None = None,
        workers: int = 8,
        max_threads: int = 256,
        patience: float = 0.25,
        ordering: Ordering = None,
        queue_bytes: int = 64 << 20,
        slow_handler: float | None = 10.0,
        on_error: Callable[[BaseException, Any], object] | None = None,
        on_exit: Callable[[BaseException], object] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        PoolRules(workers, max_threads, patience)  # raises for what makes no sense
        if queue_bytes < 1:
            raise InvalidArgument(f"queue_bytes={queue_bytes}: it must be at least 1")
        self.router = router
        self.name = name
        self.counters = counters if counters is not None else Counters()
        self.waiters = Waiters(self.counters, yielding=blocking)
        self.on_error = on_error
        self.on_exit = on_exit
        self._timer = timer
        self._clock = clock
        self._workers = workers
        self._max_threads = max_threads
        self._patience = patience
        self._key = key_function(ordering)
        self._queue_bytes = queue_bytes
        self._times = HandlerTimes()
        self._inbox: deque[Item] = deque()  # what readers have pushed since their last flush
        self._ranks = count()
        self._pool: Pool | None = None  # from start to stop
        self._middleware: tuple[_Middleware, ...] = ()  # replaced, never changed
        self._watchdog = Watchdog(
            self._running, slow_handler, timer=timer, counters=self.counters, clock=clock
        )
        _dispatchers.add(self)

    # Start and stop

    def start(self) -> None:
        """Take events, also again after a stop; threads start when there is work.

        Does nothing where the dispatcher is started already.
        """
        if self._pool is not None:
            return
        self._inbox.clear()
        self.waiters.start()
        self._watchdog.reset()
        self._pool = Pool(
            self._run,
            name=self.name,
            rules=PoolRules(self._workers, self._max_threads, self._patience),
            timer=self._timer,
            counters=self.counters,
            key=self._key,
            queue_bytes=self._queue_bytes,
            times=self._times,
            clock=self._clock,
            busy=self._watchdog.wake,
        )

    def stop(self, timeout: float = 10.0) -> list[StuckHandler]:
        """Wake all who wait with ClientStopped, drain the queue, end the threads.

        May be called from any thread, handlers included, and more than once.

        Args:
            timeout: Seconds to wait until queue and handlers are done; what is still
                queued then is dropped, logged, counted, and does not count as handled.

        Returns:
            The handlers that are still running; each is logged with its stack.
        """
        if self.waiters.error is None:
            self.waiters.stop()
        pool = self._pool
        if pool is None:
            return []
        stuck = pool.stop(timeout)
        if self._pool is pool:
            self._pool = None
        return stuck

    def fail(self, error: BaseException) -> None:
        """Wake all who wait for events, and all who will until the next start, with `error`."""
        self.waiters.fail(error)

    def add_middleware(self, function: Callable[[Any, Callable[[], object]], object]) -> None:
        """Call a function around the handling of every event; the first one is the outermost."""
        self._middleware = (*self._middleware, _Middleware(name_of(function), function))

    # The readers' side

    def listens(self, cls: type) -> bool:
        """Tell whether anyone wants events of this class; if not, they need no decoding."""
        return bool(self.router.targets(cls)) or self.waiters.wants(cls)

    def refuses(self, name: str) -> bool:
        """Tell whether an event of this name would be dropped now, so that it needs no decoding.

        It is counted if so; the caller does not push it.
        """
        pool = self._pool
        return pool is not None and name in DROPPABLE and pool.refuses(name)

    def prepare(self) -> None:
        """Start the threads that the first event needs, as one is about to be made and pushed."""
        pool = self._pool
        if pool is not None:
            pool.prepare()
            self._watchdog.wake()

    def push(
        self,
        event: Any,
        size: int = 0,
        *,
        urgent: bool = False,
        session: SessionProgress | None = None,
        sequence: int = 0,
    ) -> None:
        """Give an event to those who wait for it, and put it by for the next `flush`.

        Args:
            event: The event.
            size: Its bytes on the wire.
            urgent: Whether it overtakes what is queued (interactions do).
            session: Where to note that it has been handled.
            sequence: Its sequence number in the session.
        """
        if self.waiters:
            self.waiters.offer(event)
        if not self.router.targets(type(event)):
            if session is not None:
                session.skip(sequence)
            return
        if session is not None:
            session.begin(sequence)
        rank = next(self._ranks)
        self._inbox.append(
            (rank - URGENT if urgent else rank, event, size, session, sequence, None)
        )

    def flush(self) -> bool:
        """Queue what was pushed and wake a worker for it.

        Returns:
            False where the queue is full: the reader should `wait_for_room`.
        """
        if not self._inbox:
            return True
        pool = self._pool
        if pool is None:
            names = [event_name(item[1]) for item in self._inbox]
            self._inbox.clear()
            for name in names:
                self.counters.add(f"dispatch.dropped.{name}")
            log.warning("Dropped %d events that came while the client is stopped", len(names))
            return True
        return pool.take_in(self._inbox)

    def wait_for_room(self, timeout: float | None = None) -> bool:
        """Wait until the queue has room again.

        Args:
            timeout: Seconds to wait at most; None waits until there is room.

        Returns:
            False where the timeout, a stop or `interrupt` came first.
        """
        pool = self._pool
        return pool is None or pool.wait_for_room(timeout)

    def interrupt(self) -> None:
        """Make every `wait_for_room` return at once until the next start: readers are to end."""
        pool = self._pool
        if pool is not None:
            pool.interrupt()

    # Waiting

    def wait_for(
        self,
        *classes: type[E],
        check: Callable[[E], object] | None = None,
        timeout: float | None = None,
        **filters: object,
    ) -> E:
        """Wait for the next event that matches; see `Expected.result`."""
        with Expected(self.waiters, *classes, check=check, **filters) as expected:
            return expected.result(timeout)

    def expecting(
        self,
        *classes: type[E],
        check: Callable[[E], object] | None = None,
        **filters: object,
    ) -> Expected[E]:
        """Listen for the next event that matches, to wait for it later; see `Expected`."""
        return Expected(self.waiters, *classes, check=check, **filters)

    def events(
        self,
        *classes: type[E],
        check: Callable[[E], object] | None = None,
        timeout: float | None = None,
        idle: float | None = None,
        max: int | None = None,
        buffer: int = 1000,
        **filters: object,
    ) -> Stream[E]:
        """Iterate over the events that match, from now on; see `Stream`."""
        return Stream(
            self.waiters,
            *classes,
            check=check,
            timeout=timeout,
            idle=idle,
            max=max,
            buffer=buffer,
            **filters,
        )

    def blocking(self) -> AbstractContextManager[None]:
        """Give this worker's place to another thread while the block waits; see `blocking`."""
        return blocking()

    # Seen from outside

    def wait_idle(self, timeout: float | None = None) -> bool:
        """Wait until every event that was pushed is handled.

        A handler that waits for another event does not count as running.

        Args:
            timeout: Seconds to wait at most; None waits for as long as it takes.

        Returns:
            False where the timeout came first.
        """
        pool = self._pool
        return pool is None or pool.wait_idle(self._inbox, timeout)

    def stats(self) -> DispatchStats:
        """Return what the dispatcher is doing."""
        pool = self._pool
        return DispatchStats(
            pool=pool.stats() if pool is not None else PoolStats(),
            waiting=len(self.waiters),
            handlers=self._times.snapshot(),
        )

    def _running(self) -> list[Worker]:
        pool = self._pool
        return pool.running() if pool is not None else []

    # On a worker

    def _run(self, worker: Worker, item: Item) -> None:
        event = item[1]
        worker.event = event
        start = worker.since
        try:
            if self._middleware:
                start = self._surround(worker, event)
            else:
                start = self._deliver(worker, event, start)
        finally:
            worker.event = None
            worker.since = start  # the next event begins where this one ended
            if item[3] is not None:
                item[3].done(item[4])

    def _deliver(self, worker: Worker, event: Any, start: float) -> float:
        """Call every function with the event; return when the last one ended."""
        clock, record = self._clock, worker.times.add
        for target in self.router.targets(type(event)):
            name = worker.handler = target.name
            try:
                target.call(event)
            except BaseException as error:
                self._failed(error, event, target)
            end = clock()
            record(name, end - start)
            start = end
        return start

    def _surround(self, worker: Worker, event: Any) -> float:
        """Call the middleware, the innermost of which calls the functions."""
        call: Callable[[], object] = partial(self._deliver, worker, event, self._clock())
        for middleware in reversed(self._middleware):
            call = partial(middleware.call, event, call)
        worker.handler = self._middleware[0].name
        try:
            call()
        except BaseException as error:
            self._failed(error, event, self._middleware[0])
        return self._clock()

    def _failed(self, error: BaseException, event: Any, target: Target) -> None:
        if isinstance(error, (SystemExit, KeyboardInterrupt)):
            self._exit(error, target)
            return
        if type(error) is type(self.waiters.error):  # what `wait_for` raises from now on
            self.counters.add("dispatch.handlers_ended_by_stop")
            log.info("%s was ended by the stop: %s", target.name, error)
            return
        self.counters.add("dispatch.handler_errors")
        if self.on_error is None:
            log.error("%s failed on %s", target.name, event_name(event), exc_info=error)
            return
        try:
            self.on_error(error, event)
        except BaseException as second:
            self.counters.add("dispatch.on_error_errors")
            log.error("%s failed on %s", target.name, event_name(event), exc_info=error)
            log.error("on_error failed on that error", exc_info=second)

    def _exit(self, error: BaseException, target: Target) -> None:
        self.counters.add("dispatch.exits")
        if self.on_exit is None:
            log.error(
                "%s asked to exit, which a handler cannot; stop the client instead",
                target.name,
                exc_info=error,
            )
            return
        log.info("%s asked to exit (%s)", target.name, type(error).__name__)
        try:
            self.on_exit(error)
        except BaseException as second:
            self.counters.add("dispatch.on_error_errors")
            log.error("Exiting as %s asked failed", target.name, exc_info=second)

    def after_fork(self) -> None:
        """Be stopped in a forked child, where no worker exists. Called by itself."""
        self._inbox.clear()
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.after_fork()
        self.waiters.after_fork()
        self._watchdog.reset()


_dispatchers: weakref.WeakSet[Dispatcher] = weakref.WeakSet()  # those that a fork has to tell


def _after_fork() -> None:
    for dispatcher in list(_dispatchers):
        dispatcher.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
