from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from disruption.errors import InvalidArgument
from disruption.rest import Outcome, batch


def halve(number: int) -> float:
    if number == 3:
        raise ValueError("not 3")
    return number / 2


def test_each_has_its_outcome() -> None:
    outcomes = batch([2, 3, 4], halve)
    assert [(o.target, o.value, o.ok) for o in outcomes] == [
        (2, 1.0, True),
        (3, None, False),
        (4, 2.0, True),
    ]
    assert isinstance(outcomes[1].error, ValueError)


def test_several_are_under_way_at_once_and_no_more() -> None:
    together = threading.Barrier(3)
    lock = threading.Lock()
    running = most = 0

    def work(number: int) -> int:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        together.wait(30)
        with lock:
            running -= 1
        return number

    with ThreadPoolExecutor(8) as pool:
        outcomes = batch(range(9), work, submit=pool.submit, at_once=3)
    assert [o.value for o in outcomes] == list(range(9))
    assert most <= 3


def test_progress_is_told_in_order() -> None:
    seen: list[tuple[int, int]] = []

    def progress(outcome: Outcome[Any, Any], done: int) -> None:
        seen.append((outcome.target, done))

    with ThreadPoolExecutor(4) as pool:
        batch([5, 3, 1], halve, submit=pool.submit, progress=progress)
    assert seen == [(5, 1), (3, 2), (1, 3)]


def test_what_cannot_be_started_is_an_outcome() -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    outcomes = batch([1, 2], halve, submit=pool.submit)
    assert [type(o.error) for o in outcomes] == [RuntimeError, RuntimeError]


def test_an_interrupt_ends_it() -> None:
    def interrupted(number: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch([1, 2], interrupted)


@pytest.mark.parametrize("at_once", [0, True, 1.5])
def test_at_once_is_checked(at_once: Any) -> None:
    with pytest.raises(InvalidArgument, match="at_once"):
        batch([1], halve, at_once=at_once)


def test_what_is_no_batch_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="targets"):
        batch(5, halve)  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument, match="function"):
        batch([1], None)  # type: ignore[arg-type]
