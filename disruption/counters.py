"""Counts of everything that was dropped, retried, resumed or swallowed.

Every part of the library takes a `Counters` and counts under dotted names
(``gateway.resumes``, ``rest.retries``, ``dispatch.dropped.TYPING_START``);
`Client.stats` shows them.
"""

from __future__ import annotations

import os
import threading
import weakref

__all__ = ["Counters"]


class Counters:
    """Named counters that any thread may raise and read."""

    __slots__ = ("__weakref__", "_lock", "_values")

    def __init__(self) -> None:
        self._lock = threading.Lock()  # guards _values
        self._values: dict[str, int] = {}
        _living.add(self)

    def add(self, name: str, amount: int = 1) -> int:
        """Raise the counter `name` and return its new value."""
        with self._lock:
            value = self._values.get(name, 0) + amount
            self._values[name] = value
            return value

    def __getitem__(self, name: str) -> int:
        """Return the value of `name`, 0 where it was never raised."""
        return self._values.get(name, 0)

    def total(self, prefix: str) -> int:
        """Return the sum of all counters whose name is `prefix` or starts with ``prefix.``."""
        with self._lock:
            items = list(self._values.items())
        dotted = prefix + "."
        return sum(value for name, value in items if name == prefix or name.startswith(dotted))

    def snapshot(self) -> dict[str, int]:
        """Return all counters by name, sorted."""
        with self._lock:
            return dict(sorted(self._values.items()))

    def __repr__(self) -> str:
        return f"Counters({self.snapshot()})"

    def after_fork(self) -> None:
        """Be usable in a forked child, whose copy of the lock another thread may have held."""
        self._lock = threading.Lock()


_living: weakref.WeakSet[Counters] = weakref.WeakSet()  # those that a fork has to tell


def _after_fork() -> None:
    for counters in list(_living):
        counters.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
