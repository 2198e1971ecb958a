"""The bots of the play are pointed at the local Discord by what `disruption local --env` prints."""

from __future__ import annotations

import re

import pytest
from compat_stage import BOTS, LIBRARIES

from disruption.cli.other_libraries import SETTINGS


@pytest.mark.parametrize("library", LIBRARIES)
def test_bots_use_the_setting_that_is_printed(library):
    setting = re.sub(r"//.*", "", SETTINGS[library])
    names = set(re.findall(r"[A-Za-z_]{3,}", re.sub(r'"[^"]*"|\{\w+\}', "", setting)))
    program = (BOTS / LIBRARIES[library]).read_text(encoding="utf-8")
    assert names
    assert {name for name in names if name not in program} <= {"token", "port", "host"}
