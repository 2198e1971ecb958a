"""How long to wait between connections that fail: 1, 2, 4, 8, 16, 32, 60, 60 … seconds."""

from __future__ import annotations

import random
from collections.abc import Callable

__all__ = ["Backoff"]


class Backoff:
    """Delays that double up to a minute, with a little jitter on top.

    The jitter only ever lengthens a delay; it keeps many shards from returning
    in the same instant.

    Args:
        jitter: The largest share of a delay that is added to it.
        random: Returns floats in [0, 1); replaceable for tests.
    """

    STEPS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0)

    def __init__(self, jitter: float = 0.2, random: Callable[[], float] = random.random) -> None:
        self._jitter = jitter
        self._random = random
        self._failures = 0  # delays handed out since the last reset

    @property
    def failures(self) -> int:
        """How many delays were handed out since the last `reset`."""
        return self._failures

    def next(self) -> float:
        """Return the delay before the next attempt, in seconds, and move on to a longer one."""
        base = self.STEPS[min(self._failures, len(self.STEPS) - 1)]
        self._failures += 1
        return base + base * self._jitter * self._random()

    def reset(self) -> None:
        """Start over at one second: a session was established."""
        self._failures = 0
