"""How long a fresh interpreter takes to import each library, and ours to make its types."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile

from benchmarks.contenders import DISCORD_PY, HIKARI, OURS, in_turn, middle
from benchmarks.processes import ENVIRONMENT, ChildFailed
from benchmarks.report import Section, Target

TYPES = "making the types"
STATEMENTS = {
    OURS: "from disruption import Client, Handler, Message",
    DISCORD_PY: "import discord",
    HIKARI: "import hikari",
    TYPES: "import msgspec, dataclasses, datetime, enum; mark(); import disruption.types",
}
_PROGRAM = """
import time
def mark():
    global start
    start = time.perf_counter()
mark()
{statement}
took = time.perf_counter() - start
import gc, json, sys
models = sum(hasattr(kind, "__dataclass_fields__") for kind in gc.get_objects()
             if isinstance(kind, type) and str(kind.__module__).startswith("disruption."))
memory = [line for line in open("/proc/self/smaps_rollup") if line.startswith("Rss:")][0]
print(json.dumps(dict(ms=took * 1e3, models=models, modules=len(sys.modules),
                      mib=int(memory.split()[1]) / 1024)))
"""


def run_once(statement: str) -> dict[str, float]:
    """Run the statement in a fresh interpreter.

    Raises:
        ChildFailed: It raised; the message has its last lines.
    """
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM.format(statement=statement)],
        capture_output=True,
        text=True,
        cwd=tempfile.gettempdir(),
        env=ENVIRONMENT,
    )
    if done.returncode:
        raise ChildFailed("\n".join([statement, *done.stderr.strip().splitlines()[-6:]]))
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def measure(*, quick: bool) -> Section:
    """Compare the libraries: fresh processes in turn, after one that fills the bytecode caches."""
    section = Section(
        "Import",
        f"The statement's time in a fresh interpreter with warm bytecode caches: "
        f"`{STATEMENTS[OURS]}`, `{STATEMENTS[DISCORD_PY]}`, `{STATEMENTS[HIKARI]}`.",
    )

    def one(name: str) -> dict[str, float]:
        return run_once(STATEMENTS[name])

    in_turn(STATEMENTS, 1, section.failures, one)
    runs = in_turn(STATEMENTS, 5 if quick else 15, section.failures, one)
    found = {
        key: {name: middle(one[key] for one in results) for name, results in runs.items()}
        for key in ("ms", "mib", "modules", "models")
    }
    types = {key: values.pop(TYPES, None) for key, values in found.items()}
    section.add("import", "ms", found["ms"], Target(0.6, goal=0.5))
    section.add("resident memory after it", "MiB", found["mib"])
    section.add("modules loaded", "", found["modules"])
    if types["ms"] is not None:
        made = f"`import disruption.types`, {types['models']:.0f} dataclasses (msgspec loaded)"
        section.add(made, "ms", {OURS: types["ms"]})
    return section
