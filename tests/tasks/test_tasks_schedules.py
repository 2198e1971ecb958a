"""When something is to run: intervals, times of day, daylight saving time."""

from __future__ import annotations

import zoneinfo
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disruption.errors import InvalidArgument
from disruption.tasks import Interval, TimesOfDay
from disruption.tasks.zones import moment_of, zone

UTC = timezone.utc

# Zones with the usual hour, with half an hour, with midnight gaps, with none, with odd history.
ZONES = [
    "Europe/Vienna",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Africa/Casablanca",
    "America/Havana",
    "Antarctica/Troll",
    "UTC",
]

moments = st.datetimes(datetime(2005, 1, 1), datetime(2037, 12, 1)).map(
    lambda value: value.replace(tzinfo=UTC, microsecond=0).timestamp()
)
times = st.times().map(lambda value: value.replace(second=0, microsecond=0))


def local(moment: float, name: str) -> datetime:
    return datetime.fromtimestamp(moment, ZoneInfo(name))


def at(text: str, name: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(name)).timestamp()


# Intervals --------------------------------------------------------------------------------


def test_an_interval_begins_after_one_interval_or_as_told() -> None:
    assert Interval(timedelta(minutes=5)).first(100.0) == 400.0
    assert Interval(300, first=0).first(100.0) == 100.0
    assert Interval(300, first=timedelta(seconds=7)).first(100.0) == 107.0


def test_an_interval_keeps_to_its_grid_however_late_a_look_is() -> None:
    every = Interval(10)
    assert every.after(100.0, 100.0) == (110.0, 0)
    assert every.after(100.0, 104.0) == (110.0, 0)
    assert every.after(100.0, 110.0) == (120.0, 1)
    assert every.after(100.0, 155.0) == (160.0, 5)
    assert every.after(100.0, 90.0) == (110.0, 0)


@settings(deadline=None)
@given(
    st.floats(0.01, 1e6), st.floats(0, 1e9), st.lists(st.floats(0, 1e5), min_size=1, max_size=20)
)
def test_an_interval_never_comes_twice_and_never_in_the_past(
    seconds: float, start: float, steps: list[float]
) -> None:
    every = Interval(seconds)
    last = now = start
    for step in steps:
        now += step
        following, passed = every.after(last, now)
        assert following > now
        assert passed >= 0
        assert following - now <= seconds * 1.001 + 1e-6 or last + seconds > now
        last = following
        now = max(now, following)


@pytest.mark.parametrize("value", [0, -1, 0.001, float("nan"), float("inf"), "5", True, None])
def test_an_interval_must_be_one(value: object) -> None:
    with pytest.raises(InvalidArgument):
        Interval(value)  # type: ignore[arg-type]


# Times of day -----------------------------------------------------------------------------


def test_a_time_of_day_is_utc_unless_told_otherwise() -> None:
    assert TimesOfDay(time(9)).next(at("2026-03-02 09:00", "UTC")) == at("2026-03-03 09:00", "UTC")
    vienna = TimesOfDay("09:00", tz="Europe/Vienna")
    assert vienna.next(at("2026-03-02 00:00", "UTC")) == at("2026-03-02 08:00", "UTC")
    own = TimesOfDay(time(9, tzinfo=ZoneInfo("Europe/Vienna")))
    assert own.next(at("2026-03-02 00:00", "UTC")) == at("2026-03-02 08:00", "UTC")


def test_several_times_come_in_their_order() -> None:
    both = TimesOfDay(time(21, 30), time(9), tz="Europe/Vienna")
    first = both.next(at("2026-03-02 10:00", "Europe/Vienna"))
    assert first == at("2026-03-02 21:30", "Europe/Vienna")
    assert both.next(first) == at("2026-03-03 09:00", "Europe/Vienna")


@pytest.mark.parametrize("days", [(0, 4), ("mon", "fri"), ("Monday", 4)])
def test_only_on_some_weekdays(days: tuple[int | str, ...]) -> None:
    schedule = TimesOfDay(time(9), weekdays=days)
    found = schedule.next(at("2026-03-03 00:00", "UTC"))  # a Tuesday
    assert found == at("2026-03-06 09:00", "UTC")
    assert schedule.next(found) == at("2026-03-09 09:00", "UTC")


def test_a_time_that_does_not_come_runs_when_the_clocks_are_put_forward() -> None:
    schedule = TimesOfDay(time(2, 30), tz="Europe/Vienna")
    found = schedule.next(at("2026-03-28 12:00", "Europe/Vienna"))
    assert local(found, "Europe/Vienna").isoformat() == "2026-03-29T03:00:00+02:00"
    assert local(schedule.next(found), "Europe/Vienna").isoformat() == "2026-03-30T02:30:00+02:00"


def test_two_times_in_the_gap_run_once() -> None:
    schedule = TimesOfDay(time(2, 15), time(2, 45), time(3), tz="Europe/Vienna")
    found = schedule.next(at("2026-03-28 12:00", "Europe/Vienna"))
    assert local(found, "Europe/Vienna").isoformat() == "2026-03-29T03:00:00+02:00"
    assert local(schedule.next(found), "Europe/Vienna").isoformat() == "2026-03-30T02:15:00+02:00"


def test_a_time_that_comes_twice_runs_once() -> None:
    schedule = TimesOfDay(time(2, 30), tz="Europe/Vienna")
    found = schedule.next(at("2026-10-24 12:00", "Europe/Vienna"))
    assert local(found, "Europe/Vienna").isoformat() == "2026-10-25T02:30:00+02:00"
    assert local(schedule.next(found), "Europe/Vienna").isoformat() == "2026-10-26T02:30:00+01:00"


def test_midnight_may_be_missing() -> None:
    schedule = TimesOfDay(time(0, 0), tz="America/Sao_Paulo")
    found = schedule.next(at("2018-11-03 12:00", "America/Sao_Paulo"))
    assert local(found, "America/Sao_Paulo").isoformat() == "2018-11-04T01:00:00-02:00"


def test_a_day_that_is_left_out_is_left_out() -> None:
    schedule = TimesOfDay(time(9), tz="Pacific/Apia")
    found = schedule.next(at("2011-12-29 12:00", "Pacific/Apia"))
    assert local(found, "Pacific/Apia").isoformat() == "2011-12-31T09:00:00+14:00"
    assert moment_of(date(2011, 12, 30), time(9), ZoneInfo("Pacific/Apia")) is None
    fridays = TimesOfDay(time(9), tz="Pacific/Apia", weekdays=("fri",))
    found = fridays.next(at("2011-12-23 12:00", "Pacific/Apia"))
    assert local(found, "Pacific/Apia").date() == date(2012, 1, 6)


def expected(moment: float, times: tuple[time, ...], name: str) -> float:
    """Find the next time by walking through every minute."""
    tz = ZoneInfo(name)
    clock = datetime.fromtimestamp(moment // 60 * 60, UTC)
    shown = {  # what the clocks have shown before, in the hours that may come again
        (clock - timedelta(minutes=back)).astimezone(tz).replace(tzinfo=None, fold=0)
        for back in range(27 * 60)
    }
    last = clock.astimezone(tz).replace(tzinfo=None, fold=0)
    while True:
        clock += timedelta(minutes=1)
        now = clock.astimezone(tz).replace(tzinfo=None, fold=0)
        skipped = last + timedelta(minutes=1)  # what the clocks leave out since the minute before
        while skipped < now:
            if skipped.time() in times and not _whole_day(skipped, last, now):
                return clock.timestamp()
            skipped += timedelta(minutes=1)
        if now.time() in times and now not in shown:
            return clock.timestamp()
        shown.add(now)
        last = now


def _whole_day(skipped: datetime, last: datetime, now: datetime) -> bool:
    day = skipped.date()
    return last.date() < day < now.date()


def transitions(name: str) -> list[float]:
    """Return the moments at which a zone's clocks were set, since 2005."""
    tz = ZoneInfo(name)
    found, step = [], timedelta(hours=6)
    moment = datetime(2005, 1, 1, tzinfo=UTC)
    while moment < datetime(2037, 1, 1, tzinfo=UTC):
        if moment.astimezone(tz).utcoffset() != (moment + step).astimezone(tz).utcoffset():
            found.append(moment.timestamp())
        moment += step
    return found


CHANGES = [(name, moment) for name in ZONES for moment in transitions(name)]


@settings(deadline=None)
@given(
    st.sampled_from(CHANGES),
    st.integers(-30 * 60, 30 * 60),
    st.lists(st.times(max_value=time(5)).map(lambda t: t.replace(second=0, microsecond=0)),
             min_size=1, max_size=3),
)  # fmt: skip
def test_around_a_change_of_the_clocks_none_is_missed_and_none_comes_twice(
    change: tuple[str, float], minutes: int, at: list[time]
) -> None:
    name, moment = change
    moment += minutes * 60
    schedule = TimesOfDay(*at, tz=name)
    assert schedule.next(moment) == expected(moment, tuple(at), name)


@settings(deadline=None)
@given(st.sampled_from(sorted(zoneinfo.available_timezones())), moments, times)
def test_the_next_time_is_later_and_within_two_days_in_every_zone(
    name: str, moment: float, at: time
) -> None:
    schedule = TimesOfDay(at, tz=name)
    found = schedule.next(moment)
    assert found is not None
    assert moment < found <= moment + 49 * 3600
    again = schedule.next(found)
    assert again is not None
    assert found < again
    # Nothing lies between.
    assert schedule.next(found - 1) == found


def test_missed_times_are_counted() -> None:
    schedule = TimesOfDay(time(9), time(18))
    last = at("2026-03-02 09:00", "UTC")
    following, missed = schedule.after(last, at("2026-03-04 12:00", "UTC"))
    assert following == at("2026-03-04 18:00", "UTC")
    assert missed == 4
    assert schedule.after(last, last - 5 * 3600) == (at("2026-03-02 18:00", "UTC"), 0)


def test_years_of_missed_times_are_counted_in_no_time() -> None:
    following, missed = TimesOfDay(time(9)).after(0.0, at("2026-03-04 12:00", "UTC"))
    assert following == at("2026-03-05 09:00", "UTC")
    assert missed >= 1000


@pytest.mark.parametrize(
    "make",
    [
        lambda: TimesOfDay(),
        lambda: TimesOfDay("nine"),
        lambda: TimesOfDay(9),  # type: ignore[arg-type]
        lambda: TimesOfDay(time(9), tz="Europe/Wien"),
        lambda: TimesOfDay(time(9), tz=3),  # type: ignore[arg-type]
        lambda: TimesOfDay(time(9), weekdays=[]),
        lambda: TimesOfDay(time(9), weekdays=[7]),
        lambda: TimesOfDay(time(9), weekdays=["day"]),
        lambda: TimesOfDay(time(9, tzinfo=UTC), time(9, tzinfo=ZoneInfo("Europe/Vienna"))),
        lambda: TimesOfDay(time(9, tzinfo=UTC), tz="Europe/Vienna"),
    ],
)
def test_what_makes_no_sense_is_refused(make: object) -> None:
    with pytest.raises(InvalidArgument):
        make()  # type: ignore[operator]


class PytzZone(tzinfo):
    """As pytz makes them: right only if they are asked through `localize`."""

    def localize(self, value: datetime) -> datetime:
        raise NotImplementedError

    def utcoffset(self, value: datetime | None) -> timedelta:
        return timedelta(hours=1, minutes=5)

    def __str__(self) -> str:
        return "Europe/Vienna"


def test_a_zone_of_pytz_is_the_one_of_its_name() -> None:
    schedule = TimesOfDay("09:00", tz=PytzZone())
    assert schedule.next(at("2026-03-02 00:00", "UTC")) == at("2026-03-02 08:00", "UTC")


def test_a_zone_that_is_not_there_says_what_to_do() -> None:
    with pytest.raises(InvalidArgument, match="tzdata"):
        zone("Mars/Olympus")
    with pytest.raises(InvalidArgument):
        zone("../../etc/passwd")
