"""What happens by itself at its time: a poll ends, an invite runs out, an event begins.

Rules without a thread. The world's time may stand still and be moved by hand, so nothing here
waits: `run` does what is due, and whoever moves the time calls it.
"""

from __future__ import annotations

import heapq
import itertools
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .world import World

__all__ = ["Schedule"]

#: An action that fails to look whether it is still wanted would act on what is long gone: each
#: one checks the state it finds.
Action = Callable[[], object]


class Schedule:
    """Actions by the time they are due at; part of a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._heap: list[tuple[float, int, Action]] = []
        self._numbers = itertools.count()
        #: Notified when something is due earlier than all before it, and when time has moved.
        self.changed = threading.Condition(world.lock)

    def at(self, when: float, action: Action) -> None:
        """Do something at a time of the world's clock, under the world's lock."""
        with self._world.lock:
            heapq.heappush(self._heap, (when, next(self._numbers), action))
            if self._heap[0][2] is action:
                self.changed.notify_all()

    def next_due(self) -> float | None:
        """Return when the next action is due, None for never."""
        with self._world.lock:
            return self._heap[0][0] if self._heap else None

    def run(self) -> None:
        """Do everything that is due by now, in the order of its time."""
        with self._world.lock:
            while self._heap and self._heap[0][0] <= self._world.clock.now():
                _, _, action = heapq.heappop(self._heap)
                action()

    def moved(self) -> None:
        """Note that the clock has been moved."""
        with self._world.lock:
            self.run()
            self.changed.notify_all()
