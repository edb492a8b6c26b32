from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputInvalid
from bot.weeks import (
    Schedule,
    due_week,
    in_words,
    last_full_week,
    next_due,
    week_after,
    week_bounds,
    week_of,
    weeks_before,
)

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
MONDAY_AT_NINE = Schedule(0, time(9), BERLIN)


@pytest.mark.parametrize(
    ("now", "week"),
    [
        ("2026-11-23T07:59:59+00:00", "2026-W46"),
        ("2026-11-23T08:00:00+00:00", "2026-W47"),
        ("2026-11-29T23:00:00+00:00", "2026-W47"),
        ("2026-11-30T08:00:00+00:00", "2026-W48"),
        # Clocks go forward on 29 March: nine o'clock is an hour earlier in UTC from then on.
        ("2026-03-23T08:00:00+00:00", "2026-W12"),
        ("2026-03-30T06:59:59+00:00", "2026-W12"),
        ("2026-03-30T07:00:00+00:00", "2026-W13"),
        # Clocks go back on 25 October.
        ("2026-10-26T07:59:59+00:00", "2026-W42"),
        ("2026-10-26T08:00:00+00:00", "2026-W43"),
        # Years end in week 52 or 53; 1 January 2027 is a Friday of 2026-W53.
        ("2025-12-29T08:00:00+00:00", "2025-W52"),
        ("2026-01-05T08:00:00+00:00", "2026-W01"),
        ("2026-12-28T08:00:00+00:00", "2026-W52"),
        ("2027-01-01T12:00:00+00:00", "2026-W52"),
        ("2027-01-04T08:00:00+00:00", "2026-W53"),
        ("2027-01-11T08:00:00+00:00", "2027-W01"),
    ],
)
def test_on_monday_at_nine_the_week_before_is_due(now: str, week: str) -> None:
    assert due_week(datetime.fromisoformat(now), MONDAY_AT_NINE) == week


@pytest.mark.parametrize(
    ("weekday", "at", "zone", "now", "week"),
    [
        (4, time(17, 30), NEW_YORK, "2026-11-27T22:29:00+00:00", "2026-W46"),
        (4, time(17, 30), NEW_YORK, "2026-11-27T22:30:00+00:00", "2026-W47"),
        (6, time(0), ZoneInfo("Pacific/Kiritimati"), "2026-11-28T10:00:00+00:00", "2026-W47"),
        (0, time(0), ZoneInfo("Pacific/Kiritimati"), "2026-11-29T10:00:00+00:00", "2026-W48"),
        # Half past two does not exist on 29 March; the digest is not lost with it.
        (6, time(2, 30), BERLIN, "2026-03-29T00:59:00+00:00", "2026-W11"),
        (6, time(2, 30), BERLIN, "2026-03-29T01:30:00+00:00", "2026-W12"),
        # It comes twice on 25 October; the first one counts, and the second takes nothing back.
        (6, time(2, 30), BERLIN, "2026-10-25T00:29:00+00:00", "2026-W41"),
        (6, time(2, 30), BERLIN, "2026-10-25T00:30:00+00:00", "2026-W42"),
        (6, time(2, 30), BERLIN, "2026-10-25T01:10:00+00:00", "2026-W42"),
    ],
)
def test_any_weekday_time_and_zone_can_be_chosen(
    weekday: int, at: time, zone: ZoneInfo, now: str, week: str
) -> None:
    assert due_week(datetime.fromisoformat(now), Schedule(weekday, at, zone)) == week


@given(
    st.integers(0, 6),
    st.times(),
    st.sampled_from((BERLIN, NEW_YORK, ZoneInfo("UTC"), ZoneInfo("Australia/Lord_Howe"))),
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    st.timedeltas(timedelta(0), timedelta(days=2)),
)
def test_the_due_week_is_over_and_never_goes_back(
    weekday: int, at: time, zone: ZoneInfo, now: datetime, later_by: timedelta
) -> None:
    schedule = Schedule(weekday, at, zone)
    week = due_week(now, schedule)
    _, until = week_bounds(week, zone)
    assert until - now < timedelta(days=7)
    assert now - until <= timedelta(days=14)
    assert due_week(now + later_by, schedule) >= week


@pytest.mark.parametrize(
    ("week", "since", "hours"),
    [
        ("2026-W47", "2026-11-15T23:00:00+00:00", 168),
        ("2026-W13", "2026-03-22T23:00:00+00:00", 167),
        ("2026-W43", "2026-10-18T22:00:00+00:00", 169),
        ("2026-W53", "2026-12-27T23:00:00+00:00", 168),
        ("2027-W01", "2027-01-03T23:00:00+00:00", 168),
        ("2026-W01", "2025-12-28T23:00:00+00:00", 168),
    ],
)
def test_a_week_runs_from_monday_midnight_to_monday_midnight_where_they_are(
    week: str, since: str, hours: int
) -> None:
    start, end = week_bounds(week, BERLIN)
    assert start == datetime.fromisoformat(since)
    assert (end.astimezone(UTC) - start.astimezone(UTC)) == timedelta(hours=hours)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_lies_in_its_week(day: date) -> None:
    start, end = week_bounds(week_of(day), NEW_YORK)
    assert start <= datetime.combine(day, time(12), NEW_YORK) < end


@pytest.mark.parametrize(
    "week", ["", "last", "2026-47", "2026-W54", "2025-W53", "2026-W00", "W47-2026", "-W1"]
)
def test_a_week_that_does_not_exist_is_refused_with_an_example(week: str) -> None:
    with pytest.raises(InputInvalid, match=r"is not a week; write it like 2026-W47"):
        week_bounds(week, BERLIN)


@pytest.mark.parametrize(
    ("now", "next_"),
    [
        ("2026-11-23T07:59:59+00:00", "2026-11-23T08:00:00+00:00"),
        ("2026-11-23T08:00:00+00:00", "2026-11-30T08:00:00+00:00"),
        # Nine o'clock comes an hour earlier in UTC from 29 March to 25 October.
        ("2026-03-23T08:00:00+00:00", "2026-03-30T07:00:00+00:00"),
        ("2026-10-19T07:00:00+00:00", "2026-10-26T08:00:00+00:00"),
        ("2026-12-28T08:00:00+00:00", "2027-01-04T08:00:00+00:00"),
    ],
)
def test_the_next_digest_is_due_on_the_wall_clock(now: str, next_: str) -> None:
    assert next_due(datetime.fromisoformat(now), MONDAY_AT_NINE) == datetime.fromisoformat(next_)


def test_a_week_that_was_covered_is_not_due_again() -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    tuesday = Schedule(1, time(10), BERLIN)
    assert next_due(now, tuesday) == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert next_due(now, tuesday, "2026-W48") == datetime(2026, 12, 1, 9, tzinfo=UTC)


@given(
    st.integers(0, 6),
    st.times(),
    st.sampled_from((BERLIN, NEW_YORK, ZoneInfo("UTC"), ZoneInfo("Australia/Lord_Howe"))),
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
)
def test_each_digest_is_about_the_week_after_the_last_ones(
    weekday: int, at: time, zone: ZoneInfo, now: datetime
) -> None:
    schedule = Schedule(weekday, at, zone)
    next_ = next_due(now, schedule)
    assert now < next_ <= now + timedelta(days=7, hours=1)
    assert due_week(next_, schedule) == week_after(due_week(now, schedule))


@given(st.dates(date(2000, 1, 10), date(2100, 1, 1)), st.integers(0, 60))
def test_weeks_are_counted_over_the_ends_of_years(day: date, many: int) -> None:
    week = week_of(day)
    assert weeks_before(week_of(day + timedelta(weeks=many)), many) == week
    assert week < week_after(week) == week_of(day + timedelta(days=7))


def test_the_last_full_week_ends_on_sunday_midnight_where_they_are() -> None:
    now = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert last_full_week(now, ZoneInfo("UTC")) == "2026-W46"
    assert last_full_week(now, BERLIN) == "2026-W47"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-W47", "2026-W47", "16–22 November 2026"),
        ("2026-W49", "2026-W49", "30 November – 6 December 2026"),
        ("2026-W53", "2026-W53", "28 December 2026 – 3 January 2027"),
        ("2026-W45", "2026-W47", "2–22 November 2026"),
    ],
)
def test_weeks_are_named_by_their_days(first: str, last: str, words: str) -> None:
    assert in_words(first, last) == words
