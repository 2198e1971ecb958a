"""Cron strings."""

from __future__ import annotations

import sys
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption.errors import InvalidArgument, MissingExtra
from disruption.tasks import Cron

pytest.importorskip("cronsim")

UTC = timezone.utc
VIENNA = ZoneInfo("Europe/Vienna")


def at(text: str, tz: ZoneInfo | timezone = UTC) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=tz).timestamp()


def shown(moment: float | None) -> str:
    assert moment is not None
    return datetime.fromtimestamp(moment, VIENNA).isoformat()


def test_a_cron_string_is_read() -> None:
    every = Cron("*/5 * * * 1-5")
    assert every.next(at("2026-03-02 09:00")) == at("2026-03-02 09:05")
    assert every.next(at("2026-03-06 23:58")) == at("2026-03-09 00:00")
    assert "*/5" in repr(every)


def test_it_goes_by_its_time_zone() -> None:
    assert shown(Cron("0 9 * * *", "Europe/Vienna").next(at("2026-03-02 00:00"))) == (
        "2026-03-02T09:00:00+01:00"
    )


def test_a_time_in_the_gap_runs_at_its_end_and_one_that_comes_twice_runs_once() -> None:
    daily = Cron("30 2 * * *", VIENNA)
    assert shown(daily.next(at("2026-03-28 12:00"))) == "2026-03-29T03:00:00+02:00"
    first = daily.next(at("2026-10-24 12:00"))
    assert shown(first) == "2026-10-25T02:30:00+02:00"
    assert first is not None
    assert shown(daily.next(first)) == "2026-10-26T02:30:00+01:00"
    # Also for whoever begins in the hour's second turn.
    assert shown(daily.next(at("2026-10-25 01:10"))) == "2026-10-26T02:30:00+01:00"


@settings(deadline=None)
@given(
    st.sampled_from(["*/7 * * * *", "30 2 * * *", "0,15,45 1-3 * * *", "0 0 * * SUN", "5 4 1 * *"]),
    st.sampled_from(["Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "UTC"]),
    st.integers(0, 366 * 24 * 60),
)
def test_the_next_time_is_later_and_nothing_lies_between(
    expression: str, zone: str, minutes: int
) -> None:
    cron = Cron(expression, zone)
    moment = at("2026-01-01 00:00") + minutes * 60
    found = cron.next(moment)
    assert found is not None
    assert found > moment
    assert cron.next(found - 1) == found
    again = cron.next(found)
    assert again is not None
    assert again > found


@pytest.mark.parametrize(
    "expression", ["", "* * * *", "99 * * * *", "* * * * MOO", "0 0 31 2 *", "every day", None, 5]
)
def test_what_is_no_cron_string_is_refused(expression: str) -> None:
    with pytest.raises(InvalidArgument, match="cron string"):
        Cron(expression)


def test_without_cronsim_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cronsim", None)
    with pytest.raises(MissingExtra) as caught:
        Cron("* * * * *")
    assert caught.value.extra == "cron"
