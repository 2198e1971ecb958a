"""The README's Python is Python, and what is marked to run, runs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import disruption

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"(<!-- run -->\n)?```python\n(.*?)```", re.DOTALL)
_LINK = re.compile(r"\]\((?!https?://)([^)#]+)")

BLOCKS = [
    pytest.param(text, bool(run), id=f"{page.name}-{number}")
    for page in PAGES
    for number, (run, text) in enumerate(_BLOCK.findall(page.read_text("utf-8")))
]


@pytest.mark.parametrize(("text", "run"), BLOCKS)
def test_block_compiles_and_imports_what_exists(text: str, run: bool) -> None:
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "disruption":
            for alias in node.names:
                assert getattr(disruption, alias.name) is not None


@pytest.mark.parametrize("text", [block.values[0] for block in BLOCKS if block.values[1]])
def test_block_runs(text: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", text], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"
