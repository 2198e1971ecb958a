"""How fast every kind of event is decoded, against orjson.loads: the slowest is what counts.

    python -m benchmarks.kinds ROUNDS

prints `{event: [orjson, ours]}` in nanoseconds of processor time a frame as JSON. The payloads
are those that the tests make up from the classes, three of each kind, with all that may be absent
there half the time. Rounds of both sides alternate and the fastest of each counts, as most frames
take only a microsecond or two.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from benchmarks import payloads
from benchmarks.contenders import OURS
from benchmarks.processes import Child
from benchmarks.report import Section, Target

LEAST = 0.35
_TESTS = Path(__file__).parents[1] / "tests" / "types"


def frames() -> dict[str, list[bytes]]:
    """Three frames of every kind of event."""
    sys.path.insert(0, str(_TESTS))
    from type_payloads import Payloads

    from disruption.types import EVENTS

    return {
        name: [payloads.frame(name, 3 + seed, Payloads(seed).of(spec.cls)) for seed in range(3)]
        for name, spec in EVENTS.items()
    }


def main() -> None:
    """Time every kind and print the figures."""
    from benchmarks.decode import with_disruption

    rounds = int(sys.argv[1])
    sides = (orjson.loads, with_disruption())
    result = {}
    for name, items in frames().items():
        count = 4_000_000 // (sum(map(len, items)) * 10 + 10_000)
        for parse in sides:
            _time(parse, items, count)
        times = [[_time(parse, items, count) for parse in sides] for _ in range(rounds)]
        result[name] = [min(side) for side in zip(*times, strict=True)]
    print(json.dumps(result))


def _time(parse: Callable[[bytes], Any], items: list[bytes], count: int) -> float:
    start = time.thread_time_ns()
    for _ in range(count):
        for item in items:
            parse(item)
    return (time.thread_time_ns() - start) / count / len(items)


def add_to(section: Section, *, quick: bool) -> None:
    """Add the slowest and the middle kind to a section."""
    with Child("benchmarks.kinds", str(5 if quick else 15)) as child:
        times = child.hear(300)
    speeds = sorted((orjson_ns / ours_ns, name) for name, (orjson_ns, ours_ns) in times.items())
    slowest, name = speeds[0]
    section.add(
        f"slowest of {len(speeds)} kinds of event, {name}",
        "of orjson",
        {OURS: slowest},
        Target(LEAST, base=None, least=True),
    )
    section.add(
        f"middle of {len(speeds)} kinds of event", "of orjson", {OURS: speeds[len(speeds) // 2][0]}
    )


if __name__ == "__main__":
    main()
