"""Resident memory: after READY with its guilds, and over very many events."""

from __future__ import annotations

from benchmarks.contenders import Run, middle, run_all
from benchmarks.report import Section, Target
from benchmarks.scenario import Phase, Scenario

MIB = 2**20
MANY = 10


def measure(*, quick: bool) -> Section:
    """Weigh each library's bot."""
    section = Section(
        "Memory",
        "Resident memory of the bot's process (`smaps_rollup`), garbage collected, at an idle bot. "
        "Growth is from the client's making (library imported, nothing connected) to READY and "
        'GUILD_CREATE handled; "of the guild" is that less the same with no guild at all. What is '
        "kept differs: discord.py and hikari keep the guild in their caches, ours has none.",
    )
    rounds = 3 if quick else 5
    growth = {}
    imported = {}
    for guilds in (0, 1, MANY):
        runs = run_all(Scenario((), guilds=guilds), rounds, section.failures)
        growth[guilds] = {name: middle(map(_growth, found)) for name, found in runs.items()}
        if guilds == 1:
            whole = {
                name: middle(run.memory["ready"] / MIB for run in found)
                for name, found in runs.items()
            }
            imported = {
                name: middle(_growth(run, since="start") for run in found)
                for name, found in runs.items()
            }
    section.add("growth with a guild of 1,000 members", "MiB", growth[1], Target(0.5))
    section.add("the same from before the import", "MiB", imported)
    section.add("of the guild", "MiB", _minus(growth[1], growth[0]), Target(0.5))
    section.add(f"of {MANY} such guilds", "MiB", _minus(growth[MANY], growth[0]))
    section.add("whole process with a guild", "MiB", whole)

    batch = Phase(10_000 if quick else 50_000)
    batches = 10 if quick else 20
    runs = run_all(Scenario((batch,) * batches, compressed=False), 1, section.failures)
    drift = {name: _drift(found[0]) for name, found in runs.items()}
    total = batch.count * batches
    section.add(
        f"drift over {total:,} events (from the first fifth to the last)",
        "MiB",
        drift,
        Target(1.0, base=None),
    )
    return section


def _growth(run: Run, since: str = "constructed") -> float:
    return (run.memory["ready"] - run.memory[since]) / MIB


def _minus(left: dict[str, float], right: dict[str, float]) -> dict[str, float]:
    return {name: left[name] - right[name] for name in left if name in right}


def _drift(run: Run) -> float:
    sizes = [report["rss"] / MIB for report in run.phases]
    fifth = len(sizes) // 5
    return middle(sizes[-fifth:]) - middle(sizes[fifth : 2 * fifth])
