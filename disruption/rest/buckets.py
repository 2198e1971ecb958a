"""Discord's rate limits as rules: no threads, no clock, no I/O.

A request *enters* and gets a `Ticket`; it may be sent once the ticket is granted, and
its outcome is *reported*. In between it waits in two queues, first come first served:

1. its bucket. Discord names buckets in ``X-RateLimit-Bucket``; together with the major
   parameter that is one limit, which several routes may share. Until a route's first
   answer its bucket is unknown, and one request at a time probes it.
2. the global gate, 50 requests a second, which interaction endpoints pass by.

How a bucket stays exact without a 429:

* ``X-RateLimit-Reset`` (the server's clock) only identifies the window that an answer
  speaks of; answers come out of order, and those of an older window are ignored.
* ``X-RateLimit-Reset-After``, added to the time when the answer came, is never before
  the true reset; the earliest such time within a window is the one waited for.
* Within a window our own count and Discord's are both taken, and the lower one wins.
* A request under way while the window turns may be counted in the new one, so that it
  keeps its place there until its answer says otherwise.

See https://discord.com/developers/docs/topics/rate-limits
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from typing import Final

from disruption.rest.gate import Gate
from disruption.rest.limits import Limits, Outcome
from disruption.rest.ticket import Ticket, TicketState

__all__ = ["RateLimits"]

_MARGIN: Final = 0.005  # seconds; headers are rounded to milliseconds
_SAME_WINDOW: Final = 0.02  # seconds by which two resets of one window may differ
_STRADDLE: Final = 5.0  # seconds after which a request under way has surely been counted
_IDLE: Final = 60.0  # seconds after which an unused bucket is forgotten
_SWEEP: Final = 1024  # enters between two searches for unused buckets


class Bucket:
    """One limit: a window, how many may still go in it, and who waits."""

    __slots__ = (
        "blocked_until",
        "fresh",
        "in_flight",
        "known",
        "limit",
        "name",
        "period",
        "queue",
        "remaining",
        "reset_at",
        "turned_at",
        "unlimited",
        "used_at",
        "window",
    )

    def __init__(self, name: tuple[str, str]) -> None:
        self.name = name  # (Discord's name, or the route while that is unknown; major)
        self.queue: deque[Ticket] = deque()
        self.in_flight: set[Ticket] = set()
        self.known = False  # an answer told its limits
        self.unlimited = False  # an answer came without any limits
        self.limit = 1
        self.remaining = 0
        self.window = -math.inf  # the server's reset time of the newest window seen
        self.reset_at = -math.inf  # our clock
        self.fresh = False  # the last window is over, the next one has no answer yet
        self.turned_at = -math.inf  # when it became fresh
        self.period = 0.0  # the longest reset-after seen
        self.blocked_until = -math.inf  # a 429 said so
        self.used_at = -math.inf

    def wait(self, now: float) -> float:
        """Return the seconds until one more may go; inf when an answer must come first."""
        if now < self.blocked_until:
            return self.blocked_until - now
        if self.unlimited:
            return 0.0
        if not self.known:
            return math.inf if self.in_flight else 0.0
        if not self.fresh and now >= self.reset_at:
            self._turn(now)
        if self.remaining > 0:
            return 0.0
        return math.inf if self.fresh else self.reset_at - now

    def _turn(self, now: float) -> None:
        self.fresh = True
        self.turned_at = now
        self.remaining = self.limit
        for ticket in self.in_flight:
            ticket.straddles = now - ticket.sent_at < _STRADDLE
            if ticket.straddles:
                self.remaining -= 1

    def take(self, ticket: Ticket, now: float) -> None:
        self.remaining -= 1
        self.in_flight.add(ticket)
        self.used_at = now

    def give_back(self, ticket: Ticket) -> None:
        """Undo `take`, for a request that never reached Discord."""
        self.in_flight.discard(ticket)
        self.remaining = min(self.remaining + 1, self.limit)

    def lost(self, ticket: Ticket, now: float) -> None:
        """Account for a request whose answer, if any, said nothing about the limits."""
        self.in_flight.discard(ticket)
        self._settle(now)

    def observe(self, ticket: Ticket, limits: Limits, now: float) -> None:
        """Learn from an answer."""
        self.in_flight.discard(ticket)
        self._observe(ticket, limits, now)
        self._settle(now)

    def _observe(self, ticket: Ticket, limits: Limits, now: float) -> None:
        self.unlimited = False
        self.used_at = now
        self.limit = limits.limit
        self.period = max(self.period, limits.reset_after)
        end = now + limits.reset_after + _MARGIN
        if not self.known:
            self.known = True
            self.window, self.reset_at, self.fresh = limits.reset, end, False
            self.remaining = limits.remaining - len(self.in_flight)
            return
        if self.fresh and ticket.sent_at >= self.turned_at:
            # Sent since the turn, so that this is the window that we are in, whatever
            # the server's clock did in between.
            self.window, self.reset_at, self.fresh = limits.reset, end, False
            self.remaining = min(self.remaining, limits.remaining)
            return
        age = limits.reset - self.window
        if age < -_SAME_WINDOW or (self.fresh and age <= _SAME_WINDOW):
            # Of a window that is over: it holds no place in this one.
            if ticket.straddles:
                self.remaining = min(self.remaining + 1, self.limit)
            return
        self.remaining = min(self.remaining, limits.remaining)
        if age <= _SAME_WINDOW:
            self.reset_at = min(self.reset_at, end)
            return
        # A new window that began before we thought: trust the later of the two ends.
        self.window = limits.reset
        self.reset_at = end if self.fresh else max(self.reset_at, end)
        self.fresh = False

    def _settle(self, now: float) -> None:
        if self.known and self.fresh and self.remaining <= 0 and not self.in_flight:
            # Nobody is left who could tell when this window ends.
            self.fresh = False
            self.reset_at = now + max(self.period, 1.0)

    def idle(self, now: float) -> bool:
        return not (
            self.queue
            or self.in_flight
            or now < self.blocked_until
            or now < self.reset_at
            or now < self.used_at + _IDLE
        )


class RateLimits:
    """All rate limits of one token.

    The caller serializes the calls and passes the time (monotonic seconds). After each
    call `wakes` holds the tickets whose threads must look again, because they were
    granted or because `due` came nearer; the caller empties it.

    Args:
        global_limit: Requests in a `global_window`.
        global_window: Seconds.
        jitter: By how many seconds the way to Discord may differ between requests.
    """

    def __init__(
        self, global_limit: float = 50, global_window: float = 1.0, jitter: float = 1.0
    ) -> None:
        self.wakes: list[Ticket] = []
        self._settings = (global_limit, global_window, jitter)
        self._names: dict[str, str] = {}  # route key, or kin → Discord's name of its bucket
        self._buckets: dict[tuple[str, str], Bucket] = {}
        self._gate = Gate(global_limit, global_window, jitter)
        self._bypass = Gate(math.inf, global_window, jitter)  # only an address ban closes it
        self._number = 0
        self._entered = 0

    def enter(
        self,
        key: str,
        major: str,
        now: float,
        *,
        exempt: bool = False,
        owner: object = None,
        number: int | None = None,
        kin: str = "",
    ) -> Ticket:
        """Queue a request.

        Args:
            key: The route.
            major: The value of its major parameter.
            now: Monotonic seconds.
            exempt: It passes the global gate by.
            owner: Whose it is, for `waiting`.
            number: The number of an earlier ticket whose place it takes (after a 429).
            kin: The name of the routes that are thought to share a bucket with it, until
                an answer tells; "" for none.
        """
        self._entered += 1
        if self._entered % _SWEEP == 0:
            self._sweep(now)
        if number is None:
            self._number += 1
            number = self._number
        ticket = Ticket(number, key, major, exempt, owner, kin)
        bucket = self._bucket(ticket)
        ticket.bucket = bucket
        bucket.used_at = now
        _insert(bucket.queue, ticket)
        self._advance(bucket, now)
        return ticket

    def look(self, ticket: Ticket, now: float) -> None:
        """Grant what has become due at the head of the ticket's queue."""
        if ticket.state is TicketState.BUCKET:
            self._advance(ticket.bucket, now)
        elif ticket.state is TicketState.GATE:
            self._open(self._gate_of(ticket), now)

    def leave(self, ticket: Ticket, now: float) -> None:
        """Take a ticket out that is not going to be sent."""
        state, ticket.state = ticket.state, TicketState.DONE
        bucket, gate = ticket.bucket, self._gate_of(ticket)
        if state is TicketState.BUCKET:
            bucket.queue.remove(ticket)
        elif state is TicketState.GATE:
            gate.queue.remove(ticket)
            bucket.give_back(ticket)
        elif state is TicketState.GRANTED:
            gate.give_back(ticket)
            bucket.give_back(ticket)
        self._advance(bucket, now)
        self._open(gate, now)

    def report(self, ticket: Ticket, outcome: Outcome, now: float) -> None:
        """Say what became of a granted ticket."""
        if not outcome.sent:
            self.leave(ticket, now)
            return
        ticket.state = TicketState.DONE
        gate = self._gate_of(ticket)
        gate.done(ticket, now)
        bucket = ticket.bucket
        limits = outcome.limits
        if limits is not None:
            bucket = self._learn(ticket, limits.bucket, now)
            bucket.observe(ticket, limits, now)
        else:
            bucket.lost(ticket, now)
            if outcome.answered and outcome.retry_after is None and not bucket.known:
                bucket.unlimited = True
        if outcome.retry_after is not None:
            until = now + outcome.retry_after + _MARGIN
            if outcome.scope == "address":
                self._bypass.blocked_until = max(self._bypass.blocked_until, until)
            if outcome.scope in ("address", "global"):
                self._gate.blocked_until = max(self._gate.blocked_until, until)
            else:
                bucket.blocked_until = max(bucket.blocked_until, until)
        self._advance(bucket, now)
        if bucket is not ticket.bucket:
            self._advance(ticket.bucket, now)
        self._open(gate, now)

    def estimate(self, ticket: Ticket, now: float) -> float:
        """Return a lower bound of the seconds until a waiting ticket is granted."""
        gate = max(0.0, self._gate_of(ticket).blocked_until - now)
        bucket = ticket.bucket
        if ticket.state is not TicketState.BUCKET or not bucket.known:
            return max(gate, bucket.blocked_until - now, 0.0)
        wait = bucket.wait(now)
        if math.isinf(wait):
            return gate
        windows = bucket.queue.index(ticket) // bucket.limit
        return max(gate, wait + windows * bucket.period)

    def waiting(self, owner: object) -> list[Ticket]:
        """Return the tickets of `owner` that wait in a queue."""
        queues = [bucket.queue for bucket in self._buckets.values()]
        queues += [self._gate.queue, self._bypass.queue]
        return [ticket for queue in queues for ticket in queue if ticket.owner is owner]

    def set_global_limit(self, limit: float) -> None:
        """Change how many requests may be sent in a window of the global limit."""
        self._settings = (limit, *self._settings[1:])
        self._gate.limit = limit

    def emptied(self) -> RateLimits:
        """Return rules with the same settings and nobody in them."""
        return RateLimits(*self._settings)

    def __len__(self) -> int:
        """Return how many buckets are remembered."""
        return len(self._buckets)

    # How queues move -----------------------------------------------------------------

    def _gate_of(self, ticket: Ticket) -> Gate:
        return self._bypass if ticket.exempt else self._gate

    def _bucket(self, ticket: Ticket) -> Bucket:
        # Under the route's own name as long as it is not learnt for this major parameter,
        # even if it is for another: requests that came before wait there.
        own, major = ticket.kin or ticket.key, ticket.major
        bucket = self._buckets.get((own, major))
        if bucket is None:
            name = (self._names.get(ticket.key) or self._names.get(own, own), major)
            bucket = self._buckets.get(name)
            if bucket is None:
                bucket = self._buckets[name] = Bucket(name)
        return bucket

    def _advance(self, bucket: Bucket, now: float) -> None:
        queue = bucket.queue
        while queue:
            wait = bucket.wait(now)
            if wait > 0:
                self._set_due(queue[0], now + wait)
                return
            ticket = queue.popleft()
            bucket.take(ticket, now)
            ticket.state = TicketState.GATE
            ticket.due = math.inf  # it may not be the first there
            gate = self._gate_of(ticket)
            _insert(gate.queue, ticket)
            self._open(gate, now)

    def _open(self, gate: Gate, now: float) -> None:
        queue = gate.queue
        while queue:
            wait = gate.wait(now)
            if wait > 0:
                self._set_due(queue[0], now + wait)
                return
            ticket = queue.popleft()
            gate.take(ticket, now)
            ticket.state = TicketState.GRANTED
            ticket.sent_at = now
            self.wakes.append(ticket)

    def _set_due(self, ticket: Ticket, due: float) -> None:
        nearer = due < ticket.due
        ticket.due = due
        if nearer:
            self.wakes.append(ticket)

    def _learn(self, ticket: Ticket, name: str, now: float) -> Bucket:
        """Return the bucket that Discord says `ticket` fell in, and file it there."""
        old = ticket.bucket
        self._names[ticket.key] = name
        if ticket.kin:
            self._names[ticket.kin] = name
        full = (name, ticket.major)
        if old.name == full:
            return old
        new = self._buckets.get(full)
        if old.known:
            # The route's bucket changed, or depends on more than the route.
            old.lost(ticket, now)
            if new is None:
                new = self._buckets[full] = Bucket(full)
            return new
        # It was waiting under its route's name: give it its own, or join the one that
        # another route has found.
        self._buckets.pop(old.name, None)
        if new is None:
            old.name = full
            self._buckets[full] = old
            return old
        for other in (*old.queue, *old.in_flight):
            other.bucket = new
        new.in_flight |= old.in_flight
        new.queue = deque(heapq.merge(new.queue, old.queue, key=lambda waiting: waiting.number))
        new.blocked_until = max(new.blocked_until, old.blocked_until)
        for waiting in new.queue:
            waiting.due = math.inf
        return new

    def _sweep(self, now: float) -> None:
        for name in [name for name, bucket in self._buckets.items() if bucket.idle(now)]:
            del self._buckets[name]


def _insert(queue: deque[Ticket], ticket: Ticket) -> None:
    """Put a ticket where its number belongs: nearly always at the end."""
    if not queue or queue[-1].number < ticket.number:
        queue.append(ticket)
        return
    position = 0
    while queue[position].number < ticket.number:
        position += 1
    queue.insert(position, ticket)
    queue[position + 1].due = math.inf  # it is not the head any more, if it was
