"""Waiting in the main thread: no Ctrl-C is missed, and what was set before comes back."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from disruption.slices import SLICE, join, slice_of
from disruption.waker import Waker, waker

DEADLINE = 30.0
ROOT = str(Path(__file__).parents[1])

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def test_a_wake_up_is_not_lost() -> None:
    with waker() as ours:
        ours.wake()
        ours.wait()
        thread = threading.Thread(target=ours.wake)
        thread.start()
        ours.wait()
        thread.join(DEADLINE)
    ours.wake()  # too late, and no harm


def test_wakers_in_each_other_keep_apart() -> None:
    with waker() as outer:
        with waker() as inner:
            outer.wake()
            inner.wake()
            inner.wait()
        outer.wait()


def test_another_thread_can_wait_too() -> None:
    made: list[Waker] = []
    there = threading.Event()

    def wait() -> None:
        with waker() as theirs:
            made.append(theirs)
            there.set()
            theirs.wait()

    thread = threading.Thread(target=wait)
    thread.start()
    assert there.wait(DEADLINE)
    made[0].wake()
    thread.join(DEADLINE)
    assert not thread.is_alive()


def test_more_wake_ups_than_there_is_room_for() -> None:
    with waker() as ours:
        for _ in range(100_000):
            ours.wake()
        ours.wait()


@posix
def test_a_signal_with_a_handler_does_not_end_the_wait() -> None:
    heard: list[int] = []
    with waker() as ours:

        def handle(number: int, frame: object) -> None:
            heard.append(number)
            if len(heard) < 3:
                os.kill(os.getpid(), number)
            else:
                ours.wake()

        before = signal.signal(signal.SIGUSR1, handle)
        try:
            os.kill(os.getpid(), signal.SIGUSR1)
            ours.wait()
        finally:
            signal.signal(signal.SIGUSR1, before)
    assert heard == [signal.SIGUSR1] * 3


@posix
def test_the_wakeup_descriptor_that_was_set_comes_back() -> None:
    near, far = socket.socketpair()
    with near, far:
        near.setblocking(False)
        before = signal.set_wakeup_fd(near.fileno())
        try:
            with waker():
                pass
        finally:
            assert signal.set_wakeup_fd(before) == near.fileno()


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_no_signal_is_missed_while_other_threads_are_busy(number: int) -> None:
    code = """
import signal, sys, threading
from disruption.waker import waker
signal.signal(int(sys.argv[1]), signal.default_int_handler)
def work():
    while True:
        pass
for _ in range(3):
    threading.Thread(target=work, daemon=True).start()
for _ in range(int(sys.argv[2])):
    try:
        with waker() as ours:
            print("waits", flush=True)
            ours.wait()
    except KeyboardInterrupt:
        pass
"""
    times = 30
    program = subprocess.Popen(
        [sys.executable, "-c", code, str(int(number)), str(times)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": ROOT},
    )
    assert program.stdout is not None
    heard = 0
    try:
        for _ in program.stdout:
            program.send_signal(number)
            heard += 1
        errors = program.communicate(timeout=DEADLINE)[1]
    finally:
        program.kill()
    assert heard == times
    assert errors == ""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_child_wakes_itself_only() -> None:
    with waker() as ours:
        child = os.fork()
        if child == 0:
            with waker() as theirs:
                theirs.wake()
                theirs.wait()
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        thread = threading.Thread(target=ours.wake)
        thread.start()
        ours.wait()
        thread.join(DEADLINE)


class TestSlices:
    def test_only_the_main_thread_waits_in_slices(self) -> None:
        assert slice_of(None) == slice_of(10.0) == SLICE
        assert slice_of(0.1) == 0.1
        found: list[float | None] = []
        thread = threading.Thread(target=lambda: found.extend([slice_of(None), slice_of(10.0)]))
        thread.start()
        thread.join(DEADLINE)
        assert found == [None, 10.0]

    def test_join(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("disruption.slices.SLICE", 0.001)
        release = threading.Event()
        thread = threading.Thread(target=release.wait)
        thread.start()
        join(thread, 0.005)
        assert thread.is_alive()
        join(thread, -1.0)
        threading.Timer(0.005, release.set).start()
        join(thread, DEADLINE)
        assert not thread.is_alive()
