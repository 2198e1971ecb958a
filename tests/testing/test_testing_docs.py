"""The tutorial's files, put together and run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_testing_plugin import arguments

import disruption

pytest_plugins = ["pytester"]

ROOT = Path(disruption.__file__).parents[1]
_FILE = re.compile(r"<!-- file: (\S+) -->\n```python\n(.*?)```", re.DOTALL)


def test_the_tutorial_works(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    files = _FILE.findall((ROOT / "docs" / "testing.md").read_text("utf-8"))
    assert len(files) >= 7
    for name, text in files:
        (pytester.path / name).write_text(text, "utf-8")
    pytester.syspathinsert()
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    quick = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest", "--strict-markers")
    result = pytester.runpytest_inprocess(*arguments(), *quick)
    outcomes = result.parseoutcomes()
    outcomes.pop("warnings", None)  # where the plugin is loaded by name, pytest may say so
    assert outcomes.keys() == {"passed"}, outcomes
