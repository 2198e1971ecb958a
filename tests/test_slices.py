from __future__ import annotations

import threading

from disruption.slices import SLICE, join, pause, slice_of


def test_only_the_main_thread_waits_in_slices() -> None:
    assert slice_of(None) == slice_of(3600.0) == SLICE
    assert slice_of(0.1) == 0.1
    found: list[float | None] = []
    thread = threading.Thread(target=lambda: found.extend((slice_of(None), slice_of(3600.0))))
    thread.start()
    join(thread, 20)
    assert found == [None, 3600.0]


def test_a_pause_ends_with_its_time_or_its_event() -> None:
    over = threading.Event()
    assert not pause(over, 0.0)
    assert not pause(over, SLICE + 0.1)
    threading.Timer(0.05, over.set).start()
    assert pause(over, 60)
    assert pause(over, 0.0)
