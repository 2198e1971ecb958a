"""discord.py's side of the page for those who come from there: what it names is there."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from compat_stage import PYTHON

PAGE = Path(__file__).resolve().parents[2] / "docs" / "coming-from-discord-py.md"

# Each snippet stands alone, after the imports; some want a loop to be running.
RUN = """
import asyncio, sys
async def main():
    head, *others = sys.stdin.read().split("\\0")
    for text in others:
        names = {"__name__": "page", "SONGS": [], "compute": lambda: "42"}
        exec(compile(head, "head", "exec"), names)
        try:
            exec(compile(text, "page", "exec"), names)
        except Exception as error:
            raise SystemExit(f"{error!r} in\\n{text}")
asyncio.run(main())
"""


@pytest.mark.slow
def test_their_side_runs() -> None:
    python = os.environ.get(PYTHON)
    if python is None:
        pytest.skip(f"{PYTHON} does not say where discord.py is")
    snippets = re.findall(r"```python\n(# discord\.py\n.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(snippets) > 35
    done = subprocess.run(
        [python, "-c", RUN], input="\0".join(snippets), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
