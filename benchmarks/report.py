"""Figures, their targets, and the table they are printed in."""

from __future__ import annotations

import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from importlib import metadata
from pathlib import Path

from benchmarks.contenders import DISCORD_PY, HIKARI, LIBRARIES, OURS

_DISTRIBUTIONS = (
    "disruption",
    "discord.py",
    "hikari",
    "msgspec",
    "requests",
    "websocket-client",
    "aiohttp",
    "orjson",
    "websockets",
)


@dataclass(frozen=True)
class Target:
    """What is asked of a figure.

    Attributes:
        bound: A most, or a least where `least` is set.
        goal: What we would like beyond it.
        base: Whose value ours is divided by first; None when the target is our value itself.
        least: Whether the bound is a least.
    """

    bound: float
    goal: float | None = None
    base: str | None = DISCORD_PY
    least: bool = False

    def judge(self, values: Mapping[str, float]) -> str:
        """The target, what we reach and whether that is enough, for the table."""
        sign = "≥" if self.least else "≤"
        asked = f"{sign} {self.bound:g}" + (f" of {self.base}" if self.base else "")
        if self.goal is not None:
            asked += f" (goal {self.goal:g})"
        reached = self.reached(values)
        if reached is None:
            return f"{asked}: not measured"
        verdict = "met" if self._holds(reached, self.bound) else "**MISSED**"
        if self.goal is not None and self._holds(reached, self.goal):
            verdict = "goal met"
        return f"{asked}: {reached:.2f} {verdict}"

    def reached(self, values: Mapping[str, float]) -> float | None:
        """The number that the target is about, None when something was not measured."""
        ours = values.get(OURS)
        if ours is None or self.base is None:
            return ours
        theirs = values.get(self.base)
        return ours / theirs if theirs else None

    def _holds(self, reached: float, bound: float) -> bool:
        return reached >= bound if self.least else reached <= bound


@dataclass(frozen=True)
class Figure:
    """One thing that was measured.

    Attributes:
        name: What.
        unit: Of the values.
        values: By library, or by whatever else it was measured of; what failed is missing.
        targets: What is asked of us; none for a figure that is only shown.
    """

    name: str
    unit: str
    values: Mapping[str, float]
    targets: tuple[Target, ...] = ()

    def to_row(self) -> str:
        """The figure as a row of the table."""
        others = [
            f"{name} {number(value)}"
            for name, value in self.values.items()
            if name not in LIBRARIES
        ]
        cells = [
            self.name,
            self.unit,
            *(number(self.values.get(library)) for library in LIBRARIES),
            "; ".join(others),
            *(ratio(Target(1, base=peer).reached(self.values)) for peer in (DISCORD_PY, HIKARI)),
            "; ".join(target.judge(self.values) for target in self.targets),
        ]
        return "| " + " | ".join(cells) + " |"


@dataclass
class Section:
    """Figures of one kind, with a sentence on how they came about.

    Attributes:
        title: The heading.
        note: How it was measured.
        figures: The rows.
        failures: What could not be measured and why.
    """

    title: str
    note: str
    figures: list[Figure] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, unit: str, values: Mapping[str, float], *targets: Target) -> None:
        """Append a figure."""
        self.figures.append(Figure(name, unit, values, targets))

    def to_markdown(self) -> str:
        """The section as a table; ratios are ours divided by theirs."""
        lines = [
            f"## {self.title}",
            "",
            self.note,
            "",
            "| figure | unit | disruption | discord.py | hikari | other "
            "| ÷ discord.py | ÷ hikari | target: reached |",
            "|---|---|---:|---:|---:|---|---:|---:|---|",
            *(figure.to_row() for figure in self.figures),
        ]
        for name, story in self.failures.items():
            lines += ["", f"Not measured, {name}:", "", "```", story, "```"]
        return "\n".join(lines) + "\n"


def number(value: float | None) -> str:
    """Three significant digits, or a dash."""
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def ratio(value: float | None) -> str:
    """Two decimals, or a dash."""
    return "-" if value is None else f"{value:.2f}"


def machine() -> str:
    """The machine and the versions, as a list in Markdown."""
    cpu = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            cpu = line.partition(":")[2].strip()
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 2**20
    cores = Path("/proc/cpuinfo").read_text().count("processor\t")
    lines = [
        f"- {datetime.now(timezone.utc):%Y-%m-%d %H:%M} UTC",
        f"- {cpu}, {cores} cores, {memory:.0f} GiB, Linux {platform.release()}",
        f"- {platform.python_implementation()} {platform.python_version()} ({sys.platform})",
        "- " + ", ".join(f"{name} {version(name)}" for name in _DISTRIBUTIONS),
    ]
    return "\n".join(lines) + "\n"


def version(distribution: str) -> str:
    """The installed version, or "not installed"."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "(not installed)"
