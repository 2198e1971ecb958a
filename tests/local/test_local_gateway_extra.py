"""Without the packages of the extra, the error says what to install."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys
sys.modules[{package!r}] = None
from disruption.errors import MissingExtra
try:
    from disruption.local import LocalDiscord
except MissingExtra as error:
    assert isinstance(error, ImportError)
    print(error)
"""


@pytest.mark.parametrize("package", ["flask", "websockets"])
def test_a_missing_package_names_the_extra(package):
    program = PROGRAM.format(package=package)
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60
    )
    assert "pip install 'disruption[local]'" in run.stdout, run.stderr


def test_the_world_needs_no_extra():
    program = (
        "import sys; from disruption.local import World, Faults; World(); "
        "print({'flask', 'websockets', 'requests'} & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60
    )
    assert run.stdout.strip() == "set()", run.stderr
