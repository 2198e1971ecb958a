"""The thread that lets a running world's appointments happen in time."""

from __future__ import annotations

import logging
import threading

from .world import World

__all__ = ["WorldTimer"]

_log = logging.getLogger("disruption.local")

#: Seconds of one wait. An appointment may be centuries away, which no wait of the system's takes.
_LONGEST = 86_400.0


class WorldTimer:
    """Runs what a world has scheduled.

    Thread: `disruption-local-timer`, owned and joined by this object; it sleeps until the next
    appointment, a new one, or a move of the clock.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._stopping = False  # guarded by the world's lock
        self._thread = threading.Thread(
            target=self._run, name="disruption-local-timer", daemon=True
        )

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it."""
        with self._world.lock:
            self._stopping = True
            self._world.schedule.changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        world, schedule = self._world, self._world.schedule
        with world.lock:
            while not self._stopping:
                try:
                    schedule.run()
                except Exception:
                    _log.exception("Something the world had scheduled failed")
                    continue
                due = schedule.next_due()
                if due is None or not world.clock.running:
                    schedule.changed.wait()
                else:
                    left = max(0.0, due - world.clock.now())
                    schedule.changed.wait(min(left, _LONGEST))
