"""`expecting`: an event that is listened for first and waited for later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from ..errors import WaitCancelled, WaitTimeout
from .waiters import NOTHING, Waiters

__all__ = ["Expected"]

E = TypeVar("E")

_CANDIDATES = 10_000  # matching events that wait for the check


class Expected(Generic[E]):
    """The first event that matches, from the moment this is made; taken with `result`.

    One thread takes it, any may cancel it. It listens until the event is taken, or until it is
    cancelled (by `cancel`, by leaving its ``with`` block, or by being dropped).

    Args:
        waiters: Where to subscribe.
        *classes: Event classes; a subclass's events count too.
        check: Takes an event and says whether it is the one; runs in the thread that waits.
        **filters: Fields that must be equal, such as ``channel_id=…`` or ``user_id=…``.

    Raises:
        ClientStopped: The client was stopped (or the fatal error that ended it).
        InvalidArgument: A filter is not a field of the events.
    """

    def __init__(
        self,
        waiters: Waiters,
        *classes: type[E],
        check: Callable[[E], object] | None = None,
        **filters: object,
    ) -> None:
        self._waiters = waiters
        self._check = check
        self._event: E = NOTHING
        self._sub = waiters.subscribe(classes, filters, size=_CANDIDATES)

    def result(self, timeout: float | None = None) -> E:
        """Wait for the event and return it, the same one each time.

        A handler that waits gives its place and its ordering key to other events, and takes
        them again before this returns. The check runs before that.

        Args:
            timeout: Seconds to wait at most; None waits for ever.

        Raises:
            WaitTimeout: Nothing that matched has come yet; it may be asked again.
            WaitCancelled: It was cancelled, meanwhile or before.
            ClientStopped: The client was stopped (or the fatal error that ended it).
        """
        if self._event is NOTHING:
            sub, clock = self._sub, self._waiters.clock
            if sub.closed:
                raise _cancelled()
            event = sub.take(self._check)
            if event is NOTHING:
                with self._waiters.yielding():
                    event = sub.next(self._check, timeout, clock)
            if event is NOTHING:
                names = " or ".join(cls.__name__ for cls in sub.classes)
                raise WaitTimeout(f"No {names} that matched came within {timeout} s")
            self._event = event
            self._waiters.unsubscribe(sub)
        return self._event

    def cancel(self) -> None:
        """Stop listening; a thread that waits for the event gets `WaitCancelled`."""
        if not self._sub.closed:
            self._waiters.unsubscribe(self._sub)
            self._sub.fail(_cancelled())

    def __enter__(self) -> Expected[E]:
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()

    def __del__(self) -> None:
        sub = getattr(self, "_sub", None)  # missing where subscribing failed
        if sub is not None and not sub.closed:
            self._waiters.abandon(sub)


def _cancelled() -> WaitCancelled:
    return WaitCancelled("the wait for the event was cancelled")
