"""The log's throttle."""

from __future__ import annotations

from disruption.throttle import OncePer


def test_throttle_lets_through_once_an_interval() -> None:
    throttle = OncePer(60.0)
    assert [throttle(now) for now in (5.0, 6.0, 64.0, 65.0, 66.0)] == [
        True,
        False,
        False,
        True,
        False,
    ]
