"""Limits of how many run at once.

`Places` has the rule and knows no thread and no clock; `MaxConcurrency` is the guard around it.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Hashable
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from ...errors import InvalidArgument
from ..errors import ConcurrencyReached
from ..texts import texts
from .guard import GuardDecorator
from .keys import ByName, key_function, key_name

if TYPE_CHECKING:
    from ...dispatch.waiters import Subscription
    from ..context import Context

    _C = TypeVar("_C", bound=Context)

__all__ = ["MaxConcurrency", "Places", "max_concurrency"]

_TAKEN: Final = "disruption.places"  # in ctx.state: the key of each guard's place
_T = TypeVar("_T")


class Places(Generic[_T]):
    """At most `limit` places for each key; who waits is served first come, first served.

    It remembers keys whose places are taken and nothing else. Not locked.
    """

    __slots__ = ("_taken", "_waiting", "limit")

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._taken: dict[Hashable, int] = {}
        self._waiting: dict[Hashable, deque[_T]] = {}

    def take(self, key: Hashable) -> bool:
        """Take a place where one is free."""
        taken = self._taken.get(key, 0)
        if taken >= self.limit:
            return False
        self._taken[key] = taken + 1
        return True

    def queue(self, key: Hashable, ticket: _T) -> None:
        """Wait for a place: `free` will return the ticket."""
        self._waiting.setdefault(key, deque()).append(ticket)

    def free(self, key: Hashable) -> _T | None:
        """Give a place back.

        Returns:
            The ticket of who has it now; None where nobody waits.
        """
        waiting = self._waiting.get(key)
        if waiting:
            ticket = waiting.popleft()
            if not waiting:
                del self._waiting[key]
            return ticket
        taken = self._taken[key] - 1
        if taken:
            self._taken[key] = taken
        else:
            del self._taken[key]
        return None

    def give_up(self, key: Hashable, ticket: _T) -> bool:
        """Wait no longer.

        Returns:
            False where `free` has returned the ticket meanwhile: the place is taken by it.
        """
        waiting = self._waiting.get(key)
        if waiting is None or ticket not in waiting:
            return False
        waiting.remove(ticket)
        if not waiting:
            del self._waiting[key]
        return True

    def __len__(self) -> int:
        """The number of keys that are remembered."""
        return len(self._taken)


class _Free:
    """What comes to a thread that waits for a place."""


class MaxConcurrency:
    """Refuses, or lets wait, what runs too often at once. Any thread may use it.

    Args:
        limit: How many may run at once.
        by: For whom that counts; see `cooldown`.
        wait: True to wait for a place, or the seconds to wait at most.

    Raises:
        InvalidArgument: One of them cannot be right.
    """

    def __init__(
        self,
        limit: int,
        *,
        by: ByName | Callable[[_C], Hashable] = "user",
        wait: bool | float | timedelta = False,
    ) -> None:
        seconds = wait.total_seconds() if isinstance(wait, timedelta) else wait
        if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
            raise InvalidArgument(f"max_concurrency takes a number from 1, not {limit!r:.60}")
        if not isinstance(seconds, int | float) or not seconds >= 0:
            raise InvalidArgument(f"wait is True, False or seconds, not {wait!r:.60}")
        self.by = key_name(by)
        self.wait = seconds
        self._key = key_function(by)
        self._lock = threading.Lock()  # guards _places
        self._places: Places[Subscription] = Places(limit)

    def check(self, ctx: Context) -> None:
        """Pass: whether there is a place is only settled when all else has agreed."""

    def enter(self, ctx: Context) -> None:
        key = self._key(ctx)
        if key is None:
            return
        with self._lock:
            taken = self._places.take(key)
        if not taken:
            if self.wait is False or self.wait == 0:
                raise self._refusal(ctx)
            self._wait(ctx, key)
        ctx.state.setdefault(_TAKEN, {})[id(self)] = key

    def leave(self, ctx: Context) -> None:
        taken = ctx.state.get(_TAKEN, {})
        if id(self) in taken:
            self._free(taken.pop(id(self)))

    undo = leave

    def _wait(self, ctx: Context, key: Hashable) -> None:
        """Wait for a place, as handlers wait for events: the worker's place goes to another."""
        waiters = ctx.client.dispatcher.waiters
        ticket = waiters.subscribe((_Free,), {}, size=1)
        try:
            with self._lock:
                if self._places.take(key):
                    return
                self._places.queue(key, ticket)
            timeout = None if self.wait is True else float(self.wait)
            try:
                with waiters.yielding():
                    ticket.next(None, timeout, waiters.clock)
            except BaseException:  # the client stops
                if not self._gave_up(key, ticket):
                    self._free(key)
                raise
            if self._gave_up(key, ticket):
                raise self._refusal(ctx)
        finally:
            waiters.unsubscribe(ticket)

    def _gave_up(self, key: Hashable, ticket: Subscription) -> bool:
        with self._lock:
            return self._places.give_up(key, ticket)

    def _free(self, key: Hashable) -> None:
        with self._lock:
            ticket = self._places.free(key)
        if ticket is not None:
            ticket.offer(_Free())

    def _refusal(self, ctx: Context) -> ConcurrencyReached:
        limit = self._places.limit
        return ConcurrencyReached(texts().concurrency_reached(ctx, limit, self.by), limit, self.by)

    def __repr__(self) -> str:
        return f"max_concurrency({self._places.limit}, by={self.by!r})"


def max_concurrency(
    limit: int,
    *,
    by: ByName | Callable[[_C], Hashable] = "user",
    wait: bool | float | timedelta = False,
) -> GuardDecorator:
    """Let at most `limit` run at once.

    Args:
        limit: How many.
        by: For whom that counts, as for `cooldown`: with ``user`` one person cannot start it a
            second time, with ``global`` it is the bot's limit.
        wait: False refuses at once. True waits for a place, first come, first served, or the
            seconds to wait at most; the worker serves others meanwhile.

    Raises:
        InvalidArgument: One of them cannot be right.
    """
    MaxConcurrency(limit, by=by, wait=wait)  # refused here, where the user's line is
    return GuardDecorator(lambda: MaxConcurrency(limit, by=by, wait=wait))
