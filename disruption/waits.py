"""Which threads are waiting for a rate limit at this moment.

REST marks a thread while it waits for a bucket; the worker pool reads the mark,
so that a worker held up by a rate limit does not count as a slow handler (a
replacement for it would only wait for the same bucket).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["is_rate_limited", "rate_limit_wait"]

_waiting: dict[int, int] = {}  # thread ident -> depth; each thread writes its own key only


@contextmanager
def rate_limit_wait() -> Iterator[None]:
    """Mark the calling thread as waiting for a rate limit inside the block."""
    ident = threading.get_ident()
    _waiting[ident] = _waiting.get(ident, 0) + 1
    try:
        yield
    finally:
        depth = _waiting[ident] - 1
        if depth:
            _waiting[ident] = depth
        else:
            del _waiting[ident]


def is_rate_limited(ident: int) -> bool:
    """Tell whether the thread with this `threading.get_ident` is waiting for a rate limit."""
    return ident in _waiting
