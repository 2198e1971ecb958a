"""Our side of the page for those who come from discord.py: it runs, and its types are right."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "coming-from-discord-py.md").read_text("utf-8")

# What the page says is there, in a program of one snippet.
HEAD = """\
import random
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Annotated, Literal

import pytest

from disruption import *
from disruption.testing import Discord

SONGS: list[str] = []
def compute() -> str: return "42"
"""
CLIENT = 'client: Client = Client(prefix="!")\n'
OURS = re.findall(r"```python\n# disruption\n(.*?)```", PAGE, re.DOTALL)[1:]  # after the imports


def program(snippet: str) -> str:
    return HEAD + ("" if "\nclient = " in snippet else CLIENT) + snippet


def first_name(snippet: str) -> str:
    found = re.search(r"(?:def|class) (\w+)", snippet)
    return "program" if found is None else found[1]


@pytest.mark.parametrize("snippet", OURS, ids=first_name)
def test_our_side_runs(snippet: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "a.b.c")
    exec(compile(program(snippet), "page", "exec"), {"__name__": __name__})


def test_there_are_two_sides() -> None:
    theirs = re.findall(r"```python\n# discord\.py\n", PAGE)
    assert len(OURS) >= 35
    assert len(theirs) == len(OURS)  # with its imports; it has no side about tests


@pytest.mark.slow
def test_our_side_has_no_type_errors(tmp_path: Path) -> None:
    for number, snippet in enumerate(OURS):
        (tmp_path / f"ours_{number}.py").write_text(program(snippet), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout
