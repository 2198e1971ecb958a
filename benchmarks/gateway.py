"""CPU, latency and throughput of MESSAGE_CREATE on a real socket."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.contenders import DISCORD_PY, Run, middle, percentile, run_all
from benchmarks.report import Section, Target
from benchmarks.scenario import WARM_UP, Phase, Scenario

RATE = 500
DELIVERED = "discord.py, delivered"


def measure(*, quick: bool) -> Section:
    """Flood and pace each library's bot, with and without compression, heard and unheard."""
    section = Section(
        "Gateway",
        "CPU of the bot's process (user and system, all threads) for 1,000 MESSAGE_CREATE of about "
        "2 kB, from an idle bot until the last is handled. All peers use orjson. The server's own "
        "CPU stands beside, to show that it is not the bottleneck.",
    )
    rounds = 3 if quick else 5
    flood = Phase(5_000 if quick else 50_000)
    paced = Phase(1_000 if quick else 5_000, RATE, "paced")

    for compressed, label, target in (
        (False, "no compression", Target(0.5, goal=0.45)),
        (True, "zlib-stream", Target(0.8, goal=0.6)),
    ):
        scenario = Scenario((WARM_UP, flood), compressed=compressed)
        heard = run_all(scenario, rounds, section.failures)
        cpu = _by_library(heard, lambda run: run.phases[1]["cpu_us"])
        server = {
            "server": middle(run.sent[1]["cpu_us"] for runs in heard.values() for run in runs)
        }
        section.add(f"flood, {label}: CPU for 1,000", "ms", cpu | server, target)
        rates = _by_library(heard, lambda run: flood.count / run.phases[1]["seconds"])
        section.add(f"flood, {label}: handled", "events/s", rates)

        deaf = Scenario((WARM_UP, flood), compressed=compressed, listens="nothing")
        unheard = _by_library(
            run_all(deaf, rounds, section.failures), lambda run: run.phases[1]["cpu_us"]
        )
        base = {DELIVERED: cpu[DISCORD_PY]} if DISCORD_PY in cpu else {}
        section.add(
            f"nobody listens, {label}: CPU for 1,000",
            "ms",
            unheard | base,
            Target(0.25, base=DELIVERED),
        )

    steady = run_all(Scenario((WARM_UP, paced)), rounds, section.failures)
    at = f"{RATE} a second, zlib-stream"
    cpu = _by_library(steady, lambda run: run.phases[1]["cpu_us"])
    section.add(f"{at}: CPU for 1,000", "ms", cpu, Target(0.8, goal=0.6))
    p50 = _by_library(steady, lambda run: percentile(latencies(run), 0.5))
    section.add(f"{at}: socket to handler, p50", "µs", p50, Target(1.0))
    p99 = _by_library(steady, lambda run: percentile(latencies(run), 0.99))
    section.add(f"{at}: socket to handler, p99", "µs", p99, Target(1.5))
    return section


def latencies(run: Run) -> list[float]:
    """Microseconds from the server's send to the handler's start, of the paced phase."""
    sent, handled = run.sent[1]["times"], run.phases[1]["times"]
    return [(end - start) / 1e3 for start, end in zip(sent, handled, strict=True)]


def _by_library(results: dict[str, list[Run]], take: Callable[[Run], float]) -> dict[str, float]:
    return {library: middle(map(take, runs)) for library, runs in results.items()}
