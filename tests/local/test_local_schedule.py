"""What happens by itself: in the order of its time, by hand or by the timer's thread."""

from __future__ import annotations

import threading

import pytest

from disruption.local import Clock, LocalDiscord, World
from disruption.local.timer import WorldTimer

START = 1_767_225_600.0


def test_what_is_due_happens_in_the_order_of_its_time() -> None:
    world = World(Clock(START, running=False))
    done: list[str] = []
    world.schedule.at(START + 20, lambda: done.append("second"))
    world.schedule.at(START + 10, lambda: done.append("first"))
    world.schedule.at(START + 10, lambda: done.append("first too"))
    world.schedule.at(START + 99, lambda: done.append("much later"))
    assert world.schedule.next_due() == START + 10
    world.clock.advance(20)
    assert done == ["first", "first too", "second"]
    assert world.schedule.next_due() == START + 99


def test_what_happens_may_schedule_more() -> None:
    world = World(Clock(START, running=False))
    done: list[str] = []

    def first() -> None:
        done.append("first")
        world.schedule.at(START + 2, lambda: done.append("second"))

    world.schedule.at(START + 1, first)
    world.clock.advance(5)
    assert done == ["first", "second"]
    assert world.schedule.next_due() is None


def test_a_running_clock_needs_nobody_to_move_it() -> None:
    with LocalDiscord() as discord:
        happened = threading.Event()
        world = discord.world
        world.schedule.at(world.clock.now() + 3600, happened.set)  # the timer sleeps until then
        soon = threading.Event()
        world.schedule.at(world.clock.now() + 0.02, soon.set)
        assert soon.wait(20)
        discord.clock.advance(3600)
        assert happened.wait(20)


def test_the_timer_outlives_what_fails(caplog: pytest.LogCaptureFixture) -> None:
    world = World()
    timer = WorldTimer(world)
    timer.start()
    try:
        happened = threading.Event()
        with world.lock:
            world.schedule.at(world.clock.now(), lambda: 1 / 0)
            world.schedule.at(world.clock.now() + 0.01, happened.set)
        assert happened.wait(20)
    finally:
        timer.stop()
    assert "scheduled failed" in caplog.text
    assert not [thread for thread in threading.enumerate() if "local-timer" in thread.name]


def test_an_appointment_may_be_centuries_away() -> None:
    with LocalDiscord() as discord:
        world, done = discord.world, threading.Event()
        world.schedule.at(world.clock.now() + 1e11, lambda: None)
        world.schedule.at(world.clock.now() + 0.05, done.set)
        assert done.wait(10)
        again = threading.Event()
        world.schedule.at(world.clock.now() + 0.05, again.set)
        assert again.wait(10)
