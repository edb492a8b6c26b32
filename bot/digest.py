"""One week's digest: which week is due, what stands in it, and that it is posted once.

Everything takes the time as an argument. Nothing is shown in a channel that it could not have seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.decision.options import SHORT_NAMES, Option
from bot.errors import InputInvalid
from bot.ports import DecisionLog, DigestChannel, DigestMarks
from bot.record import DecisionRecord, Status
from bot.replies import DigestLine, DigestPost
from bot.visibility import Viewer, may_see

_DAYS_A_WEEK = 7
_SHOWN_LINES = 20
_EVAL_FACT = "eval_set_n"


@dataclass(frozen=True)
class Schedule:
    """When digests are posted: at this weekday (Monday 0) and local time, about the ISO week before."""

    weekday: int
    at: time
    zone: ZoneInfo


def week_bounds(week: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the first instant of an ISO week such as "2026-W47" and of the one after it.

    Raises InputInvalid.
    """
    try:
        year, number = week.split("-W")
        monday = date.fromisocalendar(int(year), int(number), 1)
    except ValueError as error:
        raise InputInvalid(f"{week!r} is not a week; write it like 2026-W47") from error
    start = datetime.combine(monday, time(), zone)
    return start, datetime.combine(monday + timedelta(days=_DAYS_A_WEEK), time(), zone)


def due_week(now: datetime, schedule: Schedule) -> str:
    """Return the ISO week whose digest should have been posted by now: the last full one at that instant."""
    local = now.astimezone(schedule.zone)
    posting_day = local.date() - timedelta(days=(local.weekday() - schedule.weekday) % _DAYS_A_WEEK)
    # Within one zone Python compares wall clocks, which go back once a year.
    if datetime.combine(posting_day, schedule.at, schedule.zone).astimezone(UTC) > now.astimezone(UTC):
        posting_day -= timedelta(days=_DAYS_A_WEEK)
    return week_of(posting_day - timedelta(days=_DAYS_A_WEEK))


def week_of(day: date) -> str:
    """Return the ISO week of a day, as "2026-W47"."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"


def may_be_shown_in(record: DecisionRecord, channel_id: str) -> bool:
    """Say whether everyone in a channel could have seen this decision."""
    anyone = Viewer(user_id="", channel_id=channel_id, is_guest=False, is_outsider=False)
    return may_see(record, anyone)


async def build_digest(records: AsyncIterable[DecisionRecord], channel_id: str, week: str) -> DigestPost:
    """Return the week's digest for one channel, from records that were decided in that week."""
    shown = [record async for record in records if may_be_shown_in(record, channel_id)]
    return DigestPost(
        week=week,
        headline=_headline(shown, week),
        decided=_lines(shown, ("accepted", "overridden")),
        open=_lines(shown, ("proposed",)),
        more=max(0, len(shown) - _SHOWN_LINES),
        learned=_one_thing_learned(shown),
    )


@dataclass(frozen=True)
class DigestPoster:
    """Posts the digests of one workspace, each once, whatever other replicas do. `by` names this one."""

    log: DecisionLog
    channel: DigestChannel
    marks: DigestMarks
    team_id: str
    zone: ZoneInfo
    by: str

    async def build(self, channel_id: str, week: str) -> DigestPost:
        """Return a channel's digest without posting it. Raises InputInvalid and what the log raises."""
        since, until = week_bounds(week, self.zone)
        return await build_digest(self.log.between(self.team_id, since, until), channel_id, week)

    async def post(self, channel_id: str, week: str) -> bool:
        """Post a channel's digest unless it was posted; False when it was, or when another is at it.

        Raises what the stores and the channel raise; the claim is given back then, so that it is tried again.
        """
        digest = await self.build(channel_id, week)
        if not await self.marks.claim(self.team_id, channel_id, week, self.by):
            return False
        try:
            await self.channel.post_digest(channel_id, digest)
        except BaseException:
            await self.marks.release(self.team_id, channel_id, week)
            raise
        await self.marks.confirm(self.team_id, channel_id, week)
        return True


def _headline(records: Sequence[DecisionRecord], week: str) -> str:
    recommended = [record for record in records if record.was_recommended]
    saved = len(records) - len(recommended)
    told = f"{'one decision' if saved == 1 else f'{saved} decisions'} saved that you took without me"
    if not recommended:
        quiet = f"{told}." if saved else "nobody asked whether to fine-tune. A quiet week is a fine week."
        return f"Week {week}: {quiet}"
    options = Counter(record.current.option for record in recommended)
    most, count = options.most_common(1)[0]
    asked = "one question" if len(recommended) == 1 else f"{len(recommended)} questions"
    also = f" And {told}." if saved else ""
    return f"Week {week}: {asked}; most often I said: {SHORT_NAMES[Option(most)]} ({count}).{also}"


def _lines(records: Sequence[DecisionRecord], statuses: Sequence[Status]) -> tuple[DigestLine, ...]:
    chosen = [record for record in records if record.status in statuses][:_SHOWN_LINES]
    return tuple(
        DigestLine(
            decision_id=record.id,
            question=record.context,
            headline=record.current.headline,
            status=record.status,
            owner=record.owner,
            link=record.link,
            is_provisional=record.current.is_provisional,
        )
        for record in chosen
    )


def _one_thing_learned(records: Sequence[DecisionRecord]) -> str:
    recommended = [record for record in records if record.was_recommended]
    without = sum(1 for record in recommended if not _names_a_test_set(record))
    if not without:
        return ""
    return (
        f"{without} of {len(recommended)} came without a test set; that is the cheapest thing to fix first."
    )


def _names_a_test_set(record: DecisionRecord) -> bool:
    return any(s.fact == _EVAL_FACT and s.value not in (None, 0) for s in record.current.statements)
