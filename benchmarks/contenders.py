"""The libraries that are compared, and how to run one bot of one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, TypeVar

from benchmarks.processes import Child, ChildFailed
from benchmarks.scenario import Scenario

OURS, DISCORD_PY, HIKARI = "disruption", "discord.py", "hikari"
LIBRARIES = (OURS, DISCORD_PY, HIKARI)
BOTS = {
    OURS: "benchmarks.bots.ours",
    DISCORD_PY: "benchmarks.bots.discordpy",
    HIKARI: "benchmarks.bots.hikari_bot",
}

T = TypeVar("T")
Failures = dict[str, str]


@dataclass
class Run:
    """What one bot reported.

    Attributes:
        memory: Resident bytes at `start`, `constructed` and `ready`.
        phases: One report for each phase, in order; `times` is when each event was handled.
        sent: The server's report for each phase; `times` is when each event was sent.
    """

    memory: dict[str, int]
    phases: list[dict[str, Any]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)


def run_bot(library: str, server: Child, urls: dict[str, str], scenario: Scenario) -> Run:
    """Run one bot through a scenario that `server` was started with.

    Raises:
        ChildFailed: The bot or the server failed, or events were lost.
    """
    with Child(BOTS[library], urls["rest"], urls["gateway"], scenario.to_json()) as bot:
        run = Run(bot.hear(60)["ready"])
        for phase in scenario.phases:
            seconds = 60 + (phase.count / phase.rate if phase.rate else phase.count / 2_000)
            server.tell("go")
            run.sent.append(server.hear(seconds))
            report = bot.hear(seconds)
            run.phases.append(report)
            if scenario.listens != "nothing" and report["handled"] != phase.count:
                raise ChildFailed(f"{library} handled {report['handled']} of {phase.count} events")
    return run


def run_all(
    scenario: Scenario, rounds: int, failures: Failures, libraries: Sequence[str] = LIBRARIES
) -> dict[str, list[Run]]:
    """Run each library's bot `rounds` times, in turn, against one server."""
    with Child("benchmarks.flood", scenario.to_json()) as server:
        urls = server.hear(120)
        return in_turn(
            libraries, rounds, failures, lambda library: run_bot(library, server, urls, scenario)
        )


def in_turn(
    libraries: Iterable[str], rounds: int, failures: Failures, measure: Callable[[str], T]
) -> dict[str, list[T]]:
    """Measure every library `rounds` times, interleaved, so that a busy minute hits all alike.

    A library that fails once is left out from then on and noted in `failures`.
    """
    results: dict[str, list[T]] = {library: [] for library in libraries}
    for _ in range(rounds):
        for library in results:
            if library in failures:
                continue
            try:
                results[library].append(measure(library))
            except ChildFailed as error:
                failures[library] = str(error)
    return {library: found for library, found in results.items() if found}


def middle(values: Iterable[float]) -> float:
    """The median."""
    return float(median(values))


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
