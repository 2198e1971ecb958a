"""Waiting for rate limits: the thin threaded shell around `buckets.RateLimits`.

A call takes a permit, sends, and reports. A thread that must wait sleeps on an event
of its own and is woken when it was granted, when the time it waits for came nearer, or
when it is cancelled: never by somebody else's turn. Only the head of a queue sleeps
with a time to wake at; the others sleep until they are told.
"""

from __future__ import annotations

import hashlib
import logging
import math
import os
import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

from disruption.errors import ClientStopped
from disruption.rest.buckets import RateLimits
from disruption.rest.guard import Guard
from disruption.rest.limits import Outcome
from disruption.rest.route import Target
from disruption.rest.ticket import Ticket, TicketState
from disruption.slices import slice_of
from disruption.throttle import OncePerKind
from disruption.waits import rate_limit_wait

__all__ = ["Limiter", "Permit", "RateLimiter", "WaitTooLong", "forget_limits", "limiter_of"]


_log = logging.getLogger("disruption.rest")

_LONG: Final = 30.0  # seconds of a wait that is told of before it begins
_KINDS: Final = 64  # routes whose long waits are told of apart
_KEPT: Final = 256  # limiters of tokens that no client has any more


class WaitTooLong(Exception):
    """The wait would pass the call's deadline; never leaves the package.

    Attributes:
        seconds: How long the wait is at least.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Permit(Protocol):
    """The leave to send one request."""

    number: int


class RateLimiter(Protocol):
    """The seam behind which rate limits are kept: in this process, or for several of them."""

    guard: Guard

    def acquire(
        self, target: Target, *, deadline: float, owner: object, number: int | None = None
    ) -> Permit:
        """Wait until the request may be sent.

        Args:
            target: Where it goes.
            deadline: Monotonic seconds, inf for none.
            owner: Who can cancel it.
            number: The number of the permit that got a 429, to take its place again.

        Raises:
            WaitTooLong: The deadline would pass.
            ClientStopped: It was cancelled.
        """

    def report(self, permit: Any, outcome: Outcome) -> None:
        """Say what became of the request; to be called for every permit."""

    def cancel(self, owner: object) -> None:
        """Let everything of `owner` that waits raise `ClientStopped`."""


class Limiter:
    """Rate limits kept in this process; all threads and clients of a token share one.

    Args:
        rules: The limits.
        clock: Monotonic seconds.
    """

    def __init__(
        self,
        rules: RateLimits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.guard = Guard()
        self._rules = RateLimits() if rules is None else rules
        self._clock = clock
        self._throttles = OncePerKind(most=_KINDS)  # by route: long waits
        self._lock = threading.Lock()  # guards _rules and the tickets; held for no I/O
        _limiters.add(self)

    def acquire(
        self, target: Target, *, deadline: float, owner: object, number: int | None = None
    ) -> Ticket:
        """Wait until the request to `target` may be sent; see `RateLimiter`."""
        rules = self._rules
        with self._lock:
            now = self._clock()
            ticket = rules.enter(
                target.key,
                target.major,
                now,
                exempt=target.route.interaction,
                owner=owner,
                number=number,
                kin=target.route.kin,
            )
            if ticket.state is TicketState.GRANTED:
                if len(rules.wakes) == 1:  # only itself
                    rules.wakes.clear()
                else:
                    self._wake()
                return ticket
            if deadline != math.inf:
                self._check(ticket, deadline, now)
            waker = threading.Event()
            ticket.waker = waker
            self._wake()
            seconds = rules.estimate(ticket, now)
        self._tell(target, seconds, now)
        with rate_limit_wait():
            try:
                self._sleep(ticket, waker, deadline)
            except BaseException:  # too long, cancelled, Ctrl-C
                with self._lock:
                    if ticket.state is not TicketState.DONE:
                        rules.leave(ticket, self._clock())
                    self._wake()
                raise
        return ticket

    def _tell(self, target: Target, seconds: float, now: float) -> None:
        """Log a wait that somebody may take for a hang, before it begins."""
        if seconds < _LONG:
            return
        tail = self._throttles.tail(target.route.key, now)
        if tail is not None:
            _log.warning("%s: waits %.0f s for its limit%s", target.route.key, seconds, tail)

    def _sleep(self, ticket: Ticket, waker: threading.Event, deadline: float) -> None:
        while True:
            until = min(ticket.due, deadline)
            timeout = None if until == math.inf else max(0.0, until - self._clock())
            if timeout is not None:
                timeout = min(timeout, threading.TIMEOUT_MAX)
            waker.wait(slice_of(timeout))
            with self._lock:
                waker.clear()
                now = self._clock()
                if ticket.state is not TicketState.GRANTED:
                    self._rules.look(ticket, now)
                    self._wake(but=ticket)
                if ticket.state is TicketState.GRANTED:
                    return
                if ticket.owner is _CANCELLED:
                    raise ClientStopped("the client was stopped while the call waited to be sent")
                if now >= deadline:
                    raise WaitTooLong(max(0.0, ticket.due - now) if ticket.due < math.inf else 0.0)
                if ticket.due > deadline and ticket.due != math.inf:
                    raise WaitTooLong(ticket.due - now)

    def _check(self, ticket: Ticket, deadline: float, now: float) -> None:
        """Give up at once where the wait is known to be too long. Called with the lock."""
        seconds = self._rules.estimate(ticket, now)
        if now + seconds > deadline:
            self._rules.leave(ticket, now)
            self._wake()
            raise WaitTooLong(seconds)

    def report(self, permit: Ticket, outcome: Outcome) -> None:
        """Say what became of the request; see `RateLimiter`."""
        with self._lock:
            self._rules.report(permit, outcome, self._clock())
            if self._rules.wakes:
                self._wake()

    def set_global_limit(self, limit: float) -> None:
        """Change how many requests may be sent in a second over all buckets."""
        with self._lock:
            self._rules.set_global_limit(limit)

    def cancel(self, owner: object) -> None:
        """Let everything of `owner` that waits raise `ClientStopped`."""
        with self._lock:
            for ticket in self._rules.waiting(owner):
                ticket.owner = _CANCELLED
                _set(ticket)

    def waiting(self, owner: object) -> int:
        """Return how many requests of `owner` wait."""
        with self._lock:
            return len(self._rules.waiting(owner))

    def _wake(self, but: Ticket | None = None) -> None:
        wakes: Sequence[Ticket] = self._rules.wakes
        for ticket in wakes:
            if ticket is not but:
                _set(ticket)
        self._rules.wakes.clear()


_CANCELLED = object()


def _set(ticket: Ticket) -> None:
    waker = ticket.waker
    if isinstance(waker, threading.Event):
        waker.set()


# One limiter a token and server: two clients, or a client and a script's thread, must
# not be blind to each other. The key is no secret.
_shared: weakref.WeakValueDictionary[str, Limiter] = weakref.WeakValueDictionary()
# Limits outlive the clients that learnt them, as a next one comes soon; but a web server
# that acts for each of its visitors has no end of tokens.
_kept: OrderedDict[str, Limiter] = OrderedDict()
_shared_lock = threading.Lock()  # guards _shared and _kept
_limiters: weakref.WeakSet[Limiter] = weakref.WeakSet()


def limiter_of(token: str | None, base_url: str, global_limit: float | None = None) -> Limiter:
    """Return the process's limiter for this token (None: for requests without) and server.

    Args:
        token: The bot's token.
        base_url: Which Discord.
        global_limit: Requests a second over all buckets; None leaves it as it is.
    """
    key = hashlib.sha256(f"{base_url}\0{token or ''}".encode()).hexdigest()
    with _shared_lock:
        limiter = _shared.get(key)
        if limiter is None:
            limiter = _shared[key] = Limiter()
        _kept[key] = limiter
        _kept.move_to_end(key)
        if len(_kept) > _KEPT:
            _kept.popitem(last=False)
    if global_limit is not None:
        limiter.set_global_limit(global_limit)
    return limiter


def forget_limits() -> None:
    """Forget every server's limits: another one may have got its address (tests)."""
    with _shared_lock:
        _shared.clear()
        _kept.clear()


def _after_fork() -> None:
    """Start anew in a child: the locks may be held by threads that it does not have."""
    global _shared_lock
    _shared_lock = threading.Lock()
    for limiter in list(_limiters):
        limiter._lock = threading.Lock()
        limiter.guard = Guard()
        limiter._rules = limiter._rules.emptied()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
