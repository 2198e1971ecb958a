"""Fixtures: tasks on a timer of their own, and stores of jobs of both kinds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from disruption.counters import Counters
from disruption.tasks.jobs import Jobs, JobStore, MemoryJobs
from disruption.tasks.jobs.sqlite import SQLiteJobs
from disruption.tasks.scheduler import Tasks
from disruption.timer import Timer

PATIENCE = 30.0  # seconds to wait for what must come; it comes in milliseconds


class Heard:
    """A list that other threads append to and the test waits on."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.items: list[Any] = []

    def add(self, item: Any) -> None:
        with self._changed:
            self.items.append(item)
            self._changed.notify_all()

    def wait(self, wanted: Callable[[list[Any]], object]) -> list[Any]:
        with self._changed:
            assert self._changed.wait_for(lambda: wanted(self.items), PATIENCE), self.items
            return list(self.items)

    def wait_count(self, count: int) -> list[Any]:
        return self.wait(lambda items: len(items) >= count)


class Scene:
    """Tasks and jobs as a client has them, without one."""

    def __init__(self) -> None:
        self.counters = Counters()
        self.timer = Timer("scene-timer", counters=self.counters)
        self.exits: list[BaseException] = []
        self.client: Any = SimpleNamespace(name="scene")
        self.tasks = Tasks(
            self.client,
            name="scene",
            timer=self.timer,
            counters=self.counters,
            on_exit=self.exits.append,
        )
        self.heard = Heard()
        self.jobs: list[Jobs] = []

    def with_jobs(
        self, store: JobStore | None = None, lease: float = 30.0, concurrency: int = 8
    ) -> Jobs:
        jobs = Jobs(self.tasks, name="scene", counters=self.counters, on_exit=self.exits.append)
        jobs.use(MemoryJobs() if store is None else store, lease, concurrency)
        self.jobs.append(jobs)
        return jobs

    def advance(self, seconds: float) -> None:
        self.tasks.advance(seconds, timeout=PATIENCE)

    def begin(self) -> None:
        self.tasks.begin()
        for jobs in self.jobs:
            jobs.begin()

    def stop(self) -> None:
        for jobs in self.jobs:
            jobs.interrupt()
        self.tasks.stop(PATIENCE)
        for jobs in self.jobs:
            jobs.stop(PATIENCE)
        self.timer.stop(PATIENCE)

    def threads(self) -> list[str]:
        return sorted(t.name for t in threading.enumerate() if t.name.startswith("scene-"))


@pytest.fixture
def scene() -> Iterator[Scene]:
    made = Scene()
    yield made
    made.stop()
    assert made.threads() == []


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[JobStore]:
    made: JobStore = (
        MemoryJobs() if request.param == "memory" else SQLiteJobs(tmp_path / "jobs.sqlite3")
    )
    yield made
    made.close()
