"""Measure this library beside discord.py and hikari: `python -m benchmarks --help`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from benchmarks import commands, decode, deferring, gateway, imports, local, memory, report, rest

PARTS: dict[str, Callable[..., report.Section]] = {
    "commands": commands.measure,
    "decode": decode.measure,
    "deferring": deferring.measure,
    "gateway": gateway.measure,
    "import": imports.measure,
    "local": local.measure,
    "memory": memory.measure,
    "rest": rest.measure,
}
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> int:
    """Run the parts asked for, print their tables, and keep a whole run in RESULTS.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds and events: a glimpse")
    parser.add_argument("--only", type=_parts, default=list(PARTS), metavar=",".join(PARTS))
    parser.add_argument(
        "--output", type=Path, help="where to keep the tables (default: RESULTS.md, if whole)"
    )
    options = parser.parse_args()
    needed = ("discord", "hikari", "flask", "orjson", "websockets")
    missing = [name for name in needed if not find_spec(name)]
    if missing:
        parser.error(f"not installed: {', '.join(missing)}; run: pip install -e '.[benchmarks]'")

    whole = options.only == list(PARTS) and not options.quick
    output = options.output or (RESULTS if whole else None)
    load = [os.getloadavg()[0]]
    start = time.monotonic()
    texts = []
    for name in options.only:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        texts.append(PARTS[name](quick=options.quick).to_markdown())
        print(texts[-1], flush=True)
    load.append(os.getloadavg()[0])
    minutes = (time.monotonic() - start) / 60
    head = [
        "# Results of the last run",
        "",
        "Made by `python -m benchmarks" + (" --quick" if options.quick else "") + "`"
        f" in {minutes:.0f} minutes, load average {load[0]:.1f} before and {load[1]:.1f} after."
        " How each figure comes about is in README.md.",
        "",
        report.machine(),
    ]
    if output:
        output.write_text("\n".join([*head, *texts]))
        print(f"kept in {output}", file=sys.stderr)
    else:
        print("\n".join(head))
    return 0


def _parts(text: str) -> list[str]:
    names = text.split(",")
    for name in names:
        if name not in PARTS:
            raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(PARTS)}")
    return names


if __name__ == "__main__":
    sys.exit(main())
