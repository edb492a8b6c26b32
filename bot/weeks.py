"""Weeks where people are: ISO weeks in a time zone, and when the digest about one is due.

`zoneinfo` does what is hard, the zones. A rule library (dateutil.rrule, croniter) counts on the wall clock
and would have to be corrected for the hours that clocks skip and repeat.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import InputInvalid

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS_A_WEEK = 7
_A_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Schedule:
    """When digests are posted: at this weekday (Monday 0) and local time, about the ISO week before."""

    weekday: int
    at: time
    zone: ZoneInfo


def week_of(day: date) -> str:
    """Return the ISO week of a day, as "2026-W47". Such names sort as the weeks do."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"


def week_after(week: str) -> str:
    """Return the week that follows. Raises InputInvalid."""
    return week_of(_monday(week) + timedelta(days=_DAYS_A_WEEK))


def weeks_before(week: str, many: int) -> str:
    """Return the week so many weeks earlier. Raises InputInvalid."""
    return week_of(_monday(week) - timedelta(days=_DAYS_A_WEEK * many))


def last_full_week(now: datetime, zone: ZoneInfo) -> str:
    """Return the week that ended last."""
    return _week_before(now.astimezone(zone).date())


def week_bounds(week: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the first instant of an ISO week such as "2026-W47" and of the one after it.

    Raises InputInvalid.
    """
    monday = _monday(week)
    start = datetime.combine(monday, time(), zone)
    return start, datetime.combine(monday + timedelta(days=_DAYS_A_WEEK), time(), zone)


def due_week(now: datetime, schedule: Schedule) -> str:
    """Return the ISO week whose digest should have been posted by now: the last full one at that instant."""
    local = now.astimezone(schedule.zone)
    posting_day = local.date() - timedelta(days=(local.weekday() - schedule.weekday) % _DAYS_A_WEEK)
    if _instant(posting_day, schedule) > now:
        posting_day -= timedelta(days=_DAYS_A_WEEK)
    return _week_before(posting_day)


def next_due(now: datetime, schedule: Schedule, from_week: str = "") -> datetime:
    """Return the first instant after now, in UTC, at which a digest is due about `from_week` or later."""
    local = now.astimezone(schedule.zone)
    posting_day = local.date() - timedelta(days=(local.weekday() - schedule.weekday) % _DAYS_A_WEEK)
    while _instant(posting_day, schedule) <= now or _week_before(posting_day) < from_week:
        posting_day += timedelta(days=_DAYS_A_WEEK)
    return _instant(posting_day, schedule)


def in_words(first_week: str, last_week: str) -> str:
    """Return the days of these weeks: "16–22 November 2026", "28 December 2026 – 3 January 2027"."""
    start, end = _monday(first_week), _monday(last_week) + timedelta(days=_DAYS_A_WEEK - 1)
    if start.year != end.year:
        return f"{start.day} {start:%B %Y} – {end.day} {end:%B %Y}"
    if start.month != end.month:
        return f"{start.day} {start:%B} – {end.day} {end:%B %Y}"
    return f"{start.day}–{end.day} {end:%B %Y}"


def _monday(week: str) -> date:
    try:
        year, number = week.split("-W")
        monday = date.fromisocalendar(int(year), int(number), 1)
        # The first and the last weeks that a calendar knows have no neighbours to count to.
        _ = monday - _A_YEAR, monday + _A_YEAR
    except (ValueError, OverflowError) as error:
        raise InputInvalid(f"{week!r} is not a week; write it like 2026-W47") from error
    return monday


def _week_before(posting_day: date) -> str:
    return week_of(posting_day - timedelta(days=_DAYS_A_WEEK))


def _instant(posting_day: date, schedule: Schedule) -> datetime:
    # In UTC: within one zone Python compares wall clocks, which go back once a year.
    return datetime.combine(posting_day, schedule.at, schedule.zone).astimezone(UTC)
