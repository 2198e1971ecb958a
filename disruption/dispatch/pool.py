"""The managed pool: the threads around `rules`.

Thread discipline. The pool owns daemon threads ``{name}-worker-{n}``, started when first
needed and ended by `stop` (or after a while without work, beyond `workers`). One lock
guards the queue and the rules; it is held for a few steps of ours only, never while a
handler, a key function or a log handler runs. Each worker sleeps on a signal of its own.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from typing import Literal

from ..counters import Counters
from ..slices import join
from ..throttle import OncePer
from ..timer import Timer, log_no_thread
from .item import Item
from .ordering import KeyFunction, Lane, Lanes
from .queue import EventQueue, Fifo
from .reports import PoolStats, StuckHandler, name_handlers, report_dropped, report_stuck
from .rules import Call, PoolRules, Seat, State
from .signal import Signal
from .times import HandlerTimes
from .worker import Worker, become, blocking, current_worker

__all__ = ["Pool"]

log = logging.getLogger("disruption.dispatch")

_KEEP_IDLE = 10.0  # seconds an extra thread stays without work
_GRACE = 0.25  # seconds a thread has to end after the deadline of a stop
_WORKS = frozenset({State.WORKING, State.RETURNING})


class Pool:
    """Runs what is queued on threads of its own. It lives from a start to a stop.

    Args:
        run: Called on a worker with each item; it may take as long as it likes.
        name: Threads are named ``{name}-worker-{n}``.
        rules: The rules, made for this pool.
        key: The ordering's key function, None for no ordering.
        queue_bytes: See `EventQueue`.
        busy: Called when a worker that was idle has work (the watchdog looks from then on).
    """

    def __init__(
        self,
        run: Callable[[Worker, Item], None],
        *,
        name: str,
        rules: PoolRules,
        timer: Timer,
        counters: Counters,
        key: KeyFunction | None = None,
        queue_bytes: int = 64 << 20,
        times: HandlerTimes | None = None,
        clock: Callable[[], float] = time.monotonic,
        busy: Callable[[], object] = lambda: None,
    ) -> None:
        self.rules = rules
        self.counters = counters
        self._run = run
        self._name = name
        self._timer = timer
        self._clock = clock
        self._busy = busy
        self._times = times if times is not None else HandlerTimes()
        self._lock = threading.Lock()  # guards everything below, the rules included
        self._lanes = Lanes(key, counters) if key is not None and not rules.serial else None
        self._backlog: Fifo | Lanes = self._lanes if self._lanes is not None else Fifo()
        self.queue = EventQueue(queue_bytes, self._backlog, counters)
        self._workers: set[Worker] = set()  # those whose thread was or is being started
        self._number = 0  # of the last thread
        self._paused: list[Signal] = []  # readers that wait for room
        self._looking = False  # whether the timer is going to look for lack of patience
        self._bound_log = OncePer()
        self._interrupted = False  # the readers are about to end and must not wait for room
        self._draining = False  # a stop waits for the queue and the handlers to end
        self._ended = False  # nothing starts any more
        self._stoppers: set[Worker] = set()  # workers whose handler has called stop
        self._quiet = Signal()  # set while draining whenever a thread has nothing to do
        self._watching: list[Signal] = []  # of those who wait until nothing runs

    # The readers' side

    def take_in(self, inbox: deque[Item]) -> bool:
        """Queue what is in `inbox` and wake a worker for it if need be.

        Returns:
            False where the queue is full, so that the reader should `wait_for_room`.
        """
        queue, now = self.queue, self._clock()
        with self._lock:
            if self._draining:
                refused = list(inbox)
                inbox.clear()
            else:
                refused = []
                queue.take_in(inbox, now, stalled=self.rules.stalled)
            call = self._next_call()
            room = not queue.full or self.rules.stalled
            notes = self._notes()
        self._carry_out(call, notes)
        if refused:
            report_dropped(refused, "they came after the stop", self.counters)
        return room

    def prepare(self) -> None:
        """Start the first thread before there is work for it."""
        with self._lock:
            call = self.rules.call(1) if not (self.rules.threads or self._ended) else None
        self._carry_out(call, ())

    def refuses(self, name: str) -> bool:
        """Tell whether a droppable event would be dropped now, and count it if so."""
        if not self.queue.crowded:
            return False
        with self._lock:
            self.queue.dropped(name, self._clock())
            notes = self._notes()
        self._carry_out(None, notes)
        return True

    def wait_for_room(self, timeout: float | None = None) -> bool:
        """Wait until the queue has room again.

        Args:
            timeout: Seconds to wait at most; None waits until there is room.

        Returns:
            False where the timeout, a stop or `interrupt` came first.
        """
        with self._lock:
            if not self.queue.full or self.rules.stalled:
                return True
            if self._draining or self._interrupted:
                return False
            self.queue.paused(self._clock())
            notes = self._notes()
            signal = Signal()
            self._paused.append(signal)
        self._carry_out(None, notes)
        signal.wait(timeout)
        with self._lock:
            if signal in self._paused:
                self._paused.remove(signal)
            return self.queue.has_room or self.rules.stalled

    def interrupt(self) -> None:
        """Make every `wait_for_room` return at once from now on."""
        with self._lock:
            self._interrupted = True
            self._release_readers()

    # The workers

    def _work(self, worker: Worker) -> None:
        become(worker)
        with self._lock:
            self.rules.join(worker)
        worker.since = self._clock()
        try:
            while True:
                item = self._next(worker)
                if item is None:
                    return
                try:
                    self._run(worker, item)
                except BaseException:
                    self.counters.add("dispatch.internal_errors")
                    log.exception("The dispatcher failed on an event; the worker carries on")
                item = None  # an idle worker keeps no event alive
        finally:
            with self._lock:
                self._workers.discard(worker)
                if worker in self.rules.seats:
                    self.rules.leave_place(worker)
                    self.rules.quit(worker)
            self._times.retire(worker.times)

    def _next(self, worker: Worker) -> Item | None:
        """End the worker's last item and wait for its next one; None: the thread is to end."""
        rules, backlog, lock = self.rules, self._backlog, self._lock
        while True:
            item = sorting = None
            woken: list[Seat] | None = None
            was_idle = worker.state is State.IDLE
            with lock:
                if was_idle:
                    rules.arrive(worker)
                if worker.lane is not None:
                    woken = self._end_lane(worker)
                if self._ended:
                    return None
                if rules.keeps_place(worker):
                    placed = True
                else:
                    heir = rules.leave_place(worker)
                    if heir is not None:
                        woken = [*(woken or ()), heir]
                    placed = rules.take_place(worker)
                if placed:
                    if self._lanes is not None and self._lanes.unsorted:
                        sorting = self._lanes.start_sorting()
                    else:
                        item = backlog.take()
                        if item is None:
                            rules.leave_place(worker)
                if item is not None:
                    worker.runs += 1
                    worker.lane = item[5]
                    worker.holds_lane = item[5] is not None
                    queue = self.queue
                    queue.bytes -= item[2]
                    if self._paused and queue.has_room:
                        self._release_readers()
                elif sorting is None:
                    rules.rest(worker)
                    if self._draining:
                        self._quiet.set()
                    if self._watching:
                        self._tell_watchers()
                call = self._next_call()
                extra = rules.threads > rules.workers
                notes = self._notes() if self.queue.notes else ()
            if woken:
                _wake(woken)
            if call is not None or notes:
                self._carry_out(call, notes)
            if was_idle and (item is not None or sorting is not None):
                self._busy()
            if item is not None:
                return item
            if sorting is not None:
                self._sort(worker, *sorting)
            elif not worker.signal.wait(_KEEP_IDLE if extra else None):
                with lock:
                    if rules.retire(worker):
                        return None
            worker.since = self._clock()

    def _sort(self, worker: Worker, items: list[Item], rested: list[Lane]) -> None:
        assert self._lanes is not None
        worker.handler, worker.event = "the ordering function", items[0][1]
        sorted_items = self._lanes.assign(items, rested, self._clock())
        worker.event = None
        with self._lock:
            self._lanes.place(sorted_items)
            dropped = self._lanes.clear() if self._ended else []
        if dropped:
            report_dropped(dropped, "the client stopped", self.counters)

    def _end_lane(self, worker: Worker) -> list[Seat] | None:
        lane, worker.lane = worker.lane, None
        assert lane is not None
        assert self._lanes is not None
        return self._give_lane(self._lanes.finish(lane))

    def _give_lane(self, heir: object | None) -> list[Seat] | None:
        if not isinstance(heir, Worker):
            return None
        heir.holds_lane = True
        return [heir]

    # Waiting inside a handler

    def give_way(self, worker: Worker) -> None:
        """Give the place and the lane of a worker away; called by its thread."""
        with self._lock:
            if self._ended:
                return
            woken: list[Seat] = []
            heir = self.rules.wait(worker)
            if heir is not None:
                woken.append(heir)
            if worker.lane is not None and self._lanes is not None:
                worker.holds_lane = False
                woken += self._give_lane(self._lanes.release(worker.lane)) or ()
            if self._paused and self.rules.stalled:
                self._release_readers()
            if self._watching:
                self._tell_watchers()
            call = self._next_call()
            notes = self._notes()
        _wake(woken)
        self._carry_out(call, notes)

    def come_back(self, worker: Worker) -> None:
        """Take lane and place again, waiting for them; called by the worker's thread."""
        with self._lock:
            if worker.lane is not None and self._lanes is not None and not worker.holds_lane:
                worker.holds_lane = self._lanes.retake(worker.lane, worker)
        while worker.lane is not None and not (worker.holds_lane or self._ended):
            worker.signal.wait()
        with self._lock:
            if self._ended or worker.state is not State.WAITING:
                return
            placed = self.rules.come_back(worker, self._clock())
        end = time.monotonic() + self.rules.patience
        while not placed:
            timely = worker.signal.wait(end - time.monotonic())
            with self._lock:
                placed = not timely or self._ended or not self.rules.is_returning(worker)
                if placed:
                    self.rules.insist(worker, self._clock())

    # Growing

    def _next_call(self) -> Seat | Literal[Call.START, Call.LOOK] | None:
        """Under the lock: say what is to be done so that events that could start do."""
        rules = self.rules
        if rules.active < rules.workers:
            if rules.coming is not None:
                return None
            runnable = self._backlog.runnable
            if not runnable or self._ended:
                return None
            call = rules.call(runnable)
            if call is None and rules.at_bound:
                self._note_bound()
            return call
        if not self._looking and not rules.serial and not self._ended and self._backlog.runnable:
            self._looking = True
            return Call.LOOK
        return None

    def _look(self) -> None:
        """On the timer's thread: let those lend their place who have been too long."""
        now = self._clock()
        with self._lock:
            self._looking = False
            if self._ended:
                return
            lenders, heirs = self.rules.lend(now, self._backlog.runnable, _is_limited)
            call = self._next_call()
            notes = self._notes()
        if lenders:
            self.counters.add("dispatch.places_lent", len(lenders))
        _wake(heirs)
        self._carry_out(call, notes)

    def _carry_out(
        self, call: Seat | Literal[Call.START, Call.LOOK] | None, notes: Sequence[str]
    ) -> None:
        """Without the lock: do what the rules have called for, and log."""
        if isinstance(call, Worker):
            call.signal.set()
        elif call is Call.START:
            self._start_worker()
        elif call is Call.LOOK:
            with self._lock:
                now = self._clock()
                when = self.rules.next_look(now)
            self._timer.call_later(when - now, self._look)
        for note in notes:
            log.warning("%s", note)

    def _start_worker(self) -> None:
        with self._lock:
            self._number += 1
            name = f"{self._name}-worker-{self._number}"
            worker = Worker(self, name, self._work, self._times.record())
            self._workers.add(worker)
        try:
            worker.thread.start()
        except RuntimeError as error:  # no more threads, or the interpreter is shutting down
            self.counters.add("dispatch.thread_start_failed")
            log_no_thread(log, f"{name}; trying again in a second", error)
            with self._lock:
                self._workers.discard(worker)
                self.rules.start_failed()
                retry = not self._looking and not self._ended
                self._looking = self._looking or retry
            self._times.retire(worker.times)
            if retry:
                self._timer.call_later(1.0, self._look)

    def _notes(self) -> Sequence[str]:
        notes = self.queue.notes
        if not notes:
            return ()
        self.queue.notes = []
        return notes

    def _note_bound(self) -> None:
        self.counters.add("dispatch.at_bound")
        if self._bound_log(self._clock()):
            self.queue.notes.append(
                f"All max_threads={self.rules.max_threads} threads are in handlers, so "
                f"{len(self._backlog)} events wait: {name_handlers(self._workers)}"
            )

    def _release_readers(self) -> None:
        for signal in self._paused:
            signal.set()
        self._paused.clear()

    # Seen from outside, and the end

    def running(self) -> list[Worker]:
        """Return the workers that are in a handler and do not wait for an event there."""
        with self._lock:
            return [
                worker
                for worker in self._workers
                if worker.event is not None and worker.state is not State.WAITING
            ]

    def stats(self) -> PoolStats:
        """Return what the pool is doing."""
        with self._lock:
            states = Counter(worker.state for worker in self.rules.seats)
            busy = [w for w in self._workers if w.state is State.WORKING]
            return PoolStats(
                queued=len(self._backlog),
                queued_bytes=self.queue.bytes,
                queued_bytes_most=self.queue.most,
                threads=self.rules.threads,
                busy=states[State.WORKING],
                idle=states[State.IDLE],
                blocked=states[State.WAITING] + states[State.RETURNING],
                lent=sum(worker.lent for worker in busy),
                rate_limited=sum(worker.rate_limited for worker in busy),
                extra=max(0, self.rules.threads - self.rules.workers),
            )

    def wait_idle(self, inbox: deque[Item], timeout: float | None = None) -> bool:
        """Wait until nothing is queued and no handler runs but those that wait for an event.

        Args:
            inbox: What is still to be taken in.
            timeout: Seconds to wait at most; None waits for as long as it takes.

        Returns:
            False where the timeout came first.
        """
        end = None if timeout is None else time.monotonic() + timeout
        signal = Signal()
        with self._lock:
            self._watching.append(signal)
        try:
            while True:
                with self._lock:
                    working = any(seat.state in _WORKS for seat in self.rules.seats)
                    if self._ended or not (working or len(self._backlog) or inbox):
                        return True
                if not signal.wait(None if end is None else end - time.monotonic()):
                    return False
        finally:
            with self._lock:
                self._watching.remove(signal)

    def _tell_watchers(self) -> None:
        for signal in self._watching:
            signal.set()

    def stop(self, timeout: float) -> list[StuckHandler]:
        """Let the queue run empty until the deadline, then end every thread that can end.

        Events that have not started by then are dropped (logged and counted, and they do
        not count as handled). Called in a handler, it does not wait for that handler; with
        ``workers=1`` nothing else can run then, so the queue is dropped at once.

        Args:
            timeout: Seconds to wait for the queue and the handlers.

        Returns:
            The handlers that are still running; each is logged with its stack.
        """
        end = time.monotonic() + max(0.0, timeout)
        me = current_worker()
        if me is not None and me.pool is not self:
            me = None
        with self._lock:
            self._draining = True
            self._release_readers()
            if me is not None:
                self._stoppers.add(me)
        self._quiet.set()  # another stop need not wait for this handler
        if me is None or not self.rules.serial:
            with blocking():
                self._drain(end)
                dropped, others = self._end()
        else:
            dropped, others = self._end()
        if dropped:
            report_dropped(dropped, "the client stopped before they began", self.counters)
        stuck: list[StuckHandler] = []
        last = max(end, time.monotonic()) + _GRACE
        for worker in others:
            if worker in self._stoppers or worker.thread.ident is None:
                continue
            join(worker.thread, last - time.monotonic())
            event = worker.event
            if worker.thread.is_alive() and event is not None:
                stuck.append(report_stuck(worker, event, self._clock(), self.counters))
        return stuck

    def _drain(self, end: float) -> None:
        while True:
            with self._lock:
                busy = any(s.state is not State.IDLE for s in self.rules.seats - self._stoppers)
                if self._ended or not (busy or len(self._backlog)):
                    break
            if not self._quiet.wait(end - time.monotonic()):
                break
        self._quiet.set()  # for the next thread that waits here

    def _end(self) -> tuple[list[Item], list[Worker]]:
        with self._lock:
            self._ended = True
            dropped = self._backlog.clear()
            self.queue.bytes = 0
            workers = list(self._workers)
        for worker in workers:
            worker.signal.set()
        return dropped, workers

    def after_fork(self) -> None:
        """End in a forked child, where no worker exists but perhaps the thread that forked."""
        self._lock = threading.Lock()
        self._ended = self._draining = True
        self._backlog.clear()
        self._paused.clear()
        self._workers.clear()


def _wake(seats: list[Seat]) -> None:
    for seat in seats:
        assert isinstance(seat, Worker)
        seat.signal.set()


def _is_limited(seat: Seat) -> bool:
    assert isinstance(seat, Worker)
    return seat.rate_limited
