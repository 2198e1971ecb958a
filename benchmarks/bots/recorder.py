"""What every bot does with its events, the same for each library, and how it reports.

A bot prints JSON lines: `{"ready": …}` once it is idle after READY and its guilds, then a line for
each phase when the last of its events has been handled. The runner answers by letting the server
send the next phase, so every phase starts at an idle bot and its CPU is all its own.
"""

from __future__ import annotations

import gc
import itertools
import json
import os
import threading
import time
from array import array
from pathlib import Path

from benchmarks.scenario import Scenario


def resident() -> int:
    """Resident memory of this process in bytes, exact (Linux only)."""
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Rss:"):
            return int(line.split()[1]) * 1024
    raise RuntimeError("/proc/self/smaps_rollup has no Rss line")


class Recorder:
    """Counts events, notes when each came, and reports at the end of each phase.

    `handle` may be called from several threads at once.

    Args:
        scenario: What the server will send.
    """

    def __init__(self, scenario: Scenario) -> None:
        # Reports have the pipe to themselves: what a library prints or logs goes to stderr.
        self._reports = os.fdopen(os.dup(1), "w")
        os.dup2(2, 1)
        self._phases = scenario.phases
        self._times = array("q", bytes(8 * max((p.count for p in self._phases), default=0)))
        self._number = -1
        self._memory = {"start": resident()}
        self._done = threading.Event()
        self._prepare()

    def constructed(self) -> None:
        """Note the memory before connecting: the library is imported, its client made."""
        gc.collect()
        self._memory["constructed"] = resident()

    def ready(self) -> None:
        """Report that the bot is idle after READY and its guilds."""
        gc.collect()
        self._memory["ready"] = resident()
        self._say({"ready": self._memory})
        self._cpu = time.process_time()

    def handle(self, content: str) -> None:
        """Take the content of a message: what a handler of the benchmark does."""
        self._times[int(content[:7])] = time.monotonic_ns()
        if next(self._counter) == self._last:
            self.finish()

    def finish(self) -> None:
        """End the phase: called by `handle`, or at the mark after events nobody listens to."""
        cpu = time.process_time() - self._cpu
        now = time.monotonic_ns()
        phase = self._phases[self._number]
        times = self._times[: phase.count]
        first = min((moment for moment in times if moment), default=now)
        self._memory["peak"] = _peak()
        line = {
            "phase": phase.name,
            "cpu_us": cpu / phase.count * 1e6,
            "seconds": (now - first) / 1e9,
            "handled": phase.count - times.count(0),
            "times": times.tolist() if phase.rate else [],
        }
        gc.collect()
        line["rss"] = resident()
        self._prepare()
        self._say(line)
        self._cpu = time.process_time()
        if self.finished:
            self._done.set()

    @property
    def finished(self) -> bool:
        """Whether every phase has been reported."""
        return self._number == len(self._phases)

    def wait(self) -> None:
        """Block until every phase has been reported; only for a thread without an event loop."""
        if not self.finished:
            self._done.wait()

    def _prepare(self) -> None:
        self._number += 1
        if self._number < len(self._phases):
            count = self._phases[self._number].count
            self._times[:count] = array("q", bytes(8 * count))
            self._counter = itertools.count()
            self._last = count - 1
        self._cpu = time.process_time()

    def _say(self, line: dict[str, object]) -> None:
        self._reports.write(json.dumps(line) + "\n")
        self._reports.flush()


def _peak() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def leave() -> None:
    """End the process at once: how a library shuts down is not measured here."""
    os._exit(0)
