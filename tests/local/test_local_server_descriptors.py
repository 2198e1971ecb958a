"""A local Discord that was stopped keeps nothing open: a test run makes thousands."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

from disruption.local import LocalDiscord

OPEN = Path("/proc/self/fd")


@pytest.mark.skipif(not OPEN.is_dir(), reason="only Linux lists what a process has open")
def test_a_stopped_server_keeps_no_descriptor() -> None:
    def used() -> int:
        gc.collect()
        return len(os.listdir(OPEN))

    with LocalDiscord():
        pass
    before = used()
    for _ in range(10):
        with LocalDiscord():
            pass
    assert used() < before + 10
