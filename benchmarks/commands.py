"""CPU from the frame of an interaction to the first line of its slash command."""

from __future__ import annotations

from benchmarks.contenders import DISCORD_PY, OURS, middle, percentile, run_all
from benchmarks.gateway import RATE, latencies
from benchmarks.report import Section, Target
from benchmarks.scenario import WARM_UP, Phase, Scenario


def measure(*, quick: bool) -> Section:
    """Flood and pace the bots with uses of a slash command of three options."""
    section = Section(
        "Commands",
        "CPU of the bot's process for 1,000 uses of a slash command with a member, a number and a "
        "text, from the interactions' frames to the command's first line; nobody answers them. "
        "hikari has no commands of its own.",
    )
    rounds = 3 if quick else 5
    flood = Phase(2_000 if quick else 10_000)
    paced = Phase(500 if quick else 2_500, RATE, "paced")
    libraries = (OURS, DISCORD_PY)

    scenario = Scenario((WARM_UP, flood), compressed=False, listens="command")
    found = run_all(scenario, rounds, section.failures, libraries)
    cpu = {name: middle(run.phases[1]["cpu_us"] for run in runs) for name, runs in found.items()}
    section.add("flood, no compression: CPU for 1,000", "ms", cpu, Target(0.5))

    scenario = Scenario((WARM_UP, paced), listens="command")
    found = run_all(scenario, rounds, section.failures, libraries)
    cpu = {name: middle(run.phases[1]["cpu_us"] for run in runs) for name, runs in found.items()}
    at = f"{RATE} a second, zlib-stream"
    section.add(f"{at}: CPU for 1,000", "ms", cpu, Target(0.5))
    p50 = {
        name: middle(percentile(latencies(run), 0.5) for run in runs)
        for name, runs in found.items()
    }
    section.add(f"{at}: socket to first line, p50", "µs", p50, Target(1.0))
    return section
