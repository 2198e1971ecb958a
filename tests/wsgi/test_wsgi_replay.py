from __future__ import annotations

import pytest

from disruption.wsgi.replay import ReplayGuard


@pytest.mark.parametrize("text", ["", " 1", "1.5", "-1", "x", "\uff11", "9" * 16, "1e3"])
def test_a_timestamp_is_a_number_of_seconds(text: str) -> None:
    assert ReplayGuard().age(text, 1000.0) is None


def test_a_timestamp_has_an_age() -> None:
    assert ReplayGuard().age("900", 1000.0) == 100.0
    assert ReplayGuard().age("1100", 1000.0) == -100.0


def test_a_key_is_new_once() -> None:
    guard = ReplayGuard()
    assert guard.is_new("a", 1000.0)
    assert not guard.is_new("a", 1000.0)
    assert guard.is_new("b", 1000.0)


def test_a_key_is_kept_for_as_long_as_its_timestamp_could_be_good() -> None:
    guard = ReplayGuard(window=300.0)
    assert guard.is_new("a", 1000.0)
    assert not guard.is_new("a", 1599.0)  # signed 300 s ahead of us, and sent again at its end
    assert guard.is_new("b", 1601.0)
    assert len(guard) == 1
