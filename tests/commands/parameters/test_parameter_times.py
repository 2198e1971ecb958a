"""Durations and moments as people write them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disruption.commands.errors import BadArgument, CommandDefinitionError
from disruption.commands.parameters import (
    Parameter,
    Range,
    Zone,
    parse_datetime,
    parse_timedelta,
    read_parameters,
)
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
        ("0s", timedelta()),
        ("250ms", timedelta(milliseconds=250)),
        ("1:30:05", timedelta(hours=1, minutes=30, seconds=5)),
        ("PT1H30M", timedelta(hours=1, minutes=30)),
        ("P1DT12H", timedelta(days=1, hours=12)),
        ("1 day, 0:00:00", timedelta(days=1)),
        ("0:00:00.25", timedelta(milliseconds=250)),
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


@given(st.timedeltas(min_value=timedelta(), max_value=timedelta(days=99999)))
def test_durations_are_read_as_python_shows_them(duration: timedelta) -> None:
    assert parse_timedelta(str(duration)) == duration


@given(st.text(max_size=40))
def test_no_text_breaks_the_parsers(text: str) -> None:
    for parse in (parse_timedelta, parse_datetime):
        try:
            parse(text)  # type: ignore[operator]
        except InvalidArgument:
            continue


def parameter(annotation: Any) -> Parameter:
    def function(ctx: Any, option: Any) -> None: ...

    function.__annotations__["option"] = annotation
    return read_parameters(function)[0]


@pytest.mark.parametrize(
    ("annotation", "text", "value"),
    [
        (date, "2026-03-01", date(2026, 3, 1)),
        (date, " 2028-02-29 ", date(2028, 2, 29)),
        (date, "<t:0:d>", date(1970, 1, 1)),
        (Annotated[date, Zone("Pacific/Honolulu")], "<t:0>", date(1969, 12, 31)),
        (Annotated[date, Range(date(2026, 1, 1))], "2026-01-01", date(2026, 1, 1)),
        (time, "18:30", time(18, 30)),
        (time, "8:05", time(8, 5)),
        (time, "23:59:58", time(23, 59, 58)),
        (time, "0:00", time(0)),
        (time, "6pm", time(18)),
        (time, "12 AM", time(0)),
        (time, "12:30 p.m.", time(12, 30)),
        (Annotated[time, Range(time(9), time(17))], "9 am", time(9)),
        (
            Annotated[time, Zone("Europe/Berlin"), Range(time(9))],
            "18:30",
            time(18, 30, tzinfo=ZoneInfo("Europe/Berlin")),
        ),
    ],
)
def test_dates_and_times(annotation: Any, text: str, value: date | time) -> None:
    made = parameter(annotation)
    for found in (made.from_text(text, None), made.from_option(text, None, None)):
        assert found == value
        assert type(found) is type(value)
        assert getattr(found, "tzinfo", None) is getattr(value, "tzinfo", None)


def test_today_and_tomorrow_are_those_of_the_zone() -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):  # a day and an hour apart
        made = parameter(Annotated[date, Zone(zone)])
        before = datetime.now(ZoneInfo(zone)).date()
        found = made.from_text("Today", None), made.from_text("tomorrow", None)
        after = datetime.now(ZoneInfo(zone)).date()
        assert before <= found[0] <= after
        assert before + timedelta(1) <= found[1] <= after + timedelta(1)


@pytest.mark.parametrize(
    ("annotation", "text", "says"),
    [
        *(
            (date, text, "a date, as 2026-03-01")
            for text in ("", "soon", "2026-02-30", "20260301", "01.03.2026", "2026-W09-7", "<@1>")
        ),
        *(
            (time, text, "a time, as 18:30")
            for text in ("", "18", "24:00", "18:60", "13 pm", "0 am", "18:30 am", "1830", "noon")
        ),
        (Annotated[date, Range(date(2026, 1, 1))], "2025-12-31", "at least 2026-01-01"),
        (Annotated[time, Range(None, time(17))], "17:01", "at most 17:00:00"),
        (Annotated[time, Zone("UTC"), Range(time(9))], "8:59", "at least 09:00:00"),
    ],
)
def test_dates_and_times_that_do_not_fit(annotation: Any, text: str, says: str) -> None:
    with pytest.raises(BadArgument, match=f"option must be {says}, not") as caught:
        parameter(annotation).from_text(text, None)
    assert (caught.value.parameter, caught.value.value) == ("option", text)


@pytest.mark.parametrize(
    ("annotation", "says"),
    [
        (Annotated[date, Range(NOW)], "the bounds of a date are of its kind, not datetime"),
        (Annotated[datetime, Range(date(2026, 1, 1))], "the bounds of a datetime .* not date"),
        (Annotated[time, Range(time(9, tzinfo=UTC))], "is of the option's Zone"),
        (Annotated[time, Range(time(9), time(8))], "is more than the most"),
        (Annotated[date, Zone("Nowhere")], "there is no time zone 'Nowhere'"),
    ],
)
def test_bounds_that_cannot_be(annotation: Any, says: str) -> None:
    with pytest.raises(CommandDefinitionError, match=says):
        parameter(annotation)


def test_a_default_is_of_its_kind() -> None:
    def at(ctx: Any, day: date = date(2026, 3, 1), hour: time = time(9)) -> None: ...

    def moment(ctx: Any, day: date = NOW) -> None: ...

    assert [one.default for one in read_parameters(at)] == [date(2026, 3, 1), time(9)]
    with pytest.raises(
        CommandDefinitionError, match=r"its default .* is not what it takes, a date"
    ):
        read_parameters(moment)
