"""Durations and moments as people write them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption.commands.parameters import parse_datetime, parse_timedelta
from disruption.errors import InvalidArgument

UTC = timezone.utc
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("90s", timedelta(seconds=90)),
        ("1h30m", timedelta(hours=1, minutes=30)),
        ("1h 30m", timedelta(hours=1, minutes=30)),
        ("2 days", timedelta(days=2)),
        ("1 day, 2 hours and 3 minutes", timedelta(days=1, hours=2, minutes=3)),
        ("1W", timedelta(weeks=1)),
        ("1.5h", timedelta(minutes=90)),
        ("250ms", timedelta(milliseconds=250)),
        ("1:30:05", timedelta(hours=1, minutes=30, seconds=5)),
        ("PT1H30M", timedelta(hours=1, minutes=30)),
        ("P1DT12H", timedelta(days=1, hours=12)),
        (" 5min ", timedelta(minutes=5)),
    ],
)
def test_durations(text: str, duration: timedelta) -> None:
    assert parse_timedelta(text) == duration


@pytest.mark.parametrize(
    "text",
    ["", "90", "soon", "1y", "-5m", "1h30", "5 m m", "1:99:00", "1:30", "P", "999999999999w", "h"],
)
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(InvalidArgument, match="is no duration; write 1h30m"):
        parse_timedelta(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01 18:30", datetime(2026, 3, 1, 18, 30, tzinfo=UTC)),
        ("2026-03-01 8:30", datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
        ("2026-03-01T18:30:15Z", datetime(2026, 3, 1, 18, 30, 15, tzinfo=UTC)),
        ("2026-03-01T18:30:15.25+02:00", datetime(2026, 3, 1, 16, 30, 15, 250000, tzinfo=UTC)),
        ("2026-03-01 18:30 -0530", datetime(2026, 3, 2, 0, 0, tzinfo=UTC)),
        ("2026-03-01 18:30 UTC", datetime(2026, 3, 1, 18, 30, tzinfo=UTC)),
        ("<t:1618953630:R>", datetime(2021, 4, 20, 21, 20, 30, tzinfo=UTC)),
        ("<t:0>", datetime(1970, 1, 1, tzinfo=UTC)),
        ("now", NOW),
        ("in 2h", NOW + timedelta(hours=2)),
        ("In 1 day", NOW + timedelta(days=1)),
    ],
)
def test_moments(text: str, moment: datetime) -> None:
    assert parse_datetime(text, now=NOW) == moment


def test_a_moment_without_a_zone_is_in_the_given_one() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert parse_datetime("2026-07-01 18:30", berlin) == datetime(2026, 7, 1, 16, 30, tzinfo=UTC)
    assert parse_datetime("2026-07-01 18:30Z", berlin).tzinfo is berlin


@pytest.mark.parametrize(
    "text",
    [
        *("", "tomorrow", "2026-13-01", "2026-02-30", "2026-03-01 25:00", "18:30", "in", "in soon"),
        *("<@1>", "<t:9999999999999>", "0001-01-01 00:00+14:00", "01.02.2026"),
        *("in 9999999w", "2026-03-01 18:30 +99:99"),
    ],
)
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(InvalidArgument, match="is no moment; write 2026-03-01 18:30"):
        parse_datetime(text)


@given(st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1)))
def test_iso_is_read_as_it_was_written(moment: datetime) -> None:
    assert parse_datetime(moment.isoformat()) == moment.replace(tzinfo=UTC)


@given(st.text(max_size=40))
def test_no_text_breaks_the_parsers(text: str) -> None:
    for parse in (parse_timedelta, parse_datetime):
        try:
            parse(text)  # type: ignore[operator]
        except InvalidArgument:
            continue
